import { type ContextCounts, countUnit, findContext, ways } from './context-counts.ts';
import { type RowContext, slots } from './row-contexts.ts';

/**
 * How much each kind of context counts for, by how often it was seen, whether one counter-account prevails, and whether
 * the counterparty is known: learned from every row, shared by all counter-accounts.
 */
export interface MixtureWeights {
  readonly weights: Float32Array;
  readonly speeds: Float32Array;
}

export const signalMax = 128;
const evidenceBuckets = 10;
const lastBuckets = 8;
export const states = 3;
const perSlot = evidenceBuckets + lastBuckets + states;
/** After the contexts: of the prior, of the regression by state, of names. */
export const priorWeight = slots.length * perSlot;
export const regressionWeight = priorWeight + 1;
export const nameWeight = regressionWeight + states;
export const fastWeight = nameWeight + 1;
const weightCount = fastWeight + 1;

const lowest = -0.1;
export const tune = {
  rate: 0.015,
  lambda: 2,
  w1: 0.22,
  w2: 0.15,
  wreg: 0.5,
  g0: 0.3,
};

export function createMixtureWeights(): MixtureWeights {
  const weights = new Float32Array(weightCount);
  for (let slot = 0; slot < slots.length; slot++) {
    weights.fill(tune.w1, slot * perSlot, slot * perSlot + evidenceBuckets);
    weights.fill(
      tune.w2,
      slot * perSlot + evidenceBuckets,
      slot * perSlot + evidenceBuckets + lastBuckets,
    );
  }
  weights[priorWeight] = 0.8;
  weights.fill(tune.wreg, regressionWeight, regressionWeight + states);
  weights[nameWeight] = 1;
  weights[fastWeight] = 0.1;
  return { weights, speeds: new Float32Array(weightCount).fill(tune.g0) };
}

/** What the contexts of a row say, for one suggestion: reused from row to row. */
export interface Signals {
  length: number;
  /** Which of the row's contexts each comes from. */
  readonly context: Uint8Array;
  readonly table: Int32Array;
  /** Weights that it is multiplied by: by evidence, by state; and by run, for the last counter-account alone. */
  readonly byEvidence: Uint16Array;
  readonly byState: Uint16Array;
  readonly byRun: Uint16Array;
  readonly last: Uint16Array;
  /** `ways` of each: counter-account, and the logarithm of how much likelier it is with this context. */
  readonly accounts: Uint16Array;
  readonly lifts: Float64Array;
  readonly widths: Uint8Array;
}

export function createSignals(): Signals {
  return {
    length: 0,
    context: new Uint8Array(signalMax),
    table: new Int32Array(signalMax),
    byEvidence: new Uint16Array(signalMax),
    byState: new Uint16Array(signalMax),
    byRun: new Uint16Array(signalMax),
    last: new Uint16Array(signalMax),
    accounts: new Uint16Array(signalMax * ways),
    lifts: new Float64Array(signalMax * ways),
    widths: new Uint8Array(signalMax),
  };
}

/** Looks up the contexts of a row. */
export function readSignals(
  signals: Signals,
  table: ContextCounts,
  contexts: readonly RowContext[],
  priors: readonly number[],
  state: number,
): void {
  signals.length = 0;
  for (const [index, { slot, key }] of contexts.entries()) {
    const at = findContext(table, key);
    if (at < 0 || signals.length >= signalMax) continue;
    const signal = signals.length++;
    let total = 0;
    let most = 0;
    let width = 0;
    for (let way = at * ways; way < at * ways + ways; way++) {
      const count = table.counts[way] ?? 0;
      if (count === 0) continue;
      const account = table.accounts[way] ?? 0;
      total += count;
      if (count > most) most = count;
      const times = count / countUnit;
      signals.accounts[signal * ways + width] = account;
      signals.lifts[signal * ways + width] = Math.log(
        1 + times / (tune.lambda * (priors[account] ?? 1)),
      );
      width++;
    }
    signals.widths[signal] = width;
    signals.context[signal] = index;
    signals.table[signal] = at;
    signals.last[signal] = table.last[at] ?? 0;
    const base = slot * perSlot;
    signals.byEvidence[signal] = base + evidenceBucket(total / countUnit, most / total);
    signals.byRun[signal] =
      base + evidenceBuckets + runBucket(table.run[at] ?? 0, table.runBefore[at] ?? 0);
    signals.byState[signal] = base + evidenceBuckets + lastBuckets + state;
  }
}

/** Adds what the signals say to the score of each counter-account. */
export function addSignals(mixture: MixtureWeights, signals: Signals, scores: number[]): void {
  for (let signal = 0; signal < signals.length; signal++) {
    const { byEvidence, byRun } = weightsOf(mixture, signals, signal);
    const from = signal * ways;
    for (let way = from; way < from + (signals.widths[signal] ?? 0); way++) {
      const account = signals.accounts[way] ?? 0;
      scores[account] = (scores[account] ?? 0) + byEvidence * (signals.lifts[way] ?? 0);
    }
    const last = signals.last[signal] ?? 0;
    scores[last] = (scores[last] ?? 0) + byRun;
  }
}

/** What a signal's lifts are multiplied by, and what its last counter-account gets besides. */
export function weightsOf({ weights }: MixtureWeights, signals: Signals, signal: number) {
  return {
    byEvidence:
      (weights[signals.byEvidence[signal] ?? 0] ?? 0) +
      (weights[signals.byState[signal] ?? 0] ?? 0),
    byRun: weights[signals.byRun[signal] ?? 0] ?? 0,
  };
}

/** One step towards the truth; `errors` is truth less probability for each counter-account. */
export function correctSignals(
  mixture: MixtureWeights,
  signals: Signals,
  errors: readonly number[],
): void {
  for (let signal = 0; signal < signals.length; signal++) {
    const from = signal * ways;
    let slope = 0;
    for (let way = from; way < from + (signals.widths[signal] ?? 0); way++) {
      slope += (errors[signals.accounts[way] ?? 0] ?? 0) * (signals.lifts[way] ?? 0);
    }
    correctWeight(mixture, signals.byEvidence[signal] ?? 0, slope);
    correctWeight(mixture, signals.byState[signal] ?? 0, slope);
    correctWeight(mixture, signals.byRun[signal] ?? 0, errors[signals.last[signal] ?? 0] ?? 0);
  }
}

export function correctWeight(
  { weights, speeds }: MixtureWeights,
  at: number,
  slope: number,
): void {
  const speed = (speeds[at] ?? 0) + slope * slope * 0.05;
  speeds[at] = speed;
  weights[at] = Math.max(lowest, (weights[at] ?? 0) + (tune.rate * slope) / Math.sqrt(speed));
}

function evidenceBucket(times: number, share: number): number {
  const size = times < 1.5 ? 0 : times < 2.5 ? 1 : times < 5 ? 2 : times < 11 ? 3 : 4;
  return share > 0.9 ? size : size + 5;
}

function runBucket(run: number, before: number): number {
  const size = run < 2 ? 0 : run < 3 ? 1 : run < 6 ? 2 : 3;
  return before > 3 ? size + 4 : size;
}
