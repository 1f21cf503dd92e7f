import { certaintyOf, reliabilityOf, sureFromOf } from './certainty.ts';
import { evidenceOf } from './evidence.ts';
import { learnRow } from './learn-row.ts';
import type { Learner, Suggestion } from './learner.ts';
import { createLearnerMemory, type LearnerMemory } from './learner-memory.ts';
import { createPrediction, type Prediction, predict } from './predict.ts';

/** By learner, for saving. */
const memories = new WeakMap<Learner, LearnerMemory>();

/** A learner that knows nothing yet, or what another one learned. */
export function createLearner(memory = createLearnerMemory()): Learner {
  const now = createPrediction();
  const learner: Learner = {
    get rowCount() {
      return memory.rowCount;
    },
    learn: (row) => learnRow(memory, now, row),
    suggest(row) {
      predict(memory, now, row);
      return toSuggestion(memory, now);
    },
    sureFrom: () => sureFromOf(memory.certainty),
    reliability: () => reliabilityOf(memory.certainty),
    knowAccounts() {},
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

function toSuggestion(memory: LearnerMemory, now: Prediction): Suggestion {
  const [first] = now.top;
  if (first === undefined) return { candidates: [], evidence: [] };
  const sure = certaintyOf(memory.certainty, now.inputs);
  const rest = (1 - sure) / (1 - (now.chances[first] ?? 0) + 1e-9);
  const candidates = now.top.map((account, place) => ({
    counterAccount: memory.accounts[account] ?? '',
    probability: place === 0 ? sure : Math.min(sure, (now.chances[account] ?? 0) * rest),
  }));
  return { candidates, evidence: evidenceOf(memory, now) };
}
