import type { Cell } from './row-list.ts';

/** Order of two cells when sorted: numbers, text, booleans; empty ones last, whichever way the sort runs. */
export function compareCells(
  a: Cell | undefined,
  b: Cell | undefined,
  isDescending: boolean,
): number {
  const [rankA, valueA] = sortKey(a);
  const [rankB, valueB] = sortKey(b);
  if (rankA === emptyRank || rankB === emptyRank) return rankA - rankB;
  const order = rankA - rankB || compareValues(valueA, valueB);
  return isDescending ? -order : order;
}

const emptyRank = 3;

function sortKey(cell: Cell | undefined): readonly [number, string | number] {
  const entered = cell?.userEnteredValue;
  const value = entered?.formulaValue === undefined ? entered : cell?.effectiveValue;
  if (value?.numberValue !== undefined) return [0, value.numberValue];
  if (value?.stringValue !== undefined) return [1, value.stringValue];
  if (value?.boolValue !== undefined) return [2, Number(value.boolValue)];
  return [emptyRank, 0];
}

function compareValues(a: string | number, b: string | number): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return String(a).localeCompare(String(b), 'en', { sensitivity: 'base' });
}
