import {
  type AccountColumn,
  type BookAccount,
  type TransactionColumn,
  typeOfPath,
} from '../../shared/book.ts';
import { fromSerial, toSerial } from '../../shared/calendar-date.ts';
import { decimalsOf } from '../../shared/money.ts';
import { descriptionSeparator, learnHabits, type PostedRow } from '../learner/learn-habits.ts';
import { suggestCounterAccount } from '../learner/suggest-counter-account.ts';
import type {
  BookChanges,
  BookSnapshot,
  Cell,
  CellContent,
  RowContent,
  SheetRow,
  TabChanges,
} from '../ports/sheet.ts';
import type { Draft, EntryFacts, OutboxDoc } from './documents.ts';

type TransactionRow = SheetRow<TransactionColumn>;
type TransactionChanges = TabChanges<TransactionColumn>;

const pendingMark = 'Pending at the bank';

/** Columns that the bank fills, and that follow it as long as the user has not changed them. */
const bankColumns = ['date', 'description', 'amount', 'currency', 'balance'] as const;

/** Accounts that a new Accounts tab has beside the user's own, so that the first drop-down is not empty. */
const starterPaths = [
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

/**
 * What one delivery changes in the book: rows found by id, never by place. A draft whose row stands there is not
 * added again; a cell follows the bank only while it shows what was last written; a posted row is left alone; a row
 * that the user deleted stays deleted.
 */
export function planRows(
  snapshot: BookSnapshot,
  batches: readonly { readonly key: string; readonly value: OutboxDoc }[],
): BookChanges {
  const fresh = batches.filter(({ key }) => !snapshot.deliveredBatches.includes(key));
  const drafts = foldDrafts(fresh.flatMap(({ value }) => value.drafts));
  return {
    batchIds: fresh.map(({ key }) => key),
    transactions: planTransactions(snapshot.transactions?.rows ?? [], drafts),
    accounts: planAccounts(
      snapshot,
      fresh.flatMap(({ value }) => value.accounts),
    ),
  };
}

/** Several drafts of one row as one: what the first of them started from, what the last of them says. */
function foldDrafts(drafts: readonly Draft[]): readonly Draft[] {
  const byId = new Map<string, Draft>();
  for (const draft of drafts) {
    const first = byId.get(draft.id);
    const { was: _was, ...last } = draft;
    byId.set(draft.id, first ? { ...last, ...(first.was && { was: first.was }) } : draft);
  }
  return [...byId.values()];
}

function planTransactions(
  rows: readonly TransactionRow[],
  drafts: readonly Draft[],
): TransactionChanges {
  const byId = new Map(rows.map((row) => [textOf(row.cells.id), row]));
  const habits = learnHabits(rows.filter((row) => isChecked(row.cells.posted)).map(postedRow));
  const append: { readonly date: string; readonly cells: RowContent<TransactionColumn> }[] = [];
  const update: { index: number; cells: RowContent<TransactionColumn> }[] = [];
  const remove: number[] = [];
  for (const { id, account, was, now } of drafts) {
    const row = byId.get(id);
    if (!row) {
      if (was || !now) continue;
      const suggestion = suggestCounterAccount(habits, descriptionOf(now));
      append.push({ date: now.date, cells: newRow(id, account, now, suggestion) });
    } else if (was && !isChecked(row.cells.posted)) {
      if (!now) remove.push(row.index);
      else {
        const cells = changedCells(row, was, now);
        if (Object.keys(cells).length > 0) update.push({ index: row.index, cells });
      }
    }
  }
  append.sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0));
  return { append: append.map(({ cells }) => cells), update, remove };
}

function newRow(
  id: string,
  account: string,
  facts: EntryFacts,
  suggestion: ReturnType<typeof suggestCounterAccount>,
): RowContent<TransactionColumn> {
  const why = [facts.pending ? pendingMark : '', suggestion?.why ?? ''].filter(Boolean).join(', ');
  return {
    ...bankCells(facts),
    account: { kind: 'text', text: account },
    ...(suggestion && { counterAccount: { kind: 'text', text: suggestion.counterAccount } }),
    posted: { kind: 'check', checked: false },
    ...(why && {
      why: { kind: 'text', text: why, ...(suggestion && { note: suggestion.receipt }) },
    }),
    id: { kind: 'text', text: id },
  };
}

