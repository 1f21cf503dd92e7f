import { readRowsOfTable } from './csv.ts';
import type { ReadOptions, Statement, StatementFormat } from './statement.ts';
import type { Table } from './table.ts';

/**
 * Reads a table: each account in each currency that it names is a statement. What its columns are, the order of days
 * and the decimal style are told by names and by all its rows.
 * @throws StatementUnreadable for a table that holds no entries of an account
 * @throws StatementAsks where only the user knows
 */
export function readTable(
  table: Table,
  options: ReadOptions,
  format: StatementFormat,
): readonly Statement[] {
  return readRowsOfTable([...table.rows()], options).map((statement) => ({ ...statement, format }));
}
