import type { ObservedEntry } from '../../../shared/bank.ts';
import { type CalendarDate, daysBetween } from '../../../shared/calendar-date.ts';
import type { Walked, WalkedAccount } from './walk-connector.ts';

/** What is told of a walk: never a name, number, text or amount of a person. */
export interface WalkReport extends Omit<Walked, 'institution' | 'accounts'> {
  /** Its id. */
  readonly institution: string;
  readonly accounts: readonly AccountReport[];
}

/** What an account is like, without a name, number, text or amount of it. */
export interface AccountReport {
  readonly type: string;
  readonly currency: string;
  /** Names of the fields that it has. */
  readonly fields: readonly string[];
  readonly balance: readonly string[];
  readonly entries?: EntriesReport;
}

export interface EntriesReport {
  readonly booked: number;
  readonly pending: number;
  /** In how many entries each field stands. */
  readonly fields: Readonly<Record<string, number>>;
  /** Days before today. */
  readonly oldest?: number;
  readonly newest?: number;
  /** References that stand at more than one entry. */
  readonly repeatedReferences: number;
  /** Entries of which neighbours have the same day, amount and text. */
  readonly equal: number;
  readonly otherCurrency: number;
  readonly longestText: number;
  /**
   * Of the entries with a balance after them, how many follow from the one before, in the order in which they came or
   * in the other, whichever fits more.
   */
  readonly chained?: { readonly of: number; readonly follow: number };
}

export function reportWalk(walked: Walked, today: CalendarDate): WalkReport {
  const { institution, accounts, ...rest } = walked;
  return {
    ...rest,
    institution: institution?.id ?? '',
    accounts: accounts.map((one) => reportAccount(one, today)),
  };
}

function reportAccount(
  { account, balance, entries }: WalkedAccount,
  today: CalendarDate,
): AccountReport {
  const { type, currency } = account;
  return {
    type,
    currency,
    fields: namesOf(account),
    balance: namesOf(balance ?? {}),
    ...(entries && { entries: reportEntries(entries, currency, today) }),
  };
}

function namesOf(it: object): readonly string[] {
  const has = (value: unknown) => value !== undefined && value !== '';
  return Object.keys(it).filter((name) => has((it as Record<string, unknown>)[name]));
}

function reportEntries(
  entries: readonly ObservedEntry[],
  currency: string,
  today: CalendarDate,
): EntriesReport {
  const fields: Record<string, number> = {};
  for (const name of entries.flatMap(namesOf)) fields[name] = (fields[name] ?? 0) + 1;
  const days = entries.flatMap(({ bookingDate, valueDate }) => bookingDate ?? valueDate ?? []);
  const ages = days.map((day) => daysBetween(day, today));
  const keyOf = ({ bookingDate, amount, counterparty, text }: ObservedEntry) =>
    JSON.stringify([bookingDate, amount.minor, counterparty, text]);
  const chained = chainOf(entries);
  return {
    booked: entries.filter(({ status }) => status === 'booked').length,
    pending: entries.filter(({ status }) => status === 'pending').length,
    fields,
    ...(ages.length > 0 && { oldest: Math.max(...ages), newest: Math.min(...ages) }),
    repeatedReferences: repeats(entries.flatMap(({ reference }) => reference ?? [])),
    equal: repeats(entries.map(keyOf)),
    otherCurrency: entries.filter(({ amount }) => amount.currency !== currency).length,
    longestText: entries.reduce((most, { text }) => Math.max(most, text.length), 0),
    ...(chained && { chained }),
  };
}

function repeats(keys: readonly string[]): number {
  return keys.length - new Set(keys).size;
}

function chainOf(entries: readonly ObservedEntry[]) {
  const told = entries.flatMap(({ amount, balanceAfter }) =>
    balanceAfter ? { amount: amount.minor, after: balanceAfter.minor } : [],
  );
  if (told.length < 2) return undefined;
  const follow = (list: typeof told) =>
    list.filter((it, at) => at > 0 && list[at - 1]?.after === it.after - it.amount).length;
  return { of: told.length - 1, follow: Math.max(follow(told), follow(told.toReversed())) };
}
