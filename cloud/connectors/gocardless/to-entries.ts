import type { Balance, EntryStatus, ObservedAccount, ObservedEntry } from '../../../shared/bank.ts';
import type { Money } from '../../../shared/money.ts';
import {
  accountTypeByCode,
  otherSide,
  type Party,
  readBalances,
  toMoney,
  withSignOf,
} from '../psd2-fields.ts';
import type {
  AccountDetails,
  AccountMetadata,
  ProviderBalance,
  ProviderReport,
  ProviderTransaction,
} from './schema.ts';

/**
 * The entries of an answer, booked ones first, each kind in the bank's order.
 * @throws MoneyError
 */
export function toEntries({ booked = [], pending = [] }: ProviderReport): ObservedEntry[] {
  return [
    ...booked.map((transaction) => toEntry(transaction, 'booked')),
    ...pending.map((transaction) => toEntry(transaction, 'pending')),
  ];
}

function toEntry(transaction: ProviderTransaction, status: EntryStatus): ObservedEntry {
  const amount = toMoney(transaction.transactionAmount);
  const other = otherSide(...partiesOf(transaction), amount.minor);
  const reference = referenceOf(transaction);
  const bookingDate = transaction.bookingDate ?? transaction.bookingDateTime;
  const valueDate = transaction.valueDate ?? transaction.valueDateTime;
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
    text: textOf(transaction),
    ...(after && { balanceAfter: toMoney(after) }),
    ...(original && { original }),
  };
}

/**
 * The bank's id before GoCardless's own; some banks send a blank for theirs
 * (actualbudget/actual#2495).
 */
function referenceOf(transaction: ProviderTransaction): string | undefined {
  const { transactionId, internalTransactionId } = transaction;
  return transactionId?.trim() ? transactionId : internalTransactionId?.trim() || undefined;
}

function partiesOf(transaction: ProviderTransaction): readonly [creditor: Party, debtor: Party] {
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

function accountNumber(reference: ProviderTransaction['creditorAccount']): string | undefined {
  return reference?.iban || reference?.bban || reference?.maskedPan || undefined;
}

function textOf(transaction: ProviderTransaction): string {
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

function originalOf({ currencyExchange }: ProviderTransaction, entry: Money): Money | undefined {
  const found = currencyExchange?.find((one) => one.instructedAmount)?.instructedAmount;
  const original = found && toMoney(found);
  if (!original || original.currency === entry.currency) return undefined;
  return withSignOf(entry, original);
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

/** The bank's balances; a kind that it does not tell stays absent. @throws MoneyError */
export function toBalance(balances: readonly ProviderBalance[]): Balance {
  return readBalances(
    balances.map(({ balanceType, referenceDate, balanceAmount }) => ({
      kind: balanceType,
      day: referenceDate,
      amount: balanceAmount,
    })),
    {
      booked: ['interimBooked', 'closingBooked'],
      available: ['interimAvailable', 'forwardAvailable', 'expected'],
    },
  );
}
