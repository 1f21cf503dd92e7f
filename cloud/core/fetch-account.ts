import type { ObservedEntry } from '../../shared/bank.ts';
import { addDays, type CalendarDate, dayOf } from '../../shared/calendar-date.ts';
import { type BankConnector, BankError, type EntryWindow } from '../ports/bank-connector.ts';
import type { Write } from '../ports/store.ts';
import type { AccountDoc, ConnectionDoc, Draft } from './documents.ts';
import { draftRows } from './draft-rows.ts';
import { mergeEntries } from './merge-entries.ts';
import { loadPages, planPages } from './statement-pages.ts';
import type { ReportProgress } from './sync-progress.ts';
import { wellFormed } from './well-formed.ts';
import type { World } from './world.ts';

/** Days before the watermark that are fetched again: banks book backdated entries. */
const overlapDays = 7;
/** Most entries of one account in one sync. */
const entryMax = 200_000;

/** What one complete fetch of an account changes, not yet stored. */
export interface AccountNews {
  readonly account: AccountDoc;
  readonly writes: readonly Write[];
  readonly drafts: readonly Draft[];
  /** Pending entries that became booked, and pending ones that are gone. */
  readonly settled: number;
  readonly removed: number;
}

/**
 * Fetches the balance and the window of entries of one account, and merges them with what is kept. Writes nothing.
 * @throws BankError when the fetch was not complete: what came before is then dropped.
 */
export async function fetchAccount(
  world: World,
  connector: BankConnector,
  connection: ConnectionDoc,
  account: AccountDoc,
  report: ReportProgress,
): Promise<AccountNews> {
  const { store, clock, ids } = world;
  const { feed } = account;
  if (!feed) throw new TypeError('an account without feed is not fetched');
  const today = dayOf(clock.now());
  await report({ step: 'accounts' });
  const balance = await connector.balance(connection.grant, account.externalId);
  const wanted = windowOf(account, feed.from, today);
  const { from, entries } = await fetchEntries(connector, connection, account, wanted, report);
  const observed = entries.filter((entry) => (dayTold(entry) ?? today) >= feed.from);
  const loaded = await loadPages(store, connection.bookId, account, from);
  const merged = mergeEntries({
    kept: loaded.entries,
    observed,
    from,
    today,
    nextId: () => ids.next('e'),
  });
  const plan = planPages(connection.bookId, account.key, loaded, merged);
  const keptFrom = account.keptFrom && account.keptFrom < from ? account.keptFrom : from;
  return {
    account: {
      ...account,
      balance,
      keptFrom,
      watermark: today,
      months: [...new Set([...account.months, ...plan.newMonths])].sort(),
    },
    writes: plan.writes,
    drafts: draftRows(merged, feed.bookAccount.path),
    settled: merged.changed.filter(
      (it) => it.before.status === 'pending' && it.after.status === 'booked',
    ).length,
    removed: merged.removed.length,
  };
}

const dayTold = (entry: ObservedEntry) => entry.bookingDate ?? entry.valueDate;

/** From the watermark less the overlap; from the feed's start where not everything since then is stored yet. */
function windowOf(account: AccountDoc, feedFrom: CalendarDate, today: CalendarDate): EntryWindow {
  const { keptFrom, watermark } = account;
  if (!keptFrom || !watermark || feedFrom < keptFrom) {
    return { from: feedFrom < today ? feedFrom : today };
  }
  const overlap = addDays(watermark, -overlapDays);
  return { from: overlap > feedFrom ? overlap : feedFrom };
}

/** All entries of the window; where the bank says from when on it answers, from then on. */
async function fetchEntries(
  connector: BankConnector,
  { grant }: ConnectionDoc,
  { externalId }: AccountDoc,
  window: EntryWindow,
  report: ReportProgress,
): Promise<{ from: CalendarDate; entries: readonly ObservedEntry[] }> {
  const collect = async (from: CalendarDate) => {
    const entries: ObservedEntry[] = [];
    for await (const page of connector.entries(grant, externalId, { ...window, from })) {
      for (const entry of page.entries) entries.push(wellFormed(entry));
      if (entries.length > entryMax) throw new BankError('reply-unreadable', 'too many entries');
      const total = page.total === undefined ? {} : { total: page.total };
      await report({ step: 'entries', done: entries.length, ...total });
    }
    return { from, entries };
  };
  try {
    return await collect(window.from);
  } catch (error) {
    const earliest = error instanceof BankError ? error.earliest : undefined;
    if (!earliest || earliest <= window.from) throw error;
    return collect(earliest);
  }
}
