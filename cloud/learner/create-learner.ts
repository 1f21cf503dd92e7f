import { certaintyOf, reliabilityOf, sureFromOf } from './certainty.ts';
import { evidenceOf } from './evidence.ts';
import { createKnownNames, type NameCandidate } from './known-names.ts';
import { learnRow } from './learn-row.ts';
import type { Candidate, Learner, Suggestion } from './learner.ts';
import { createLearnerMemory, type LearnerMemory } from './learner-memory.ts';
import { createPrediction, type Prediction, predict } from './predict.ts';

const candidateMax = 3;

/** By learner, for saving. */
const memories = new WeakMap<Learner, LearnerMemory>();

/** A learner that knows nothing yet, or what another one learned. */
export function createLearner(memory = createLearnerMemory()): Learner {
  const now = createPrediction();
  const known = createKnownNames();
  const learner: Learner = {
    get rowCount() {
      return memory.rowCount;
    },
    learn: (row) => learnRow(memory, now, row),
    suggest(row) {
      predict(memory, now, row);
      return toSuggestion(memory, now, known.candidatesFor(memory, now, row.account));
    },
    sureFrom: () => sureFromOf(memory.certainty),
    reliability: () => reliabilityOf(memory.certainty),
    knowAccounts: known.know,
  };
  memories.set(learner, memory);
  return learner;
}

/** What a learner has learned. @throws TypeError for one that createLearner did not make. */
export function memoryOf(learner: Learner): LearnerMemory {
  const memory = memories.get(learner);
  if (!memory) throw new TypeError('only a learner that createLearner made has a memory');
  return memory;
}

/** Accounts without rows stand beside those with rows, by what they are likely. */
function toSuggestion(
  memory: LearnerMemory,
  now: Prediction,
  named: readonly NameCandidate[],
): Suggestion {
  const [best] = named;
  let byName = 0;
  for (const { probability } of named) byName += probability;
  const learned = learnedCandidates(memory, now).map(({ counterAccount, probability }) => ({
    counterAccount,
    probability: probability * (1 - byName),
  }));
  const isNamedFirst = best !== undefined && best.probability > (learned[0]?.probability ?? 0);
  const candidates = [...learned, ...named]
    .sort((a, b) => b.probability - a.probability)
    .slice(0, candidateMax)
    .map(({ counterAccount, probability }) => ({ counterAccount, probability }));
  return {
    candidates,
    evidence: isNamedFirst ? [best.evidence] : evidenceOf(memory, now),
  };
}

function learnedCandidates(memory: LearnerMemory, now: Prediction): Candidate[] {
  const [first] = now.top;
  if (first === undefined) return [];
  const sure = certaintyOf(memory.certainty, now.inputs);
  // What is left is shared as the mixture shares it.
  const left = (1 - sure) / (1 - (now.chances[first] ?? 0) + 1e-9);
  return now.top.map((account, place) => ({
    counterAccount: memory.accounts[account] ?? '',
    probability: place === 0 ? sure : Math.min(sure, (now.chances[account] ?? 0) * left),
  }));
}
