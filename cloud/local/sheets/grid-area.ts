import type { GridRange } from './cell-schema.ts';
import { invalid } from './google-error.ts';
import { type Spreadsheet, type Tab, tabById } from './spreadsheet.ts';
import type { DimensionRange } from './spreadsheet-schema.ts';

/** Cells of one tab, ends excluded. */
export interface Area {
  readonly startRow: number;
  readonly endRow: number;
  readonly startColumn: number;
  readonly endColumn: number;
}

/** The area that a range names, open ends at the tab's. @throws GoogleError 400 beyond the tab's size. */
export function areaOf(tab: Tab, range: GridRange): Area {
  const area = {
    startRow: range.startRowIndex ?? 0,
    endRow: range.endRowIndex ?? tab.rowCount,
    startColumn: range.startColumnIndex ?? 0,
    endColumn: range.endColumnIndex ?? tab.columnCount,
  };
  if (area.endRow > tab.rowCount || area.endColumn > tab.columnCount) {
    throw invalid(
      `GridRange exceeds grid limits. Max rows: ${tab.rowCount}, max columns: ${tab.columnCount}`,
    );
  }
  if (area.startRow > area.endRow || area.startColumn > area.endColumn) {
    throw invalid('GridRange.endIndex must not be before startIndex.');
  }
  return area;
}

/** A span of rows or columns of a tab, its end excluded. */
export interface Span {
  readonly tab: Tab;
  readonly isRows: boolean;
  readonly start: number;
  readonly end: number;
}

/** @throws GoogleError 400 for an empty span and for one beyond the tab (`mayExceed`: where it is to be inserted). */
export function spanOf(spreadsheet: Spreadsheet, range: DimensionRange, mayExceed = false): Span {
  const tab = tabById(spreadsheet, range.sheetId);
  const isRows = range.dimension === 'ROWS';
  const count = isRows ? tab.rowCount : tab.columnCount;
  const start = range.startIndex ?? 0;
  const end = range.endIndex ?? count;
  if (end <= start) throw invalid('range.endIndex must be greater than range.startIndex.');
  if (mayExceed ? start > count : end > count) {
    throw invalid(
      `range.${mayExceed ? 'start' : 'end'}Index[${mayExceed ? start : end}] is beyond ${count}, the size of the sheet.`,
    );
  }
  return { tab, isRows, start, end };
}
