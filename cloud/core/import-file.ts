import type { ApiArgs } from '../../shared/api.ts';
import { addMs, dayOf, type Instant } from '../../shared/calendar-date.ts';
import { type Failure, FailureError, toFailure } from '../../shared/failures.ts';
import { type Doc, type Write, write } from '../ports/store.ts';
import { commitChanges } from './commit-changes.ts';
import { type RunDoc, runs } from './documents.ts';
import { type FileDoc, files } from './file-documents.ts';
import { type BookAccounts, loadBookAccounts } from './file-targets.ts';
import { doneWith, FileTaken, type HeldFile, holdFile, lostMs } from './hold-file.ts';
import { bytesOf, type FileCaller, fileMs, findFile, partDrops } from './keep-file.ts';
import { feedWrites, memoryWrites } from './keep-imports.ts';
import { type FileNews, mergeFile, shareOf } from './merge-file.ts';
import { type ImportPlan, planImport } from './plan-import.ts';
import { untilCommitted } from './until-committed.ts';
import { wellFormed } from './well-formed.ts';
import type { World } from './world.ts';

/** Most imports that the schedule starts in one round. */
const roundMax = 50;

/**
 * Notes what the user has chosen, and lets a worker take the file in; one that is on its way or done stays so.
 * @param choices absent: those of the import that failed
 * @throws FailureError `not-found`; `bad-request` where nothing was chosen
 */
export async function requestImport(
  world: World,
  caller: FileCaller,
  { fileId, choices }: ApiArgs<'importFile'>,
): Promise<void> {
  const { store, clock, ids, tasks } = world;
  const fileKey = await untilCommitted(async () => {
    const { key, version, value } = await findFile(world, caller, fileId);
    const { failure: _, ...file } = value;
    if (file.state === 'done' || file.state === 'importing') return undefined;
    const chosen = choices ?? file.order?.choices;
    if (!chosen) throw new FailureError('bad-request', 'Choose where its entries go.');
    const now = clock.now();
    const begun: FileDoc = {
      ...file,
      state: 'importing',
      order: { choices: wellFormed(chosen), runId: ids.next('r'), tries: 0 },
      dueAt: addMs(now, lostMs),
      expiresAt: addMs(now, fileMs),
    };
    await store.commit([write(files, key, begun, { version })]);
    return key;
  });
  if (fileKey) await tasks.enqueue({ kind: 'import', fileKey });
}

/** Lets workers go on with imports that others have left; returns how many. */
export async function resumeImports({ store, clock, tasks }: World): Promise<number> {
  const query = { field: 'dueAt', op: '<=', value: clock.now(), limit: roundMax } as const;
  const found = await store.find(files, query);
  for (const { key } of found) await tasks.enqueue({ kind: 'import', fileKey: key });
  return found.length;
}

/**
 * Takes a file into its book, as one run: however often it is begun anew, each entry comes once. What cannot be taken in
 * is told with the file, never thrown; anything else is, so that the queue tries it again, until there is no try left.
 */
export async function importFile(world: World, fileKey: string): Promise<void> {
  const held = await holdFile(world, fileKey);
  if (!held) return;
  const { bookId } = held.current().value;
  try {
    const { newRows, hasRows } = await takeIn(world, held);
    world.log.imported(bookId, newRows);
    if (hasRows) await world.tasks.enqueue({ kind: 'deliver', bookId });
  } catch (error) {
    if (error instanceof FileTaken) return;
    const isOver = error instanceof FailureError || held.isLastTry;
    const failure = isOver ? toFailure(error) : undefined;
    await release(held, failure);
    if (!failure) throw error;
    world.log.importFailed(bookId, failure.code);
    if (failure.code === 'internal') world.log.defect('importFile', error);
  }
}

/** Where it is another worker's by now, or done, it stays so. */
async function release(held: HeldFile, failure: Failure | undefined): Promise<void> {
  try {
    await held.release(failure);
  } catch (error) {
    if (!(error instanceof FileTaken)) throw error;
  }
}

/**
 * Reads, merges and commits the whole file. Where somebody else has changed an account meanwhile, it is merged anew with
 * what stands there now. @throws FailureError, FileTaken
 */
