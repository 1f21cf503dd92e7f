import { type ContextCounts, countsOf, countUnit, findContext, ways } from './context-counts.ts';
import { type RowContext, type Slot, slotOf, slots } from './row-contexts.ts';

/**
 * How much each kind of context counts for, by how often it was seen, whether one counter-account prevails, and whether
 * the counterparty is known: learned from every row, shared by all counter-accounts. Other opinions have weights, too.
 */
export interface MixtureWeights {
  readonly weights: Float32Array;
  /** Squares of what each was corrected by: one that was corrected much moves less. */
  readonly speeds: Float32Array;
}

/** Opinions on every counter-account that go by no context. */
export const opinions = ['prior', 'recent', 'regression', 'nameConcept', 'nameWord'] as const;
export type Opinion = (typeof opinions)[number];

/** 0 where the counterparty is new, 1 after one or two rows, 2 after more. */
export type PayeeState = 0 | 1 | 2;
const states = 3;
const evidenceBuckets = 10;
const runBuckets = 8;
const perSlot = evidenceBuckets + runBuckets + states * evidenceBuckets;
const opinionsFrom = slots.length * perSlot;
const weightCount = opinionsFrom + opinions.length * states;

/** More would let one row's odd words outvote its counterparty. */
const signalMax = 128;
const rate = 0.015;
const speedAtStart = 0.3;
const speedShare = 0.15;
/** Opinions that repeat each other would push each other far below 0. */
const lowest = -0.1;
/** Rows as if they had come from everywhere, before a context's own. */
const priorRows = 2;

/**
 * Weights to start from: of contexts with one counter-account seen once or twice, seen more often, of those with several;
 * and of the last counter-account. About what histories of many kinds come to.
 */
const usualStart = [0.2, 0.2, 0.2, 0.08] as const;
const starts: { readonly [S in Slot]?: readonly [number, number, number, number] } = {
  core: [0.27, 0.2, 0.2, 0.1],
  word: [0.28, 0.16, 0.1, 0],
  wordBucket: [0.13, 0.1, 0.08, 0],
  concept: [0.3, 0.2, 0.2, 0.08],
  // Only corrections make these: they must outweigh all the rest at once.
  corrected: [0.8, 0.8, 0.4, 3.5],
  correctedCore: [0.6, 0.6, 0.3, 2],
};
/** A last counter-account that ended a longer run counts for more. */
const afterRun = 0.1;
const opinionStarts: Readonly<Record<Opinion, number>> = {
  prior: 0.4,
  recent: 0.1,
  regression: 0.45,
  nameConcept: 2,
  nameWord: 2,
};

export function createMixtureWeights(): MixtureWeights {
  const weights = new Float32Array(weightCount);
  for (const [index, slot] of slots.entries()) {
    const [few, more, mixed, last] = starts[slot] ?? usualStart;
    const from = index * perSlot;
    const runsFrom = from + evidenceBuckets;
    weights.fill(few, from, from + 2);
    weights.fill(more, from + 2, from + 5);
    weights.fill(mixed, from + 5, runsFrom);
    weights.fill(last, runsFrom, runsFrom + runBuckets / 2);
    weights.fill(last + afterRun, runsFrom + runBuckets / 2, runsFrom + runBuckets);
  }
  for (const [index, opinion] of opinions.entries()) {
    const from = opinionsFrom + index * states;
    weights.fill(opinionStarts[opinion], from, from + states);
  }
  return { weights, speeds: new Float32Array(weightCount).fill(speedAtStart) };
}

export function opinionWeight(opinion: number, state: PayeeState): number {
  return opinionsFrom + opinion * states + state;
}

