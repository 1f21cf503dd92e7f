import type { sheets_v4 } from '@googleapis/sheets';
import type { IRange } from '@univerjs/core';
import type { Grid } from './grid.ts';
import type { CellPart } from './outgoing-cells.ts';
import type { SheetIds } from './sheet-ids.ts';

/** How one kind of change of the grid is told to the spreadsheet. `params` are the change's own. */
export interface Translator {
  /** Rows, columns or tabs are elsewhere afterwards. */
  readonly isMove?: boolean;
  before?(params: object, outgoing: Outgoing): void;
  after?(params: object, outgoing: Outgoing): void;
}

/** What a translator may do with one change of the grid. */
export interface Outgoing {
  readonly grid: Grid;
  readonly ids: SheetIds;
  mark(sheetId: string, row: number, column: number, part: CellPart): void;
  markRange(sheetId: string, range: IRange, part: CellPart): void;
  /** The rules of these cells are written as they are in the grid when all of the action is done. */
  markRules(sheetId: string, range: IRange): void;
  /** The same for cells that are new in the spreadsheet. */
  markInserted(sheetId: string, range: IRange): void;
  /** Rows, columns or tabs move: what was marked before is written before. */
  move(...requests: sheets_v4.Schema$Request[]): void;
  push(...requests: sheets_v4.Schema$Request[]): void;
}

/** A translator with the type of its params, which the grid promises for the change's id. */
export function translate<P extends object>(
  after: (params: P, outgoing: Outgoing) => void,
  before?: (params: P, outgoing: Outgoing) => void,
): Translator {
  return (before ? { after, before } : { after }) as Translator;
}

/** The same for a change after which rows, columns or tabs are elsewhere. */
export function translateMove<P extends object>(
  after: (params: P, outgoing: Outgoing) => void,
): Translator {
  return { after, isMove: true } as Translator;
}

/** A change of the screen alone. */
export const notKept: Translator = {};
