import type { RowView, UndoPreview } from '../../shared/api.ts';
import type { Entry } from '../../shared/bank.ts';
import { addDays, type CalendarDate, earliestOf, latestOf } from '../../shared/calendar-date.ts';
import { FailureError } from '../../shared/failures.ts';
import { type Doc, type Write, write } from '../ports/store.ts';
import { textOf } from './bank-cells.ts';
import { type AccountChange, bookedDelta, commitChanges } from './commit-changes.ts';
import { connectionsOfBook } from './connections-of-book.ts';
import {
  type ConnectionDoc,
  connections,
  type Opening,
  type OutboxDoc,
  outbox,
  type RunAccount,
  type RunDoc,
  runs,
} from './documents.ts';
import { draftRows } from './draft-rows.ts';
import { entryDay } from './entry-day.ts';
import {
  type FileAccountDoc,
  type FileClosing,
  type ImportsDoc,
  imports,
} from './file-documents.ts';
import { isPostedByUser } from './known-rows.ts';
import type { MergeResult } from './merge-entries.ts';
import { rowView } from './preview-sync.ts';
import { openingWithout, openingWithoutFile, proveBalance } from './prove-balance.ts';
import { type ChangedPage, loadLedgers, loadPages, planPages } from './statement-pages.ts';
import { untilCommitted } from './until-committed.ts';
import type { World } from './world.ts';

/** An entry may have moved to another day since, as a pending one does that is booked. */
const movedDays = 15;
const batchMax = 500;

/**
 * Takes back what a run brought: its rows go, those that the user has posted stay and are named, and what another source
 * shows as well stays, too. Nothing is forgotten: the next sync or import that shows the entries brings the same rows
 * again. Rows that the user deleted stay deleted.
 * @throws FailureError `not-found`; `sheet-…` where the sheet cannot be looked at: then nothing is undone
 */
export async function undoRun(
  world: World,
  bookId: string,
  { runId, preview }: { readonly runId: string; readonly preview: boolean },
): Promise<UndoPreview> {
  const { store, sheet, clock, tasks } = world;
  /** Of an undo in several commits, all that it takes, once the first of them stands. */
  let begun: UndoPreview | undefined;
  const done = await untilCommitted(async () => {
    const run = await store.get(runs, runId);
    if (run?.value.bookId !== bookId || run.value.undoneAt)
      throw new FailureError('not-found', 'run');
    const waiting = await waitingIds(world, bookId);
    const { transactions } = await sheet.readBook(bookId);
    const rows = new Map<string, boolean>();
    for (const row of transactions?.rows ?? []) {
      const id = textOf(row.cells.id);
      rows.set(id, isPostedByUser(row) || rows.get(id) === true);
    }
    const memory = run.value.kind === 'import' ? await store.get(imports, bookId) : null;
    const undos = await planUndo(world, run, memory, rows, waiting);
    const answer = begun ?? {
      removed: undos.reduce((sum, { change }) => sum + change.drafts.length, 0),
      stays: undos.flatMap(({ stays }) => stays),
    };
    if (preview) return answer;
    const at = clock.now();
    const changes = undos.map(({ change }) => change);
    await commitChanges(world, { bookId, runId, at, accounts: [], isNews: false }, changes, {
      // First: whatever is taken back after it, the next sync looks for again.
      first: begun ? [] : await rewindConnections(world, run),
      last: [
        write(runs, runId, { ...run.value, undoneAt: at }, { version: run.version }),
        ...forgetBalances(memory, run, undos),
      ],
      onPart: () => {
        begun = answer;
      },
    });
    return answer;
  });
  if (!preview) await tasks.enqueue({ kind: 'deliver', bookId });
  return done;
}

/** Whether each row that stands in the sheet is posted, by id. */
type PostedById = ReadonlyMap<string, boolean>;

interface AccountUndo {
  readonly change: AccountChange;
  readonly stays: readonly RowView[];
  /** As they are then, from that day on. */
  readonly entries: readonly Entry[];
  readonly from: CalendarDate;
}

/** Ids of new rows that wait to be written: that they do not stand in the sheet is no deletion. */
async function waitingIds({ store }: World, bookId: string): Promise<ReadonlySet<string>> {
  const query = { field: 'bookId', op: '==', value: bookId, limit: batchMax } as const;
  const found: readonly Doc<OutboxDoc>[] = await store.find(outbox, query);
  const added = found.flatMap(({ value }) => value.drafts.filter(({ was }) => !was));
  return new Set(added.map(({ id }) => id));
}

async function planUndo(
  { store }: World,
  { key: runId, value: run }: Doc<RunDoc>,
  memory: Doc<ImportsDoc> | null,
  rows: PostedById,
  waiting: ReadonlySet<string>,
): Promise<readonly AccountUndo[]> {
  const ledgers = await loadLedgers(
    store,
    run.bookId,
    run.accounts.map(({ key }) => key),
  );
  const undos: AccountUndo[] = [];
  for (const account of run.accounts) {
    const ledger = ledgers.get(account.key);
    if (!ledger) continue;
    const from = addDays(account.from, -movedDays);
    const loaded = await loadPages(store, run.bookId, account.key, ledger.value.pages, from);
    const { entries, changed, stays } = takeBack(loaded.entries, runId, run, (id) => {
      if (rows.get(id)) return 'posted';
      return rows.has(id) || waiting.has(id) ? 'draft' : 'deleted';
    });
    const merged = { entries, changed, added: [], removed: [], unclear: 0 };
    const pages = planPages(ledger.value.pages, loaded, merged);
    const isOfFiles = isOneOf(memory, account.key);
    const opening = openingOf(run, account, ledger.value.opening, pages, isOfFiles);
    undos.push({
      stays: stays.flatMap((entry) => viewOf(entry, account)),
      entries,
      from,
      change: {
        accountKey: account.key,
        currency: account.currency,
        ledger,
        pages,
        drafts: draftRows(merged, account.bookAccount),
        ...(opening && { opening }),
      },
    });
  }
  return undos;
}

