import type { EntryStatus, ObservedAccount, ObservedEntry } from '../../../shared/bank.ts';
import type { Money } from '../../../shared/money.ts';
import { toMoney, withSignOf } from '../psd2-fields.ts';
import { externalIdOf } from './addresses.ts';
import type { BankCardAccount, BankCardReport, BankCardTransaction } from './schema.ts';

/** A card account of the standard's own list of these. */
export function toCardAccount(account: BankCardAccount): ObservedAccount {
  const { resourceId, maskedPan, displayName, name, product, ownerName, currency } = account;
  return {
    externalId: externalIdOf({ kind: 'card-accounts', id: resourceId }),
    ...(maskedPan && { mask: maskedPan.slice(-4) }),
    name: displayName || name || product || '',
    holder: ownerName ?? '',
    ...(product && { product }),
    type: 'card',
    currency,
  };
}

/** The entries of one page of a card, booked ones first. @throws MoneyError */
export function toCardEntries({
  cardTransactions,
  debitAccounting,
}: BankCardReport): ObservedEntry[] {
  const { booked = [], pending = [] } = cardTransactions;
  const toEntry = (status: EntryStatus) => (transaction: BankCardTransaction) =>
    toCardEntry(transaction, status, debitAccounting ?? false);
  return [...booked.map(toEntry('booked')), ...pending.map(toEntry('pending'))];
}

/** The standard's value date of a card is when its bill is due: the day of the purchase says more. */
function toCardEntry(
  transaction: BankCardTransaction,
  status: EntryStatus,
  isDebitPlus: boolean,
): ObservedEntry {
  const { cardTransactionId, bookingDate, transactionDate, originalAmount } = transaction;
  const amount = signed(toMoney(transaction.transactionAmount), isDebitPlus);
  const original = originalAmount && withSignOf(amount, toMoney(originalAmount));
  return {
    status,
    ...(cardTransactionId && { reference: cardTransactionId }),
    ...(bookingDate && { bookingDate }),
    ...(transactionDate && { valueDate: transactionDate }),
    amount,
    counterparty: '',
    text: cardText(transaction),
    ...(original && original.currency !== amount.currency && { original }),
  };
}

/** The standard has no name of the shop: it stands in the details, and the place beside it. */
function cardText({
  transactionDetails,
  cardAcceptorAddress,
  cardAcceptorId,
}: BankCardTransaction): string {
  const { townName, country } = cardAcceptorAddress ?? {};
  const place = [townName, country].filter((part) => part).join(', ');
  return [transactionDetails || cardAcceptorId, place].filter((line) => line).join('\n');
}

/** What an issuer that counts debits up calls plus is minus to us. */
export function signed(money: Money, isDebitPlus: boolean): Money {
  return isDebitPlus && money.minor !== 0 ? { ...money, minor: -money.minor } : money;
}
