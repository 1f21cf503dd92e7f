/** Most columns of which cells are read: no list of entries is wider. */
export const sheetColumnMax = 256;
/** As many as Excel has. */
export const sheetRowMax = 1_048_576;

/** What a number in a cell stands for. */
export type NumberKind = 'number' | 'day';

/**
 * What a number format makes of a number. Those up to 163 are built in: 14 to 22 are days and times, 27 to 36 and 50 to
 * 58 days of East Asian versions, 45 to 47 times. Others are written out: y, m, d, h or s outside of quotes, brackets
 * (colours, locales) and escapes. Source: ECMA-376, part 1, 18.8.30 and 18.8.31.
 */
export function kindOfFormat(id: number, pattern: string | undefined): NumberKind {
  if (pattern === undefined) {
    const isDay =
      (id >= 14 && id <= 22) ||
      (id >= 27 && id <= 36) ||
      (id >= 45 && id <= 47) ||
      (id >= 50 && id <= 58);
    return isDay ? 'day' : 'number';
  }
  const [positive = ''] = pattern
    .replace(/"[^"]*"?|\\.|_.|\*.|\[(?!(?:h+|m+|s+)\])[^\]]*\]/gi, '')
    .split(';');
  return /[ymdhs]/i.test(positive) && !/general|[0#?]/i.test(positive.replace(/[.,]0+/g, ''))
    ? 'day'
    : 'number';
}

const dayMs = 86_400_000;
const secondsOfDay = 86_400;
/** 31 December 9999 where day 0 is in 1904. */
const serialMax = 2_957_003;

/**
 * What a serial number stands for: a day (YYYY-MM-DD) without its time, or below 1 a time alone (HH:MM:SS). Day 1 is
 * 1 January 1900, and day 60 the 29 February that this year did not have; in workbooks of early Macs day 0 is
 * 1 January 1904. Undefined where it is no day.
 */
function dayOfSerial(serial: number, is1904: boolean): string | undefined {
  // A time is a binary fraction: the last second of a day may lie a breath before midnight.
  const seconds = Math.round(serial * secondsOfDay);
  const days = Math.floor(seconds / secondsOfDay);
  if (!(days >= 0) || days > serialMax) return undefined;
  if (days === 0) return new Date(seconds * 1000).toISOString().slice(11, 19);
  if (is1904) return isoDay(Date.UTC(1904, 0, 1) + days * dayMs);
  return days === 60 ? undefined : isoDay(Date.UTC(1899, 11, days < 60 ? 31 : 30) + days * dayMs);
}

/** A sheet has the same few days again and again. */
const isoDays = new Map<number, string>();
const isoDayMax = 10_000;

function isoDay(ms: number): string {
  const known = isoDays.get(ms);
  if (known !== undefined) return known;
  if (isoDays.size === isoDayMax) isoDays.clear();
  const day = new Date(ms).toISOString().slice(0, 10);
  isoDays.set(ms, day);
  return day;
}

/**
 * A number as decimal text, without exponent. Sheets hold binary fractions: what is beyond the 15 digits that Excel
 * itself shows is noise (0.1 + 0.2 is 0.3). Infinity and what is no number give ''.
 */
export function decimalText(value: number): string {
  if (!Number.isFinite(value)) return '';
  const shortest = String(value + 0);
  // Of fifteen digits or fewer; what is written with an exponent is longer in full.
  if (shortest.length < 17 && !shortest.includes('e')) return shortest;
  if (Number.isSafeInteger(value)) return shortest;
  const [digits = '', exponent = ''] = Math.abs(value).toExponential(14).split('e');
  const point = Number(exponent) + 1;
  if (Math.abs(point) > 40) return '';
  const all = digits.replace('.', '').replace(/0+$/, '');
  const whole = point > 0 ? all.slice(0, point).padEnd(point, '0') : '0';
  const fraction = point > 0 ? all.slice(point) : '0'.repeat(-point) + all;
  return `${value < 0 ? '-' : ''}${whole}${fraction === '' ? '' : `.${fraction}`}`;
}

/** A number of a cell as text: a day where its format says so. '' for what is no number. */
export function textOfNumber(
  value: number | string,
  kind: NumberKind | undefined,
  is1904: boolean,
): string {
  const day = kind === 'day' && value !== '' ? dayOfSerial(Number(value), is1904) : undefined;
  if (day !== undefined) return day;
  if (typeof value === 'number') return decimalText(value);
  // Short ones have no noise.
  const isShort = /^-?\d{1,12}(\.\d{1,3})?$/.test(value);
  return isShort || value === '' ? value : decimalText(Number(value));
}
