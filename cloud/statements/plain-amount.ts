import { decimalsOf, type Money } from '../../shared/money.ts';
import { createMoneyPool } from './money-pool.ts';

const [minus, plus, point, zero, nine] = [45, 43, 46, 48, 57];

/** A file's reader of amounts in a currency. */
export type ReadPlainAmount = (text: string, currency: string) => Money | undefined;

/**
 * Reads amounts that are written as nearly all are: digits, a point, and as many decimals as their currency has.
 * Undefined for any other; those take ten times as long. Most equal ones are one object.
 */
export function createPlainReader(): ReadPlainAmount {
  const pooled = createMoneyPool();
  let [lastCurrency, decimals] = ['', 0];
  return (text, currency) => {
    if (currency !== lastCurrency) [lastCurrency, decimals] = [currency, decimalsOf(currency)];
    const digits = minorOf(text, decimals);
    if (digits === undefined) return undefined;
    const minor = text.charCodeAt(0) === minus && digits !== 0 ? -digits : digits;
    return pooled(minor, currency);
  };
}

/** Without sign. */
function minorOf(text: string, decimals: number): number | undefined {
  const first = text.charCodeAt(0);
  const start = first === minus || first === plus ? 1 : 0;
  const pointAt = text.length - decimals - 1;
  if (decimals === 0 || pointAt <= start || text.length > 15) return undefined;
  let minor = 0;
  for (let at = start; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    const isDigit = code >= zero && code <= nine;
    if (isDigit && at !== pointAt) minor = minor * 10 + (code - zero);
    else if (at !== pointAt || code !== point) return undefined;
  }
  return minor;
}
