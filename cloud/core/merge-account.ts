import { createHash } from 'node:crypto';
import type { Balance, ObservedEntry, Proof } from '../../shared/bank.ts';
import type { BookAccount, Feed } from '../../shared/book.ts';
import { addDays, type CalendarDate, earliestOf, latestOf } from '../../shared/calendar-date.ts';
import type { Money } from '../../shared/money.ts';
import type { Doc } from '../ports/store.ts';
import { type AccountChange, bookedDelta } from './commit-changes.ts';
import type { AccountBalances, AccountDoc, LedgerDoc, RunAccount } from './documents.ts';
import { draftRows } from './draft-rows.ts';
import { dayTold } from './entry-day.ts';
import { type Observation, overlapDays } from './fetch-account.ts';
import { type MergeResult, mergeEntries } from './merge-entries.ts';
import { type BalanceProof, openingAfter, proveBalance } from './prove-balance.ts';
import { type ChangedPage, loadPages, planPages } from './statement-pages.ts';
import type { World } from './world.ts';

/** What one complete fetch of an account changes, not yet stored. */
export interface AccountNews {
  readonly account: AccountDoc;
  readonly change: AccountChange;
  readonly run: RunAccount;
  readonly balances: AccountBalances;
  /** Pending entries that became booked, pending ones that are gone, entries that could not be told apart. */
  readonly settled: number;
  readonly removed: number;
  readonly unclear: number;
  readonly isProofNews: boolean;
}

/** Merges what a fetch showed with what is kept, and proves the balance. Where it showed the same as last time, no page is read. */
export async function mergeAccount(
  { store, ids }: World,
  bookId: string,
  account: AccountDoc,
  ledger: Doc<LedgerDoc> | undefined,
  observation: Observation,
  today: CalendarDate,
  runId: string,
): Promise<AccountNews> {
  const { feed, seen } = account;
  if (!feed) throw new TypeError('an account without feed is not merged');
  const { balance } = observation;
  // The user may have moved the feed's start while the bank answered.
  const from = latestOf(observation.from, feed.from);
  const observed = observation.entries.filter((entry) => (dayTold(entry) ?? today) >= feed.from);
  const isSeen = seen?.from === from && seen.digest === digestOf(observed);
  const names = ledger?.value.pages ?? [];
  const loadFrom = firstDay(observed, from);
  const loaded = isSeen
    ? { docs: new Map(), entries: [] }
    : await loadPages(store, bookId, account.key, names, loadFrom);
  const nextId = () => ids.next('e');
  const merged = isSeen
    ? nothingNew
    : mergeEntries({ kept: loaded.entries, observed, from, today, source: 'bank', runId, nextId });
  const pages = planPages(names, loaded, merged);
  const proven = prove(account, ledger?.value, merged, pages, balance, from);
  return {
    account: accountAfter({ ...account, feed }, observation, observed, from, proven.proof, today),
    change: {
      accountKey: account.key,
      currency: account.currency,
      pages,
      drafts: draftRows(merged, feed.bookAccount.path),
      ...(ledger && { ledger }),
      ...(proven.opening && { opening: proven.opening }),
    },
    run: runAccount(account, observed, from, today),
    balances: balancesOf(feed.bookAccount, balance, proven.bookBalance),
    settled: countSettled(merged),
    removed: merged.removed.length,
    unclear: merged.unclear,
    isProofNews: isProofNews(account.proof, proven.proof),
  };
}

/** The balance as it is proven once the pages are changed. */
function prove(
  { currency, proof: previous, watermark: previousDay }: AccountDoc,
  ledger: LedgerDoc | undefined,
  { entries }: MergeResult,
  pages: readonly ChangedPage[],
  balance: Balance | undefined,
  windowFrom: CalendarDate,
): BalanceProof {
  const opening = openingAfter(ledger?.opening, pages, currency, windowFrom);
  const bookedMinor = (ledger?.bookedMinor ?? 0) + bookedDelta({ pages, currency });
  return proveBalance({
    ledger: { bookedMinor, ...(opening && { opening }) },
    currency,
    balance,
    entries,
    windowFrom,
    previous,
    previousDay,
  });
}

