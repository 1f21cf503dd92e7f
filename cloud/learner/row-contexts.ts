import type { BookRow } from './book-row.ts';
import { descriptionSeparator } from './book-row.ts';
import type { EvidenceKind } from './learner.ts';
import { hashText, mixHash, type RowWord, wordsOf } from './row-words.ts';

/** Kinds of contexts, each with its own weights; the names are this file's own. */
export const slots = [
  'number',
  'payee',
  'payeeAccount',
  'payeeBucket',
  'payeeExact',
  'text',
  'first',
  'firstTwo',
  'core',
  'coreTwo',
  'exact',
  'bucket',
  'sign',
  'word',
  'pair',
  'wordBucket',
  'numberToken',
  'dayOfMonth',
  'recent',
] as const;
export type Slot = (typeof slots)[number];

export const evidenceKinds: Readonly<Record<Slot, EvidenceKind>> = {
  number: 'number',
  payee: 'payee',
  payeeAccount: 'payee',
  payeeBucket: 'payee-amount',
  payeeExact: 'payee-amount',
  text: 'words',
  first: 'words',
  firstTwo: 'words',
  core: 'words',
  coreTwo: 'words',
  exact: 'amount',
  bucket: 'amount',
  sign: 'amount',
  word: 'words',
  pair: 'words',
  wordBucket: 'words-amount',
  numberToken: 'words',
  dayOfMonth: 'day',
  recent: 'last',
};

/** What of a row a context goes by. */
export interface RowContext {
  readonly slot: number;
  readonly key: number;
  readonly words: readonly RowWord[];
}

export interface RowFacts {
  readonly words: readonly RowWord[];
  readonly contexts: readonly RowContext[];
  /** Letters of the counterparty, hashed; 0 where it has none. */
  readonly payee: number;
  readonly isOut: boolean;
  /** About the amount: three steps for each doubling. */
  readonly bucket: number;
  readonly account: number;
  readonly day: number;
}

export const slotOf = Object.fromEntries(slots.map((slot, at) => [slot, at])) as Record<
  Slot,
  number
>;

/** `isCommon`: of a word's context key, whether it stands with all kinds of counter-accounts, as a bank's own words do. */
export function factsOf(row: BookRow, isCommon: (key: number) => boolean): RowFacts {
  const cut = row.description.indexOf(descriptionSeparator);
  const payeeText = cut < 0 ? row.description : row.description.slice(0, cut);
  const memo = cut < 0 ? '' : row.description.slice(cut + descriptionSeparator.length);
  const words = wordsOf(payeeText, memo);
  const { minor } = row.amount;
  const isOut = minor < 0;
  const sign = isOut ? 1 : 2;
  const bucket = bucketOf(Math.abs(minor));
  const account = hashText(row.account, 7);
  const exact = mixHash(hashText(String(Math.abs(minor))), sign);
  const day = Number(row.date.slice(8, 10));
  const contexts: RowContext[] = [];
  const add = (slot: Slot, hash: number, of: readonly RowWord[] = []) => {
    contexts.push({ slot: slotOf[slot], key: mixHash(hash, 101 + slotOf[slot]), words: of });
  };
  if (row.counterpartyAccount) {
    add(
      'number',
      mixHash(hashText(row.counterpartyAccount.replace(/\s/g, '').toUpperCase()), sign),
    );
  }
  const letters = words.filter((word) => !word.isNumber);
  const ofPayee = letters.filter((word) => word.isPayee);
  const payee = hashWords(ofPayee.length > 0 ? ofPayee : letters.length > 0 ? letters : words);
  if (payee !== 0) {
    add('payee', mixHash(payee, sign), ofPayee);
    add('payeeAccount', mixHash(mixHash(payee, sign), account), ofPayee);
    add('payeeBucket', mixHash(mixHash(payee, sign), bucket >> 1), ofPayee);
    add('payeeExact', mixHash(payee, exact), ofPayee);
    if (ofPayee.length < letters.length) add('text', mixHash(hashWords(letters), sign), letters);
  }
  addOpenings(letters, sign, isCommon, add);
  addWords(words, sign, bucket, add);
  add('exact', mixHash(exact, account));
  add('bucket', mixHash(mixHash(bucket, sign), account));
  add('sign', mixHash(sign, account));
  add('dayOfMonth', mixHash(mixHash(day, sign), account));
  add('recent', 1);
  return { words, contexts, payee, isOut, bucket, account, day };
}

type Add = (slot: Slot, hash: number, of?: readonly RowWord[]) => void;

function addOpenings(
  letters: readonly RowWord[],
  sign: number,
  isCommon: (key: number) => boolean,
  add: Add,
): void {
  const [first, second] = letters;
  if (!first) return;
  add('first', mixHash(first.hash, sign), [first]);
  if (second) add('firstTwo', mixHash(mixHash(first.hash, second.hash), sign), [first, second]);
  const core = letters.filter((word) => !isCommon(wordKey(word, sign)));
  const [one, two] = core;
  if (!one) return;
  add('core', mixHash(one.hash, sign), [one]);
  if (two) add('coreTwo', mixHash(mixHash(one.hash, two.hash), sign), [one, two]);
}

function addWords(words: readonly RowWord[], sign: number, bucket: number, add: Add): void {
  let before: RowWord | undefined;
  let letterCount = 0;
  for (const word of words) {
    if (word.isNumber) {
      add('numberToken', mixHash(word.hash, sign), [word]);
      continue;
    }
    if (letterCount++ >= 14) break;
    add('word', mixHash(word.hash, sign), [word]);
    add('wordBucket', mixHash(mixHash(word.hash, sign), bucket >> 1), [word]);
    if (before) add('pair', mixHash(mixHash(before.hash, word.hash), sign), [before, word]);
    before = word;
  }
}

function wordKey(word: RowWord, sign: number): number {
  return mixHash(mixHash(word.hash, sign), 101 + slotOf.word);
}

function hashWords(words: readonly RowWord[]): number {
  let hash = 0;
  for (const word of words) hash = mixHash(hash ^ word.hash, 3);
  return hash;
}

/** Four steps for each doubling, without logarithms. */
function bucketOf(minor: number): number {
  if (minor < 1) return 0;
  let value = minor;
  let steps = 0;
  while (value >= 8) {
    value /= 2;
    steps += 4;
  }
  return steps + Math.floor(value) - 3;
}

/** A context's key as evidence names it. */
export function keyText(key: number): string {
  return key.toString(36);
}
