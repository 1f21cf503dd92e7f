import type { ObservedEntry } from '../../../shared/bank.ts';
import type { CalendarDate } from '../../../shared/calendar-date.ts';
import { formatAmount, type Money } from '../../../shared/money.ts';
import type { Value } from './wire.ts';

// Entries of cards as banks of the savings banks' centre and comdirect write them in DIKKU, version 2.

export const commaOf = (money: Money) =>
  formatAmount({ ...money, minor: Math.abs(money.minor) }).replace('.', ',');
/** Zeros behind the comma are left out, as FinTS has it. */
const amountOf = (money: Money): Value[] => [
  `${commaOf(money)}${money.currency === 'JPY' ? ',' : ''}`.replace(/(?<=,\d*)0+$/, ''),
  money.currency,
  money.minor < 0 ? 'D' : 'C',
];
const shortDay = (day: CalendarDate | undefined) => day?.replaceAll('-', '');
const textLines = 9;

/** What stands before the entries: the card, its balance, two days of monthly statements. */
export function writeCardHead(
  number: string,
  balance: Money | undefined,
  day: CalendarDate,
): (Value | readonly Value[])[] {
  const side = balance && balance.minor < 0 ? 'D' : 'C';
  const told = balance && [side, ...amountOf(balance).slice(0, 2), shortDay(day)];
  return [number, '', told ?? '', '', ''];
}

export function writeCardEntry(number: string, entry: ObservedEntry): readonly Value[] {
  const { amount, original = amount, counterparty, text, bookingDate, valueDate } = entry;
  const lines = [counterparty, ...text.split('\n')];
  return [
    number,
    shortDay(valueDate ?? bookingDate),
    shortDay(bookingDate),
    '',
    ...amountOf(original),
    original === amount ? '1,' : '1,25',
    ...amountOf(amount),
    ...Array.from({ length: textLines }, (_, index) => lines[index] ?? ''),
    bookingDate ? 'J' : 'N',
    entry.reference,
    '5411',
  ];
}
