import { toCurrencyCode } from './table-names.ts';

/** Which character stands before the decimals; `plain` where the columns have neither point nor comma. */
export type DecimalStyle = 'point' | 'comma' | 'plain';

/** A number as it stands in a cell, not yet told which of its separators is the decimal one. */
export interface CellNumber {
  /** Digits with separators. */
  readonly digits: string;
  /** The minus or plus that it has, as sign, parentheses or a word after it (CR, DR); 0 where it has none. */
  readonly sign: -1 | 0 | 1;
  readonly currency?: string;
}

const marks = /[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069\ufffd]/g;
const minus = /[-−–‒]/;
/** Digits with points, commas, apostrophes and blanks between them. */
const digitsAlone = /^(?:\d|[.,]\d)[\d.,'’ ]*$/;
const unitAround =
  /^(\p{Sc}|[A-Z]{1,3}\p{Sc}|[A-Z]{3}|Rs\.?|kr\.?|Fr\.?)? ?(.*?) ?(\p{Sc}|[A-Z]{3}|kr\.?|zł|Kč|Ft|Fr\.?|лв\.?|руб\.?)?$/u;
const signByWord: Readonly<Record<string, 1 | -1>> = {
  CR: 1,
  C: 1,
  H: 1,
  DR: -1,
  DB: -1,
  D: -1,
  S: -1,
};

/** Most cells are no more than this, and a file has a million of them. */
const usual = /^([-+]?)(\d[\d.,]*)$/;
const signByMark: Readonly<Record<string, 1 | -1>> = { '-': -1, '+': 1 };

/** Undefined for a cell that holds no number, or more than one. */
export function readNumber(cell: string): CellNumber | undefined {
  if (cell.length > 60 || !/\d/.test(cell)) return undefined;
  const plain = usual.exec(cell);
  if (plain) return { digits: plain[2] ?? '', sign: signByMark[plain[1] ?? ''] ?? 0 };
  let text = cell
    .replace(marks, '')
    .replace(/[\s\u00a0\u2007\u202f]+/g, ' ')
    .trim();
  const signs: (1 | -1)[] = [];
  const inParentheses = /^([^()\d]*)\((.*)\)$/.exec(text);
  if (inParentheses) {
    text = `${inParentheses[1]}${inParentheses[2]}`.trim();
    signs.push(-1);
  }
  const word = / ?\b(CR|DR|DB|C|D|H|S)\.?$/i.exec(text.replace(/(\d)([A-Za-z])/g, '$1 $2'));
  if (word?.[1]) {
    signs.push(signByWord[word[1].toUpperCase()] ?? 1);
    text = text.slice(0, text.length - word[0].trim().length).trim();
  }
  const unsigned = text.replace(/^(\D{0,4}?)([-+−–‒]) ?/u, (_, before: string, sign: string) => {
    signs.push(minus.test(sign) ? -1 : 1);
    return before;
  });
  const bare = unsigned.replace(/ ?([-+−–‒])(?=\D{0,4}$)/u, (_, sign: string) => {
    signs.push(minus.test(sign) ? -1 : 1);
    return '';
  });
  const [, before, digits = '', after] = unitAround.exec(bare) ?? [];
  if (!digitsAlone.test(digits) || signs.length > 1) return undefined;
  const units = [before, after].filter((unit) => unit !== undefined);
  const isUnit = (unit: string) => !/^[A-Z]{3}$/.test(unit) || toCurrencyCode(unit) !== undefined;
  if (!units.every(isUnit)) return undefined;
  const currency = units.map(toCurrencyCode).find((code) => code !== undefined);
  return { digits, sign: signs[0] ?? 0, ...(currency && { currency }) };
}

/** What one number says: its decimal separator, nothing, or that it could be read both ways (1,234). */
function styleOf({ digits }: CellNumber): DecimalStyle | 'two-ways' {
  const separators = digits.replace(/[^.,]/g, '');
  const last = separators.at(-1);
  if (last === undefined) return 'plain';
  const style = last === '.' ? 'point' : 'comma';
  if (separators.length > 1) {
    const isGrouped = separators === last.repeat(separators.length);
    if (!isGrouped) return style;
    return style === 'point' ? 'comma' : 'point';
  }
  const [before = '', after = ''] = digits.split(last);
  const isGroup = after.length === 3 && /^[1-9]\d{0,2}$/.test(before);
  return isGroup ? 'two-ways' : style;
}

/** What the numbers of some cells say of their decimal style. */
export interface StyleCounts {
  point: number;
  comma: number;
  plain: number;
  'two-ways': number;
  /** Of the plain ones, those of one to three digits, and longer ones; of the others, those with a comma. */
  short: number;
  long: number;
  grouped: number;
}

export const noStyles = (): StyleCounts => ({
  ...{ point: 0, comma: 0, plain: 0, 'two-ways': 0 },
  ...{ short: 0, long: 0, grouped: 0 },
});

export function countStyle(counts: StyleCounts, number: CellNumber): void {
  const style = styleOf(number);
  counts[style] += 1;
  if (style === 'plain' && number.digits.length > 3) counts.long += 1;
  else if (style === 'plain' && /[1-9]/.test(number.digits)) counts.short += 1;
  if (style === 'two-ways' && number.digits.includes(',')) counts.grouped += 1;
}

/**
 * The decimal style that these numbers share. Single slips of the other style are left to be problems of their lines;
 * where no number tells, or one in ten says otherwise, it is `two-ways`.
 */
export function decideStyle(counts: StyleCounts): DecimalStyle | 'two-ways' {
  const [more, less] = [Math.max(counts.point, counts.comma), Math.min(counts.point, counts.comma)];
  if (more > 0) {
    if (less * 10 > more) return 'two-ways';
    return counts.point > counts.comma ? 'point' : 'comma';
  }
  if (counts['two-ways'] === 0) return 'plain';
  // Decimals would stand in all sums; thousands are parted from a thousand on.
  const isGrouped = counts.long === 0 && counts.short > 1;
  const isOneWay = counts.grouped === 0 || counts.grouped === counts['two-ways'];
  if (!isGrouped || !isOneWay) return 'two-ways';
  return counts.grouped > 0 ? 'point' : 'comma';
}

/** Ten-thousandths: no currency has smaller units, and eleven digits before the point are exact. */
export const scale = 10_000;
/** Stands for a cell that holds something that is no number of that style, or too large a one. */
export const unreadable = Number.POSITIVE_INFINITY;

/**
 * The value of a cell in ten-thousandths, NaN for an empty one. What lies below them makes it half of one more: it
 * shows that the number was longer, and never changes how it is rounded to a currency's decimals.
 */
export function toScaled(cell: string, style: DecimalStyle): number {
  if (cell === '') return Number.NaN;
  const plain = scalePlain(cell, style === 'comma' ? 44 : 46);
  if (plain !== undefined) return plain;
  const number = readNumber(cell);
  const text = number && toDecimalText(number, style);
  if (number === undefined || text === undefined) return unreadable;
  const value = scalePlain(text, 46) ?? unreadable;
  return number.sign < 0 ? -value : value;
}

/** Sign, digits, groups of three and one decimal character; undefined for all else. */
function scalePlain(text: string, decimal: 44 | 46): number | undefined {
  const first = text.charCodeAt(0);
  const from = first === 45 || first === 43 ? 1 : 0;
  let value = 0;
  let decimals = -1;
  let digits = 0;
  // Digits since the last thousands separator; none has been there while it is negative.
  let group = -1;
  let isLonger = false;
  for (let at = from; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code >= 48 && code <= 57) {
      digits += 1;
      if (decimals === 4) isLonger ||= code !== 48;
      else {
        value = value * 10 + code - 48;
        if (decimals >= 0) decimals += 1;
        else if (group >= 0) group += 1;
      }
    } else if (code === decimal && decimals < 0) {
      if (group >= 0 && group !== 3) return undefined;
      decimals = 0;
    } else if (code === 90 - decimal && decimals < 0) {
      if (digits === 0 || (group === -1 ? digits > 3 : group !== 3)) return undefined;
      group = 0;
    } else return undefined;
  }
  if (digits === 0 || (decimals < 0 && group >= 0 && group !== 3)) return undefined;
  for (let step = Math.max(decimals, 0); step < 4; step += 1) value *= 10;
  if (value >= 1e15) return unreadable;
  return (first === 45 ? -1 : 1) * (isLonger ? value + 0.5 : value);
}

/** Decimal text with a point, without sign; undefined for a number that is not written in this style. */
export function toDecimalText({ digits }: CellNumber, style: DecimalStyle): string | undefined {
  const decimal = style === 'comma' ? ',' : '.';
  const at = digits.lastIndexOf(decimal);
  const whole = at === -1 ? digits : digits.slice(0, at);
  const fraction = at === -1 ? '' : digits.slice(at + 1);
  if (!/^\d*$/.test(fraction)) return undefined;
  const thousands = whole.replace(/\d/g, '');
  const first = thousands[0];
  if (first === undefined) return `${whole || '0'}.${fraction}`.replace(/\.$/, '');
  if (first === decimal || thousands !== first.repeat(thousands.length)) return undefined;
  const groups = whole.split(first);
  // India writes 12,34,567.
  const isGrouped =
    /^\d{1,3}$/.test(groups[0] ?? '') &&
    groups.at(-1)?.length === 3 &&
    groups.slice(1).every((group) => group.length === 2 || group.length === 3);
  return isGrouped ? `${groups.join('')}.${fraction}`.replace(/\.$/, '') : undefined;
}
