import { createHash } from 'node:crypto';
import type { CalendarDate } from '../../shared/calendar-date.ts';
import { isEntry, openQifAccounts } from './qif-accounts.ts';
import {
  type AmountEvidence,
  type DecimalStyle,
  gatherAmounts,
  isPlainlyPoint,
  readQifAmount,
} from './qif-amount.ts';
import { type DateOrder, readQifDate } from './qif-date.ts';
import { type DateEvidence, gatherDates } from './qif-date-order.ts';
import { kindOf, readHeader } from './qif-lists.ts';
import { visitQif } from './qif-records.ts';
import {
  type ReadOptions,
  type Statement,
  StatementAsks,
  StatementUnreadable,
} from './statement.ts';

/** The part of a text in which the marks of a QIF file stand. */
const headLength = 20_000;

/** True for text with a header of QIF, or with a first record of its lines. */
export function looksLikeQif(text: string): boolean {
  const head = text.slice(0, headLength);
  if (/^[ \t]*![ \t]*(?:type?\s*[: ]|account\b|option\s*:|clear\s*:)/im.test(head)) return true;
  const [first = '', end] = head.split(/^[ \t]*\^/m, 2);
  const lines = first.split('\n').filter((line) => line.trim() !== '');
  if (end === undefined || !lines.every((line) => /^[A-Z$%]/.test(line))) return false;
  const lineOf = (letters: string) =>
    lines.find((line) => letters.includes(line[0] ?? ' '))?.slice(1);
  return (
    readQifDate(lineOf('D')?.trim() ?? '') !== undefined &&
    readQifAmount(lineOf('TU')?.trim() ?? '', 'point') !== undefined
  );
}

/**
 * Reads QIF, what Quicken, Money and banks write by that name: each account a statement, its entries without currency. An
 * opening balance is an entry there, since the others count from nothing. Sources: Quicken's help on QIF (1994 to 2006),
 * GnuCash's notes on its variants.
 * @throws StatementUnreadable, StatementAsks
 */
export function readQif(text: string, options: ReadOptions = {}): readonly Statement[] {
  const sample = gatherEvidence(text, true);
  const isEnough = sample.isWhole || (sample.dates.isSure() && sample.amounts.style() === 'point');
  const statements = isEnough ? readBy(sample, text, options) : undefined;
  return statements ?? readBy(gatherEvidence(text, false), text, options) ?? [];
}

/** Undefined where something in the file does not fit to what a sample of it told. */
function readBy(
  evidence: Evidence,
  text: string,
  options: ReadOptions,
): readonly Statement[] | undefined {
  const { dates, lists, isWhole } = evidence;
  if (lists.size === 0) {
    throw new StatementUnreadable(
      'no-statement',
      'The file is QIF but lists no entries of an account. ' +
        'Export the transactions of an account, and choose that file.',
    );
  }
  const layout = layoutOf(evidence);
  const style = decimalStyleOf(evidence, layout, options);
  const order = dateOrderOf(evidence, layout, options, style === 'comma');
  let isFitting = true;
  const accounts = openQifAccounts(
    {
      readDay: dates.createReader(order),
      readDecimal: (amount) => {
        if (!isPlainlyPoint(amount)) isFitting = false;
        return readQifAmount(amount, style);
      },
      currency: options.currencyWhereNone ?? 'XXX',
    },
    layout,
  );
  visitQif(text, accounts);
  return isWhole || isFitting ? accounts.close() : undefined;
}

/** What is told by all of a file, or by a sample of it, and of how it is laid out. */
interface Evidence {
  readonly isWhole: boolean;
  readonly dates: DateEvidence;
  readonly amounts: AmountEvidence;
  /** Names of the lists of entries. */
  readonly lists: ReadonlySet<string>;
  /** Of the lines of its first entries, in their order. */
  readonly letters: ReadonlySet<string>;
  readonly order: DateOrder | undefined;
}

/** Of so many entries the letters are looked at; */
const lettersMax = 20;
/** and of so many the succession and the words: a longer list has a day after the 12th. */
const recordsMax = 1000;

