import type { ObservedEntry } from '../../../shared/bank.ts';
import { addDays, type CalendarDate, dayOf, latestOf } from '../../../shared/calendar-date.ts';
import { BankError, type EntryPage, type EntryWindow } from '../../ports/bank-connector.ts';
import type { Clock } from '../../ports/clock.ts';
import { ProviderRefusal } from '../http-client.ts';
import type { EnableBankingRequest } from './client.ts';
import { firstDayOfTwoYears } from './quirks/two-years.ts';
import { firstDayUnnamed } from './quirks/unnamed-period.ts';
import { transactionsRead } from './schema.ts';
import { toBankError } from './to-bank-error.ts';
import { toEntries } from './to-entries.ts';
import { historyDays } from './to-institutions.ts';

/** How a bank gives what is pending: apart from what is booked, or not at all when asked apart. */
export type PendingWay = 'asked-apart' | 'never-apart';

export interface FetchParts {
  readonly clock: Clock;
  readonly institutionId: string;
  /** Throws ProviderRefusal. */
  send<Read>(request: EnableBankingRequest<Read>): Promise<Read>;
  /** Absent where that is not known yet. */
  readonly pendingWay: PendingWay | undefined;
  readonly keepPendingWay: (way: PendingWay) => Promise<void>;
  readonly isUserPresent: boolean;
}

/** One fetch of 90 days has a few pages; a bank that gives this many is going in circles. */
const pageMax = 1_000;
/** The hold of a card payment lasts a month. */
const pendingDays = 45;

/**
 * All pages of a window. Most banks show what is pending among what is booked, some only where it
 * is asked for by itself (seen of Nordea), which is another call of the few a day, and some refuse
 * to be asked so. Which it is is found out while the user is present, when calls are not counted,
 * and kept.
 */
export async function* fetchEntries(
  parts: FetchParts,
  path: string,
  window: EntryWindow,
): AsyncGenerator<EntryPage> {
  const today = dayOf(parts.clock.now());
  const first = firstDayOfTwoYears(parts.institutionId, today);
  if (first && window.from < first) {
    throw new BankError('period-not-available', 'entries', { earliest: first });
  }
  let hasPending = false;
  try {
    for await (const page of pagesOf(parts, path, queryOf(window, today))) {
      hasPending ||= page.entries.some(({ status }) => status === 'pending');
      yield page;
    }
  } catch (error) {
    const unnamed = firstDayUnnamed(parts.institutionId, today);
    throw toBankError(error, { from: window.from, unnamed });
  }
  const { pendingWay, isUserPresent } = parts;
  if (hasPending || pendingWay === 'never-apart') return;
  if (pendingWay !== 'asked-apart' && !isUserPresent) return;
  const entries = await fetchPending(parts, path, window);
  if (entries.length > 0) yield { entries };
}

/**
 * What is pending, asked for by itself. As long as it is not known to bring anything, that it fails
 * is no failure.
 */
async function fetchPending(
  parts: FetchParts,
  path: string,
  { from, to }: EntryWindow,
): Promise<readonly ObservedEntry[]> {
  const oldest = addDays(dayOf(parts.clock.now()), -pendingDays);
  if (to && to < oldest) return [];
  const query = new URLSearchParams({
    date_from: latestOf(from, oldest),
    ...(to && { date_to: to }),
    transaction_status: 'PDNG',
  });
  const found: ObservedEntry[] = [];
  try {
    for await (const { entries } of pagesOf(parts, path, query)) found.push(...entries);
  } catch (error) {
    const failure = toBankError(error);
    if (parts.pendingWay) throw failure;
    const isRefused = error instanceof ProviderRefusal && [400, 422].includes(error.status);
    if (isRefused) await parts.keepPendingWay('never-apart');
    return [];
  }
  const pending = found.filter(({ status }) => status === 'pending');
  if (pending.length > 0 && !parts.pendingWay) await parts.keepPendingWay('asked-apart');
  return pending;
}

/** @throws ProviderRefusal, BankError */
async function* pagesOf(
  { send }: FetchParts,
  path: string,
  query: URLSearchParams,
): AsyncGenerator<EntryPage> {
  const seen = new Set<string>();
  // With a key goes the whole query of the first page, else banks refuse the key.
  for (let key: string | undefined = ''; key !== undefined; ) {
    if (seen.has(key) || seen.size >= pageMax) {
      throw new BankError('reply-unreadable', 'entries: pages without end');
    }
    seen.add(key);
    const asked = new URLSearchParams(query);
    if (key) asked.set('continuation_key', key);
    const page = await send({
      call: 'entries',
      path: `${path}?${asked}`,
      read(body) {
        const { transactions, continuation_key } = transactionsRead.parse(body);
        return { entries: toEntries(transactions), next: continuation_key || undefined };
      },
    });
    yield { entries: page.entries };
    // An empty page with a key is not the end.
    key = page.next;
  }
}

/**
 * Further back than an ordinary fetch reaches, Enable Banking finds out by itself what the bank
 * gives.
 */
function queryOf({ from, to }: EntryWindow, today: CalendarDate): URLSearchParams {
  const isLong = !to && from < addDays(today, -historyDays);
  return new URLSearchParams({
    date_from: from,
    ...(to && { date_to: to }),
    ...(isLong && { strategy: 'longest' }),
  });
}