/** A file that told the opening of its own account takes it along, as a sync does. */
function openingOf(
  { kind }: RunDoc,
  { currency, keptFrom, hadOpening }: RunAccount,
  before: Opening | undefined,
  pages: readonly ChangedPage[],
  isOfFiles: boolean,
): Opening | undefined {
  if (kind === 'sync') return openingWithout(before, pages, currency, keptFrom);
  if (isOfFiles && !hadOpening) return undefined;
  return openingWithoutFile(before, pages, currency, !hadOpening);
}

function isOneOf(memory: Doc<ImportsDoc> | null, key: string): boolean {
  return memory?.value.accounts.some((account) => account.key === key) === true;
}

/** What the file said that its account holds is no longer said; what the others say holds. */
function forgetBalances(
  memory: Doc<ImportsDoc> | null,
  { key: runId, value: run }: Doc<RunDoc>,
  undos: readonly AccountUndo[],
): readonly Write[] {
  if (!memory || !run.accounts.some(({ key }) => isOneOf(memory, key))) return [];
  const keys = new Set(run.accounts.map(({ key }) => key));
  const accounts = memory.value.accounts.map((account) => {
    if (!keys.has(account.key)) return account;
    const { balance: _, watermark: __, proof: ___, closings = [], ...rest } = account;
    const left = closings.filter((it) => it.runId !== runId);
    const undo = undos.find(({ change }) => change.accountKey === account.key);
    const told = undo ? closingAfter(rest, left, undo) : {};
    return { ...rest, ...(left.length > 0 && { closings: left }), ...told };
  });
  return [write(imports, run.bookId, { ...memory.value, accounts }, { version: memory.version })];
}

/** The newest closing balance that is left, where no entry that stays comes after it. */
function closingAfter(
  { currency }: Pick<FileAccountDoc, 'currency'>,
  left: readonly FileClosing[],
  { change, entries, from }: AccountUndo,
): Pick<FileAccountDoc, 'balance' | 'watermark' | 'proof'> {
  const standing = entries.filter(({ undone }) => !undone);
  const last = standing.reduce((day, entry) => latestOf(day, entryDay(entry)), '0000-01-01');
  // Of one day the one that was told last.
  const [newest] = left
    .filter(({ day }) => day >= last)
    .toReversed()
    .sort((a, b) => (a.day < b.day ? 1 : a.day > b.day ? -1 : 0));
  if (!newest) return {};
  const balance = { booked: { minor: newest.minor, currency } };
  const told = { balance, watermark: newest.day };
  const { ledger, opening } = change;
  if (!ledger || !opening) return told;
  const bookedMinor = ledger.value.bookedMinor + bookedDelta(change);
  const { proof } = proveBalance({
    ledger: { bookedMinor, opening },
    currency,
    balance,
    entries,
    windowFrom: from,
    previous: undefined,
    previousDay: undefined,
  });
  return { ...told, ...(proof && { proof }) };
}

/** What each entry of the run becomes, by what its row is. */
function takeBack(
  entries: readonly Entry[],
  runId: string,
  { kind }: RunDoc,
  rowOf: (id: string) => 'posted' | 'draft' | 'deleted',
) {
  const source = kind === 'sync' ? 'bank' : runId;
  const changed: MergeResult['changed'][number][] = [];
  const stays: Entry[] = [];
  const after = entries.map((before) => {
    const isOfRun = kind === 'sync' ? before.addedBy === runId : before.sources.includes(runId);
    if (!isOfRun || before.undone) return before;
    const sources = before.sources.filter((it) => it !== source);
    const row = sources.length > 0 ? 'shown elsewhere' : rowOf(before.id);
    if (row === 'posted') stays.push(before);
    if (row === 'posted' || row === 'deleted') return before;
    const entry: Entry =
      row === 'draft' ? { ...before, sources, undone: true } : { ...before, sources };
    changed.push({ before, after: entry });
    return entry;
  });
  return { entries: after, changed, stays };
}

function viewOf(entry: Entry, { bookAccount }: RunAccount): readonly RowView[] {
  const drafts = draftRows({ added: [entry], changed: [] }, bookAccount);
  return drafts.flatMap(({ now }) => (now ? [rowView(bookAccount, now)] : []));
}

/** What a sync brought was fetched: the next one has to look there again. */
async function rewindConnections(
  { store }: World,
  { key: runId, value: run }: Doc<RunDoc>,
): Promise<readonly Write[]> {
  if (run.kind === 'import') return [];
  const before = new Map(run.accounts.map((account) => [account.key, account]));
  const found = await connectionsOfBook(store, run.bookId);
  return found
    .filter(({ value }) => value.accounts.some(({ key }) => before.has(key)))
    .map(({ key, version, value }) => {
      const accounts = value.accounts.map((account) => rewind(account, before.get(account.key)));
      const { lastResult, ...rest } = value;
      const isUndone = value.lastRunId === runId;
      const after = { ...rest, accounts, ...(lastResult && !isUndone && { lastResult }) };
      return write(connections, key, after, { version });
    });
}

type Account = ConnectionDoc['accounts'][number];

function rewind(account: Account, before: RunAccount | undefined): Account {
  if (!before) return account;
  const { seen: _, watermark, keptFrom: __, ...rest } = account;
  if (!before.watermark || !before.keptFrom) return rest;
  const mark = earliestOf(before.watermark, watermark ?? before.watermark);
  return { ...rest, keptFrom: before.keptFrom, watermark: mark };
}
