import type { Balance, ObservedEntry } from '../../../shared/bank.ts';
import { type CalendarDate, dayOf } from '../../../shared/calendar-date.ts';
import { type Money, sumMoney } from '../../../shared/money.ts';
import type { Clock, Ids } from '../../ports/clock.ts';
import { type Accounts, dayOfEntry } from './accounts.ts';
import type { BankAccountBook } from './bank-customer.ts';
import { toTransaction } from './to-transactions.ts';
import type { BankTraits } from './traits.ts';

/** What a fetch asks for; a fetch of the same is the same fetch until it is begun anew. */
export interface FetchRequest {
  readonly consentId: string;
  readonly account: BankAccountBook;
  readonly from: CalendarDate;
  readonly to?: CalendarDate;
  readonly bookingStatus: 'booked' | 'pending' | 'both';
}

export interface FetchPage {
  readonly booked: readonly object[];
  readonly pending: readonly object[];
  readonly hasNext: boolean;
}

type Shown = { readonly status: ObservedEntry['status']; readonly transaction: object };

/** Fetches whose next pages are kept ready, newest last. */
const fetchMax = 100;

export type Fetches = ReturnType<typeof createFetches>;

/** The fetches under way: the pages of one show the account as it was at its first page. */
export function createFetches({
  accounts,
  traits,
  clock,
  ids,
}: {
  accounts: Accounts;
  traits: BankTraits;
  clock: Clock;
  ids: Ids;
}) {
  const underWay = new Map<string, readonly Shown[]>();

  async function begin(request: FetchRequest): Promise<readonly Shown[]> {
    const statement = await accounts.statement(request.account);
    const entries = traits.balanceAfter
      ? withBalancesAfter(statement.entries, statement.balance)
      : statement.entries;
    const today = dayOf(clock.now());
    const showing = { traits, consentId: request.consentId, fetchId: ids.next('fetch'), today };
    const wanted = entries.filter((entry) => isWanted(entry, request, traits.pending));
    return [...wanted.filter(isBooked), ...wanted.filter((entry) => !isBooked(entry))].map(
      (entry) => ({ status: entry.status, transaction: toTransaction(entry, showing) }),
    );
  }

  return {
    isUnderWay(request: FetchRequest): boolean {
      return underWay.has(keyOf(request));
    },

    /** `index` from 0; the first page begins the fetch anew. */
    async page(request: FetchRequest, index: number): Promise<FetchPage> {
      const key = keyOf(request);
      const kept = index === 0 ? undefined : underWay.get(key);
      const shown = kept ?? (await begin(request));
      underWay.delete(key);
      underWay.set(key, shown);
      for (const oldest of underWay.keys()) {
        if (underWay.size <= fetchMax) break;
        underWay.delete(oldest);
      }
      const end = (index + 1) * traits.pageSize;
      const page = shown.slice(index * traits.pageSize, end);
      return {
        booked: page.filter(isBooked).map(({ transaction }) => transaction),
        pending: page.filter((one) => !isBooked(one)).map(({ transaction }) => transaction),
        hasNext: end < shown.length,
      };
    },
  };
}

function keyOf({ consentId, account, from, to, bookingStatus }: FetchRequest): string {
  return [consentId, account.key, from, to, bookingStatus].join(' ');
}

function isBooked({ status }: { readonly status: ObservedEntry['status'] }): boolean {
  return status === 'booked';
}

function isWanted(entry: ObservedEntry, request: FetchRequest, showsPending: boolean): boolean {
  if (!isBooked(entry)) return showsPending && request.bookingStatus !== 'booked';
  if (request.bookingStatus === 'pending') return false;
  const day = dayOfEntry(entry);
  return day === '' || (day >= request.from && (!request.to || day <= request.to));
}

/** The balance after each booked entry, counted back from the one of now, where entries carry none. */
function withBalancesAfter(
  entries: readonly ObservedEntry[],
  balance: Balance | undefined,
): readonly ObservedEntry[] {
  if (!balance?.booked || entries.some(({ balanceAfter }) => balanceAfter)) return entries;
  let after: Money = balance.booked;
  return entries
    .toReversed()
    .map((entry) => {
      if (!isBooked(entry)) return entry;
      const balanceAfter = after;
      const before = { ...entry.amount, minor: -entry.amount.minor };
      after = sumMoney([after, before], after.currency);
      return { ...entry, balanceAfter };
    })
    .reverse();
}
