import type { Concept } from './known-words.ts';

/**
 * Concepts and the words that name them, separated by commas or line ends; `xx:` in front of a word
 * only tells a reader the language or country from there on. Capitals and accents do not matter.
 * `word?` says little, `word!` says more than a brand, `*word` ends a compound, `word*` begins one.
 * A word of several rows has the concepts of all, in order.
 */
export type KnownWords = readonly (readonly [readonly Concept[], string])[];

/** How much words say, from words for a group of concepts on. */
export const rank = { group: 0, weak: 1, word: 2, brand: 3, strong: 4 };

export interface Meaning {
  readonly concepts: Concept[];
  readonly rank: number;
  /** How many words say it: "uber eats" is more than "uber". */
  readonly length: number;
}

interface Entry {
  /** A word sequence from its second word on, or a stem. */
  readonly words: readonly string[];
  readonly meaning: Meaning;
}

/** By first word; by first or last letters of a compound; by the first signs in a run of them. */
export interface Index {
  readonly words: Map<string, Entry[]>;
  readonly beginnings: Map<string, Entry[]>;
  readonly endings: Map<string, Entry[]>;
  readonly signs: Map<string, Entry[]>;
}

export interface Match {
  readonly meaning: Meaning;
  /** Position of its last word. */
  readonly at: number;
}

const stemKeyLength = 4;
const joinedMin = 8;
const signKeyLength = 2;

/** What the words name, in their order; the longest sequence wins, then the earlier index. */
export function findMatches(indexes: readonly Index[], words: readonly string[]): Match[] {
  const matches: Match[] = [];
  let position = 0;
  while (position < words.length) {
    const start = position;
    const word = words[start] ?? '';
    if (word >= firstSign) {
      for (const index of indexes) {
        for (const meaning of findSigns(index, word)) matches.push({ meaning, at: start });
      }
      position += 1;
      continue;
    }
    const meaning =
      longest(indexes, (index) => findSequence(index, words, start)) ??
      longest(indexes, (index) => findCompound(index, word));
    if (meaning) matches.push({ meaning, at: start + meaning.length - 1 });
    position += meaning?.length ?? 1;
  }
  return matches;
}

function longest(indexes: readonly Index[], find: (index: Index) => Meaning | null) {
  let best: Meaning | null = null;
  for (const index of indexes) {
    const meaning = find(index);
    if (meaning && meaning.length > (best?.length ?? 0)) best = meaning;
  }
  return best;
}

/** The longest listed word sequence that starts here. */
function findSequence(index: Index, words: readonly string[], start: number): Meaning | null {
  const first = words[start] ?? '';
  for (const known of firstWords(first)) {
    const entry = index.words
      .get(known)
      ?.find((entry) => entry.words.every((word, i) => isWord(words[start + 1 + i] ?? '', word)));
    if (entry) return entry.meaning;
  }
  return null;
}

/** The word as it stands, without a plural's s, or without the Arabic article. */
function firstWords(word: string): readonly string[] {
  if (word.length > 4 && word.endsWith('s')) return [word, word.slice(0, -1)];
  if (word.startsWith('ال')) return [word, word.slice(2)];
  return [word];
}

function isWord(word: string, known: string): boolean {
  return word === known || word === `${known}s`;
}

/** A compound's end says what it is; a weak one ("…gebühr") yields to the beginning. */
function findCompound(index: Index, word: string): Meaning | null {
  if (word.length <= stemKeyLength) return null;
  const ending = index.endings
    .get(word.slice(-stemKeyLength))
    ?.find(({ words: [stem = ''] }) => word.endsWith(stem))?.meaning;
  if (ending && ending.rank > rank.weak) return ending;
  const beginning = index.beginnings
    .get(word.slice(0, stemKeyLength))
    ?.find(({ words: [stem = ''] }) => word.startsWith(stem))?.meaning;
  return beginning ?? ending ?? null;
}

/** Chinese, Japanese and Korean write words together: what is listed anywhere, longest first. */
function findSigns(index: Index, run: string): Meaning[] {
  const found: Meaning[] = [];
  let position = 0;
  while (position < run.length) {
    const start = position;
    const entry = index.signs
      .get(run.slice(start, start + signKeyLength))
      ?.find(({ words: [sign = ''] }) => run.startsWith(sign, start));
    if (entry) found.push(entry.meaning);
    position += entry?.words[0]?.length ?? 1;
  }
  return found;
}

