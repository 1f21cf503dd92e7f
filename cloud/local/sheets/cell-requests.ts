import { z } from 'zod';
import type { Step } from './apply-requests.ts';
import { type CellData, cellData } from './cell-schema.ts';
import { compareCells } from './compare-cells.ts';
import { checkFieldMask, type FieldMask, mergeFields, parseFieldMask } from './field-mask.ts';
import { invalid } from './google-error.ts';
import { type Area, areaOf } from './grid-area.ts';
import type { RequestOf } from './request-schema.ts';
import {
  type Cell,
  countRows,
  mapRows,
  type Row,
  rowAt,
  sliceRows,
  spliceRows,
} from './row-list.ts';
import { countFilledRows, replaceTab, type Spreadsheet, type Tab, tabById } from './spreadsheet.ts';

export function updateCells(spreadsheet: Spreadsheet, request: RequestOf<'updateCells'>): Step {
  const { start, range, rows = [] } = request;
  const mask = cellMask(request.fields);
  if (start && range) throw invalid("oneof field 'area' is already set.");
  const tab = tabById(spreadsheet, (start ?? range)?.sheetId);
  const width = Math.max(0, ...rows.map((row) => row.values?.length ?? 0));
  const row = start?.rowIndex ?? 0;
  const column = start?.columnIndex ?? 0;
  const area = range
    ? areaOf(tab, range)
    : { startRow: row, endRow: row + rows.length, startColumn: column, endColumn: column + width };
  checkInside(tab, area);
  const changed = mapRows(tab.rows, area.startRow, area.endRow, (old, index) => {
    const values = rows[index - area.startRow]?.values ?? [];
    // With a start, a row is only as wide as its own cells; with a range, what is not given is cleared.
    const end = range ? area.endColumn : area.startColumn + values.length;
    return writeCells(old, area.startColumn, end, (i) => values[i] ?? {}, mask);
  });
  return { spreadsheet: replaceTab(spreadsheet, { ...tab, rows: changed }) };
}

/** Below the last row that holds a value in any column; the tab grows where it must. */
export function appendCells(spreadsheet: Spreadsheet, request: RequestOf<'appendCells'>): Step {
  const { rows = [] } = request;
  const mask = cellMask(request.fields);
  const tab = tabById(spreadsheet, request.sheetId);
  const start = countFilledRows(tab);
  const end = start + rows.length;
  const width = rows.reduce((widest, row) => Math.max(widest, row.values?.length ?? 0), 0);
  checkInside(tab, { startRow: 0, endRow: 0, startColumn: 0, endColumn: width });
  const kept = Math.min(end, countRows(tab.rows));
  const written = rows.map((row, i) => {
    const values = row.values ?? [];
    const old = start + i < kept ? rowAt(tab.rows, start + i) : { cells: [] };
    return writeCells(old, 0, values.length, (column) => values[column] ?? {}, mask);
  });
  const grown = { ...tab, rowCount: Math.max(tab.rowCount, end) };
  const changed = spliceRows(tab.rows, start, rows.length, written);
  return { spreadsheet: replaceTab(spreadsheet, { ...grown, rows: changed }) };
}

export function repeatCell(spreadsheet: Spreadsheet, request: RequestOf<'repeatCell'>): Step {
  const { range, cell = {} } = request;
  return changeArea(spreadsheet, range, () => cell, cellMask(request.fields));
}

export function setDataValidation(
  spreadsheet: Spreadsheet,
  { range, rule }: RequestOf<'setDataValidation'>,
): Step {
  const cell = rule ? { dataValidation: rule } : {};
  return changeArea(spreadsheet, range, () => cell, { dataValidation: true });
}

export function addConditionalFormatRule(
  spreadsheet: Spreadsheet,
  { rule, index = 0 }: RequestOf<'addConditionalFormatRule'>,
): Step {
  const ids = new Set(rule.ranges.map((range) => range.sheetId ?? 0));
  if (ids.size > 1) throw invalid('All ranges of a rule must be on the same sheet.');
  const tab = tabById(spreadsheet, rule.ranges[0]?.sheetId);
  for (const range of rule.ranges) areaOf(tab, range);
  if (index > tab.conditionalFormats.length)
    throw invalid(`No conditional format at index ${index}.`);
  const conditionalFormats = tab.conditionalFormats.toSpliced(index, 0, rule);
  return { spreadsheet: replaceTab(spreadsheet, { ...tab, conditionalFormats }) };
}

/** Cells move, row heights and row metadata stay. */
export function sortRange(
  spreadsheet: Spreadsheet,
  { range, sortSpecs }: RequestOf<'sortRange'>,
): Step {
  const tab = tabById(spreadsheet, range.sheetId);
  const { startRow, endRow, startColumn, endColumn } = areaOf(tab, range);
  const rows = sliceRows(tab.rows, startRow, endRow);
  const sorted = rows.toSorted((a, b) => {
    for (const { dimensionIndex = 0, sortOrder } of sortSpecs) {
      const isDescending = sortOrder === 'DESCENDING';
      const order = compareCells(a.cells[dimensionIndex], b.cells[dimensionIndex], isDescending);
      if (order !== 0) return order;
    }
    return 0;
  });
  const changed = mapRows(tab.rows, startRow, startRow + rows.length, (old, index) => {
    const from = sorted[index - startRow];
    if (!from || from === rows[index - startRow]) return old;
    return withCells(old, startColumn, endColumn, (i) => from.cells[startColumn + i]);
  });
  return { spreadsheet: replaceTab(spreadsheet, { ...tab, rows: changed }) };
}

