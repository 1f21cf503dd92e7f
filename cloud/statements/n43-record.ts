import { type CalendarDate, isCalendarDate } from '../../shared/calendar-date.ts';
import type { Money } from '../../shared/money.ts';
import { type AmountReading, readAmount } from './amount.ts';
import { rememberDays } from './known-days.ts';
import { toYear } from './mt940-entry.ts';
import { conceptByCode, currencyByNumber } from './n43-words.ts';
import { ownText } from './own-text.ts';

/** A day as YYMMDD. */
export type ReadDay = (digits: string) => CalendarDate | undefined;

export const createDayReader = (): ReadDay =>
  rememberDays((digits) => {
    const date = `${toYear(digits.slice(0, 2))}-${digits.slice(2, 4)}-${digits.slice(4, 6)}`;
    return /^\d{6}$/.test(digits) && isCalendarDate(date) ? date : undefined;
  });

/** Fourteen digits, the last two of them decimals; `mark` is 1 for debit, 2 for credit. */
export function readMarkedAmount(mark: string, digits: string, currency: string): AmountReading {
  if (mark !== '1' && mark !== '2') {
    return { kind: 'unread', why: 'does not say whether it is credit or debit' };
  }
  const reading = readDigits(digits, currency);
  if (reading.kind === 'unread' || mark === '2' || reading.money.minor === 0) return reading;
  const money: Money = { minor: -reading.money.minor, currency };
  return { ...reading, money };
}

export function readDigits(digits: string, currency: string): AmountReading {
  if (!/^\d{14}$/.test(digits)) return { kind: 'unread', why: 'has an amount that is no number' };
  return readAmount(`${digits.slice(0, 12)}.${digits.slice(12)}`, currency);
}

/** What a record 11 says of its account and the balance before. */
export interface AccountRecord {
  readonly bank: string;
  readonly branch: string;
  readonly number: string;
  readonly from: CalendarDate | undefined;
  readonly to: CalendarDate | undefined;
  readonly mark: string;
  readonly digits: string;
  /** ISO 4217; undefined for a number that is not known. */
  readonly currency: string | undefined;
  readonly holder: string;
}

export function readAccountRecord(record: string, readDay: ReadDay): AccountRecord {
  return {
    bank: record.slice(2, 6).trim(),
    branch: record.slice(6, 10).trim(),
    number: record.slice(10, 20).trim(),
    from: readDay(record.slice(20, 26)),
    to: readDay(record.slice(26, 32)),
    mark: record.slice(32, 33),
    digits: record.slice(33, 47),
    currency: currencyByNumber[record.slice(47, 50)],
    holder: ownText(record.slice(51, 77).trim()),
  };
}

/** What a record 33 counts: entries and sum of debits (1) and credits (2). */
export function readCounts(
  record: string,
): readonly { mark: '1' | '2'; count: number; digits: string }[] {
  return [
    { mark: '1', count: Number(record.slice(20, 25)), digits: record.slice(25, 39) },
    { mark: '2', count: Number(record.slice(39, 44)), digits: record.slice(44, 58) },
  ];
}

/** The concepts of records 23, else the references that are words, else what the common concept is called. */
export function textOf(movement: string, concepts: readonly string[]): string {
  const lines = concepts.map(toPlain).filter((line) => line !== '');
  if (lines.length > 0) return lines.join('\n');
  const references = toPlain(movement.slice(52, 80));
  if (/\p{L}{3}/u.test(references)) return references;
  return conceptByCode[movement.slice(22, 24)] ?? '';
}

/** Each record 23 has two columns; text may run from one into the other. */
const toPlain = (text: string): string => text.trim().replace(/ {2,}/g, ' ');
