import type { Balance, ObservedEntry } from '../../shared/bank.ts';
import {
  addDays,
  addMs,
  type CalendarDate,
  dayOf,
  earliestOf,
  latestOf,
} from '../../shared/calendar-date.ts';
import { type BankConnector, BankError } from '../ports/bank-connector.ts';
import type { SyncCause } from '../ports/tasks.ts';
import type { AccountDoc, ConnectionDoc } from './documents.ts';
import type { ReportProgress } from './hold-connection.ts';
import { admitEntry } from './well-formed.ts';
import type { World } from './world.ts';

/** Days before the watermark that are fetched again: banks book backdated entries. */
export const overlapDays = 7;
/** For how long after a confirmation banks give more history than otherwise (10 minutes at most; observed, BANKS.md). */
const confirmedMs = 10 * 60_000;
/** Later starts that are tried where the bank refuses a period without saying from when on it answers. */
const laterStarts = [364, 89, 29, overlapDays];
/** Most entries of one account in one sync. */
const entryMax = 200_000;

/** What one complete fetch of an account showed, not yet merged. */
export interface Observation {
  readonly accountKey: string;
  /** The first day that was asked for. */
  readonly from: CalendarDate;
  readonly entries: readonly ObservedEntry[];
  readonly balance?: Balance;
  /** Set where the entries are complete, but the bank did not tell the balance. */
  readonly balanceFailure?: BankError;
  /** Set where the bank refused days that were asked for. */
  readonly isHistoryCut?: true;
}

/**
 * Fetches all entries of the window of an account, then its balance. Writes nothing.
 * @throws BankError when the entries are not complete: what came before is then dropped.
 */
export async function fetchAccount(
  world: World,
  connector: BankConnector,
  connection: ConnectionDoc,
  account: AccountDoc,
  cause: SyncCause,
  report: ReportProgress,
): Promise<Observation> {
  const now = world.clock.now();
  await report({ step: 'accounts' });
  const wanted = windowStart(connection, account, cause, now);
  const fetched = await fetchEntries(connector, connection, account, wanted, dayOf(now), report);
  const told = await fetchBalance(connector, connection, account);
  return { accountKey: account.key, ...fetched, ...told };
}

/** The day under which a bank told an entry; undefined where it gave none. */
export const dayTold = (entry: ObservedEntry) => entry.bookingDate ?? entry.valueDate;

/**
 * From where a sync asks: the first day of the last window that is still open (seen), or the feed's start where not
 * everything since then is stored yet and the bank gives it. Further back than an ordinary fetch reaches, only a sync
 * right after a confirmation asks.
 * @throws BankError `needs-confirmation` when history is asked for that the bank gives after a confirmation alone
 */
function windowStart(
  { institution, consent }: ConnectionDoc,
  { feed, keptFrom, watermark, seen, isHistoryCut }: AccountDoc,
  cause: SyncCause,
  now: string,
): CalendarDate {
  if (!feed) throw new TypeError('an account without feed is not fetched');
  const today = dayOf(now);
  const start = earliestOf(feed.from, today);
  const isConfirmed = addMs(consent.confirmedAt, confirmedMs) > now;
  const reach = addDays(today, -institution.historyDays);
  const earliest = isConfirmed || start > reach ? start : reach;
  if (cause === 'historical') {
    if (earliest > start) throw new BankError('needs-confirmation');
    return earliest;
  }
  if (!keptFrom || !watermark || (earliest < keptFrom && !isHistoryCut)) return earliest;
  const open = seen?.from ?? addDays(watermark, -overlapDays);
  return latestOf(open, earliest);
}

/** All entries from that day on; from a later one where the bank refuses that far back. */
async function fetchEntries(
  connector: BankConnector,
  { grant }: ConnectionDoc,
  { externalId }: AccountDoc,
  wanted: CalendarDate,
  today: CalendarDate,
  report: ReportProgress,
): Promise<Pick<Observation, 'from' | 'entries' | 'isHistoryCut'>> {
  const collect = async (from: CalendarDate) => {
    const entries: ObservedEntry[] = [];
    for await (const page of connector.entries(grant, externalId, { from })) {
      for (const entry of page.entries) {
        // A bank that gives more than was asked for tells what is stored already; pending ones may be of any day.
        const isAsked = entry.status === 'pending' || (entry.bookingDate ?? from) >= from;
        if (isAsked) entries.push(admitEntry(entry));
      }
      if (entries.length > entryMax) throw new BankError('reply-unreadable', 'too many entries');
      const total = page.total === undefined ? {} : { total: page.total };
      await report({ step: 'entries', done: entries.length, ...total });
    }
    return entries;
  };
  const later = laterStarts.map((days) => addDays(today, -days));
  for (let from = wanted; ; ) {
    try {
      const entries = await collect(from);
      return { from, entries, ...(from > wanted && { isHistoryCut: true as const }) };
    } catch (error) {
      if (!(error instanceof BankError) || error.code !== 'period-not-available') throw error;
      const next = error.earliest ?? later.find((day) => day > from);
      if (!next || next <= from) throw error;
      from = next;
    }
  }
}

/** Without the balance the entries are still worth having; only what stops the connection stops here, too. */
async function fetchBalance(
  connector: BankConnector,
  { grant }: ConnectionDoc,
  { externalId }: AccountDoc,
): Promise<Pick<Observation, 'balance' | 'balanceFailure'>> {
  try {
    return { balance: await connector.balance(grant, externalId) };
  } catch (error) {
    if (error instanceof BankError) return { balanceFailure: error };
    throw error;
  }
}
