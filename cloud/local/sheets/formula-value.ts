import type { ExtendedValue } from './cell-schema.ts';
import { mapRows, type Row } from './row-list.ts';
import { replaceTab, type Spreadsheet } from './spreadsheet.ts';

/** What the formula of a cell gave, as whoever computes it reports it. */
export interface FormulaValue {
  readonly sheetId: number;
  readonly rowIndex: number;
  readonly columnIndex: number;
  readonly formulaValue: string;
  readonly effectiveValue: ExtendedValue;
}

/** The spreadsheet with the value kept beside its formula; the same one where the cell no longer holds that formula. */
export function withFormulaValue(spreadsheet: Spreadsheet, value: FormulaValue): Spreadsheet {
  const { sheetId, rowIndex, columnIndex, formulaValue, effectiveValue } = value;
  const tab = spreadsheet.tabs.find((candidate) => candidate.sheetId === sheetId);
  if (!tab || rowIndex >= tab.rowCount) return spreadsheet;
  const change = (row: Row): Row => {
    const cell = row.cells[columnIndex];
    if (cell?.userEnteredValue?.formulaValue !== formulaValue) return row;
    return { ...row, cells: row.cells.with(columnIndex, { ...cell, effectiveValue }) };
  };
  return replaceTab(spreadsheet, {
    ...tab,
    rows: mapRows(tab.rows, rowIndex, rowIndex + 1, change),
  });
}
