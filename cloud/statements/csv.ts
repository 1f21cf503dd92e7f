import { type CsvColumns, findColumns, isHeader } from './csv-columns.ts';
import { createDayReader, type DateOrder, findDateOrder, readCellDate } from './csv-date.ts';
import { type CellNumber, type DecimalStyle, findDecimalStyle, readNumber } from './csv-number.ts';
import { type CsvTable, type SortedRows, sortRows } from './csv-rows.ts';
import { followsFrom, toStatements } from './csv-statement.ts';
import { rankDelimiters, readFirstRows, readRows } from './csv-table.ts';
import { type ReadOptions, type Statement, StatementUnreadable } from './statement.ts';
import type { TableRow } from './table.ts';

/** How far down the names of the columns are looked for. */
const preambleMax = 100;

/** True for a table: one with names of columns that are known, or with days and numbers in most of its rows. */
export function looksLikeCsv(text: string): boolean {
  return findHeader(text) !== undefined || rankDelimiters(text).some(isTableOfDays);

  function isTableOfDays(delimiter: string): boolean {
    const rows = readFirstRows(text, delimiter)
      .slice(0, preambleMax)
      .filter(({ cells }) => cells.some((cell) => cell !== ''));
    const dated = rows.filter(({ cells }) => {
      const date = cells.findIndex((cell) => readCellDate(cell) !== undefined);
      return date !== -1 && cells.some((cell, at) => at !== date && readNumber(cell) !== undefined);
    });
    return dated.length > 0 && dated.length * 2 >= rows.length;
  }
}

/** The delimiter that makes a table with a header of the text, and the index of the header among its rows. */
function findHeader(text: string): { delimiter: string; index: number } | undefined {
  for (const delimiter of rankDelimiters(text)) {
    const rows = readFirstRows(text, delimiter).slice(0, preambleMax);
    const index = rows.findIndex(({ cells }) => isHeader(cells));
    if (index !== -1) return { delimiter, index };
  }
  return undefined;
}

/**
 * Reads delimited text (CSV, TSV) with names of columns above its rows, by RFC 4180. Each account that it names is a
 * statement. What the columns are, the order of days and the decimal style are told by the whole table.
 * @throws StatementUnreadable also where it does not tell: date-readDay, decimal-style, sign, columns
 */
export function readCsv(text: string, options: ReadOptions = {}): readonly Statement[] {
  return read(readTable(text), options);
}

/** The same for rows that are read already. */
export function readRowsOfTable(
  rows: readonly TableRow[],
  options: ReadOptions,
): readonly Statement[] {
  const all = rows.map((row) => ({ isOdd: false, ...row }));
  const index = all.findIndex(({ cells }) => isHeader(cells));
  const header = all[index];
  const [preamble, below] = [all.slice(0, index), all.slice(index + 1)];
  return read(header && { delimiter: ';', header, preamble, rows: below }, options);
}

function read(table: CsvTable | undefined, options: ReadOptions): readonly Statement[] {
  const columns = table && findColumns(table.header.cells, table.rows);
  if (!table || !columns) {
    throw new StatementUnreadable(
      'columns',
      'The file is a table whose columns have no names that are known: a date and an amount at least. ' +
        'Download it with its first lines, or choose OFX or CAMT at the bank.',
    );
  }
  const style = findStyle(table, columns);
  const readDay = createDayReader(findOrder(table, columns, style));
  const reading = { columns, style, readDay };
  const sorted = sortRows(table, columns, readDay);
  if (columns.balance !== undefined && sorted.hasPending) {
    // PayPal's balances hold what it calls pending: for the account, that is booked.
    const all = sortRows(table, columns, readDay, true);
    const follows = (rows: SortedRows) => followsFrom(table, rows, reading, options);
    if (!follows(sorted) && follows(all)) return toStatements(table, all, reading, options);
  }
  return toStatements(table, sorted, reading, options);
}

function readTable(text: string): CsvTable | undefined {
  const found = findHeader(text);
  if (!found) return undefined;
  const { delimiter, index } = found;
  const rows = readRows(text, delimiter);
  const [header] = rows.slice(index);
  return (
    header && { delimiter, header, preamble: rows.slice(0, index), rows: rows.slice(index + 1) }
  );
}

function findStyle({ rows }: CsvTable, columns: CsvColumns): DecimalStyle {
  const { amounts, debits, credits, balance, fee } = columns;
  const money = [...amounts, ...debits, ...credits, balance, fee].filter(
    (each) => each !== undefined,
  );
  const style = findDecimalStyle(numbersIn());
  if (style !== 'two-ways') return style;
  throw new StatementUnreadable(
    'decimal-style',
    'The amounts of this file can be read two ways: 1,234 may be a thousand or little more than one. ' +
      'Download a longer period, or choose OFX or CAMT at the bank.',
  );

  function* numbersIn(): Generator<CellNumber> {
    for (const { cells } of rows) {
      for (const column of money) {
        const number = readNumber(cells[column] ?? '');
        if (number) yield number;
      }
    }
  }
}

function findOrder(
  { header, preamble, rows }: CsvTable,
  { bookingDate, valueDate }: CsvColumns,
  style: DecimalStyle,
): DateOrder | undefined {
  const cell = (cells: readonly string[], column: number | undefined) =>
    column === undefined ? '' : (cells[column] ?? '');
  const order = findDateOrder({
    rows: rows.map(({ cells }) => [cell(cells, bookingDate), cell(cells, valueDate)] as const),
    above: preamble.flatMap(({ cells }) => cells),
    isDecimalComma: style === 'comma',
    isHebrew: /[\u05d0-\u05ea]/.test(header.cells.join('')),
  });
  if (order !== 'two-ways') return order;
  throw new StatementUnreadable(
    'date-order',
    'The dates of this file can be read two ways, with the day or with the month first. ' +
      'Download a longer period, or choose OFX or CAMT at the bank.',
  );
}
