import { toSerial } from '../../shared/calendar-date.ts';
import { type BookRow, descriptionSeparator } from './book-row.ts';
import type { EvidenceKind } from './learner.ts';
import { hashText, mixHash, type RowWord, wordsOf } from './row-words.ts';
import { type Concept, conceptsOf } from './words/known-words.ts';

/**
 * Kinds of contexts, each with its own weights. `core` is the first word that is not the bank's own, `coreTwo` that and
 * the next; `bucket` is about the amount; the corrected ones count what the user set right, and what came after that.
 */
export const slots = [
  'number',
  'payee',
  'payeeAccount',
  'payeeBucket',
  'payeeExact',
  'text',
  'core',
  'coreTwo',
  'exact',
  'bucket',
  'sign',
  'word',
  'wordBucket',
  'numberWord',
  'concept',
  'corrected',
  'correctedCore',
] as const;
export type Slot = (typeof slots)[number];

export const evidenceKinds: Readonly<Record<Slot, EvidenceKind>> = {
  number: 'number',
  payee: 'payee',
  payeeAccount: 'payee',
  payeeBucket: 'payee-amount',
  payeeExact: 'payee-amount',
  text: 'words',
  core: 'words',
  coreTwo: 'words',
  exact: 'amount',
  bucket: 'amount',
  sign: 'amount',
  word: 'words',
  wordBucket: 'words-amount',
  numberWord: 'words',
  concept: 'known-word',
  corrected: 'last',
  correctedCore: 'last',
};

export const slotOf = Object.fromEntries(slots.map((slot, at) => [slot, at])) as Readonly<
  Record<Slot, number>
>;

/** What of a row a context goes by. */
export interface RowContext {
  readonly slot: number;
  readonly key: number;
  readonly words: readonly RowWord[];
}

export interface RowFacts {
  readonly words: readonly RowWord[];
  readonly concepts: readonly Concept[];
  readonly contexts: readonly RowContext[];
  /** The counterparty's words, hashed, without numbers if it has others; 0 where there are none. */
  readonly payee: number;
  /** 1 for money out, 2 for money in. */
  readonly sign: number;
  /** About the amount: four steps for each doubling. */
  readonly bucket: number;
  readonly account: number;
  readonly dayOfMonth: number;
  readonly dayOfWeek: number;
}

/** More words than these say nothing more. */
const wordMax = 14;

/** `isCommon`: of a word's key, whether it stands with all kinds of counter-accounts, as a bank's own words do. */
export function factsOf(row: BookRow, isCommon: (key: number) => boolean): RowFacts {
  const { payee: payeeText, memo } = splitDescription(row.description);
  const words = wordsOf(payeeText, memo);
  const letters = words.filter(({ isNumber }) => !isNumber);
  const ofPayee = letters.filter(({ isPayee }) => isPayee);
  const payeeWords = [ofPayee, letters, words].find(({ length }) => length > 0) ?? [];
  const sign = row.amount.minor < 0 ? 1 : 2;
  const minor = Math.abs(row.amount.minor);
  const bucket = bucketOf(minor);
  const account = hashText(row.account);
  const exact = mixHash(hashText(String(minor)), sign);
  const payee = hashWords(payeeWords);
  const concepts = conceptsOf(row.description);
  const contexts: RowContext[] = [];
  const add: AddContext = (slot, hash, of = []) => {
    contexts.push({ slot: slotOf[slot], key: keyOf(slot, hash), words: of });
  };
  const number = row.counterpartyAccount?.replace(/\s/g, '').toUpperCase();
  if (number) add('number', mixHash(hashText(number), sign));
  if (payee !== 0) {
    const signed = mixHash(payee, sign);
    add('payee', signed, payeeWords);
    add('payeeAccount', mixHash(signed, account), payeeWords);
    add('payeeBucket', mixHash(signed, bucket >> 1), payeeWords);
    add('payeeExact', mixHash(payee, exact), payeeWords);
    add('corrected', signed, payeeWords);
    if (ofPayee.length < letters.length) add('text', mixHash(hashWords(letters), sign), letters);
  }
  addCore(letters, sign, isCommon, add);
  addWords(words, sign, bucket, add);
  for (const concept of concepts) add('concept', mixHash(hashText(concept), sign));
  add('exact', mixHash(exact, account));
  add('bucket', mixHash(mixHash(bucket, sign), account));
  add('sign', mixHash(sign, account));
  const dayOfMonth = Number(row.date.slice(8, 10));
  const dayOfWeek = toSerial(row.date) % 7;
  return { words, concepts, contexts, payee, sign, bucket, account, dayOfMonth, dayOfWeek };
}

