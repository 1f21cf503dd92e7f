import type { PostedRow } from '../../../cloud/learner/book-row.ts';
import { addDays } from '../../../shared/calendar-date.ts';

/** A row on the first day of 2026 or `day` days later; minor units of EUR, out of Assets:Bank. */
export function madeUpRow(
  description: string,
  minor: number,
  counterAccount: string,
  day = 0,
): PostedRow {
  return {
    date: addDays('2026-01-01', day),
    description,
    amount: { minor, currency: 'EUR' },
    account: 'Assets:Bank',
    counterAccount,
  };
}

/** The same numbers in 0 to 1 for the same seed. */
export function createDice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

const syllables = ['ba', 'ko', 'li', 'mar', 'ne', 'sto', 'tu', 'ver', 'zi', 'ran'];
const texts = ['Card 4711 purchase', 'Direct debit reference', 'Transfer', 'Standing order'];

/** Shops that come again and again, new ones now and then, some rows posted anywhere: `noise` of all. */
export function madeUpHistory(count: number, noise: number, seed = 1): PostedRow[] {
  const roll = createDice(seed);
  const pick = <T>(from: readonly T[]): T | undefined => from[Math.floor(roll() * from.length)];
  const name = () => `${pick(syllables)}${pick(syllables)}${pick(syllables)}`;
  const accounts = Array.from({ length: 12 }, (_, at) => `Expenses:Kind ${at}`);
  const shops: { name: string; account: string; minor: number }[] = [];
  return Array.from({ length: count }, (_, at) => {
    const account = accounts[Math.floor(roll() * roll() * accounts.length)] ?? '';
    const fresh = { name: name(), account, minor: 500 + Math.floor(roll() * 9000) };
    if (shops.length < 10 || roll() < 0.06) shops.push(fresh);
    const shop = shops[Math.floor(roll() * roll() * shops.length)] ?? fresh;
    const reference = Math.floor(roll() * 1e9);
    return madeUpRow(
      `${shop.name} · ${pick(texts)} ${reference}`,
      -Math.round(shop.minor * (0.5 + roll())),
      roll() < noise ? (pick(accounts) ?? '') : shop.account,
      Math.floor(at / 3),
    );
  });
}
