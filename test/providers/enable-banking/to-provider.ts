import { createHash } from 'node:crypto';
import type { BankAccountBook } from '../../../cloud/local/bank/bank-customer.ts';
import type { Balance, BankAccountType, ObservedEntry } from '../../../shared/bank.ts';
import type { CalendarDate } from '../../../shared/calendar-date.ts';
import { formatAmount, type Money } from '../../../shared/money.ts';

// What the Sandbox Bank knows, as Enable Banking's description has it.

export function toAccountResource(account: BankAccountBook, uid: string) {
  const { iban, name, holder, product, currency, type } = account;
  const hash = hashOf(account);
  return {
    uid,
    account_id: iban ? { iban } : { other: otherIdOf(account) },
    name: holder,
    details: name,
    ...(product && { product }),
    cash_account_type: codeByType[type],
    currency,
    usage: 'PRIV',
    identification_hash: hash,
    identification_hashes: [hash],
  };
}

export function hashOf({ iban, bban, maskedPan, key }: BankAccountBook): string {
  return createHash('sha256')
    .update(iban ?? bban ?? maskedPan ?? key)
    .digest('base64');
}

function otherIdOf({ bban, maskedPan, key }: BankAccountBook) {
  if (bban) return { identification: bban, scheme_name: 'BBAN' };
  return { identification: maskedPan ?? key, scheme_name: 'CPAN' };
}

const codeByType: Readonly<Record<BankAccountType, string>> = {
  current: 'CACC',
  savings: 'SVGS',
  card: 'CARD',
  loan: 'LOAN',
  investment: 'OTHR',
};

export function toBalances({ booked, available }: Balance, today: CalendarDate) {
  const one = (name: string, balance_type: string, amount: Money) => ({
    name,
    balance_amount: toAmount(amount),
    balance_type,
    reference_date: today,
  });
  return [
    ...(booked ? [one('Booked', 'ITBD', booked)] : []),
    ...(available ? [one('Available', 'ITAV', available)] : []),
  ];
}

export function toTransaction(entry: ObservedEntry) {
  const { reference, status, bookingDate, valueDate, amount, text, balanceAfter, original } = entry;
  const isCredit = amount.minor > 0;
  const side = isCredit ? 'debtor' : 'creditor';
  return {
    ...(reference && { entry_reference: reference }),
    transaction_amount: toAmount(sizeOf(amount)),
    credit_debit_indicator: isCredit ? 'CRDT' : 'DBIT',
    status: status === 'booked' ? 'BOOK' : 'PDNG',
    ...(bookingDate && { booking_date: bookingDate }),
    ...(valueDate && { value_date: valueDate }),
    ...(entry.counterparty && { [side]: { name: entry.counterparty } }),
    ...(entry.counterpartyAccount && {
      [`${side}_account`]: toAccountIdentification(entry.counterpartyAccount),
    }),
    remittance_information: text === '' ? [] : text.split('\n'),
    ...(balanceAfter && { balance_after_transaction: toAmount(balanceAfter) }),
    ...(original && { exchange_rate: { instructed_amount: toAmount(sizeOf(original)) } }),
  };
}

function toAccountIdentification(number: string) {
  if (/^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/.test(number)) return { iban: number };
  return { other: { identification: number, scheme_name: 'BBAN' } };
}

function sizeOf(money: Money): Money {
  return { ...money, minor: Math.abs(money.minor) };
}

function toAmount(amount: Money) {
  return { currency: amount.currency, amount: formatAmount(amount) };
}
