import { blankUnticked, isContent } from '../../../cloud/adapters/google-sheets-cells.ts';
import { checkColumns } from '../../../cloud/adapters/google-sheets-changes.ts';
import {
  accountsLayout,
  freeTitle,
  rulesLayout,
  type TabLayout,
  titlesFor,
  transactionsLayout,
} from '../../../cloud/adapters/google-sheets-layout.ts';
import { spellChanges } from '../../../cloud/adapters/google-sheets-plain.ts';
import {
  type BookChanges,
  type BookSnapshot,
  type Cell,
  type CellContent,
  fitCell,
  type RowContent,
  type Sheet,
  type SheetRow,
  type SheetTab,
  type TabChanges,
} from '../../../cloud/ports/sheet.ts';
import {
  type AccountColumn,
  type AnyColumn,
  accountColumns,
  type RuleColumn,
  ruleColumns,
  type TransactionColumn,
  transactionColumns,
} from '../../../shared/book.ts';
import { toSerial } from '../../../shared/calendar-date.ts';
import { FailureError } from '../../../shared/failures.ts';
import { formatAmount } from '../../../shared/money.ts';

/** A cell as the sheet keeps it; a reading leaves the note out. */
export type MemoryCell = Cell & { readonly note?: string };
/** Row 1 of the tab is the first. A row without cells is an empty one. */
export type MemoryRow<Column extends string> = Partial<Record<Column, MemoryCell>>;

const batchesKept = 20;

/** A book's spreadsheet in memory, by the promises of the Sheet port; the user's hand is the test's. */
export function createMemorySheet() {
  const state = createState();
  const port: Sheet = {
    async readBook(_id, extent): Promise<BookSnapshot> {
      state.requests.push(extent ?? 'read');
      if (state.failing.read) throw state.failing.read;
      checkAccess(state, ['writer', 'reader']);
      const snapshot = toSnapshot(state);
      return extent === 'layout' ? withoutRows(snapshot) : snapshot;
    },
    async writeBook(_id, _snapshot, changes: BookChanges): Promise<void> {
      await state.beforeWrite();
      state.requests.push('write');
      if (state.failing.write) throw state.failing.write;
      checkAccess(state, ['writer']);
      writeChanges(state, changes);
      if (state.failing.lost) throw state.failing.lost;
    },
    spellChanges: (snapshot, changes) =>
      spellChanges(snapshot, changes, '2026-03-02T08:00:00.000Z'),
    async hasProof(_id, proof) {
      checkAccess(state, ['writer', 'reader']);
      return state.proofs.has(proof);
    },
  };
  return { state, port };
}

function withoutRows(snapshot: BookSnapshot): BookSnapshot {
  const { transactions, accounts, rules } = snapshot;
  return {
    ...snapshot,
    transactions: transactions && { ...transactions, rows: [] },
    accounts: accounts && { ...accounts, rows: [] },
    rules: rules && { ...rules, rows: [] },
  };
}

export type MemoryState = ReturnType<typeof createState>;

function createState() {
  return {
    title: 'Book',
    locale: 'en_US',
    transactions: null as MemoryRow<TransactionColumn>[] | null,
    accounts: null as MemoryRow<AccountColumn>[] | null,
    rules: null as MemoryRow<RuleColumn>[] | null,
    /** What each column of a tab means; null: a column of the user's. */
    columns: {
      transactions: [...transactionColumns] as (TransactionColumn | null)[],
      accounts: [...accountColumns] as (AccountColumn | null)[],
      rules: [...ruleColumns] as (RuleColumn | null)[],
    },
    titles: { transactions: 'Transactions', accounts: 'Accounts', rules: 'Rules' },
    otherTitles: [] as string[],
    /** Whether something stands in the tab that was there first. */
    isFirstTabUsed: false,
    access: 'writer' as 'writer' | 'reader' | 'none' | 'deleted',
    /** The newest first. */
    deliveredBatches: [] as string[],
    proofs: new Set<string>(),
    requests: [] as string[],
    /** Thrown by the next requests of a kind; `lost`: after the writing was done. */
    failing: {} as Partial<Record<'read' | 'write' | 'lost', Error>>,
    /** Awaited before each writing. */
    beforeWrite: async () => {},
  };
}

function checkAccess({ access }: MemoryState, allowed: readonly string[]): void {
  if (access === 'deleted') throw new FailureError('sheet-gone');
  if (!allowed.includes(access)) throw new FailureError('sheet-not-writable');
}

function toSnapshot(state: MemoryState): BookSnapshot {
  const { title, locale, otherTitles, isFirstTabUsed, columns, titles } = state;
  const hasNone = !state.transactions && !state.accounts && !state.rules;
  const isNew = hasNone && otherTitles.length === 1;
  return {
    title,
    locale,
    transactions: readTab(1, titles.transactions, columns.transactions, state.transactions),
    accounts: readTab(2, titles.accounts, columns.accounts, state.accounts),
    rules: readTab(3, titles.rules, columns.rules, state.rules),
    deliveredBatches: [...state.deliveredBatches],
    otherTitles: [...otherTitles],
    ...(isNew && !isFirstTabUsed && { emptySheetId: 0 }),
  };
}

