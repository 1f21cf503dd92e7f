import { type Assignment, doubt, join } from './assign-transfers.ts';
import type { Leg } from './transfer-leg.ts';
import type { Candidate } from './transfer-likeness.ts';

/** A day more or less does not tell which of two accounts it was. */
const costSlack = 1;

/**
 * Takes back what is matched where another reading is as good: one that leaves over another row, or that leads a row to
 * another account. Which of equal rows meet does not matter.
 */
export function settleDoubts(assignment: Assignment, candidates: readonly Candidate[]): void {
  const { matches, doubts, open } = assignment;
  const ofLeg = groupByLeg(candidates);
  doubtSwaps(assignment, ofLeg);
  const left = [...new Set([...ofLeg.keys()].filter((leg) => open(leg) > 0 || doubts.has(leg)))];
  const takeBack = (leg: Leg) => {
    for (const [other, { candidate, count }] of [...(matches.get(leg) ?? [])]) {
      doubt(assignment, leg, other);
      join(assignment, candidate, -count);
      left.push(other);
    }
  };
  for (const leg of left) {
    if (doubts.has(leg)) takeBack(leg);
    for (const candidate of open(leg) > 0 ? (ofLeg.get(leg) ?? []) : []) {
      const other = otherOf(candidate, leg);
      const rivals = [...(matches.get(other) ?? [])];
      if (!rivals.some(([rival, match]) => isRival(leg, candidate, rival, match.candidate)))
        continue;
      doubt(assignment, leg, other);
      takeBack(other);
    }
  }
}

function groupByLeg(candidates: readonly Candidate[]): ReadonlyMap<Leg, readonly Candidate[]> {
  const ofLeg = new Map<Leg, Candidate[]>();
  for (const candidate of candidates) {
    for (const leg of [candidate.out, candidate.incoming]) {
      const known = ofLeg.get(leg);
      if (known) known.push(candidate);
      else ofLeg.set(leg, [candidate]);
    }
  }
  return ofLeg;
}

const otherOf = ({ out, incoming }: Candidate, leg: Leg) => (out === leg ? incoming : out);

/** Whether a leg that is left over could stand in for the one that was taken. */
function isRival(leg: Leg, own: Candidate, rival: Leg, taken: Candidate): boolean {
  // Both are booked, whichever of the two bookings the other row belongs to.
  if (leg.bookedOn !== null && rival.bookedOn !== null) return false;
  const slack = leg.account === rival.account ? 0 : costSlack;
  return own.level === taken.level && own.cost <= taken.cost + slack;
}

/** Doubts pairs that could exchange partners of different accounts. */
function doubtSwaps(assignment: Assignment, ofLeg: ReadonlyMap<Leg, readonly Candidate[]>): void {
  const { matches } = assignment;
  for (const [leg, ofMatches] of matches) {
    const partners = [...ofMatches.keys()];
    const isSettled = partners.every(({ bookedOn }) => bookedOn !== null);
    if (isSettled || new Set(partners.map(({ account }) => account)).size < 2) continue;
    for (const partner of partners) doubt(assignment, leg, partner);
  }
  for (const [out, candidates] of ofLeg) {
    if (!out.isOut) continue;
    for (const { candidate: first } of matches.get(out)?.values() ?? []) {
      for (const crossing of candidates) {
        for (const { candidate: second } of matches.get(crossing.incoming)?.values() ?? []) {
          const back = ofLeg.get(second.out)?.find(({ incoming }) => incoming === first.incoming);
          if (!back || !isSwap(first, second, crossing, back)) continue;
          doubt(assignment, crossing.out, crossing.incoming);
          doubt(assignment, back.out, back.incoming);
        }
      }
    }
  }
}

function isSwap(first: Candidate, second: Candidate, crossing: Candidate, back: Candidate) {
  const { out, incoming } = first;
  if (out === second.out || incoming === second.incoming) return false;
  if (out.bookedOn !== null && second.out.bookedOn !== null) return false;
  if (incoming.bookedOn !== null && second.incoming.bookedOn !== null) return false;
  if (out.account === second.out.account && incoming.account === second.incoming.account) {
    return false;
  }
  const levels = [first.level, second.level].sort((a, b) => a - b);
  const swapped = [crossing.level, back.level].sort((a, b) => a - b);
  const isEqual = levels[0] === swapped[0] && levels[1] === swapped[1];
  return isEqual && crossing.cost + back.cost <= first.cost + second.cost + costSlack;
}
