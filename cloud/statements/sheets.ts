import { type FilePart, joinParts } from './file-parts.ts';
import { readTable } from './read-table.ts';
import {
  type ReadOptions,
  type Statement,
  type StatementFormat,
  StatementUnreadable,
} from './statement.ts';
import type { Table } from './table.ts';

/** Why a sheet is passed over without a word: it is a cover, a sum by category, a chart's numbers. */
const isNoList = (error: StatementUnreadable): boolean =>
  ['no-statement', 'unknown-format', 'empty'].includes(error.reason);

/**
 * The statements of a workbook: of each sheet that reads as one. What is wrong with a sheet that might have been one is
 * told as a problem of the first.
 * @throws StatementUnreadable where no sheet is a statement
 * @throws StatementAsks
 */
export function readSheets(
  sheets: readonly Table[],
  options: ReadOptions,
  format: StatementFormat,
): readonly Statement[] {
  const errors: { readonly where: string; readonly error: StatementUnreadable }[] = [];
  const parts: FilePart[] = [];
  for (const [index, sheet] of sheets.entries()) {
    if (isBlank(sheet)) continue;
    const where = `Sheet ${index + 1}`;
    try {
      parts.push({ where, statements: readTable(sheet, options, format) });
    } catch (error) {
      if (!(error instanceof StatementUnreadable)) throw error;
      errors.push({ where, error });
    }
  }
  if (parts.length > 0) {
    const unread = errors.filter(({ error }) => !isNoList(error));
    return joinParts(
      parts,
      unread.map(({ where, error }) => ({ where, message: error.message })),
    );
  }
  const { error = noSheet() } = errors.find((each) => !isNoList(each.error)) ?? errors[0] ?? {};
  throw error;
}

function isBlank(sheet: Table): boolean {
  for (const { cells } of sheet.rows()) if (cells.some((cell) => cell !== '')) return false;
  return true;
}

function noSheet(): StatementUnreadable {
  return new StatementUnreadable(
    'empty',
    'The workbook is empty. Download the statement again from the bank.',
  );
}
