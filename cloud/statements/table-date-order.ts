import { daysBetween } from '../../shared/calendar-date.ts';
import { type CellDate, type DateOrder, dateOrders, orderDay } from './table-date.ts';

/** What a table tells of the order in which its days are written. */
export interface DateEvidence {
  readonly days: readonly CellDate[];
  /** Of each row, as indexes of `days`, -1 for none: the dates of booking, and the other ones beside them. */
  readonly booking: Int32Array;
  readonly others: readonly Int32Array[];
  /** Days above or below the rows: periods, as a rule. */
  readonly around: readonly CellDate[];
  /** The rows do not say the same again and again, as standing orders do. */
  readonly hasVariety: boolean;
  /** What the language of the table and its decimal style say. */
  readonly custom: 'day-first' | 'month-first' | undefined;
}

/** The one order, or those that remain possible; none where no order has days that exist. */
export type FoundOrder =
  | { readonly kind: 'found'; readonly order: DateOrder | undefined }
  | { readonly kind: 'open'; readonly orders: readonly DateOrder[] };

type Numbers = CellDate & { kind: 'numbers' };

/**
 * Where days exist in two orders: points stand between day, month and year; a country writes its days in one way; a day
 * is booked about when it is valued and lies within the period above; a list is sorted; and its days do not all
 * fall on the same day of unrelated months.
 */
export function findDateOrder(evidence: DateEvidence): FoundOrder {
  const { days, custom } = evidence;
  const numbers = [...usedIn(evidence)].flatMap((index) => asNumbers(days[index]));
  if (numbers.length === 0) return { kind: 'found', order: undefined };
  const possible = possibleOrders(numbers);
  const [first] = possible;
  if (first === undefined || possible.length === 1) return settled(possible);
  if (numbers.every(({ separator }) => separator === '.')) return settled(['dmy'], possible);
  const isSame = numbers.every((date) =>
    possible.every((order) => orderDay(date, order) === orderDay(date, first)),
  );
  if (isSame) return settled([first]);
  const unwanted = { 'day-first': 'mdy', 'month-first': 'dmy', none: '' }[custom ?? 'none'];
  const left = possible.filter((order) => order !== unwanted);
  if (left.length === 1) return settled(left);
  return settled(byOtherDays(evidence, left), left);
}

function usedIn({ booking, others }: DateEvidence): ReadonlySet<number> {
  const used = new Set<number>();
  let last = -1;
  for (const column of [booking, ...others]) {
    for (const index of column) {
      if (index !== last) used.add(index);
      last = index;
    }
  }
  return used;
}

function settled(orders: readonly DateOrder[], open = orders): FoundOrder {
  const [first, ...others] = orders;
  return first !== undefined && others.length === 0
    ? { kind: 'found', order: first }
    : { kind: 'open', orders: open };
}

function asNumbers(date: CellDate | undefined): readonly Numbers[] {
  return date?.kind === 'numbers' ? [date] : [];
}

/** Orders in which the days exist; a few may not (30 February), where all other orders have far more that do not. */
function possibleOrders(numbers: readonly Numbers[]): DateOrder[] {
  // 20-04-15 is a way of writing ISO 8601; with other separators the year stands last.
  const isIsoPossible = numbers.every(({ separator }) => separator === '-');
  const countWrong = (dates: readonly Numbers[], order: DateOrder) =>
    dates.filter((date) => orderDay(date, order) === undefined).length;
  const wrong = dateOrders.map((order) => ({ order, count: countWrong(numbers, order) }));
  const usual = wrong.filter(({ order }) => order !== 'ymd' || isIsoPossible);
  const candidates = usual.some(({ count }) => count === 0) ? usual : wrong;
  const fewest = Math.min(...candidates.map(({ count }) => count));
  if (fewest > 1 && fewest * 20 > numbers.length) return [];
  const left = candidates.filter(({ count }) => count <= fewest * 3).map(({ order }) => order);
  if (fewest > 0 && left.length > 1) return [];
  return left;
}

