import type { Area } from './grid-area.ts';
import { type Row, sliceRows } from './row-list.ts';
import { hasValue, type Tab } from './spreadsheet.ts';

/**
 * The table that values.append writes below: the cells with values that hang together, by side or corner, with the last
 * one inside the searched area. Null where that holds no value.
 */
export function findTable(tab: Tab, searched: Area): Area | null {
  const rows = sliceRows(tab.rows, 0, tab.rowCount);
  const seed = findLastFilled(rows, searched);
  if (!seed) return null;
  let table = seed;
  for (;;) {
    const grown = growByOne(rows, table);
    if (grown === table) return table;
    table = grown;
  }
}

function findLastFilled(rows: readonly Row[], searched: Area): Area | null {
  for (let row = Math.min(searched.endRow, rows.length) - 1; row >= searched.startRow; row -= 1) {
    const cells = rows[row]?.cells ?? [];
    const found = cells.slice(0, searched.endColumn).findLastIndex(hasValue);
    if (found >= searched.startColumn) {
      return { startRow: row, endRow: row + 1, startColumn: found, endColumn: found + 1 };
    }
  }
  return null;
}

/** The area with the rows and columns around it that hold a value next to it; the same one where there are none. */
function growByOne(rows: readonly Row[], area: Area): Area {
  let { startRow, endRow, startColumn, endColumn } = area;
  const isFilled = (row: number, from: number, to: number): boolean =>
    rows[row]?.cells.slice(Math.max(0, from), to).some(hasValue) ?? false;
  const isColumnFilled = (column: number): boolean => {
    for (let row = startRow; row < endRow; row += 1) {
      if (hasValue(rows[row]?.cells[column])) return true;
    }
    return false;
  };
  while (startRow > 0 && isFilled(startRow - 1, startColumn - 1, endColumn + 1)) startRow -= 1;
  while (isFilled(endRow, startColumn - 1, endColumn + 1)) endRow += 1;
  while (startColumn > 0 && isColumnFilled(startColumn - 1)) startColumn -= 1;
  while (isColumnFilled(endColumn)) endColumn += 1;
  const isSame =
    startRow === area.startRow &&
    endRow === area.endRow &&
    startColumn === area.startColumn &&
    endColumn === area.endColumn;
  return isSame ? area : { startRow, endRow, startColumn, endColumn };
}
