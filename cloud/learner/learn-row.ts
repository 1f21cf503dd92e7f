import type { PostedRow } from './book-row.ts';
import { certaintyOf, learnCertainty } from './certainty.ts';
import { countContext } from './context-counts.ts';
import { type LearnerMemory, numberOf } from './learner-memory.ts';
import {
  correctSignals,
  correctWeight,
  fastWeight,
  priorWeight,
  regressionWeight,
} from './mixture.ts';
import { type Prediction, predict, softmax } from './predict.ts';
import { correctFeatures, scoreFeatures } from './regression.ts';
import { slotOf } from './row-contexts.ts';

export const knobs = { slowKeep: 0.998, fastKeep: 0.97, keep: 250, keepRecent: 230 };

/** Learns a row: how sure it was, what to weigh more, and the row itself. */
export function learnRow(memory: LearnerMemory, now: Prediction, row: PostedRow): void {
  predict(memory, now, row);
  const isNew = !memory.accountNumbers.has(row.counterAccount);
  const truth = numberOf(memory, row.counterAccount);
  if (now.top.length > 0) {
    const sure = certaintyOf(memory.certainty, now.inputs);
    learnCertainty(memory.certainty, now.inputs, sure, now.top[0] === truth);
  }
  const { certainty, regression } = memory;
  certainty.newRate = certainty.newRate * 0.98 + (isNew ? 0.02 : 0);
  const count = memory.accounts.length;
  now.errors.length = count;
  if (isNew) {
    scoreFeatures(regression, now.features, now.regressionScores, count);
    softmax(now.regressionScores, now.regressionChances, count);
  } else correctMixture(memory, now, truth);
  for (let account = 0; account < count; account++) {
    now.errors[account] = (account === truth ? 1 : 0) - (now.regressionChances[account] ?? 0);
  }
  correctFeatures(regression, now.features, now.errors, count);
  remember(memory, now, truth);
}

function correctMixture(
  { mixture, accounts }: LearnerMemory,
  now: Prediction,
  truth: number,
): void {
  let prior = 0;
  let fast = 0;
  let mixed = 0;
  for (let account = 0; account < accounts.length; account++) {
    const error = (account === truth ? 1 : 0) - (now.chances[account] ?? 0);
    now.errors[account] = error;
    prior += error * (now.logPriors[account] ?? 0);
    fast += error * (now.fasts[account] ?? 0);
    mixed += error * (now.regressionScores[account] ?? 0);
  }
  correctSignals(mixture, now.signals, now.errors);
  correctWeight(mixture, priorWeight, prior);
  correctWeight(mixture, fastWeight, fast);
  correctWeight(mixture, regressionWeight + now.state, mixed);
}

function remember(memory: LearnerMemory, now: Prediction, truth: number): void {
  const { slowCounts, fastCounts } = memory;
  for (let account = 0; account < memory.accounts.length; account++) {
    slowCounts[account] = (slowCounts[account] ?? 0) * knobs.slowKeep;
    fastCounts[account] = (fastCounts[account] ?? 0) * knobs.fastKeep;
  }
  slowCounts[truth] = (slowCounts[truth] ?? 0) + 1;
  fastCounts[truth] = (fastCounts[truth] ?? 0) + 1;
  for (const { slot, key } of now.facts.contexts) {
    const keep = slot === slotOf.recent ? knobs.keepRecent : knobs.keep;
    countContext(memory.contexts, key, truth, memory.rowCount, keep);
  }
  memory.rowCount++;
}
