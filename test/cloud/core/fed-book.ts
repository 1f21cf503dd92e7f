import { setSuggestions } from '../../../cloud/core/change-suggestions.ts';
import { deliverBook } from '../../../cloud/core/deliver-book.ts';
import { reviewDrafts, suggestAgain } from '../../../cloud/core/review-drafts.ts';
import { syncConnection } from '../../../cloud/core/sync-connection.ts';
import type { BankConnector } from '../../../cloud/ports/bank-connector.ts';
import type { SheetTab } from '../../../cloud/ports/sheet.ts';
import type { ObservedEntry } from '../../../shared/bank.ts';
import type { AnyColumn, TransactionColumn } from '../../../shared/book.ts';
import { addDays, toSerial } from '../../../shared/calendar-date.ts';
import { type BookReading, bookReading, type PlainCell } from '../../../shared/delivery.ts';
import type { SuggestionSettings } from '../../../shared/suggestions.ts';
import type { MemoryCell, MemoryRow, MemoryState } from './memory-sheet.ts';
import { createMemoryHand } from './memory-sheet-hand.ts';
import { bookId, connectGiro, createTestWorld, entry, giro } from './world.ts';

type Row = MemoryRow<TransactionColumn>;
export type Shown = Partial<Record<TransactionColumn, PlainCell>>;

export const checking = 'Assets:Checking';
export const savings = 'Assets:Savings';
export const transit = 'Assets:In transit';
export const groceries = 'Expenses:Groceries';
export const housing = 'Expenses:Housing';
export const other = 'Expenses:Other';
export const ibanOf = { [checking]: 'DE89370400440532013000', [savings]: 'AT611904300234573201' };
export type FedAccount = keyof typeof ibanOf;
type Told = Record<FedAccount, readonly ObservedEntry[]>;
const accounts = ([checking, savings] as const).map((path) => ({
  ...giro,
  externalId: path,
  iban: ibanOf[path],
}));

export function cellOf(value: PlainCell): MemoryCell {
  if (value === null || value === '') return { kind: 'empty' };
  if (typeof value === 'string') return { kind: 'text', text: value };
  return typeof value === 'number'
    ? { kind: 'number', number: value }
    : { kind: 'check', checked: value };
}

export function plainOf(cell: MemoryCell | undefined): PlainCell {
  if (!cell || cell.kind === 'empty') return null;
  if (cell.kind === 'text') return cell.text;
  return cell.kind === 'number' ? cell.number : cell.checked;
}

function readTab<C extends AnyColumn>(tab: SheetTab<C> | null) {
  if (!tab) return null;
  const { sheetId, title, columns } = tab;
  const names = Object.keys(columns) as C[];
  return {
    sheetId,
    title,
    columns: names.map((name) => ({ name, position: columns[name] ?? 0 })),
    rows: tab.rows.map(({ index, cells }) => [index, ...names.map((name) => plainOf(cells[name]))]),
  };
}

/** The bank of a world, with entries for each account. */
function bankOf(connector: BankConnector | undefined, told: Told): BankConnector {
  if (!connector) throw new Error('no bank');
  return {
    ...connector,
    open: async (...args) => ({
      ...(await connector.open(...args)),
      accounts: async () => accounts,
      async *entries(id, { from }) {
        const all = told[id as FedAccount];
        yield { entries: all.filter(({ bookingDate = from }) => bookingDate >= from) };
      },
    }),
  };
}

/** The rows of the Transactions tab, as their user sees and writes them. */
function openRows(state: MemoryState) {
  const rows = (): Row[] => {
    state.transactions ??= [];
    return state.transactions;
  };
  const view = (row: Row | undefined): Shown =>
    Object.fromEntries(Object.entries(row ?? {}).map(([name, cell]) => [name, plainOf(cell)]));
  const put = (row: Row | undefined, cells: Shown) => {
    if (!row) throw new Error('no such row');
    for (const [name, value] of Object.entries(cells)) {
      row[name as TransactionColumn] = cellOf(value ?? null);
    }
  };
  const add = (day: string, cells: Shown) => {
    const row: Row = {};
    const plain = { currency: 'EUR', account: checking, posted: false, date: toSerial(day) };
    put(row, { ...plain, ...cells });
    rows().push(row);
    return row;
  };
  return {
    rows,
    view,
    put,
    add,
    shown: (id: string) => view(rows().find((row) => plainOf(row.id) === id)),
    newest: () => rows().at(-1),
  };
}

