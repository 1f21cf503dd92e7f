import { countUnit, ways } from './context-counts.ts';
import type { Evidence } from './learner.ts';
import type { LearnerMemory } from './learner-memory.ts';
import { type Opinion, opinions, opinionWeight, signalWeights } from './mixture.ts';
import type { Prediction } from './predict.ts';
import { evidenceKinds, lastingKeyOf, slots } from './row-contexts.ts';

const evidenceMax = 8;

/** Opinions that no row stands behind by a key of its own; how often accounts came at all is no reason to name. */
const opinionKinds: { readonly [O in Opinion]?: Evidence['kind'] } = {
  regression: 'mixture',
  nameConcept: 'name',
  nameWord: 'name',
};

/**
 * What set the first candidate apart from the second: every part of the sums that the suggestion was made of, those of one
 * key together, as shares of all.
 */
export function evidenceOf(memory: LearnerMemory, now: Prediction): readonly Evidence[] {
  const found = new Map<string, Evidence>();
  let all = 0;
  for (const evidence of [...fromSignals(memory, now), ...fromOpinions(memory, now)]) {
    all += Math.abs(evidence.weight);
    const id = `${evidence.kind} ${evidence.key}`;
    const other = found.get(id);
    const weight = evidence.weight + (other?.weight ?? 0);
    const isMore = !other || evidence.of >= other.of;
    found.set(id, { ...(isMore ? evidence : other), weight });
  }
  return [...found.values()]
    .filter(({ weight }) => weight !== 0)
    .sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight))
    .slice(0, evidenceMax)
    .map((evidence) => ({ ...evidence, weight: evidence.weight / all }));
}

function fromSignals(memory: LearnerMemory, now: Prediction): Evidence[] {
  const { signals, facts, top } = now;
  const [first = -1, second = -1] = top;
  return Array.from({ length: signals.length }, (_, signal) => {
    const weight = addedBy(memory, now, signal, first) - addedBy(memory, now, signal, second);
    const speaksFor = weight >= 0 ? first : second;
    const context = facts.contexts[signals.context[signal] ?? 0];
    return {
      kind: evidenceKinds[slots[context?.slot ?? 0] ?? 'word'],
      key: context ? lastingKeyOf(context, facts) : '',
      words: context?.words.map(({ text }) => text) ?? [],
      counterAccount: memory.accounts[speaksFor] ?? '',
      weight,
      ...rowsOf(memory, signals.table[signal] ?? 0, speaksFor),
    };
  });
}

/** What a signal added to the score of a counter-account. */
function addedBy(
  { mixture }: LearnerMemory,
  { signals }: Prediction,
  signal: number,
  account: number,
) {
  const { forLifts, forLast } = signalWeights(mixture, signals, signal);
  let added = signals.last[signal] === account ? forLast : 0;
  const from = signal * ways;
  for (let way = from; way < from + (signals.widths[signal] ?? 0); way++) {
    if (signals.accounts[way] === account) added += forLifts * (signals.lifts[way] ?? 0);
  }
  return added;
}

function rowsOf({ contexts }: LearnerMemory, at: number, account: number) {
  let times = 0;
  let of = 0;
  for (let way = at * ways; way < at * ways + ways; way++) {
    const rows = (contexts.counts[way] ?? 0) / countUnit;
    of += rows;
    if (rows > 0 && contexts.accounts[way] === account) times = rows;
  }
  return { times, of };
}

function fromOpinions(memory: LearnerMemory, now: Prediction): Evidence[] {
  const [first = -1, second = -1] = now.top;
  return opinions.flatMap((opinion, index) => {
    const kind = opinionKinds[opinion];
    if (!kind) return [];
    const scores = now.opinions[opinion];
    const weight =
      (memory.mixture.weights[opinionWeight(index, now.state)] ?? 0) *
      ((scores[first] ?? 0) - (scores[second] ?? 0));
    const speaksFor = weight >= 0 ? first : second;
    const counterAccount = memory.accounts[speaksFor] ?? '';
    const words = kind === 'name' ? namedWords(memory, now, speaksFor) : [];
    return [{ kind, key: '', words, counterAccount, weight, times: 0, of: 0 }];
  });
}

/** Words of the row that stand in the account's name. */
function namedWords({ names }: LearnerMemory, { facts }: Prediction, account: number) {
  return facts.words.map(({ text }) => text).filter((text) => names[account]?.words.has(text));
}
