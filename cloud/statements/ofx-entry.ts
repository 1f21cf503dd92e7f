import type { ObservedEntry } from '../../shared/bank.ts';
import { type CalendarDate, isCalendarDate } from '../../shared/calendar-date.ts';
import { rememberDays } from './known-days.ts';
import type { Aggregate } from './ofx-tree.ts';
import { createPlainReader } from './plain-amount.ts';
import type { EntryDraft, Section } from './section.ts';
import { createTextPool } from './text-pool.ts';

/** What an entry does to one that was told before (11.4.4.1). */
export interface OfxCorrection {
  /** The reference of the other one. */
  readonly corrects: string;
  /** It takes the other one back, and is none itself; otherwise it stands in the place of the other one. */
  readonly isDeletion: boolean;
}

export interface OfxEntry {
  readonly entry: ObservedEntry;
  readonly correction?: OfxCorrection;
}

/** Undefined for an entry that cannot be read; then the section says why. */
export type ReadEntry = (
  transaction: Aggregate,
  sectionCurrency: string,
  section: Section,
) => OfxEntry | undefined;

/** For all sections of a file: what it keeps to share would be too much for each. */
export function createEntryReader(): ReadEntry {
  const readStart = rememberDays(readDate);
  const readDay = (text: string | undefined) =>
    text === undefined ? undefined : readStart(text.slice(0, 10));
  const readPlain = createPlainReader();
  const shared = createTextPool();
  return (transaction, sectionCurrency, section) => {
    const { fields, line, name, repeated } = transaction;
    const isPending = name === 'STMTTRNP';
    if (repeated?.has('TRNAMT') || repeated?.has('FITID')) {
      section.problem(line, 'Two entries run into one another here. They were left out.');
      return undefined;
    }
    const bookingDate = readDay(fields.get(isPending ? 'DTTRAN' : 'DTPOSTED'));
    if (bookingDate === undefined) {
      section.problem(line, 'This entry has no date that exists. It was left out.');
      return undefined;
    }
    const currency = currencyOf(transaction) ?? sectionCurrency;
    const written = fields.get('TRNAMT') ?? '';
    const plain = readPlain(written, currency);
    const amount = plain ?? section.amount(written, currency, line, 'This entry');
    if (!amount) return undefined;
    const reference = fields.get('FITID');
    const status = isPending ? 'pending' : 'booked';
    const counterparty = shared(readCounterparty(transaction));
    const text = fields.get('MEMO') ?? readChequeNumber(fields) ?? '';
    // Two literals instead of one that is spread into: an object has room for its own fields alone.
    const entry: EntryDraft = reference
      ? { reference, status, bookingDate, amount, counterparty, text }
      : { status, bookingDate, amount, counterparty, text };
    const valueDate = readDay(fields.get('DTAVAIL'));
    if (valueDate) entry.valueDate = valueDate;
    const account = fieldOfPart(transaction, 'BANKACCTTO', 'ACCTID');
    const counterpartyAccount = account ?? fieldOfPart(transaction, 'CCACCTTO', 'ACCTID');
    if (counterpartyAccount) entry.counterpartyAccount = counterpartyAccount;
    const corrects = fields.get('CORRECTFITID');
    if (corrects === undefined) return { entry };
    const isDeletion = fields.get('CORRECTACTION')?.toUpperCase() === 'DELETE';
    return { entry, correction: { corrects, isDeletion } };
  };
}

function readCounterparty(transaction: Aggregate): string {
  const name = transaction.fields.get('EXTDNAME') ?? transaction.fields.get('NAME');
  if (name !== undefined) return name;
  const payee = fieldOfPart(transaction, 'EXTDPAYEE', 'NAME');
  return payee ?? fieldOfPart(transaction, 'PAYEE', 'NAME') ?? '';
}

/** The number is all that a bank knows of a cheque; at other entries it is a count of its own. */
function readChequeNumber(fields: Aggregate['fields']): string | undefined {
  return fields.get('TRNTYPE')?.toUpperCase() === 'CHECK' ? fields.get('CHECKNUM') : undefined;
}

function fieldOfPart({ parts }: Aggregate, name: string, field: string): string | undefined {
  if (parts.length === 0) return undefined;
  return parts.find((part) => part.name === name)?.fields.get(field);
}

/** The day as the bank wrote it: YYYYMMDD, then perhaps a time and a zone, which are not used. */
export function readDate(text: string | undefined): CalendarDate | undefined {
  const match = /^(\d{4})(-?)(\d{2})\2(\d{2})/.exec(text ?? '');
  if (!match) return undefined;
  const date = `${match[1]}-${match[3]}-${match[4]}`;
  return isCalendarDate(date) ? date : undefined;
}

export function toCurrency(text: string | undefined): string | undefined {
  const code = text?.toUpperCase();
  return code !== undefined && /^[A-Z]{3}$/.test(code) ? code : undefined;
}

/** CURRENCY is that of the amount; ORIGCURRENCY is where it came from, already converted (5.2). */
export function currencyOf(transaction: Aggregate): string | undefined {
  return toCurrency(fieldOfPart(transaction, 'CURRENCY', 'CURSYM'));
}
