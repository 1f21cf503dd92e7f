/** An amount of one currency in minor units (cents, yen, fils): a safe integer, negative for money out. */
export interface Money {
  readonly minor: number;
  /** ISO 4217, upper case. */
  readonly currency: string;
}

/** Thrown for an amount that is no decimal text or does not fit its currency; the message never carries the text. */
export class MoneyError extends Error {
  override readonly name = 'MoneyError';
}

const decimalText = /^([+-]?)(\d+)(?:\.(\d*))?$|^([+-]?)\.(\d+)$/;
/** ISO 4217 (list one, 2026) but for those of two. Intl is no source: it has HUF and IDR without decimals. */
const decimalsByCurrency: ReadonlyMap<string, number> = new Map(
  [
    'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF',
    '',
    '',
    'BHD IQD JOD KWD LYD OMR TND',
    'CLF UYW',
  ].flatMap((currencies, decimals) =>
    currencies.split(' ').map((currency) => [currency, decimals] as const),
  ),
);

/**
 * Digits after the point of a currency as ISO 4217 has them: EUR 2, JPY 0, KWD 3.
 * @throws MoneyError when the code is not three letters.
 */
export function decimalsOf(currency: string): number {
  const decimals = decimalsByCurrency.get(currency);
  if (decimals !== undefined) return decimals;
  if (!/^[A-Z]{3}$/.test(currency)) throw new MoneyError('a currency is three capital letters');
  return 2;
}

/**
 * Reads decimal text such as "-12.50" without passing a float. Trailing zeros beyond the currency's decimals pass
 * ("25000.000" SEK is a real reply); any other digit there is refused, as is what no safe integer holds.
 * @throws MoneyError
 */
export function parseMoney(text: string, currency: string): Money {
  const decimals = decimalsOf(currency);
  const match = decimalText.exec(text.trim());
  if (!match) throw new MoneyError('an amount is digits with an optional sign and decimal point');
  const sign = (match[1] ?? match[4]) === '-' ? -1 : 1;
  const whole = match[2] ?? '0';
  const fraction = match[3] ?? match[5] ?? '';
  if (/[1-9]/.test(fraction.slice(decimals))) {
    throw new MoneyError(`an amount in ${currency} has at most ${decimals} decimals`);
  }
  const minor = Number(whole + fraction.slice(0, decimals).padEnd(decimals, '0'));
  if (!Number.isSafeInteger(minor)) throw new MoneyError('an amount is at most 2^53 minor units');
  return { minor: minor === 0 ? 0 : sign * minor, currency };
}

/** Decimal text with all decimals of the currency, "-12.50"; parseMoney reads it back to the same amount. */
export function formatAmount({ minor, currency }: Money): string {
  const decimals = decimalsOf(currency);
  const digits = String(Math.abs(minor)).padStart(decimals + 1, '0');
  const point = digits.length - decimals;
  const text = decimals === 0 ? digits : `${digits.slice(0, point)}.${digits.slice(point)}`;
  return minor < 0 ? `-${text}` : text;
}

/** Sum of amounts of one currency; `currency` is that of an empty sum. @throws MoneyError on mixed currencies. */
export function sumMoney(amounts: Iterable<Money>, currency: string): Money {
  let minor = 0;
  for (const amount of amounts) {
    if (amount.currency !== currency) throw new MoneyError('amounts of two currencies have no sum');
    minor += amount.minor;
  }
  if (!Number.isSafeInteger(minor)) throw new MoneyError('a sum is at most 2^53 minor units');
  return { minor, currency };
}
