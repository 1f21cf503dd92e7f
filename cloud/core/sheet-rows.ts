import type { BookChanges, BookSnapshot } from '../ports/sheet.ts';
import { planAccounts } from './account-rows.ts';
import type { Draft, OutboxDoc } from './documents.ts';
import { planTransactions } from './transaction-rows.ts';

/**
 * What one delivery changes in the book, by whoever delivers. A batch that the book has already brings nothing; one
 * that brings balances alone is delivered, too.
 */
export function planRows(
  snapshot: BookSnapshot,
  batches: readonly { readonly key: string; readonly value: OutboxDoc }[],
): BookChanges {
  const fresh = batches.filter(({ key }) => !snapshot.deliveredBatches.includes(key));
  const drafts = foldDrafts(fresh.flatMap(({ value }) => value.drafts));
  const balances = fresh.flatMap(({ value }) => value.accounts);
  return {
    batchIds: fresh.map(({ key }) => key),
    transactions: planTransactions(snapshot.transactions?.rows ?? [], drafts),
    accounts: planAccounts(snapshot.accounts, balances),
  };
}

/** Several drafts of one row as one: what the first of them started from, what the last of them says. */
function foldDrafts(drafts: readonly Draft[]): readonly Draft[] {
  const byId = new Map<string, Draft>();
  for (const draft of drafts) {
    const first = byId.get(draft.id);
    const { was: _was, ...last } = draft;
    byId.set(draft.id, first ? { ...last, ...(first.was && { was: first.was }) } : draft);
  }
  return [...byId.values()];
}
