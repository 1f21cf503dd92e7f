/**
 * Makes the mixture's probability honest (a small logistic regression, learned from each row before it counts), and finds
 * from where on 95 in 100 were right.
 */
export interface Certainty {
  readonly weights: Float32Array;
  /** Rows by calibrated probability, in steps of 1/200, older ones fading: all, and those that were right. */
  readonly all: Float32Array;
  readonly right: Float32Array;
  /** How often lately a counter-account came that was new. */
  newRate: number;
}

export const certaintyInputs = 10;
const steps = 200;
const rate = 0.02;
const target = 0.955;

export function createCertainty(): Certainty {
  const weights = new Float32Array(certaintyInputs);
  weights[0] = -0.3;
  weights[1] = 0.9;
  return {
    weights,
    all: new Float32Array(steps),
    right: new Float32Array(steps),
    newRate: 0.5,
  };
}

export function certaintyOf({ weights }: Certainty, inputs: Float64Array): number {
  let sum = 0;
  for (let at = 0; at < certaintyInputs; at++) sum += (weights[at] ?? 0) * (inputs[at] ?? 0);
  return 1 / (1 + Math.exp(-sum));
}

export function learnCertainty(
  certainty: Certainty,
  inputs: Float64Array,
  probability: number,
  isRight: boolean,
): void {
  const error = (isRight ? 1 : 0) - probability;
  for (let at = 0; at < certaintyInputs; at++) {
    certainty.weights[at] = (certainty.weights[at] ?? 0) + rate * error * (inputs[at] ?? 0);
  }
  const step = Math.min(steps - 1, Math.floor(probability * steps));
  certainty.all[step] = (certainty.all[step] ?? 0) + 1;
  if (isRight) certainty.right[step] = (certainty.right[step] ?? 0) + 1;
}

/** Least probability from which on enough were right; 1 where there is none. */
export function sureFromOf({ all, right }: Certainty): number {
  let rows = 0;
  let hits = 0;
  let from = 1;
  for (let step = steps - 1; step >= 0; step--) {
    rows += all[step] ?? 0;
    hits += right[step] ?? 0;
    if (rows >= 3 && hits / rows >= target) from = step / steps;
  }
  return from;
}

/** Tenths of the probabilities with rows: how many, and how many were right. */
export function reliabilityOf({ all, right }: Certainty) {
  const found: { from: number; to: number; count: number; right: number }[] = [];
  const width = steps / 10;
  for (let tenth = 0; tenth < 10; tenth++) {
    let count = 0;
    let hits = 0;
    for (let step = tenth * width; step < (tenth + 1) * width; step++) {
      count += all[step] ?? 0;
      hits += right[step] ?? 0;
    }
    if (count > 0) found.push({ from: tenth / 10, to: (tenth + 1) / 10, count, right: hits });
  }
  return found;
}
