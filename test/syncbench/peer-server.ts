import { descriptionOf } from '../../cloud/core/bank-cells.ts';
import { type Listening, listen } from '../../cloud/local/listen.ts';
import { BankError } from '../../cloud/ports/bank-connector.ts';
import type { ObservedEntry } from '../../shared/bank.ts';
import type { CalendarDate } from '../../shared/calendar-date.ts';
import { formatAmount } from '../../shared/money.ts';
import type { PeerFetch } from './peer-bank.ts';

/** Where Actual's bank sync asks for the entries of an account, as its server does it for Enable Banking. */
export const transactionsPath = '/enablebanking/transactions';

export type FetchForPeer = (accountId: string, from: CalendarDate) => Promise<PeerFetch>;

/**
 * Answers Actual's bank sync in the place of its own server, as that one (`@actual-app/sync-server` 26.9.0) answers for
 * Enable Banking; what the bank refuses is an error code there, too. A defect of
 * ours is told apart, since to Actual it is but one more sync that failed.
 */
export function servePeer(
  fetchEntries: FetchForPeer,
  onDefect: (error: unknown) => void,
): Promise<Listening> {
  return listen(async (request) => {
    if (new URL(request.url).pathname !== transactionsPath)
      return Response.json({}, { status: 404 });
    const { accountId, startDate } = (await request.json()) as Record<string, string>;
    return Response.json({ status: 'ok', data: await answer(accountId ?? '', startDate ?? '') });
  }, 0);

  async function answer(accountId: string, from: CalendarDate): Promise<object> {
    try {
      const { entries, balance } = await fetchEntries(accountId, from);
      const { booked, available } = balance;
      return {
        transactions: { all: entries.flatMap(toBankTransaction) },
        balances: [],
        startingBalance: (booked ?? available)?.minor ?? 0,
      };
    } catch (error) {
      if (!(error instanceof BankError)) {
        onDefect(error);
        throw error;
      }
      return { error_type: error.code, error_code: error.code };
    }
  }
}

/**
 * An entry as Actual's server gives it on. It leaves out what has no date. An amount goes as minor units, whatever the
 * currency's decimals, and the whole text goes where a sync renews it: both to its benefit.
 */
export function toBankTransaction(entry: ObservedEntry): readonly object[] {
  const { reference = '', status, bookingDate, valueDate, amount, counterparty, text } = entry;
  const date = bookingDate ?? valueDate;
  if (date === undefined) return [];
  const { minor, currency } = amount;
  return [
    {
      transactionId: reference,
      date,
      booked: status === 'booked',
      // The engine takes two decimals for every currency.
      transactionAmount: { amount: formatAmount({ minor, currency: 'EUR' }), currency },
      payeeName: counterparty || text,
      imported_payee: descriptionOf({ ...entry, date, pending: status === 'pending' }),
      notes: text,
    },
  ];
}
