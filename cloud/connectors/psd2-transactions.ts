import { z } from 'zod';
import type { Balance, EntryStatus, ObservedEntry } from '../../shared/bank.ts';
import { isCalendarDate } from '../../shared/calendar-date.ts';
import type { Money } from '../../shared/money.ts';
import { decimalText } from './amount-as-number.ts';
import { otherSide, type Party, readBalances, toMoney, withSignOf } from './psd2-fields.ts';

// Transactions and balances in the words of NextGenPSD2 1.3, which GoCardless hands on as the banks say them. Loose:
// unknown fields are dropped, and what banks leave empty may be null; so are Enable Banking's.

export const absent = <T>(value: T | null | undefined): T | undefined => value ?? undefined;
export const text = z.string().nullish().transform(absent);
export const texts = z.array(z.string()).nullish().transform(absent);

export const amount = z.object({ amount: decimalText, currency: z.string() });
export const optionalAmount = amount.nullish().transform(absent);

/** A day; of an instant, as some banks send it, the day as it is written. */
export const optionalDay = z
  .string()
  .transform((value) => value.slice(0, 10))
  .refine(isCalendarDate, 'a day as YYYY-MM-DD')
  .nullish()
  .transform(absent);

export const balance = z.object({
  balanceAmount: amount,
  balanceType: z.string(),
  referenceDate: optionalDay,
});
type Psd2Balance = z.infer<typeof balance>;

const accountReference = z
  .object({ iban: text, bban: text, maskedPan: text })
  .nullish()
  .transform(absent);
const structuredRemittance = z.union([z.string(), z.object({ reference: z.string() })]);
const exchange = z.object({ instructedAmount: optionalAmount });
/** A list by the standard; some banks send the one thing that would stand in it. */
const exchanges = z
  .union([z.array(exchange), exchange.transform((one) => [one])])
  .nullish()
  .transform(absent);

export const transaction = z.object({
  transactionId: text,
  bookingDate: optionalDay,
  valueDate: optionalDay,
  transactionAmount: amount,
  currencyExchange: exchanges,
  creditorName: text,
  ultimateCreditor: text,
  creditorAccount: accountReference,
  debtorName: text,
  ultimateDebtor: text,
  debtorAccount: accountReference,
  remittanceInformationUnstructured: text,
  remittanceInformationUnstructuredArray: texts,
  remittanceInformationStructured: structuredRemittance.nullish().transform(absent),
  remittanceInformationStructuredArray: z.array(structuredRemittance).nullish().transform(absent),
  additionalInformation: text,
  balanceAfterTransaction: z.object({ balanceAmount: optionalAmount }).nullish().transform(absent),
});
type Psd2Transaction = z.infer<typeof transaction>;

/**
 * The entries of an answer, booked ones first, each kind in the bank's order. `referenceOf`: which of the ids in it stays
 * the same from answer to answer. @throws MoneyError
 */
export function entriesOf<T extends Psd2Transaction>(
  { booked, pending }: Record<'booked' | 'pending', readonly T[] | undefined>,
  referenceOf: (transaction: T) => string | undefined,
): ObservedEntry[] {
  return [
    ...(booked ?? []).map((each) => toEntry(each, 'booked', referenceOf(each))),
    ...(pending ?? []).map((each) => toEntry(each, 'pending', referenceOf(each))),
  ];
}

function toEntry(
  transaction: Psd2Transaction,
  status: EntryStatus,
  reference: string | undefined,
): ObservedEntry {
  const amount = toMoney(transaction.transactionAmount);
  const other = otherSide(...partiesOf(transaction), amount.minor);
  const { bookingDate, valueDate } = transaction;
  const after = transaction.balanceAfterTransaction?.balanceAmount;
  const original = originalOf(transaction, amount);
  return {
    status,
    ...(reference && { reference }),
    ...(bookingDate && { bookingDate }),
    ...(valueDate && { valueDate }),
    amount,
    counterparty: other.name ?? '',
    ...(other.account && { counterpartyAccount: other.account }),
    text: remittanceText(transaction),
    ...(after && { balanceAfter: toMoney(after) }),
    ...(original && { original }),
  };
}

function partiesOf(transaction: Psd2Transaction): readonly [creditor: Party, debtor: Party] {
  return [
    {
      name: transaction.creditorName || transaction.ultimateCreditor,
      account: accountNumber(transaction.creditorAccount),
    },
    {
      name: transaction.debtorName || transaction.ultimateDebtor,
      account: accountNumber(transaction.debtorAccount),
    },
  ];
}

function accountNumber(reference: Psd2Transaction['creditorAccount']): string | undefined {
  return reference?.iban || reference?.bban || reference?.maskedPan || undefined;
}

function remittanceText(transaction: Psd2Transaction): string {
  const {
    remittanceInformationUnstructuredArray: lines = [],
    remittanceInformationStructured: structured,
    remittanceInformationStructuredArray: list = [],
  } = transaction;
  const references = [structured, ...list].map((one) =>
    typeof one === 'string' ? one : one?.reference,
  );
  return (
    lines.join('\n') ||
    transaction.remittanceInformationUnstructured ||
    references.find((one) => one) ||
    transaction.additionalInformation ||
    ''
  );
}

function originalOf({ currencyExchange }: Psd2Transaction, entry: Money): Money | undefined {
  const found = currencyExchange?.find((one) => one.instructedAmount)?.instructedAmount;
  const original = found && toMoney(found);
  if (!original || original.currency === entry.currency) return undefined;
  return withSignOf(entry, original);
}

/**
 * The bank's balances, of an account with several currencies those in the one that is meant; a kind that it does not tell
 * stays absent. @throws MoneyError
 */
export function toBalance(balances: readonly Psd2Balance[], currency?: string): Balance {
  const told = balances.map(({ balanceType, referenceDate, balanceAmount }) => ({
    kind: balanceType,
    day: referenceDate,
    amount: balanceAmount,
  }));
  return readBalances(
    told.filter(({ amount }) => !currency || amount.currency === currency),
    {
      booked: ['interimBooked', 'closingBooked'],
      available: ['interimAvailable', 'forwardAvailable', 'expected'],
    },
  );
}