/** Puts lists of words and their usual rank into one index; what comes first is named first. */
export function createIndex(sources: readonly (readonly [KnownWords, number])[]): Index {
  const index: Index = {
    words: new Map(),
    beginnings: new Map(),
    endings: new Map(),
    signs: new Map(),
  };
  for (const [known, usualRank] of sources) {
    for (const [concepts, text] of known) {
      for (const listed of text.split(/[,\n]/)) {
        const word = listed.trim().replace(/^[a-z]{2,3}: */, '');
        if (word) addWord(index, word, concepts, usualRank);
      }
    }
  }
  for (const map of [index.words, index.beginnings, index.endings, index.signs]) {
    for (const entries of map.values()) {
      if (entries.length > 1) entries.sort((a, b) => letters(b) - letters(a));
    }
  }
  return index;
}

function letters({ words }: Entry): number {
  return words.join(' ').length;
}

function addWord(index: Index, listed: string, concepts: readonly Concept[], usualRank: number) {
  const isEnding = listed.startsWith('*');
  const isBeginning = listed.endsWith('*');
  const [ownRank, isMarked] = listed.endsWith('!')
    ? [rank.strong, true]
    : listed.endsWith('?')
      ? [rank.weak, true]
      : [usualRank, false];
  const bare = listed.slice(isEnding ? 1 : 0, isBeginning || isMarked ? -1 : undefined);
  for (const words of spellings(bare, usualRank === rank.brand)) {
    const [first = ''] = words;
    const meaning = { concepts: [...concepts], rank: ownRank, length: words.length };
    if (first >= firstSign) {
      add(index.signs, first.slice(0, signKeyLength), { words: [first], meaning });
      continue;
    }
    const stem = { words: [first], meaning };
    if (isEnding) add(index.endings, first.slice(-stemKeyLength), stem);
    if (isBeginning) add(index.beginnings, first.slice(0, stemKeyLength), stem);
    add(index.words, first, { words: words.slice(1), meaning });
  }
}

function add(map: Map<string, Entry[]>, key: string, entry: Entry): void {
  const entries = map.get(key);
  if (!entries) {
    map.set(key, [entry]);
    return;
  }
  const same = entries.find(({ words }) => isSame(words, entry.words));
  if (same) same.meaning.concepts.push(...entry.meaning.concepts);
  else entries.push(entry);
}

function isSame(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((word, i) => word === b[i]);
}

/** How banks write a word: "joe's" as joes or joe s, a brand of several words as one. */
function spellings(listed: string, isBrand: boolean): readonly (readonly string[])[] {
  const found = [splitWords(listed)];
  if (listed.includes("'s")) found.push(splitWords(listed.replaceAll("'s", 's')));
  for (const words of isBrand ? [...found] : []) {
    const joined = words.join('');
    if (words.length > 1 && joined.length >= joinedMin && /^[a-z]+$/.test(joined)) {
      found.push([joined]);
    }
  }
  return found;
}

/** Words, numbers and & of a text, without capitals and accents. */
export function splitWords(text: string): readonly string[] {
  const lower = text.toLowerCase();
  if (!/[^ -~]/.test(lower)) return oneUmlaut(lower).match(/[a-z]+|\d+|&/g) ?? [];
  return fold(lower).match(wordOrNumber) ?? [];
}

/** Banks write ä as ae or as a: all are a. German "über" stays apart, or it would be a taxi. */
function oneUmlaut(lower: string): string {
  return lower.replace(/ueber/g, 'ubr').replace(/([aou])e/g, '$1');
}

// The letters of scripts that write words together, which are no letters of other scripts.
const signs = String.raw`\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{scx=Hangul}`;
const wordOrNumber = new RegExp(String.raw`[\p{L}&&[${signs}]]+|[\p{L}--[${signs}]]+|\d+|&`, 'gv');
const firstSign = '\u3005';

const marks = /[\u0300-\u036f\u0591-\u05bd\u05bf-\u05c7\u064b-\u065f\u0670]/g;
const specialLetters = /[ßæœøłđıðþςةى]/g;
const plainLetters: Record<string, string> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ı: 'i',
  ð: 'd',
  þ: 'th',
  ς: 'σ',
  ة: 'ه',
  ى: 'ي',
};

function fold(lower: string): string {
  const plain = lower
    .normalize('NFC')
    .replaceAll('über', 'ubr')
    .normalize('NFKD')
    .replace(marks, '')
    .replace(specialLetters, (letter) => plainLetters[letter] ?? letter)
    .normalize('NFC');
  return oneUmlaut(plain);
}
