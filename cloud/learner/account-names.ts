import type { RowFacts } from './row-contexts.ts';
import { wordsOf } from './row-words.ts';
import { type Concept, conceptsOfName } from './words/known-words.ts';

/** What the name of a book account says by itself. */
export interface AccountName {
  readonly concepts: readonly Concept[];
  /** Those that often stand in one account with them. */
  readonly kin: ReadonlySet<Concept>;
  readonly words: ReadonlySet<string>;
}

const wordMin = 3;

export function readAccountName(path: string): AccountName {
  // The first part is the kind of account, which no bank's text names.
  const words = wordsOf(path.slice(path.indexOf(':') + 1), '');
  const concepts = conceptsOfName(path);
  const kin = families.filter((family) => family.some((concept) => concepts.includes(concept)));
  return {
    concepts,
    kin: new Set(kin.flat()),
    words: new Set(
      words
        .filter(({ text, isNumber }) => text.length >= wordMin && !isNumber)
        .map(({ text }) => text),
    ),
  };
}

/** What small books keep together in one account: a café among restaurants, petrol under transport. */
const families: readonly (readonly Concept[])[] = [
  ['restaurant', 'cafe', 'takeaway'],
  ['public-transport', 'train', 'taxi', 'fuel', 'parking', 'car-repair', 'car-rental'],
  ['rent', 'mortgage', 'electricity', 'heating', 'water', 'waste'],
  ['entertainment', 'sports', 'streaming', 'games', 'books'],
  ['health', 'pharmacy'],
  ['insurance', 'car-insurance', 'health-insurance'],
  ['internet', 'mobile'],
  ['groceries', 'alcohol-tobacco'],
];
/** A family says half of what the word itself says. */
const familyShare = 0.5;

/** How far they mean the same: 1 where what the row means first is what the account is first, 0 where nothing is. */
export function likenessByConcept(name: AccountName, { concepts }: RowFacts): number {
  let most = 0;
  for (const [at, concept] of concepts.entries()) {
    const place = name.concepts.indexOf(concept);
    const isKin = place < 0 && name.kin.has(concept);
    const likeness = place >= 0 ? 1 / (1 + 0.3 * (at + place)) : isKin ? familyShare / (1 + at) : 0;
    most = Math.max(most, likeness);
  }
  return most;
}

/** 1 where a word of the row stands in the name. */
export function likenessByWord(name: AccountName, { words }: RowFacts): number {
  return words.some(({ text }) => name.words.has(text)) ? 1 : 0;
}
