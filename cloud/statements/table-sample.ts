import { isIban } from './iban.ts';
import type { TableRow } from './table.ts';
import { readCellDate } from './table-date.ts';
import { toCurrencyCode } from './table-names.ts';
import { readNumber } from './table-number.ts';
import { createDirections, stateOf } from './table-row-words.ts';

/** What the first rows of a column hold; counts are of cells that are not empty. */
export interface ColumnSample {
  readonly cells: readonly string[];
  readonly rows: number;
  readonly dates: number;
  readonly numbers: number;
  /** Numbers with a sign, a currency or decimals: sums rather than what counts or identifies something. */
  readonly sums: number;
  readonly minus: number;
  readonly currencies: number;
  readonly flags: number;
  readonly states: number;
  readonly letters: number;
  readonly ibans: number;
  /** Dashes and the like, where others have a number. */
  readonly dashes: number;
  readonly distinct: number;
}

/** Rows that are looked at to tell what the columns are. */
export const sampleMax = 400;

export function sampleColumns(rows: readonly TableRow[], width: number): readonly ColumnSample[] {
  return Array.from({ length: width }, (_, column) => {
    const cells = rows.map((row) => row.cells[column] ?? '').filter((cell) => cell !== '');
    return sampleColumn(cells, rows.length);
  });
}

function sampleColumn(cells: readonly string[], rows: number): ColumnSample {
  const counts = {
    dates: 0,
    numbers: 0,
    sums: 0,
    minus: 0,
    currencies: 0,
    flags: 0,
    states: 0,
    letters: 0,
    ibans: 0,
    dashes: 0,
  };
  const directionOf = createDirections(cells);
  for (const cell of cells) {
    if (readCellDate(cell) !== undefined) counts.dates += 1;
    const number = readNumber(cell);
    if (number !== undefined) {
      counts.numbers += 1;
      const isSum = number.sign !== 0 || number.currency !== undefined;
      if (isSum || /[.,'’ ]\d{1,4}$/.test(number.digits)) counts.sums += 1;
      if (number.sign < 0) counts.minus += 1;
    }
    if (isCurrency(cell)) counts.currencies += 1;
    if (directionOf(cell) !== undefined) counts.flags += 1;
    if (stateOf(cell) !== undefined) counts.states += 1;
    if (/\p{L}{2}/u.test(cell)) counts.letters += 1;
    if (/^[-–—*]+$/.test(cell)) counts.dashes += 1;
    if (isIban(cell.replace(/\s/g, ''))) counts.ibans += 1;
  }
  return { cells, rows, ...counts, distinct: new Set(cells).size };
}

const isCurrency = (cell: string): boolean =>
  /^(\p{Sc}|[A-Za-z]{3})$/u.test(cell)
    ? toCurrencyCode(cell) !== undefined || cell.length === 1
    : /^(euro|nis)$/i.test(cell);

/** More than half of the cells. */
export const isMostly = ({ cells }: ColumnSample, count: number): boolean =>
  count * 2 > cells.length;
/** All but a slip in ten. */
export const isNearly = ({ cells }: ColumnSample, count: number): boolean =>
  count > 0 && count * 10 >= cells.length * 9;
