import type { sheets_v4 } from '@googleapis/sheets';
import { BooleanNumber, type Worksheet } from '@univerjs/core';
import {
  InsertSheetMutation,
  RemoveSheetMutation,
  SetColDataMutation,
  SetFrozenMutation,
  SetRowDataMutation,
  SetTabColorMutation,
  SetWorksheetActiveOperation,
  SetWorksheetColumnCountMutation,
  SetWorksheetColWidthMutation,
  SetWorksheetHideMutation,
  SetWorksheetNameMutation,
  SetWorksheetOrderMutation,
  SetWorksheetRowCountMutation,
  SetWorksheetRowHeightMutation,
} from '@univerjs/sheets';
import { tabMetadataKey } from '../../../../../shared/book.ts';
import type { Grid } from './grid.ts';
import { updateCells } from './incoming-cells.ts';
import { updateConditions, updateNotes, updateRules } from './incoming-rules.ts';
import type { KnownRows } from './known-rows.ts';
import type { SheetIds } from './sheet-ids.ts';
import {
  columnDataOf,
  freezeOf,
  metadataOf,
  rowDataOf,
  rowsOf,
  sizeOf,
  tabColorOf,
  toWorksheet,
  workbookId,
} from './to-workbook.ts';

/** What changed by a reading that the user may want to see. */
export interface Arrival {
  readonly sheetId: string;
  /** New rows below those with content, from 0, both ends included. */
  readonly startRow: number;
  readonly endRow: number;
}

/** Marks changes as others': they are not sent back, leave an open editor alone, and make no step to undo. */
const byOthers = { fromCollab: true };

/** Runs one change that comes from the spreadsheet. */
export type Apply = (id: string, params: object) => void;

/**
 * Brings the grid to what the spreadsheet holds, in place: only what differs is touched, so that selection, scroll
 * position and an open editor stay.
 */
export function applySpreadsheet(
  grid: Grid,
  ids: SheetIds,
  known: KnownRows,
  spreadsheet: sheets_v4.Schema$Spreadsheet,
): readonly Arrival[] {
  const apply: Apply = (id, params) =>
    void grid.commands.syncExecuteCommand(id, { unitId: workbookId, ...params }, byOthers);
  const sheets = spreadsheet.sheets ?? [];
  const gridIdOf = (sheet: sheets_v4.Schema$Sheet) => ids.toGrid(sheet.properties?.sheetId ?? 0);
  const wanted = new Set(sheets.map(gridIdOf));
  const arrivals: Arrival[] = [];
  const made = new Set<sheets_v4.Schema$Sheet>();

  sheets.forEach((sheet, index) => {
    const subUnitId = gridIdOf(sheet);
    const worksheet = grid.workbook.getSheetBySheetId(subUnitId);
    if (!worksheet) {
      made.add(sheet);
      apply(InsertSheetMutation.id, {
        index,
        sheet: { ...toWorksheet(sheet), id: subUnitId, cellData: {} },
      });
    } else {
      updateProperties(worksheet, sheet, apply);
    }
    const current = grid.workbook.getSheetBySheetId(subUnitId);
    if (!current) return;
    // Rules first: what a cell's value means may depend on them.
    updateRules(grid, current, sheet, apply);
    const changedRows = known.takeChanged(subUnitId, rowsOf(sheet));
    const rows = updateCells(grid, current, sheet, changedRows, apply);
    updateNotes(grid, current, sheet, changedRows, apply);
    updateConditions(grid, current, sheet, apply);
    if (rows) arrivals.push({ sheetId: subUnitId, ...rows });
  });
  const gone = grid.workbook.getSheets().filter((sheet) => !wanted.has(sheet.getSheetId()));
  leave(grid, gone, sheets.map(gridIdOf));
  for (const sheet of gone) {
    apply(RemoveSheetMutation.id, { subUnitId: sheet.getSheetId(), subUnitName: sheet.getName() });
  }
  reorder(grid, sheets.map(gridIdOf), apply);
  showNewBook(grid, sheets.filter((sheet) => made.has(sheet)).map(gridIdOf));
  return arrivals;
}

/** Who looks at an empty tab while Bookfeed makes the book's is shown those. */
function showNewBook(grid: Grid, made: readonly string[]): void {
  const isEmpty = grid.workbook.getActiveSheet().getLastRowWithContent() < 0;
  const book = made.find((id) =>
    metadataOf(grid.workbook.getSheetBySheetId(id)?.getConfig()).some(
      ({ metadataKey }) => metadataKey === tabMetadataKey,
    ),
  );
  if (isEmpty && book !== undefined) activate(grid, book);
}

function activate(grid: Grid, subUnitId: string): void {
  grid.commands.syncExecuteCommand(SetWorksheetActiveOperation.id, {
    unitId: workbookId,
    subUnitId,
  });
}

