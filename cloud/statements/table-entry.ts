import type { CalendarDate } from '../../shared/calendar-date.ts';
import { decimalsOf, type Money } from '../../shared/money.ts';
import type { EntryDraft } from './section.ts';
import { cellAt, type TableRow } from './table.ts';
import type { TableColumns } from './table-columns.ts';
import { toCurrencyCode } from './table-names.ts';
import { type DecimalStyle, scale, toScaled, unreadable } from './table-number.ts';
import { createTextPool } from './text-pool.ts';

/** What an entry is made of besides its cells. */
export interface EntryFacts {
  readonly day: CalendarDate;
  readonly valueDay: CalendarDate | undefined;
  readonly amount: Money;
  readonly balance: Money | undefined;
  readonly isPending: boolean;
}

/** Makes entries of the rows of one table. */
export function createEntryMaker(columns: TableColumns, style: DecimalStyle) {
  const { counterparty, debtor, creditor, counterpartyAccount, reference, originalAmount } =
    columns;
  // A table that names one side only means the other party by it.
  const onlySide =
    debtor === undefined || creditor === undefined ? (debtor ?? creditor) : undefined;
  const texts = columns.texts.filter((column) => column !== counterparty);
  const [nameOf, accountOf] = [createTextPool(), createTextPool()];

  return (row: TableRow, extra: readonly string[], facts: EntryFacts): EntryDraft => {
    const { amount } = facts;
    const side = amount.minor < 0 ? creditor : debtor;
    const entry: EntryDraft = {
      status: facts.isPending ? 'pending' : 'booked',
      bookingDate: facts.day,
      amount,
      counterparty: nameOf(cellAt(row, counterparty) || cellAt(row, side) || cellAt(row, onlySide)),
      text: joinText(row, extra),
    };
    if (facts.valueDay !== undefined) entry.valueDate = facts.valueDay;
    const account = cellAt(row, counterpartyAccount);
    if (account !== '') entry.counterpartyAccount = accountOf(account);
    const id = cellAt(row, reference);
    if (id !== '') entry.reference = id;
    if (facts.balance !== undefined) entry.balanceAfter = facts.balance;
    const original = originalAmount === undefined ? undefined : originalOf(row, amount);
    if (original !== undefined) entry.original = original;
    return entry;
  };

  function originalOf(row: TableRow, amount: Money): Money | undefined {
    const currency = toCurrencyCode(cellAt(row, columns.originalCurrency));
    if (currency === undefined || currency === amount.currency) return undefined;
    const scaled = toScaled(cellAt(row, originalAmount), style);
    if (!Number.isFinite(scaled) || scaled === 0) return undefined;
    const { minor } = toMoney(Math.abs(scaled), currency);
    return { minor: amount.minor < 0 ? -minor : minor, currency };
  }

  /** What was paid for; the bank's name of the kind of entry where nothing else stands there. */
  function joinText(row: TableRow, extra: readonly string[]): string {
    const text = joinCells(row, texts, extra);
    return text === '' ? joinCells(row, columns.kinds, none) : text;
  }
}

const none: readonly string[] = [];

/** Each line once, in a string of its own. */
function joinCells(row: TableRow, columns: readonly number[], extra: readonly string[]): string {
  const lines: string[] = [];
  const add = (line: string): void => {
    if (line !== '' && !lines.includes(line)) lines.push(line);
  };
  for (const column of columns) add(cellAt(row, column));
  for (const line of extra) add(line);
  return lines.join('\n');
}

/** Ten-thousandths as an amount, rounded half away from zero where its currency has not so many decimals. */
export function toMoney(scaled: number, currency: string): Money {
  return { minor: toMinor(scaled, currency), currency };
}

/** The same without its currency. */
export function toMinor(scaled: number, currency: string): number {
  const units = Math.floor(Math.abs(scaled) / unitOf(currency) + 0.5);
  return units === 0 ? 0 : scaled < 0 ? -units : units;
}

/** True where a sum has more decimals than its currency. */
export function isRounded(scaled: number, currency: string): boolean {
  return scaled % unitOf(currency) !== 0;
}

let last = { currency: '', unit: scale };

/** Ten-thousandths in the smallest unit of a currency. */
function unitOf(currency: string): number {
  if (currency !== last.currency)
    last = { currency, unit: scale / 10 ** Math.min(decimalsOf(currency), 4) };
  return last.unit;
}

/** True for a sum that can be an amount. */
export const isSum = (scaled: number | undefined): scaled is number =>
  scaled !== undefined && Number.isFinite(scaled) && Math.abs(scaled) !== unreadable;