function gatherEvidence(text: string, isSample: boolean): Evidence {
  const [dates, amounts] = [gatherDates(), gatherAmounts()];
  const [lists, letters] = [new Set<string>(), new Set<string>()];
  let order: DateOrder | undefined;
  let count = 0;
  const seen = visitQif(text, {
    list: ({ name }) => lists.add(name),
    record(record, { kind, name }) {
      const { D, T, U, from, to } = record;
      if (kind === 'unnamed' && !isEntry(record)) return true;
      if (kind === 'investment') {
        if (D !== undefined) dates.see(D);
        return true;
      }
      lists.add(name);
      count += 1;
      dates.seeEntry(record, name);
      amounts.see(T ?? U ?? '');
      const lines = count > lettersMax ? [] : text.slice(from, to).matchAll(/^[DTUPMNL]/gm);
      for (const [letter] of lines) letters.add(letter);
      return count < recordsMax;
    },
    priceDay: dates.see,
    order: (found) => {
      order = dateOrders.find((each) => each === found);
    },
  });
  for (let at = text.indexOf('\n!', seen - 1); at !== -1; at = text.indexOf('\n!', at + 1)) {
    const header = readHeader(text.slice(at + 1, at + headerMax).split('\n', 1)[0] ?? '');
    if (header?.kind === 'list' && kindOf(header.name) === 'entries') lists.add(header.name);
  }
  const step = isSample ? Math.ceil(text.length / windows) : text.length;
  const size = isSample ? windowSize : text.length;
  for (let from = seen; from < text.length; from += step) {
    seeLines(text, from, from + size, dates, amounts);
  }
  const isWhole = !isSample || seen === text.length;
  return { isWhole, dates, amounts, lists, letters, order };
}

const headerMax = 100;
/** A sample is so many pieces from all over the file, of so many characters. */
const [windows, windowSize] = [40, 2000];

/** Dates and amounts of a part, in whatever list they stand: the same program wrote them. */
function seeLines(
  text: string,
  from: number,
  to: number,
  dates: DateEvidence,
  amounts: AmountEvidence,
): void {
  let at = text.indexOf('\n', from - 1) + 1;
  while (at > 0 && at < Math.min(to, text.length)) {
    const found = text.indexOf('\n', at);
    const end = found === -1 ? text.length : found;
    const letter = text[at];
    if (letter === 'D') dates.see(text.slice(at + 1, end).trim());
    else if (letter === 'T' || letter === 'U') amounts.see(text.slice(at + 1, end).trim());
    at = end + 1;
  }
}

/** Of nothing that an entry says. */
function layoutOf({ lists, letters, dates }: Evidence): string {
  const shape = [[...lists].sort().join(), [...letters].join(''), dates.shape()].join('\n');
  return `qif-${createHash('sha256').update(shape).digest('hex').slice(0, 20)}`;
}

/** Undefined where some amounts are written in one style and some in the other. */
function decimalStyleOf(
  { amounts }: Evidence,
  layout: string,
  { answers }: ReadOptions,
): DecimalStyle | undefined {
  const style = amounts.style();
  if (style !== 'either') return style === 'both' ? undefined : style;
  const styles = ['point', 'comma'] as const;
  const answered = styles.find((each) => each === answers?.['decimal-style']);
  if (answered) return answered;
  throw new StatementAsks({
    key: 'decimal-style',
    layout,
    message: 'Is it a point or a comma that stands before the cents in this file?',
    options: styles.map((each) => ({
      id: each,
      label: each === 'point' ? 'A point' : 'A comma',
      examples: [...amounts.open]
        .slice(0, exampleMax)
        .map((amount) => `${amount} is ${readQifAmount(amount, each)}`),
    })),
  });
}

const dateOrders = ['dmy', 'mdy', 'ymd'] as const;
const labels = { dmy: 'Day first', mdy: 'Month first', ymd: 'Year first' };
const exampleMax = 3;

function dateOrderOf(
  { dates, order }: Evidence,
  layout: string,
  { answers }: ReadOptions,
  isDecimalComma: boolean,
): DateOrder {
  const orders = dates.orders(isDecimalComma);
  const [only, other] = orders;
  if (other === undefined) return only ?? 'dmy';
  const told = [order, answers?.['date-order']];
  const answered = told.flatMap((it) => orders.find((each) => each === it) ?? [])[0];
  if (answered) return answered;
  const telling = dates.telling(orders).slice(0, exampleMax);
  throw new StatementAsks({
    key: 'date-order',
    layout,
    message: 'Does the day or the month stand first in the dates of this file?',
    options: orders.map((each) => {
      const readDay = dates.createReader(each);
      const examples = telling.flatMap((text) => {
        const day = readDay(text);
        return day === undefined ? [] : [`${text} is ${inWords(day)}`];
      });
      return { id: each, label: labels[each], examples };
    }),
  });
}

const months =
  'January February March April May June July August September October November December';

function inWords(day: CalendarDate): string {
  const [year, month, date] = day.split('-').map(Number);
  return `${date} ${months.split(' ')[(month ?? 1) - 1]} ${year}`;
}
