import { decimalsOf, type Money } from '../../../shared/money.ts';

/**
 * Units of a currency for one euro, in the middle of the 2020s and roughly: enough to tell a transfer from the interest
 * that came the same week, never to convert.
 */
const unitsPerEuro: Readonly<Record<string, number>> = {
  ...{ EUR: 1, USD: 1.1, GBP: 0.86, CHF: 0.96, SEK: 11.2, NOK: 11.5, DKK: 7.5, PLN: 4.4, CZK: 25 },
  ...{
    HUF: 390,
    RON: 5,
    BGN: 1.96,
    ISK: 148,
    TRY: 38,
    UAH: 44,
    RUB: 95,
    ILS: 4,
    AED: 4,
    KWD: 0.34,
  },
  ...{ JPY: 158, CNY: 7.8, HKD: 8.5, SGD: 1.45, KRW: 1500, INR: 92, THB: 38, IDR: 17_500 },
  ...{ AUD: 1.65, NZD: 1.8, CAD: 1.5, MXN: 20, BRL: 6, ZAR: 20 },
};

/** Rates move, and banks take their share. */
const factorMax = 2.5;

/** Whether one sum may have been changed into the other, whatever their signs; true where a currency is not known. */
export function isPlausibleRate(a: Money, b: Money): boolean {
  const [one, other] = [inEuros(a), inEuros(b)];
  if (one === null || other === null) return true;
  return Math.max(one, other) <= Math.min(one, other) * factorMax;
}

function inEuros({ minor, currency }: Money): number | null {
  const units = unitsPerEuro[currency];
  return units === undefined ? null : Math.abs(minor) / 10 ** decimalsOf(currency) / units;
}
