import type { Money } from '../../shared/money.ts';

const poolSize = 32_768;

/** Gives one object for most equal amounts: a statement has many twice. What is asked for last stays; nothing grows. */
export function createMoneyPool(): (minor: number, currency: string) => Money {
  const pool = new Array<Money | undefined>(poolSize);
  return (minor, currency) => {
    const place = Math.abs(minor) % poolSize;
    const known = pool[place];
    if (known?.minor === minor && known.currency === currency) return known;
    const money = { minor, currency };
    pool[place] = money;
    return money;
  };
}
