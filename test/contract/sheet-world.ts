import type { sheets_v4 } from '@googleapis/sheets/build/v4.js';
import type {
  BookChanges,
  BookSnapshot,
  RowContent,
  Sheet,
  SheetRow,
} from '../../cloud/ports/sheet.ts';
import type { TransactionColumn } from '../../shared/book.ts';

/** A sheet with what a test needs around it: spreadsheets, and the hand of a user who edits them. */
export interface SheetWorld {
  readonly sheet: Sheet;
  createSpreadsheet(spreadsheet?: sheets_v4.Schema$Spreadsheet): Promise<string>;
  /** What a user does in the spreadsheet, as the Sheets API puts it. */
  edit(spreadsheetId: string, ...requests: sheets_v4.Schema$Request[]): Promise<void>;
  /** Shares the spreadsheet with Bookfeed in another way, or deletes it. */
  share(spreadsheetId: string, as: 'writer' | 'reader' | 'none' | 'deleted'): Promise<void>;
  close(): Promise<void>;
}

export const text = (it: string, note?: string) =>
  ({ kind: 'text', text: it, ...(note !== undefined && { note }) }) as const;
export const amount = (minor: number, currency = 'EUR') =>
  ({ kind: 'amount', amount: { minor, currency } }) as const;

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
): BookChanges {
  const nothing = { append: [], update: [], remove: [] };
  return {
    batchIds,
    transactions: { ...nothing, ...transactions },
    accounts: { ...nothing, ...accounts },
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
