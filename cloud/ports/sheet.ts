import type { AccountColumn, RuleColumn, TransactionColumn } from '../../shared/book.ts';
import type { CalendarDate } from '../../shared/calendar-date.ts';
import type { PlainChanges } from '../../shared/delivery.ts';
import type { Money } from '../../shared/money.ts';

/** What stands in a cell, typed, never parsed from text: days and amounts are what they are. */
export type Cell =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'number'; readonly number: number }
  | { readonly kind: 'check'; readonly checked: boolean }
  | { readonly kind: 'empty' };

/**
 * What Bookfeed writes into a cell. Text can never become a formula, and is cut by `fitCell`, as is a note. An absent
 * note leaves the one that the cell has; '' takes it away.
 */
export type CellContent =
  | { readonly kind: 'text'; readonly text: string; readonly note?: string }
  | { readonly kind: 'date'; readonly date: CalendarDate }
  | { readonly kind: 'amount'; readonly amount: Money; readonly note?: string }
  /** Shown with two decimals. */
  | { readonly kind: 'number'; readonly number: number }
  | { readonly kind: 'check'; readonly checked: boolean }
  | { readonly kind: 'empty' };

/** Most characters of a cell (https://support.google.com/drive/answer/37603): one more, and a whole write is refused. */
export const cellTextMax = 50_000;

/** The text as a cell takes it: cut, with … for what is left out. */
export function fitCell(text: string, max = cellTextMax): string {
  return text.length <= max ? text : `${text.slice(0, max - 1).toWellFormed()}…`;
}

/** A row that stands in a tab now. */
export interface SheetRow<Column extends string> {
  /** Position at the time of reading, from 0, the header row being 0. */
  readonly index: number;
  readonly cells: Partial<Readonly<Record<Column, Cell>>>;
}

/** A tab of the book as it stands, whatever the user calls it. */
export interface SheetTab<Column extends string> {
  readonly sheetId: number;
  readonly title: string;
  /** Position of each column that is there, from 0. */
  readonly columns: Partial<Readonly<Record<Column, number>>>;
  /** Rows with content in one of the columns; a box that is not ticked is none. */
  readonly rows: readonly SheetRow<Column>[];
}

/** The spreadsheet as it stood at one reading. */
export interface BookSnapshot {
  readonly title: string;
  /** As en_US, de_DE. */
  readonly locale: string;
  /** Null until the tab is made. */
  readonly transactions: SheetTab<TransactionColumn> | null;
  readonly accounts: SheetTab<AccountColumn> | null;
  /** Null until the first rule, or until the user opens the tab. */
  readonly rules: SheetTab<RuleColumn> | null;
  /** Ids of the newest delivered batches. */
  readonly deliveredBatches: readonly string[];
  /** Titles of the user's own tabs, which a new tab must not take; absent: none are known. */
  readonly otherTitles?: readonly string[];
  /** The spreadsheet's only tab, where nothing stands in it: a new Transactions tab takes its place. */
  readonly emptySheetId?: number;
}

/** Cells for a new row or for changes to one. */
export type RowContent<Column extends string> = Partial<Readonly<Record<Column, CellContent>>>;

/** New rows for the end of a tab, new content for cells of rows that stand there, and rows that go. */
export interface TabChanges<Column extends string> {
  readonly append: readonly RowContent<Column>[];
  readonly update: readonly { readonly index: number; readonly cells: RowContent<Column> }[];
  /** Positions at the time of reading; the adapter removes them after the updates, from the last to the first. */
  readonly remove: readonly number[];
}

/** Everything one delivery changes; tabs that the snapshot lacks are made first, Rules where it is named. */
export interface BookChanges {
  /** Written as markers in the same request: a second writing of one of them fails and changes nothing. */
  readonly batchIds: readonly string[];
  readonly transactions: TabChanges<TransactionColumn>;
  readonly accounts: TabChanges<AccountColumn>;
  /**
   * Absent: the tab is neither made nor written. What a rule fills must have its column; an unticked box is left blank,
   * so that the boxes which the whole column has are no content.
   */
  readonly rules?: TabChanges<RuleColumn>;
}

/** The book's spreadsheet. Throws FailureError with a sheet-… code. */
export interface Sheet {
  /** The whole book in one request; of `layout` nobody needs the rows, and there may be none. */
  readBook(spreadsheetId: string, extent?: 'layout'): Promise<BookSnapshot>;
  /** All changes in one atomic request, against the snapshot just read. A batch that is there already: no error, no change. */
  writeBook(spreadsheetId: string, snapshot: BookSnapshot, changes: BookChanges): Promise<void>;
  /** The same changes for the add-on, which writes them where the cloud may not: the two look alike afterwards. */
  spellChanges(snapshot: BookSnapshot, changes: BookChanges): PlainChanges;
  /** Whether the spreadsheet carries this proof, which only those who may edit it can leave there. */
  hasProof(spreadsheetId: string, proof: string): Promise<boolean>;
}
