import type { Balance, EntryStatus, ObservedAccount, ObservedEntry } from '../../../shared/bank.ts';
import {
  accountTypeByCode,
  otherSide,
  type Party,
  readBalances,
  toMoney,
  withSignOf,
} from '../psd2-fields.ts';
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
  const other = otherSide(...partiesOf(transaction), amount.minor);
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

function partiesOf(transaction: BankTransaction): readonly [creditor: Party, debtor: Party] {
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

/**
 * The bank's balances, of an account with several currencies those in the one that is meant; a kind that it does not tell
 * stays absent. @throws MoneyError
 */
export function toBalance(told: readonly BankBalance[], currency?: string): Balance {
  const balances = currency
    ? told.filter(({ balanceAmount }) => balanceAmount.currency === currency)
    : told;
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
