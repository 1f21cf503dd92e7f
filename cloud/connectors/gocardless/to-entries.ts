import type { ObservedAccount, ObservedEntry } from '../../../shared/bank.ts';
import { accountTypeByCode } from '../psd2-fields.ts';
import { entriesOf } from '../psd2-transactions.ts';
import type {
  AccountDetails,
  AccountMetadata,
  ProviderReport,
  ProviderTransaction,
} from './schema.ts';

/**
 * The entries of an answer, booked ones first, each kind in the bank's order.
 * @throws MoneyError
 */
export function toEntries(report: ProviderReport): ObservedEntry[] {
  return entriesOf(report, referenceOf);
}

/**
 * The bank's id before GoCardless's own; some banks send a blank for theirs
 * (actualbudget/actual#2495).
 */
function referenceOf(transaction: ProviderTransaction): string | undefined {
  const { transactionId, internalTransactionId } = transaction;
  return transactionId?.trim() ? transactionId : internalTransactionId?.trim() || undefined;
}

/**
 * An account in ours: what the bank tells, and where that lacks something what GoCardless itself
 * knows.
 */
export function toAccount(
  externalId: string,
  metadata: AccountMetadata,
  details: AccountDetails,
): ObservedAccount {
  const iban = details.iban || metadata.iban;
  const mask = (details.maskedPan || details.scan || details.bban)?.slice(-4);
  const { product } = details;
  return {
    externalId,
    ...(iban ? { iban } : mask ? { mask } : {}),
    name: details.displayName || details.name || product || metadata.name || '',
    holder: details.ownerName || metadata.owner_name || '',
    ...(product && { product }),
    type: accountTypeByCode[details.cashAccountType ?? ''] ?? 'current',
    currency: details.currency,
  };
}
