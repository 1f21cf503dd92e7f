import type { RowFacts } from './row-contexts.ts';
import { hashText, mixHash } from './row-words.ts';

/**
 * A logistic regression over hashed words, fragments, amount and day: one weight for each feature and counter-account,
 * all in one table that grows no further than `sizeMax`.
 */
export interface Regression {
  weights: Float32Array;
  /** Squares of what each feature was corrected by, so that rare ones learn faster. */
  speeds: Float32Array;
}

export interface Features {
  readonly hashes: Uint32Array;
  readonly values: Float32Array;
  length: number;
}

const size = 1 << 18;
const featureMax = 160;
const rate = 0.35;

export function createRegression(): Regression {
  return { weights: new Float32Array(size), speeds: new Float32Array(1 << 14) };
}

export function createFeatures(): Features {
  return { hashes: new Uint32Array(featureMax), values: new Float32Array(featureMax), length: 0 };
}

/** Writes the features of a row, scaled to length 1. */
export function readFeatures(features: Features, facts: RowFacts): void {
  features.length = 0;
  let before = 0;
  const sign = facts.isOut ? 1 : 2;
  add(features, 1, 0.5);
  add(features, mixHash(sign, 2), 1);
  add(features, mixHash(mixHash(sign, facts.account), 3), 0.7);
  add(features, mixHash(mixHash(facts.bucket >> 1, sign), 4), 0.7);
  add(features, mixHash(mixHash(facts.bucket >> 2, sign), 5), 0.7);
  add(features, mixHash(facts.day, 6), 0.3);
  if (facts.payee) {
    add(features, mixHash(mixHash(facts.payee, sign), 7), 1);
    add(features, mixHash(mixHash(facts.payee, facts.bucket >> 1), 17), 1);
  }
  for (const word of facts.words) {
    if (word.isNumber) continue;
    add(features, mixHash(word.hash, 8), 1);
    add(features, mixHash(mixHash(word.hash, sign), 9), 0.5);
    if (before) add(features, mixHash(mixHash(before, word.hash), 10), 0.7);
    before = word.hash;
  }
  for (const word of facts.words) {
    if (word.isNumber) continue;
    const text = `<${word.text}>`;
    for (let length = 3; length <= 4; length++) {
      for (let at = 0; at + length <= text.length && at < 14; at++) {
        add(features, hashText(text.slice(at, at + length), 11), 0.4);
      }
    }
  }
  let sum = 0;
  for (let at = 0; at < features.length; at++) {
    const value = features.values[at] ?? 0;
    sum += value * value;
  }
  const scale = 1 / Math.sqrt(sum);
  for (let at = 0; at < features.length; at++) {
    features.values[at] = (features.values[at] ?? 0) * scale;
  }
}

function add(features: Features, hash: number, value: number): void {
  if (features.length >= featureMax) return;
  features.hashes[features.length] = hash;
  features.values[features.length] = value;
  features.length++;
}

/** Adds up the weights of each counter-account into `scores`. */
export function scoreFeatures(
  { weights }: Regression,
  features: Features,
  scores: number[],
  accountCount: number,
): void {
  for (let account = 0; account < accountCount; account++) scores[account] = 0;
  for (let at = 0; at < features.length; at++) {
    const hash = features.hashes[at] ?? 0;
    const value = features.values[at] ?? 0;
    for (let account = 0; account < accountCount; account++) {
      scores[account] =
        (scores[account] ?? 0) + value * (weights[(hash + account) & (size - 1)] ?? 0);
    }
  }
}

/** One step towards the truth; `errors` is truth less probability for each counter-account. */
export function correctFeatures(
  { weights, speeds }: Regression,
  features: Features,
  errors: readonly number[],
  accountCount: number,
): void {
  let sum = 0;
  for (let account = 0; account < accountCount; account++) {
    const error = errors[account] ?? 0;
    sum += error * error;
  }
  for (let at = 0; at < features.length; at++) {
    const hash = features.hashes[at] ?? 0;
    const value = features.values[at] ?? 0;
    const speedAt = hash & (speeds.length - 1);
    const speed = (speeds[speedAt] ?? 0) + value * value * sum;
    speeds[speedAt] = speed;
    const step = (rate * value) / Math.sqrt(speed + 1e-3);
    for (let account = 0; account < accountCount; account++) {
      const error = errors[account] ?? 0;
      if (error < 0.01 && error > -0.01) continue;
      const place = (hash + account) & (size - 1);
      weights[place] = (weights[place] ?? 0) + step * error;
    }
  }
}