/** What the known contexts of a row say: reused from row to row. */
export interface Signals {
  length: number;
  /** Which of the row's contexts each comes from, and its place in the table. */
  readonly context: Uint8Array;
  readonly table: Int32Array;
  /** Where its weights are: by evidence, by that and the state; and for the last counter-account alone, by its run. */
  readonly byEvidence: Uint16Array;
  readonly byState: Uint16Array;
  readonly byRun: Uint16Array;
  readonly last: Uint16Array;
  /** `ways` of each: counter-account, and the logarithm of how much likelier the context makes it. */
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

/** Looks up the contexts of a row. `priors`: how likely each counter-account is of any row. */
export function readSignals(
  signals: Signals,
  table: ContextCounts,
  contexts: readonly RowContext[],
  priors: readonly number[],
  state: PayeeState,
): void {
  signals.length = 0;
  let wordCount = 0;
  for (const { slot } of contexts) if (slot === slotOf.word) wordCount++;
  // Many words are not so many opinions.
  const wordScale = 1 / Math.sqrt(Math.max(1, wordCount) / 4);
  let payeeSeen = -1;
  for (const [index, { slot, key }] of contexts.entries()) {
    const at = findContext(table, key);
    if (at < 0 || signals.length >= signalMax) continue;
    const seen = table.seen[at] ?? 0;
    if (slot === slotOf.payee) payeeSeen = seen;
    // All rows of the counterparty were in this account: nothing new.
    if (slot === slotOf.payeeAccount && seen === payeeSeen) continue;
    const isWord = slot === slotOf.word || slot === slotOf.wordBucket;
    const signal = signals.length++;
    signals.context[signal] = index;
    signals.table[signal] = at;
    readLifts(signals, signal, table, priors, isWord ? wordScale : 1);
    readWeights(signals, signal, table, slot * perSlot, state);
  }
}

/** Math.log is the same for one version of Node, on any machine; another version may differ in the last bit. */
function readLifts(
  signals: Signals,
  signal: number,
  { accounts, counts }: ContextCounts,
  priors: readonly number[],
  scale: number,
): void {
  const from = (signals.table[signal] ?? 0) * ways;
  const to = signal * ways;
  let width = 0;
  while (width < ways) {
    const count = counts[from + width] ?? 0;
    if (count === 0) break;
    const account = accounts[from + width] ?? 0;
    const lift = 1 + count / countUnit / (priorRows * (priors[account] ?? 1));
    signals.accounts[to + width] = account;
    signals.lifts[to + width] = scale * Math.log(lift);
    width++;
  }
  signals.widths[signal] = width;
}

function readWeights(
  signals: Signals,
  signal: number,
  table: ContextCounts,
  from: number,
  state: PayeeState,
): void {
  const at = signals.table[signal] ?? 0;
  const { total, most } = countsOf(table, at);
  const evidence = evidenceBucket(total / countUnit, most / total);
  const run = runBucket(table.run[at] ?? 0, table.runBefore[at] ?? 0);
  signals.last[signal] = table.last[at] ?? 0;
  signals.byEvidence[signal] = from + evidence;
  signals.byRun[signal] = from + evidenceBuckets + run;
  signals.byState[signal] =
    from + evidenceBuckets + runBuckets + state * evidenceBuckets + evidence;
}

function evidenceBucket(rows: number, share: number): number {
  const size = rows < 1.5 ? 0 : rows < 2.5 ? 1 : rows < 5 ? 2 : rows < 11 ? 3 : 4;
  return share > 0.9 ? size : size + 5;
}

function runBucket(run: number, before: number): number {
  const size = run < 2 ? 0 : run < 3 ? 1 : run < 6 ? 2 : 3;
  return before > 3 ? size + 4 : size;
}

/** What a signal's lifts are multiplied by, and what its last counter-account gets besides. */
export function signalWeights({ weights }: MixtureWeights, signals: Signals, signal: number) {
  const byEvidence = weights[signals.byEvidence[signal] ?? 0] ?? 0;
  const byState = weights[signals.byState[signal] ?? 0] ?? 0;
  return { forLifts: byEvidence + byState, forLast: weights[signals.byRun[signal] ?? 0] ?? 0 };
}

/** Adds what the signals say to the score of each counter-account. */
export function addSignals(mixture: MixtureWeights, signals: Signals, scores: number[]): void {
  for (let signal = 0; signal < signals.length; signal++) {
    const { forLifts, forLast } = signalWeights(mixture, signals, signal);
    const from = signal * ways;
    for (let way = from; way < from + (signals.widths[signal] ?? 0); way++) {
      const account = signals.accounts[way] ?? 0;
      scores[account] = (scores[account] ?? 0) + forLifts * (signals.lifts[way] ?? 0);
    }
    const last = signals.last[signal] ?? 0;
    scores[last] = (scores[last] ?? 0) + forLast;
  }
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
  const speed = (speeds[at] ?? 0) + speedShare * slope * slope;
  speeds[at] = speed;
  weights[at] = Math.max(lowest, (weights[at] ?? 0) + (rate * slope) / Math.sqrt(speed));
}
