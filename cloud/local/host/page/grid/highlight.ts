import type { Grid } from './grid.ts';
import type { Arrival } from './incoming.ts';
import { workbookId } from './to-workbook.ts';

const shownMs = 2500;

/** Shows for a moment which rows have arrived in the tab that the user looks at. */
export function highlightRows(grid: Grid, arrivals: readonly Arrival[]): void {
  const sheet = grid.api.getWorkbook(workbookId)?.getActiveSheet();
  for (const { sheetId, startRow, endRow } of arrivals) {
    // A mark is drawn over the tab that is shown, whichever it was asked for.
    if (sheetId !== sheet?.getSheetId()) continue;
    const range = sheet.getRange(startRow, 0, endRow - startRow + 1, sheet.getLastColumn() + 1);
    const mark = range.highlight({
      stroke: 'rgba(31, 95, 191, 0.5)',
      fill: 'rgba(31, 95, 191, 0.08)',
    });
    setTimeout(() => mark.dispose(), shownMs);
  }
}
