import { cellAt, type TableRow } from './table.ts';
import type { TableColumns } from './table-columns.ts';
import { readCellDate } from './table-date.ts';

/** In which form the rows of a table without names of columns are written. */
export interface RowForm {
  /** True for a row of another form: its day is written otherwise, or it has no text where the others have one. */
  isOther(row: TableRow): boolean;
}

const rowsMin = 4;

/** The form that all rows share but for one, which may be the odd one; without names alone rows can be told by it. */
export function findRowForm(
  header: readonly string[] | undefined,
  rows: readonly TableRow[],
  columns: TableColumns,
): RowForm {
  const none: RowForm = { isOther: () => false };
  if (header !== undefined || rows.length < rowsMin) return none;
  const words = [...columns.texts, ...columns.kinds].filter((column) => {
    const filled = rows.filter((row) => cellAt(row, column) !== '').length;
    return filled >= rows.length - 1;
  });
  const formOf = (row: TableRow): string => {
    const date = readCellDate(cellAt(row, columns.bookingDate));
    const day = date?.kind === 'numbers' ? date.separator : String(date?.kind);
    return `${day} ${words.every((column) => cellAt(row, column) !== '')}`;
  };
  const counts = new Map<string, number>();
  for (const row of rows) counts.set(formOf(row), (counts.get(formOf(row)) ?? 0) + 1);
  const usual = [...counts].find(([, count]) => count >= rows.length - 1)?.[0];
  return usual === undefined ? none : { isOther: (row) => formOf(row) !== usual };
}

/** True for a table that gives a day once, above all its rows: most have an amount and a text and no day. */
export function carriesDays(
  header: readonly string[] | undefined,
  rows: readonly TableRow[],
  columns: TableColumns,
): boolean {
  if (header === undefined) return false;
  let [dated, undated] = [0, 0];
  for (const row of rows) {
    if (!hasMoneyAndText(row, columns)) continue;
    if (cellAt(row, columns.bookingDate) === '') undated += 1;
    else dated += 1;
  }
  return dated > 0 && undated > dated;
}

/** A sum and words: what an entry has besides its day. */
export function hasMoneyAndText(row: TableRow, columns: TableColumns): boolean {
  const { amounts, debits, credits, pairs, texts, kinds, counterparty } = columns;
  const isFilled = (column: number | undefined) => cellAt(row, column) !== '';
  const money = [...amounts, ...debits, ...credits, ...pairs.flat()];
  return money.some(isFilled) && [...texts, ...kinds, counterparty].some(isFilled);
}