/** Orders that nothing else in the file speaks against. */
function byOtherDays(evidence: DateEvidence, orders: readonly DateOrder[]): readonly DateOrder[] {
  let left = orders;
  const keep = (test: (evidence: DateEvidence, order: DateOrder) => boolean): void => {
    const passing = left.filter((order) => test(evidence, order));
    if (passing.length > 0 && left.length > 1) left = passing;
  };
  keep(isNearOtherDates);
  keep(isBeforeEnd);
  // Rows within a period that is written the other way: one of the two is not what it seems.
  const [alike, since] = [isLikeAround, isSinceBegin].map((test) =>
    left.filter((order) => test(evidence, order)),
  );
  const isTorn = alike?.length === 1 && since?.length === 1 && alike[0] !== since[0];
  if (isTorn) return left;
  for (const test of [isLikeAround, isSinceBegin, isSorted, hasDaysOfMonth]) keep(test);
  return left;
}

/** Days from 1 January 1970 by index; NaN for those that do not exist. */
function serialsOf({ days }: DateEvidence, order: DateOrder): readonly number[] {
  return days.map((date) => {
    const day = orderDay(date, order);
    return day === undefined ? Number.NaN : daysBetween('1970-01-01', day);
  });
}

function isNearOtherDates(evidence: DateEvidence, order: DateOrder): boolean {
  const serials = serialsOf(evidence, order);
  let [near, far] = [0, 0];
  for (const other of evidence.others) {
    for (const [row, index] of evidence.booking.entries()) {
      const gap = Math.abs(
        (serials[index] ?? Number.NaN) - (serials[other[row] ?? -1] ?? Number.NaN),
      );
      if (gap > 0 && gap <= 15) near += 1;
      else if (gap > 15) far += 1;
    }
  }
  return far * 20 <= near + far;
}

/** The days above the rows: in the order of these, else as they can be read, by the first and the last one. */
function endsOf({ around }: DateEvidence, order: DateOrder) {
  const written = around.flatMap(asNumbers);
  const possible = dateOrders.filter((each) => written.every((date) => orderDay(date, each)));
  const own = possible.includes(order) || possible.length === 0 ? [order] : possible;
  return own.flatMap((each) => {
    const days = around.flatMap((date) => orderDay(date, each) ?? []).toSorted();
    const [first, last] = [days[0], days.at(-1)];
    if (first === undefined || last === undefined) return [];
    const serial = (day: string) => daysBetween('1970-01-01', day);
    return [{ first: serial(first), last: serial(last) }];
  });
}

/** Days above a table are the ends of its period, or the day on which it was made. */
function isBeforeEnd(evidence: DateEvidence, order: DateOrder): boolean {
  const ends = endsOf(evidence, order);
  const serials = serialsOf(evidence, order);
  const isBefore = ({ last }: { last: number }) =>
    evidence.booking.every((index) => !((serials[index] ?? 0) > last + 3));
  return ends.length === 0 || ends.some(isBefore);
}

function isSinceBegin(evidence: DateEvidence, order: DateOrder): boolean {
  const ends = endsOf(evidence, order).filter(({ first, last }) => first < last);
  const serials = serialsOf(evidence, order);
  const isSince = ({ first }: { first: number }) =>
    evidence.booking.every((index) => !((serials[index] ?? first) < first - 7));
  return ends.length === 0 || ends.some(isSince);
}

/** Who writes the days of a file writes those above its rows in the same way. */
function isLikeAround({ around }: DateEvidence, order: DateOrder): boolean {
  return around.flatMap(asNumbers).every((date) => orderDay(date, order) !== undefined);
}

function isSorted(evidence: DateEvidence, order: DateOrder): boolean {
  const serials = serialsOf(evidence, order);
  let [up, down, last] = [0, 0, Number.NaN];
  for (const index of evidence.booking) {
    const serial = serials[index] ?? Number.NaN;
    if (serial > last) up += 1;
    else if (serial < last) down += 1;
    if (!Number.isNaN(serial)) last = serial;
  }
  return Math.min(up, down) * 10 <= Math.max(up, down);
}

/** False where each of several unrelated months has a single day, the same one: it is the month then. */
function hasDaysOfMonth(evidence: DateEvidence, order: DateOrder): boolean {
  const found = new Set([...evidence.booking].map((index) => evidence.days[index]));
  const days = [...found].flatMap((date) => (date ? (orderDay(date, order) ?? []) : []));
  if (new Set(days.map((day) => day.slice(8))).size !== 1) return true;
  const months = days.map((day) => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)));
  const sorted = [...new Set(months)].toSorted((a, b) => a - b);
  const steps = new Set(sorted.slice(1).map((month, index) => month - (sorted[index] ?? 0)));
  return sorted.length < 4 || (steps.size < 2 && !evidence.hasVariety);
}
