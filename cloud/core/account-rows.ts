import { type AccountColumn, type BookAccount, typeOfPath } from '../../shared/book.ts';
import type { Money } from '../../shared/money.ts';
import type { CellContent, RowContent, SheetRow, SheetTab, TabChanges } from '../ports/sheet.ts';
import { minorOf, shows, textOf } from './bank-cells.ts';
import type { AccountBalances } from './documents.ts';

type Row = SheetRow<AccountColumn>;

/** Accounts that a new Accounts tab has beside the user's own, so that the first drop-down is not empty. */
export const starterPaths: readonly string[] = [
  'Income:Salary',
  'Income:Other',
  'Expenses:Groceries',
  'Expenses:Restaurants',
  'Expenses:Housing',
  'Expenses:Transport',
  'Expenses:Insurance',
  'Expenses:Health',
  'Expenses:Leisure',
  'Expenses:Other',
  'Equity:Opening balances',
];

/** Rows for accounts that the tab lacks, and the latest balances for those that it has, in the columns that it has. */
export function planAccounts(
  tab: SheetTab<AccountColumn> | null,
  told: readonly AccountBalances[],
): TabChanges<AccountColumn> {
  const latest = new Map<string, AccountBalances>();
  for (const account of told) {
    const { path } = account.bookAccount;
    latest.set(path, { ...latest.get(path), ...account });
  }
  const rowsByPath = Map.groupBy(tab?.rows ?? [], ({ cells }) => textOf(cells.path));
  const append: RowContent<AccountColumn>[] = [];
  const update: { index: number; cells: RowContent<AccountColumn> }[] = [];
  for (const [path, account] of latest) {
    const [row] = rowsByPath.get(path) ?? [];
    const balances = balanceCells(account, row);
    if (row) {
      const cells = changedCells(tab, row, balances);
      if (Object.keys(cells).length > 0) update.push({ index: row.index, cells });
    } else {
      append.push({ ...accountRow(account.bookAccount), ...balances });
    }
  }
  if (!tab) {
    for (const path of starterPaths) {
      const type = typeOfPath(path);
      if (type && !latest.has(path)) append.push(accountRow({ path, type }));
    }
  }
  return { append, update, remove: [] };
}

/** The difference is that of the two balances which the row then shows, also where only one of them is news. */
function balanceCells(
  { bankBalance, bookBalance }: AccountBalances,
  row: Row | undefined,
): RowContent<AccountColumn> {
  const { currency = '' } = bankBalance ?? bookBalance ?? {};
  const bank = bankBalance ?? standing(row, 'bankBalance', currency);
  const book = bookBalance ?? standing(row, 'bookBalance', currency);
  return {
    ...(bookBalance && { bookBalance: amountCell(bookBalance) }),
    ...(bankBalance && { bankBalance: amountCell(bankBalance) }),
    ...(bank &&
      book &&
      bank.currency === book.currency && {
        difference: amountCell({ minor: bank.minor - book.minor, currency }),
      }),
  };
}

function standing(
  row: Row | undefined,
  column: 'bankBalance' | 'bookBalance',
  currency: string,
): Money | null {
  if (!currency) return null;
  const minor = minorOf(row?.cells[column], currency);
  return minor === null ? null : { minor, currency };
}

/** A tab that was made before a column existed, or whose user has deleted it, does without it. */
function changedCells(
  tab: SheetTab<AccountColumn> | null,
  row: Row,
  cells: RowContent<AccountColumn>,
): RowContent<AccountColumn> {
  const changed = (Object.entries(cells) as [AccountColumn, CellContent][]).filter(
    ([column, content]) => tab?.columns[column] !== undefined && !shows(row.cells[column], content),
  );
  return Object.fromEntries(changed);
}

const amountCell = (amount: Money): CellContent => ({ kind: 'amount', amount });

function accountRow({ path, type, currency }: BookAccount): RowContent<AccountColumn> {
  return {
    name: { kind: 'text', text: path.slice(path.lastIndexOf(':') + 1) },
    type: { kind: 'text', text: type },
    path: { kind: 'text', text: path },
    ...(currency && { currency: { kind: 'text', text: currency } }),
  };
}
