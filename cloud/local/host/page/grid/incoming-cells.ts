import type { sheets_v4 } from '@googleapis/sheets';
import {
  DataValidationType,
  type ICellData,
  type IStyleData,
  type Nullable,
  type Worksheet,
} from '@univerjs/core';
import { SetRangeValuesMutation } from '@univerjs/sheets';
import { toGridCell, toServerValue } from './cell-content.ts';
import { toFormat, toStyle } from './cell-format.ts';
import type { Grid } from './grid.ts';
import type { Apply } from './incoming.ts';
import { rowsOf, workbookId } from './to-workbook.ts';

/** Every key, so that a cell that is written anew keeps nothing of what was there. */
const emptyCell: ICellData = { v: null, f: null, si: null, p: null, t: null, s: null };

/**
 * Writes the cells of `changedRows` that hold something else than the spreadsheet says. Answers with the rows that are new below those
 * that had content, or null.
 */
export function updateCells(
  grid: Grid,
  worksheet: Worksheet,
  sheet: sheets_v4.Schema$Sheet,
  changedRows: readonly number[],
  apply: Apply,
): { readonly startRow: number; readonly endRow: number } | null {
  const rows = rowsOf(sheet);
  const firstNewRow = worksheet.getLastRowWithContent() + 1;
  const matrix = worksheet.getCellMatrix();
  const cellValue: Record<number, Record<number, ICellData>> = {};
  let lastNewRow = -1;
  for (const row of changedRows) {
    const cells = rows[row]?.values ?? [];
    const columnEnd = Math.max(cells.length, lastColumnOf(matrix.getRow(row)) + 1);
    for (let column = 0; column < columnEnd; column += 1) {
      if (isSame(grid, worksheet, row, column, cells[column])) continue;
      const changed = { ...emptyCell, ...toGridCell(cells[column]) };
      cellValue[row] = { ...cellValue[row], [column]: changed };
      if (row >= firstNewRow && cells[column]?.userEnteredValue) lastNewRow = row;
    }
  }
  const isChanged = Object.keys(cellValue).length > 0;
  if (isChanged) apply(SetRangeValuesMutation.id, { subUnitId: worksheet.getSheetId(), cellValue });
  return lastNewRow < firstNewRow ? null : { startRow: firstNewRow, endRow: lastNewRow };
}

function lastColumnOf(row: Nullable<Record<number, unknown>>): number {
  return Math.max(-1, ...Object.keys(row ?? {}).map(Number));
}

/** Compared in the spreadsheet's own words, in which the grid's ways of saying the same are one. */
function isSame(
  grid: Grid,
  worksheet: Worksheet,
  row: number,
  column: number,
  wanted: sheets_v4.Schema$CellData | undefined,
): boolean {
  const cell = worksheet.getCellRaw(row, column);
  if (!cell && !wanted) return true;
  const sheetId = worksheet.getSheetId();
  const isCheckbox =
    grid.validation.getRuleByLocation(workbookId, sheetId, row, column)?.type ===
    DataValidationType.CHECKBOX;
  const value = toServerValue(cell, grid.formulaOf(sheetId, row, column), isCheckbox);
  if (valueText(value) !== valueText(wanted?.userEnteredValue)) return false;
  const style = grid.workbook.getStyles().getStyleByCell(cell);
  return styleText(style, typeof cell?.s === 'string') === formatText(wanted?.userEnteredFormat);
}

/** Empty text is an empty cell to the grid. */
function valueText(value: sheets_v4.Schema$ExtendedValue | undefined): string {
  const [kind, content] = Object.entries(value ?? {})[0] ?? ['', ''];
  return content === '' ? '' : `${kind} ${content}`;
}

const textsOfStyles = new WeakMap<IStyleData, string>();
const textsOfFormats = new Map<string, string>();

/** Cells share their styles: each shared one is put into words once. */
function styleText(style: Nullable<IStyleData>, isShared: boolean): string {
  if (!style) return '{}';
  const known = textsOfStyles.get(style);
  if (known !== undefined && isShared) return known;
  const text = textOf(toFormat(style));
  textsOfStyles.set(style, text);
  return text;
}

function formatText(format: sheets_v4.Schema$CellFormat | undefined): string {
  if (!format) return '{}';
  const key = JSON.stringify(format);
  const known = textsOfFormats.get(key);
  if (known !== undefined) return known;
  const text = textOf(toFormat(toStyle(format)));
  textsOfFormats.set(key, text);
  return text;
}

function textOf(value: object): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    part && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}
