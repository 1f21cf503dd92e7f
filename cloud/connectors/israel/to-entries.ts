import type { Balance, ObservedAccount, ObservedEntry } from '../../../shared/bank.ts';
import { type CalendarDate, isCalendarDate } from '../../../shared/calendar-date.ts';
import { decimalsOf, type Money, MoneyError, parseMoney } from '../../../shared/money.ts';
import type { Company } from './companies.ts';
import { dayInIsrael } from './israel-time.ts';
import type { ScrapedAccount, Transaction } from './schema.ts';

/** Thrown for what the package gives and is no day or no currency; the message never carries the text. */
export class ScrapeUnreadable extends Error {
  override readonly name = 'ScrapeUnreadable';
}

/** The package tells no account's currency: what is charged in another stands in the entry itself. */
export const shekel = 'ILS';

/**
 * A transaction of the package in ours. A card's entry is booked on the day of the purchase, an instalment on the same
 * day of its month: by these the package takes what lies in a window, and by these users know what they bought. When
 * the bank account is debited is the value date.
 * @throws ScrapeUnreadable, MoneyError
 */
export function toEntry(company: Company, transaction: Transaction): ObservedEntry {
  const { status, description, memo } = transaction;
  const [booking, value] = daysOf(company, transaction);
  const reference = referenceOf(transaction);
  const amount = amountOf(transaction);
  const original = originalOf(transaction, amount);
  const isCard = company.kind === 'card';
  const lines = [isCard ? '' : description.trim(), memo, instalmentLine(transaction)];
  return {
    ...(reference && { reference }),
    ...(status === 'completed'
      ? { status: 'booked', bookingDate: booking, valueDate: value }
      : { status: 'pending', valueDate: booking }),
    amount,
    counterparty: isCard ? description.trim() : '',
    text: lines.filter(Boolean).join('\n'),
    ...(original && { original }),
  };
}

/** The days of booking and of value. */
function daysOf(
  { bookedOn, processedIn }: Company,
  { date, processedDate = date }: Transaction,
): readonly [CalendarDate, CalendarDate] {
  const day = readDay(date);
  const processed =
    processedIn === 'process' ? dayOfProcess(processedDate) : readDay(processedDate);
  return bookedOn === 'processedDate' ? [processed, day] : [day, processed];
}

/**
 * The package gives instants of Israeli midnights, some companies' days as these print them, with or without a time.
 * @throws ScrapeUnreadable
 */
function readDay(text: string): CalendarDate {
  const [, day = '', rest = ''] = /^(\d{4}-\d{2}-\d{2})(?:[T ]([\d:.]+(.*))?)?$/.exec(text) ?? [];
  if (!isCalendarDate(day)) throw new ScrapeUnreadable('a day as 2026-12-31');
  const hasZone = /(?:Z|[+-]\d{2}:?\d{2})$/.test(rest);
  if (!hasZone) return day;
  if (Number.isNaN(Date.parse(text))) throw new ScrapeUnreadable('an instant');
  return dayInIsrael(text);
}

/** A midnight that was read in the zone of this process, whichever it is. */
function dayOfProcess(text: string): CalendarDate {
  const at = new Date(text);
  if (Number.isNaN(at.getTime())) throw new ScrapeUnreadable('an instant');
  const [month, day] = [at.getMonth() + 1, at.getDate()].map((it) => `${it}`.padStart(2, '0'));
  return `${at.getFullYear()}-${month}-${day}`;
}

/**
 * `undefined_3` is what the package makes of an instalment without a number, NaN and 0 of a text that is none. The
 * instalments of one purchase may share its number.
 */
function referenceOf({ identifier = '', installments }: Transaction): string | undefined {
  if (/^(?:undefined|null|NaN|0*$)/.test(identifier)) return undefined;
  const number = installments?.number;
  if (number === undefined || identifier.endsWith(`_${number}`)) return identifier;
  return `${identifier}_${number}`;
}

/** In the words that the card companies print, unless these did. */
function instalmentLine({ installments, memo }: Transaction): string | undefined {
  const { number, total } = installments ?? {};
  if (number === undefined || total === undefined || total < 2) return undefined;
  const told = (memo?.match(/\d+/g) ?? []).map(Number);
  if (told.includes(number) && told.includes(total)) return undefined;
  return `תשלום ${number} מתוך ${total}`;
}

/** @throws ScrapeUnreadable, MoneyError */
function amountOf(transaction: Transaction): Money {
  const { chargedAmount, chargedCurrency, originalAmount, originalCurrency } = transaction;
  if (chargedCurrency) return moneyOf(chargedAmount, chargedCurrency);
  // Not told: for some companies while pending, and for currencies that the package has no name of.
  const isOriginal = chargedAmount === originalAmount && originalCurrency;
  return moneyOf(chargedAmount, isOriginal ? originalCurrency : shekel);
}

/** Only in another currency: the whole price beside one instalment would be no sum of this entry's. */
function originalOf(
  { originalAmount, originalCurrency }: Transaction,
  { currency }: Money,
): Money | undefined {
  if (originalAmount === undefined || !originalCurrency) return undefined;
  try {
    const original = moneyOf(originalAmount, originalCurrency);
    return original.currency === currency ? undefined : original;
  } catch (error) {
    // It adds to the entry, and is no part of its sum.
    if (error instanceof ScrapeUnreadable || error instanceof MoneyError) return undefined;
    throw error;
  }
}

/** As the companies print currencies. */
const currencyOf: Readonly<Record<string, string>> = {
  '₪': shekel,
  'ש"ח': shekel,
  'ש״ח': shekel,
  שח: shekel,
  NIS: shekel,
  $: 'USD',
  '€': 'EUR',
  '£': 'GBP',
};

/** What a sum may be off from its decimals by being a float. */
const floatNoise = 1e-6;

/** A float by the decimals of its currency; one that has more is refused. @throws ScrapeUnreadable, MoneyError */
function moneyOf(amount: number, printed: string): Money {
  const currency = currencyOf[printed] ?? printed;
  if (!/^[A-Z]{3}$/.test(currency)) throw new ScrapeUnreadable('a currency');
  const decimal = amount.toFixed(decimalsOf(currency));
  if (Math.abs(Number(decimal) - amount) > floatNoise) throw new ScrapeUnreadable('an amount');
  return parseMoney(decimal, currency);
}

/** A card's number by which the package has it is its last digits, which other people's cards may have too. */
export function toAccount(
  { id, name, kind }: Company,
  { accountNumber }: ScrapedAccount,
  currency: string,
): ObservedAccount {
  const mask = accountNumber.replace(/[^A-Za-z0-9]/g, '').slice(-4);
  return {
    externalId: accountNumber,
    ...(kind === 'bank' && { identification: `${id}:${accountNumber}` }),
    ...(mask && { mask }),
    name,
    holder: '',
    type: kind === 'card' ? 'card' : 'current',
    currency,
  };
}

/**
 * What a card company tells is what it debits next, or what is left on a card: not the sum of all entries.
 * @throws MoneyError, ScrapeUnreadable
 */
export function toBalance(
  { kind }: Company,
  { balance }: ScrapedAccount,
  currency: string,
): Balance {
  if (kind === 'card' || balance === undefined) return {};
  return { booked: moneyOf(balance, currency) };
}
