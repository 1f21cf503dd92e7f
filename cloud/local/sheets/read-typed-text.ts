import { isCalendarDate, toSerial } from '../../../shared/calendar-date.ts';
import type { ExtendedValue, NumberFormat } from './cell-schema.ts';
import { datePattern } from './number-format.ts';

/** A cell's value as a user would get it by typing, with the format that the typing gives to a cell without one. */
export interface Typed {
  readonly value: ExtendedValue;
  readonly numberFormat?: NumberFormat;
}

/** Reads text as USER_ENTERED does: formulas, booleans, numbers in the locale's writing, percents, days. */
export function readTypedText(text: string, locale: string): Typed {
  const trimmed = text.trim();
  if (text.startsWith("'")) return { value: { stringValue: text.slice(1) } };
  if (text.startsWith('=') && text.length > 1) return { value: { formulaValue: text } };
  if (/^(true|false)$/i.test(trimmed)) {
    return { value: { boolValue: trimmed.toLowerCase() === 'true' } };
  }
  const number = readTypedNumber(trimmed, locale);
  if (number) return number;
  const day = readDay(trimmed, locale);
  if (day === null) return { value: { stringValue: text } };
  const pattern = /^\d{4}-/.test(trimmed) ? 'yyyy-mm-dd' : datePattern(locale);
  return { value: { numberValue: toSerial(day) }, numberFormat: { type: 'DATE', pattern } };
}

/** A number's value, and the format that comes with a percent sign or with grouped digits. */
function readTypedNumber(text: string, locale: string): Typed | null {
  const parts = new Intl.NumberFormat(locale.replaceAll('_', '-')).formatToParts(12_345.6);
  const decimal = parts.find((part) => part.type === 'decimal')?.value ?? '.';
  const group = parts.find((part) => part.type === 'group')?.value ?? ',';
  const isPercent = text.endsWith('%');
  const [whole = '', fraction, ...more] = text.replace(/\s?%$/, '').split(decimal);
  const groups = whole.replace(/^[+-]/, '').split(group);
  const isGrouped = groups.length > 1;
  const areGroupsWhole = groups.every((digits, i) =>
    (i === 0 ? /^\d{1,3}$/ : /^\d{3}$/).test(digits),
  );
  if (more.length > 0 || (isGrouped && !areGroupsWhole)) return null;
  const plain = `${whole.replaceAll(group, '')}${fraction === undefined ? '' : `.${fraction}`}`;
  if (!/^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d{1,3})?$/i.test(plain)) return null;
  const number = Number(plain);
  if (!Number.isFinite(number)) return null;
  const digits = `${isGrouped ? '#,##' : ''}0${fraction === undefined ? '' : '.00'}`;
  if (isPercent) {
    const numberFormat = { type: 'PERCENT', pattern: `${digits}%` } as const;
    return { value: { numberValue: number / 100 }, numberFormat };
  }
  const value = { numberValue: number };
  return isGrouped ? { value, numberFormat: { type: 'NUMBER', pattern: digits } } : { value };
}

function readDay(text: string, locale: string): string | null {
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(text);
  const local = /^(\d{1,2})([./-])(\d{1,2})\2(\d{4})$/.exec(text);
  const isMonthFirst = datePattern(locale).startsWith('m');
  const [year, month, day] = iso
    ? [iso[1], iso[2], iso[3]]
    : [local?.[4], local?.[isMonthFirst ? 1 : 3], local?.[isMonthFirst ? 3 : 1]];
  if (!year || !month || !day) return null;
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return isCalendarDate(date) ? date : null;
}
