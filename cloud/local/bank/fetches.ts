import type { Balance, ObservedEntry } from '../../../shared/bank.ts';
import type { CalendarDate } from '../../../shared/calendar-date.ts';
import { type Money, sumMoney } from '../../../shared/money.ts';
import type { Ids } from '../../ports/clock.ts';
import { type Accounts, dayOfEntry } from './accounts.ts';
import type { BankAccountBook } from './bank-customer.ts';
import { dropOldest } from './drop-oldest.ts';
import { showEntry } from './show-entry.ts';
import type { BankTraits } from './traits.ts';

/** What a fetch asks for; a fetch of the same is the same fetch until it is begun anew. */
export interface FetchRequest {
  /** The consent or the remembered browser by which it asks. */
  readonly accessId: string;
  readonly account: BankAccountBook;
  readonly from: CalendarDate;
  readonly to?: CalendarDate;
  readonly bookingStatus: 'booked' | 'pending' | 'both';
  /** Whether booked entries carry the balance after them. */
  readonly showsBalanceAfter: boolean;
}

export interface FetchPage {
  /** As the bank shows them: booked ones oldest first, then pending ones. */
  readonly entries: readonly ObservedEntry[];
  /** Entries of all pages. */
  readonly total: number;
  readonly hasNext: boolean;
}

/** Fetches whose next pages are kept ready, newest last. */
const fetchMax = 100;

export type Fetches = ReturnType<typeof createFetches>;

/** The fetches under way: the pages of one show the account as it was at its first page. */
export function createFetches({
  accounts,
  traits,
  ids,
}: {
  accounts: Accounts;
  traits: BankTraits;
  ids: Ids;
}) {
  const underWay = new Map<string, readonly ObservedEntry[]>();

  async function begin(request: FetchRequest): Promise<readonly ObservedEntry[]> {
    const statement = await accounts.statement(request.account);
    const { accessId, showsBalanceAfter } = request;
    const entries = showsBalanceAfter
      ? withBalancesAfter(statement.entries, statement.balance)
      : statement.entries;
    const showing = { traits, accessId, fetchId: ids.next('fetch'), showsBalanceAfter };
    const wanted = entries.filter((entry) => isWanted(entry, request, traits.pending));
    return [...wanted.filter(isBooked), ...wanted.filter((entry) => !isBooked(entry))].map(
      (entry) => showEntry(entry, showing),
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
      dropOldest(underWay, fetchMax);
      const end = (index + 1) * traits.pageSize;
      return {
        entries: shown.slice(index * traits.pageSize, end),
        total: shown.length,
        hasNext: end < shown.length,
      };
    },
  };
}

function keyOf({ accessId, account, from, to, bookingStatus }: FetchRequest): string {
  return [accessId, account.key, from, to, bookingStatus].join(' ');
}

export function isBooked({ status }: ObservedEntry): boolean {
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
  const booked = entries.filter(isBooked);
  if (!balance?.booked || booked.some(({ balanceAfter }) => balanceAfter)) return entries;
  let after: Money = balance.booked;
  if (booked.some(({ amount }) => amount.currency !== after.currency)) return entries;
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
