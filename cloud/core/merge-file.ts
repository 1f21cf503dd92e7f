import type { Balance, ObservedEntry } from '../../shared/bank.ts';
import { addDays, type CalendarDate, earliestOf, latestOf } from '../../shared/calendar-date.ts';
import { type AccountChange, bookedDelta } from './commit-changes.ts';
import type { AccountBalances, LedgerDoc, RunAccount } from './documents.ts';
import { draftRows } from './draft-rows.ts';
import { dayTold, entryDay } from './entry-day.ts';
import type { FileAccountDoc } from './file-documents.ts';
import { countSettled, firstDay } from './merge-account.ts';
import { type MergeResult, mergeEntries } from './merge-entries.ts';
import { openingAfter, proveBalance } from './prove-balance.ts';
import type { FileAccount } from './read-file.ts';
import { type ChangedPage, loadLedgers, loadPages, planPages } from './statement-pages.ts';
import type { World } from './world.ts';

/** A file may tell an entry under its value date, and book what is pending since weeks. */
const nearDays = 31;
/** Closing balances of an account that are remembered: of as many runs as can be undone. */
const closingMax = 20;

/** What a file tells of one account of the book, however many of its own go there. */
export interface FileShare {
  readonly target: FileAccountDoc;
  /** Whether files alone fill it. */
  readonly isOfFiles: boolean;
  readonly observed: readonly ObservedEntry[];
  readonly closing: FileAccount['closing'];
  /** Entries before the feed's start, which make no rows. */
  readonly beforeStart: number;
}

/** What a file changes of one account, not yet stored. */
export interface FileNews {
  readonly account: FileAccountDoc;
  readonly isOfFiles: boolean;
  readonly change: AccountChange;
  readonly run: RunAccount;
  readonly balances: AccountBalances;
  readonly newRows: number;
  /** Entries of the file that are there already. */
  readonly known: number;
  readonly settled: number;
  readonly removed: 0;
}

/** The entries that make rows: before the feed's start a bank account takes none, unless the start moves back to them. */
export function shareOf(
  target: FileAccountDoc,
  isOfFiles: boolean,
  told: readonly FileAccount[],
  isFromStart: boolean,
): FileShare {
  const all = told.flatMap(({ entries }) => entries);
  const isTaken = (entry: ObservedEntry) => (dayTold(entry) ?? '') >= target.feed.from;
  const observed = isOfFiles || isFromStart ? all : all.filter(isTaken);
  const closing = told
    .flatMap((it) => it.closing ?? [])
    .reduce<FileAccount['closing']>(
      (last, it) => (last && last.date > it.date ? last : it),
      undefined,
    );
  const first = firstDay(observed, target.feed.from);
  const feed = { ...target.feed, from: earliestOf(first, target.feed.from) };
  const moved = feed.from === target.feed.from ? target : { ...target, feed };
  const beforeStart = isOfFiles ? 0 : all.length - all.filter(isTaken).length;
  return { target: moved, isOfFiles, observed, closing, beforeStart };
}

/**
 * Merges a file into an account as it stands now: the same merge as a sync's, so that in whatever order files and syncs
 * tell an entry, it has one row. Writes nothing.
 */
export async function mergeFile(
  { store, ids }: World,
  bookId: string,
  { target, isOfFiles, observed, closing }: FileShare,
  runId: string,
  today: CalendarDate,
): Promise<FileNews> {
  const { key, currency, feed } = target;
  const ledger = (await loadLedgers(store, bookId, [key])).get(key);
  const names = ledger?.value.pages ?? [];
  const from = firstDay(observed, today);
  const loaded = await loadPages(store, bookId, key, names, addDays(from, -nearDays));
  const nextId = () => ids.next('e');
  const input = { kept: loaded.entries, observed, from, today, source: runId, runId, nextId };
  const merged = mergeEntries(input);
  const pages = planPages(names, loaded, merged);
  const proven = isOfFiles
    ? proveFile(withClosing(target, closing, runId), ledger?.value, merged, pages, closing, from)
    : {
        account: target,
        opening: openingAfter(ledger?.value.opening, pages, currency),
        bookBalance: undefined,
      };
  const drafts = draftRows(merged, feed.bookAccount.path);
  const newRows = drafts.filter(({ was }) => !was).length;
  const { account, opening, bookBalance } = proven;
  const days = observed.map((entry) => dayTold(entry) ?? today);
  return {
    account,
    isOfFiles,
    change: {
      accountKey: key,
      currency,
      // That a file shows what is known already is no news of it.
      pages: drafts.length > 0 ? pages : [],
      drafts,
      ...(ledger && { ledger }),
      ...(opening && { opening }),
    },
    run: {
      key,
      currency,
      bookAccount: feed.bookAccount.path,
      from,
      to: days.reduce((last, day) => latestOf(last, day), from),
      ...(ledger?.value.opening && { hadOpening: true as const }),
    },
    balances: {
      bookAccount: feed.bookAccount,
      ...(isOfFiles && account.balance?.booked && { bankBalance: account.balance.booked }),
      ...(bookBalance && { bookBalance }),
    },
    newRows,
    known: observed.length - newRows,
    settled: countSettled(merged),
    removed: 0,
  };
}

/** Remembers what the file says that the account held: when a later file is taken back, that holds again. */
function withClosing(
  target: FileAccountDoc,
  closing: FileAccount['closing'],
  runId: string,
): FileAccountDoc {
  if (closing?.amount.currency !== target.currency) return target;
  const others = target.closings?.filter((it) => it.runId !== runId) ?? [];
  const mine = { runId, day: closing.date, minor: closing.amount.minor };
  return { ...target, closings: [...others, mine].slice(-closingMax) };
}

/**
 * The account after a file, its balance proven as a bank's is. The newest closing balance counts, as long as no entry
 * that is kept comes after it.
 */
function proveFile(
  { balance: before, watermark, proof, ...account }: FileAccountDoc,
  ledger: LedgerDoc | undefined,
  { entries }: MergeResult,
  pages: readonly ChangedPage[],
  closing: FileAccount['closing'],
  windowFrom: CalendarDate,
) {
  const { currency } = account;
  const last = entries.reduce<CalendarDate>(
    (day, entry) => (entry.undone ? day : latestOf(day, entryDay(entry))),
    '0000-01-01',
  );
  const told: readonly { readonly booked: Balance['booked']; readonly day: CalendarDate }[] = [
    ...(closing?.amount.currency === currency
      ? [{ booked: closing.amount, day: closing.date }]
      : []),
    ...(before?.booked && watermark ? [{ booked: before.booked, day: watermark }] : []),
  ];
  const [newest] = told.filter(({ day }) => day >= last).sort((a, b) => (a.day < b.day ? 1 : -1));
  const balance = newest?.booked && { booked: newest.booked };
  const opening = openingAfter(ledger?.opening, pages, currency);
  const bookedMinor = (ledger?.bookedMinor ?? 0) + bookedDelta({ pages, currency });
  const proven = proveBalance({
    ledger: { bookedMinor, ...(opening && { opening }) },
    currency,
    balance,
    entries,
    windowFrom,
    previous: proof,
    previousDay: watermark,
  });
  return {
    account: {
      ...account,
      ...(balance && { balance, watermark: newest.day }),
      proof: proven.proof,
    },
    opening: proven.opening,
    bookBalance: proven.bookBalance,
  };
}