/**
 * The key by which rows that have the same can be found: which words are the bank's own is learned, so evidence of the
 * core goes by the words themselves.
 */
export function lastingKeyOf({ slot, key, words }: RowContext, facts: RowFacts): string {
  const [one, two] = words;
  if (slot === slotOf.corrected) return payeeKeyOf(facts);
  if (one && (slot === slotOf.core || (slot === slotOf.correctedCore && !two))) {
    return wordKeyOf(one, facts);
  }
  if (one && two && slot === slotOf.correctedCore) {
    return keyText(coreTwoKey(one, two, facts.sign));
  }
  return keyText(key);
}

/** The same for a word of the row, and for its counterparty. */
export function wordKeyOf(word: RowWord, { sign }: RowFacts): string {
  return keyText(wordKey(word, sign));
}

export function payeeKeyOf({ payee, sign }: RowFacts): string {
  return keyText(keyOf('payee', mixHash(payee, sign)));
}

/** Keys of all two words of a row, in their order, one of which may be what `lastingKeyOf` gave. */
export function coreTwoKeys({ words, sign }: RowFacts): readonly string[] {
  const letters = words.filter(({ isNumber }) => !isNumber).slice(0, wordMax);
  return letters.flatMap((one, at) =>
    letters.slice(at + 1).map((two) => keyText(coreTwoKey(one, two, sign))),
  );
}

function keyText(key: number): string {
  return key.toString(36);
}

function splitDescription(description: string): { payee: string; memo: string } {
  const cut = description.indexOf(descriptionSeparator);
  if (cut < 0) return { payee: description, memo: '' };
  return {
    payee: description.slice(0, cut),
    memo: description.slice(cut + descriptionSeparator.length),
  };
}

type AddContext = (slot: Slot, hash: number, words?: readonly RowWord[]) => void;

function addCore(
  letters: readonly RowWord[],
  sign: number,
  isCommon: (key: number) => boolean,
  add: AddContext,
): void {
  const [one, two] = letters.filter((word) => !isCommon(wordKey(word, sign)));
  if (!one) return;
  add('core', mixHash(one.hash, sign), [one]);
  if (two) add('coreTwo', mixHash(mixHash(one.hash, two.hash), sign), [one, two]);
  add('correctedCore', mixHash(one.hash, two ? two.hash : sign), two ? [one, two] : [one]);
}

function addWords(words: readonly RowWord[], sign: number, bucket: number, add: AddContext): void {
  let count = 0;
  for (const word of words) {
    const hash = mixHash(word.hash, sign);
    if (word.isNumber) add('numberWord', hash, [word]);
    else if (count++ < wordMax) {
      add('word', hash, [word]);
      add('wordBucket', mixHash(hash, bucket >> 1), [word]);
    }
  }
}

function keyOf(slot: Slot, hash: number): number {
  return mixHash(hash, 101 + slotOf[slot]);
}

function wordKey(word: RowWord, sign: number): number {
  return keyOf('word', mixHash(word.hash, sign));
}

function coreTwoKey(one: RowWord, two: RowWord, sign: number): number {
  return keyOf('coreTwo', mixHash(mixHash(one.hash, two.hash), sign));
}

function hashWords(words: readonly RowWord[]): number {
  let hash = 0;
  for (const word of words) hash = mixHash(hash ^ word.hash, 3);
  return hash;
}

/** Without logarithms: the same on every machine. */
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