function bankCells(facts: EntryFacts): Record<(typeof bankColumns)[number], CellContent> {
  return {
    date: { kind: 'date', date: facts.date },
    description: { kind: 'text', text: descriptionOf(facts) },
    amount: { kind: 'amount', amount: facts.amount },
    currency: { kind: 'text', text: facts.amount.currency },
    balance: facts.balanceAfter
      ? { kind: 'amount', amount: facts.balanceAfter }
      : { kind: 'empty' },
  };
}

/** Three ways: what was written, what stands there, what the bank says now. */
function changedCells(
  row: TransactionRow,
  was: EntryFacts,
  now: EntryFacts,
): RowContent<TransactionColumn> {
  const written = bankCells(was);
  const incoming = bankCells(now);
  const changes = bankColumns
    .filter((column) => JSON.stringify(written[column]) !== JSON.stringify(incoming[column]))
    .filter((column) => shows(row.cells[column], written[column]))
    .map((column) => [column, incoming[column]] as const);
  const why = textOf(row.cells.why);
  const isSettled = was.pending && !now.pending && why.startsWith(pendingMark);
  const rest = why.slice(pendingMark.length).replace(/^, /, '');
  return {
    ...Object.fromEntries(changes),
    ...(isSettled && { why: rest ? { kind: 'text', text: rest } : { kind: 'empty' } }),
  };
}

/** Whether a cell still shows what was written into it. */
function shows(cell: Cell | undefined, content: CellContent): boolean {
  if (content.kind === 'empty' || !cell || cell.kind === 'empty') {
    return content.kind === 'empty' && (!cell || cell.kind === 'empty');
  }
  if (content.kind === 'text') return cell.kind === 'text' && cell.text === content.text;
  if (content.kind === 'check') return cell.kind === 'check' && cell.checked === content.checked;
  if (cell.kind !== 'number') return false;
  if (content.kind === 'date') return Math.floor(cell.number) === toSerial(content.date);
  const { minor, currency } = content.amount;
  return Math.round(cell.number * 10 ** decimalsOf(currency)) === minor;
}

function planAccounts(
  snapshot: BookSnapshot,
  wanted: OutboxDoc['accounts'],
): TabChanges<AccountColumn> {
  const rows = snapshot.accounts?.rows ?? [];
  const byPath = new Map(rows.map((row) => [textOf(row.cells.path), row]));
  const latest = new Map(wanted.map((account) => [account.bookAccount.path, account]));
  const append: RowContent<AccountColumn>[] = [];
  const update: { index: number; cells: RowContent<AccountColumn> }[] = [];
  for (const [path, { bookAccount, booked }] of latest) {
    const row = byPath.get(path);
    const bankBalance = booked && ({ kind: 'amount', amount: booked } as const);
    if (!row) append.push({ ...accountRow(bookAccount), ...(bankBalance && { bankBalance }) });
    else if (bankBalance && !shows(row.cells.bankBalance, bankBalance)) {
      update.push({ index: row.index, cells: { bankBalance } });
    }
  }
  if (!snapshot.accounts) {
    for (const path of starterPaths) {
      const type = typeOfPath(path);
      if (type && !latest.has(path)) append.push(accountRow({ path, type }));
    }
  }
  return { append, update, remove: [] };
}

function accountRow({ path, type, currency }: BookAccount): RowContent<AccountColumn> {
  return {
    name: { kind: 'text', text: path.slice(path.lastIndexOf(':') + 1) },
    type: { kind: 'text', text: type },
    path: { kind: 'text', text: path },
    ...(currency && { currency: { kind: 'text', text: currency } }),
  };
}

/** Counterparty and text in one line; the text alone where it begins with the counterparty. */
function descriptionOf({ counterparty, text }: EntryFacts): string {
  const line = text.replace(/\s*\n\s*/g, ' ').trim();
  const name = counterparty.trim();
  if (!name) return line;
  return line ? `${name}${descriptionSeparator}${line}` : name;
}

function postedRow({ cells }: TransactionRow): PostedRow {
  const { date } = cells;
  return {
    description: textOf(cells.description),
    counterAccount: textOf(cells.counterAccount),
    date: date?.kind === 'number' ? fromSerial(date.number) : '',
  };
}

const textOf = (cell: Cell | undefined) => (cell?.kind === 'text' ? cell.text : '');
const isChecked = (cell: Cell | undefined) => cell?.kind === 'check' && cell.checked;
