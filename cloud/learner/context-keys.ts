import type { BookRow } from './book-row.ts';
import type { EvidenceKind } from './learner.ts';
import { coreTwoKeys, evidenceKinds, factsOf, lastingKeyOf, slots } from './row-contexts.ts';

/** What of a row evidence may go by: the user's own rows behind a piece of evidence are those that have its key, too. */
export function contextKeys(
  row: BookRow,
): readonly { readonly kind: EvidenceKind; readonly key: string }[] {
  const facts = factsOf(row, () => false);
  const found = facts.contexts.map((context) => ({
    kind: evidenceKinds[slots[context.slot] ?? 'word'],
    key: lastingKeyOf(context, facts),
  }));
  return [...found, ...coreTwoKeys(facts).map((key) => ({ kind: 'words' as const, key }))];
}
