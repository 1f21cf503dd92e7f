import type { Context } from 'hono';
import { z } from 'zod';
import type { BankAccountBook } from '../../../cloud/local/bank/bank-customer.ts';
import { addDays, addMs, dayOf, isCalendarDate, latestOf } from '../../../shared/calendar-date.ts';
import { Refused } from './refusal.ts';
import type { SideOptions } from './server.ts';
import type { ProviderSession } from './sessions.ts';
import { toTransaction } from './to-provider.ts';

const day = z.string().refine(isCalendarDate);
const query = z.strictObject({
  date_from: day.optional(),
  date_to: day.optional(),
  strategy: z.enum(['default', 'longest']).default('default'),
  transaction_status: z.enum(['BOOK', 'PDNG', 'HOLD']).optional(),
  continuation_key: z.string().optional(),
});

/** For how long after the user confirmed a fetch may reach further back. */
const afterConfirmationMs = 10 * 60_000;

interface Admitted {
  readonly session: ProviderSession;
  readonly account: BankAccountBook;
  readonly arrangedAnswer?: Response | undefined;
}

/** A page of transactions. With a key goes the query of the first page, and nothing else. */
export async function answerTransactions(
  c: Context,
  { parts, sessions, pending }: SideOptions,
  admit: (page: number, from: string | undefined) => Promise<Admitted>,
): Promise<Response> {
  const { clock, traits, fetches } = parts;
  const asked = query.safeParse(c.req.query()).data;
  if (!asked) throw new Refused(422, 'WRONG_REQUEST_PARAMETERS');
  const { continuation_key: key, ...same } = asked;
  const index = key === undefined ? 0 : indexOf(key, same);
  const { session, account, arrangedAnswer } = await admit(index + 1, same.date_from);
  if (arrangedAnswer) return arrangedAnswer;
  const today = dayOf(clock.now());
  const { confirmedAt = '' } = await sessions.consentOf(session);
  const isFresh = confirmedAt !== '' && clock.now() < addMs(confirmedAt, afterConfirmationMs);
  const days = isFresh
    ? Math.max(traits.historyDays, traits.historyDaysAfterConfirmation)
    : traits.historyDays;
  const first = addDays(today, -days);
  const { date_from: from = first, date_to: to, strategy, transaction_status: status } = same;
  if (to && to < from) throw new Refused(422, 'WRONG_DATE_INTERVAL');
  if (from > today) throw new Refused(422, 'DATE_FROM_IN_FUTURE');
  if (from < first && strategy === 'default') {
    throw new Refused(422, 'WRONG_TRANSACTIONS_PERIOD', { detail: { date_from: first } });
  }
  if (status === 'PDNG' && pending === 'refused') throw new Refused(400, 'ASPSP_ERROR');
  const request = {
    accessId: session.consentId,
    account,
    from: latestOf(from, first),
    ...(to && strategy === 'default' && { to }),
    bookingStatus: bookingStatusOf(status, pending),
    showsBalanceAfter: traits.balanceAfter,
  };
  const page = await fetches.page(request, index);
  const next = page.hasNext ? keyOf(index + 1, same) : undefined;
  return c.json({
    transactions: page.entries.map(toTransaction),
    ...(next && { continuation_key: next }),
  });
}

function bookingStatusOf(
  status: string | undefined,
  pending: SideOptions['pending'],
): 'pending' | 'booked' | 'both' {
  if (status === 'PDNG') return 'pending';
  return status === 'BOOK' || pending ? 'booked' : 'both';
}

function keyOf(index: number, same: object): string {
  return Buffer.from(JSON.stringify([index, same])).toString('base64');
}

/** @throws Refused in the words in which banks are seen to refuse another query with their key */
function indexOf(key: string, same: object): number {
  const [index, before] = JSON.parse(Buffer.from(key, 'base64').toString('utf8')) as unknown[];
  if (typeof index !== 'number') throw new Refused(422, 'WRONG_CONTINUATION_KEY');
  if (JSON.stringify(before) !== JSON.stringify(same)) {
    throw new Refused(422, 'WRONG_REQUEST_PARAMETERS');
  }
  return index;
}
