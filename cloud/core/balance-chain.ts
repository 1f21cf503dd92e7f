import type { Entry } from '../../shared/bank.ts';
import type { CalendarDate } from '../../shared/calendar-date.ts';
import { entryDay } from './entry-day.ts';

/** The booked entries of one day in the order in which they are kept; the bank's may be another. */
export interface BookedDay {
  readonly day: CalendarDate;
  readonly entries: readonly Entry[];
  readonly sum: number;
  /** Entries with a balance after them: what the account held before and after each. */
  readonly steps: readonly Step[];
  readonly chains: readonly Chain[];
}

interface Step {
  readonly entry: Entry;
  readonly before: number;
  readonly after: number;
}

/**
 * Steps that hang together by the balances between them. A day without a gap is one chain with one
 * start and one end, or with none of either where it comes back to where it began.
 */
interface Chain {
  /** Balances that more steps leave than reach. */
  readonly starts: readonly number[];
  /** Balances that more steps reach than leave. */
  readonly ends: readonly number[];
  readonly balances: ReadonlySet<number>;
}

/** Most entries of a day of which every order is tried where some carry no balance. */
const triedMax = 12;

/** Booked entries in a currency by day, from a day on; the entries are in order of day. */
export function bookedDays(
  entries: readonly Entry[],
  currency: string,
  from: CalendarDate,
): readonly BookedDay[] {
  const counted = entries.filter((entry) => isCounted(entry, currency) && entryDay(entry) >= from);
  return [...Map.groupBy(counted, entryDay)].map(([day, ofDay]) => {
    const steps = ofDay.flatMap((entry) => stepOf(entry, currency));
    return { day, entries: ofDay, sum: sumOf(ofDay), steps, chains: chainsOf(steps) };
  });
}

/** Whether an entry is in the sum that is compared with the bank's booked balance. */
export function isCounted({ status, undone, amount }: Entry, currency: string): boolean {
  return status === 'booked' && !undone && amount.currency === currency;
}

export function sumOf(entries: readonly Entry[]): number {
  return entries.reduce((sum, { amount }) => sum + amount.minor, 0);
}

/** What the account held before these days, as balances in them tell; `end`: after them. */
export function startByChain(days: readonly BookedDay[], end?: number): number | undefined {
  let at = end;
  let told: number | undefined;
  for (const day of days.toReversed()) {
    const start = startOf(day, at);
    told = start ?? less(told, day.sum);
    at = start ?? less(at, day.sum);
  }
  return told;
}

/** What the account holds after the last day by the balances in it; `start`: before the first. */
export function endByChain(days: readonly BookedDay[], start: number): number | undefined {
  let at = start;
  let told: number | undefined;
  for (const day of days) {
    told = endOf(day, at);
    at = told ?? at + day.sum;
  }
  return told;
}

/**
 * Whether a day begins with a balance: `follows`, `open` where its entries tell too little, else
 * the first entry that cannot have come so, in whatever order the bank booked them.
 */
export function judgeDay(day: BookedDay, start: number): 'follows' | 'open' | Entry {
  const { entries, steps, chains, sum } = day;
  const end = start + sum;
  if (steps.length < entries.length) {
    const tried = entries.length <= triedMax ? steps : [];
    const bad = tried.find((step) => !canStand(step, day, start));
    if (bad) return bad.entry;
    return steps.some(({ after }) => after === end) ? 'follows' : 'open';
  }
  if (isClosing(day, end)) return 'follows';
  const starts = chains.flatMap((chain) => chain.starts);
  const mine = starts.indexOf(start);
  const others = new Set(starts.filter((_, at) => at !== mine));
  const own = chains.find(({ balances }) => balances.has(start));
  // One walk leads through all steps where none but the first leaves a balance that none reaches.
  const bad =
    steps.find(({ before }) => others.has(before)) ??
    steps.find(({ before }) => !own?.balances.has(before));
  return bad?.entry ?? 'follows';
}

function stepOf(entry: Entry, currency: string): readonly Step[] {
  const { amount, balanceAfter } = entry;
  if (balanceAfter?.currency !== currency) return [];
  return [{ entry, before: balanceAfter.minor - amount.minor, after: balanceAfter.minor }];
}

