import { z } from 'zod';
import type { RowView } from './api.ts';
import type { CalendarDate } from './calendar-date.ts';

/** What a book wants of suggestions. */
export interface SuggestionSettings {
  /** A suggestion below this probability is left out, 0.05 to 0.99. */
  readonly certainty: number;
  /** Booked rows are posted at once from this probability on, 0.9 to 0.999; null: never. */
  readonly postFrom: number | null;
  /** Path of the book account against which a transfer's sides stand. */
  readonly transit: string;
}

export const defaultSuggestions: SuggestionSettings = {
  certainty: 0.5,
  postFrom: null,
  transit: 'Assets:In transit',
};

/** Conditions and actions of a rule as they are typed; absent: none. Amounts in units, negative leaves the account. */
export const ruleInput = z.strictObject({
  text: z.string().trim().min(1).max(200).exactOptional(),
  counterparty: z.string().trim().min(1).max(200).exactOptional(),
  amountFrom: z.number().exactOptional(),
  amountTo: z.number().exactOptional(),
  account: z.string().trim().min(1).max(200).exactOptional(),
  counterAccount: z.string().trim().min(1).max(200).exactOptional(),
  description: z.string().trim().min(1).max(200).exactOptional(),
  post: z.boolean(),
});
export type RuleInput = z.infer<typeof ruleInput>;

/** A row as a receipt shows it. */
export interface ReceiptRow extends RowView {
  readonly counterAccount: string;
}

/** Why a counter-account is suggested: computed from what the suggestion used. */
export interface Receipt {
  /** 'You posted 12 of 12 rows of REWE to Expenses:Groceries, last on 2026-03-02.' */
  readonly sentence: string;
  /** Two to five of the user's own rows that say so, the newest first; fewer where there are fewer. */
  readonly rows: readonly ReceiptRow[];
  /** What speaks for another account, where something does, and the rows of that. */
  readonly against?: string;
  readonly rowsAgainst?: readonly ReceiptRow[];
}

/** From what a suggestion comes: a rule of the user's, a transfer between own accounts, or what was learned. */
export type SuggestedBy = 'rule' | 'transfer' | 'learner';

/** `sure`: of such suggestions at least 95 in 100 are right; `likely`: above the book's certainty; `none`: no idea. */
export type Certainty = 'sure' | 'likely' | 'none';

/** A draft that waits for its user. */
export interface DraftView {
  readonly id: string;
  readonly date: CalendarDate;
  readonly description: string;
  /** Decimal text in its currency. */
  readonly amount: string;
  readonly currency: string;
  readonly account: string;
  readonly isPending: boolean;
  /** As it stands in the row now; '' where nothing does. */
  readonly counterAccount: string;
  /** The user has chosen it, or cleared it: it is suggested no more, and never changed. */
  readonly isChosen: boolean;
  readonly certainty: Certainty;
  readonly by?: SuggestedBy;
  /** The best first; the first is what would be accepted. A rule's or a transfer's has probability 1. */
  readonly candidates: readonly { readonly counterAccount: string; readonly probability: number }[];
  readonly receipt?: Receipt;
  /** The row that is the other side of a transfer; the pair may be rejected. */
  readonly otherSide?: string;
}

/** What a review shows, by what stands in the book at that moment. */
export interface DraftReview {
  /** The newest first, 200 at most. */
  readonly drafts: readonly DraftView[];
  /** How many wait in all. */
  readonly total: number;
  /** All that are sure and booked, also beyond those shown: what *Accept all sure* posts. */
  readonly sure: readonly AcceptedDraft[];
  /** Book accounts to choose from. */
  readonly accounts: readonly string[];
  readonly settings: SuggestionSettings;
  /** What In transit holds, by currency, decimal text; empty when it is at zero. */
  readonly inTransit: readonly { readonly amount: string; readonly currency: string }[];
}

/** A draft that the user accepts: it is posted only while its counter-account still is what the user saw. */
export interface AcceptedDraft {
  readonly id: string;
  readonly counterAccount: string;
  /** What stood in the row when it was shown. */
  readonly stood: string;
}

/** How a rule would have done on the rows that the user has posted. */
export interface Backtest {
  /** Rows that it would have filled. */
  readonly filled: number;
  /** Of these, as the user did. */
  readonly right: number;
  /** Rows that the user posted to its counter-account, by whatever way. */
  readonly of: number;
  /** Those that the user posted otherwise; the newest first, five at most. */
  readonly wrong: readonly ReceiptRow[];
}

export interface RuleView extends Backtest {
  /** Position of its row in the tab, from 0, the header row being 0. */
  readonly index: number;
  /** 'Text has “rewe” and amount is -100 to 0: Expenses:Groceries, posted at once'. */
  readonly sentence: string;
}

export interface RuleProposalView extends Backtest {
  /** By which it is dismissed. */
  readonly key: string;
  readonly sentence: string;
  readonly rule: RuleInput;
  /** Two to five of the user's own rows that say so. */
  readonly rows: readonly ReceiptRow[];
}

export interface RulesReview {
  readonly settings: SuggestionSettings;
  readonly accounts: readonly string[];
  readonly rules: readonly RuleView[];
  /** Rows of the tab that are no rules, and what to write instead. */
  readonly problems: readonly { readonly index: number; readonly message: string }[];
  readonly proposals: readonly RuleProposalView[];
  /** How sure suggestions were before their rows were posted, in tenths: of `count` with that certainty `right` were right. */
  readonly reliability: readonly {
    readonly from: number;
    readonly to: number;
    readonly count: number;
    readonly right: number;
  }[];
}
