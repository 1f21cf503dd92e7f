import {
  type AccountName,
  likenessByConcept,
  likenessByWord,
  readAccountName,
} from './account-names.ts';
import type { Candidate, Evidence } from './learner.ts';
import type { LearnerMemory } from './learner-memory.ts';
import type { Prediction } from './predict.ts';

/** A candidate that only its name speaks for. */
export interface NameCandidate extends Candidate {
  readonly evidence: Evidence;
}

export interface KnownNames {
  know(paths: readonly string[]): void;
  /** Accounts without rows whose names are like the row, the likeliest first; never `own`. */
  candidatesFor(memory: LearnerMemory, now: Prediction, own: string): readonly NameCandidate[];
}

const candidateMax = 3;
/** Of rows whose counterparty is new, so many went to the one account that was like them by name. */
const likeliest = 0.5;
/** A known counterparty seldom goes to an account that has no rows yet. */
const likeliestOfKnown = 0.1;

/** Accounts of the book by their names, for those that have no rows yet. */
export function createKnownNames(): KnownNames {
  let names: readonly (readonly [string, AccountName])[] = [];
  return {
    know(paths) {
      names = paths.map((path) => [path, readAccountName(path)]);
    },
    candidatesFor({ accountNumbers }, { facts, state, chances, top }, own) {
      const like = names
        .filter(([path]) => path !== own && !accountNumbers.has(path))
        .map(([path, name]) => {
          const byConcept = likenessByConcept(name, facts);
          return { path, byConcept, like: Math.max(byConcept, likenessByWord(name, facts)) };
        })
        .filter((one) => one.like > 0)
        .sort((a, b) => b.like - a.like)
        .slice(0, candidateMax);
      let all = 0;
      for (const one of like) all += one.like;
      // The more the rows say, the less is left for names.
      const most = state === 0 ? likeliest : likeliestOfKnown;
      const left = most * (1 - 0.5 * (chances[top[0] ?? -1] ?? 0));
      return like.map(({ path, byConcept, like: likeness }) => ({
        counterAccount: path,
        probability: (left * likeness * likeness) / all,
        evidence: {
          kind: byConcept > 0 ? 'known-word' : 'name',
          key: '',
          words: [],
          counterAccount: path,
          weight: 1,
          times: 0,
          of: 0,
        },
      }));
    },
  };
}
