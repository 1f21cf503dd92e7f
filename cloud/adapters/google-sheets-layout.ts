import {
  type AccountColumn,
  type AnyColumn,
  accountColumns,
  type RuleColumn,
  ruleColumns,
  type TabKind,
  type TransactionColumn,
  transactionColumns,
} from '../../shared/book.ts';

/** How the tabs of a book look: titles, widths, what must be there. Decided here and nowhere else. */

export interface TabLayout<Column extends AnyColumn = AnyColumn> {
  readonly kind: TabKind;
  /** In the order in which they are made. */
  readonly columns: readonly Column[];
  readonly widths: Readonly<Record<Column, number>>;
  /** Columns without which nothing is written; the others the user may delete. */
  readonly needed: readonly Column[];
  /** Columns that may be missing as long as nothing is to be written into them. */
  readonly neededWhereFilled: readonly Column[];
  readonly hidden: readonly Column[];
  /** Columns with the drop-down of the book's accounts. */
  readonly choices: readonly Column[];
  /** Columns with a check box in each row that Bookfeed writes. */
  readonly checks: readonly Column[];
  /** Columns with a check box in every row, which leaves its cell blank while it is not ticked. */
  readonly blankChecks: readonly Column[];
}

/** Widths in pixels at Google's 10 pt Arial: real bank text, and still the ✓ beside an open sidebar on 1440 px. */
export const transactionsLayout: TabLayout<TransactionColumn> = {
  kind: 'transactions',
  columns: transactionColumns,
  widths: {
    date: 92,
    description: 320,
    amount: 96,
    currency: 64,
    account: 170,
    counterAccount: 180,
    posted: 44,
    why: 260,
    balance: 116,
    notes: 220,
    counterpartyAccount: 200,
    id: 200,
  },
  needed: [
    'date',
    'description',
    'amount',
    'currency',
    'account',
    'counterAccount',
    'posted',
    'id',
  ],
  neededWhereFilled: [],
  hidden: ['counterpartyAccount', 'id'],
  choices: ['account', 'counterAccount'],
  checks: ['posted'],
  blankChecks: [],
};

export const accountsLayout: TabLayout<AccountColumn> = {
  kind: 'accounts',
  columns: accountColumns,
  widths: {
    name: 200,
    type: 92,
    path: 280,
    currency: 80,
    bookBalance: 124,
    bankBalance: 124,
    difference: 110,
  },
  needed: ['name', 'type', 'path'],
  neededWhereFilled: [],
  hidden: [],
  choices: [],
  checks: [],
  blankChecks: [],
};

/** A user keeps the columns that their rules use: but a condition that was left out would let a rule match anything. */
export const rulesLayout: TabLayout<RuleColumn> = {
  kind: 'rules',
  columns: ruleColumns,
  widths: {
    whenText: 220,
    whenCounterparty: 200,
    amountFrom: 96,
    amountTo: 96,
    whenAccount: 180,
    thenCounterAccount: 180,
    thenDescription: 220,
    thenPost: 100,
    problem: 320,
  },
  needed: [],
  neededWhereFilled: ruleColumns.filter((column) => column !== 'problem'),
  hidden: [],
  choices: ['whenAccount', 'thenCounterAccount'],
  checks: [],
  blankChecks: ['thenPost'],
};

/** Rows of a new tab, as Google gives them to one. */
export const newTabRows = 1000;

interface Titles {
  readonly tabs: Readonly<Record<TabKind, string>>;
  readonly columns: Readonly<Record<AnyColumn, string>>;
}

const english: Titles = {
  tabs: { transactions: 'Transactions', accounts: 'Accounts', rules: 'Rules' },
  columns: {
    date: 'Date',
    description: 'Description',
    amount: 'Amount',
    currency: 'Currency',
    account: 'Account',
    counterAccount: 'Counter-account',
    posted: '✓',
    why: 'Why',
    balance: 'Balance',
    notes: 'Notes',
    counterpartyAccount: 'Counterparty account',
    id: 'Bookfeed id',
    name: 'Name',
    type: 'Type',
    path: 'Path',
    bookBalance: 'Book balance',
    bankBalance: 'Bank balance',
    difference: 'Difference',
    whenText: 'When text has',
    whenCounterparty: 'When counterparty is',
    amountFrom: 'Amount from',
    amountTo: 'Amount to',
    whenAccount: 'When account is',
    thenCounterAccount: 'Then counter-account',
    thenDescription: 'Then description',
    thenPost: 'Post at once',
    problem: 'Problem',
  },
};

const german: Titles = {
  tabs: { transactions: 'Buchungen', accounts: 'Konten', rules: 'Regeln' },
  columns: {
    date: 'Datum',
    description: 'Beschreibung',
    amount: 'Betrag',
    currency: 'Währung',
    account: 'Konto',
    counterAccount: 'Gegenkonto',
    posted: '✓',
    why: 'Warum',
    balance: 'Saldo',
    notes: 'Notizen',
    counterpartyAccount: 'Konto der Gegenpartei',
    id: 'Bookfeed-Kennung',
    name: 'Name',
    type: 'Art',
    path: 'Pfad',
    bookBalance: 'Saldo im Buch',
    bankBalance: 'Saldo der Bank',
    difference: 'Differenz',
    whenText: 'Wenn Text enthält',
    whenCounterparty: 'Wenn Gegenpartei ist',
    amountFrom: 'Betrag von',
    amountTo: 'Betrag bis',
    whenAccount: 'Wenn Konto ist',
    thenCounterAccount: 'Dann Gegenkonto',
    thenDescription: 'Dann Beschreibung',
    thenPost: 'Sofort buchen',
    problem: 'Problem',
  },
};

const titlesByLanguage: Readonly<Record<string, Titles>> = { en: english, de: german };

/** Titles in the language of a locale such as de_AT; English where we have none. */
export function titlesFor(locale: string): Titles {
  return titlesByLanguage[locale.slice(0, 2)] ?? english;
}

/** The title, with a number behind it where one of the user's tabs has it already. */
export function freeTitle(title: string, taken: readonly string[]): string {
  const names = new Set(taken.map((name) => name.toLowerCase()));
  let free = title;
  for (let number = 2; names.has(free.toLowerCase()); number += 1) free = `${title} ${number}`;
  return free;
}

/** How days are written in a locale. */
export function datePattern(locale: string): string {
  if (locale === 'en_US') return 'mm/dd/yyyy';
  if (/^(de|pl|cs|fi|nb)/.test(locale)) return 'dd.mm.yyyy';
  if (/^(en|fr|es|it|pt)/.test(locale)) return 'dd/mm/yyyy';
  return 'yyyy-mm-dd';
}

/** Amounts with as many decimals as the currency has, red below zero. */
export function amountPattern(decimals: number): string {
  const digits = decimals === 0 ? '#,##0' : `#,##0.${'0'.repeat(decimals)}`;
  return `${digits};[Red]-${digits}`;
}

/** Numbers that are no sum of money in a currency. */
export const numberPattern = '#,##0.00';

/** Text of drafts. */
export const draftFormat = {
  textFormat: {
    italic: true,
    foregroundColorStyle: { rgbColor: { red: 0.45, green: 0.45, blue: 0.45 } },
  },
};
