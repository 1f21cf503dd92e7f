import { keepRow, type TableRow } from './table.ts';
import { readPreamble } from './table-account.ts';
import { type RowKind, rowKinds } from './table-row-kinds.ts';

const aboveMax = 50;

/** Some files have one list below the other, each of another account, named above the list's own names of columns. */
export function createSections(header: readonly string[] | undefined) {
  let account = '';
  let above: TableRow[] = [];
  return {
    /** Of the rows that come now; '' for the first list. */
    account: (): string => account,
    see(row: TableRow, kind: RowKind): void {
      if (header === undefined) return;
      if (kind === rowKinds.entry || kind === rowKinds.pending) {
        if (above.length > 0) above = [];
        return;
      }
      const isHeader = header.every((name, column) => row.cells[column] === name);
      if (!isHeader) {
        if (above.length < aboveMax) above.push(keepRow(row));
        return;
      }
      const found = readPreamble(above).account;
      account = found.iban ?? found.number ?? account;
      above = [];
    },
  };
}
