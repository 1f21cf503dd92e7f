import { fromSerial } from '../../../shared/calendar-date.ts';
import type { ExtendedValue, NumberFormat } from './cell-schema.ts';

/**
 * What a cell shows. Of Google's number patterns: sections, [Red] and the like (left out), quoted text, digits with
 * grouping, percent, and dates and times; a scientific or fraction pattern shows the plain number.
 */
export function formatCell(
  value: ExtendedValue,
  format: NumberFormat | undefined,
  locale: string,
): string {
  if (value.stringValue !== undefined) return value.stringValue;
  if (value.boolValue !== undefined) return value.boolValue ? 'TRUE' : 'FALSE';
  if (value.errorValue) return errorTexts[value.errorValue.type] ?? '#ERROR!';
  if (value.numberValue === undefined) return '';
  return formatNumber(value.numberValue, format, locale.replaceAll('_', '-'));
}

/** Date pattern that a DATE format without one has in this locale. */
export function datePattern(locale: string): string {
  if (/^en[-_]US$/.test(locale)) return 'm/d/yyyy';
  if (/^(de|pl|cs|fi|nb|ru)/.test(locale)) return 'dd.mm.yyyy';
  if (/^(en|fr|es|it|pt)/.test(locale)) return 'dd/mm/yyyy';
  return 'yyyy-mm-dd';
}

const errorTexts: Readonly<Record<string, string>> = {
  NULL_VALUE: '#NULL!',
  DIVIDE_BY_ZERO: '#DIV/0!',
  VALUE: '#VALUE!',
  REF: '#REF!',
  NAME: '#NAME?',
  NUM: '#NUM!',
  N_A: '#N/A',
};

const patternsByType: Readonly<Record<string, string>> = {
  NUMBER: '#,##0.00',
  CURRENCY: '#,##0.00',
  PERCENT: '0.00%',
  TIME: 'hh:mm:ss',
};

function formatNumber(number: number, format: NumberFormat | undefined, locale: string): string {
  const type = format?.type ?? '';
  const pattern = format?.pattern ?? defaultPattern(type, locale);
  if (!pattern || type === 'TEXT') return formatGeneral(number, locale);
  const [positive = '', negative, zero] = pattern.split(/;(?=(?:[^"]*"[^"]*")*[^"]*$)/);
  const isNegative = number < 0 && negative !== undefined;
  const section = isNegative ? negative : number === 0 ? (zero ?? positive) : positive;
  const bare = section.replace(/\[[^\]]*\]/g, '');
  const letters = bare.replace(/"[^"]*"|\\./g, '');
  if (/[ydhs]|m{1,4}/i.test(letters) && !/[0#?]/.test(letters))
    return formatDate(number, bare, locale);
  return formatDigits(isNegative ? -number : number, bare, locale);
}

function defaultPattern(type: string, locale: string): string | undefined {
  if (type === 'DATE') return datePattern(locale);
  if (type === 'DATE_TIME') return `${datePattern(locale)} hh:mm:ss`;
  return patternsByType[type];
}

/** Without a format: up to 15 digits, no grouping. */
function formatGeneral(number: number, locale: string): string {
  return numberFormat(locale, false, 0, 15).format(Number(number.toPrecision(15)));
}

function formatDigits(number: number, pattern: string, locale: string): string {
  const match = /^(.*?)([#0?][#0?,]*)(?:\.([#0?]*))?(.*)$/s.exec(pattern);
  if (!match || /[eE/]/.test(pattern.replace(/"[^"]*"|\\./g, ''))) {
    return /[#0?]/.test(pattern) ? formatGeneral(number, locale) : literal(pattern);
  }
  const [, before = '', whole = '', fraction = '', after = ''] = match;
  const shown = /%/.test(before + after) ? number * 100 : number;
  const format = numberFormat(
    locale,
    whole.includes(','),
    fraction.replace(/[^0]/g, '').length,
    fraction.length,
    Math.max(1, whole.replace(/[^0]/g, '').length),
  );
  const sign = shown < 0 ? '-' : '';
  return `${sign}${literal(before)}${format.format(Math.abs(shown))}${literal(after)}`;
}

const formats = new Map<string, Intl.NumberFormat>();

function numberFormat(
  locale: string,
  useGrouping: boolean,
  minimumFractionDigits: number,
  maximumFractionDigits: number,
  minimumIntegerDigits = 1,
): Intl.NumberFormat {
  const key = [
    locale,
    useGrouping,
    minimumFractionDigits,
    maximumFractionDigits,
    minimumIntegerDigits,
  ].join();
  const known = formats.get(key);
  if (known) return known;
  const made = new Intl.NumberFormat(locale, {
    useGrouping,
    minimumFractionDigits,
    maximumFractionDigits,
    minimumIntegerDigits,
  });
  formats.set(key, made);
  return made;
}

const dateTokens = /"[^"]*"|\\.|yyyy|yy|m{1,4}|d{1,4}|h{1,2}|s{1,2}|am\/pm|./gis;

function formatDate(serial: number, pattern: string, locale: string): string {
  const tokens = pattern.match(dateTokens) ?? [];
  const day = new Date(`${fromSerial(serial)}T00:00:00Z`);
  const seconds = Math.round((serial - Math.floor(serial)) * 86_400);
  const isNoonClock = tokens.some((token) => /^am\/pm$/i.test(token));
  const isTime = (token: string | undefined, first: RegExp) =>
    token !== undefined && first.test(token);
  const words = tokens.map((token, i) => {
    const lower = token.toLowerCase();
    const before = tokens.slice(0, i).findLast((other) => /^[ydhs]/i.test(other));
    const after = tokens.slice(i + 1).find((other) => /^[ydhsm]/i.test(other));
    const isMinute = isTime(before, /^h/i) || isTime(after, /^s/i);
    if (/^m{1,2}$/.test(lower) && isMinute) return pad(Math.floor(seconds / 60) % 60, lower.length);
    if (/^h/.test(lower)) {
      const hour = Math.floor(seconds / 3600) % 24;
      return pad(isNoonClock ? hour % 12 || 12 : hour, lower.length);
    }
    if (/^s/.test(lower)) return pad(seconds % 60, lower.length);
    if (lower === 'am/pm') return seconds < 43_200 ? 'AM' : 'PM';
    return formatDayPart(day, lower, locale) ?? literal(token);
  });
  return words.join('');
}

function formatDayPart(day: Date, token: string, locale: string): string | null {
  if (token === 'yyyy') return String(day.getUTCFullYear());
  if (token === 'yy') return String(day.getUTCFullYear()).slice(-2);
  if (token === 'm' || token === 'mm') return pad(day.getUTCMonth() + 1, token.length);
  if (token === 'd' || token === 'dd') return pad(day.getUTCDate(), token.length);
  const width = token.length === 3 ? 'short' : 'long';
  const name = (part: 'month' | 'weekday') =>
    new Intl.DateTimeFormat(locale, { [part]: width, timeZone: 'UTC' }).format(day);
  if (/^m{3,4}$/.test(token)) return name('month');
  if (/^d{3,4}$/.test(token)) return name('weekday');
  return null;
}

function pad(number: number, length: number): string {
  return String(number).padStart(length, '0');
}

function literal(text: string): string {
  return text.replace(/"([^"]*)"|\\(.)|[_*]./g, (_all, quoted, escaped) => quoted ?? escaped ?? '');
}
