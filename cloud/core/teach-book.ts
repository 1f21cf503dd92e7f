import { defaultSuggestions, type SuggestionSettings } from '../../shared/suggestions.ts';
import type { PostedRow } from '../learner/book-row.ts';
import type { Learner } from '../learner/learner.ts';
import type { Rule, RuleProblem } from '../learner/rules/rule.ts';
import type { OwnAccount } from '../learner/transfers/transfer.ts';
import type { BookSnapshot } from '../ports/sheet.ts';
import type { Store } from '../ports/store.ts';
import { starterPaths } from './account-rows.ts';
import { textOf } from './bank-cells.ts';
import { suggestions } from './documents.ts';
import type { FileAccountDoc } from './file-documents.ts';
import { loadBookAccounts } from './file-targets.ts';
import { type KnownRow, postedRows, readRows } from './known-rows.ts';
import { learnBook } from './learn-book.ts';
import { readRules } from './rule-rows.ts';

/** All that suggestions of a book are made from. */
export interface Teaching {
  readonly settings: SuggestionSettings;
  readonly rows: readonly KnownRow[];
  /** What Bookfeed posts itself is marked in Why: where the user has deleted that column, it posts nothing. */
  readonly mayPost: boolean;
  /** Those that the user has posted, in the order in which they are learned. */
  readonly posted: readonly PostedRow[];
  readonly learner: Learner;
  readonly rules: readonly Rule[];
  readonly problems: readonly RuleProblem[];
  readonly own: readonly OwnAccount[];
  /** Paths of the Accounts tab. */
  readonly accounts: readonly string[];
  readonly rejectedPairs: ReadonlySet<string>;
  readonly dismissedRules: ReadonlySet<string>;
}

/** What the book as it was read, its settings and its bank accounts have to say; what was learned is kept for later. */
export async function teachBook(
  store: Store,
  bookId: string,
  snapshot: BookSnapshot,
): Promise<Teaching> {
  const kept = await store.get(suggestions, bookId);
  const { linked, ofFiles } = await loadBookAccounts(store, bookId);
  const rows = readRows(snapshot.transactions?.rows ?? []);
  const posted = postedRows(rows);
  const { learner, writes } = await learnBook(store, bookId, posted);
  if (writes.length > 0) await store.commit(writes);
  const settings = { ...defaultSuggestions, ...kept?.value.settings };
  const accounts = accountPaths(snapshot);
  // In transit is found by both sides of a transfer, never by its name.
  learner.knowAccounts(accounts.filter((path) => path !== settings.transit));
  return {
    settings,
    rows,
    mayPost: snapshot.transactions?.columns.why !== undefined || !snapshot.transactions,
    posted,
    learner,
    ...readRules(snapshot.rules, snapshot.accounts && new Set(accounts)),
    own: [...linked, ...ofFiles].map(ownAccount),
    accounts,
    rejectedPairs: new Set(kept?.value.rejectedPairs),
    dismissedRules: new Set(kept?.value.dismissedRules),
  };
}

/** Those of the tab, or those that it will have when this delivery makes it. */
export function accountPaths({ accounts }: BookSnapshot): readonly string[] {
  const paths = accounts?.rows.map(({ cells }) => textOf(cells.path).trim()) ?? starterPaths;
  return [...new Set(paths.filter(Boolean))];
}

function ownAccount({ feed, iban, mask, holder }: FileAccountDoc): OwnAccount {
  const numbers = [iban, mask].flatMap((it) => it ?? []);
  return { path: feed.bookAccount.path, numbers, holder };
}
