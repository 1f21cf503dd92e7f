import type { CalendarDate } from './calendar-date.ts';

export type BookAccountType = 'asset' | 'liability' | 'income' | 'expense' | 'equity';

/** An account of the book. */
export interface BookAccount {
  /** Place in the tree, parts joined by ':', as `Assets:Plants:Solar 3`. Unique in a book. */
  readonly path: string;
  readonly type: BookAccountType;
  /** ISO 4217; absent for accounts that take any. */
  readonly currency?: string;
}

/** Which book account a bank account fills, and from when on (the historical period). */
export interface Feed {
  readonly bookAccount: BookAccount;
  /** Entries booked before this day make no rows. */
  readonly from: CalendarDate;
}

/** Meaning of the columns of the Transactions tab, in the order in which they are made. */
export const transactionColumns = [
  'date',
  'description',
  'amount',
  'currency',
  'account',
  'counterAccount',
  'posted',
  'why',
  'balance',
  'notes',
  'counterpartyAccount',
  'id',
] as const;
export type TransactionColumn = (typeof transactionColumns)[number];

/** Meaning of the columns of the Accounts tab, in the order in which they are made. */
export const accountColumns = [
  'name',
  'type',
  'path',
  'currency',
  'bookBalance',
  'bankBalance',
  'difference',
] as const;
export type AccountColumn = (typeof accountColumns)[number];

/** Meaning of the columns of the Rules tab, in the order in which they are made: a row is a rule, the first match wins. */
export const ruleColumns = [
  'whenText',
  'whenCounterparty',
  'amountFrom',
  'amountTo',
  'whenAccount',
  'thenCounterAccount',
  'thenDescription',
  'thenPost',
  'problem',
] as const;
export type RuleColumn = (typeof ruleColumns)[number];

/** Columns of the book's tabs, by what the tabs are, in the order in which they are made. */
export const tabColumns = {
  transactions: transactionColumns,
  accounts: accountColumns,
  rules: ruleColumns,
} as const;
export type TabKind = keyof typeof tabColumns;
export type AnyColumn = TransactionColumn | AccountColumn | RuleColumn;

/** Key of the developer metadata that tells the meaning of a column (its value) or of a tab. */
export const columnMetadataKey = 'bookfeed-column';
/** Key of the developer metadata that tells what a tab is: `transactions`, `accounts` or `rules`. */
export const tabMetadataKey = 'bookfeed-tab';
/** Key of the developer metadata that marks a delivered batch; its value: when, a blank, the batch's id. */
export const batchMetadataKey = 'bookfeed-batch';
/** Key of the developer metadata by which a caller proves that they may edit the spreadsheet. */
export const proofMetadataKey = 'bookfeed-proof';

/** The type that the first part of a path names: `Assets:Bank` is an asset; undefined when it names none. */
export function typeOfPath(path: string): BookAccountType | undefined {
  const [root] = path.split(':');
  return typeByRoot[root?.trim().toLowerCase() ?? ''];
}

const typeByRoot: Readonly<Record<string, BookAccountType>> = {
  assets: 'asset',
  liabilities: 'liability',
  income: 'income',
  expenses: 'expense',
  equity: 'equity',
};
