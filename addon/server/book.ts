import type { BookAccount } from '../../shared/book.ts';

/** What the sidebar needs of the spreadsheet that is open. */
export interface Book {
  readonly title: string;
  /** Google's word for it: en_US, de_DE, de. */
  readonly locale: string;
  /** IANA name. */
  readonly timeZone: string;
  /** Empty as long as there is no Accounts tab. */
  readonly accounts: readonly BookAccount[];
}
