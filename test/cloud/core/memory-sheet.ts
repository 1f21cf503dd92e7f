import type {
  BookChanges,
  BookSnapshot,
  Cell,
  CellContent,
  RowContent,
  Sheet,
  SheetRow,
  SheetTab,
  TabChanges,
} from '../../../cloud/ports/sheet.ts';
import {
  type AccountColumn,
  accountColumns,
  type TransactionColumn,
  transactionColumns,
} from '../../../shared/book.ts';
import { toSerial } from '../../../shared/calendar-date.ts';
import { formatAmount } from '../../../shared/money.ts';

type Row<Column extends string> = Partial<Record<Column, Cell>>;

/** A book's spreadsheet in memory, by the promises of the Sheet port; the user's hand is the test's. */
export function createMemorySheet() {
  const state = {
    transactions: null as Row<TransactionColumn>[] | null,
    accounts: null as Row<AccountColumn>[] | null,
    deliveredBatches: [] as string[],
    proofs: new Set<string>(),
    requests: [] as string[],
    /** Thrown by the next requests of a kind; `lost`: after the writing was done. */
    failing: {} as Partial<Record<'read' | 'write' | 'lost', Error>>,
    /** Awaited before each writing. */
    beforeWrite: async () => {},
  };
  const port: Sheet = {
    async readBook(): Promise<BookSnapshot> {
      state.requests.push('read');
      if (state.failing.read) throw state.failing.read;
      return {
        title: 'Book',
        locale: 'en_US',
        transactions: tab(1, 'Transactions', transactionColumns, state.transactions),
        accounts: tab(2, 'Accounts', accountColumns, state.accounts),
        deliveredBatches: [...state.deliveredBatches],
      };
    },
    async writeBook(_id, _snapshot, changes: BookChanges): Promise<void> {
      await state.beforeWrite();
      state.requests.push('write');
      if (state.failing.write) throw state.failing.write;
      if (changes.batchIds.some((id) => state.deliveredBatches.includes(id))) return;
      state.deliveredBatches.push(...changes.batchIds);
      state.transactions = apply(state.transactions ?? [], changes.transactions);
      state.accounts = apply(state.accounts ?? [], changes.accounts);
      if (state.failing.lost) throw state.failing.lost;
    },
    hasProof: async (_id, proof) => state.proofs.has(proof),
  };
  return { state, port };
}

function tab<Column extends string>(
  sheetId: number,
  title: string,
  columns: readonly Column[],
  rows: readonly Row<Column>[] | null,
): SheetTab<Column> | null {
  if (!rows) return null;
  const placed = Object.fromEntries(columns.map((column, at) => [column, at]));
  return {
    sheetId,
    title,
    columns: placed as Partial<Record<Column, number>>,
    rows: rows.map((cells, at): SheetRow<Column> => ({ index: at + 1, cells })),
  };
}

function apply<Column extends string>(
  rows: readonly Row<Column>[],
  { append, update, remove }: TabChanges<Column>,
): Row<Column>[] {
  const byIndex = new Map(update.map((it) => [it.index, it.cells]));
  const next = rows.map((row, at) => ({ ...row, ...toCells(byIndex.get(at + 1) ?? {}) }));
  const left = next.filter((_, at) => !remove.includes(at + 1));
  return [...left, ...append.map(toCells)] as Row<Column>[];
}

function toCells(content: RowContent<string>): Row<string> {
  return Object.fromEntries(
    Object.entries(content).flatMap(([column, cell]) => (cell ? [[column, toCell(cell)]] : [])),
  );
}

function toCell(content: CellContent): Cell {
  if (content.kind === 'date') return { kind: 'number', number: toSerial(content.date) };
  if (content.kind === 'amount')
    return { kind: 'number', number: Number(formatAmount(content.amount)) };
  if (content.kind === 'text') return { kind: 'text', text: content.text };
  return content;
}
