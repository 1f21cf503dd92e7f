import type { CredentialField } from '../../../shared/bank.ts';
import type { BankErrorCode } from '../../ports/bank-connector.ts';

/** How one bank's website is logged in to and read, as data: another bank is another file in logins/. */
export interface BankLogin {
  /** What its site asks for, by which `form.fields` are filled. */
  readonly credentials: readonly CredentialField[];
  /** Hosts besides the bank's own that its pages need, as `cdn.example.org:443`. */
  readonly hosts: readonly string[];
  /** Of the browser, so that amounts and days are printed as they are read: `de-DE`. */
  readonly locale: string;
  /** How long after it has loaded a page may still draw what is looked for in it. */
  readonly drawsForMs: number;
  /** How long the bank waits for a confirmation. */
  readonly confirmationMs: number;
  /** Cookies by which the bank knows a browser again in which a login was confirmed. */
  readonly deviceCookies: readonly string[];
  readonly form: {
    readonly path: string;
    /** Selectors by names of the credentials. */
    readonly fields: Readonly<Record<string, string>>;
    /** Boxes to be ticked, as the one that has the browser remembered. */
    readonly ticks: readonly string[];
    readonly submit: string;
  };
  readonly logOut: string;
  /** What tells a page, the first that is found; `inside` is any other page after a login. */
  readonly pages: Readonly<Record<PageKind, string>>;
  /** What tells that the bank refuses, by selector. */
  readonly refusals: Readonly<Record<string, BankErrorCode>>;
  /** From when on the bank gives entries, beside the refusal `period-not-available`. */
  readonly earliest: Place;
  readonly method: {
    readonly prompt: Place;
    /** A radio button each. */
    readonly options: RowsAt<'id' | 'name'>;
    readonly submit: string;
  };
  readonly code: {
    readonly prompt: Place;
    readonly field: string;
    readonly inputMode: Place;
    readonly length: Place;
    readonly picture: Place;
    readonly pictureAlt: Place;
    readonly submit: string;
  };
  readonly approval: { readonly prompt: Place; readonly everySeconds: Place };
  /** Paths may hold `{id}`, the account's. */
  readonly accounts: { readonly path: string } & RowsAt<AccountField>;
  /** Where the bank tells the last day, YYYY-MM-DD, on which it asks this browser for no confirmation. */
  readonly knownUntil?: Place;
  readonly account: { readonly path: string } & RowsAt<BalanceField>;
  readonly entries: {
    readonly path: string;
    /** Names of the query's fields. */
    readonly from: string;
    readonly to: string;
    readonly order: 'oldest-first' | 'newest-first';
    /** A link. */
    readonly next: Place;
    /** How many there are on all pages. */
    readonly total: Place;
  } & RowsAt<EntryField>;
}

export type PageKind =
  | 'method'
  | 'code'
  | 'approval'
  | 'login'
  | 'accounts'
  | 'account'
  | 'entries'
  | 'inside';

export type AccountField =
  | 'id'
  | 'type'
  | 'currency'
  | 'name'
  | 'holder'
  | 'product'
  | 'iban'
  | 'mask';
export type BalanceField = 'booked' | 'available';
export type EntryField =
  | 'status'
  | 'reference'
  | 'booking'
  | 'value'
  | 'counterparty'
  | 'account'
  | 'text'
  | 'amount'
  | 'original'
  | 'balance';

/** Where a value stands below an element, or in it: the text of what `select` finds, line by line, or an attribute of it. */
export interface Place {
  readonly select?: string;
  readonly attribute?: string;
  /** Its white space is the bank's, and not that of the page's markup. */
  readonly isAsIs?: true;
}

/** Things that stand below each other: an element each, and in it a place for each field. */
export interface RowsAt<Field extends string> {
  readonly rows: string;
  readonly fields: Readonly<Record<Field, Place>>;
}