function chainsOf(steps: readonly Step[]): readonly Chain[] {
  const touching = new Map<number, Step[]>();
  for (const step of steps) {
    for (const balance of new Set([step.before, step.after])) {
      const others = touching.get(balance);
      if (others) others.push(step);
      else touching.set(balance, [step]);
    }
  }
  const left = new Set(steps);
  const chains: Chain[] = [];
  for (const first of steps) {
    if (!left.delete(first)) continue;
    const members = [first];
    for (const { before, after } of members) {
      for (const balance of [before, after]) {
        for (const step of touching.get(balance) ?? []) if (left.delete(step)) members.push(step);
        touching.delete(balance);
      }
    }
    chains.push(chainOf(members));
  }
  return chains;
}

function chainOf(steps: readonly Step[]): Chain {
  const surplus = new Map<number, number>();
  for (const { before, after } of steps) {
    surplus.set(before, (surplus.get(before) ?? 0) + 1);
    surplus.set(after, (surplus.get(after) ?? 0) - 1);
  }
  const those = (sign: 1 | -1) =>
    [...surplus].flatMap(([balance, count]) => Array(Math.max(0, sign * count)).fill(balance));
  return { starts: those(1), ends: those(-1), balances: new Set(surplus.keys()) };
}

/** Some banks write the day's closing balance on every entry of the day. */
function isClosing({ entries, steps }: BookedDay, end: number): boolean {
  return steps.length === entries.length && steps.every(({ after }) => after === end);
}

/** Whether some of the day's other entries lead from its start to what stood before this one. */
function canStand({ entry, before }: Step, day: BookedDay, start: number): boolean {
  const reached = new Set([start]);
  for (const other of day.entries) {
    if (other === entry) continue;
    for (const balance of [...reached]) reached.add(balance + other.amount.minor);
  }
  return reached.has(before);
}

/** The balance before a day, where it leaves no choice; `end`: what it seems to end with. */
function startOf({ entries, steps, chains }: BookedDay, end?: number): number | undefined {
  const [one, two, third] = chains;
  if (!one || third || steps.length < entries.length) return undefined;
  if (two) {
    const whole = [one, two].every(({ starts }) => starts.length === 1);
    const first = whole && [one, two].filter(({ ends }) => ends[0] !== end);
    // A gap within the day: the chain that does not lead to its end comes first.
    return first && first.length === 1 ? first[0]?.starts[0] : undefined;
  }
  return end !== undefined && isPassing(one, end) ? undefined : only(one.starts);
}

/** The balance after a day, where it leaves no choice; `start`: what it seems to begin with. */
function endOf(day: BookedDay, start: number): number | undefined {
  const { entries, steps, chains, sum } = day;
  const [one, two, third] = chains;
  if (steps.length < entries.length) {
    return steps.some(({ after }) => after === start + sum) ? start + sum : undefined;
  }
  const closing = steps[0]?.after;
  if (closing !== undefined && isClosing(day, closing)) return closing;
  if (!one || third) return undefined;
  if (two) {
    const whole = [one, two].every(({ starts }) => starts.length === 1);
    const last = whole && [one, two].filter(({ starts }) => starts[0] !== start);
    return last && last.length === 1 ? last[0]?.ends[0] : undefined;
  }
  if (one.starts.length === 0) return one.balances.has(start) ? start : undefined;
  return isPassing(one, start) ? undefined : only(one.ends);
}

/**
 * A day that comes past the balance it is to end (or begin) with, and ends (begins) elsewhere:
 * entries may be missing outside of it, or inside, where it then seems to begin and end.
 */
function isPassing({ starts, ends, balances }: Chain, balance: number): boolean {
  return balances.has(balance) && starts[0] !== balance && ends[0] !== balance;
}

function less(minor: number | undefined, sum: number): number | undefined {
  return minor === undefined ? undefined : minor - sum;
}

function only(balances: readonly number[]): number | undefined {
  return balances.length === 1 ? balances[0] : undefined;
}
