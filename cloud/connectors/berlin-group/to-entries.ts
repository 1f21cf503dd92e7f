import type { ObservedAccount, ObservedEntry } from '../../../shared/bank.ts';
import { accountTypeByCode } from '../psd2-fields.ts';
import { entriesOf } from '../psd2-transactions.ts';
import type { BankAccount, BankReport } from './schema.ts';

/** The entries of one page, booked ones first, each kind in the bank's order. @throws MoneyError */
export function toEntries(report: BankReport): ObservedEntry[] {
  return entriesOf(report, ({ entryReference, transactionId }) => entryReference || transactionId);
}

/** An account as the standard describes it in ours. */
export function toAccount(account: BankAccount): ObservedAccount {
  const number = account.maskedPan || account.bban;
  return {
    externalId: account.resourceId,
    ...(account.iban ? { iban: account.iban } : number ? { mask: number.slice(-4) } : {}),
    name: account.displayName || account.name || account.product || '',
    holder: account.ownerName ?? '',
    ...(account.product && { product: account.product }),
    type: accountTypeByCode[account.cashAccountType ?? ''] ?? 'current',
    currency: account.currency,
  };
}
