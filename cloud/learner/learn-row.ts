import type { PostedRow } from './book-row.ts';
import { learnCertainty, learnNewShare } from './certainty.ts';
import { countContext, countUnit, findContext, ways } from './context-counts.ts';
import { type LearnerMemory, numberOf } from './learner-memory.ts';
import { correctSignals, correctWeight, opinions, opinionWeight } from './mixture.ts';
import { type Prediction, predict, toChances } from './predict.ts';
import { correctFeatures, scoreFeatures } from './regression.ts';
import { slotOf } from './row-contexts.ts';

/** What stays with each row of how often counter-accounts came. */
const slowKeep = 0.998;
const fastKeep = 0.97;
/** A habit is stable when so many rows, and such a share of them, had one counter-account. */
const stableRows = 4;
const stableShare = 0.9;
/** A correction is learned until the regression has it; this often at most. */
const correctionSteps = 20;
const correctionChance = 0.9;

/**
 * Learns a row: how sure the suggestion was to be, which opinions are to be weighed more, and the row itself. A correction
 * of a stable habit is the habit from then on.
 */
export function learnRow(memory: LearnerMemory, now: Prediction, row: PostedRow): void {
  predict(memory, now, row);
  const isNew = !memory.accountNumbers.has(row.counterAccount);
  const truth = numberOf(memory, row.counterAccount);
  const [first] = now.top;
  if (first !== undefined) learnCertainty(memory.certainty, now.inputs, first === truth);
  learnNewShare(memory.certainty, isNew);
  const isTurn = row.isCorrection === true && breaksHabit(memory, now, truth);
  if (isNew) scoreRegression(memory, now);
  else learnMixture(memory, now, truth);
  learnRegression(memory, now, truth, isTurn);
  rememberRow(memory, now, truth, isTurn);
}

function learnMixture({ mixture, accounts }: LearnerMemory, now: Prediction, truth: number): void {
  readErrors(now, now.chances, truth, accounts.length);
  correctSignals(mixture, now.signals, now.errors);
  for (const [index, opinion] of opinions.entries()) {
    const scores = now.opinions[opinion];
    let slope = 0;
    for (let account = 0; account < accounts.length; account++) {
      slope += (now.errors[account] ?? 0) * (scores[account] ?? 0);
    }
    correctWeight(mixture, opinionWeight(index, now.state), slope);
  }
}

function learnRegression(
  memory: LearnerMemory,
  now: Prediction,
  truth: number,
  isTurn: boolean,
): void {
  for (let step = 0; step < (isTurn ? correctionSteps : 1); step++) {
    if (step > 0) scoreRegression(memory, now);
    if (step > 0 && (now.regressionChances[truth] ?? 0) > correctionChance) return;
    readErrors(now, now.regressionChances, truth, memory.accounts.length);
    correctFeatures(memory.regression, now.features, now.errors);
  }
}

function scoreRegression({ regression, accounts }: LearnerMemory, now: Prediction): void {
  scoreFeatures(regression, now.features, now.opinions.regression, accounts.length);
  toChances(now.opinions.regression, now.regressionChances, accounts.length, true);
}

function readErrors(
  { errors }: Prediction,
  chances: readonly number[],
  truth: number,
  count: number,
): void {
  for (let account = 0; account < count; account++) {
    errors[account] = (account === truth ? 1 : 0) - (chances[account] ?? 0);
  }
}

function rememberRow(memory: LearnerMemory, now: Prediction, truth: number, isTurn: boolean): void {
  const { slowCounts, fastCounts, contexts } = memory;
  for (let account = 0; account < slowCounts.length; account++) {
    slowCounts[account] = (slowCounts[account] ?? 0) * slowKeep;
    fastCounts[account] = (fastCounts[account] ?? 0) * fastKeep;
  }
  slowCounts[truth] = (slowCounts[truth] ?? 0) + 1;
  fastCounts[truth] = (fastCounts[truth] ?? 0) + 1;
  for (const { slot, key } of now.facts.contexts) {
    const isCorrected = slot === slotOf.corrected || slot === slotOf.correctedCore;
    if (isCorrected && !isTurn && findContext(contexts, key) < 0) continue;
    countContext(contexts, key, truth, memory.rowCount, isTurn);
  }
  memory.rowCount++;
}

/** Whether the closest context of the row that is known had another counter-account nearly always. */
function breaksHabit({ contexts }: LearnerMemory, { facts }: Prediction, truth: number): boolean {
  for (const slot of [slotOf.payee, slotOf.coreTwo, slotOf.core]) {
    const context = facts.contexts.find((one) => one.slot === slot);
    const at = context ? findContext(contexts, context.key) : -1;
    if (at < 0) continue;
    let total = 0;
    let most = 0;
    for (let way = at * ways; way < at * ways + ways; way++) {
      const rows = (contexts.counts[way] ?? 0) / countUnit;
      total += rows;
      if (contexts.accounts[way] !== truth) most = Math.max(most, rows);
    }
    return total > stableRows && most > stableShare * total;
  }
  return false;
}
