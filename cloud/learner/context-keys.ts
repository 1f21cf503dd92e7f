import type { BookRow } from './book-row.ts';
import type { EvidenceKind } from './learner.ts';
import { evidenceKinds, factsOf, keyText, slots } from './row-contexts.ts';

/** What of a row evidence may go by: the user's own rows behind a piece of evidence are those that have its key, too. */
export function contextKeys(
  row: BookRow,
): readonly { readonly kind: EvidenceKind; readonly key: string }[] {
  return factsOf(row, () => false).contexts.map(({ slot, key }) => ({
    kind: evidenceKinds[slots[slot] ?? 'word'],
    key: keyText(key),
  }));
}
