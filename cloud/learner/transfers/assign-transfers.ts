import type { Leg } from './transfer-leg.ts';
import { type Candidate, tiers } from './transfer-likeness.ts';

/** So many rows of two legs belong together. */
export interface Match {
  readonly candidate: Candidate;
  count: number;
}

/** Who belongs to whom, one to one; what is neither matched nor in doubt stays alone. */
export interface Assignment {
  /** Of every leg by the other one. */
  readonly matches: Map<Leg, Map<Leg, Match>>;
  /** Legs that could belong to others just as well, and those others. */
  readonly doubts: Map<Leg, Set<Leg>>;
  /** Rows of a leg that are not matched. */
  readonly open: (leg: Leg) => number;
}

/** How many other rows of its sum and sign a leg has near it that are not matched yet. */
export type CrowdOf = (leg: Leg, open: (leg: Leg) => number) => number;

/**
 * Pairs one to one, best evidence first. Of rows with equal evidence as many as possible are paired, the nearest days
 * first. Which of them, where others would do as well, is `settleDoubts`' to judge.
 */
export function assignTransfers(candidates: readonly Candidate[], crowdOf: CrowdOf): Assignment {
  const matches = new Map<Leg, Map<Leg, Match>>();
  const open = (leg: Leg) => {
    let count = leg.rows.length;
    for (const match of matches.get(leg)?.values() ?? []) count -= match.count;
    return count;
  };
  const assignment = { matches, doubts: new Map<Leg, Set<Leg>>(), open };
  const levels = [...Map.groupBy(candidates, ({ level }) => level)].sort(([a], [b]) => a - b);
  for (const [, ofLevel] of levels) {
    const possible = ofLevel.filter(({ out, incoming }) => open(out) > 0 && open(incoming) > 0);
    const tier = ofLevel[0]?.tier;
    if (tier === tiers.amountAlone || tier === tiers.rate) joinSole(assignment, possible, crowdOf);
    else joinLevel(assignment, possible);
  }
  return assignment;
}

export function join({ matches }: Assignment, candidate: Candidate, count: number): void {
  const { out, incoming } = candidate;
  const match = matches.get(out)?.get(incoming) ?? { candidate, count: 0 };
  match.count += count;
  for (const [leg, other] of [[out, incoming] as const, [incoming, out] as const]) {
    const ofLeg = matches.get(leg) ?? new Map<Leg, Match>();
    if (match.count > 0) ofLeg.set(other, match);
    else ofLeg.delete(other);
    matches.set(leg, ofLeg);
  }
}

function joinLevel(assignment: Assignment, candidates: readonly Candidate[]): void {
  const { open } = assignment;
  const byCost = [...Map.groupBy(candidates, ({ cost }) => cost)].sort(([a], [b]) => a - b);
  const ofOut = new Map<Leg, Candidate[]>();
  for (const [, ofCost] of byCost) {
    for (const candidate of ofCost.sort(byOrder)) {
      const { out, incoming } = candidate;
      const known = ofOut.get(out);
      if (known) known.push(candidate);
      else ofOut.set(out, [candidate]);
      const count = Math.min(open(out), open(incoming));
      if (count > 0) join(assignment, candidate, count);
    }
    for (const out of ofOut.keys()) {
      while (open(out) > 0 && moveForMore(assignment, out, ofOut));
    }
  }
}

const byOrder = (a: Candidate, b: Candidate) =>
  a.out.order - b.out.order || a.incoming.order - b.incoming.order;

/**
 * Pairs one more row of a leg by giving others of the same level another partner; false where that cannot be. (An
 * augmenting path, found breadth first.)
 */
function moveForMore(
  assignment: Assignment,
  start: Leg,
  ofOut: ReadonlyMap<Leg, readonly Candidate[]>,
): boolean {
  const { matches, open } = assignment;
  const reachedBy = new Map<Leg, Candidate>();
  const freedFrom = new Map<Leg, Candidate>();
  const outs = [start];
  for (const out of outs) {
    for (const candidate of ofOut.get(out) ?? []) {
      const { incoming } = candidate;
      if (reachedBy.has(incoming)) continue;
      reachedBy.set(incoming, candidate);
      if (open(incoming) > 0) {
        shift(assignment, incoming, reachedBy, freedFrom);
        return true;
      }
      for (const [other, match] of matches.get(incoming) ?? []) {
        if (other === start || freedFrom.has(other)) continue;
        freedFrom.set(other, match.candidate);
        outs.push(other);
      }
    }
  }
  return false;
}

function shift(
  assignment: Assignment,
  last: Leg,
  reachedBy: ReadonlyMap<Leg, Candidate>,
  freedFrom: ReadonlyMap<Leg, Candidate>,
): void {
  let candidate = reachedBy.get(last);
  while (candidate) {
    const freed = freedFrom.get(candidate.out);
    if (freed) join(assignment, freed, -1);
    join(assignment, candidate, 1);
    candidate = freed && reachedBy.get(freed.incoming);
  }
}

/** With so little evidence, only rows that have no other candidate, and none of the same sum beside them. */
function joinSole(
  assignment: Assignment,
  candidates: readonly Candidate[],
  crowdOf: CrowdOf,
): void {
  const { open } = assignment;
  const choices = new Map<Leg, number>();
  for (const { out, incoming } of candidates) {
    choices.set(out, (choices.get(out) ?? 0) + open(incoming));
    choices.set(incoming, (choices.get(incoming) ?? 0) + open(out));
  }
  const isSole = (leg: Leg) => choices.get(leg) === 1;
  const crowds = new Map(
    candidates
      .flatMap(({ out, incoming }) => [out, incoming])
      .map((leg) => [leg, crowdOf(leg, open)]),
  );
  for (const candidate of candidates) {
    const { out, incoming, tier } = candidate;
    const isCrowded = (crowds.get(out) ?? 0) + (crowds.get(incoming) ?? 0) > 0;
    if (!isSole(out) || !isSole(incoming)) {
      if (tier === tiers.amountAlone) doubt(assignment, out, incoming);
    } else if (tier === tiers.rate || !isCrowded) join(assignment, candidate, 1);
  }
}

/** Notes that two legs may or may not belong together. */
export function doubt({ doubts }: Assignment, a: Leg, b: Leg): void {
  doubts.set(a, (doubts.get(a) ?? new Set()).add(b));
  doubts.set(b, (doubts.get(b) ?? new Set()).add(a));
}
