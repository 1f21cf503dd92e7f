/**
 * How likely the first candidate is right: a small logistic regression over what is known of the suggestion, refined by
 * what became of earlier ones that were as sure; learned from each row by what was said before it was known.
 */
export interface Certainty {
  readonly weights: Float32Array;
  readonly speeds: Float32Array;
  /** For log-odds from -6 to 6 in halves: what they turned out to be. */
  readonly refined: Float32Array;
  /** By tenths of the probability, of the last thousands of rows: all, and those that were right. */
  readonly all: Uint16Array;
  readonly right: Uint16Array;
  /** Log-odds from which on suggestions are sure, before `owed` is added. */
  bar: number;
  /** Wrong ones among the sure, beyond what may be: negative while there are fewer. */
  owed: number;
  /** How often lately a counter-account came that was new. */
  newShare: number;
}

export const certaintyInputs = 17;
/** Starting weights, by the inputs of certainty-inputs.ts: about what histories of many kinds come to. */
const startWeights = [-0.1, 0.7, -0.1, 0, 0, 0, 0.1, 0.2, 0.3, 0.1, 0, 0.15, 0.6, 0, 0.15, 0.3, 0];
const rate = 0.2;
const refineRate = 0.06;
const refineShare = 0.7;
const refineSteps = 24;
const keptRows = 4000;
const newShareAtStart = 0.5;
const newShareRate = 0.02;

/** Of the sure ones, so many are to be right; a little more than promised, as chance has its ups and downs. */
const target = 0.955;
const barAtStart = 1.2;
const barRate = 0.1;
/** Log-odds for each wrong one too many, and for each that could still be borne. */
const strictness = 0.2;
const slack = 0.3;
const owedMax = 40;
const spareMax = 20;
/** What is more likely wrong than right is never sure; and nothing is before so many rows. */
const leastBar = 0;
const leastRows = 5;

export function createCertainty(): Certainty {
  return {
    weights: Float32Array.from(startWeights),
    speeds: new Float32Array(certaintyInputs).fill(1),
    refined: Float32Array.from({ length: refineSteps + 1 }, (_, at) => (at - refineSteps / 2) / 2),
    all: new Uint16Array(10),
    right: new Uint16Array(10),
    bar: barAtStart,
    owed: 0,
    newShare: newShareAtStart,
  };
}

/** Probability that the suggestion with these inputs is right. */
export function certaintyOf(certainty: Certainty, inputs: Float64Array): number {
  const odds = oddsOf(certainty, inputs);
  const { low, part } = placeOf(odds);
  const refined = between(certainty.refined, low, part);
  return toProbability(odds * (1 - refineShare) + refined * refineShare);
}

/** Learns what became of a suggestion with these inputs. */
export function learnCertainty(certainty: Certainty, inputs: Float64Array, isRight: boolean): void {
  const probability = certaintyOf(certainty, inputs);
  moveBar(certainty, probability, isRight);
  countTenth(certainty, probability, isRight);
  const truth = isRight ? 1 : 0;
  const odds = oddsOf(certainty, inputs);
  const { weights, speeds, refined } = certainty;
  const error = truth - toProbability(odds);
  for (let at = 0; at < certaintyInputs; at++) {
    const slope = error * (inputs[at] ?? 0);
    const speed = (speeds[at] ?? 0) + slope * slope;
    speeds[at] = speed;
    weights[at] = (weights[at] ?? 0) + (rate * slope) / Math.sqrt(speed);
  }
  const { low, part } = placeOf(odds);
  const wrong = truth - toProbability(between(refined, low, part));
  refined[low] = (refined[low] ?? 0) + refineRate * wrong * (1 - part);
  refined[low + 1] = (refined[low + 1] ?? 0) + refineRate * wrong * part;
}

/** Learns whether a row brought a counter-account that was new. */
export function learnNewShare(certainty: Certainty, isNew: boolean): void {
  certainty.newShare += newShareRate * ((isNew ? 1 : 0) - certainty.newShare);
}

/** Least probability that counts as sure. */
export function sureFromOf({ bar, owed, all }: Certainty): number {
  let rows = 0;
  for (const count of all) rows += count;
  if (rows < leastRows) return 1;
  return toProbability(Math.max(leastBar, bar + owed * (owed > 0 ? strictness : slack)));
}

/** Tenths of the probabilities with rows: how many, and how many were right. */
export function reliabilityOf({ all, right }: Certainty) {
  return Array.from(all, (count, tenth) => ({
    from: tenth / 10,
    to: (tenth + 1) / 10,
    count,
    right: right[tenth] ?? 0,
  })).filter(({ count }) => count > 0);
}

/**
 * Moves the bar until the sure ones are right as often as promised: quickly by what was expected of them, and by what
 * became of them where that was expected wrongly.
 */
function moveBar(certainty: Certainty, probability: number, isRight: boolean): void {
  if (probability < sureFromOf(certainty)) return;
  const bar = certainty.bar + barRate * (target - probability);
  certainty.bar = Math.max(leastBar, bar);
  const owed = certainty.owed + target - (isRight ? 1 : 0);
  certainty.owed = Math.max(-spareMax, Math.min(owedMax, owed));
}

function countTenth({ all, right }: Certainty, probability: number, isRight: boolean): void {
  let rows = 0;
  for (const count of all) rows += count;
  if (rows >= keptRows) {
    for (let tenth = 0; tenth < 10; tenth++) {
      all[tenth] = (all[tenth] ?? 0) >> 1;
      right[tenth] = (right[tenth] ?? 0) >> 1;
    }
  }
  const tenth = Math.min(9, Math.floor(probability * 10));
  all[tenth] = (all[tenth] ?? 0) + 1;
  if (isRight) right[tenth] = (right[tenth] ?? 0) + 1;
}

function oddsOf({ weights }: Certainty, inputs: Float64Array): number {
  let odds = 0;
  for (let at = 0; at < certaintyInputs; at++) odds += (weights[at] ?? 0) * (inputs[at] ?? 0);
  return odds;
}

function placeOf(odds: number): { low: number; part: number } {
  const place = Math.max(0, Math.min(refineSteps - 0.001, odds * 2 + refineSteps / 2));
  const low = Math.floor(place);
  return { low, part: place - low };
}

function between(values: Float32Array, low: number, part: number): number {
  return (values[low] ?? 0) * (1 - part) + (values[low + 1] ?? 0) * part;
}

/** Math.exp is the same for one version of Node, on any machine; another version may differ in the last bit. */
function toProbability(odds: number): number {
  return 1 / (1 + Math.exp(-odds));
}
