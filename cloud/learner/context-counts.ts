/**
 * What followed on which context: for each key, which counter-accounts, how often (newer ones count more), and which came
 * last. All in whole numbers: what is saved is what is used. The arrays are one table with open addressing.
 */
export interface ContextCounts {
  /** Contexts there are. */
  size: number;
  /** Places, a power of two. */
  capacity: number;
  keys: Uint32Array;
  /** `ways` of each context, without gaps. */
  accounts: Uint16Array;
  counts: Uint16Array;
  last: Uint16Array;
  /** How many rows in a row had the last counter-account; how many had the one before that. */
  run: Uint8Array;
  runBefore: Uint8Array;
  seen: Uint8Array;
  /** When it was seen last, in steps of 64 rows. */
  stamps: Uint16Array;
}

/** Counter-accounts that a context remembers. */
export const ways = 8;
/** One row, as a count. */
export const countUnit = 512;

const byteMax = 255;
const contextMax = 44_000;
/** What stays of older counts with each row of the context, of 256. */
const keepUsually = 250;
/** The same where a habit was broken: what it is now may be the new one. */
const keepSurprised = 64;
const keepCorrected = 16;
/** A context that was seen again is worth so many stamps more, for each time, up to eight. */
const stampsForSeen = 30;

export function createContextCounts(capacity = 1024): ContextCounts {
  return {
    size: 0,
    capacity,
    keys: new Uint32Array(capacity),
    accounts: new Uint16Array(capacity * ways),
    counts: new Uint16Array(capacity * ways),
    last: new Uint16Array(capacity),
    run: new Uint8Array(capacity),
    runBefore: new Uint8Array(capacity),
    seen: new Uint8Array(capacity),
    stamps: new Uint16Array(capacity),
  };
}

/** Place of the context, or -1. */
export function findContext({ keys, capacity }: ContextCounts, key: number): number {
  let at = key & (capacity - 1);
  for (;;) {
    const found = keys[at];
    if (found === key) return at;
    if (found === 0) return -1;
    at = (at + 1) & (capacity - 1);
  }
}

/** Of the context's rows, as counts: all, and those with the counter-account that it had most. */
export function countsOf({ counts }: ContextCounts, at: number): { total: number; most: number } {
  let total = 0;
  let most = 0;
  for (let way = at * ways; way < at * ways + ways; way++) {
    const count = counts[way] ?? 0;
    total += count;
    if (count > most) most = count;
  }
  return { total, most };
}

/** Counts a row with the context. `isCorrection`: the user set right what a habit had suggested. */
export function countContext(
  table: ContextCounts,
  key: number,
  account: number,
  row: number,
  isCorrection: boolean,
): void {
  const found = findContext(table, key);
  const at = found < 0 ? addContext(table, key) : found;
  addCount(table, at, account, keepOf(table, at, account, isCorrection));
  if (table.seen[at] !== 0 && table.last[at] === account) {
    table.run[at] = Math.min(byteMax, (table.run[at] ?? 0) + 1);
  } else {
    table.runBefore[at] = table.run[at] ?? 0;
    table.run[at] = 1;
    table.last[at] = account;
  }
  table.seen[at] = Math.min(byteMax, (table.seen[at] ?? 0) + 1);
  table.stamps[at] = row >> 6;
}

/** A stable habit that is broken fades at once, more so when the user corrected it. */
function keepOf(table: ContextCounts, at: number, account: number, isCorrection: boolean): number {
  if (table.seen[at] === 0 || table.last[at] === account) return keepUsually;
  const { total, most } = countsOf(table, at);
  const isStable = most > 0.9 * total;
  if (isStable && isCorrection) return keepCorrected;
  return isStable && total > 2.5 * countUnit ? keepSurprised : keepUsually;
}

function addCount(table: ContextCounts, at: number, account: number, keep: number): void {
  const { accounts, counts } = table;
  const from = at * ways;
  let place = -1;
  let to = from;
  // Those that have faded away leave no gap, so that what is loaded is what was saved.
  for (let way = from; way < from + ways; way++) {
    const count = ((counts[way] ?? 0) * keep) >> 8;
    counts[way] = 0;
    if (count === 0) continue;
    if (accounts[way] === account) place = to;
    accounts[to] = accounts[way] ?? 0;
    counts[to] = count;
    to++;
  }
  if (place < 0) {
    place = to < from + ways ? to : leastOf(counts, from);
    counts[place] = 0;
  }
  accounts[place] = account;
  counts[place] = (counts[place] ?? 0) + countUnit;
}

function leastOf(counts: Uint16Array, from: number): number {
  let least = from;
  for (let way = from; way < from + ways; way++) {
    if ((counts[way] ?? 0) < (counts[least] ?? 0)) least = way;
  }
  return least;
}

function addContext(table: ContextCounts, key: number): number {
  if (table.size >= contextMax) forgetOld(table);
  else if (table.size * 4 >= table.capacity * 3) rebuild(table, table.capacity * 2, () => true);
  table.size++;
  return placeContext(table, key);
}

/** Place for a key that is not there yet. */
export function placeContext(table: ContextCounts, key: number): number {
  let at = key & (table.capacity - 1);
  while (table.keys[at] !== 0) at = (at + 1) & (table.capacity - 1);
  table.keys[at] = key;
  return at;
}

/** Drops a quarter: seen seldom and long ago first. Goes by the rows alone, not by places in the table. */
function forgetOld(table: ContextCounts): void {
  const worths: number[] = [];
  for (let at = 0; at < table.capacity; at++) {
    if (table.keys[at] !== 0) worths.push(worthOf(table, at));
  }
  worths.sort((a, b) => a - b);
  const limit = worths[worths.length >> 2] ?? 0;
  rebuild(table, table.capacity, (at) => worthOf(table, at) > limit);
}

function worthOf({ stamps, seen }: ContextCounts, at: number): number {
  return (stamps[at] ?? 0) + stampsForSeen * Math.min(8, (seen[at] ?? 0) - 1);
}

function rebuild(table: ContextCounts, capacity: number, stays: (at: number) => boolean): void {
  const next = createContextCounts(capacity);
  for (let at = 0; at < table.capacity; at++) {
    const key = table.keys[at] ?? 0;
    if (key === 0 || !stays(at)) continue;
    next.size++;
    const to = placeContext(next, key);
    const from = at * ways;
    next.accounts.set(table.accounts.subarray(from, from + ways), to * ways);
    next.counts.set(table.counts.subarray(from, from + ways), to * ways);
    next.last[to] = table.last[at] ?? 0;
    next.run[to] = table.run[at] ?? 0;
    next.runBefore[to] = table.runBefore[at] ?? 0;
    next.seen[to] = table.seen[at] ?? 0;
    next.stamps[to] = table.stamps[at] ?? 0;
  }
  Object.assign(table, next);
}
