import { type Certainty, createCertainty } from './certainty.ts';
import { type ContextCounts, createContextCounts } from './context-counts.ts';
import { createMixtureWeights, type MixtureWeights } from './mixture.ts';
import { createRegression, type Regression } from './regression.ts';

/** All that a learner has learned: what is saved, and nothing else is. */
export interface LearnerMemory {
  rowCount: number;
  /** Counter-accounts by number, in the order in which they first came. */
  readonly accounts: string[];
  readonly accountNumbers: Map<string, number>;
  /** How often each counter-account came: over about 500 rows, and over about 30. */
  slowCounts: Float64Array;
  fastCounts: Float64Array;
  readonly contexts: ContextCounts;
  readonly mixture: MixtureWeights;
  readonly regression: Regression;
  readonly certainty: Certainty;
}

export function createLearnerMemory(): LearnerMemory {
  return {
    rowCount: 0,
    accounts: [],
    accountNumbers: new Map(),
    slowCounts: new Float64Array(16),
    fastCounts: new Float64Array(16),
    contexts: createContextCounts(),
    mixture: createMixtureWeights(),
    regression: createRegression(),
    certainty: createCertainty(),
  };
}

/** Number of a counter-account, given when it first comes. */
export function numberOf(memory: LearnerMemory, account: string): number {
  const known = memory.accountNumbers.get(account);
  if (known !== undefined) return known;
  const number = memory.accounts.length;
  memory.accounts.push(account);
  memory.accountNumbers.set(account, number);
  if (number >= memory.slowCounts.length) {
    memory.slowCounts = longer(memory.slowCounts);
    memory.fastCounts = longer(memory.fastCounts);
  }
  return number;
}

function longer(counts: Float64Array): Float64Array {
  const next = new Float64Array(counts.length * 2);
  next.set(counts);
  return next;
}