/** A book of two bank accounts that their bank fills, its user's hand, and what the cloud says of it. */
export async function openFedBook() {
  const it = createTestWorld('2026-03-20T08:00:00.000Z');
  const { sheet, pass } = it;
  const told: Told = { [checking]: [], [savings]: [] };
  const bank = bankOf(it.world.connectors.get('fake'), told);
  const world = { ...it.world, connectors: new Map([['fake', bank]]) };
  await connectGiro(world, {
    accounts: accounts.map((account, at) => {
      const bookAccount = { path: account.externalId, type: 'asset' } as const;
      return { ...account, key: `k${at}`, feed: { bookAccount, from: '2026-01-01' } };
    }),
  });
  const named = [checking, savings, groceries, other, housing, 'Income:Salary'];
  sheet.state.accounts = named.map((path) => ({ path: cellOf(path) }));
  const rows = openRows(sheet.state);
  const reading = async (): Promise<BookReading> => {
    const snapshot = await sheet.port.readBook(bookId);
    const { transactions, accounts: paths, rules } = snapshot;
    const tabs = { transactions: readTab(transactions), accounts: readTab(paths) };
    return bookReading.parse({ ...snapshot, ...tabs, rules: readTab(rules) });
  };
  return {
    ...it,
    ...rows,
    world,
    reading,
    hand: createMemoryHand(sheet.state),
    sync: async (news: Partial<Told>) => {
      Object.assign(told, news);
      pass(3_600_000);
      await syncConnection(world, 'c1', 'manual');
      await deliverBook(world, bookId);
    },
    want: (change: Partial<SuggestionSettings>) =>
      setSuggestions(world.store, bookId, { certainty: 0.5, postFrom: null, transit, ...change }),
    review: async () => reviewDrafts(world, bookId, await reading()),
    /** What *Suggest again* writes. */
    again: async () => {
      const changes = await suggestAgain(world, bookId, await reading());
      for (const { index, cells } of changes?.transactions.update ?? []) {
        const values = Object.entries(cells).map(([name, { value }]) => [name, value]);
        rows.put(rows.rows()[index - 1], Object.fromEntries(values));
      }
    },
  };
}

export type FedBook = Awaited<ReturnType<typeof openFedBook>>;

export const shop = 'Hofladen Krause · KARTE 77';

/** Rows of a shop and of a landlord, as a user posts them. */
export async function openTaughtBook(): Promise<FedBook> {
  const book = await openFedBook();
  for (let at = 0; at < 20; at++) {
    const day = addDays('2026-01-01', at);
    const bought = { description: shop, amount: -20 - at / 10, counterAccount: groceries };
    const rent = { description: 'Lena Wirt · MIETE', amount: -900, counterAccount: housing };
    book.add(day, { id: `food${at}`, posted: true, ...bought });
    if (at % 3 === 0) book.add(day, { id: `rent${at}`, posted: true, ...rent });
  }
  return book;
}

/** What the bank tells of a payment to the shop that a taught book knows. */
export const food = (facts: Partial<ObservedEntry> = {}) =>
  entry('-21.50', {
    reference: 'F1',
    bookingDate: '2026-03-17',
    counterparty: 'Hofladen Krause',
    text: 'KARTE 77',
    ...facts,
  });
/** One side of a transfer between the user's own accounts. */
export const moved = (amount: string, day: string, facts: Partial<ObservedEntry> = {}) =>
  entry(amount, {
    reference: `M${amount}${day}`,
    bookingDate: day,
    counterparty: 'Erika Muster',
    text: 'Umbuchung',
    ...facts,
  });
export const bothSides = {
  [checking]: [moved('-500.00', '2026-03-17')],
  [savings]: [moved('500.00', '2026-03-18')],
};
