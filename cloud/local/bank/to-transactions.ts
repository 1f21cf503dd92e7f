import type { Balance, ObservedEntry } from '../../../shared/bank.ts';
import type { CalendarDate } from '../../../shared/calendar-date.ts';
import { formatAmount, type Money } from '../../../shared/money.ts';

/** Longest values of NextGenPSD2 1.3. */
const referenceLength = 35;
const nameLength = 70;
const lineLength = 140;

/** An entry as the standard's transaction. */
export function toTransaction(entry: ObservedEntry, today: CalendarDate) {
  const { reference, bookingDate, valueDate, balanceAfter, original } = entry;
  return {
    ...(reference && referenceOf(reference)),
    ...(bookingDate && { bookingDate }),
    ...(valueDate && { valueDate }),
    transactionAmount: toAmount(entry.amount),
    ...(original && { currencyExchange: [exchangeOf(entry.amount, original, today)] }),
    ...otherSideOf(entry),
    remittanceInformationUnstructuredArray: toLines(entry.text),
    ...(balanceAfter && {
      balanceAfterTransaction: {
        balanceAmount: toAmount(balanceAfter),
        balanceType: 'interimBooked',
      },
    }),
  };
}

function referenceOf(reference: string) {
  if (reference.length > referenceLength) return { transactionId: reference };
  return { entryReference: reference };
}

function otherSideOf({ amount, counterparty, counterpartyAccount }: ObservedEntry) {
  const side = amount.minor > 0 ? 'debtor' : 'creditor';
  return {
    ...(counterparty && {
      [`${side}Name`]: Array.from(counterparty).slice(0, nameLength).join(''),
    }),
    ...(counterpartyAccount && { [`${side}Account`]: toAccountReference(counterpartyAccount) }),
  };
}

function toAccountReference(number: string) {
  if (/^[A-Z]{2}\d{2}[a-zA-Z0-9]{11,30}$/.test(number)) return { iban: number };
  if (/^[a-zA-Z0-9]{1,30}$/.test(number)) return { bban: number };
  return { maskedPan: number.slice(0, referenceLength) };
}

/** The lines of a text, those that are too long in pieces. */
function toLines(text: string): string[] {
  const longest = new RegExp(`[^]{1,${lineLength}}`, 'gu');
  return text.split('\n').flatMap((line) => line.match(longest) ?? ['']);
}

/** The standard gives the rate alone; many banks add the sum that was spent, as `instructedAmount`. */
function exchangeOf(amount: Money, original: Money, today: CalendarDate) {
  const rate = Number(formatAmount(amount)) / Number(formatAmount(original));
  return {
    sourceCurrency: original.currency,
    exchangeRate: (Number.isFinite(rate) ? Math.abs(rate) : 1).toFixed(6),
    unitCurrency: original.currency,
    targetCurrency: amount.currency,
    quotationDate: today,
    instructedAmount: toAmount(original),
  };
}

/** The balances that the bank tells, as the standard has them. */
export function toBalances({ booked, available }: Balance, today: CalendarDate) {
  return [
    ...(booked ? [toBalance(booked, 'interimBooked', today)] : []),
    ...(available ? [toBalance(available, 'interimAvailable', today)] : []),
  ];
}

function toBalance(amount: Money, balanceType: string, referenceDate: CalendarDate) {
  return { balanceAmount: toAmount(amount), balanceType, referenceDate };
}

function toAmount(amount: Money) {
  return { currency: amount.currency, amount: formatAmount(amount) };
}
