import { FailureError } from '../../shared/failures.ts';
import type { SuggestionSettings } from '../../shared/suggestions.ts';
import { pairKey } from '../learner/transfers/pair-transfers.ts';
import { type Store, write } from '../ports/store.ts';
import { type SuggestionDoc, suggestions } from './documents.ts';
import { loadBookAccounts } from './file-targets.ts';
import { untilCommitted } from './until-committed.ts';

/** Characters of each kind of what a book's users have refused; beyond it the oldest may be proposed again. */
const refusedMax = 100_000;

/** @throws FailureError `bad-request` where a bank fills the account that is to be In transit */
export async function setSuggestions(
  store: Store,
  bookId: string,
  settings: SuggestionSettings,
): Promise<void> {
  const { transit } = settings;
  const { linked, ofFiles } = await loadBookAccounts(store, bookId);
  if ([...linked, ...ofFiles].some(({ feed }) => feed.bookAccount.path === transit)) {
    throw new FailureError('bad-request', 'transit: a bank fills it; choose another account');
  }
  await change(store, bookId, (doc) => ({ ...doc, settings }));
}

/** The two rows are not taken for a transfer again. */
export function rejectTransfer(
  store: Store,
  bookId: string,
  [one, other]: readonly [string, string],
): Promise<void> {
  const key = pairKey(one, other);
  return change(store, bookId, (doc) => ({
    ...doc,
    rejectedPairs: withNewest(doc.rejectedPairs, key),
  }));
}

/** That rule is not proposed again. */
export function dismissRule(store: Store, bookId: string, key: string): Promise<void> {
  return change(store, bookId, (doc) => ({
    ...doc,
    dismissedRules: withNewest(doc.dismissedRules, key),
  }));
}

function withNewest(keys: readonly string[], key: string): readonly string[] {
  const kept = [...keys.filter((it) => it !== key), key];
  while (kept.reduce((sum, { length }) => sum + length, 0) > refusedMax) kept.shift();
  return kept;
}

async function change(
  store: Store,
  bookId: string,
  changed: (doc: SuggestionDoc) => SuggestionDoc,
): Promise<void> {
  await untilCommitted(async () => {
    const found = await store.get(suggestions, bookId);
    const doc = found?.value ?? { rejectedPairs: [], dismissedRules: [] };
    const expect = found ? { version: found.version } : 'absent';
    await store.commit([write(suggestions, bookId, changed(doc), expect)]);
  });
}
