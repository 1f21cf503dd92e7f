import type {
  Balance,
  BankAccountType,
  ObservedAccount,
  ObservedEntry,
} from '../../../shared/bank.ts';
import { type CalendarDate, dayOf } from '../../../shared/calendar-date.ts';
import { parseMoney } from '../../../shared/money.ts';
import type { Account, AccountSet, Transaction } from './schema.ts';

/** Whether it has not been booked; a server need not say both. */
export function isPending({ pending, posted }: Transaction): boolean {
  return pending === true || posted === 0;
}

/** A line of an account in its currency. @throws MoneyError */
export function toEntry(transaction: Transaction, currency: string): ObservedEntry {
  const { id, posted, transacted_at, amount, payee, description = '', memo } = transaction;
  const status = isPending(transaction) ? 'pending' : 'booked';
  const day = dayOfSeconds(posted);
  const bookingDate = status === 'booked' ? day : undefined;
  // Of a pending one, `posted` is when it is expected, or when the server saw it first.
  const valueDate = dayOfSeconds(transacted_at) ?? (bookingDate ? undefined : day);
  return {
    reference: id,
    status,
    ...(bookingDate && { bookingDate }),
    ...(valueDate && { valueDate }),
    amount: parseMoney(amount, currencyOf(currency)),
    counterparty: payee ?? '',
    text: memo && !description.includes(memo) ? `${description}\n${memo}`.trim() : description,
  };
}

/** The day in UTC: the Bridge writes days without a time as noon there. */
export function dayOfSeconds(seconds: number): CalendarDate | undefined {
  return seconds === 0 ? undefined : dayOf(new Date(seconds * 1000).toISOString());
}

/**
 * The accounts that hold money: a currency that somebody made up (miles, points) is none that a book could be kept in.
 * Their names tell apart what the protocol has no field for.
 */
export function toAccounts({ accounts, connections }: AccountSet): ObservedAccount[] {
  return accounts
    .filter(({ currency }) => /^[A-Z]{3}$/.test(currencyOf(currency)))
    .map((account) => {
      const { name = '', currency } = account;
      const connection = connections.find(({ conn_id }) => conn_id === account.conn_id);
      const bank = connection?.name ?? connection?.org_name;
      return {
        externalId: externalIdOf(account, accounts),
        name,
        holder: '',
        ...(bank && { product: bank }),
        type: typeOf(name),
        currency: currencyOf(currency),
      };
    });
}

/** Of an account in an answer: its id is unique among those of its connection, and at the Bridge among all. */
export function externalIdOf({ conn_id, id }: Account, all: readonly Account[]): string {
  const isAlone = all.filter((it) => it.id === id).length === 1;
  return isAlone || !conn_id ? id : `${conn_id}/${id}`;
}

function currencyOf(currency: string): string {
  return currency.trim().toUpperCase();
}

/** By the words with which American banks name them; the user decides what it fills. */
const typeByWord: readonly (readonly [RegExp, BankAccountType])[] = [
  [/\b(credit|visa|master ?card|amex|discover|card)\b/i, 'card'],
  [/\b(loan|mortgage|heloc)\b/i, 'loan'],
  [/\b(brokerage|ira|roth|401k|403b|investment|investing)\b/i, 'investment'],
  [/\b(savings?|money market|cd)\b/i, 'savings'],
];

function typeOf(name: string): BankAccountType {
  return typeByWord.find(([word]) => word.test(name))?.[1] ?? 'current';
}

/**
 * What the account holds. A balance of a day before the account's last booking is an old one, as a server shows it while
 * it cannot reach the bank: it is left out, for the entries do not lead to it. @throws MoneyError
 */
export function toBalance(account: Account, transactions: readonly Transaction[]): Balance {
  const { balance, 'available-balance': available, 'balance-date': at } = account;
  const currency = currencyOf(account.currency);
  const dayOfBalance = at && dayOfSeconds(at);
  const isOld = transactions.some(
    (it) => dayOfBalance && !isPending(it) && (dayOfSeconds(it.posted) ?? '') > dayOfBalance,
  );
  if (isOld) return {};
  return {
    booked: parseMoney(balance, currency),
    ...(available !== undefined && { available: parseMoney(available, currency) }),
  };
}
