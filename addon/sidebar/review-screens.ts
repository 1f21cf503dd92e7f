import type {
  AcceptedDraft,
  DraftReview,
  RulesReview,
  SuggestionSettings,
} from '../../shared/suggestions.ts';

/** The drafts that wait for their user. */
export interface DraftsScreen {
  readonly name: 'drafts';
  /** Null until it has come. */
  readonly review: DraftReview | null;
  /** Whether something has changed since it was asked for. */
  readonly isStale: boolean;
  /** Drafts that the user accepted and a review may still hold. */
  readonly accepted: Readonly<Record<string, Accepting | undefined>>;
  /** Ids, the surest first, as they were when that order was chosen; null: the newest first. */
  readonly surest: readonly string[] | null;
  readonly opened: OpenedDraft | null;
  /** What the last click has brought, '' for nothing yet. */
  readonly outcome: string;
}

/** `asked`: not posted yet; `posted`: a review asked for before may still hold it; `seen`: one is asked for that will not. */
export type Accepting = 'asked' | 'posted' | 'seen';

/** What is open below a draft. */
export interface OpenedDraft {
  readonly id: string;
  readonly part: 'receipt' | 'accounts';
  /** Among the accounts: what is searched for, and the path that is chosen. */
  readonly search: string;
  readonly path: string | null;
}

/** How suggestions are made, and the rules. */
export interface RulesScreen {
  readonly name: 'rules';
  /** Null until it has come. */
  readonly review: RulesReview | null;
  readonly isStale: boolean;
  /** What the user has changed and not saved yet. */
  readonly change: Partial<SuggestionSettings>;
}

/** What a click in a review changes before anything is asked. */
export type ReviewLook =
  | { readonly opened: OpenedDraft | null }
  | { readonly isSurestFirst: boolean }
  /** The user accepts them: they are posted with the next call. */
  | { readonly accept: readonly AcceptedDraft[] }
  | { readonly change: Partial<SuggestionSettings> };

/** What the add-on has posted, and the ids of the drafts that it left as they are. */
export interface Posted {
  readonly posted: number;
  readonly left: readonly string[];
}

export const openedDrafts: DraftsScreen = {
  name: 'drafts',
  review: null,
  isStale: true,
  accepted: {},
  surest: null,
  opened: null,
  outcome: '',
};

export const openedRules: RulesScreen = {
  name: 'rules',
  review: null,
  isStale: true,
  change: {},
};
