import type { ChangePreview } from '../../shared/api.ts';
import type { ObservedEntry } from '../../shared/bank.ts';
import { addDays, type CalendarDate, dayOf, latestOf } from '../../shared/calendar-date.ts';
import { FailureError } from '../../shared/failures.ts';
import type { FileStatement } from '../ports/statement-files.ts';
import { write } from '../ports/store.ts';
import { commitChanges } from './commit-changes.ts';
import { connectionsOfBook } from './connections-of-book.ts';
import { type AccountDoc, type RunDoc, runs } from './documents.ts';
import { draftRows } from './draft-rows.ts';
import { dayTold } from './entry-day.ts';
import { countSettled, firstDay } from './merge-account.ts';
import { mergeEntries } from './merge-entries.ts';
import { previewOf } from './preview-sync.ts';
import { openingAfter } from './prove-balance.ts';
import { loadLedgers, loadPages, planPages } from './statement-pages.ts';
import { untilCommitted } from './until-committed.ts';
import { admitEntry } from './well-formed.ts';
import type { World } from './world.ts';

/** A file may tell an entry under its value date, and book what is pending since weeks. */
const nearDays = 31;

/** A bank account of the book that a file can fill. @throws FailureError `not-found` where it is not linked */
export async function accountOfBook(
  { store }: World,
  bookId: string,
  accountKey: string,
): Promise<AccountDoc> {
  const found = await connectionsOfBook(store, bookId);
  const account = found
    .filter(({ value }) => value.state !== 'removed')
    .flatMap(({ value }) => value.accounts)
    .find(({ key, feed }) => key === accountKey && feed);
  if (!account) throw new FailureError('not-found', 'account');
  return account;
}

/**
 * Takes the booked entries of a file into a linked account: the same merge as a sync's, so that in whatever order files
 * and syncs tell an entry, it has one row. Entries before the feed's start make no rows.
 * @returns what it did, or with `preview` would do
 * @throws FailureError `file-unreadable` where the file cannot be read, is of another account or another currency
 */
export async function importStatement(
  world: World,
  bookId: string,
  account: AccountDoc,
  bytes: Uint8Array,
  preview: boolean,
): Promise<ChangePreview> {
  const { clock, ids, tasks } = world;
  const runId = ids.next('r');
  const { currency, type } = account;
  const reading = world.readStatementFile(bytes, { currency, type });
  if (reading.kind === 'question') {
    throw new FailureError('file-unreadable', reading.question.message);
  }
  const { statements } = reading;
  const problems = statements.flatMap((statement) => statement.problems);
  const observed = entriesOf(account, statements);
  /** Of an import in several commits, all that it brings, once the first of them stands. */
  let begun: { readonly run: RunDoc; readonly answer: ChangePreview } | undefined;
  const done = await untilCommitted(async () => {
    const taken = await mergeFile(world, bookId, account, observed, runId, dayOf(clock.now()));
    const at = clock.now();
    const { change } = taken;
    const newRows = change.drafts.filter(({ was }) => !was).length;
    const { run, answer } = begun ?? {
      run: { bookId, kind: 'import' as const, at, accounts: [taken.run], newRows },
      answer: { ...previewOf([taken]), known: observed.length - newRows, problems },
    };
    if (preview || (change.drafts.length === 0 && !begun)) return answer;
    const head = { bookId, runId, at, accounts: taken.balances, isNews: false };
    await commitChanges(world, head, [change], {
      first: newRows === 0 || begun ? [] : [write(runs, runId, run, 'absent')],
      last: [],
      onPart: () => {
        begun = { run, answer };
      },
    });
    return answer;
  });
  if (!preview && done.newRows + done.changed + done.settled > 0) {
    await tasks.enqueue({ kind: 'deliver', bookId });
  }
  return done;
}

/** The booked entries of this account in the file. @throws FailureError `file-unreadable` where it holds none of it */
function entriesOf(
  account: AccountDoc,
  statements: readonly FileStatement[],
): readonly ObservedEntry[] {
  const ofCurrency = statements.filter(
    (it) => (it.currency ?? account.currency) === account.currency,
  );
  const named = Map.groupBy(ofCurrency, nameOf);
  const mine = [...named.keys()].filter((name) => isSameAccount(account, named.get(name)?.[0]));
  const [only] = named.size === 1 && isOpen(account, ofCurrency[0]) ? named.keys() : mine;
  if (only === undefined || mine.length > 1) {
    throw new FailureError(
      'file-unreadable',
      'It is the statement of another account or currency.',
    );
  }
  return (named.get(only) ?? [])
    .flatMap(({ entries }) => entries.map(admitEntry))
    .filter((entry) => entry.status === 'booked')
    .filter((entry) => (dayTold(entry) ?? '') >= (account.feed?.from ?? ''));
}

const plain = (text: string | undefined) => (text ?? '').replace(/\s/g, '').toUpperCase();
const nameOf = ({ account: { iban, number, name } }: FileStatement) =>
  plain(iban ?? number ?? name);

/** Whether nothing in a file that holds one account alone speaks against its being this one. */
function isOpen({ iban }: AccountDoc, statement: FileStatement | undefined): boolean {
  return !iban || !statement?.account.iban || plain(statement.account.iban) === plain(iban);
}

/** Whether the file says that it is this account. */
function isSameAccount(
  { iban, mask, name }: AccountDoc,
  statement: FileStatement | undefined,
): boolean {
  const told = statement?.account;
  if (iban && told?.iban) return plain(told.iban) === plain(iban);
  if (told?.number) return plain(told.number).endsWith(plain(mask ?? iban?.slice(-8) ?? name));
  return told?.name !== undefined && plain(told.name) === plain(name);
}

/** What the file changes in the account as it stands now. Writes nothing. */
async function mergeFile(
  { store, ids }: World,
  bookId: string,
  account: AccountDoc,
  observed: readonly ObservedEntry[],
  runId: string,
  today: CalendarDate,
) {
  const { key, currency, feed } = account;
  const ledger = (await loadLedgers(store, bookId, [key])).get(key);
  const names = ledger?.value.pages ?? [];
  const from = firstDay(observed, today);
  const loaded = await loadPages(store, bookId, key, names, addDays(from, -nearDays));
  const nextId = () => ids.next('e');
  const merged = mergeEntries({
    kept: loaded.entries,
    observed,
    from,
    today,
    source: runId,
    runId,
    nextId,
  });
  const pages = planPages(names, loaded, merged);
  const path = feed?.bookAccount.path ?? '';
  const opening = openingAfter(ledger?.value.opening, pages, currency);
  const days = observed.map((entry) => dayTold(entry) ?? today);
  return {
    change: {
      accountKey: key,
      currency,
      pages,
      drafts: draftRows(merged, path),
      ...(ledger && { ledger }),
      ...(opening && { opening }),
    },
    run: {
      key,
      currency,
      bookAccount: path,
      from,
      to: days.reduce((last, day) => latestOf(last, day), from),
      ...(ledger?.value.opening && { hadOpening: true as const }),
    },
    balances: feed ? [{ bookAccount: feed.bookAccount }] : [],
    settled: countSettled(merged),
    removed: 0,
  };
}
