import type { RowGroup } from './csv-choose.ts';
import { type CsvColumns, currencyOfCell } from './csv-columns.ts';
import { readNumber } from './csv-number.ts';
import type { EntryRow } from './csv-rows.ts';
import type { StatementProblem } from './statement.ts';

export interface GroupedRows {
  readonly groups: readonly RowGroup[];
  readonly namesCurrency: boolean;
  readonly problems: readonly StatementProblem[];
}

/**
 * Rows by account and currency, each group in the order of the file. `aboveTable` is the currency named there,
 * `currencyWhereNone` that of a table which names none at all.
 */
export function groupRows(
  entries: readonly EntryRow[],
  columns: CsvColumns,
  aboveTable: string | undefined,
  currencyWhereNone: string,
): GroupedRows {
  const problems: StatementProblem[] = [];
  const codes = entries.map((row) => currencyIn(row, columns));
  const known = new Set(codes.filter((code) => typeof code === 'string'));
  const [first] = known;
  const named = columns.namedCurrency ?? aboveTable ?? (known.size === 1 ? first : undefined);
  const accountOf = accountNaming(entries, columns);
  const groups = new Map<string, RowGroup & { readonly rows: EntryRow[] }>();
  for (const [index, row] of entries.entries()) {
    const code = codes[index];
    if (code === null) {
      const message = 'This row has a currency that is no code of three letters. It was left out.';
      problems.push({ line: row.line, message });
      continue;
    }
    const currency = code ?? named ?? currencyWhereNone;
    const account = accountOf(row);
    const key = `${currency} ${account}`;
    const group = groups.get(key) ?? { account, currency, rows: [] };
    group.rows.push(row);
    groups.set(key, group);
  }
  const namesCurrency = named !== undefined || known.size > 0;
  return { groups: [...groups.values()], namesCurrency, problems };
}

/** The currency that a row names; `null` where something stands in its place. */
function currencyIn({ cells }: EntryRow, columns: CsvColumns): string | undefined | null {
  if (columns.currency !== undefined) return currencyOfCell(cells[columns.currency] ?? '');
  const money = [...columns.amounts, ...columns.debits, ...columns.credits];
  return money
    .map((column) => readNumber(cells[column] ?? '')?.currency)
    .find((code) => code !== undefined);
}

/** A table that leaves its one account out of some rows means it there too. */
function accountNaming(
  entries: readonly EntryRow[],
  { account }: CsvColumns,
): (row: EntryRow) => string {
  if (account === undefined) return () => '';
  const named = new Set(entries.map(({ cells }) => cells[account] ?? '').filter(Boolean));
  const [only] = named;
  return ({ cells }) => (named.size === 1 && only ? only : (cells[account] ?? ''));
}
