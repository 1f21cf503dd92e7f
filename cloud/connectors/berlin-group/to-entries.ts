import type {
  Balance,
  BankAccountType,
  EntryStatus,
  ObservedAccount,
  ObservedEntry,
} from '../../../shared/bank.ts';
import { type Money, parseMoney } from '../../../shared/money.ts';
import type { BankAccount, BankBalance, BankReport, BankTransaction } from './schema.ts';

/** The entries of one page, booked ones first, each kind in the bank's order. @throws MoneyError */
export function toEntries({ booked = [], pending = [] }: BankReport): ObservedEntry[] {
  return [
    ...booked.map((transaction) => toEntry(transaction, 'booked')),
    ...pending.map((transaction) => toEntry(transaction, 'pending')),
  ];
}

function toEntry(transaction: BankTransaction, status: EntryStatus): ObservedEntry {
  const amount = toMoney(transaction.transactionAmount);
  const other = otherSide(transaction, amount.minor);
  const { balanceAfterTransaction, bookingDate, valueDate } = transaction;
  const reference = transaction.entryReference || transaction.transactionId;
  const original = transaction.currencyExchange?.find((one) => one.instructedAmount);
  return {
    status,
    ...(reference && { reference }),
    ...(bookingDate && { bookingDate }),
    ...(valueDate && { valueDate }),
    amount,
    counterparty: other.name ?? '',
    ...(other.account && { counterpartyAccount: other.account }),
    text: remittanceText(transaction),
    ...(balanceAfterTransaction && {
      balanceAfter: toMoney(balanceAfterTransaction.balanceAmount),
    }),
    ...(original?.instructedAmount && {
      original: withSignOf(amount, toMoney(original.instructedAmount)),
    }),
  };
}

/** The user's own name may stand on the user's own side, so only the other side is read. */
function otherSide(transaction: BankTransaction, minor: number) {
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

function accountNumber(reference: BankTransaction['creditorAccount']): string | undefined {
  return reference?.iban || reference?.bban || reference?.maskedPan || undefined;
}

function remittanceText(transaction: BankTransaction): string {
  const lines = transaction.remittanceInformationUnstructuredArray;
  if (lines?.length) return lines.join('\n');
  const structured = transaction.remittanceInformationStructured;
  return (
    transaction.remittanceInformationUnstructured ||
    (typeof structured === 'string' ? structured : structured?.reference) ||
    transaction.additionalInformation ||
    ''
  );
}

/** Banks differ in whether the sum in the other currency has a sign; it goes the way of the entry. */
export function withSignOf(entry: Money, original: Money): Money {
  const minor = Math.abs(original.minor);
  return { ...original, minor: entry.minor < 0 ? -minor : minor };
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
    type: typeByCode[account.cashAccountType ?? ''] ?? 'current',
    currency: account.currency,
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

/**
 * The bank's balances, of an account with several currencies those in the one that is meant; a kind that it does not tell
 * stays absent. @throws MoneyError
 */
export function toBalance(told: readonly BankBalance[], currency?: string): Balance {
  const balances = currency
    ? told.filter(({ balanceAmount }) => balanceAmount.currency === currency)
    : told;
  const booked = newestOf(balances, ['interimBooked', 'closingBooked']);
  const available = newestOf(balances, ['interimAvailable', 'forwardAvailable', 'expected']);
  return {
    ...(booked && { booked: toMoney(booked.balanceAmount) }),
    ...(available && { available: toMoney(available.balanceAmount) }),
  };
}

/** Of the first kind that is there, the balance of the latest day. */
function newestOf(balances: readonly BankBalance[], kinds: readonly string[]) {
  for (const kind of kinds) {
    const [newest] = balances
      .filter((balance) => balance.balanceType === kind)
      .sort((a, b) => (b.referenceDate ?? '').localeCompare(a.referenceDate ?? ''));
    if (newest) return newest;
  }
  return undefined;
}

export function toMoney({ amount, currency }: { amount: string; currency: string }): Money {
  return parseMoney(amount, currency);
}
