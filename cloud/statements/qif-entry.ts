import type { ObservedEntry } from '../../shared/bank.ts';
import type { CalendarDate } from '../../shared/calendar-date.ts';
import { type AmountReading, readAmount } from './amount.ts';
import { createMoneyPool, readPlainAmount } from './plain-amount.ts';
import type { QifRecord } from './qif-records.ts';
import type { Section } from './section.ts';

/** How a file is read, once its dates and amounts are understood. */
export interface QifReading {
  readonly readDay: (text: string) => CalendarDate | undefined;
  /** Decimal text with a point. */
  readonly readDecimal: (text: string) => string | undefined;
  /** ISO 4217, of all amounts. */
  readonly currency: string;
}

/** Undefined for a record that cannot be read; then the section says why. */
export type ReadEntry = (record: QifRecord, section: Section) => ObservedEntry | undefined;

/** A file has a quarter of a million entries, of fewer partners: so many of these are kept once. */
const poolMax = 10_000;

export function createEntryReader({ readDay, readDecimal, currency }: QifReading): ReadEntry {
  const shareMoney = createMoneyPool();
  const texts = new Map<string, string>();
  const toAmount = (text: string): AmountReading => {
    const money = readPlainAmount(text, currency);
    if (money) return { kind: 'read', money: shareMoney(money) };
    const decimal = text === '' ? '' : readDecimal(text);
    const why = 'has an amount that is no number, or reads two ways';
    return decimal === undefined ? { kind: 'unread', why } : readAmount(decimal, currency);
  };
  const shared = (text: string): string => {
    const known = texts.get(text);
    if (known === undefined && texts.size < poolMax) texts.set(text, text);
    return known ?? text;
  };
  const minorOf = (text: string): number => {
    const reading = toAmount(text);
    return reading.kind === 'read' ? reading.money.minor : Number.NaN;
  };

  return (record, section) => {
    const { line, D, T, U, splits, isRunTogether } = record;
    if (isRunTogether) {
      section.problem(line, 'Several entries run into one another here. They were left out.');
      return undefined;
    }
    const bookingDate = D === undefined ? undefined : readDay(D);
    if (bookingDate === undefined) {
      section.problem(line, 'This entry has no date that exists. It was left out.');
      return undefined;
    }
    const amount = section.money(toAmount(T ?? U ?? ''), line, 'This entry');
    if (!amount) return undefined;
    if (T !== undefined && U !== undefined && T !== U && minorOf(U) !== amount.minor) {
      section.problem(line, 'This entry has two amounts, T and U. T was taken.');
    }
    const rest = splits.reduce((left, part) => left - minorOf(part), amount.minor);
    if (splits.length > 0 && rest !== 0 && !Number.isNaN(rest)) {
      section.problem(
        line,
        'The parts of this entry do not add up to it. It was taken as a whole.',
      );
    }
    return { status: 'booked', bookingDate, amount, ...wordsOf(record, shared) };
  };
}

/** A transfer names the other account where it names nobody; the number is all that is known of some cheques. */
function wordsOf({ P, M, N, L }: QifRecord, shared: (text: string) => string) {
  const other = L === undefined ? undefined : /^\[([^\]]+)\]/.exec(L)?.[1];
  const cheque = N !== undefined && /^\d{1,10}$/.test(N) ? N : undefined;
  const counterparty = shared(P ?? other ?? '');
  const category = counterparty === '' ? L : undefined;
  return { counterparty, text: M ?? category ?? cheque ?? '' };
}
