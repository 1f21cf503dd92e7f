import type { CalendarDate } from '../../shared/calendar-date.ts';
import type { Money } from '../../shared/money.ts';

/** Between the counterparty and the bank's text in a row's description. */
export const descriptionSeparator = ' · ';

/** A row of the book as the learner, the rules and the transfers see it. */
export interface BookRow {
  readonly date: CalendarDate;
  /** `Counterparty · text`, as it stands in the row; either part may be missing. */
  readonly description: string;
  /** Negative: money out of `account`. */
  readonly amount: Money;
  /** Path of the book account that the bank account fills. */
  readonly account: string;
  /** IBAN or another number of the counterparty's account, where the bank tells it. */
  readonly counterpartyAccount?: string;
}

/** A row that the user has posted. */
export interface PostedRow extends BookRow {
  readonly counterAccount: string;
  /** The user posted it otherwise than was suggested. */
  readonly isCorrection?: true;
}
