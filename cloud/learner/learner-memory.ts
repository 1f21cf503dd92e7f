import { type AccountName, readAccountName } from './account-names.ts';
import { type Certainty, createCertainty } from './certainty.ts';
import { type ContextCounts, createContextCounts } from './context-counts.ts';
import { createMixtureWeights, type MixtureWeights } from './mixture.ts';
import { createRegression, type Regression } from './regression.ts';

/** All that a learner has learned. */
export interface LearnerMemory {
  rowCount: number;
  /** Counter-accounts by number, in the order in which they first came. */
  readonly accounts: string[];
  /** By number; worked out from `accounts`, not saved. */
  readonly names: AccountName[];
  readonly accountNumbers: Map<string, number>;
  /** How often each counter-account came, older rows fading: over about 500 rows, and over about 30. */
  readonly slowCounts: number[];
  readonly fastCounts: number[];
  readonly contexts: ContextCounts;
  readonly mixture: MixtureWeights;
  readonly regression: Regression;
  readonly certainty: Certainty;
}

export function createLearnerMemory(): LearnerMemory {
  return {
    rowCount: 0,
    accounts: [],
    names: [],
    accountNumbers: new Map(),
    slowCounts: [],
    fastCounts: [],
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
  memory.names.push(readAccountName(account));
  memory.accountNumbers.set(account, number);
  memory.slowCounts.push(0);
  memory.fastCounts.push(0);
  return number;
}
