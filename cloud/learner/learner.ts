import type { BookRow, PostedRow } from './book-row.ts';

/** One thing that the suggestion really used. */
export interface Evidence {
  readonly kind: EvidenceKind;
  /**
   * What of the row it goes by, hashed: every row with this key among its `contextKeys` has it, too. '' for evidence that
   * no row stands behind (a name of an account, a known word).
   */
  readonly key: string;
  /** That as it stands in the row's description: ['rewe', 'markt']; empty for amounts, days and the like. */
  readonly words: readonly string[];
  /** The counter-account that it speaks for. */
  readonly counterAccount: string;
  /** Its share of all that was weighed for the first candidate, 0 to 1; negative when it speaks against it. */
  readonly weight: number;
  /** Rows with this context that were posted to `counterAccount`, and all rows with it; faded ones count less. */
  readonly times: number;
  readonly of: number;
}

export type EvidenceKind =
  /** The counterparty's account number. */
  | 'number'
  | 'payee'
  /** The payee with this very amount, or with about this amount. */
  | 'payee-amount'
  | 'words'
  /** Words with about this amount. */
  | 'words-amount'
  | 'amount'
  /** Day of month or week, or a regular interval. */
  | 'day'
  /** The last row of this payee, or the row before in this account. */
  | 'last'
  /** Words of the row are like the name of the book account. */
  | 'name'
  /** A merchant or word that Bookfeed knows. */
  | 'known-word'
  /** Many small signs together (the regression's). */
  | 'mixture';

export interface Candidate {
  readonly counterAccount: string;
  /** Calibrated: of all with 0.97, 97 in 100 are right. 0 to 1. */
  readonly probability: number;
}

export interface Suggestion {
  /** The best first, three at most, each another; none while nothing is known. Never the row's own account. */
  readonly candidates: readonly Candidate[];
  /** What weighed most, for the first candidate or against it, the strongest first, at most eight. */
  readonly evidence: readonly Evidence[];
}

/**
 * What one book has taught. The same rows in the same order always give the same learner, on any machine.
 */
export interface Learner {
  /** How many rows it has learned. */
  readonly rowCount: number;
  learn(row: PostedRow): void;
  suggest(row: BookRow): Suggestion;
  /**
   * The probability from which on, by what was learned last, at least 95 in 100 suggestions were right: 'sure'. It goes
   * by rows before they were learned, never by hindsight. 1 for the first five rows, never below 0.5.
   */
  sureFrom(): number;
  /**
   * How sure its first candidates were before their rows were learned, in tenths, of the last thousands of rows: of
   * `count` with a probability from `from` to `to`, `right` were right. Tenths without rows are left out.
   */
  reliability(): readonly {
    readonly from: number;
    readonly to: number;
    readonly count: number;
    readonly right: number;
  }[];
  /** Accounts of the book, which may be suggested by their names before a row was posted to them. Not part of what is saved. */
  knowAccounts(paths: readonly string[]): void;
}
