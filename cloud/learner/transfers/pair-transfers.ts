import { type Money, sumMoney } from '../../../shared/money.ts';
import { type Assignment, assignTransfers, type CrowdOf } from './assign-transfers.ts';
import { knowOwnAccounts } from './own-accounts.ts';
import type { LegRow, OwnAccount, TransferFinding } from './transfer.ts';
import { type FindLegs, findCandidates, indexLegs } from './transfer-candidates.ts';
import { settleDoubts } from './transfer-doubts.ts';
import { groupLegs, type Leg } from './transfer-leg.ts';
import { type Candidate, dayWindow } from './transfer-likeness.ts';

/** What transfers are found by, besides the rows. */
export interface TransferContext {
  readonly own: readonly OwnAccount[];
  /** Path of the book account for money on its way. */
  readonly transit: string;
  /** `pairKey`s of pairs that the user rejected. */
  readonly rejected: ReadonlySet<string>;
  /** Whether another counter-account is sure for a row; asked only of rows that may be in a pair. */
  readonly isOther: (row: LegRow) => boolean;
}

/**
 * Finds transfers between own accounts among rows of a book. Each side keeps its own row and stands against `transit`,
 * which so returns to zero. Rows that are chosen or posted against `transit` are paired, too; those against anything else
 * are settled, and where that is an own account, the row on its other side is found as booked.
 *
 * `leftover` of a pair is what its rows leave in `transit`: the sum of their amounts, negated, so that a fee of 2.00 on
 * a transfer of 500.00 is +2.00; with two currencies it is the outgoing sum as a positive and the incoming one as a
 * negative amount.
 *
 * @param rows drafts and posted ones, with ids of their own, in any order; none is in more than one finding
 * @returns by the day and id of the (outgoing) row; of equal rows, those with lesser ids meet
 */
export function pairTransfers(
  rows: readonly LegRow[],
  { own, transit, rejected, isOther }: TransferContext,
): readonly TransferFinding[] {
  const accounts = knowOwnAccounts(own);
  const inRejected = idsOfPairs(rejected);
  const legs = groupLegs(rows, { own: accounts, transit, isOther, inRejected });
  const findLegs = indexLegs(legs);
  const isRejected = (out: Leg, incoming: Leg) =>
    rejected.size > 0 && isRejectedPair(out, incoming, rejected);
  const candidates = findCandidates(legs, findLegs, accounts, isRejected);
  const assignment = assignTransfers(candidates, createCrowdOf(findLegs));
  settleDoubts(assignment, candidates);
  return findingsOf(legs, assignment);
}

/** Names two rows, in whichever order they come. Ids hold no blanks. */
export function pairKey(idA: string, idB: string): string {
  return [idA, idB].sort().join(keySeparator);
}

const keySeparator = ' ';

/** All ids that pairs name. */
export function idsOfPairs(keys: ReadonlySet<string>): ReadonlySet<string> {
  return new Set([...keys].flatMap((key) => key.split(keySeparator)));
}

/**
 * What the book account for money on its way holds by all rows, drafts too: one amount per currency that is not zero,
 * by currency; positive when more went out of accounts than has come in.
 */
export function transitBalance(
  rows: Iterable<{
    readonly amount: Money;
    readonly account: string;
    readonly counterAccount: string;
  }>,
  transit: string,
): readonly Money[] {
  const moved: Money[] = [];
  for (const { amount, account, counterAccount } of rows) {
    if (account === transit) moved.push(amount);
    if (counterAccount === transit) moved.push(negated(amount));
  }
  return sumByCurrency(moved).toSorted((a, b) => (a.currency < b.currency ? -1 : 1));
}

/** Rows that were in a rejected pair are legs of one row. */
function isRejectedPair(out: Leg, incoming: Leg, rejected: ReadonlySet<string>): boolean {
  const [a, b] = [out.rows[0]?.id, incoming.rows[0]?.id];
  return a !== undefined && b !== undefined && rejected.has(pairKey(a, b));
}

