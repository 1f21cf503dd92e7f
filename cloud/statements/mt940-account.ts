import { type CalendarDate, isCalendarDate } from '../../shared/calendar-date.ts';
import { isIban, toAccountId } from './iban.ts';
import { toYear } from './mt940-entry.ts';
import { linesOf } from './mt940-wrapped.ts';
import { ownText } from './own-text.ts';
import type { StatementAccount } from './statement.ts';

export interface AccountField {
  readonly account: StatementAccount;
  /** ISO 4217, where it stands behind the account. */
  readonly currency?: string;
}

/** SWIFT has 35 characters, and a line for a BIC. */
const accountMax = 200;

/**
 * Reads a :25: or :25P:. An IBAN or a number, perhaps behind the bank's code and a slash, perhaps before a currency; the
 * bank's BIC in a second line (25P).
 */
export function readAccountField(value: string): AccountField {
  const [first = '', ...others] = linesOf(value.slice(0, accountMax)).map((line) => line.trim());
  const bic = others.find((line) => /^[A-Z]{6}[A-Z0-9]{2}([A-Z0-9]{3})?$/.test(line));
  const joined = first.replace(/\s/g, '').toUpperCase();
  const end = isIban(joined) ? null : /^(.*\S)\s*([A-Z]{3})$/.exec(first);
  const isCurrency = end !== null && /[\d/ ]$/.test(first.slice(0, -3));
  const whole = isCurrency ? (end[1] ?? '').replace(/\/$/, '') : first;
  const slash = whole.indexOf('/');
  const bank = slash > 0 ? whole.slice(0, slash).trim() : bic;
  const number = whole.slice(slash + 1).trim();
  return {
    account: {
      ...(number !== '' && toAccountId(ownText(number))),
      ...(bank && { bank: ownText(bank) }),
      type: 'current',
    },
    ...(isCurrency && { currency: end[2] ?? '' }),
  };
}

/** True for BLZ/number and German IBANs. */
export function isGermanAccount({ iban, number, bank }: StatementAccount): boolean {
  const isBlz = number !== undefined && bank !== undefined && /^[1-8]\d{7}$/.test(bank);
  return isBlz || (iban ?? '').startsWith('DE');
}

export interface BalanceField {
  readonly isCredit: boolean;
  readonly date?: CalendarDate;
  readonly currency?: string;
  readonly amountText: string;
}

/** Reads :60:, :62:, :64:, :65:: mark, day, currency (which some programs leave out), amount. */
export function readBalanceField(value: string): BalanceField | undefined {
  const match =
    /^\s*([CD])R? *(\d{8}(?= *[A-Z])|\d{6}) *([A-Z]{3})? *([\d.,]*\d[\d.,]*)(?![\d.,'A-Z]| +\d)/.exec(
      value,
    );
  if (!match) return undefined;
  const [, mark, day = '', currency, amountText = ''] = match;
  const date = `${toYear(day.slice(0, -4))}-${day.slice(-4, -2)}-${day.slice(-2)}`;
  return {
    isCredit: mark === 'C',
    ...(isCalendarDate(date) && { date }),
    ...(currency && { currency }),
    amountText,
  };
}
