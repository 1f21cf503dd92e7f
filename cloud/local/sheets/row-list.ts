import type { CellData } from './cell-schema.ts';

/**
 * The rows of a tab in chunks, each of which is kept as one document. Nothing here is ever changed in place: a change
 * makes a new list that shares all chunks it did not touch, so that a failed batch costs nothing and a commit knows by
 * identity what is new.
 */
export type RowList = readonly Chunk[];

export interface Chunk {
  /** Number of its document; null as long as these very rows are not kept. */
  readonly key: number | null;
  readonly rows: readonly Row[];
}

/** What is kept of a cell; `effectiveValue` only beside a formula, as the page that computes last reported it. */
export type Cell = Pick<
  CellData,
  'userEnteredValue' | 'userEnteredFormat' | 'dataValidation' | 'note' | 'effectiveValue'
>;

export interface Row {
  /** By column; shorter than the tab is wide where the rest is empty. */
  readonly cells: readonly (Cell | undefined)[];
  readonly hiddenByUser?: boolean;
  readonly pixelSize?: number;
}

export const chunkRowsMax = 256;
export const emptyRow: Row = { cells: [] };

export function countRows(list: RowList): number {
  let count = 0;
  for (const chunk of list) count += chunk.rows.length;
  return count;
}

/** The row at this position, an empty one where none is kept. */
export function rowAt(list: RowList, index: number): Row {
  let start = 0;
  for (const { rows } of list) {
    const row = rows[index - start];
    if (row) return row;
    start += rows.length;
  }
  return emptyRow;
}

/** Rows from `from` to before `to`, as far as any are kept. */
export function sliceRows(list: RowList, from: number, to: number): Row[] {
  const slices: (readonly Row[])[] = [];
  let start = 0;
  for (const { rows } of list) {
    if (start >= to) break;
    if (start + rows.length > from) slices.push(rows.slice(Math.max(0, from - start), to - start));
    start += rows.length;
  }
  return slices.flat();
}

/** Takes `deleteCount` rows out at `index` and puts `inserted` there. */
export function spliceRows(
  list: RowList,
  index: number,
  deleteCount: number,
  inserted: readonly Row[],
): RowList {
  const kept = countRows(list);
  if (inserted.length === 0 && index >= kept) return list;
  const gap = Array.from({ length: Math.max(0, index - kept) }, () => emptyRow);
  const starts = chunkStarts(list);
  const end = Math.min(kept, index + deleteCount);
  const first = firstTouched(list, starts, Math.min(index, kept));
  let last = first;
  while (last + 1 < list.length && (starts[last + 1] ?? 0) < end) last += 1;
  const touched = list.slice(first, last + 1);
  const offset = starts[first] ?? kept;
  const old = touched.flatMap((chunk) => chunk.rows);
  const rows = [
    ...old.slice(0, index - offset),
    ...gap,
    ...inserted,
    ...old.slice(Math.max(0, end - offset, index - offset)),
  ];
  const pieces = cutRows(rows, chunkRowsMax);
  return [...list.slice(0, first), ...pieces, ...list.slice(last + 1)];
}

/** Changes the rows from `from` to before `to`; rows that are not kept yet count as empty ones. */
export function mapRows(
  list: RowList,
  from: number,
  to: number,
  change: (row: Row, index: number) => Row,
): RowList {
  const kept = countRows(list);
  const mapped: Chunk[] = [];
  let start = 0;
  for (const chunk of list) {
    const end = start + chunk.rows.length;
    mapped.push(end <= from || start >= to ? chunk : mapChunk(chunk, start, from, to, change));
    start = end;
  }
  if (to <= kept || from >= to) return mapped;
  const added = Array.from({ length: to - kept }, (_, i) =>
    kept + i < from ? emptyRow : change(emptyRow, kept + i),
  );
  return spliceRows(mapped, kept, 0, added);
}

/** Rows in even pieces of at most `max`. */
export function cutRows(rows: readonly Row[], max: number): Chunk[] {
  const pieces = Math.ceil(rows.length / max);
  const size = Math.ceil(rows.length / pieces);
  return Array.from({ length: pieces }, (_, i) => ({
    key: null,
    rows: rows.slice(i * size, (i + 1) * size),
  }));
}

function mapChunk(
  chunk: Chunk,
  start: number,
  from: number,
  to: number,
  change: (row: Row, index: number) => Row,
): Chunk {
  let changed = false;
  const rows = chunk.rows.map((row, i) => {
    const index = start + i;
    if (index < from || index >= to) return row;
    const next = change(row, index);
    if (next !== row) changed = true;
    return next;
  });
  return changed ? { key: null, rows } : chunk;
}

function chunkStarts(list: RowList): number[] {
  let start = 0;
  return list.map((chunk) => {
    const here = start;
    start += chunk.rows.length;
    return here;
  });
}

/** The chunk in which `index` lies; at the very end the last one, or none where that is full. */
function firstTouched(list: RowList, starts: readonly number[], index: number): number {
  const inside = list.findIndex((chunk, i) => index < (starts[i] ?? 0) + chunk.rows.length);
  if (inside >= 0) return inside;
  const last = list.at(-1);
  return last && last.rows.length < chunkRowsMax ? list.length - 1 : list.length;
}
