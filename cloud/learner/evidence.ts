import { countUnit, ways } from './context-counts.ts';
import type { Evidence } from './learner.ts';
import type { LearnerMemory } from './learner-memory.ts';
import { fastWeight, priorWeight, regressionWeight, weightsOf } from './mixture.ts';
import type { Prediction } from './predict.ts';
import { evidenceKinds, keyText, slots } from './row-contexts.ts';

const evidenceMax = 8;

/** What set the first candidate apart from the second: each part of the sum that the suggestion was made of. */
export function evidenceOf(memory: LearnerMemory, now: Prediction): readonly Evidence[] {
  const [first, second = -1] = now.top;
  if (first === undefined) return [];
  const found: Evidence[] = [];
  let all = 0;
  for (let signal = 0; signal < now.signals.length; signal++) {
    const weight = liftOf(memory, now, signal, first) - liftOf(memory, now, signal, second);
    all += Math.abs(weight);
    if (weight !== 0) found.push(toEvidence(memory, now, signal, weight));
  }
  const { weights } = memory.mixture;
  const mixed = (weights[regressionWeight + now.state] ?? 0) * gap(now.regressionScores, now);
  all += Math.abs(mixed);
  const speaksFor = mixed < 0 && second >= 0 ? second : first;
  found.push({
    kind: 'mixture',
    key: '',
    words: [],
    counterAccount: memory.accounts[speaksFor] ?? '',
    weight: mixed,
    times: 0,
    of: 0,
  });
  all += Math.abs(
    (weights[priorWeight] ?? 0) * gap(now.logPriors, now) +
      (weights[fastWeight] ?? 0) * gap(now.fasts, now),
  );
  return found
    .sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight))
    .slice(0, evidenceMax)
    .map((evidence) => ({ ...evidence, weight: all > 0 ? evidence.weight / all : 0 }));
}

function gap(scores: readonly number[], { top: [first = 0, second] }: Prediction): number {
  return (scores[first] ?? 0) - (second === undefined ? 0 : (scores[second] ?? 0));
}

function liftOf({ mixture }: LearnerMemory, now: Prediction, signal: number, account: number) {
  const { byEvidence, byRun } = weightsOf(mixture, now.signals, signal);
  let lift = now.signals.last[signal] === account ? byRun : 0;
  const from = signal * ways;
  for (let way = from; way < from + (now.signals.widths[signal] ?? 0); way++) {
    if (now.signals.accounts[way] === account) lift += byEvidence * (now.signals.lifts[way] ?? 0);
  }
  return lift;
}

/** What speaks for the first candidate; or, where the weight is negative, for the one that the context knows best. */
function toEvidence(
  memory: LearnerMemory,
  now: Prediction,
  signal: number,
  weight: number,
): Evidence {
  const { contexts, accounts } = memory;
  const at = now.signals.table[signal] ?? 0;
  const [first = -1, second = -1] = now.top;
  const speaksFor = weight > 0 ? first : second;
  let times = 0;
  let of = 0;
  for (let way = at * ways; way < at * ways + ways; way++) {
    const count = (contexts.counts[way] ?? 0) / countUnit;
    of += count;
    if (count > 0 && contexts.accounts[way] === speaksFor) times = count;
  }
  const context = now.facts.contexts[now.signals.context[signal] ?? 0];
  return {
    kind: evidenceKinds[slots[context?.slot ?? 0] ?? 'word'],
    key: keyText(context?.key ?? 0),
    words: context?.words.map(({ text }) => text) ?? [],
    counterAccount: accounts[speaksFor] ?? '',
    weight,
    times,
    of,
  };
}