/** The source is laid side by side over the whole destination, as often as it fits, at least once. */
export function copyPaste(spreadsheet: Spreadsheet, request: RequestOf<'copyPaste'>): Step {
  const sourceTab = tabById(spreadsheet, request.source.sheetId);
  const source = areaOf(sourceTab, request.source);
  const tab = tabById(spreadsheet, request.destination.sheetId);
  const { startRow, endRow, startColumn, endColumn } = areaOf(tab, request.destination);
  const height = source.endRow - source.startRow;
  const width = source.endColumn - source.startColumn;
  const target = {
    sheetId: tab.sheetId,
    startRowIndex: startRow,
    endRowIndex: startRow + Math.max(1, Math.floor((endRow - startRow) / height)) * height,
    startColumnIndex: startColumn,
    endColumnIndex:
      startColumn + Math.max(1, Math.floor((endColumn - startColumn) / width)) * width,
  };
  const copies = sliceRows(sourceTab.rows, source.startRow, source.endRow);
  const cellFor = (row: number, column: number): CellData =>
    copies[(row - startRow) % height]?.cells[
      source.startColumn + ((column - startColumn) % width)
    ] ?? {};
  const mask = pasteMasks[request.pasteType ?? 'PASTE_NORMAL'];
  return changeArea(spreadsheet, target, cellFor, mask);
}

const pasteMasks = {
  PASTE_NORMAL: true,
  PASTE_VALUES: { userEnteredValue: true },
  PASTE_FORMULA: { userEnteredValue: true },
  PASTE_FORMAT: { userEnteredFormat: true },
  PASTE_DATA_VALIDATION: { dataValidation: true },
} as const satisfies Record<string, FieldMask>;

const writableCell = z.strictObject({
  userEnteredValue: cellData.shape.userEnteredValue,
  userEnteredFormat: cellData.shape.userEnteredFormat,
  dataValidation: cellData.shape.dataValidation,
  note: cellData.shape.note,
});

function cellMask(fields: string): FieldMask {
  if (fields.trim() === '') {
    throw invalid(
      "At least one field must be listed in 'fields'. (Use '*' to indicate all fields.)",
    );
  }
  const mask = parseFieldMask(fields);
  checkFieldMask(mask, writableCell);
  return mask;
}

function changeArea(
  spreadsheet: Spreadsheet,
  range: RequestOf<'repeatCell'>['range'],
  cellFor: (row: number, column: number) => CellData,
  mask: FieldMask,
): Step {
  const tab = tabById(spreadsheet, range.sheetId);
  const area = areaOf(tab, range);
  const rows = mapRows(tab.rows, area.startRow, area.endRow, (old, index) =>
    writeCells(
      old,
      area.startColumn,
      area.endColumn,
      (i) => cellFor(index, area.startColumn + i),
      mask,
    ),
  );
  return { spreadsheet: replaceTab(spreadsheet, { ...tab, rows }) };
}

function writeCells(
  row: Row,
  start: number,
  end: number,
  cellFor: (i: number) => CellData,
  mask: FieldMask,
): Row {
  return withCells(row, start, end, (i) => writeCell(row.cells[start + i], cellFor(i), mask));
}

function withCells(
  row: Row,
  start: number,
  end: number,
  cellFor: (i: number) => Cell | undefined,
): Row {
  const cells = [...row.cells];
  while (cells.length < start) cells.push(undefined);
  for (let column = start; column < end; column += 1) cells[column] = cellFor(column - start);
  while (cells.length > 0 && cells.at(-1) === undefined) cells.pop();
  return { ...row, cells };
}

/** The cell after the write; undefined where nothing is left of it. What a formula gave last goes with the formula. */
function writeCell(old: Cell | undefined, sent: CellData, mask: FieldMask): Cell | undefined {
  const { effectiveValue: _value, formattedValue: _text, effectiveFormat: _format, ...next } = sent;
  const { effectiveValue, ...kept } = old ?? {};
  const merged: Cell = mergeFields(kept as Cell, next as Cell, mask);
  if (merged.note === '') delete merged.note;
  if (merged.userEnteredValue?.stringValue === '') delete merged.userEnteredValue;
  const formula = merged.userEnteredValue?.formulaValue;
  const isSameFormula = formula !== undefined && formula === kept.userEnteredValue?.formulaValue;
  const cell = isSameFormula && effectiveValue ? { ...merged, effectiveValue } : merged;
  return Object.keys(cell).length === 0 ? undefined : cell;
}

function checkInside(tab: Tab, area: Area): void {
  if (area.endColumn > tab.columnCount) {
    throw invalid(
      `Attempting to write column: ${tab.columnCount}, beyond the last requested column of: ${tab.columnCount - 1}`,
    );
  }
  if (area.endRow > tab.rowCount) {
    throw invalid(
      `Attempting to write row: ${tab.rowCount}, beyond the last requested row of: ${tab.rowCount - 1}`,
    );
  }
}
