import { countUnit, ways } from './context-counts.ts';
import type { Evidence } from './learner.ts';
import type { LearnerMemory } from './learner-memory.ts';
import {
  type Opinion,
  opinions,
  opinionWeight,
  type PayeeState,
  signalWeights,
} from './mixture.ts';
import type { Prediction } from './predict.ts';
import { compareFeatures, ofPayee } from './regression.ts';
import { evidenceKinds, lastingKeyOf, payeeKeyOf, slots, wordKeyOf } from './row-contexts.ts';

const evidenceMax = 8;

/** Opinions on accounts' names, by what Bookfeed knows of words or by the words themselves. */
const nameOpinions = [
  ['nameConcept', 'known-word'],
  ['nameWord', 'name'],
] as const;

/**
 * What set the first candidate apart from the second: every part of the sums that the suggestion was made of, those of one
 * key together, as shares of all.
 */
export function evidenceOf(memory: LearnerMemory, now: Prediction): readonly Evidence[] {
  const found = new Map<string, Evidence>();
  const add = (evidence: Evidence) => {
    const id = `${evidence.kind} ${evidence.key}`;
    const other = found.get(id);
    const isMore = !other || evidence.of >= other.of;
    const weight = evidence.weight + (other?.weight ?? 0);
    found.set(id, { ...(isMore ? evidence : other), weight });
  };
  for (const evidence of fromSignals(memory, now)) add(evidence);
  for (const evidence of fromRegression(memory, now, found)) add(evidence);
  for (const evidence of fromNames(memory, now)) add(evidence);
  let all = 0;
  for (const { weight } of found.values()) all += Math.abs(weight);
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

/** The regression's part goes to the words and the counterparty that it is about where they have rows; the rest is a mixture. */
function fromRegression(
  memory: LearnerMemory,
  now: Prediction,
  found: ReadonlyMap<string, Evidence>,
): Evidence[] {
  const { facts, features, state, top } = now;
  const [first = -1, second = -1] = top;
  const share = weightOf(memory, 'regression', state);
  let rest = 0;
  const evidence: Evidence[] = [];
  for (const [about, more] of compareFeatures(memory.regression, features, first, second)) {
    const word = facts.words[about];
    const id = word
      ? `words ${wordKeyOf(word, facts)}`
      : about === ofPayee
        ? `payee ${payeeKeyOf(facts)}`
        : '';
    const known = found.get(id);
    if (known) evidence.push({ ...known, weight: share * more });
    else rest += share * more;
  }
  return [...evidence, withoutRows(memory, now, 'mixture', rest)];
}

function fromNames(memory: LearnerMemory, now: Prediction): Evidence[] {
  const [first = -1, second = -1] = now.top;
  return nameOpinions.map(([opinion, kind]) => {
    const scores = now.opinions[opinion];
    const more = (scores[first] ?? 0) - (scores[second] ?? 0);
    return withoutRows(memory, now, kind, weightOf(memory, opinion, now.state) * more);
  });
}

function withoutRows(
  memory: LearnerMemory,
  now: Prediction,
  kind: 'mixture' | 'known-word' | 'name',
  weight: number,
): Evidence {
  const [first = -1, second = -1] = now.top;
  const speaksFor = weight >= 0 ? first : second;
  return {
    kind,
    key: '',
    words: kind === 'name' ? namedWords(memory, now, speaksFor) : [],
    counterAccount: memory.accounts[speaksFor] ?? '',
    weight,
    times: 0,
    of: 0,
  };
}

function weightOf({ mixture }: LearnerMemory, opinion: Opinion, state: PayeeState): number {
  return mixture.weights[opinionWeight(opinions.indexOf(opinion), state)] ?? 0;
}

/** Words of the row that stand in the account's name. */
function namedWords({ names }: LearnerMemory, { facts }: Prediction, account: number) {
  return facts.words.map(({ text }) => text).filter((text) => names[account]?.words.has(text));
}
