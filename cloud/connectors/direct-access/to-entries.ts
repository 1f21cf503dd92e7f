import type {
  Balance,
  BankAccountType,
  ObservedAccount,
  ObservedEntry,
} from '../../../shared/bank.ts';
import { type CalendarDate, isCalendarDate } from '../../../shared/calendar-date.ts';
import { type Money, parseMoney } from '../../../shared/money.ts';
import type { AccountRow, BalanceRow, EntryRow } from './schema.ts';

/** Thrown for what a page shows and is no amount or no day; the message never carries the text. */
export class PrintUnreadable extends Error {
  override readonly name = 'PrintUnreadable';
}

/** An entry as a page shows it in ours. @throws PrintUnreadable, MoneyError */
export function toEntry(row: EntryRow): ObservedEntry {
  const { status, reference, booking, value, counterparty, account, text, original } = row;
  return {
    status,
    ...(reference && { reference }),
    ...(booking && { bookingDate: readDay(booking) }),
    ...(value && { valueDate: readDay(value) }),
    amount: readAmount(row.amount),
    counterparty: counterparty ?? '',
    ...(account && { counterpartyAccount: accountNumber(account) }),
    text: text ?? '',
    ...(row.balance && { balanceAfter: readAmount(row.balance) }),
    ...(original && { original: readAmount(original) }),
  };
}

/** An account as a page shows it in ours. @throws PrintUnreadable */
export function toAccount(row: AccountRow): ObservedAccount {
  const { id, iban, mask, name, holder, product, type, currency } = row;
  const digits = mask?.replace(/[^A-Za-z0-9]/g, '').slice(-4);
  return {
    externalId: id,
    ...(iban ? { iban: iban.replace(/\s/g, '').toUpperCase() } : digits ? { mask: digits } : {}),
    name: name ?? product ?? '',
    holder: holder ?? '',
    ...(product && { product }),
    type: isAccountType(type) ? type : 'current',
    currency,
  };
}

/** The bank's balances; one that its page does not tell stays absent. @throws PrintUnreadable, MoneyError */
export function toBalance({ booked, available }: BalanceRow): Balance {
  return {
    ...(booked && { booked: readAmount(booked) }),
    ...(available && { available: readAmount(available) }),
  };
}

const accountTypes: ReadonlySet<string> = new Set<BankAccountType>([
  'current',
  'savings',
  'card',
  'loan',
  'investment',
]);

function isAccountType(type: string | undefined): type is BankAccountType {
  return type !== undefined && accountTypes.has(type);
}

/** An IBAN without the gaps it is printed with; any other number as it is. */
function accountNumber(text: string): string {
  const joined = text.replace(/\s/g, '');
  return /^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/.test(joined) ? joined : text;
}

const printedAmount =
  /^([+\-−–]?)\s?(\d{1,3}(?:\.\d{3})+|\d+)(?:,(\d+))?\s?([+\-−–]?)\s?([A-Z]{3}|€)$/;

/**
 * An amount as German banks print it: `-1.234,56 EUR`, `1.234,56- EUR`, `+5 €`. A point stands between thousands alone.
 * @throws PrintUnreadable, MoneyError
 */
export function readAmount(text: string): Money {
  const match = printedAmount.exec(text.replace(/\s+/g, ' ').trim());
  const [, before = '', whole = '', fraction = '', after = '', unit = ''] = match ?? [];
  if (!match || (before && after)) throw new PrintUnreadable('an amount as -1.234,56 EUR');
  const isNegative = /[-−–]/.test(before + after);
  const decimal = `${isNegative ? '-' : ''}${whole.replaceAll('.', '')}.${fraction}`;
  return parseMoney(decimal, unit === '€' ? 'EUR' : unit);
}

/** A day as German banks print it, 31.12.2026, or as their pages carry it for machines, 2026-12-31. @throws PrintUnreadable */
export function readDay(text: string): CalendarDate {
  const [, day, month, year] = /^(\d{2})\.(\d{2})\.(\d{4})$/.exec(text) ?? [];
  const date = day ? `${year}-${month}-${day}` : text;
  if (!isCalendarDate(date)) throw new PrintUnreadable('a day as 31.12.2026');
  return date;
}
