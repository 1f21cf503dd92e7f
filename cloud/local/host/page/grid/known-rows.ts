import type { sheets_v4 } from '@googleapis/sheets';

/**
 * Rows as they were last read and shown. A reading brings all rows; of a long book only those that differ are worth
 * looking at cell by cell.
 */
export interface KnownRows {
  /** Positions of the rows that are not as they are known, those that are gone included; they are known then. */
  takeChanged(gridId: string, rows: readonly sheets_v4.Schema$RowData[]): readonly number[];
  /** The user has changed this row, or all of a tab: the next reading looks at it whatever it says. */
  forget(gridId: string, row?: number): void;
}

export function createKnownRows(): KnownRows {
  const known = new Map<string, (string | undefined)[]>();
  return {
    takeChanged: (gridId, rows) => {
      const before = known.get(gridId) ?? [];
      const now = rows.map((row) => JSON.stringify(row));
      known.set(gridId, now);
      const changed: number[] = [];
      for (let row = 0; row < Math.max(before.length, now.length); row += 1) {
        if (before[row] === undefined || before[row] !== now[row]) changed.push(row);
      }
      return changed;
    },
    forget: (gridId, row) => {
      const rows = known.get(gridId);
      if (!rows) return;
      // Also below what was read: the length then makes the next reading look there.
      if (row === undefined) rows.fill(undefined);
      else rows[row] = undefined;
    },
  };
}
