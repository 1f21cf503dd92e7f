import type { ObservedEntry } from '../../shared/bank.ts';
import type { Money } from '../../shared/money.ts';
import { readSigned } from './csv-amount.ts';
import type { CsvColumns } from './csv-columns.ts';
import type { DayReader } from './csv-date.ts';
import type { DecimalStyle } from './csv-number.ts';
import type { EntryRow } from './csv-rows.ts';
import { toCurrencyCode } from './csv-words.ts';

export interface CsvReading {
  readonly columns: CsvColumns;
  readonly style: DecimalStyle;
  readonly readDay: DayReader;
}

/** The entry of a row whose amount is read; `balance` only where the balances of the table can be relied on. */
export function toCsvEntry(
  row: EntryRow,
  amount: Money,
  balance: number | undefined,
  { columns, style, readDay }: CsvReading,
): ObservedEntry {
  const cell = (column: number | undefined) =>
    column === undefined ? '' : (row.cells[column] ?? '');
  const valueDate = readDay(cell(columns.valueDate));
  const account = cell(columns.counterpartyAccount);
  const reference = cell(columns.reference);
  const side = amount.minor < 0 ? columns.creditor : columns.debtor;
  const original = readOriginal(cell(columns.originalAmount), cell(columns.originalCurrency));
  return {
    ...(reference && { reference }),
    status: 'booked',
    bookingDate: row.day,
    ...(valueDate && { valueDate }),
    amount,
    counterparty: cell(columns.counterparty) || cell(side) || cell(onlySide(columns)),
    ...(account && { counterpartyAccount: account }),
    text: textOf(row, columns),
    ...(balance !== undefined && { balanceAfter: { minor: balance, currency: amount.currency } }),
    ...(original && { original }),
  };

  function readOriginal(text: string, code: string): Money | undefined {
    const currency = toCurrencyCode(code);
    if (currency === undefined || currency === amount.currency) return undefined;
    const reading = readSigned(text, style, currency);
    if (reading.kind === 'unread' || reading.money.minor === 0) return undefined;
    const minor = Math.abs(reading.money.minor);
    return { minor: amount.minor < 0 ? -minor : minor, currency };
  }
}

/** A table that names one side only means the other party by it. */
function onlySide({ debtor, creditor }: CsvColumns): number | undefined {
  return debtor === undefined || creditor === undefined ? (debtor ?? creditor) : undefined;
}

/** What was paid for; the bank's name of the kind of entry where nothing else stands there. */
function textOf({ cells, moreText }: EntryRow, { texts, kinds }: CsvColumns): string {
  const lines = (columns: readonly number[]) => columns.map((column) => cells[column] ?? '');
  const found = [...lines(texts), ...moreText].filter((line) => line !== '');
  const chosen = found.length > 0 ? found : lines(kinds).filter((line) => line !== '');
  return [...new Set(chosen)].join('\n');
}
