import type { PageEffect } from '../../page-api.ts';
import type { Grid } from './grid.ts';
import { workbookId } from './to-workbook.ts';

/** Goes to the tab that the add-on has made active, and to the range of it that it has selected. */
export function selectRange(
  grid: Grid,
  { sheetId, range }: Extract<PageEffect, { kind: 'selection' }>,
): void {
  const workbook = grid.api.getWorkbook(workbookId);
  // A tab that was made in this window has another name in the grid; those of the add-on come from the spreadsheet.
  const sheet = workbook?.getSheetBySheetId(String(sheetId));
  if (!workbook || !sheet) return;
  workbook.setActiveSheet(sheet);
  if (!range) return;
  const [row, column] = [range.row - 1, range.column - 1];
  sheet.setActiveRange(sheet.getRange(row, column, range.numRows, range.numColumns));
  sheet.scrollToCell(row, column);
}
