import { type TransactionColumn, typeOfPath } from '../../shared/book.ts';
import type { BookChanges, BookSnapshot, TabChanges } from '../ports/sheet.ts';
import { planAccounts } from './account-rows.ts';
import type { AccountBalances, Draft, OutboxDoc } from './documents.ts';
import { problemCells } from './rule-rows.ts';
import type { Teaching } from './teach-book.ts';
import { planTransactions } from './transaction-rows.ts';

/**
 * What one delivery changes in the book, by whoever delivers. A batch that the book has already brings nothing; one
 * that brings balances alone is delivered, too.
 * @param teach asked only where there is something to suggest
 */
export async function planRows(
  snapshot: BookSnapshot,
  batches: readonly { readonly key: string; readonly value: OutboxDoc }[],
  teach: () => Promise<Teaching>,
): Promise<BookChanges> {
  const fresh = batches.filter(({ key }) => !snapshot.deliveredBatches.includes(key));
  const drafts = foldDrafts(fresh.flatMap(({ value }) => value.drafts));
  const balances = fresh.flatMap(({ value }) => value.accounts);
  const teaching = drafts.some(isToBeSuggested) ? await teach() : null;
  const transactions = planTransactions(snapshot.transactions?.rows ?? [], drafts, teaching);
  const transit = teaching ? transitAccount(transactions, teaching) : [];
  const problems =
    teaching && snapshot.rules ? problemCells(snapshot.rules, teaching.problems) : [];
  return {
    batchIds: fresh.map(({ key }) => key),
    transactions,
    accounts: planAccounts(snapshot.accounts, [...balances, ...transit]),
    ...(problems.length > 0 && { rules: { append: [], update: problems, remove: [] } }),
  };
}

/** A new row, one that is no longer pending, or one that goes and may leave the other side of a transfer. */
function isToBeSuggested({ was, now }: Draft): boolean {
  return !was || !now || (was.pending && !now.pending);
}

/** The account that transfers stand against, where one does: the Accounts tab must have it. */
export function transitAccount(
  { append, update }: TabChanges<TransactionColumn>,
  { settings: { transit }, accounts }: Teaching,
): readonly AccountBalances[] {
  if (accounts.includes(transit)) return [];
  const rows = [...append, ...update.map(({ cells }) => cells)];
  const isUsed = rows.some(({ counterAccount }) => {
    return counterAccount?.kind === 'text' && counterAccount.text === transit;
  });
  return isUsed ? [{ bookAccount: { path: transit, type: typeOfPath(transit) ?? 'asset' } }] : [];
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
