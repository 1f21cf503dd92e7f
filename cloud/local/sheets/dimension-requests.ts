import type { Step } from './apply-requests.ts';
import type { GridRange } from './cell-schema.ts';
import { checkFieldMask, mergeFields, parseFieldMask } from './field-mask.ts';
import { invalid } from './google-error.ts';
import { type Span, spanOf } from './grid-area.ts';
import type { RequestOf } from './request-schema.ts';
import { countRows, emptyRow, mapRows, type Row, sliceRows, spliceRows } from './row-list.ts';
import { type Metadata, replaceTab, type Spreadsheet, type Tab, tabById } from './spreadsheet.ts';
import { dimensionProperties } from './spreadsheet-schema.ts';

/** New rows or columns; with inheritFromBefore they take formats and validation of the one before, else of the one after. */
export function insertDimension(
  spreadsheet: Spreadsheet,
  { range, inheritFromBefore = false }: RequestOf<'insertDimension'>,
): Step {
  if (range.startIndex === undefined || range.endIndex === undefined) {
    throw invalid('Both the start and the end of the range must be given.');
  }
  const span = spanOf(spreadsheet, range, true);
  if (inheritFromBefore && span.start === 0) {
    throw invalid('inheritFromBefore cannot be true if inserting at index 0.');
  }
  const { tab, isRows, start, end } = span;
  const count = end - start;
  const model = inheritFromBefore ? start - 1 : start;
  const resized = isRows
    ? {
        ...tab,
        rowCount: tab.rowCount + count,
        rows: spliceRows(tab.rows, start, 0, repeat(blankRow(tab, model), count)),
      }
    : {
        ...tab,
        columnCount: tab.columnCount + count,
        columns: filled(
          spliceSparse(tab.columns, start, 0, repeat(tab.columns[model] ?? {}, count)),
        ),
        rows: mapColumns(tab, (cells) =>
          spliceSparse(cells, start, 0, repeat(blankCell(cells[model]), count)),
        ),
      };
  return moved(spreadsheet, span, resized, (index) => (index >= start ? index + count : index));
}

export function deleteDimension(
  spreadsheet: Spreadsheet,
  { range }: RequestOf<'deleteDimension'>,
): Step {
  const span = spanOf(spreadsheet, range);
  const { tab, isRows, start, end } = span;
  const count = end - start;
  if (count >= (isRows ? tab.rowCount : tab.columnCount)) {
    throw invalid(`You can't delete all the ${isRows ? 'rows' : 'columns'} on the sheet.`);
  }
  const resized = isRows
    ? { ...tab, rowCount: tab.rowCount - count, rows: spliceRows(tab.rows, start, count, []) }
    : {
        ...tab,
        columnCount: tab.columnCount - count,
        columns: tab.columns.toSpliced(start, count),
        rows: mapColumns(tab, (cells) => cells.toSpliced(start, count)),
      };
  return moved(spreadsheet, span, resized, (index) => {
    if (index < start) return index;
    return index < end ? null : index - count;
  });
}

/** To before `destinationIndex`, counted before the move. */
export function moveDimension(
  spreadsheet: Spreadsheet,
  { source, destinationIndex = 0 }: RequestOf<'moveDimension'>,
): Step {
  const span = spanOf(spreadsheet, source);
  const { tab, isRows, start, end } = span;
  const count = end - start;
  if (destinationIndex > (isRows ? tab.rowCount : tab.columnCount)) {
    throw invalid('destinationIndex is beyond the size of the sheet.');
  }
  if (destinationIndex >= start && destinationIndex <= end) return { spreadsheet };
  const target = destinationIndex > start ? destinationIndex - count : destinationIndex;
  const move = <T>(items: readonly T[]): readonly T[] =>
    spliceSparse(items.toSpliced(start, count), target, 0, padded(items, end).slice(start, end));
  const resized = isRows
    ? { ...tab, rows: moveRows(tab, start, end, target) }
    : { ...tab, columns: filled(move(tab.columns)), rows: mapColumns(tab, move) };
  return moved(spreadsheet, span, resized, (index) => {
    if (index >= start && index < end) return index - start + target;
    const without = index >= end ? index - count : index;
    return without >= target ? without + count : without;
  });
}

export function appendDimension(
  spreadsheet: Spreadsheet,
  { sheetId, dimension, length }: RequestOf<'appendDimension'>,
): Step {
  const tab = tabById(spreadsheet, sheetId);
  const grown =
    dimension === 'ROWS'
      ? { ...tab, rowCount: tab.rowCount + length }
      : { ...tab, columnCount: tab.columnCount + length };
  return { spreadsheet: replaceTab(spreadsheet, grown) };
}

