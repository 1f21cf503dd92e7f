import { createHash } from 'node:crypto';
import type { BankAccountBook } from '../../../cloud/local/bank/bank-customer.ts';
import type { Balance, ObservedEntry } from '../../../shared/bank.ts';
import { formatAmount } from '../../../shared/money.ts';

/** An account of the Sandbox Bank as SimpleFIN tells it: without number, holder and type, and never without balance. */
export function toAccount(
  { name, currency }: BankAccountBook,
  more: { id: string; connId: string; balance: Balance | undefined; now: string },
) {
  const { id, connId, balance, now } = more;
  const booked = balance?.booked ?? { minor: 0, currency };
  return {
    id,
    name,
    conn_id: connId,
    currency,
    balance: formatAmount(booked),
    ...(balance?.available && { 'available-balance': formatAmount(balance.available) }),
    'balance-date': Math.floor(Date.parse(now) / 1000),
    transactions: [] as unknown[],
  };
}

export function toTransactions(entries: readonly ObservedEntry[]) {
  const lines = entries.map(idOf);
  return entries.map((entry, at) => {
    const before = lines.slice(0, at).filter((line) => line === lines[at]).length;
    return toTransaction(entry, `${lines[at]}-${before}`);
  });
}

/** Days are noon in UTC, as the Bridge writes those that come without a time. */
function toTransaction(entry: ObservedEntry, ownId: string) {
  const { status, bookingDate, valueDate, amount, counterparty, text } = entry;
  const isPending = status === 'pending';
  return {
    id: entry.reference ?? ownId,
    posted: isPending ? 0 : noonOf(bookingDate ?? valueDate ?? '2026-01-01'),
    amount: formatAmount(amount),
    description: text,
    ...(counterparty && { payee: counterparty }),
    ...(valueDate && { transacted_at: noonOf(valueDate) }),
    ...(isPending && { pending: true }),
  };
}

/** Where the bank gives none, the server makes one of what stands in the line. */
function idOf({ bookingDate, valueDate, amount, counterparty, text }: ObservedEntry): string {
  const line = [bookingDate, valueDate, amount.minor, counterparty, text].join('|');
  return `TRN-${createHash('sha256').update(line).digest('hex').slice(0, 24)}`;
}

function noonOf(day: string): number {
  return Date.parse(`${day}T12:00:00Z`) / 1000;
}
