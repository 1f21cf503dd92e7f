import { chartConcepts } from './known-words-charts.ts';
import { firms } from './known-words-firms.ts';
import { homeWords } from './known-words-home.ts';
import { createIndex, findMatches, type Match, rank, splitWords } from './known-words-index.ts';
import { livingWords } from './known-words-living.ts';
import { moneyWords } from './known-words-money.ts';
import { accountGroups, accountWords } from './known-words-names.ts';
import { shops } from './known-words-shops.ts';

/** What people and small businesses book, apart from the words a language has for it. */
export type Concept =
  // Daily life
  | 'groceries'
  | 'alcohol-tobacco'
  | 'cafe'
  | 'restaurant'
  | 'takeaway'
  | 'clothing'
  | 'shopping'
  | 'electronics'
  | 'home-improvement'
  | 'furniture'
  | 'drugstore'
  | 'beauty'
  | 'pharmacy'
  | 'health'
  | 'children'
  | 'education'
  | 'sports'
  | 'entertainment'
  | 'books'
  | 'games'
  | 'gambling'
  | 'pets'
  | 'gifts'
  | 'donations'
  | 'membership'
  // On the way
  | 'fuel'
  | 'public-transport'
  | 'taxi'
  | 'train'
  | 'flight'
  | 'parking'
  | 'car-repair'
  | 'car-rental'
  | 'car-insurance'
  | 'travel'
  | 'fines'
  // Home
  | 'rent'
  | 'mortgage'
  | 'electricity'
  | 'heating'
  | 'water'
  | 'waste'
  | 'internet'
  | 'mobile'
  | 'streaming'
  | 'insurance'
  | 'health-insurance'
  | 'repairs'
  | 'cleaning'
  | 'security'
  // Money
  | 'bank-fees'
  | 'interest'
  | 'loan'
  | 'tax'
  | 'vat'
  | 'social-security'
  | 'pension'
  | 'benefits'
  | 'cash'
  | 'credit-card'
  | 'transfer'
  | 'savings'
  | 'investment'
  | 'dividends'
  | 'refund'
  // Work
  | 'salary'
  | 'wages'
  | 'sales'
  | 'rental-income'
  | 'customers'
  | 'suppliers'
  | 'owner-draw'
  | 'software'
  | 'office'
  | 'equipment'
  | 'accounting'
  | 'legal'
  | 'advertising'
  | 'postage'
  | 'training'
  | 'materials'
  | 'subcontractors';

const conceptMax = 3;

const textIndex = createIndex([
  [shops, rank.brand],
  [firms, rank.brand],
  [livingWords, rank.word],
  [homeWords, rank.word],
  [moneyWords, rank.word],
]);
const nameIndex = createIndex([
  [accountWords, rank.word],
  [accountGroups, rank.group],
]);

/**
 * Concepts that a bank's text names, the best first, at most three: brands before general words,
 * longer names before shorter ones. Whole words in any case and script count; empty where none is
 * known.
 */
export function conceptsOf(text: string): readonly Concept[] {
  const matches = findMatches([textIndex], splitWords(text));
  matches.sort(
    (a, b) => b.meaning.rank - a.meaning.rank || b.meaning.length - a.meaning.length || a.at - b.at,
  );
  return bestConcepts(matches);
}

/**
 * Concepts that the path of a book account names, the best first, at most three:
 * `Ausgaben:Lebensmittel`, `641100 Salaires`, or a bare account number of a well-known national
 * chart. Its last part counts most.
 */
export function conceptsOfName(path: string): readonly Concept[] {
  const parts = path.split(':').map(splitWords);
  const leaf = parts.at(-1) ?? [];
  const [code = ''] = leaf;
  if (leaf.length === 1 && /^\d+$/.test(code)) return chartConcepts(code).slice(0, conceptMax);
  const words = parts.flat();
  const leafStart = words.length - leaf.length;
  const matches = findMatches([nameIndex, textIndex], words);
  const isOfLeaf = ({ at }: Match) => at >= leafStart;
  // "Food:Groceries" is not every kind of food.
  const isNamed = matches.some(isOfLeaf);
  const used = matches.filter(
    (match) => isOfLeaf(match) || !isNamed || match.meaning.rank > rank.group,
  );
  used.sort(
    (a, b) =>
      Number(isOfLeaf(b)) - Number(isOfLeaf(a)) ||
      b.meaning.rank - a.meaning.rank ||
      b.meaning.length - a.meaning.length ||
      a.at - b.at,
  );
  return bestConcepts(used);
}

function bestConcepts(matches: readonly Match[]): readonly Concept[] {
  const found = new Set<Concept>();
  for (const { meaning } of matches) for (const concept of meaning.concepts) found.add(concept);
  return [...found].slice(0, conceptMax);
}
