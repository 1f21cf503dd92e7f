import type { ConditionalFormatRule } from './cell-schema.ts';
import { invalid } from './google-error.ts';
import { type Cell, type RowList, sliceRows } from './row-list.ts';
import type {
  DimensionProperties,
  SheetProperties,
  SpreadsheetProperties,
} from './spreadsheet-schema.ts';

/** A spreadsheet as the server holds it. Immutable: each change makes a new one that shares what it did not touch. */
export interface Spreadsheet {
  readonly id: string;
  readonly access: Access;
  readonly properties: SpreadsheetProperties;
  /** In the order in which they stand. */
  readonly tabs: readonly Tab[];
  readonly metadata: readonly Metadata[];
}

/** What the holder of the token may do with a spreadsheet. */
export type Access = 'writer' | 'reader' | 'none';

export interface Tab {
  readonly sheetId: number;
  readonly title: string;
  readonly rowCount: number;
  readonly columnCount: number;
  /** What else Google keeps of a tab; without index, which is its position in `tabs`. */
  readonly properties: SheetProperties;
  /** By column; shorter than the tab is wide where the rest is as it was made. */
  readonly columns: readonly ColumnProperties[];
  readonly conditionalFormats: readonly ConditionalFormatRule[];
  readonly rows: RowList;
}

export type ColumnProperties = Pick<DimensionProperties, 'hiddenByUser' | 'pixelSize'>;

export interface Metadata {
  readonly metadataId: number;
  readonly metadataKey: string;
  readonly metadataValue?: string;
  readonly visibility: 'DOCUMENT' | 'PROJECT';
  readonly location: Location;
}

export type Location =
  | { readonly type: 'SPREADSHEET' }
  | { readonly type: 'SHEET'; readonly sheetId: number }
  | { readonly type: 'ROW' | 'COLUMN'; readonly sheetId: number; readonly index: number };

/** @throws GoogleError 400 where there is no such tab; an absent id is 0, as everywhere in Google's API. */
export function tabById(spreadsheet: Spreadsheet, sheetId = 0): Tab {
  const tab = spreadsheet.tabs.find((candidate) => candidate.sheetId === sheetId);
  if (!tab) throw invalid(`No grid with id: ${sheetId}`);
  return tab;
}

export function replaceTab(spreadsheet: Spreadsheet, tab: Tab): Spreadsheet {
  const tabs = spreadsheet.tabs.map((old) => (old.sheetId === tab.sheetId ? tab : old));
  return { ...spreadsheet, tabs };
}

export function hasValue(cell: Cell | undefined): boolean {
  const value = cell?.userEnteredValue;
  return value !== undefined && Object.keys(value).length > 0;
}

/** How many rows there are up to the last one that holds a value. */
export function countFilledRows(tab: Tab): number {
  const rows = sliceRows(tab.rows, 0, tab.rowCount);
  return rows.findLastIndex((row) => row.cells.some(hasValue)) + 1;
}
