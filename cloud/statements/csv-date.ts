import { type CalendarDate, daysBetween, isCalendarDate } from '../../shared/calendar-date.ts';
import { toPlain } from './csv-words.ts';

/** In which order the numbers of a day stand. */
export type DateOrder = 'dmy' | 'mdy' | 'ymd';

/** A day that says itself what it is, or three numbers whose order has to be found. */
type CellDate =
  | { readonly kind: 'day'; readonly day: CalendarDate }
  | { readonly kind: 'numbers'; readonly parts: readonly string[]; readonly separator: string };

/** A time after the day, with whatever follows it: it is not used. */
const timeAfter = /[T ,-]+\d{1,2}[:.h]\d{2}(?!\d{2}).*$/s;
const compact = /^(\d{4})(\d{2})(\d{2})(?:\d{6}.*)?$/s;
const numbers = /^(\d{1,4})([-/.:]) ?(\d{1,2})\2 ?(\d{1,4})\.?$/;
const dayFirst =
  /^(\d{1,2})(?:st|nd|rd|th|er|\.)?[ .\-/]*(?:de )?([a-z]{3,10})\.?[ .,\-/]*(?:de )?(\d{4}|\d{2})$/;
const monthFirst = /^([a-z]{3,10})\.? *(\d{1,2})(?:st|nd|rd|th)?[ ,]+(\d{4}|\d{2})$/;

const dayWithin = /(?<![\d.,/-])\d{1,2}([-/.])\d{1,2}\1\d{4}(?![\d/-])/g;

/** First letters of the months' names in English, German, French, Spanish, Italian and Dutch. */
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
  /^(oct|okt|ott)/,
  /^nov/,
  /^(dec|dez|dic)/,
];

/** Undefined for a cell that holds no day with its year. */
export function readCellDate(cell: string): CellDate | undefined {
  if (cell.length > 60 || !/^\p{L}{0,10}\.? ?\d/u.test(cell)) return undefined;
  const text = cell
    .replace(/[\u200e\u200f]/g, '')
    .replace(timeAfter, '')
    .trim();
  const whole = compact.exec(text);
  if (whole) return toCellDay(whole[1], whole[2], whole[3]);
  const match = numbers.exec(text);
  if (match) {
    const [, first = '', separator = '', second = '', third = ''] = match;
    if (first.length === 4 && third.length <= 2) return toCellDay(first, second, third);
    const isYearLast =
      first.length <= 2 && (third.length === 4 || third.length === 2) && separator !== ':';
    return isYearLast ? { kind: 'numbers', parts: [first, second, third], separator } : undefined;
  }
  const plain = toPlain(text);
  const named = dayFirst.exec(plain) ?? reorder(monthFirst.exec(plain));
  if (!named) return undefined;
  const month = months.findIndex((pattern) => pattern.test(named[2] ?? '')) + 1;
  return toCellDay(toYear(named[3]), String(month), named[1]);
}

function reorder(match: RegExpExecArray | null): readonly (string | undefined)[] | undefined {
  return match ? [match[0], match[2], match[1], match[3]] : undefined;
}

/** Two digits: 1970 to 2069. */
function toYear(text = ''): string {
  if (text.length === 4) return text;
  return Number(text) < 70 ? `20${text}` : `19${text}`;
}

function toDay(year = '', month = '', day = ''): CalendarDate | undefined {
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return isCalendarDate(date) ? date : undefined;
}

function toCellDay(year?: string, month?: string, day?: string): CellDate | undefined {
  const date = toDay(year, month, day);
  return date === undefined ? undefined : { kind: 'day', day: date };
}

/** The day of a cell; undefined for one that has none, or none that exists. */
export type DayReader = (cell: string) => CalendarDate | undefined;

/** Reads days whose numbers stand in this order. It keeps them: a file has far more rows than days. */
export function createDayReader(order: DateOrder | undefined): DayReader {
  const known = new Map<string, CalendarDate | undefined>();
  return (cell) => {
    if (known.has(cell)) return known.get(cell);
    const date = readCellDate(cell);
    const ordered = date?.kind === 'numbers' && order ? orderParts(date.parts, order) : undefined;
    const day = date?.kind === 'day' ? date.day : ordered;
    known.set(cell, day);
    return day;
  };
}

