import { decimalsOf } from '../../../shared/money.ts';
import type { PostedRow } from '../book-row.ts';

/** In units of the rows' currency, both included; a side without a bound is open. */
export interface AmountRange {
  readonly amountFrom?: number;
  readonly amountTo?: number;
}

interface Step {
  readonly amount: number;
  /** Rows with this amount. */
  yes: number;
  no: number;
}

/** What a row of another counter-account costs that lies inside: fewer of its own rows than this are not worth it. */
const strayCost = 9;

/**
 * The range in which most rows of a counter-account lie and few others do; null where amounts do not tell them apart. Its
 * bounds lie in the gaps to the next rows outside, at the roundest number there.
 */
export function findAmountRange(
  rows: readonly PostedRow[],
  counterAccount: string,
): AmountRange | null {
  const decimals = Math.max(0, ...rows.map(({ amount }) => decimalsOf(amount.currency)));
  const steps = countSteps(rows, counterAccount, decimals);
  const range = bestRange(steps);
  if (!range) return null;
  const [first, last] = range;
  const scale = 10 ** decimals;
  const bound = (outside: Step | undefined, inside: Step | undefined) =>
    outside && inside ? roundBetween(outside.amount, inside.amount) / scale : undefined;
  const amountFrom = bound(steps[first - 1], steps[first]);
  const amountTo = bound(steps[last + 1], steps[last]);
  if (amountFrom === undefined && amountTo === undefined) return null;
  return {
    ...(amountFrom !== undefined && { amountFrom }),
    ...(amountTo !== undefined && { amountTo }),
  };
}

/** Ascending, in units of 10^-decimals, whatever the currencies are. */
function countSteps(rows: readonly PostedRow[], counterAccount: string, decimals: number): Step[] {
  const steps = new Map<number, Step>();
  for (const row of rows) {
    const { minor, currency } = row.amount;
    const amount = minor * 10 ** (decimals - decimalsOf(currency));
    const step = steps.get(amount) ?? { amount, yes: 0, no: 0 };
    if (row.counterAccount === counterAccount) step.yes++;
    else step.no++;
    steps.set(amount, step);
  }
  return [...steps.values()].sort((a, b) => a.amount - b.amount);
}

/** Positions of the first and the last step of the range that holds most, others' rows counting against it. */
function bestRange(steps: readonly Step[]): readonly [number, number] | null {
  let best: readonly [number, number] | null = null;
  let bestSum = 0;
  let sum = 0;
  let first = 0;
  steps.forEach(({ yes, no }, at) => {
    if (sum <= 0) {
      sum = 0;
      first = at;
    }
    sum += yes - strayCost * no;
    if (sum > bestSum) {
      bestSum = sum;
      best = [first, at];
    }
  });
  return best;
}

/** The roundest whole number between the two, never the outer one; of several the one nearest their middle. */
function roundBetween(outside: number, inside: number): number {
  const [low, high] = outside < inside ? [outside + 1, inside] : [inside, outside - 1];
  const middle = (low + high) / 2;
  for (let power = 10 ** Math.ceil(Math.log10(Math.max(-low, high))); power >= 1; power /= 10) {
    for (const step of [5 * power, power]) {
      const near = Math.round(middle / step) * step;
      const found = [near, near - step, near + step].find((it) => it >= low && it <= high);
      if (found !== undefined) return found || 0;
    }
  }
  return inside;
}
