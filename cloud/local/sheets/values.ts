import { type A1Area, areaFromA1, clampToTab, toA1 } from './a1.ts';
import type { UpdateValuesAnswer } from './answer-schema.ts';
import { applyRequests, type InventId } from './apply-requests.ts';
import type { CellData } from './cell-schema.ts';
import { findTable } from './find-table.ts';
import { invalid } from './google-error.ts';
import type { Area } from './grid-area.ts';
import { formatCell } from './number-format.ts';
import { readTypedText } from './read-typed-text.ts';
import { effectiveValueOf } from './render-spreadsheet.ts';
import type { Request, ValueRange } from './request-schema.ts';
import { type Cell, rowAt, sliceRows } from './row-list.ts';
import { type Spreadsheet, type Tab, tabById } from './spreadsheet.ts';
import type { Dimension } from './spreadsheet-schema.ts';

export type ValueInput = 'RAW' | 'USER_ENTERED';

/** How values are to be answered. */
export interface ValueRendering {
  readonly value: 'FORMATTED_VALUE' | 'UNFORMATTED_VALUE' | 'FORMULA';
  readonly dateTime: 'SERIAL_NUMBER' | 'FORMATTED_STRING';
  readonly majorDimension: Dimension;
}

type Value = string | number | boolean;

/** The values of a range; empty cells are '' where a value follows, and not there at the end of a row and of the range. */
export function readValues(
  spreadsheet: Spreadsheet,
  rangeText: string,
  rendering: ValueRendering,
): ValueRange {
  const { tab, range } = areaFromA1(spreadsheet, rangeText);
  return renderArea(spreadsheet, tab, clampToTab({ tab, range }), rendering);
}

/** What a write of values leads to. */
export interface ValuesWritten {
  readonly spreadsheet: Spreadsheet;
  readonly answer: UpdateValuesAnswer;
}

/** Writes values from the range's first cell on; null leaves a cell as it is, '' empties it. */
export function updateValues(
  spreadsheet: Spreadsheet,
  rangeText: string,
  body: ValueRange,
  input: ValueInput,
  rendering: ValueRendering | null,
): ValuesWritten {
  const place = areaFromA1(spreadsheet, rangeText);
  checkBodyRange(spreadsheet, place, body);
  const rows = toRows(body);
  const { startRowIndex = 0, startColumnIndex = 0, endRowIndex, endColumnIndex } = place.range;
  const width = widthOf(rows);
  const isTooLarge =
    startRowIndex + rows.length > (endRowIndex ?? Number.POSITIVE_INFINITY) ||
    startColumnIndex + width > (endColumnIndex ?? Number.POSITIVE_INFINITY);
  const isSingleCell = endRowIndex === startRowIndex + 1 && endColumnIndex === startColumnIndex + 1;
  if (isTooLarge && !isSingleCell) {
    throw invalid(`Requested writing within range [${rangeText}], but tried writing beyond it.`);
  }
  return writeRows(spreadsheet, place.tab, startRowIndex, startColumnIndex, rows, input, rendering);
}

/** Adds rows below the table that the range touches; `tableRange` is absent where there is none. */
export function appendValues(
  spreadsheet: Spreadsheet,
  rangeText: string,
  body: ValueRange,
  options: { readonly input: ValueInput; readonly insertsRows: boolean },
  rendering: ValueRendering | null,
  inventId: InventId,
): ValuesWritten & { readonly tableRange?: string } {
  const place = areaFromA1(spreadsheet, rangeText);
  checkBodyRange(spreadsheet, place, body);
  const { tab } = place;
  const area = clampToTab(place);
  const table = findTable(tab, area);
  const rows = toRows(body);
  const start = table?.endRow ?? area.startRow;
  const column = table?.startColumn ?? area.startColumn;
  const missing = start + rows.length - tab.rowCount;
  const { sheetId } = tab;
  const requests: Request[] = [];
  if (options.insertsRows && rows.length > 0 && start < tab.rowCount) {
    const range = {
      sheetId,
      dimension: 'ROWS' as const,
      startIndex: start,
      endIndex: start + rows.length,
    };
    requests.push({ insertDimension: { range, inheritFromBefore: start > 0 } });
  } else if (missing > 0) {
    requests.push({ appendDimension: { sheetId, dimension: 'ROWS', length: missing } });
  }
  const grown = applyRequests(spreadsheet, requests, inventId).spreadsheet;
  const written = writeRows(
    grown,
    tabById(grown, sheetId),
    start,
    column,
    rows,
    options.input,
    rendering,
  );
  return { ...written, ...(table && { tableRange: toA1(tab, table) }) };
}

