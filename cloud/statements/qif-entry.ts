import type { ObservedEntry } from '../../shared/bank.ts';
import type { CalendarDate } from '../../shared/calendar-date.ts';
import { type AmountReading, readAmount } from './amount.ts';
import { createPlainReader } from './plain-amount.ts';
import type { QifRecord } from './qif-records.ts';
import type { Section } from './section.ts';
import { createTextPool } from './text-pool.ts';

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

export function createEntryReader({ readDay, readDecimal, currency }: QifReading): ReadEntry {
  const readPlain = createPlainReader();
  const shared = createTextPool();
  const toAmount = (text: string): AmountReading => {
    const decimal = text === '' ? '' : readDecimal(text);
    const why = 'has an amount that is no number, or reads two ways';
    return decimal === undefined ? { kind: 'unread', why } : readAmount(decimal, currency);
  };
  const minorOf = (text: string): number => {
    const plain = readPlain(text, currency);
    if (plain) return plain.minor;
    const reading = toAmount(text);
    return reading.kind === 'read' ? reading.money.minor : Number.NaN;
  };

  return (record, section) => {
    const { line, D, T, U, P, M, splits } = record;
    if (record.isRunTogether) {
      section.problem(line, 'Several entries run into one another here. They were left out.');
      return undefined;
    }
    const bookingDate = D === undefined ? undefined : readDay(D);
    if (bookingDate === undefined) {
      section.problem(line, 'This entry has no date that exists. It was left out.');
      return undefined;
    }
    const written = T ?? U ?? '';
    const amount =
      readPlain(written, currency) ?? section.money(toAmount(written), line, 'This entry');
    if (!amount) return undefined;
    if (T !== undefined && U !== undefined && T !== U && minorOf(U) !== amount.minor) {
      section.problem(line, 'This entry has two amounts, T and U. T was taken.');
    }
    const rest = splits?.reduce((left, part) => left - minorOf(part), amount.minor) ?? 0;
    if (rest !== 0 && !Number.isNaN(rest)) {
      section.problem(
        line,
        'The parts of this entry do not add up to it. It was taken as a whole.',
      );
    }
    const counterparty = shared(P ?? otherAccountOf(record) ?? '');
    const text = M ?? wordsBesides(record, counterparty);
    return { status: 'booked', bookingDate, amount, counterparty, text };
  };
}

/** A transfer names the user's other account. */
function otherAccountOf({ L }: QifRecord): string | undefined {
  return L === undefined ? undefined : /^\[([^\]]+)\]/.exec(L)?.[1];
}

/** A category speaks where the entry names nobody; the number is all that is known of some cheques. */
function wordsBesides({ L, N }: QifRecord, counterparty: string): string {
  if (counterparty === '' && L !== undefined) return L;
  return N !== undefined && /^\d{1,10}$/.test(N) ? N : '';
}
