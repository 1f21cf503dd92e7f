import { createHash } from 'node:crypto';
import type { BankAccountBook } from '../../../cloud/local/bank/bank-customer.ts';
import type { Balance, BankAccountType, ObservedEntry } from '../../../shared/bank.ts';
import { formatAmount, type Money } from '../../../shared/money.ts';

/** An account of the Sandbox Bank as Plaid tells it: without IBAN and holder. */
export function toPlaidAccount(account: BankAccountBook, account_id: string, balance: Balance) {
  const { name, product, type, currency, iban, bban, maskedPan } = account;
  const isOwed = type === 'card' || type === 'loan';
  const current = balance.booked && numberOf(balance.booked);
  return {
    account_id,
    balances: {
      available: balance.available ? numberOf(balance.available) : null,
      current: current === undefined ? null : isOwed ? -current : current,
      limit: null,
      iso_currency_code: currency,
      unofficial_currency_code: null,
    },
    mask: (iban ?? bban ?? maskedPan ?? '').slice(-4) || null,
    name,
    official_name: product ?? null,
    type: typeOf[type].type,
    subtype: typeOf[type].subtype,
  };
}

const typeOf: Readonly<Record<BankAccountType, { type: string; subtype: string }>> = {
  current: { type: 'depository', subtype: 'checking' },
  savings: { type: 'depository', subtype: 'savings' },
  card: { type: 'credit', subtype: 'credit card' },
  loan: { type: 'loan', subtype: 'mortgage' },
  investment: { type: 'investment', subtype: 'brokerage' },
};

/** A line as Plaid tells it: what leaves the account is positive. Ids are unique, whatever the bank's references. */
export function toPlaidTransactions(entries: readonly ObservedEntry[], account_id: string) {
  const lines = entries.map(lineOf);
  return entries.map((entry, at) => {
    const before = lines.slice(0, at).filter((line) => line === lines[at]).length;
    const { status, bookingDate, valueDate, amount, counterparty, text } = entry;
    const isPending = status === 'pending';
    return {
      transaction_id: `${lines[at]}${before > 0 ? `~${before}` : ''}`,
      account_id,
      amount: -numberOf(amount),
      iso_currency_code: amount.currency,
      unofficial_currency_code: null,
      date: (isPending ? undefined : bookingDate) ?? valueDate ?? '2026-01-01',
      authorized_date: valueDate ?? null,
      pending: isPending,
      pending_transaction_id: null,
      name: text.split('\n')[0] ?? '',
      original_description: text,
      merchant_name: counterparty || null,
      counterparties: [],
      payment_meta: { payee: null, payer: null, reason: null, reference_number: null },
      payment_channel: 'other',
    };
  });
}

export type PlaidTransactionSent = ReturnType<typeof toPlaidTransactions>[number];

/** The bank's reference, or where it gives none one made of what stands in the line. */
function lineOf({ reference, bookingDate, amount, counterparty, text }: ObservedEntry): string {
  if (reference) return reference;
  const line = [bookingDate, amount.minor, counterparty, text].join('|');
  return createHash('sha256').update(line).digest('hex').slice(0, 37);
}

function numberOf(money: Money): number {
  return Number(formatAmount(money));
}
