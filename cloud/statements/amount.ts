import { decimalsOf, type Money, parseMoney } from '../../shared/money.ts';

export type AmountReading =
  | { readonly kind: 'read' | 'rounded'; readonly money: Money }
  | { readonly kind: 'unread'; readonly why: string };

const unread = (why: string): AmountReading => ({ kind: 'unread', why });

/**
 * Reads an amount as statement files write it: sign, digits, decimal point or comma, thousands only where that is
 * plain. OFX (2.3, 3.2.9.2) and ISO 20022 know no thousands, so one separator is the decimal one; a lone comma before three
 * digits is read neither way in a currency that has not three decimals. Digits beyond the currency's decimals are
 * rounded, half away from zero: a broker's 8.4850 USD is a real one, and a statement in minor units cannot hold it.
 */
export function readAmount(text: string, currency: string): AmountReading {
  const trimmed = text.trim();
  if (trimmed === '') return unread('has no amount');
  if (!/^[+-]?[\d.,]*\d[.,]?$/.test(trimmed) || trimmed.length > 40) {
    return unread('has an amount that is no number');
  }
  const decimals = decimalsOf(currency);
  const sign = trimmed.startsWith('-') ? -1 : 1;
  const parts = splitDecimals(trimmed.replace(/^[+-]/, ''), decimals);
  if (parts === 'two-ways') return unread('has an amount that reads two ways');
  if (parts === undefined) return unread('has an amount that is no number');
  const fraction = parts.fraction.padEnd(decimals, '0');
  const rest = fraction.slice(decimals);
  const whole = `${parts.whole}${fraction.slice(0, decimals)}`.replace(/^0+(?=\d)/, '');
  if (whole.length > 15) return unread('has an amount that is too large');
  const kept = parseMoney(`${parts.whole}.${fraction.slice(0, decimals)}`, currency).minor;
  const minor = sign * (kept + (rest >= '5' ? 1 : 0));
  const kind = /[1-9]/.test(rest) ? 'rounded' : 'read';
  return { kind, money: { minor: minor === 0 ? 0 : minor, currency } };
}

interface Parts {
  readonly whole: string;
  readonly fraction: string;
}

function splitDecimals(digits: string, decimals: number): Parts | 'two-ways' | undefined {
  const separators = digits.replace(/\d/g, '');
  const last = separators.at(-1);
  if (last === undefined) return { whole: digits, fraction: '' };
  const at = digits.lastIndexOf(last);
  const [before, after] = [digits.slice(0, at), digits.slice(at + 1)];
  if (separators.length === 1) {
    const isTwoWays = last === ',' && after.length === 3 && decimals !== 3;
    if (isTwoWays && /^[1-9]\d{0,2}$/.test(before)) return 'two-ways';
    return { whole: before || '0', fraction: after };
  }
  const thousands = separators.slice(0, -1);
  if (thousands.includes(last)) {
    return isGrouped(digits, last)
      ? { whole: digits.replaceAll(last, ''), fraction: '' }
      : undefined;
  }
  const other = last === ',' ? '.' : ',';
  return isGrouped(before, other)
    ? { whole: before.replaceAll(other, ''), fraction: after }
    : undefined;
}

function isGrouped(digits: string, separator: string): boolean {
  const [first = '', ...groups] = digits.split(separator);
  return /^\d{1,3}$/.test(first) && groups.every((group) => /^\d{3}$/.test(group));
}
