import { type Concept, conceptsOfName } from './known-words.ts';
import type { RowFacts } from './row-contexts.ts';
import { wordsOf } from './row-words.ts';

/** What the name of a book account says by itself. */
export interface AccountName {
  readonly concepts: readonly Concept[];
  readonly words: ReadonlySet<string>;
}

const wordMin = 3;

export function readAccountName(path: string): AccountName {
  // The first part is the kind of account, which no bank's text names.
  const words = wordsOf(path.slice(path.indexOf(':') + 1), '');
  return {
    concepts: conceptsOfName(path),
    words: new Set(
      words
        .filter(({ text, isNumber }) => text.length >= wordMin && !isNumber)
        .map(({ text }) => text),
    ),
  };
}

/** How far they mean the same: 1 where what the row means first is what the account is first, 0 where nothing is. */
export function likenessByConcept(name: AccountName, { concepts }: RowFacts): number {
  let most = 0;
  for (const [at, concept] of concepts.entries()) {
    const place = name.concepts.indexOf(concept);
    if (place >= 0) most = Math.max(most, 1 / (1 + 0.3 * (at + place)));
  }
  return most;
}

/** 1 where a word of the row stands in the name. */
export function likenessByWord(name: AccountName, { words }: RowFacts): number {
  return words.some(({ text }) => name.words.has(text)) ? 1 : 0;
}
