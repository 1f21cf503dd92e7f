import type { Money } from '../../shared/money.ts';

const poolMax = 32_768;

/** Gives one object for most equal amounts: a statement has many twice. It starts anew when full, so nothing grows. */
export function createMoneyPool(): (minor: number, currency: string) => Money {
  const pool = new Map<number, Money>();
  return (minor, currency) => {
    const known = pool.get(minor);
    if (known?.currency === currency) return known;
    if (pool.size === poolMax) pool.clear();
    const money = { minor, currency };
    pool.set(minor, money);
    return money;
  };
}
