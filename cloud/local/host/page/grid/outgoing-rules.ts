import type { sheets_v4 } from '@googleapis/sheets';
import { type IRange, Rectangle } from '@univerjs/core';
import type { Grid } from './grid.ts';
import type { SheetIds } from './sheet-ids.ts';
import { workbookId } from './to-workbook.ts';
import { toServerRule } from './validation.ts';

/** Remembers cells whose check boxes and lists may have changed, then says which rules they have. */
export interface ChangedRules {
  mark(sheetId: string, range: IRange): void;
  /** Marks cells of which a move is the reason; only these count when rows or columns moved. */
  markInserted(sheetId: string, range: IRange): void;
  /** Requests that give the cells the rules they have in the grid now; none is remembered after it. */
  take(isStructural: boolean): sheets_v4.Schema$Request[];
}

/**
 * When rows or columns move, the spreadsheet moves its rules by itself and so does the grid; of the grid's word for it
 * only what came back into inserted cells, by an undo, is news.
 */
export function createChangedRules(grid: Grid, ids: SheetIds): ChangedRules {
  let marked: { readonly sheetId: string; readonly range: IRange; readonly isInserted: boolean }[] =
    [];

  function toRequests(sheetId: string, range: IRange): sheets_v4.Schema$Request[] {
    const target = (area: IRange) => ({
      sheetId: ids.toServer(sheetId),
      startRowIndex: area.startRow,
      endRowIndex: area.endRow + 1,
      startColumnIndex: area.startColumn,
      endColumnIndex: area.endColumn + 1,
    });
    const requests: sheets_v4.Schema$Request[] = [{ setDataValidation: { range: target(range) } }];
    for (const rule of grid.validation.getRules(workbookId, sheetId)) {
      const serverRule = toServerRule(rule);
      if (!serverRule) continue;
      for (const ruleRange of rule.ranges) {
        const area = Rectangle.getIntersects(ruleRange, range);
        if (area) requests.push({ setDataValidation: { range: target(area), rule: serverRule } });
      }
    }
    return requests;
  }

  return {
    mark: (sheetId, range) => void marked.push({ sheetId, range, isInserted: false }),
    markInserted: (sheetId, range) => void marked.push({ sheetId, range, isInserted: true }),
    take: (isStructural) => {
      const counting = marked.filter(
        ({ sheetId, isInserted }) =>
          isInserted === isStructural && grid.workbook.getSheetBySheetId(sheetId),
      );
      marked = [];
      return counting.flatMap(({ sheetId, range }) => toRequests(sheetId, range));
    },
  };
}
