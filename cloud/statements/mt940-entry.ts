import { type CalendarDate, daysBetween, isCalendarDate } from '../../shared/calendar-date.ts';
import { linesOf } from './mt940-wrapped.ts';

/** What a :61: says, before its amount is read. */
export interface EntryLine {
  readonly dates: EntryDates;
  readonly isCredit: boolean;
  /** Marked E: it is expected, not on the account. */
  readonly isExpected: boolean;
  readonly isReversal: boolean;
  readonly amountText: string;
  /** N, F or S with three characters. */
  readonly type: string | undefined;
  /** The account owner's reference (to 16 characters), '' where there is none. */
  readonly reference: string;
  /** The bank's, behind `//`. */
  readonly bankReference: string;
  /** What stands apart from the reference in the same line: whose account it is. */
  readonly name: string | undefined;
  /** Supplementary details: the lines below, trimmed. */
  readonly details: readonly string[];
}

export interface EntryDates {
  readonly bookingDate?: CalendarDate;
  readonly valueDate?: CalendarDate;
}

/**
 * Value date YYMMDD, entry date MMDD (blanks where there is none), mark, letter of the currency (funds code), amount,
 * type; a reversal of a credit (RC) is a debit. Digits that go on behind the amount make it another one.
 */
const shape =
  /^(\d*)(?: *(\d{4}))? *(R?[CD]|E[CD]) *([A-Z])? *([\d.,]*\d[\d.,]*)(?![\d.,']| +\d) *((?!NONREF)[NFS][A-Z0-9 ]{3})?/;

/** SWIFT has 100 characters in two lines; what is beyond this is none of an entry. */
const lineMax = 400;

/** Whether a value can be that of a :61:, in a place where it can be text as well. */
export function couldBeEntry(start: string): boolean {
  return /^ *\d{4}|^ *[RE]?[CD][A-Z]?[\d,]/.test(start);
}

/** Undefined for what is not made like an entry. */
export function readEntryLine(
  value: string,
  datesOf: (digits: string) => EntryDates,
): EntryLine | undefined {
  const lines = linesOf(value.slice(0, lineMax).trimStart());
  const whole = shape.exec(lines[0] ?? '');
  // A program that breaks lines anywhere breaks this one too.
  const match = whole ?? shape.exec(lines.join(''));
  if (!match) return undefined;
  const mark = match[3] ?? '';
  const rest = match.input.slice(match[0].length);
  const cut = rest.indexOf('//');
  const isApart = cut === -1 ? /^(\S.{0,15}?) {2,}(\S.*)$/.exec(rest.trimEnd()) : null;
  const reference = isApart?.[1] ?? (cut === -1 ? rest : rest.slice(0, cut));
  const details = whole ? lines.slice(1).map((each) => each.trim()) : [];
  return {
    dates: datesOf(`${match[1] ?? ''}${match[2] ?? ''}`),
    isCredit: mark === 'C' || mark === 'RD' || mark === 'EC',
    isExpected: mark.startsWith('E'),
    isReversal: mark.startsWith('R'),
    amountText: match[5] ?? '',
    type: match[6],
    reference: reference.trim(),
    bankReference: cut === -1 ? '' : rest.slice(cut + 2).trim(),
    name: isApart?.[2],
    details: details.filter((each) => each !== ''),
  };
}

/** Reads the dates of entries; each is looked at once. */
export function createDateReader(): (digits: string) => EntryDates {
  const known = new Map<string, EntryDates>();
  return (digits) => {
    const found = known.get(digits);
    if (found) return found;
    const dates = readDates(digits);
    known.set(digits, dates);
    return dates;
  };
}

/**
 * The booking date is the entry date, in the year that brings it nearest to the value date, else the value date. A value
 * date that does not exist (30 February, which counts days of interest) still tells the year.
 */
function readDates(digits: string): EntryDates {
  const match = /^((?:19|20)?\d\d)(\d{2})(\d{2})(\d{4})?$/.exec(digits);
  if (!match) return {};
  const [, yearText = '', month = '', day = '', entryDay] = match;
  // Zeros stand for no date, so the year is none.
  if (month === '00') return {};
  const year = toYear(yearText);
  const valueText = `${year}-${month}-${day}`;
  const valueDate = isCalendarDate(valueText) ? valueText : undefined;
  const middle = `${year}-${month}-15`;
  const near = valueDate ?? (isCalendarDate(middle) ? middle : `${year}-07-01`);
  const bookingDate = entryDay === undefined ? undefined : nearestDay(entryDay, year, near);
  if (bookingDate === undefined && valueDate === undefined) return {};
  return { bookingDate: bookingDate ?? near, ...(valueDate && { valueDate }) };
}

function nearestDay(monthDay: string, year: number, near: CalendarDate): CalendarDate | undefined {
  const days = [year, year - 1, year + 1]
    .map((each) => `${each}-${monthDay.slice(0, 2)}-${monthDay.slice(2)}`)
    .filter(isCalendarDate);
  const distance = (day: CalendarDate) => Math.abs(daysBetween(near, day));
  return days.sort((a, b) => distance(a) - distance(b))[0];
}

/** Two digits are of 1980 to 2079, as SWIFT has them. */
export function toYear(digits: string): number {
  const year = Number(digits);
  if (digits.length === 4) return year;
  return year < 80 ? 2000 + year : 1900 + year;
}
