import type { ColumnName, RowValues } from './format.ts';
import type { ShownRow } from './sheet-view.ts';

/** Whether a row shows each of these values. */
export function showsAll(row: ShownRow, values: RowValues): boolean {
  return columnsOf(values).every((column) => shows(row, column, values));
}

/** Whether a row shows one of the values in its column. */
export function shows(row: ShownRow, column: ColumnName, values: RowValues): boolean {
  if (column === 'amount') return row.amount === Number(values.amount);
  return row[column] === values[column];
}

export function columnsOf(values: RowValues): readonly ColumnName[] {
  return Object.keys(values) as ColumnName[];
}