/** The grid does not close the tab that it shows. */
function leave(grid: Grid, gone: readonly Worksheet[], left: readonly string[]): void {
  const active = grid.workbook.getActiveSheet();
  const next = left[0];
  if (!gone.includes(active) || next === undefined) return;
  activate(grid, next);
}

function reorder(grid: Grid, order: readonly string[], apply: Apply): void {
  order.forEach((subUnitId, toOrder) => {
    const fromOrder = grid.workbook.getSheets().findIndex((s) => s.getSheetId() === subUnitId);
    if (fromOrder !== toOrder)
      apply(SetWorksheetOrderMutation.id, { subUnitId, fromOrder, toOrder });
  });
}

function updateProperties(worksheet: Worksheet, sheet: sheets_v4.Schema$Sheet, apply: Apply): void {
  const subUnitId = worksheet.getSheetId();
  const name = sheet.properties?.title ?? '';
  if (worksheet.getName() !== name) apply(SetWorksheetNameMutation.id, { subUnitId, name });
  const hidden = sheet.properties?.hidden ? BooleanNumber.TRUE : BooleanNumber.FALSE;
  if (worksheet.isSheetHidden() !== hidden) {
    apply(SetWorksheetHideMutation.id, { subUnitId, hidden });
  }
  const color = tabColorOf(sheet);
  if ((worksheet.getTabColor() || '') !== color)
    apply(SetTabColorMutation.id, { subUnitId, color });
  const { rowCount, columnCount } = sizeOf(sheet);
  if (worksheet.getRowCount() !== rowCount) {
    apply(SetWorksheetRowCountMutation.id, { subUnitId, rowCount });
  }
  if (worksheet.getColumnCount() !== columnCount) {
    apply(SetWorksheetColumnCountMutation.id, { subUnitId, columnCount });
  }
  const freeze = freezeOf(sheet);
  const current = worksheet.getFreeze();
  if (current.ySplit !== freeze.ySplit || current.xSplit !== freeze.xSplit) {
    apply(SetFrozenMutation.id, { subUnitId, ...freeze, resetScroll: false });
  }
  updateColumns(worksheet, sheet, apply);
  updateRows(worksheet, sheet, apply);
  const config = worksheet.getConfig();
  config.custom = toWorksheet({ ...sheet, data: [] }).custom ?? null;
}

function updateColumns(worksheet: Worksheet, sheet: sheets_v4.Schema$Sheet, apply: Apply): void {
  const subUnitId = worksheet.getSheetId();
  const manager = worksheet.getColumnManager();
  const columnData = Object.fromEntries(
    Object.entries(columnDataOf(sheet)).flatMap(([column, data]) => {
      const current = manager.getColumn(Number(column));
      const merged = { ...current, ...data };
      const isSame =
        worksheet.getColumnWidth(Number(column)) === data.w &&
        Boolean(current?.hd) === Boolean(data.hd) &&
        JSON.stringify(current?.custom ?? {}) === JSON.stringify(data.custom);
      return isSame ? [] : [[column, merged]];
    }),
  );
  const columns = Object.keys(columnData).map(Number);
  if (columns.length === 0) return;
  apply(SetColDataMutation.id, { subUnitId, columnData });
  // Data alone leaves the selection, an open editor and marks at the old places.
  const colWidth = Object.fromEntries(columns.map((column) => [column, columnData[column]?.w]));
  const range = { startColumn: columns[0], endColumn: columns.at(-1), startRow: 0, endRow: 0 };
  apply(SetWorksheetColWidthMutation.id, { subUnitId, ranges: [range], colWidth });
}

function updateRows(worksheet: Worksheet, sheet: sheets_v4.Schema$Sheet, apply: Apply): void {
  const subUnitId = worksheet.getSheetId();
  const manager = worksheet.getRowManager();
  const rowData = Object.fromEntries(
    Object.entries(rowDataOf(sheet)).flatMap(([row, data]) => {
      const current = manager.getRow(Number(row));
      const isSame =
        current?.h === data.h &&
        Boolean(current?.ia) === Boolean(data.ia) &&
        Boolean(current?.hd) === Boolean(data.hd);
      return isSame ? [] : [[row, { ...current, ...data }]];
    }),
  );
  const rows = Object.keys(rowData).map(Number);
  if (rows.length === 0) return;
  apply(SetRowDataMutation.id, { subUnitId, rowData });
  const rowHeight = Object.fromEntries(rows.map((row) => [row, rowData[row]?.h]));
  const range = { startRow: rows[0], endRow: rows.at(-1), startColumn: 0, endColumn: 0 };
  apply(SetWorksheetRowHeightMutation.id, { subUnitId, ranges: [range], rowHeight });
}
