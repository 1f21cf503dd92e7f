import type { RowFacts } from './row-contexts.ts';
import { hashText, mixHash, type RowWord } from './row-words.ts';

/**
 * A logistic regression over hashed words, fragments, amount and day. All weights of all counter-accounts share one table
 * of fixed size: features that meet in it blur a little, and what is saved stays small.
 */
export interface Regression {
  /** In steps of 1/256: what is saved is what is used. */
  readonly weights: Int16Array;
  /** Squares of what each feature was corrected by: rare ones learn faster. */
  readonly speeds: Float32Array;
}

/** Features of a row by their hashes, scaled to length 1: reused from row to row. */
export interface Features {
  length: number;
  readonly hashes: Uint32Array;
  readonly values: Float64Array;
  /** Of the row's words, which one each is about; or `ofPayee`, or `ofRest`: amount, account and day. */
  readonly about: Int8Array;
}

export const ofPayee = -1;
const ofRest = -2;

const weightCount = 1 << 16;
const speedCount = 1 << 13;
const weightUnit = 256;
const weightMax = 32_767;
const featureMax = 200;
const rate = 1.5;
const speedAtStart = 1e-3;
/** Smaller errors are left alone: most counter-accounts are none of a row's business. */
const leastError = 0.02;

/** Fragments of three and four letters, of the beginnings of words. */
const fragmentLengths = [3, 4];
const fragmentsFrom = 8;

export function createRegression(): Regression {
  return { weights: new Int16Array(weightCount), speeds: new Float32Array(speedCount) };
}

export function createFeatures(): Features {
  return {
    length: 0,
    hashes: new Uint32Array(featureMax),
    values: new Float64Array(featureMax),
    about: new Int8Array(featureMax),
  };
}

/** Writes the features of a row. The second numbers keep kinds apart. */
export function readFeatures(features: Features, facts: RowFacts): void {
  const { sign, account, bucket, payee, dayOfMonth, dayOfWeek } = facts;
  features.length = 0;
  add(features, 1, 0.5);
  add(features, mixHash(sign, 2), 1);
  add(features, mixHash(mixHash(sign, account), 3), 0.7);
  add(features, mixHash(mixHash(bucket >> 1, sign), 4), 1);
  add(features, mixHash(mixHash(bucket >> 2, sign), 5), 1);
  add(features, mixHash(dayOfMonth, 6), 0.3);
  add(features, mixHash(mixHash(dayOfWeek, sign), 7), 0.3);
  if (payee !== 0) {
    add(features, mixHash(mixHash(payee, sign), 8), 0.5, ofPayee);
    add(features, mixHash(mixHash(payee, bucket >> 1), 9), 0.5, ofPayee);
  }
  let before: RowWord | undefined;
  for (const [at, word] of facts.words.entries()) {
    if (word.isNumber) continue;
    add(features, mixHash(word.hash, 10), 1, at);
    if (before) add(features, mixHash(mixHash(before.hash, word.hash), 11), 0.7, at);
    before = word;
  }
  for (const [at, { text, isNumber }] of facts.words.entries()) {
    if (!isNumber) addFragments(features, `<${text}>`, at);
  }
  scaleFeatures(features);
}

function addFragments(features: Features, text: string, about: number): void {
  for (const length of fragmentLengths) {
    const end = Math.min(fragmentsFrom, text.length - length + 1);
    for (let at = 0; at < end; at++) {
      add(features, hashText(text.slice(at, at + length), 12), 0.4, about);
    }
  }
}

function add(features: Features, hash: number, value: number, about = ofRest): void {
  if (features.length >= featureMax) return;
  features.hashes[features.length] = hash;
  features.values[features.length] = value;
  features.about[features.length] = about;
  features.length++;
}

function scaleFeatures({ values, length }: Features): void {
  let sum = 0;
  for (let at = 0; at < length; at++) sum += (values[at] ?? 0) ** 2;
  const scale = 1 / Math.sqrt(sum);
  for (let at = 0; at < length; at++) values[at] = (values[at] ?? 0) * scale;
}

/** Adds up the weights of each counter-account. */
export function scoreFeatures(
  { weights }: Regression,
  { hashes, values, length }: Features,
  scores: number[],
  accountCount: number,
): void {
  for (let account = 0; account < accountCount; account++) scores[account] = 0;
  for (let at = 0; at < length; at++) {
    const hash = hashes[at] ?? 0;
    const value = (values[at] ?? 0) / weightUnit;
    for (let account = 0; account < accountCount; account++) {
      const weight = weights[(hash + account) & (weightCount - 1)] ?? 0;
      scores[account] = (scores[account] ?? 0) + value * weight;
    }
  }
}

/** By what features are about: how much more they add for one counter-account than for another; -1 is none. */
export function compareFeatures(
  { weights }: Regression,
  { hashes, values, about, length }: Features,
  account: number,
  other: number,
): ReadonlyMap<number, number> {
  const sums = new Map<number, number>();
  for (let at = 0; at < length; at++) {
    const weightOf = (one: number) =>
      one < 0 ? 0 : (weights[((hashes[at] ?? 0) + one) & (weightCount - 1)] ?? 0) / weightUnit;
    const more = (values[at] ?? 0) * (weightOf(account) - weightOf(other));
    sums.set(about[at] ?? ofRest, (sums.get(about[at] ?? ofRest) ?? 0) + more);
  }
  return sums;
}

/** One step towards the truth; `errors` is truth less probability for each counter-account. */
export function correctFeatures(
  { weights, speeds }: Regression,
  { hashes, values, length }: Features,
  errors: readonly number[],
): void {
  let sum = 0;
  const wrong: number[] = [];
  for (let account = 0; account < errors.length; account++) {
    const error = errors[account] ?? 0;
    sum += error * error;
    if (Math.abs(error) >= leastError) wrong.push(account);
  }
  for (let at = 0; at < length; at++) {
    const hash = hashes[at] ?? 0;
    const value = values[at] ?? 0;
    const speedAt = hash & (speedCount - 1);
    const speed = (speeds[speedAt] ?? 0) + value * value * sum;
    speeds[speedAt] = speed;
    const step = (rate * value) / Math.sqrt(speed + speedAtStart);
    for (const account of wrong) {
      const error = errors[account] ?? 0;
      const place = (hash + account) & (weightCount - 1);
      const weight = (weights[place] ?? 0) + Math.round(step * error * weightUnit);
      weights[place] = Math.max(-weightMax, Math.min(weightMax, weight));
    }
  }
}
