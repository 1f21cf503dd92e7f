import { likenessByConcept, likenessByWord } from './account-names.ts';
import type { BookRow } from './book-row.ts';
import { certaintyInputs } from './certainty.ts';
import { readCertaintyInputs } from './certainty-inputs.ts';
import { type ContextCounts, countsOf, countUnit, findContext, ways } from './context-counts.ts';
import type { LearnerMemory } from './learner-memory.ts';
import {
  addSignals,
  createSignals,
  type Opinion,
  opinions,
  opinionWeight,
  type PayeeState,
  readSignals,
  type Signals,
} from './mixture.ts';
import { createFeatures, type Features, readFeatures, scoreFeatures } from './regression.ts';
import { factsOf, type RowFacts, slotOf } from './row-contexts.ts';

/** What is worked out for one row; reused from row to row. Lists by counter-account have its number as their place. */
export interface Prediction {
  facts: RowFacts;
  readonly signals: Signals;
  readonly features: Features;
  state: PayeeState;
  readonly priors: number[];
  readonly opinions: Readonly<Record<Opinion, number[]>>;
  readonly regressionChances: number[];
  readonly scores: number[];
  readonly chances: number[];
  readonly errors: number[];
  /** The three likeliest counter-accounts, never the row's own account. */
  top: readonly number[];
  readonly inputs: Float64Array;
}

const nothing: RowFacts = {
  words: [],
  concepts: [],
  contexts: [],
  payee: 0,
  sign: 1,
  bucket: 0,
  account: 0,
  dayOfMonth: 1,
  dayOfWeek: 0,
};

export function createPrediction(): Prediction {
  return {
    facts: nothing,
    signals: createSignals(),
    features: createFeatures(),
    state: 0,
    priors: [],
    opinions: { prior: [], recent: [], regression: [], nameConcept: [], nameWord: [] },
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
  now.state = payeeStateOf(contexts, now.facts);
  readPriors(memory, now);
  readNames(memory, now);
  readFeatures(now.features, now.facts);
  scoreFeatures(regression, now.features, now.opinions.regression, count);
  toChances(now.opinions.regression, now.regressionChances, count, true);
  readSignals(now.signals, contexts, now.facts.contexts, now.priors, now.state);
  for (let account = 0; account < count; account++) now.scores[account] = 0;
  for (const [index, opinion] of opinions.entries()) {
    const weight = mixture.weights[opinionWeight(index, now.state)] ?? 0;
    const scores = now.opinions[opinion];
    for (let account = 0; account < count; account++) {
      now.scores[account] = (now.scores[account] ?? 0) + weight * (scores[account] ?? 0);
    }
  }
  addSignals(mixture, now.signals, now.scores);
  toChances(now.scores, now.chances, count);
  now.top = topOf(now.chances, count, memory.accountNumbers.get(row.account) ?? -1);
  readCertaintyInputs(memory, now);
}

/** Scores to probabilities. Math.exp is the same for one version of Node, on any machine. */
export function toChances(
  scores: readonly number[],
  chances: number[],
  count = scores.length,
  isOpen = false,
): void {
  let best = isOpen ? 0 : -Infinity;
  for (let at = 0; at < count; at++) best = Math.max(best, scores[at] ?? 0);
  let sum = isOpen ? Math.exp(-best) : 0;
  for (let at = 0; at < count; at++) {
    const chance = Math.exp((scores[at] ?? 0) - best);
    chances[at] = chance;
    sum += chance;
  }
  for (let at = 0; at < count; at++) chances[at] = (chances[at] ?? 0) / sum;
}

/** A word that stands with all kinds of counter-accounts is the bank's own, not the counterparty's. */
function isCommon(contexts: ContextCounts, key: number): boolean {
  const at = findContext(contexts, key);
  if (at < 0) return false;
  const { total, most } = countsOf(contexts, at);
  if (most >= 0.6 * total) return false;
  let kinds = 0;
  for (let way = at * ways; way < at * ways + ways; way++) {
    if ((contexts.counts[way] ?? 0) > countUnit / 12) kinds++;
  }
  return kinds >= 4;
}

function payeeStateOf(contexts: ContextCounts, facts: RowFacts): PayeeState {
  const payee = facts.contexts.find(({ slot }) => slot === slotOf.payee);
  const at = payee ? findContext(contexts, payee.key) : -1;
  if (at < 0) return 0;
  return (contexts.seen[at] ?? 0) < 3 ? 1 : 2;
}

function readPriors({ slowCounts, fastCounts }: LearnerMemory, now: Prediction): void {
  const count = slowCounts.length;
  let slow = 0;
  let fast = 0;
  for (let account = 0; account < count; account++) {
    slow += slowCounts[account] ?? 0;
    fast += fastCounts[account] ?? 0;
  }
  const { prior: logPriors, recent } = now.opinions;
  for (let account = 0; account < count; account++) {
    const prior = ((slowCounts[account] ?? 0) + 0.5) / (slow + 0.5 * count);
    now.priors[account] = prior;
    logPriors[account] = Math.log(prior);
    recent[account] = Math.log(((fastCounts[account] ?? 0) / prior + 0.3) / (fast + 0.3));
  }
}

function readNames({ names }: LearnerMemory, { facts, opinions: scores }: Prediction): void {
  for (const [account, name] of names.entries()) {
    scores.nameConcept[account] = likenessByConcept(name, facts);
    scores.nameWord[account] = likenessByWord(name, facts);
  }
}

function topOf(chances: readonly number[], count: number, own: number): readonly number[] {
  const top: number[] = [];
  for (let account = 0; account < count; account++) {
    if (account === own) continue;
    let place = top.length;
    while (place > 0 && (chances[account] ?? 0) > (chances[top[place - 1] ?? 0] ?? 0)) place--;
    if (place >= 3) continue;
    top.splice(place, 0, account);
    if (top.length > 3) top.pop();
  }
  return top;
}
