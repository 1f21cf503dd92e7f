import type { CalendarDate } from '../../shared/calendar-date.ts';
import { type CsvColumns, isHeader } from './csv-columns.ts';
import type { DayReader } from './csv-date.ts';
import { readNumber } from './csv-number.ts';
import { stateOf, summaryOf } from './csv-row-words.ts';
import type { CsvRow } from './csv-table.ts';
import { meaningsOf } from './csv-words.ts';
import type { StatementProblem } from './statement.ts';

export interface CsvTable {
  readonly delimiter: string;
  readonly header: CsvRow;
  readonly preamble: readonly CsvRow[];
  /** All that stands below the header. */
  readonly rows: readonly CsvRow[];
}

/** A row that is an entry, when its amount can be read. */
export interface EntryRow {
  readonly line: number;
  readonly cells: readonly string[];
  readonly day: CalendarDate;
  /** Text that stands in rows of its own below it, or in cells behind the last column. */
  readonly moreText: string[];
}

export interface SortedRows {
  readonly entries: readonly EntryRow[];
  /** Rows that say what the account held before or after the entries. */
  readonly balances: readonly { readonly kind: 'opening' | 'closing'; readonly row: CsvRow }[];
  readonly problems: readonly StatementProblem[];
  readonly hasPending: boolean;
}

/**
 * Tells the entries from all else that stands below a header: totals, remarks, rows that are broken, and pending ones
 * unless these are booked by the bank's own reckoning.
 */
export function sortRows(
  table: CsvTable,
  columns: CsvColumns,
  readDay: DayReader,
  arePendingBooked = false,
): SortedRows {
  const entries: EntryRow[] = [];
  const balances: { kind: 'opening' | 'closing'; row: CsvRow }[] = [];
  const problems: StatementProblem[] = [];
  const pendingLines: number[] = [];
  let above: EntryRow | undefined;
  for (const row of table.rows) {
    const found = sortRow(row, table, columns, readDay, arePendingBooked);
    if (found.kind === 'more-text' && above) above.moreText.push(...found.text);
    else above = undefined;
    if (found.kind === 'entry') entries.push(found.entry);
    if (found.kind === 'entry') above = found.entry;
    if (found.kind === 'opening' || found.kind === 'closing')
      balances.push({ kind: found.kind, row });
    if (found.kind === 'pending') pendingLines.push(row.line);
    if (found.kind === 'problem' || found.kind === 'second-table') {
      problems.push({ line: row.line, message: found.message });
    }
    if (found.kind === 'second-table') break;
  }
  const [firstPending] = pendingLines;
  if (firstPending !== undefined) {
    const message = `Rows that are pending, this one first: ${pendingLines.length}. They come when they are booked.`;
    problems.push({ line: firstPending, message });
  }
  return { entries, balances, problems, hasPending: pendingLines.length > 0 };
}

type SortedRow =
  | { readonly kind: 'entry'; readonly entry: EntryRow }
  | { readonly kind: 'more-text'; readonly text: readonly string[] }
  | { readonly kind: 'opening' | 'closing' | 'pending' | 'nothing' }
  | { readonly kind: 'problem' | 'second-table'; readonly message: string };

const nothing: SortedRow = { kind: 'nothing' };
const problem = (message: string): SortedRow => ({ kind: 'problem', message });

function sortRow(
  row: CsvRow,
  table: CsvTable,
  columns: CsvColumns,
  readDay: DayReader,
  arePendingBooked: boolean,
): SortedRow {
  const { cells } = row;
  const { header } = table;
  const filled = cells.filter((cell) => cell !== '');
  if (filled.length === 0 || isSame(cells, header.cells)) return nothing;
  const dateCell = cells[columns.bookingDate] ?? '';
  const day = readDay(dateCell);
  const summary = cells.map(summaryOf).find((kind) => kind !== undefined);
  if (summary === 'opening' || summary === 'closing') return { kind: summary };
  const state = columns.status === undefined ? 'booked' : stateOf(cells[columns.status] ?? '');
  if (state === 'void') return nothing;
  const isCounted = arePendingBooked && day !== undefined;
  if (state === 'pending' && !isCounted) return { kind: 'pending' };
  const money = moneyCells(columns).map((column) => cells[column] ?? '');
  const isMoneyless = money.every((cell) => cell === '');
  if (day === undefined) {
    if (summary === 'total') return nothing;
    if (isHeader(cells)) {
      const message = 'A second table begins here, with other columns. It was left out.';
      return { kind: 'second-table', message };
    }
    if (stateOf(dateCell) === 'pending') return { kind: 'pending' };
    if (!isMoneyless) return problem('This row has no date that exists. It was left out.');
    const text = textAlone(cells, columns);
    return dateCell === '' && text ? { kind: 'more-text', text } : nothing;
  }
  if (state === undefined && (cells[columns.status ?? 0] ?? '') !== '') {
    return problem('This row has a status that is not known. It was left out.');
  }
  const why = whyBroken(row, table, columns, readDay);
  if (why !== undefined) return problem(why);
  const extra = cells.slice(header.cells.length).filter((cell) => cell !== '');
  return { kind: 'entry', entry: { line: row.line, cells, day, moreText: extra } };
}

function moneyCells({ amounts, debits, credits }: CsvColumns): readonly number[] {
  return [...amounts, ...debits, ...credits];
}

function isSame(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((cell, index) => cell === b[index]);
}

/** Some banks go on with the text in the next row, which has nothing else. */
function textAlone(
  cells: readonly string[],
  { texts, kinds, counterparty }: CsvColumns,
): readonly string[] | undefined {
  const found: string[] = [];
  for (const [column, cell] of cells.entries()) {
    if (cell === '') continue;
    const isText = texts.includes(column) || kinds.includes(column) || column === counterparty;
    if (!isText) return undefined;
    found.push(cell);
  }
  return found;
}

/** Why the cells of a row may not stand under their columns; undefined for a row that is whole. */
function whyBroken(
  row: CsvRow,
  { header, delimiter }: CsvTable,
  columns: CsvColumns,
  readDay: DayReader,
): string | undefined {
  const { cells, isOdd } = row;
  const hasLineBreak = cells.some((cell) => cell.includes('\n'));
  if (isOdd && (hasLineBreak || cells.length !== header.cells.length)) {
    return 'This row has a quotation mark where none belongs. It was left out.';
  }
  if (hasLineBreak && takesRowsIn(cells, header.cells.length, delimiter, columns, readDay)) {
    return 'This row has a quotation mark that takes in the rows below it. They were left out.';
  }
  if (cells.slice(header.cells.length).every((cell) => cell === '')) return undefined;
  // A comma too many may be the decimal comma of an amount; texts of several cells stand last where they do at all.
  const lastName = header.cells.at(-1) ?? '';
  const isTextLast = meaningsOf(lastName).includes('text');
  return delimiter !== ',' && isTextLast
    ? undefined
    : 'This row has more cells than there are columns. It was left out.';
}

/** True where a cell of several lines has lines that are rows of this table themselves. */
function takesRowsIn(
  cells: readonly string[],
  width: number,
  delimiter: string,
  { bookingDate }: CsvColumns,
  readDay: DayReader,
): boolean {
  return cells.some((cell) =>
    cell
      .split('\n')
      .slice(1)
      .some((line) => {
        const parts = line.split(delimiter);
        const date = (parts[bookingDate] ?? '').replaceAll('"', '').trim();
        const isRow = parts.length >= Math.min(width, 3) && readDay(date) !== undefined;
        return isRow && parts.some((part, at) => at !== bookingDate && readNumber(part));
      }),
  );
}