function orderParts(parts: readonly string[], order: DateOrder): CalendarDate | undefined {
  const [first = '', second = '', third = ''] = parts;
  if (order === 'dmy') return toDay(toYear(third), second, first);
  if (order === 'mdy') return toDay(toYear(third), first, second);
  return third.length === 2 && first.length === 2 ? toDay(toYear(first), second, third) : undefined;
}

/** What else in a table tells the order of its dates. */
export interface DateEvidence {
  /** The booking and value dates of each row, as they stand; '' where there is none. */
  readonly rows: readonly (readonly [string, string])[];
  /** What stands above the table: periods, as a rule. */
  readonly above: readonly string[];
  readonly isDecimalComma: boolean;
  readonly isHebrew: boolean;
}

/**
 * The one order in which the days of all columns exist. Where two are possible: points stand between day, month and
 * year, no country that writes the month first writes a decimal comma or Hebrew, a day is booked about when it is valued,
 * and a list is sorted. Undefined where no cell needs an order, `two-ways` where nothing tells it.
 */
export function findDateOrder(evidence: DateEvidence): DateOrder | undefined | 'two-ways' {
  const seen = new Map<string, CellDate & { kind: 'numbers' }>();
  const see = (cell: string) => {
    const date = readCellDate(cell);
    if (date?.kind === 'numbers') seen.set(cell, date);
  };
  for (const cell of new Set(evidence.rows.flat())) see(cell);
  if (seen.size === 0) return undefined;
  for (const cell of evidence.above) for (const day of cell.match(dayWithin) ?? []) see(day);
  const dates = [...seen.values()];
  const possible = possibleOrders(dates);
  const [first, second] = possible;
  if (first === undefined) return 'two-ways';
  if (second === undefined) return first;
  if (dates.every(({ separator }) => separator === '.')) return 'dmy';
  const isSame = dates.every(({ parts }) =>
    possible.every((order) => orderParts(parts, order) === orderParts(parts, first)),
  );
  if (isSame) return first;
  const isDayBeforeMonth = evidence.isDecimalComma || evidence.isHebrew;
  const left = isDayBeforeMonth ? possible.filter((order) => order !== 'mdy') : possible;
  return left.length === 1 && left[0] ? left[0] : byNearness(evidence.rows, left);
}

/** Orders in which the days exist; a few may not (30 February), where all other orders have far more that do not. */
function possibleOrders(
  dates: readonly { parts: readonly string[]; separator: string }[],
): DateOrder[] {
  // 20-04-15 is a way of writing ISO 8601; with other separators the year stands last.
  const isIsoPossible = dates.every(({ separator }) => separator === '-');
  const wrong = (['dmy', 'mdy', 'ymd'] as const).map((order) => ({
    order,
    count: dates.filter(({ parts }) => orderParts(parts, order) === undefined).length,
  }));
  const usual = wrong.filter(({ order }) => order !== 'ymd' || isIsoPossible);
  const candidates = usual.some(({ count }) => count === 0) ? usual : wrong;
  const fewest = Math.min(...candidates.map(({ count }) => count));
  if (fewest > 1 && fewest * 20 > dates.length) return [];
  return candidates.filter(({ count }) => count <= fewest * 3).map(({ order }) => order);
}

/** The one order in which booking and value dates are near one another, or the one in which the rows are sorted. */
function byNearness(
  rows: DateEvidence['rows'],
  orders: readonly DateOrder[],
): DateOrder | 'two-ways' {
  const readers = orders.map((order) => ({ order, readDay: createDayReader(order) }));
  const near = readers.filter(({ readDay }) => {
    const gaps = rows.flatMap(([booking, value]) => {
      const [from, to] = [readDay(booking), readDay(value)];
      return from && to && from !== to ? [Math.abs(daysBetween(from, to))] : [];
    });
    return gaps.every((gap) => gap <= 15);
  });
  if (near.length === 1 && near[0]) return near[0].order;
  const sorted = readers.filter(({ readDay }) => {
    const days = rows.flatMap(([booking]) => readDay(booking) ?? []);
    const steps = days.slice(1).map((day, index) => compare(day, days[index] ?? day));
    const isUp = steps.every((step) => step >= 0);
    return isUp || steps.every((step) => step <= 0);
  });
  const distinct = new Set(rows.map(([booking]) => booking)).size;
  return sorted.length === 1 && sorted[0] && distinct >= 4 ? sorted[0].order : 'two-ways';
}

function compare(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}
