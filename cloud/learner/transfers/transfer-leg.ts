import { daysBetween } from '../../../shared/calendar-date.ts';
import type { OwnAccounts, Told } from './own-accounts.ts';
import type { LegRow } from './transfer.ts';

/** Rows that nothing tells apart as sides of a transfer but their ids and texts: one is as good as the other. */
export interface Leg {
  /** By id. */
  readonly rows: readonly LegRow[];
  readonly account: string;
  /** Days since 1970. */
  readonly day: number;
  readonly isOut: boolean;
  /** Minor units, without sign. */
  readonly size: number;
  readonly currency: string;
  readonly original: { readonly size: number; readonly currency: string } | null;
  readonly told: Told;
  /** Its user put it in transit. */
  readonly isInTransit: boolean;
  /** The own account against which its user booked it directly: it is no side of a pair, but says where the other is. */
  readonly bookedOn: string | null;
  /** Of another counter-account for sure, by the learner; asked only where it matters. */
  readonly isOther: () => boolean;
  /** Position among all; the same however the rows were ordered. */
  readonly order: number;
}

export interface LegContext {
  readonly own: OwnAccounts;
  readonly transit: string;
  readonly isOther: (row: LegRow) => boolean;
  /** Ids of rows that are in a rejected pair: they are not as good as others. */
  readonly inRejected: ReadonlySet<string>;
}

/** The rows that may be sides of transfers, and those that were booked against an own account directly. */
export function groupLegs(rows: readonly LegRow[], context: LegContext): readonly Leg[] {
  const groups = new Map<string, Omit<Leg, 'order' | 'rows' | 'isOther'> & { rows: LegRow[] }>();
  for (const row of rows) {
    const side = sideOf(row, context);
    if (!side || row.amount.minor === 0) continue;
    const leg = { ...factsOf(row, context.own.readTold(row)), ...side };
    const key = keyOf(leg, context.inRejected.has(row.id) ? row.id : '');
    const group = groups.get(key);
    if (group) group.rows.push(row);
    else groups.set(key, { ...leg, rows: [row] });
  }
  return [...groups]
    .flatMap(([key, group]) =>
      splitByOther(group.rows, context.isOther).map(({ rows: members, isOther }) => ({
        key,
        leg: { ...group, rows: members, isOther },
      })),
    )
    .sort((a, b) => a.leg.day - b.leg.day || compare(a.key, b.key) || compareIds(a.leg, b.leg))
    .map(({ leg }, order) => ({ ...leg, order }));
}

function sideOf(
  { isPosted, isChosen, counterAccount, account }: LegRow,
  { own, transit }: LegContext,
): Pick<Leg, 'bookedOn' | 'isInTransit'> | null {
  const isDecided = isPosted || isChosen;
  if (!isDecided || counterAccount === transit) {
    return own.has(account) ? { bookedOn: null, isInTransit: isDecided } : null;
  }
  return own.has(counterAccount) ? { bookedOn: counterAccount, isInTransit: false } : null;
}

function factsOf(row: LegRow, told: Told) {
  const { minor, currency } = row.amount;
  const { original } = row;
  return {
    account: row.account,
    day: daysBetween('1970-01-01', row.date),
    isOut: minor < 0,
    size: Math.abs(minor),
    currency,
    original: original ? { size: Math.abs(original.minor), currency: original.currency } : null,
    told,
  };
}

function keyOf({ told, ...facts }: Omit<Leg, 'order' | 'rows' | 'isOther'>, id: string): string {
  const { numbers, tails, ...rest } = told;
  const { account, day, isOut, size, currency, original, isInTransit, bookedOn } = facts;
  const places = [[...numbers].sort(), [...tails].sort()];
  const parts = [account, day, isOut, size, currency, original, isInTransit, bookedOn];
  return JSON.stringify([...parts, ...places, rest, id]);
}

function splitByOther(rows: readonly LegRow[], isOther: (row: LegRow) => boolean) {
  const [first] = rows;
  if (first && rows.length === 1) return [{ rows, isOther: once(() => isOther(first)) }];
  return [...Map.groupBy(rows, isOther)].map(([answer, members]) => ({
    rows: members.toSorted((a, b) => compare(a.id, b.id)),
    isOther: () => answer,
  }));
}

function once(ask: () => boolean): () => boolean {
  let answer: boolean | undefined;
  return () => {
    answer ??= ask();
    return answer;
  };
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
const compareIds = (a: { rows: readonly LegRow[] }, b: { rows: readonly LegRow[] }) =>
  compare(a.rows[0]?.id ?? '', b.rows[0]?.id ?? '');
