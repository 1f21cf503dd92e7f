import type {
  BookChanges,
  BookSnapshot,
  RowContent,
  Sheet,
  SheetRow,
} from '../../cloud/ports/sheet.ts';
import type { AnyColumn, TabKind, TransactionColumn } from '../../shared/book.ts';

/** A sheet with what a test needs around it: spreadsheets, and the hand of a user who edits them. */
export interface SheetWorld {
  readonly sheet: Sheet;
  /** With one empty tab, Sheet1, unless other tabs are named. */
  createSpreadsheet(made?: NewSpreadsheet): Promise<string>;
  /** In the Transactions tab where no other is named. */
  handIn(spreadsheetId: string, tab?: TabKind): SheetHand;
  /** Shares the spreadsheet with Bookfeed in another way, or deletes it. */
  share(spreadsheetId: string, as: Access): Promise<void>;
  close(): Promise<void>;
}

export interface NewSpreadsheet {
  readonly title?: string;
  readonly locale?: string;
  readonly tabs?: readonly string[];
}

export type Access = 'writer' | 'reader' | 'none' | 'deleted';

/**
 * What a user does in a tab of ours. Rows and columns count from 0, row 0 being the headers; columns are named by their
 * meaning, wherever they are.
 */
export interface SheetHand {
  write(row: number, column: AnyColumn, value: string | number | boolean): Promise<void>;
  readNote(row: number, column: AnyColumn): Promise<string>;
  writeNote(row: number, column: AnyColumn, note: string): Promise<void>;
  insertRow(row: number): Promise<void>;
  deleteRow(row: number): Promise<void>;
  copyRow(from: number, to: number): Promise<void>;
  /** Upwards. */
  sortBy(column: AnyColumn): Promise<void>;
  /** An own column with that header. */
  insertColumn(at: number, header: string): Promise<void>;
  moveColumnToFront(column: AnyColumn): Promise<void>;
  deleteColumn(column: AnyColumn): Promise<void>;
  /** The column stays, and nothing says any more what it means. */
  disownColumn(column: AnyColumn): Promise<void>;
  renameTab(title: string): Promise<void>;
  addTab(title: string): Promise<void>;
  deleteOurTabs(): Promise<void>;
  /** Writes into the tab that was there when the spreadsheet was made. */
  writeInFirstTab(value: string): Promise<void>;
  leaveProof(proof: string): Promise<void>;
}

export const text = (it: string, note?: string) =>
  ({ kind: 'text', text: it, ...(note !== undefined && { note }) }) as const;
export const amount = (minor: number, currency = 'EUR', note?: string) =>
  ({
    kind: 'amount',
    amount: { minor, currency },
    ...(note !== undefined && { note }),
  }) as const;

/** A row of the transactions as a delivery brings it. */
export function newRow(
  id: string,
  more: RowContent<TransactionColumn> = {},
): RowContent<TransactionColumn> {
  return {
    date: { kind: 'date', date: '2026-03-01' },
    description: text(`Shop ${id}`),
    amount: amount(-1250),
    currency: text('EUR'),
    account: text('Assets:Checking'),
    posted: { kind: 'check', checked: false },
    id: text(id),
    ...more,
  };
}

export type Transactions = Partial<BookChanges['transactions']>;

export function changesOf(
  batchIds: readonly string[],
  transactions: Transactions,
  accounts: Partial<BookChanges['accounts']> = {},
  rules?: Partial<BookChanges['rules']>,
): BookChanges {
  const nothing = { append: [], update: [], remove: [] };
  return {
    batchIds,
    transactions: { ...nothing, ...transactions },
    accounts: { ...nothing, ...accounts },
    ...(rules && { rules: { ...nothing, ...rules } }),
  };
}

/** Reads, writes against what was read, and reads again. */
export async function deliver(
  { sheet }: SheetWorld,
  id: string,
  batchIds: readonly string[],
  transactions: Transactions,
): Promise<BookSnapshot> {
  await sheet.writeBook(id, await sheet.readBook(id), changesOf(batchIds, transactions));
  return sheet.readBook(id);
}

export function rowsOf(snapshot: BookSnapshot): readonly SheetRow<TransactionColumn>[] {
  return snapshot.transactions?.rows ?? [];
}

/** Ids of the rows in their order; null where a row has none. */
export const ids = (snapshot: BookSnapshot) =>
  rowsOf(snapshot).map(({ cells }) => (cells.id?.kind === 'text' ? cells.id.text : null));

export function columnOf(snapshot: BookSnapshot, column: TransactionColumn): number {
  const position = snapshot.transactions?.columns[column];
  if (position === undefined) throw new Error(`there is no column ${column}`);
  return position;
}
