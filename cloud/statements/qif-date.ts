import { type CalendarDate, isCalendarDate } from '../../shared/calendar-date.ts';

/** In which order the numbers of a day stand. */
export type DateOrder = 'dmy' | 'mdy' | 'ymd';

/** A day that says itself what it is, or three numbers whose order has to be found. */
export type QifDate =
  | { readonly kind: 'day'; readonly day: CalendarDate | undefined }
  | {
      readonly kind: 'numbers';
      readonly parts: readonly [string, string, string];
      /** The first one. */
      readonly separator: string;
      /** An apostrophe, or more than two digits, are a year's. */
      readonly isYearLast: boolean;
    };

const time = '(?:[T ,]+\\d{1,2}[:.h]\\d{2}.*)?$';
const numbers = new RegExp(
  `^(\\d{1,4}) *([-/.'’´ ]) *(\\d{1,2}) *([-/.'’´ ]) *(\\d{1,5})\\.?${time}`,
);
const compact = /^(\d{2})(\d{2})(\d{2})(?:(\d{2})(?:[T ]?\d{4,6})?)?$/;
const dayFirst = new RegExp(
  `^(\\d{1,2})[-/. ]*(\\p{L}{3,10})\\.?[-/., '’]*(\\d{4}|\\d{2})${time}`,
  'u',
);
const monthFirst = new RegExp(
  `^(\\p{L}{3,10})\\.?[-/ ]*(\\d{1,2})[-/, '’]+(\\d{4}|\\d{2})${time}`,
  'u',
);

/** How the months begin in English, German, French, Spanish, Portuguese, Italian and Dutch, without accents. */
const months: readonly RegExp[] = [
  /^(jan|gen|ene)/,
  /^(feb|fev)/,
  /^(mar|mrt|maa|mae)/,
  /^(apr|avr|abr)/,
  /^(may|mai|mei|mag)/,
  /^(jun|juin|giu)/,
  /^(jul|juil|lug)/,
  /^(aug|aou|ago)/,
  /^(sep|set)/,
  /^(oct|okt|ott|out)/,
  /^nov/,
  /^(dec|dez|dic)/,
];

/** Undefined for what is no date. */
export function readQifDate(text: string): QifDate | undefined {
  if (text.length > 40) return undefined;
  const match = numbers.exec(text);
  if (match) {
    const [, first = '', separator = '', second = '', another = '', third = ''] = match;
    if (first.length > 2) {
      if (first.length !== 4 || third.length > 2) return undefined;
      return { kind: 'day', day: toDay(first, second, third) };
    }
    const isYearLast = third.length > 2 || /['’´]/.test(another);
    return { kind: 'numbers', parts: [first, second, third], separator, isYearLast };
  }
  const digits = compact.exec(text);
  if (digits) return readCompact(digits);
  const named = dayFirst.exec(text);
  if (named) return readNamed(named[3], named[2], named[1]);
  const american = monthFirst.exec(text);
  return american ? readNamed(american[3], american[1], american[2]) : undefined;
}

function readCompact([, first = '', second = '', third = '', fourth]: RegExpExecArray): QifDate {
  const separator = '';
  if (fourth === undefined) {
    return { kind: 'numbers', parts: [first, second, third], separator, isYearLast: false };
  }
  const day = toDay(first + second, third, fourth);
  if (/^(19|20)$/.test(first) && day !== undefined) return { kind: 'day', day };
  return { kind: 'numbers', parts: [first, second, third + fourth], separator, isYearLast: true };
}

function readNamed(year = '', name = '', day = ''): QifDate {
  const plain = name.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
  const month = months.findIndex((pattern) => pattern.test(plain)) + 1;
  return { kind: 'day', day: toDay(toYear(year), String(month), day) };
}

/** The day in this order; undefined where there is none. */
export function orderQifDate(date: QifDate, order: DateOrder): CalendarDate | undefined {
  if (date.kind === 'day') return date.day;
  const [first, second, third] = date.parts;
  if (order === 'ymd') {
    return date.isYearLast ? undefined : toDay(toYear(first), second, third);
  }
  const year = toYear(third);
  return order === 'dmy' ? toDay(year, second, first) : toDay(year, first, second);
}

/**
 * Quicken writes 2026 as '26, many programs as 26; before 1970 there was none. After 1999 some went on to count: 100, or
 * 19100.
 */
function toYear(text: string): string {
  const number = Number(text);
  if (text.length === 4) return text;
  if (text.length === 5) return String(number - 17_100);
  if (text.length === 3) return String(1900 + number);
  return String((number >= 70 ? 1900 : 2000) + number);
}

function toDay(year: string, month: string, day: string): CalendarDate | undefined {
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return year > '1900' && isCalendarDate(date) ? date : undefined;
}