function balancesOf(
  bookAccount: BookAccount,
  balance: Balance | undefined,
  bookBalance: Money | undefined,
): AccountBalances {
  return {
    bookAccount,
    ...(balance?.booked && { bankBalance: balance.booked }),
    ...(bookBalance && { bookBalance }),
  };
}

const nothingNew: MergeResult = { entries: [], added: [], changed: [], removed: [], unclear: 0 };

/** Pending entries that became booked. */
export function countSettled({ changed }: MergeResult): number {
  return changed.filter(
    ({ before, after }) =>
      before.status === 'pending' && !before.undone && after.status === 'booked',
  ).length;
}

/** Pages are read from here on. Entries without a day are kept under the day of their first sight, whenever that was. */
export function firstDay(observed: readonly ObservedEntry[], from: CalendarDate): CalendarDate {
  const days = observed.map((entry) => dayTold(entry) ?? '0000-01-01');
  return days.reduce((first, day) => earliestOf(first, day), from);
}

/** The account as this connection has fetched it now. */
function accountAfter(
  account: AccountDoc & { readonly feed: Feed },
  { balance, refused = account.refused }: Observation,
  observed: readonly ObservedEntry[],
  from: CalendarDate,
  proof: Proof,
  today: CalendarDate,
): AccountDoc {
  const { keptFrom, watermark, refused: _, ...others } = account;
  const { gone: __, limitedUntil: ___, askFrom: ____, ...rest } = others;
  // What was stored before a gap that the bank no longer fills is not what the next sync can build on.
  const isGapless = keptFrom !== undefined && watermark !== undefined && from <= watermark;
  const next = latestOf(nextFrom(observed, today), account.feed.from);
  return {
    ...rest,
    ...(balance && { balance }),
    ...(refused && refused < from && { refused }),
    keptFrom: isGapless && keptFrom < from ? keptFrom : from,
    watermark: today,
    seen: { from: next, digest: digestOf(observed.filter((entry) => isShownFrom(entry, next))) },
    proof,
  };
}

/** The first day of the next window: the overlap, and pending entries that are still to settle. */
function nextFrom(observed: readonly ObservedEntry[], today: CalendarDate): CalendarDate {
  let next = addDays(today, -overlapDays);
  for (const entry of observed) {
    const day = dayTold(entry);
    if (entry.status === 'pending' && day && day < next) next = day;
  }
  return next;
}

/** Whether a fetch from that day on shows the entry: a pending one and one without a day are always shown. */
function isShownFrom(entry: ObservedEntry, from: CalendarDate): boolean {
  const day = dayTold(entry);
  return entry.status === 'pending' || day === undefined || day >= from;
}

/** The same for the same entries in whatever order, and other for anything else. */
function digestOf(observed: readonly ObservedEntry[]): string {
  const hash = createHash('sha256');
  const each = observed.map((entry) =>
    createHash('sha256')
      .update(JSON.stringify(sorted(entry)))
      .digest('base64'),
  );
  for (const digest of each.sort()) hash.update(digest);
  return hash.digest('base64url').slice(0, 32);
}

const sorted = (entry: ObservedEntry) => Object.entries(entry).sort(([a], [b]) => (a < b ? -1 : 1));

function runAccount(
  { key, currency, feed, keptFrom, watermark }: AccountDoc,
  observed: readonly ObservedEntry[],
  from: CalendarDate,
  today: CalendarDate,
): RunAccount {
  const days = observed.map((entry) => dayTold(entry) ?? today);
  return {
    key,
    currency,
    bookAccount: feed?.bookAccount.path ?? '',
    from: days.reduce((first, day) => earliestOf(first, day), from),
    to: days.reduce((last, day) => latestOf(last, day), today),
    ...(keptFrom && { keptFrom }),
    ...(watermark && { watermark }),
  };
}

function isProofNews(before: Proof | undefined, after: Proof): boolean {
  if (after.kind === 'unknown' || before?.kind === 'unknown') return before?.kind !== after.kind;
  if (before?.kind !== after.kind) return true;
  return before.kind === 'off' && after.kind === 'off' && before.offBy.minor !== after.offBy.minor;
}