export function updateDimensionProperties(
  spreadsheet: Spreadsheet,
  { range, properties, fields }: RequestOf<'updateDimensionProperties'>,
): Step {
  const { tab, isRows, start, end } = spanOf(spreadsheet, range);
  const mask = parseFieldMask(fields);
  checkFieldMask(mask, settableProperties);
  const wanted = mask === true ? ({ hiddenByUser: true, pixelSize: true } as const) : mask;
  if (isRows) {
    const rows = mapRows(tab.rows, start, end, (row) =>
      mergeFields(row, properties as Row, wanted),
    );
    return { spreadsheet: replaceTab(spreadsheet, { ...tab, rows }) };
  }
  const columns = padded(tab.columns, end).map((old, index) =>
    index >= start && index < end ? mergeFields(old ?? {}, properties, wanted) : (old ?? {}),
  );
  return { spreadsheet: replaceTab(spreadsheet, { ...tab, columns }) };
}

const settableProperties = dimensionProperties.pick({ hiddenByUser: true, pixelSize: true });

/** Where a row or column is after the change; null where it is gone. */
type Shift = (index: number) => number | null;

/** The changed tab, with the metadata and the conditional formats moved along. */
function moved(spreadsheet: Spreadsheet, span: Span, resized: Tab, shift: Shift): Step {
  const type = span.isRows ? 'ROW' : 'COLUMN';
  const metadata = spreadsheet.metadata.flatMap((entry): Metadata[] => {
    const { location } = entry;
    if (location.type !== type || location.sheetId !== resized.sheetId) return [entry];
    const index = shift(location.index);
    return index === null ? [] : [{ ...entry, location: { ...location, index } }];
  });
  const conditionalFormats = resized.conditionalFormats.flatMap((rule) => {
    const ranges = rule.ranges.flatMap((range) => shiftRange(range, span.isRows, shift));
    return ranges.length === 0 ? [] : [{ ...rule, ranges }];
  });
  const after = replaceTab(spreadsheet, { ...resized, conditionalFormats });
  return { spreadsheet: { ...after, metadata } };
}

/** The range around what is left of its rows or columns; open ends stay open. */
function shiftRange(range: GridRange, isRows: boolean, shift: Shift): GridRange[] {
  const [startKey, endKey] = isRows
    ? (['startRowIndex', 'endRowIndex'] as const)
    : (['startColumnIndex', 'endColumnIndex'] as const);
  const start = range[startKey];
  const end = range[endKey];
  const last = end ?? (start ?? 0) + 1;
  const left = Array.from({ length: last - (start ?? 0) }, (_, i) => shift((start ?? 0) + i));
  const indexes = left.filter((index) => index !== null);
  if (indexes.length === 0 && end !== undefined) return [];
  const from = indexes.length === 0 ? start : Math.min(...indexes);
  return [
    {
      ...range,
      ...(start !== undefined && from !== undefined && { [startKey]: from }),
      ...(end !== undefined && { [endKey]: Math.max(...indexes) + 1 }),
    },
  ];
}

function moveRows(tab: Tab, start: number, end: number, target: number): Tab['rows'] {
  const taken = sliceRows(tab.rows, start, end);
  const filled = [...taken, ...repeat(emptyRow, end - start - taken.length)];
  return spliceRows(spliceRows(tab.rows, start, end - start, []), target, 0, filled);
}

function mapColumns(tab: Tab, change: (cells: Row['cells']) => Row['cells']): Tab['rows'] {
  return mapRows(tab.rows, 0, countRows(tab.rows), (row) =>
    row.cells.length === 0 ? row : { ...row, cells: change(row.cells) },
  );
}

function blankRow(tab: Tab, model: number): Row {
  const [row] = sliceRows(tab.rows, model, model + 1);
  return row ? { cells: row.cells.map(blankCell) } : emptyRow;
}

function blankCell(cell: Row['cells'][number]): Row['cells'][number] {
  const { userEnteredFormat, dataValidation } = cell ?? {};
  if (!userEnteredFormat && !dataValidation) return undefined;
  return {
    ...(userEnteredFormat && { userEnteredFormat }),
    ...(dataValidation && { dataValidation }),
  };
}

function spliceSparse<T>(
  items: readonly T[],
  index: number,
  deleteCount: number,
  inserted: readonly T[],
): readonly T[] {
  if (index >= items.length && inserted.every((item) => item === undefined)) return items;
  return padded(items, index).toSpliced(index, deleteCount, ...inserted);
}

function filled(columns: readonly (Tab['columns'][number] | undefined)[]): Tab['columns'] {
  return columns.map((column) => column ?? {});
}

/** At least this long, with holes of undefined at the end. */
function padded<T>(items: readonly T[], length: number): T[] {
  return [...items, ...repeat(undefined as T, length - items.length)];
}

function repeat<T>(item: T, count: number): T[] {
  return Array.from({ length: Math.max(0, count) }, () => item);
}
