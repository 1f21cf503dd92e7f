import {
  type CalendarDate,
  daysBetween,
  earliestOf,
  latestOf,
} from '../../shared/calendar-date.ts';
import { type DateOrder, orderQifDate, type QifDate, readQifDate } from './qif-date.ts';
import type { QifRecord } from './qif-records.ts';

/** What a file says of the order of its dates, gathered before anything is read by it. */
export interface DateEvidence {
  /** One of the first entries, in a list of that name. */
  seeEntry(record: QifRecord, list: string): void;
  see(text: string): void;
  /** Whether the days themselves leave one order, and some of them no other. */
  isSure(): boolean;
  /** The orders that are left, the likeliest first; none where no date needs one. */
  orders(isDecimalComma: boolean): readonly DateOrder[];
  /** Reads a date of the file, once the order is known. */
  createReader(order: DateOrder): (text: string) => CalendarDate | undefined;
  /** As it stands, by its shape: the same in files of the same program. */
  shape(): string;
  /** Those that the order makes other days of, in the file's order. */
  telling(orders: readonly DateOrder[]): readonly string[];
}

/** How much likelier one order has to be than another. */
const likelierBy = 300;

interface Seen {
  readonly text: string;
  readonly list: string;
  readonly words: readonly string[];
}

export function gatherDates(): DateEvidence {
  const dates = new Map<string, QifDate | undefined>();
  const succession: Seen[] = [];
  const see = (text: string): void => {
    if (!dates.has(text)) dates.set(text, readQifDate(text));
  };
  const dayIn = (order: DateOrder) => (text: string) => {
    const date = dates.get(text);
    return date && orderQifDate(date, order);
  };
  const open = (): string[] =>
    [...dates].flatMap(([text, date]) => (date?.kind === 'numbers' ? [text] : []));
  return {
    see,
    isSure() {
      const texts = open();
      const wrong = wrongIn(texts, dayIn)
        .map(({ count }) => count)
        .sort((a, b) => a - b);
      return texts.length === 0 || (wrong[0] === 0 && (wrong[1] ?? 0) >= 3);
    },
    seeEntry({ D, T, U, P = '', M = '' }, list) {
      if (D === undefined) return;
      const words = `${P} ${M}`.toLowerCase().match(/\p{L}{4,}/gu) ?? [];
      succession.push({ text: D, list, words: [T ?? U ?? '', ...words] });
      see(D);
    },
    orders(isDecimalComma) {
      const texts = open();
      let left: readonly DateOrder[] = possibleOrders(texts, dayIn);
      const narrowings: readonly ((orders: readonly DateOrder[]) => readonly DateOrder[])[] = [
        (orders) => byLocale(orders, isDecimalComma, separatorsOf(texts, dates)),
        (orders) => byCustom(orders, separatorsOf(texts, dates), spansOf(orders, texts, dayIn)),
        (orders) => bySuccession(orders, succession, dayIn, spansOf(orders, texts, dayIn)),
        (orders) => bySpan(orders, texts, succession, spansOf(orders, texts, dayIn)),
      ];
      for (const narrow of narrowings) if (left.length > 1) left = narrow(left);
      return isSameIn(left, texts, dayIn) ? left.slice(0, 1) : left;
    },
    createReader(order) {
      const days = new Map<string, CalendarDate | undefined>();
      const readDay = dayIn(order);
      return (text) => {
        const known = days.get(text);
        if (known !== undefined) return known;
        see(text);
        const day = readDay(text);
        days.set(text, day);
        return day;
      };
    },
    shape: () => shapeOf(open()),
    telling: (orders) => open().filter((text) => !isSameIn(orders, [text], dayIn)),
  };
}

type DayIn = (order: DateOrder) => (text: string) => CalendarDate | undefined;

/** Separators and digits of the year; whether single digits stand alone, or after a blank. */
function shapeOf(texts: readonly string[]): string {
  const shapes = texts.map((text) =>
    text
      .replaceAll(' ', '')
      .replace(/\d{3,}/g, 'y')
      .replace(/\d+/g, 'n'),
  );
  const hasBlank = texts.some((text) => / \d(?!\d)/.test(text));
  const hasSingle = texts.some((text) => /(?<!\d)\d(?!\d)/.test(text));
  return [...new Set(shapes)].sort().join(' ') + String(hasBlank) + String(hasSingle);
}

function separatorsOf(texts: readonly string[], dates: ReadonlyMap<string, QifDate | undefined>) {
  return new Set(
    texts.map((text) => {
      const date = dates.get(text);
      return date?.kind === 'numbers' ? date.separator : '';
    }),
  );
}

