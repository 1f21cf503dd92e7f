import type { ColumnName, RowValues } from './format.ts';
import { columnsOf, shows, showsAll } from './row-values.ts';
import type { ShownRow } from './sheet-view.ts';

export type UserWrites = ReturnType<typeof createUserWrites>;

/**
 * What the user wrote, and on which entry's row: by the hidden id, or by all that was written where the row is the
 * user's own. Of a cell written twice the last value counts; what the user took away again does not.
 */
export function createUserWrites() {
  const byEntry = new Map<string, RowValues>();
  let own: readonly RowValues[] = [];
  const lastSeen = new Map<string, ShownRow>();

  /** Keeps of what was written on an entry what one of its rows shows. */
  function keepShown(id: string, rows: readonly ShownRow[]): void {
    const values = byEntry.get(id) ?? {};
    const kept = columnsOf(values).filter((column) =>
      rows.some((row) => row.id === id && shows(row, column, values)),
    );
    byEntry.set(id, Object.fromEntries(kept.map((column) => [column, values[column]])));
  }

  /** What was written in a row of the user's own: of several that fit the one that says most. */
  function ownOf(row: ShownRow): RowValues | undefined {
    const fitting = own.filter((values) => showsAll(row, values));
    return fitting.toSorted((a, b) => columnsOf(b).length - columnsOf(a).length)[0];
  }

  return {
    edited(row: ShownRow, set: RowValues): void {
      if (row.id !== '') {
        byEntry.set(row.id, { ...byEntry.get(row.id), ...set });
        return;
      }
      const before = ownOf(row);
      own = [...own.filter((values) => values !== before), { ...before, ...set }];
    },

    added(values: RowValues): void {
      own = [...own, { ...values }];
    },

    /** `rows` are those before. */
    deleted(row: ShownRow, rows: readonly ShownRow[]): void {
      const left = rows.filter((other) => other !== row && other.index !== row.index);
      if (row.id !== '') keepShown(row.id, left);
      else {
        const gone = ownOf(row);
        own = own.filter((values) => values !== gone);
      }
    },

    /** An undo takes drafts away with all that stands in them; posted rows it must leave. */
    undone(before: readonly ShownRow[], after: readonly ShownRow[]): void {
      for (const { id, posted } of before) {
        if (!posted && byEntry.has(id) && !after.some((row) => row.id === id)) byEntry.delete(id);
      }
    },

    /** Remembers how the rows stand, for those that go later. */
    saw(rows: readonly ShownRow[]): void {
      for (const row of rows) if (byEntry.has(row.id)) lastSeen.set(row.id, row);
    },

    /**
     * A line for each value that is gone or sits on another row. With `mayVanish` the rows are as expected, and then a
     * pending entry's row that is gone went by the rule: the bank let go of it, and the user had not posted it.
     */
    lost(rows: readonly ShownRow[], mayVanish: boolean): readonly string[] {
      const ofEntries = [...byEntry].flatMap(([id, values]) => {
        const mine = rows.filter((row) => row.id === id);
        const seen = lastSeen.get(id);
        if (mine.length === 0 && mayVanish && seen?.pending && !seen.posted) return [];
        return lostOf(values, mine, rows);
      });
      return [...ofEntries, ...lostOfOwn(own, rows)];
    },
  };
}

/** Rows of the user's own have no id: each is the one that shows all that was written in it. */
function lostOfOwn(own: readonly RowValues[], rows: readonly ShownRow[]): readonly string[] {
  const left = rows.filter(({ id }) => id === '');
  const missed = own.filter((values) => {
    const at = left.findIndex((row) => showsAll(row, values));
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
  return missed.flatMap((values) => {
    const shown = (row: ShownRow) =>
      columnsOf(values).filter((it) => shows(row, it, values)).length;
    const [nearest] = left.toSorted((a, b) => shown(b) - shown(a));
    return lostOf(values, nearest && shown(nearest) > 0 ? [nearest] : [], rows);
  });
}

function lostOf(
  values: RowValues,
  mine: readonly ShownRow[],
  rows: readonly ShownRow[],
): readonly string[] {
  const isThere = (column: ColumnName, among: readonly ShownRow[]) =>
    among.some((row) => shows(row, column, values));
  return columnsOf(values)
    .filter((column) => !isThere(column, mine))
    .map((column) => {
      const what = `${column} ${JSON.stringify(values[column])}`;
      const elsewhere = column !== 'posted' && isThere(column, rows);
      return elsewhere ? `${what} sits on another row` : `${what} is gone`;
    });
}
