import type { Balance, ObservedEntry } from '../../../shared/bank.ts';
import { isCalendarDate } from '../../../shared/calendar-date.ts';
import { type Money, MoneyError, parseMoney } from '../../../shared/money.ts';
import { BankError } from '../../ports/bank-connector.ts';
import { splitAt } from './message.ts';

// DIKKU: entries and balance of a card. No specification is published; docs/banks/fints.md tells what was taken from where.

export const isOfCard = (part: string): boolean => part.startsWith('DIKKU:');

/** Where what stands in the segment, after its header: card number, another number, balance, two days, then the entries. */
const balanceAt = 3;
const entriesAt = 6;
/** Where what stands in an entry. Before the amount as it is booked stands the one that was paid, between them the rate. */
const [receiptAt, bookingAt, valueAt, originalAt, amountAt] = [1, 2, 3, 4, 8];
const [linesAt, linesEnd, referenceAt, feeAt] = [11, 20, 21, 25];

/** Of the first page: it is the same in each. @throws BankError `reply-unreadable` */
export function toCardBalance(part: string): Balance {
  const [mark = '', amount = '', currency = ''] = fieldsOf(splitAt(part, '+')[balanceAt] ?? '');
  return mark === '' ? {} : { booked: toAmount([amount, currency, mark]) };
}

/** In the bank's order. @throws BankError `reply-unreadable` where any of them cannot be read */
export function toCardEntries(part: string): readonly ObservedEntry[] {
  return splitAt(part, '+')
    .slice(entriesAt)
    .map(fieldsOf)
    .filter((fields) => fields.some((field) => field !== ''))
    .map(toCardEntry);
}

/**
 * Whether it stands on a monthly statement of the card yet (`J` or `N`) says nothing of whether it is booked, which the day
 * of its booking does.
 */
function toCardEntry(fields: readonly string[]): ObservedEntry {
  const [receipt, bookingDate, valueDate = receipt] = [receiptAt, bookingAt, valueAt].map((at) =>
    toDay(fields[at]),
  );
  const amount = toAmount(fields.slice(amountAt));
  const [paid, currency] = fields.slice(originalAt);
  const isOther = currency !== undefined && currency !== '' && currency !== amount.currency;
  const original = isOther && paid ? toAmount(fields.slice(originalAt)) : undefined;
  const lines = [...fields.slice(linesAt, linesEnd), fields[feeAt] ?? ''];
  const [counterparty = '', ...rest] = lines.flatMap((line) => line.trim() || []);
  const reference = fields[referenceAt];
  return {
    ...(reference && { reference }),
    status: bookingDate ? 'booked' : 'pending',
    ...(bookingDate && { bookingDate }),
    ...(valueDate && { valueDate }),
    amount,
    counterparty,
    text: rest.join('\n'),
    ...(original && original.minor !== 0 && { original }),
  };
}

function fieldsOf(group: string): string[] {
  return splitAt(group, ':').map((field) => field.replace(/\?(.)/gs, '$1'));
}

function toDay(field: string | undefined): string | undefined {
  if (!field) return undefined;
  const day = field.replace(/^(\d{4})(\d\d)(\d\d)$/, '$1-$2-$3');
  if (!isCalendarDate(day)) throw new BankError('reply-unreadable', 'entries of a card: a day');
  return day;
}

/** Of debits and taken back credits the sign is minus. */
const signs: ReadonlyMap<string, string> = new Map([
  ['D', '-'],
  ['RC', '-'],
  ['C', ''],
  ['RD', ''],
]);

/** Amount, currency, and on which side it stands; some banks may write thousands with points (lib-fints takes them off). */
function toAmount([text = '', currency = '', mark = '']: readonly string[]): Money {
  const sign = signs.get(mark);
  const isAmount = /^(\d+|\d{1,3}(\.\d{3})+),\d*$/.test(text);
  try {
    if (sign === undefined || !isAmount) throw new MoneyError('an amount without comma or side');
    return parseMoney(`${sign}${text.replaceAll('.', '').replace(',', '.')}`, currency);
  } catch (error) {
    if (!(error instanceof MoneyError)) throw error;
    throw new BankError('reply-unreadable', `entries of a card: ${error.message}`);
  }
}
