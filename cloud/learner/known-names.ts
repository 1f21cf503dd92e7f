import {
  type AccountName,
  likenessByConcept,
  likenessByWord,
  readAccountName,
} from './account-names.ts';
import type { Candidate, Evidence } from './learner.ts';
import type { LearnerMemory } from './learner-memory.ts';
import { type Opinion, opinions, opinionWeight } from './mixture.ts';
import { type Prediction, toChances } from './predict.ts';

/** A candidate that only its name speaks for. */
export interface NameCandidate extends Candidate {
  readonly evidence: Evidence;
}

export interface KnownNames {
  know(paths: readonly string[]): void;
  /** Accounts without rows whose names are like the row, the likeliest first; never `own`. */
  candidatesFor(memory: LearnerMemory, now: Prediction, own: string): readonly NameCandidate[];
}

/** Where names say more than all rows, so many were right. */
const mostByName = 0.6;
const candidateMax = 3;
/** A name that is like the row says more than its weight in a book whose first rows are still to teach it. */
const lift = 1.3;

/** Accounts of the book by their names, for those that have no rows yet. */
export function createKnownNames(): KnownNames {
  let names: readonly (readonly [string, AccountName])[] = [];
  return {
    know(paths) {
      names = paths.map((path) => [path, readAccountName(path)]);
    },
    candidatesFor(memory, now, own) {
      const scored = names
        .filter(([path]) => path !== own && !memory.accountNumbers.has(path))
        .map(([path, name]) => scoreName(memory, now, path, name))
        .filter(({ isLike }) => isLike)
        .sort((a, b) => b.score - a.score)
        .slice(0, candidateMax);
      if (scored.length === 0) return [];
      const chances: number[] = [];
      toChances(
        [...now.scores.slice(0, memory.accounts.length), ...scored.map(({ score }) => score)],
        chances,
      );
      return scored.map(({ path, kind, words }, at) => ({
        counterAccount: path,
        probability: mostByName * (chances[memory.accounts.length + at] ?? 0),
        evidence: { kind, key: '', words, counterAccount: path, weight: 1, times: 0, of: 0 },
      }));
    },
  };
}

/** As the mixture scores an account that had no row: by its prior and its name. */
function scoreName(
  { mixture, accounts }: LearnerMemory,
  { facts, state }: Prediction,
  path: string,
  name: AccountName,
) {
  const byConcept = likenessByConcept(name, facts);
  const byWord = likenessByWord(name, facts);
  // As likely as any other account: that nothing was posted to it yet says little in a young book.
  const prior = 1 / (accounts.length + 1);
  const weightOf = (opinion: Opinion) =>
    mixture.weights[opinionWeight(opinions.indexOf(opinion), state)] ?? 0;
  return {
    path,
    isLike: byConcept > 0 || byWord > 0,
    score:
      lift +
      weightOf('prior') * Math.log(prior) +
      weightOf('nameConcept') * byConcept +
      weightOf('nameWord') * byWord,
    kind: byConcept > 0 ? ('known-word' as const) : ('name' as const),
    words: facts.words.map(({ text }) => text).filter((text) => name.words.has(text)),
  };
}