function readTab<Column extends string>(
  sheetId: number,
  title: string,
  columns: readonly (Column | null)[],
  rows: readonly MemoryRow<Column>[] | null,
): SheetTab<Column> | null {
  if (!rows) return null;
  const placed = columns.flatMap((column, at) => (column ? [[column, at] as const] : []));
  const read = rows.flatMap((row, at): SheetRow<Column>[] => {
    const cells = placed.flatMap(([column]) => {
      const cell = row[column];
      if (!cell || cell.kind === 'empty') return [];
      const { note: _, ...shown } = cell;
      return [[column, shown] as const];
    });
    const isFilled = placed.some(([column]) => isContent(row[column] ?? { kind: 'empty' }));
    if (!isFilled) return [];
    return [{ index: at + 1, cells: Object.fromEntries(cells) as SheetRow<Column>['cells'] }];
  });
  const positions = Object.fromEntries(placed) as Partial<Record<Column, number>>;
  return { sheetId, title, columns: positions, rows: read };
}

/** All of the changes or none. */
function writeChanges(state: MemoryState, changes: BookChanges): void {
  const { batchIds } = changes;
  const known = batchIds.filter((id) => state.deliveredBatches.includes(id));
  if (known.length > 0 && known.length === batchIds.length) return;
  if (known.length > 0) throw new FailureError('sheet-unavailable');
  const { emptySheetId } = toSnapshot(state);
  const { columns } = state;
  const transactions = changeTab(
    state,
    transactionsLayout,
    { rows: state.transactions, columns: columns.transactions },
    changes.transactions,
  );
  const accounts = changeTab(
    state,
    accountsLayout,
    { rows: state.accounts, columns: columns.accounts },
    changes.accounts,
  );
  const standing = { rows: state.rules, columns: columns.rules };
  const rules = changes.rules
    ? changeTab(state, rulesLayout, standing, changes.rules)
    : { ...standing, title: state.titles.rules };
  Object.assign(state, {
    transactions: transactions.rows,
    accounts: accounts.rows,
    rules: rules.rows,
    columns: {
      transactions: transactions.columns,
      accounts: accounts.columns,
      rules: rules.columns,
    },
    titles: { transactions: transactions.title, accounts: accounts.title, rules: rules.title },
    otherTitles: emptySheetId === undefined ? state.otherTitles : [],
    deliveredBatches: [...batchIds, ...state.deliveredBatches].slice(0, batchesKept),
  });
}

/** A tab as it is after the changes, made first where it is not there. */
function changeTab<Column extends AnyColumn>(
  state: MemoryState,
  layout: TabLayout<Column>,
  { rows, columns }: { rows: MemoryRow<Column>[] | null; columns: (Column | null)[] },
  changes: TabChanges<Column>,
) {
  const taken = [
    ...state.otherTitles,
    ...(['transactions', 'accounts', 'rules'] as const).flatMap((kind) =>
      state[kind] ? [state.titles[kind]] : [],
    ),
  ];
  const next = {
    title: rows
      ? state.titles[layout.kind]
      : freeTitle(titlesFor(state.locale).tabs[layout.kind], taken),
    columns: rows ? columns : [...layout.columns],
  };
  const tab = readTab(0, next.title, next.columns, []);
  if (tab) checkColumns(tab, layout, changes, state.locale);
  const blank = (row: RowContent<Column>) => blankUnticked(row, layout);
  const { append, update, remove } = changes;
  const spelled = {
    append: append.map(blank),
    update: update.map(({ index, cells }) => ({ index, cells: blank(cells) })),
    remove,
  };
  return { ...next, rows: apply(rows ?? [], next.columns, spelled) };
}

function apply<Column extends string>(
  rows: readonly MemoryRow<Column>[],
  columns: readonly (Column | null)[],
  { append, update, remove }: TabChanges<Column>,
): MemoryRow<Column>[] {
  const next = rows.map((row) => ({ ...row }));
  for (const { index, cells } of update) {
    const row = next[index - 1];
    if (!row) throw new Error(`there is no row ${index}`);
    Object.assign(row, toCells(cells, columns, row));
  }
  const left = next.filter((_, at) => !remove.includes(at + 1));
  const last = left.findLastIndex((row) =>
    Object.values<MemoryCell | undefined>(row).some((cell) => cell && cell.kind !== 'empty'),
  );
  return [...left.slice(0, last + 1), ...append.map((row) => toCells(row, columns, {}))];
}

function toCells<Column extends string>(
  content: RowContent<Column>,
  columns: readonly (Column | null)[],
  old: MemoryRow<Column>,
): MemoryRow<Column> {
  const cells: MemoryRow<Column> = {};
  for (const [column, cell] of Object.entries(content) as [Column, CellContent][]) {
    if (columns.includes(column)) cells[column] = toCell(cell, old[column]?.note);
  }
  return cells;
}

function toCell(content: CellContent, oldNote = ''): MemoryCell {
  const note = 'note' in content && content.note !== undefined ? fitCell(content.note) : oldNote;
  return { ...shownBy(content), ...(note !== '' && { note }) };
}

function shownBy(content: CellContent): Cell {
  switch (content.kind) {
    case 'date':
      return { kind: 'number', number: toSerial(content.date) };
    case 'amount':
      return { kind: 'number', number: Number(formatAmount(content.amount)) };
    case 'text':
      return content.text === ''
        ? { kind: 'empty' }
        : { kind: 'text', text: fitCell(content.text) };
    default:
      return content;
  }
}
