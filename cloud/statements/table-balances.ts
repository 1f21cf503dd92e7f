import type { AmountPlan } from './table-amounts.ts';

/** Rows of one account in one currency by the order in which they were booked, as far as it is known. */
export interface BalanceChain {
  /** The column of the balances. */
  readonly balance: number;
  /** Balances that another one and the amounts between them lead to. */
  readonly tested: number;
  /** Of these, the ones that are as they should be. */
  readonly fits: number;
  /** As `fits`, where the amounts between were not all zero: these prove something. */
  readonly telling: number;
  readonly order: RowOrder;
}

/** How rows follow one another: from the oldest, from the newest, or day by day with those of a day the other way. */
export type RowOrder = 'up' | 'down' | 'up-within-days' | 'down-within-days';

const rowOrders: readonly RowOrder[] = ['up', 'down', 'up-within-days', 'down-within-days'];

/** Orders that go with the days of the rows; all, where these go both ways or are one day. */
export function ordersOf(days: Iterable<number>): readonly RowOrder[] {
  let [up, down, last] = [0, 0, Number.NaN];
  for (const day of days) {
    if (day > last) up += 1;
    else if (day < last) down += 1;
    last = day;
  }
  if (up > 0 && down * 20 <= up) return ['up', 'up-within-days'];
  return down > 0 && up * 20 <= down ? ['down', 'down-within-days'] : rowOrders;
}

/** The rows from the oldest to the newest. */
export function orderRows(
  rows: Int32Array,
  dayOf: (row: number) => number,
  order: RowOrder,
): Int32Array {
  if (order === 'up') return rows;
  if (order === 'down') return rows.toReversed();
  const ordered = new Int32Array(rows.length);
  let filled = 0;
  const all = order === 'down-within-days' ? rows.toReversed() : rows;
  for (let from = 0; from < all.length; ) {
    let end = from + 1;
    while (end < all.length && dayOf(all[end] ?? 0) === dayOf(all[from] ?? 0)) end += 1;
    for (let at = end - 1; at >= from; at -= 1) ordered[filled++] = all[at] ?? 0;
    from = end;
  }
  return ordered;
}

export interface Followed {
  readonly tested: number;
  readonly fits: number;
  readonly telling: number;
  /** Rows whose balance does not follow, where they were asked for. */
  readonly misfits: readonly number[];
}

/** Whether the balances follow from the amounts of these rows, the oldest first. */
export function followBalances(
  rows: Int32Array,
  { value }: Pick<AmountPlan, 'value'>,
  balances: Float64Array,
): Followed {
  let expected = Number.NaN;
  let sum = 0;
  let [tested, fits, telling] = [0, 0, 0];
  const misfits: number[] = [];
  for (const row of rows) {
    const amount = value(row);
    const balance = balances[row] ?? Number.NaN;
    expected += amount;
    sum += Math.abs(amount);
    if (!Number.isFinite(balance)) continue;
    if (!Number.isNaN(expected)) {
      tested += 1;
      if (Math.abs(expected - balance) < 1) {
        fits += 1;
        if (sum > 0) telling += 1;
      } else misfits.push(row);
    }
    expected = balance;
    sum = 0;
  }
  return { tested, fits, telling, misfits };
}

/** Nine in ten are as they should be: by chance that does not happen, and single slips are the file's. */
export function isProven({ tested, fits, telling }: Pick<Followed, 'tested' | 'fits' | 'telling'>) {
  return telling > 0 && fits * 10 >= tested * 9;
}

/**
 * Signs of amounts that have none, from the balances before and after; NaN where there is none before. Undefined where
 * the balances do not change by the amounts.
 */
export function signsByBalances(
  rows: Int32Array,
  amounts: (row: number) => number,
  balances: Float64Array,
): ReadonlyMap<number, number> | undefined {
  const signs = new Map<number, number>();
  let [before, tested, fits] = [Number.NaN, 0, 0];
  for (const row of rows) {
    const [balance, amount] = [balances[row] ?? Number.NaN, Math.abs(amounts(row))];
    const change = balance - before;
    before = balance;
    if (Number.isNaN(change)) continue;
    tested += 1;
    if (Math.abs(Math.abs(change) - amount) >= 1) continue;
    fits += 1;
    signs.set(row, change < 0 ? -1 : 1);
  }
  const isBoth = new Set(signs.values()).size > 1;
  return isBoth && tested >= 3 && fits * 20 >= tested * 19 ? signs : undefined;
}
