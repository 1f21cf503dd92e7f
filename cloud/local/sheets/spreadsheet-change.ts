import { countRows, type RowList, sliceRows } from './row-list.ts';
import type { Spreadsheet, Tab } from './spreadsheet.ts';

/** What one answered write has changed, for whoever shows the spreadsheet and reads what it needs anew. */
export interface SpreadsheetChange {
  readonly spreadsheetId: string;
  /** The `quotaUser` that the writer named in its request, by which it knows its own writes again; '' without. */
  readonly origin: string;
  /** Tabs came, went or moved, or something but cells is another: properties, columns, formats, metadata. */
  readonly isLayoutChanged: boolean;
  /** Tabs in which rows are others than before. */
  readonly rows: readonly {
    readonly sheetId: number;
    readonly startRow: number;
    /** End excluded. Where rows came or went, everything below `startRow`, up to the longer of before and after. */
    readonly endRow: number;
  }[];
}

export function describeChange(
  before: Spreadsheet,
  after: Spreadsheet,
  origin: string,
): SpreadsheetChange {
  const rows = after.tabs.flatMap((tab) => {
    const old = before.tabs.find((other) => other.sheetId === tab.sheetId);
    const changed = changedRows(old?.rows ?? [], tab.rows);
    return changed ? [{ sheetId: tab.sheetId, ...changed }] : [];
  });
  const isLayoutChanged = layoutOf(before) !== layoutOf(after);
  return { spreadsheetId: after.id, origin, isLayoutChanged, rows };
}

function layoutOf({ properties, metadata, tabs }: Spreadsheet): string {
  const heads = tabs.map(({ rows: _rows, ...head }: Tab) => head);
  return JSON.stringify({ properties, metadata, heads });
}

function changedRows(
  before: RowList,
  after: RowList,
): { readonly startRow: number; readonly endRow: number } | null {
  const oldRows = sliceRows(before, 0, countRows(before));
  const newRows = sliceRows(after, 0, countRows(after));
  const longer = Math.max(oldRows.length, newRows.length);
  let startRow = 0;
  while (startRow < longer && oldRows[startRow] === newRows[startRow]) startRow += 1;
  if (startRow === longer) return null;
  let endRow = longer;
  if (oldRows.length === newRows.length) {
    while (oldRows[endRow - 1] === newRows[endRow - 1]) endRow -= 1;
  }
  return { startRow, endRow };
}
