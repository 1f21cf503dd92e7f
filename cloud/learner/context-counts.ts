/**
 * What followed on which context: for each key, which counter-accounts, how often (newer ones count more), and which came
 * last. Counts are kept in whole units, so what is saved is what is used.
 */
export interface ContextCounts {
  /** Contexts there are. */
  size: number;
  capacity: number;
  keys: Uint32Array;
  /** `ways` of each context. */
  accounts: Uint16Array;
  counts: Uint16Array;
  last: Uint16Array;
  /** How many rows in a row had the last counter-account; how many had the one before that. */
  run: Uint8Array;
  runBefore: Uint8Array;
  seen: Uint8Array;
  stamps: Uint32Array;
}

/** Counter-accounts that a context remembers. */
export const ways = 8;
/** One row, as a count. */
export const countUnit = 512;
const byteMax = 255;
const contextMax = 65_536;

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
    stamps: new Uint32Array(capacity),
  };
}

/** Index of the context, or -1. */
export function findContext(table: ContextCounts, key: number): number {
  const { keys, capacity } = table;
  let at = key & (capacity - 1);
  for (;;) {
    const found = keys[at];
    if (found === key) return at;
    if (found === 0) return -1;
    at = (at + 1) & (capacity - 1);
  }
}

/** Counts a row with the context. `keep` of 1/256 of the older counts stays. */
export function countContext(
  table: ContextCounts,
  key: number,
  account: number,
  row: number,
  keep: number,
): void {
  let at = findContext(table, key);
  if (at < 0) at = addContext(table, key);
  const { accounts, counts } = table;
  const from = at * ways;
  let place = -1;
  let to = from;
  // Those that have faded away leave no gap, so that what is saved and loaded is the same again.
  for (let way = from; way < from + ways; way++) {
    const count = ((counts[way] ?? 0) * keep) >> 8;
    counts[way] = 0;
    if (count === 0) continue;
    if (accounts[way] === account) place = to;
    accounts[to] = accounts[way] ?? 0;
    counts[to] = count;
    to++;
  }
  if (place < 0) place = to < from + ways ? to : leastOf(counts, from);
  counts[place] = (accounts[place] === account ? (counts[place] ?? 0) : 0) + countUnit;
  accounts[place] = account;
  if (table.seen[at] !== 0 && table.last[at] === account) {
    table.run[at] = Math.min(byteMax, (table.run[at] ?? 0) + 1);
  } else {
    table.runBefore[at] = table.run[at] ?? 0;
    table.run[at] = 1;
    table.last[at] = account;
  }
  table.seen[at] = Math.min(byteMax, (table.seen[at] ?? 0) + 1);
  table.stamps[at] = row;
}

function leastOf(counts: Uint16Array, from: number): number {
  let least = from;
  for (let way = from; way < from + ways; way++) {
    if ((counts[way] ?? 0) < (counts[least] ?? 0)) least = way;
  }
  return least;
}

function addContext(table: ContextCounts, key: number): number {
  if (table.size * 3 >= table.capacity * 2) {
    if (table.size >= contextMax) forgetOld(table);
    else rebuild(table, table.capacity * 2, () => true);
  }
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

/** Drops a quarter: those seen once first, the longest ago first. Goes by the rows alone, not by places in the table. */
function forgetOld(table: ContextCounts): void {
  const ages: number[] = [];
  for (let at = 0; at < table.capacity; at++) {
    if (table.keys[at] !== 0) ages.push(worth(table, at));
  }
  ages.sort((a, b) => a - b);
  const limit = ages[ages.length >> 2] ?? 0;
  rebuild(table, table.capacity, (at) => worth(table, at) > limit);
}

function worth(table: ContextCounts, at: number): number {
  return (table.stamps[at] ?? 0) + 2000 * Math.min(8, (table.seen[at] ?? 0) - 1);
}

function rebuild(table: ContextCounts, capacity: number, stays: (at: number) => boolean): void {
  const next = createContextCounts(capacity);
  for (let at = 0; at < table.capacity; at++) {
    const key = table.keys[at] ?? 0;
    if (key === 0 || !stays(at)) continue;
    next.size++;
    const to = placeContext(next, key);
    for (let way = 0; way < ways; way++) {
      next.accounts[to * ways + way] = table.accounts[at * ways + way] ?? 0;
      next.counts[to * ways + way] = table.counts[at * ways + way] ?? 0;
    }
    next.last[to] = table.last[at] ?? 0;
    next.run[to] = table.run[at] ?? 0;
    next.runBefore[to] = table.runBefore[at] ?? 0;
    next.seen[to] = table.seen[at] ?? 0;
    next.stamps[to] = table.stamps[at] ?? 0;
  }
  Object.assign(table, next);
}
