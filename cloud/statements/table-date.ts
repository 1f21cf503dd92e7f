import { type CalendarDate, isCalendarDate } from '../../shared/calendar-date.ts';
import { toPlain } from './table-names.ts';

/** In which order the numbers of a day stand. */
export type DateOrder = 'dmy' | 'mdy' | 'ymd';
export const dateOrders: readonly DateOrder[] = ['dmy', 'mdy', 'ymd'];

/** A day that says itself what it is, or three numbers whose order has to be found. */
export type CellDate =
  | { readonly kind: 'day'; readonly day: CalendarDate }
  | {
      readonly kind: 'numbers';
      readonly parts: readonly string[];
      /** '' between numbers that stand without any. */
      readonly separator: string;
    };

/** A time after the day, with whatever follows it: it is not used. */
const timeAfter = /[T ,-]+(?:at |um |om )?\d{1,2}[:.h]\d{2}(?!\d{2}).*$/s;
const timeBefore = /^\d{1,2}:\d{2}(?::\d{2})?,? +(?=\d)/;
const weekday = /^\p{L}{2,10}\.?,? +(?=\d|\p{L}{3})/u;
const compact = /^(\d{4})(\d{2})(\d{2})(?:T?\d{6}.*)?$/s;
const numbers = /^(\d{1,4})([-/.: ]) ?(\d{1,2})(?:\2|\.) ?(\d{1,4})\.?$/;
/** The year stands between: which of the others is the day is as open as where it stands last. */
const yearWithin = /^(\d{1,2})([-/])((?:19|20)\d{2})\2(\d{1,2})$/;
const dayFirst =
  /^(\d{1,2})(?:st|nd|rd|th|er|\.)?[ .\-/]*(?:de )?([\p{L}]{3,12})\.?[ .,\-/']*(?:de )?(\d{4}|\d{2})\.?$/u;
const monthFirst = /^([\p{L}]{3,12})[. -]*(\d{1,2})(?:st|nd|rd|th)?[ ,-]+(\d{4}|\d{2})$/u;
const yearFirst = /^(\d{4})[ .\-/]+([\p{L}]{3,12})\.?[ .\-/]+(\d{1,2})\.?$/u;
const eastAsian = /^(\d{4})[年년] ?(\d{1,2})[月월] ?(\d{1,2})[日일]$/;

/**
 * Beginnings of the months' names, without accents: English, German, French, Spanish, Italian, Portuguese, Dutch, the
 * Nordic and Baltic languages, Polish, Czech, Hungarian, Romanian, Turkish, Finnish, Russian, Greek, Hebrew.
 */
const months: readonly RegExp[] = [
  /^(jan|gen|ene|sty|led|ian|oca|tammi|sau|jaan|янв|ιαν|ינו)/,
  /^(feb|fev|lut|uno|sub|helmi|vas|veeb|фев|φεβ|פבר)/,
  /^(mar(?!ras)|mrt|maa|mae|maer|brez|bre|kov|мар|μαρ|מרץ|מרס)/,
  /^(apr|avr|abr|kwi|dub|nis|huhti|bal|апр|απρ|אפר)/,
  /^(may|mai|mei|mag|maj|kve|toukok|geg|маи|мая|μαι|מאי)/,
  /^(jun|juin|giu|cze|cvn|cerven$|haz|kesa|bir|juun|iun|июн|ιουν|יונ)/,
  /^(jul|juil|lug|lip|cvc|cervenec|tem|heina|lie|juul|iul|июл|ιουλ|יול)/,
  /^(aug|aou|ago|sie|srp|agu|elo|rgp|rugp|авг|αυγ|אוג)/,
  /^(sep|set|wrz|zar|eyl|syys|rgs|rugs|sze|сен|σεπ|ספט)/,
  /^(oct|okt|ott|out|paz|rij|eki|loka|spa|окт|οκτ|אוק)/,
  /^(nov|noi|lis|kas|marras|lap|ноя|νοε|נוב)/,
  /^(dec|dez|des|dic|gru|pro|ara|joulu|gruo|det|дек|δεκ|דצמ)/,
];

function toMonth(name: string): string {
  return String(months.findIndex((pattern) => pattern.test(name)) + 1);
}

/** Undefined for a cell that holds no day with its year. */
export function readCellDate(cell: string): CellDate | undefined {
  if (cell.length > 60 || !/\d/.test(cell)) return undefined;
  const text = cell
    .replace(/[\u200e\u200f]/g, '')
    .replace(timeAfter, '')
    .replace(timeBefore, '')
    .trim();
  return readNumbers(text) ?? readNamed(text) ?? readNumbers(text.replace(weekday, ''));
}

function readNumbers(text: string): CellDate | undefined {
  const whole = compact.exec(text);
  if (whole) {
    const day = toCellDay(whole[1], whole[2], whole[3]);
    const isYearFirst = /^(19|20)/.test(text) || day !== undefined;
    if (day && isYearFirst) return day;
    if (text.length !== 8) return undefined;
    const parts = [text.slice(0, 2), text.slice(2, 4), text.slice(4)];
    return /^(19|20)/.test(text.slice(4)) ? { kind: 'numbers', parts, separator: '' } : undefined;
  }
  const within = yearWithin.exec(text);
  if (within) {
    const [, first = '', separator = '', year = '', last = ''] = within;
    return { kind: 'numbers', parts: [first, last, year], separator };
  }
  const match = numbers.exec(text);
  if (!match) return undefined;
  const [, first = '', separator = '', second = '', third = ''] = match;
  if (first.length === 4 && third.length <= 2) return toCellDay(first, second, third);
  const isYearLast =
    first.length <= 2 && (third.length === 4 || third.length === 2) && separator !== ':';
  return isYearLast ? { kind: 'numbers', parts: [first, second, third], separator } : undefined;
}

function readNamed(text: string): CellDate | undefined {
  if (!/\p{L}/u.test(text)) return undefined;
  const asian = eastAsian.exec(text);
  if (asian) return toCellDay(asian[1], asian[2], asian[3]);
  const plain = toPlain(text);
  for (const each of [plain, plain.replace(weekday, '')]) {
    const last = dayFirst.exec(each);
    if (last) return toCellDay(toYear(last[3]), toMonth(last[2] ?? ''), last[1]);
    const middle = monthFirst.exec(each);
    if (middle) return toCellDay(toYear(middle[3]), toMonth(middle[1] ?? ''), middle[2]);
    const first = yearFirst.exec(each);
    if (first) return toCellDay(first[1], toMonth(first[2] ?? ''), first[3]);
  }
  return undefined;
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

/** The day of a cell in that order; undefined for one that does not exist. */
export function orderDay(date: CellDate, order: DateOrder | undefined): CalendarDate | undefined {
  if (date.kind === 'day') return date.day;
  const [first = '', second = '', third = ''] = date.parts;
  if (order === 'dmy') return toDay(toYear(third), second, first);
  if (order === 'mdy') return toDay(toYear(third), first, second);
  const isShort = third.length === 2 && first.length === 2;
  return order === 'ymd' && isShort ? toDay(toYear(first), second, third) : undefined;
}

/** What the cells of a table say of days, each read once: a file has far more rows than days. */
export interface DayBook {
  /** Index of the day in `days`, -1 for a cell that holds none. */
  indexOf(cell: string): number;
  readonly days: readonly CellDate[];
}

/** Times of the day make each cell another one; the day stands in its first ten characters as a rule. */
const withTime = /^\d{4}[-/.]\d{2}[-/.]\d{2}[T ]\d|^\d{2}[-/.]\d{2}[-/.]\d{4} \d/;
const knownMax = 100_000;

export function createDayBook(): DayBook {
  const days: CellDate[] = [];
  const known = new Map<string, number>();
  return {
    days,
    indexOf(cell) {
      if (cell === '') return -1;
      const text = cell.length > 10 && withTime.test(cell) ? cell.slice(0, 10) : cell;
      const found = known.get(text);
      if (found !== undefined) return found;
      const date = readCellDate(text);
      const index = date ? days.push(date) - 1 : -1;
      if (known.size < knownMax) known.set(text, index);
      return index;
    },
  };
}
