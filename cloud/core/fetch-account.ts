import type { SyncCause } from '../../shared/access.ts';
import type { Balance, ObservedEntry } from '../../shared/bank.ts';
import {
  addDays,
  addMs,
  type CalendarDate,
  dayOf,
  daysBetween,
  earliestOf,
  type Instant,
  latestOf,
} from '../../shared/calendar-date.ts';
import { BankError, type BankSession } from '../ports/bank-connector.ts';
import type { AccountDoc, ConnectionDoc } from './documents.ts';
import type { ReportProgress } from './hold-connection.ts';
import { admitEntry } from './well-formed.ts';
import type { World } from './world.ts';

/** Days before the watermark that are fetched again: banks book backdated entries. */
export const overlapDays = 7;
/** For how long after a confirmation banks give more history than otherwise (10 minutes at most; observed, BANKS.md). */
const confirmedMs = 10 * 60_000;
/** What a bank that refuses a day gives most often: two years, one, 90 days, each less one, and at the least some days. */
const likelyDays = [729, 364, 89, overlapDays];
/** Most tries of one sync to find from when on a bank answers that only says that it refuses. */
const startMax = 5;
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
  /** The latest day from which it refused to tell entries. */
  readonly refused?: CalendarDate;
}

/** The bank allowed no more tries before one was answered; the next sync goes on from where this one came to. */
export class TriesSpent extends BankError {
  override readonly name = 'TriesSpent';
  readonly askFrom: CalendarDate;

  constructor({ retryAfterSeconds, detail }: BankError, askFrom: CalendarDate) {
    super('rate-limited', detail, {
      ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
    });
    this.askFrom = askFrom;
  }
}

/**
 * Fetches all entries of the window of an account, then its balance. Writes nothing.
 * @throws BankError when the entries are not complete: what came before is then dropped.
 */
export async function fetchAccount(
  world: World,
  session: BankSession,
  connection: ConnectionDoc,
  account: AccountDoc,
  cause: SyncCause,
  report: ReportProgress,
): Promise<Observation> {
  const now = world.clock.now();
  await report({ step: 'accounts' });
  const wanted = startOf(connection, account, cause, now);
  const fetched = await fetchEntries(session, account, wanted, dayOf(now), report);
  const told = await fetchBalance(session, account);
  return { accountKey: account.key, ...fetched, ...told };
}

/** From where a sync asks, and from where it does so instead where a bank refuses that far back. */
interface Start {
  readonly from: CalendarDate;
  readonly instead?: CalendarDate;
  /** What banks give most often was tried before. */
  readonly isGuessed?: true;
}

/**
 * From where a sync asks: the first day of the last window that is still open (seen), or the feed's start where not
 * everything since then is stored yet and the bank gives it. Further back than an ordinary fetch reaches, only a sync
 * right after a confirmation asks. Where a bank has refused a day, the days after it are found by halves, one a sync.
 * @throws BankError `needs-confirmation` when history is asked for that the bank gives after a confirmation alone
 */
function startOf(
  { institution, consent, wayIn }: ConnectionDoc,
  { feed, keptFrom, watermark, seen, refused, askFrom }: AccountDoc,
  cause: SyncCause,
  now: Instant,
): Start {
  if (!feed) throw new TypeError('an account without feed is not fetched');
  const today = dayOf(now);
  const start = earliestOf(feed.from, today);
  const isConfirmed = addMs(consent.confirmedAt, confirmedMs) > now;
  const reach = addDays(today, -institution.historyDays);
  const earliest = isConfirmed || start > reach ? start : reach;
  if (cause === 'historical') {
    // With the user's own login the bank asks in the middle of the fetch; a consent is confirmed before.
    if (earliest > start && wayIn === 'psd2') throw new BankError('needs-confirmation');
    return { from: start };
  }
  if (askFrom && askFrom > earliest && !isConfirmed) return { from: askFrom, isGuessed: true };
  if (!keptFrom || !watermark) return { from: earliest };
  const open = latestOf(seen?.from ?? addDays(watermark, -overlapDays), earliest);
  if (earliest >= keptFrom) return { from: open };
  if (!refused || refused < earliest) return { from: earliest, instead: open };
  const middle = middleOf(refused, keptFrom);
  return middle < keptFrom ? { from: middle, instead: open } : { from: open };
}

/** The day in the middle of two, the later of two middle ones. */
function middleOf(from: CalendarDate, to: CalendarDate): CalendarDate {
  return addDays(from, Math.ceil(daysBetween(from, to) / 2));
}

/** All entries from that day on; where the bank refuses, from as early a day as it takes few tries to find. */
async function fetchEntries(
  session: BankSession,
  { externalId }: AccountDoc,
  start: Start,
  today: CalendarDate,
  report: ReportProgress,
): Promise<Pick<Observation, 'from' | 'entries' | 'refused'>> {
  const collect = async (from: CalendarDate) => {
    const entries: ObservedEntry[] = [];
    for await (const page of session.entries(externalId, { from })) {
      for (const entry of page.entries) {
        // A bank that gives more than was asked for tells what is stored already; pending ones may be of any day.
        const isAsked = entry.status === 'pending' || (entry.bookingDate ?? from) >= from;
        if (isAsked) entries.push(admitEntry(entry));
      }
      if (entries.length > entryMax) throw new BankError('reply-unreadable', 'too many entries');
      const total = page.total === undefined ? {} : { total: page.total };
      await report({ step: 'entries', done: entries.length, ...total });
    }
    return { from, entries };
  };
  const likely = start.isGuessed ? [] : likelyDays.map((days) => addDays(today, -days));
  const guesses = start.instead ? [start.instead, ...likely] : likely;
  let from = start.from;
  let refused: CalendarDate | undefined;
  let found: Awaited<ReturnType<typeof collect>> | undefined;
  for (let tries = 1; ; tries++) {
    let told: CalendarDate | undefined;
    try {
      found = await collect(from);
    } catch (error) {
      const isRefusal = error instanceof BankError && error.code === 'period-not-available';
      // What is found is worth having where the bank has had enough of our tries.
      if (found && error instanceof BankError && !isRefusal) break;
      const isSpent = error instanceof BankError && error.code === 'rate-limited';
      if (isSpent && refused) throw new TriesSpent(error, from);
      if (!isRefusal || from >= today) throw error;
      told = error.earliest;
      refused = told ? addDays(told, -1) : from;
    }
    const guess = found ? undefined : guesses.find((day) => refused !== undefined && day > refused);
    const next = told ?? guess ?? middleOf(refused ?? from, found?.from ?? today);
    const isFound = found && (start.instead || !refused || next >= found.from);
    if (isFound || tries >= startMax) break;
    if (next <= from && !found) break;
    from = next;
  }
  if (!found) throw new BankError('period-not-available');
  return { ...found, ...(refused && { refused }) };
}

/** Without the balance the entries are still worth having; only what stops the connection stops here, too. */
async function fetchBalance(
  session: BankSession,
  { externalId }: AccountDoc,
): Promise<Pick<Observation, 'balance' | 'balanceFailure'>> {
  try {
    return { balance: await session.balance(externalId) };
  } catch (error) {
    if (error instanceof BankError) return { balanceFailure: error };
    throw error;
  }
}