function writeRows(
  spreadsheet: Spreadsheet,
  tab: Tab,
  startRow: number,
  startColumn: number,
  rows: readonly (readonly (Value | null)[])[],
  input: ValueInput,
  rendering: ValueRendering | null,
): ValuesWritten {
  const { locale = 'en_US' } = spreadsheet.properties;
  const cells = rows.map((row, i) => {
    const old = rowAt(tab.rows, startRow + i);
    return {
      values: row.map((value, j) => toCell(value, old.cells[startColumn + j], input, locale)),
    };
  });
  const start = { sheetId: tab.sheetId, rowIndex: startRow, columnIndex: startColumn };
  const fields = 'userEnteredValue,userEnteredFormat';
  const requests = rows.length > 0 ? [{ updateCells: { start, rows: cells, fields } }] : [];
  const after = applyRequests(spreadsheet, requests, () => 0).spreadsheet;
  const width = widthOf(rows);
  const area: Area = {
    startRow,
    endRow: startRow + Math.max(1, rows.length),
    startColumn,
    endColumn: startColumn + Math.max(1, width),
  };
  const written = rows.flat().filter((value) => value !== null).length;
  const answer: UpdateValuesAnswer = {
    spreadsheetId: spreadsheet.id,
    updatedRange: toA1(tab, area),
    ...(written > 0 && { updatedRows: rows.length, updatedColumns: width, updatedCells: written }),
    ...(rendering && {
      updatedData: renderArea(after, tabById(after, tab.sheetId), area, rendering),
    }),
  };
  return { spreadsheet: after, answer };
}

function toCell(
  value: Value | null,
  old: Cell | undefined,
  input: ValueInput,
  locale: string,
): CellData {
  const { userEnteredValue, userEnteredFormat } = old ?? {};
  const kept = userEnteredFormat ? { userEnteredFormat } : {};
  if (value === null) return { ...kept, ...(userEnteredValue && { userEnteredValue }) };
  if (value === '') return kept;
  if (typeof value === 'number') return { ...kept, userEnteredValue: { numberValue: value } };
  if (typeof value === 'boolean') return { ...kept, userEnteredValue: { boolValue: value } };
  if (input === 'RAW') return { ...kept, userEnteredValue: { stringValue: value } };
  const typed = readTypedText(value, locale);
  const numberFormat = userEnteredFormat?.numberFormat ?? typed.numberFormat;
  return {
    userEnteredValue: typed.value,
    ...((userEnteredFormat || numberFormat) && {
      userEnteredFormat: { ...userEnteredFormat, ...(numberFormat && { numberFormat }) },
    }),
  };
}

function renderArea(
  spreadsheet: Spreadsheet,
  tab: Tab,
  area: Area,
  rendering: ValueRendering,
): ValueRange {
  const { locale = 'en_US' } = spreadsheet.properties;
  const rows = sliceRows(tab.rows, area.startRow, area.endRow).map((row) =>
    row.cells
      .slice(area.startColumn, area.endColumn)
      .map((cell) => renderValue(cell, rendering, locale)),
  );
  const { majorDimension } = rendering;
  const lines = majorDimension === 'ROWS' ? rows : transpose(rows);
  const values = withoutEnd(
    lines.map((line) => withoutEnd(line, (value) => value === '')),
    (line) => line.length === 0,
  );
  const range = toA1(tab, area);
  return { range, majorDimension, ...(values.length > 0 && { values }) };
}

function renderValue(cell: Cell | undefined, rendering: ValueRendering, locale: string): Value {
  const formula = cell?.userEnteredValue?.formulaValue;
  if (formula !== undefined && rendering.value === 'FORMULA') return formula;
  const value = cell && effectiveValueOf(cell);
  if (!value) return '';
  const format = cell.userEnteredFormat?.numberFormat;
  const isDate = /^(DATE|TIME|DATE_TIME)$/.test(format?.type ?? '');
  const isText = isDate && rendering.dateTime === 'FORMATTED_STRING';
  if (rendering.value === 'FORMATTED_VALUE' || isText || value.errorValue) {
    return formatCell(value, format, locale);
  }
  return value.stringValue ?? value.numberValue ?? value.boolValue ?? '';
}

function checkBodyRange(spreadsheet: Spreadsheet, place: A1Area, { range }: ValueRange): void {
  if (range === undefined) return;
  const named = areaFromA1(spreadsheet, range);
  const isSame = JSON.stringify(named.range) === JSON.stringify(place.range);
  if (!isSame) throw invalid('Requested range and the range of the values differ.');
}

function toRows({
  values = [],
  majorDimension,
}: ValueRange): readonly (readonly (Value | null)[])[] {
  return majorDimension === 'COLUMNS' ? transpose(values, null) : values;
}

function transpose<T>(lines: readonly (readonly T[])[], missing: T | '' = ''): T[][] {
  return Array.from({ length: widthOf(lines) }, (_, i) =>
    lines.map((line) => (line[i] === undefined ? missing : line[i]) as T),
  );
}

function widthOf(lines: readonly (readonly unknown[])[]): number {
  return lines.reduce((widest, line) => Math.max(widest, line.length), 0);
}

function withoutEnd<T>(items: readonly T[], isEmpty: (item: T) => boolean): T[] {
  return items.slice(0, items.findLastIndex((item) => !isEmpty(item)) + 1);
}