function createCrowdOf(findLegs: FindLegs): CrowdOf {
  const reach = dayWindow.aloneMax;
  return ({ isOut, currency, day, size, bookedOn }, open) => {
    if (bookedOn !== null) return 0;
    const days = [day - reach, day + reach] as const;
    const alike = findLegs({ isOut, currency, days, sizes: [size, size] });
    const rows = alike.map((leg) => (leg.bookedOn === null ? open(leg) : 0));
    return rows.reduce((sum, count) => sum + count, 0) - 1;
  };
}

function findingsOf(legs: readonly Leg[], assignment: Assignment): readonly TransferFinding[] {
  const { matches, doubts } = assignment;
  const rowsLeft = new Map(legs.map((leg) => [leg, leg.rows.values()]));
  const next = (leg: Leg): LegRow | undefined => rowsLeft.get(leg)?.next().value;
  const found: { readonly row: LegRow; readonly finding: TransferFinding }[] = [];
  for (const leg of legs) {
    if (!leg.isOut) continue;
    const ofLeg = [...(matches.get(leg)?.values() ?? [])];
    for (const { candidate, count } of ofLeg.sort(byIncoming)) {
      for (let at = 0; at < count; at++) {
        const [out, incoming] = [next(candidate.out), next(candidate.incoming)];
        if (out && incoming) found.push(matched(candidate, out, incoming));
      }
    }
  }
  for (const leg of legs) {
    if (leg.bookedOn !== null) continue;
    const [other] = [...leg.told.numbers].sort();
    for (const row of rowsLeft.get(leg) ?? []) {
      const { id } = row;
      if (doubts.has(leg)) {
        const others = othersInDoubt(leg, id, doubts);
        const known = other !== undefined && { other };
        found.push({ row, finding: { kind: 'unclear', id, others, ...known } });
      } else if (other !== undefined) found.push({ row, finding: { kind: 'waiting', id, other } });
    }
  }
  return found.sort(byRow).map(({ finding }) => finding);
}

type Match = { readonly candidate: Candidate };
const byIncoming = (a: Match, b: Match) => a.candidate.incoming.order - b.candidate.incoming.order;

function byRow({ row: a }: { readonly row: LegRow }, { row: b }: { readonly row: LegRow }): number {
  if (a.date !== b.date) return a.date < b.date ? -1 : 1;
  return a.id < b.id ? -1 : 1;
}

function matched({ out, incoming, evidence }: Candidate, sent: LegRow, received: LegRow) {
  const booked = (row: LegRow, by: LegRow) =>
    ({ row, finding: { kind: 'booked', id: row.id, by: by.id } }) as const;
  if (out.bookedOn !== null) return booked(received, sent);
  if (incoming.bookedOn !== null) return booked(sent, received);
  const leftover = sumByCurrency([negated(sent.amount), negated(received.amount)]);
  const pair = { kind: 'pair', outgoing: sent.id, incoming: received.id } as const;
  return { row: sent, finding: { ...pair, leftover, evidence } };
}

/** Rows named beside one that is unclear. */
const othersMax = 8;

/** Those that could be its other side, then those that could be it instead. */
function othersInDoubt(
  leg: Leg,
  id: string,
  doubts: ReadonlyMap<Leg, ReadonlySet<Leg>>,
): readonly string[] {
  const sides = [...(doubts.get(leg) ?? [])].sort(byOrder);
  const rivals = new Set([leg, ...sides.flatMap((side) => [...(doubts.get(side) ?? [])])]);
  const ids = new Set<string>();
  for (const { rows } of [...sides, ...[...rivals].sort(byOrder)]) {
    for (const row of rows) {
      if (ids.size === othersMax) return [...ids];
      if (row.id !== id) ids.add(row.id);
    }
  }
  return [...ids];
}

const byOrder = (a: Leg, b: Leg) => a.order - b.order;

const negated = ({ minor, currency }: Money): Money => ({ minor: 0 - minor, currency });

/** In the order in which the currencies come; none that is zero. */
function sumByCurrency(amounts: readonly Money[]): readonly Money[] {
  return [...Map.groupBy(amounts, ({ currency }) => currency)]
    .map(([currency, ofCurrency]) => sumMoney(ofCurrency, currency))
    .filter(({ minor }) => minor !== 0);
}
