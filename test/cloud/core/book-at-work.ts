import { openSqliteStore } from '../../../cloud/adapters/sqlite-store.ts';
import type { AccountBalances, Draft, EntryFacts } from '../../../cloud/core/documents.ts';
import { planRows } from '../../../cloud/core/sheet-rows.ts';
import { type Teaching, teachBook } from '../../../cloud/core/teach-book.ts';
import type { OwnAccount } from '../../../cloud/learner/transfers/transfer.ts';
import type { BookChanges, BookSnapshot, Cell } from '../../../cloud/ports/sheet.ts';
import type { TransactionColumn } from '../../../shared/book.ts';
import type { SuggestionSettings } from '../../../shared/suggestions.ts';
import { createMemorySheet } from './memory-sheet.ts';
import { createMemoryHand } from './memory-sheet-hand.ts';

export const checking = 'Assets:Checking';

export const eur = (minor: number) => ({ minor, currency: 'EUR' });

/** What a bank tells of an entry. */
export function facts(change: Partial<EntryFacts> = {}): EntryFacts {
  return {
    date: '2026-03-01',
    counterparty: 'Cafe Rot',
    text: 'COFFEE',
    amount: eur(-450),
    pending: false,
    ...change,
  };
}

export function draft(id: string, was: EntryFacts | null, now: EntryFacts | null): Draft {
  return { id, account: checking, ...(was && { was }), ...(now && { now }) };
}

export const text = (it: string) => ({ kind: 'text', text: it });
export const number = (it: number) => ({ kind: 'number', number: it });

/** An entry as a bank tells it first, and as it may tell it then. */
export const told = facts();
export const corrected = facts({ amount: eur(-875), date: '2026-03-03' });

/** What is known of a book beside its rows. */
interface Known {
  readonly own?: readonly OwnAccount[];
  readonly settings?: Partial<SuggestionSettings>;
  readonly rejectedPairs?: readonly string[];
}

export type Book = ReturnType<typeof createBook>;

/** Above what names of accounts alone suggest: a book without posted rows is silent. */
const quiet = { certainty: 0.7 };

/** A book in memory, and the deliveries to it, each as a batch of its own. */
export function createBook({ own = [], settings, rejectedPairs = [] }: Known = {}) {
  const { state, port } = createMemorySheet();
  const store = openSqliteStore(':memory:');
  let batches = 0;

  /** What is taught by the book as it stands, with these accounts of the user's. */
  async function teach(snapshot: BookSnapshot): Promise<Teaching> {
    const teaching = await teachBook(store, 'b', snapshot);
    return {
      ...teaching,
      own,
      settings: { ...teaching.settings, ...quiet, ...settings },
      rejectedPairs: new Set(rejectedPairs),
    };
  }

  async function write(
    key: string,
    drafts: readonly Draft[],
    accounts: readonly AccountBalances[],
  ) {
    const value = { bookId: 'b', createdAt: '2026-03-02T08:00:00.000Z', runId: 'r1' };
    const snapshot = await port.readBook('b');
    const batch = { key, value: { ...value, drafts, accounts } };
    const changes = await planRows(snapshot, [batch], () => teach(snapshot));
    await port.writeBook('b', snapshot, changes);
    return changes;
  }

  return {
    state,
    teach: async () => teach(await port.readBook('b')),
    hand: createMemoryHand(state),
    read: async () => (await port.readBook('b')).transactions?.rows ?? [],
    readAccounts: async () => (await port.readBook('b')).accounts?.rows ?? [],
    deliver: (...drafts: readonly Draft[]): Promise<BookChanges> =>
      write(`b${++batches}`, drafts, []),
    deliverBalances: (...accounts: readonly AccountBalances[]): Promise<BookChanges> =>
      write(`b${++batches}`, [], accounts),
    /** Once more the batch of the last delivery. */
    deliverAgain: (drafts: readonly Draft[]): Promise<BookChanges> =>
      write(`b${batches}`, drafts, []),
  };
}

/** A book with one row, `e1`. */
export async function createBookOf(now = told): Promise<Book> {
  const book = createBook();
  await book.deliver(draft('e1', null, now));
  return book;
}

export async function cellsOf(
  book: Book,
  row = 0,
): Promise<Partial<Record<TransactionColumn, Cell>>> {
  return (await book.read())[row]?.cells ?? {};
}

export const whyOf = async (book: Book) => (await cellsOf(book)).why;

export async function idsOf(book: Book): Promise<readonly string[]> {
  return (await book.read()).map(({ cells }) => (cells.id?.kind === 'text' ? cells.id.text : ''));
}
