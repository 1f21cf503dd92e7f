import type { ObservedEntry } from '../../shared/bank.ts';
import type { CalendarDate } from '../../shared/calendar-date.ts';
import { decimalsOf, type Money } from '../../shared/money.ts';
import type { TableColumns } from './table-columns.ts';
import { toCurrencyCode } from './table-names.ts';
import { type DecimalStyle, scale, toScaled, unreadable } from './table-number.ts';

/** What an entry is made of besides its cells. */
export interface EntryFacts {
  readonly day: CalendarDate;
  readonly valueDay: CalendarDate | undefined;
  readonly amount: Money;
  readonly balance: Money | undefined;
  readonly isPending: boolean;
}

/** An entry whose text may go on in the row below. */
export type EntryDraft = { -readonly [K in keyof ObservedEntry]: ObservedEntry[K] };

/** Makes entries of the rows of one table. */
export function createEntryMaker(columns: TableColumns, style: DecimalStyle) {
  const { counterparty, debtor, creditor, counterpartyAccount, reference, originalAmount } =
    columns;
  // A table that names one side only means the other party by it.
  const onlySide =
    debtor === undefined || creditor === undefined ? (debtor ?? creditor) : undefined;
  const texts = columns.texts.filter((column) => column !== counterparty);
  const at = (cells: readonly string[], column: number | undefined): string =>
    column === undefined ? '' : (cells[column] ?? '');

  return (cells: readonly string[], extra: readonly string[], facts: EntryFacts): EntryDraft => {
    const { amount } = facts;
    const side = amount.minor < 0 ? creditor : debtor;
    const entry: EntryDraft = {
      status: facts.isPending ? 'pending' : 'booked',
      bookingDate: facts.day,
      amount,
      counterparty: at(cells, counterparty) || at(cells, side) || at(cells, onlySide),
      text: joinText(cells, extra),
    };
    if (facts.valueDay !== undefined) entry.valueDate = facts.valueDay;
    const account = at(cells, counterpartyAccount);
    if (account !== '') entry.counterpartyAccount = account;
    const id = at(cells, reference);
    if (id !== '') entry.reference = id;
    if (facts.balance !== undefined) entry.balanceAfter = facts.balance;
    const original = originalAmount === undefined ? undefined : originalOf(cells, amount);
    if (original !== undefined) entry.original = original;
    return entry;
  };

  function originalOf(cells: readonly string[], amount: Money): Money | undefined {
    const currency = toCurrencyCode(at(cells, columns.originalCurrency));
    if (currency === undefined || currency === amount.currency) return undefined;
    const scaled = toScaled(at(cells, originalAmount), style);
    if (!Number.isFinite(scaled) || scaled === 0) return undefined;
    const { minor } = toMoney(Math.abs(scaled), currency).money;
    return { minor: amount.minor < 0 ? -minor : minor, currency };
  }

  /** What was paid for; the bank's name of the kind of entry where nothing else stands there. */
  function joinText(cells: readonly string[], extra: readonly string[]): string {
    const text = joinCells(cells, texts, extra);
    return text === '' ? joinCells(cells, columns.kinds, []) : text;
  }
}

function joinCells(
  cells: readonly string[],
  columns: readonly number[],
  extra: readonly string[],
): string {
  let first = '';
  let lines: string[] | undefined;
  const add = (line: string): void => {
    if (line === '' || line === first || lines?.includes(line)) return;
    if (first === '') first = line;
    else if (lines === undefined) lines = [first, line];
    else lines.push(line);
  };
  for (const column of columns) add(cells[column] ?? '');
  for (const line of extra) add(line);
  return lines === undefined ? first : lines.join('\n');
}

/** Ten-thousandths as an amount, rounded half away from zero where its currency has not so many decimals. */
export function toMoney(scaled: number, currency: string): { money: Money; isRounded: boolean } {
  const unit = scale / 10 ** Math.min(decimalsOf(currency), 4);
  const units = Math.floor(Math.abs(scaled) / unit + 0.5);
  const minor = units === 0 ? 0 : scaled < 0 ? -units : units;
  return { money: { minor, currency }, isRounded: scaled % unit !== 0 };
}

/** True for a sum that can be an amount. */
export const isSum = (scaled: number | undefined): scaled is number =>
  scaled !== undefined && Number.isFinite(scaled) && Math.abs(scaled) !== unreadable;
