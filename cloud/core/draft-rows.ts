import type { Entry } from '../../shared/bank.ts';
import type { Draft, EntryFacts } from './documents.ts';
import { entryDay, type MergeResult } from './merge-entries.ts';

/** What the book is to show of a merge: a draft for each entry that is new, told differently, or gone. */
export function draftRows(merged: MergeResult, account: string): readonly Draft[] {
  const added = merged.added.map((entry) => ({ id: entry.id, account, now: rowFacts(entry) }));
  const changed = merged.changed
    .map(({ before, after }) => ({
      id: after.id,
      account,
      was: rowFacts(before),
      now: rowFacts(after),
    }))
    .filter(({ was, now }) => JSON.stringify(was) !== JSON.stringify(now));
  const removed = merged.removed.map((entry) => ({ id: entry.id, account, was: rowFacts(entry) }));
  return [...added, ...changed, ...removed];
}

function rowFacts(entry: Entry): EntryFacts {
  const { counterparty, text, amount, balanceAfter, original } = entry;
  return {
    date: entryDay(entry),
    counterparty,
    text,
    amount: { minor: amount.minor, currency: amount.currency },
    pending: entry.status === 'pending',
    ...(balanceAfter && {
      balanceAfter: { minor: balanceAfter.minor, currency: balanceAfter.currency },
    }),
    ...(original && { original: { minor: original.minor, currency: original.currency } }),
  };
}
