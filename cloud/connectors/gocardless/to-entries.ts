import type {
  Balance,
  BankAccountType,
  EntryStatus,
  ObservedAccount,
  ObservedEntry,
} from '../../../shared/bank.ts';
import { type Money, parseMoney } from '../../../shared/money.ts';
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
  const other = otherSide(transaction, amount.minor);
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

/** The user's own name may stand on the user's own side, so only the other side is read. */
function otherSide(transaction: ProviderTransaction, minor: number) {
  const creditor = {
    name: transaction.creditorName || transaction.ultimateCreditor,
    account: accountNumber(transaction.creditorAccount),
  };
  const debtor = {
    name: transaction.debtorName || transaction.ultimateDebtor,
    account: accountNumber(transaction.debtorAccount),
  };
  if (minor === 0) return creditor.name ? creditor : debtor;
  return minor < 0 ? creditor : debtor;
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

/**
 * The sum in the other currency goes the way of the entry: banks differ in whether it has a sign.
 */
function originalOf({ currencyExchange }: ProviderTransaction, entry: Money): Money | undefined {
  const found = currencyExchange?.find((one) => one.instructedAmount)?.instructedAmount;
  const original = found && toMoney(found);
  if (!original || original.currency === entry.currency) return undefined;
  const minor = Math.abs(original.minor);
  return { ...original, minor: entry.minor < 0 ? -minor : minor };
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
    type: typeByCode[details.cashAccountType ?? ''] ?? 'current',
    currency: details.currency,
  };
}

/** ISO 20022 ExternalCashAccountType1Code; what is not named is a current account. */
const typeByCode: Readonly<Record<string, BankAccountType>> = {
  SVGS: 'savings',
  LLSV: 'savings',
  ONDP: 'savings',
  MOMA: 'savings',
  CARD: 'card',
  LOAN: 'loan',
  MGLD: 'loan',
  SACC: 'investment',
};

/** The bank's balances; a kind that it does not tell stays absent. @throws MoneyError */
export function toBalance(balances: readonly ProviderBalance[]): Balance {
  const booked = newestOf(balances, ['interimBooked', 'closingBooked']);
  const available = newestOf(balances, ['interimAvailable', 'forwardAvailable', 'expected']);
  return {
    ...(booked && { booked: toMoney(booked.balanceAmount) }),
    ...(available && { available: toMoney(available.balanceAmount) }),
  };
}

/** Of the first kind that is there, the balance of the latest day. */
function newestOf(balances: readonly ProviderBalance[], kinds: readonly string[]) {
  for (const kind of kinds) {
    const [newest] = balances
      .filter((balance) => balance.balanceType === kind)
      .sort((a, b) => (b.referenceDate ?? '').localeCompare(a.referenceDate ?? ''));
    if (newest) return newest;
  }
  return undefined;
}

function toMoney({ amount, currency }: { amount: string; currency: string }): Money {
  return parseMoney(amount, currency);
}
