import { decimalsOf, type Money } from '../../shared/money.ts';

const [minus, plus, point, zero, nine] = [45, 43, 46, 48, 57];

/**
 * Reads an amount that is written as nearly all are: digits, a point, and as many decimals as its currency has. Undefined
 * for any other; those take ten times as long.
 */
export function readPlainAmount(text: string, currency: string): Money | undefined {
  const decimals = decimalsOf(currency);
  const first = text.charCodeAt(0);
  const start = first === minus || first === plus ? 1 : 0;
  const pointAt = text.length - decimals - 1;
  if (decimals === 0 || pointAt <= start || text.length > 15) return undefined;
  let minor = 0;
  for (let at = start; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (at === pointAt) {
      if (code !== point) return undefined;
      continue;
    }
    if (code < zero || code > nine) return undefined;
    minor = minor * 10 + (code - zero);
  }
  return { minor: first === minus && minor !== 0 ? -minor : minor, currency };
}

const poolSize = 32_768;

/** Gives back the same object for equal amounts of one currency, where they are near: statements have many twice. */
export function createMoneyPool(): (money: Money) => Money {
  const pool = new Array<Money | undefined>(poolSize);
  return (money) => {
    const place = Math.abs(money.minor) % poolSize;
    const known = pool[place];
    if (known?.minor === money.minor && known.currency === money.currency) return known;
    pool[place] = money;
    return money;
  };
}