/** How many days do not exist, by order. */
function wrongIn(texts: readonly string[], dayIn: DayIn) {
  return (['dmy', 'mdy', 'ymd'] as const).map((order) => ({
    order,
    count: texts.filter((text) => dayIn(order)(text) === undefined).length,
  }));
}

/** The orders in which the days exist. A slip or two may not, where every other order has more that do not. */
function possibleOrders(texts: readonly string[], dayIn: DayIn): DateOrder[] {
  const wrong = wrongIn(texts, dayIn);
  const fewest = Math.min(...wrong.map(({ count }) => count));
  if (texts.length === 0 || fewest === texts.length) return [];
  return wrong.filter(({ count }) => count === fewest).map(({ order }) => order);
}

const isSameIn = (orders: readonly DateOrder[], texts: readonly string[], dayIn: DayIn): boolean =>
  texts.every((text) => new Set(orders.map((order) => dayIn(order)(text))).size === 1);

/** No country that writes a decimal comma, or points between day, month and year, writes the month first. */
function byLocale(
  orders: readonly DateOrder[],
  isDecimalComma: boolean,
  separators: ReadonlySet<string>,
): readonly DateOrder[] {
  const arePoints = separators.size === 1 && separators.has('.');
  if (arePoints && orders.includes('dmy')) return ['dmy'];
  return isDecimalComma ? orders.filter((order) => order !== 'mdy') : orders;
}

/** Lists are nearly always sorted by day: by chance six days hardly ever are, but where it makes years of weeks. */
function bySuccession(
  orders: readonly DateOrder[],
  succession: readonly Seen[],
  dayIn: DayIn,
  spans: Spans,
): readonly DateOrder[] {
  const shortest = Math.min(...spans.values());
  const lists = [...Map.groupBy(succession, ({ list }) => list).values()];
  const texts = lists.map((list) => list.map(({ text }) => text));
  if (!texts.some((list) => new Set(list).size >= 6)) return orders;
  const sorted = orders.filter((order) =>
    texts.every((list) => isSorted(list.flatMap((text) => dayIn(order)(text) ?? []))),
  );
  const isFar = sorted.some((order) => (spans.get(order) ?? 0) > shortest * 5);
  return sorted.length > 0 && !isFar ? sorted : orders;
}

function isSorted(days: readonly CalendarDate[]): boolean {
  const isUp = days.every((day, at) => at === 0 || day >= (days[at - 1] ?? day));
  return isUp || days.every((day, at) => at === 0 || day <= (days[at - 1] ?? day));
}

/** Days from the first to the last. */
type Spans = ReadonlyMap<DateOrder, number>;

function spansOf(orders: readonly DateOrder[], texts: readonly string[], dayIn: DayIn): Spans {
  return new Map(
    orders.map((order) => {
      const days = texts.flatMap((text) => dayIn(order)(text) ?? []);
      const [first = ''] = days;
      return [order, daysBetween(earliestOf(first, ...days), latestOf(first, ...days)) + 1];
    }),
  );
}

/**
 * Days of a list lie close together. So many different ones fall into a short time only by a rare chance where they
 * really are spread over a long one: but for what comes once a month, and says the same each time.
 */
function bySpan(
  orders: readonly DateOrder[],
  texts: readonly string[],
  succession: readonly Seen[],
  spans: Spans,
): readonly DateOrder[] {
  if (isRecurring(succession)) return orders;
  const shortest = Math.min(...spans.values());
  return orders.filter(
    (order) => ((spans.get(order) ?? 0) / shortest) ** (texts.length - 1) < likelierBy,
  );
}

/** Whether entries of different days share a word, or an amount; also where one says nothing at all. */
function isRecurring(succession: readonly Seen[]): boolean {
  const dayOf = new Map<string, string>();
  return succession.some(({ text, words }) => {
    if (words.length < 2) return true;
    return words.some((word) => {
      const isElsewhere = dayOf.has(word) && dayOf.get(word) !== text;
      dayOf.set(word, text);
      return isElsewhere;
    });
  });
}

/** With slashes hardly anyone writes the year first: only where the days would otherwise lie decades apart. */
function byCustom(
  orders: readonly DateOrder[],
  separators: ReadonlySet<string>,
  spans: Spans,
): readonly DateOrder[] {
  const others = orders.filter((order) => order !== 'ymd');
  if (others.length === 0 || separators.has('-') || separators.has('')) return orders;
  const shortest = Math.min(...others.map((order) => spans.get(order) ?? 0));
  return (spans.get('ymd') ?? shortest) * 20 < shortest ? orders : others;
}
