import type { Money } from '../../../shared/money.ts';
import type { BookRow } from '../book-row.ts';

/** A row with an id that may be one side of a transfer between own accounts. */
export interface LegRow extends BookRow {
  readonly id: string;
  /** As it stands in the row; '' where nothing does. */
  readonly counterAccount: string;
  readonly isPosted: boolean;
  readonly isPending: boolean;
  /** The user has chosen the counter-account (or cleared it): it is never changed. */
  readonly isChosen: boolean;
  /** The sum in the currency in which it was spent or received, where the bank gives it. */
  readonly original?: Money;
}

/** An account of the user's that fills the book. */
export interface OwnAccount {
  readonly path: string;
  /** IBAN and other numbers of it. */
  readonly numbers: readonly string[];
  readonly holder: string;
}

/** What is known of a row as a transfer. */
export type TransferFinding =
  | {
      /** Two rows are the two sides of one transfer. */
      readonly kind: 'pair';
      readonly outgoing: string;
      readonly incoming: string;
      /**
       * What they leave in transit: the sum of their amounts, negated. A fee is positive; where the currencies differ,
       * the outgoing sum is positive and the incoming one negative; empty when they cancel out.
       */
      readonly leftover: readonly Money[];
      /** What says so, strongest first. */
      readonly evidence: readonly TransferEvidence[];
    }
  | {
      /** Goes to or comes from an own account, whose row has not come. */
      readonly kind: 'waiting';
      readonly id: string;
      /** Path of that account. */
      readonly other: string;
    }
  | {
      /** The other side stands against this row's account directly: posted too, the transfer would be there twice. */
      readonly kind: 'booked';
      readonly id: string;
      readonly by: string;
    }
  | {
      /** Several rows could be the other side just as well, or several be this one: nothing is paired. */
      readonly kind: 'unclear';
      readonly id: string;
      /** Ids of those that could be its other side, then of those that could be it instead; at most 8. */
      readonly others: readonly string[];
      /** Path of the own account on its other side, where its number tells it whichever row that is. */
      readonly other?: string;
    };

export type TransferEvidence = 'number' | 'name' | 'words' | 'amount' | 'original' | 'day';
