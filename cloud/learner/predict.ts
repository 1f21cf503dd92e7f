import type { BookRow } from './book-row.ts';
import { certaintyInputs } from './certainty.ts';
import { type ContextCounts, findContext, ways } from './context-counts.ts';
import type { LearnerMemory } from './learner-memory.ts';
import {
  addSignals,
  createSignals,
  fastWeight,
  priorWeight,
  readSignals,
  regressionWeight,
  type Signals,
} from './mixture.ts';
import { createFeatures, type Features, readFeatures, scoreFeatures } from './regression.ts';
import { factsOf, type RowFacts, slotOf } from './row-contexts.ts';

/** What is worked out for one row; reused from row to row. Lists by counter-account have one number for each. */
export interface Prediction {
  facts: RowFacts;
  readonly signals: Signals;
  readonly features: Features;
  /** 0 where the counterparty is new, 1 after one or two rows, 2 after more. */
  state: number;
  readonly priors: number[];
  readonly logPriors: number[];
  readonly fasts: number[];
  readonly regressionScores: number[];
  readonly regressionChances: number[];
  readonly scores: number[];
  readonly chances: number[];
  readonly errors: number[];
  /** The three likeliest counter-accounts, never the row's own account. */
  top: number[];
  /** What the certainty goes by. */
  readonly inputs: Float64Array;
}

export function createPrediction(): Prediction {
  return {
    facts: { words: [], contexts: [], payee: 0, isOut: false, bucket: 0, account: 0, day: 1 },
    signals: createSignals(),
    features: createFeatures(),
    state: 0,
    priors: [],
    logPriors: [],
    fasts: [],
    regressionScores: [],
    regressionChances: [],
    scores: [],
    chances: [],
    errors: [],
    top: [],
    inputs: new Float64Array(certaintyInputs),
  };
}

/** Works out how likely each counter-account is. */
export function predict(memory: LearnerMemory, now: Prediction, row: BookRow): void {
  const { contexts, mixture, regression } = memory;
  const count = memory.accounts.length;
  now.facts = factsOf(row, (key) => isCommon(contexts, key));
  readPriors(memory, now);
  const payee = now.facts.contexts.find(({ slot }) => slot === slotOf.payee);
  const at = payee ? findContext(contexts, payee.key) : -1;
  now.state = at < 0 ? 0 : (contexts.seen[at] ?? 0) < 3 ? 1 : 2;
  readFeatures(now.features, now.facts);
  scoreFeatures(regression, now.features, now.regressionScores, count);
  softmax(now.regressionScores, now.regressionChances, count);
  readSignals(now.signals, contexts, now.facts.contexts, now.priors, now.state);
  const prior = mixture.weights[priorWeight] ?? 0;
  const fast = mixture.weights[fastWeight] ?? 0;
  const mixed = mixture.weights[regressionWeight + now.state] ?? 0;
  for (let account = 0; account < count; account++) {
    now.scores[account] =
      prior * (now.logPriors[account] ?? 0) +
      fast * (now.fasts[account] ?? 0) +
      mixed * (now.regressionScores[account] ?? 0);
  }
  addSignals(mixture, now.signals, now.scores);
  softmax(now.scores, now.chances, count);
  now.top = topOf(now.chances, count, memory.accountNumbers.get(row.account) ?? -1);
  readInputs(memory, now);
}

/** Scores to probabilities. Math.exp is the same for one version of Node, on any machine. */
export function softmax(scores: readonly number[], chances: number[], count: number): void {
  let best = -Infinity;
  for (let at = 0; at < count; at++) best = Math.max(best, scores[at] ?? 0);
  let sum = 0;
  for (let at = 0; at < count; at++) {
    const chance = Math.exp((scores[at] ?? 0) - best);
    chances[at] = chance;
    sum += chance;
  }
  for (let at = 0; at < count; at++) chances[at] = (chances[at] ?? 0) / sum;
}

function readPriors(memory: LearnerMemory, now: Prediction): void {
  const { slowCounts, fastCounts } = memory;
  const count = memory.accounts.length;
  let slow = 0;
  let fast = 0;
  for (let account = 0; account < count; account++) {
    slow += slowCounts[account] ?? 0;
    fast += fastCounts[account] ?? 0;
  }
  for (let account = 0; account < count; account++) {
    const prior = ((slowCounts[account] ?? 0) + 0.5) / (slow + 0.5 * count);
    now.priors[account] = prior;
    now.logPriors[account] = Math.log(prior);
    now.fasts[account] = Math.log(((fastCounts[account] ?? 0) / prior + 0.3) / (fast + 0.3));
  }
}

/** A word that stands with all kinds of counter-accounts is the bank's own, not the counterparty's. */
function isCommon(contexts: ContextCounts, key: number): boolean {
  const at = findContext(contexts, key);
  if (at < 0) return false;
  let total = 0;
  let most = 0;
  let used = 0;
  for (let way = at * ways; way < at * ways + ways; way++) {
    const count = contexts.counts[way] ?? 0;
    if (count > 40) used++;
    total += count;
    if (count > most) most = count;
  }
  return used >= 4 && most < 0.6 * total;
}

function topOf(chances: readonly number[], count: number, own: number): number[] {
  const top: number[] = [];
  for (let account = 0; account < count; account++) {
    if (account === own) continue;
    let place = top.length;
    while (place > 0 && (chances[account] ?? 0) > (chances[top[place - 1] ?? 0] ?? 0)) place--;
    if (place < 3) top.splice(place, 0, account);
    if (top.length > 3) top.pop();
  }
  return top;
}

function readInputs({ certainty, contexts }: LearnerMemory, now: Prediction): void {
  const { inputs, state } = now;
  const [first, second] = now.top;
  if (first === undefined) return;
  const best = now.chances[first] ?? 0;
  const next = second === undefined ? 0 : (now.chances[second] ?? 0);
  inputs[0] = 1;
  inputs[1] = Math.log((best + 1e-4) / (1 - best + 1e-4));
  inputs[2] = Math.log((best + 1e-4) / (next + 1e-4)) - 3;
  inputs[3] = state === 0 ? 1 : 0;
  inputs[4] = state === 1 ? 1 : 0;
  inputs[5] = Math.log((certainty.newRate + 0.002) / 0.1);
  inputs[6] = state === 0 ? inputs[5] : 0;
  inputs[7] = (now.regressionChances[first] ?? 0) - 0.5;
  let words = 0;
  let seen = 0;
  for (const { slot, key } of now.facts.contexts) {
    if (slot !== slotOf.word) continue;
    words++;
    if (findContext(contexts, key) >= 0) seen++;
  }
  inputs[8] = words > 0 ? seen / words : 0;
  inputs[9] = state === 0 ? inputs[1] : 0;
}
