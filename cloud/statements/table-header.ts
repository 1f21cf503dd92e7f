import type { TableRow } from './table.ts';
import { readCellDate } from './table-date.ts';
import type { Meaning } from './table-name-words.ts';
import { meaningsOf } from './table-names.ts';
import { readNumber } from './table-number.ts';

const amountMeanings: readonly Meaning[] = ['net', 'amount', 'gross', 'debit', 'credit'];
const dateMeanings: readonly Meaning[] = ['bookingDate', 'date', 'valueDate'];

/** True for the names of a statement's columns: a day is among them, and an amount. */
export function isHeader(cells: readonly string[]): boolean {
  if (cells.length < 2 || cells.some(isValue)) return false;
  const known = cells.map((cell) => (isName(cell) ? meaningsOf(cell) : []));
  const has = (wanted: readonly Meaning[]) =>
    known.findIndex((meanings) => meanings.some((meaning) => wanted.includes(meaning)));
  const [date, amount] = [has(dateMeanings), has(amountMeanings)];
  return date !== -1 && amount !== -1 && known.filter(({ length }) => length > 0).length > 1;
}

const isValue = (cell: string): boolean =>
  readCellDate(cell) !== undefined || readNumber(cell) !== undefined;

/** Names have letters, and are neither days nor sums. */
const isName = (cell: string): boolean => /\p{L}/u.test(cell) && !isValue(cell);

/** Where in the first rows of a table what stands; indexes of rows. */
export interface TableHead {
  /** Undefined for a table whose columns have no names. */
  readonly header: number | undefined;
  /** The first row that may be an entry. */
  readonly start: number;
}

/** How far down the names of the columns are looked for. */
export const preambleMax = 100;

/** The names of a statement's columns, else what stands in their place above the first entry. */
export function findHead(rows: readonly TableRow[]): TableHead | undefined {
  const header = findHeader(rows);
  if (header !== undefined) return { header, start: header + 1 };
  const start = rows.findIndex(({ cells }) => isEntryLike(cells));
  if (start === -1) return undefined;
  const width = rows[start]?.cells.length ?? 0;
  for (let index = start - 1; index >= 0 && index >= start - 3; index -= 1) {
    const cells = rows[index]?.cells ?? [];
    const filled = cells.filter((cell) => cell !== '');
    const isWide = cells.length >= width - 1 && filled.length * 2 > width;
    if (isWide && filled.every(isName)) return { header: index, start: index + 1 };
  }
  return { header: undefined, start };
}

/** Of several rows above the first entry, the one with the most names. */
function findHeader(rows: readonly TableRow[]): number | undefined {
  let best: { index: number; names: number } | undefined;
  for (const [index, { cells }] of rows.slice(0, preambleMax).entries()) {
    if (best !== undefined && isEntryLike(cells)) break;
    const names = isHeader(cells) ? cells.filter((cell) => meaningsOf(cell).length > 0).length : 0;
    if (names > (best?.names ?? 0)) best = { index, names };
  }
  return best?.index;
}

/** A day and a number in cells of their own. */
export function isEntryLike(cells: readonly string[]): boolean {
  const date = cells.findIndex((cell) => readCellDate(cell) !== undefined);
  return date !== -1 && cells.some((cell, at) => at !== date && readNumber(cell) !== undefined);
}
