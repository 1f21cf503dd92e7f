/**
 * What the user wants done with rows of a kind: a row of the Rules tab. All conditions that are set must hold; one without
 * conditions is no rule.
 */
export interface Rule {
  /** Position of its row in the tab, from 0, the header row being 0; rules hold in this order, the first match wins. */
  readonly index: number;
  /** Stands somewhere in the description; * is anything, capitals, accents and blanks do not count. */
  readonly text?: string;
  /** Is the counterparty, whole; * is anything, as for `text`. */
  readonly counterparty?: string;
  /** Bounds of the amount as the row shows it, in units of its currency, both included; negative leaves the account. */
  readonly amountFrom?: number;
  readonly amountTo?: number;
  /** Path of the row's book account, or of one above it. */
  readonly account?: string;
  readonly counterAccount?: string;
  readonly description?: string;
  /** Posts a booked row at once. */
  readonly post: boolean;
}

/** A rule that stands in no row yet. */
export type NewRule = Omit<Rule, 'index'>;

/** A row of the Rules tab that is no rule. */
export interface RuleProblem {
  readonly index: number;
  /** What is wrong, and what to write instead: 'Amount from: "abc" is no number; write one such as -20.50.' */
  readonly message: string;
}