async function takeIn(world: World, held: HeldFile) {
  const { store, clock } = world;
  const { choices, runId } = held.order;
  const { bookId } = held.current().value;
  const bytes = await bytesOf(store, held.current());
  /** Of an import in several commits, all that it brings, once the first of them stands. */
  let begun: RunDoc | undefined;
  return untilCommitted(async () => {
    begun = (await store.get(runs, runId))?.value;
    const file = held.current();
    // What a dead worker brought, and the user took back meanwhile, is not brought again.
    if (begun?.undoneAt) {
      await store.commit(doneWrites(file, 0, clock.now()));
      return { newRows: 0, hasRows: true };
    }
    const book = await loadBookAccounts(store, bookId);
    const plan = readyPlan(await planImport(world, bookId, book, bytes, choices));
    const shares = sharesOf(book, plan, choices.isFromStart);
    const news: FileNews[] = [];
    for (const share of shares) {
      news.push(await mergeFile(world, bookId, share, runId, dayOf(clock.now())));
    }
    const at = clock.now();
    const sum = (count: (item: FileNews) => number) =>
      news.reduce((total, item) => total + count(item), 0);
    const changed = news.filter(({ isOfFiles, change }) => isOfFiles || change.drafts.length > 0);
    const run: RunDoc = begun ?? {
      bookId,
      kind: 'import',
      at,
      accounts: changed.map((it) => it.run),
      newRows: sum((it) => it.newRows),
    };
    const isNews = news.some((it) => isAccountNews(book, it));
    const accounts = changed.map(({ balances }) => balances);
    const changes = changed.map(({ change }) => change);
    const known = sum((it) => it.known);
    const total = known + sum((it) => it.newRows);
    await commitChanges(world, { bookId, runId, at, accounts, isNews }, changes, {
      // First: a bank that is linked meanwhile goes on with an account that is only half filled as yet.
      first: [
        ...(run.newRows > 0 && !begun ? [write(runs, runId, run, 'absent')] : []),
        ...memoryWrites(bookId, book, plan, news),
        ...feedWrites(book, news),
      ],
      last: doneWrites(file, run.newRows, at),
      onPart: (drafts) => held.report({ done: Math.min(total, known + drafts), total }),
    });
    const hasRows = isNews || begun !== undefined || changes.some((it) => it.drafts.length > 0);
    return { newRows: run.newRows, hasRows };
  }, held.readAgain);
}

/** The plan, where nothing is left to be asked. @throws FailureError */
function readyPlan(plan: ImportPlan): Plan {
  if (plan.kind === 'question') throw new FailureError('file-unreadable', plan.question.message);
  for (const { target, by, failure } of plan.accounts) {
    if (failure) throw new FailureError(failure.code, failure.detail);
    if (!target && by !== 'user') {
      throw new FailureError('bad-request', 'Choose where the entries of each account go.');
    }
  }
  return plan;
}

type Plan = Extract<ImportPlan, { kind: 'plan' }>;

/** What each account of the book gets of the file. */
function sharesOf({ linked }: BookAccounts, { accounts }: Plan, isFromStart: boolean) {
  const aimed = accounts.flatMap(({ told, target }) => (target ? [{ told, target }] : []));
  return [...Map.groupBy(aimed, ({ target }) => target.key).values()].flatMap((together) => {
    const [first] = together;
    if (!first) return [];
    const isOfFiles = !linked.some(({ key }) => key === first.target.key);
    const told = together.map((it) => it.told);
    return [shareOf(first.target, isOfFiles, told, isFromStart)];
  });
}

/** Whether the Accounts tab has another balance to show. */
function isAccountNews({ ofFiles }: BookAccounts, { isOfFiles, account }: FileNews): boolean {
  const before = ofFiles.find(({ key }) => key === account.key);
  const shown = (it: FileNews['account'] | undefined) => JSON.stringify([it?.balance, it?.proof]);
  return isOfFiles && shown(before) !== shown(account);
}

function doneWrites(file: Doc<FileDoc>, newRows: number, at: Instant): readonly Write[] {
  return [
    write(files, file.key, doneWith(newRows, file.value, at), { version: file.version }),
    ...partDrops(file),
  ];
}
