import type { Balance, EntryStatus, ObservedAccount, ObservedEntry } from '../../../shared/bank.ts';
import type { Money } from '../../../shared/money.ts';
import { accountTypeByCode, readBalances, toMoney, withSignOf } from '../psd2-fields.ts';
import type { ProviderAccount, ProviderBalance, ProviderTransaction } from './schema.ts';

/** The entries of one page, in the bank's order. @throws MoneyError */
export function toEntries(transactions: readonly ProviderTransaction[]): ObservedEntry[] {
  return transactions.flatMap((transaction) => {
    const status = statusOf(transaction);
    return status ? [toEntry(transaction, status)] : [];
  });
}

/** Undefined for what is on no statement: scheduled, cancelled or rejected payments. */
function statusOf({ status, booking_date }: ProviderTransaction): EntryStatus | undefined {
  if (status === 'BOOK') return 'booked';
  if (status === 'PDNG' || status === 'HOLD') return 'pending';
  if (status === 'OTHR') return booking_date ? 'booked' : 'pending';
  return undefined;
}

function toEntry(transaction: ProviderTransaction, status: EntryStatus): ObservedEntry {
  const amount = amountOf(transaction);
  const other = otherSide(transaction, amount.minor);
  const reference = referenceOf(transaction);
  const { balance_after_transaction: after, exchange_rate: exchange } = transaction;
  const instructed = exchange?.instructed_amount;
  const original = instructed && toMoney(instructed);
  return {
    status,
    ...(reference && { reference }),
    ...datesOf(transaction, status),
    amount,
    counterparty: other.name ?? '',
    ...(other.account && { counterpartyAccount: other.account }),
    text: textOf(transaction),
    ...(after && { balanceAfter: toMoney(after) }),
    ...(original &&
      original.currency !== amount.currency && { original: withSignOf(amount, original) }),
  };
}

/**
 * The indicator has the sign, by the description the amount has none; some banks send "-4.50" with
 * DBIT, and some no indicator.
 * @throws MoneyError
 */
function amountOf({ transaction_amount, credit_debit_indicator }: ProviderTransaction): Money {
  const amount = toMoney(transaction_amount);
  const size = Math.abs(amount.minor);
  if (credit_debit_indicator === 'CRDT') return { ...amount, minor: size };
  // Not -0, which is another number to whoever compares.
  if (credit_debit_indicator === 'DBIT') return { ...amount, minor: size === 0 ? 0 : -size };
  return amount;
}

/**
 * `entry_reference`, never `transaction_id`, which may be another one in the next answer. Some
 * banks fill it with "0" (securo-finance/securo#753), or with the day and the place in it, which
 * moves when the bank books another one on that day (whisper-money/whisper-money#669,
 * actualbudget/actual#7799): neither is a reference.
 */
function referenceOf({ entry_reference: reference }: ProviderTransaction): string | undefined {
  if (!reference || /^0+$/.test(reference)) return undefined;
  return /^\d{4}-\d{2}-\d{2}[.-]\d{1,4}$/.test(reference) ? undefined : reference;
}

/** Some banks give of a card payment the day of the purchase alone (seen of OP and Nordea). */
function datesOf(transaction: ProviderTransaction, status: EntryStatus) {
  const { booking_date, value_date, transaction_date } = transaction;
  const purchase = booking_date || value_date ? undefined : transaction_date;
  const bookingDate = booking_date ?? (status === 'booked' ? purchase : undefined);
  const valueDate = value_date ?? (status === 'pending' ? purchase : undefined);
  return { ...(bookingDate && { bookingDate }), ...(valueDate && { valueDate }) };
}

/** The user's own name may stand on the user's own side, so only the other side is read. */
function otherSide(transaction: ProviderTransaction, minor: number) {
  const { creditor, creditor_account, debtor, debtor_account, credit_debit_indicator } =
    transaction;
  const isCredit = minor > 0 || (minor === 0 && credit_debit_indicator === 'CRDT');
  const [party, account] = isCredit ? [debtor, debtor_account] : [creditor, creditor_account];
  return { name: party?.name, account: account?.iban || account?.other?.identification };
}

function textOf(transaction: ProviderTransaction): string {
  const lines = transaction.remittance_information ?? [];
  return (
    lines.join('\n') ||
    transaction.reference_number ||
    transaction.note ||
    transaction.bank_transaction_code?.description ||
    ''
  );
}

/** An account in ours; undefined where nothing can be fetched of it. */
export function toAccount(account: ProviderAccount): ObservedAccount | undefined {
  const { uid, identification_hash: identification, account_id: number } = account;
  if (!uid) return undefined;
  const mask = number?.other?.identification?.slice(-4);
  return {
    externalId: uid,
    ...(identification && { identification }),
    ...(number?.iban ? { iban: number.iban } : mask ? { mask } : {}),
    name: account.details || account.product || '',
    // By the description `name` is the name of whoever holds it.
    holder: account.name ?? '',
    ...(account.product && { product: account.product }),
    type: accountTypeByCode[account.cash_account_type ?? ''] ?? 'current',
    currency: account.currency,
  };
}

/**
 * The bank's balances in the account's currency; a kind that it does not tell stays absent.
 * Available ones may hold a credit limit, so they are never taken for booked ones.
 * @throws MoneyError
 */
export function toBalance(
  balances: readonly ProviderBalance[],
  currency: string | undefined,
): Balance {
  const own = balances.filter(({ balance_amount }) => balance_amount.currency === currency);
  const read = own.length > 0 ? own : balances;
  return readBalances(
    read.map(({ balance_type, reference_date, balance_amount }) => ({
      kind: balance_type,
      day: reference_date,
      amount: balance_amount,
    })),
    { booked: ['ITBD', 'CLBD'], available: ['ITAV', 'CLAV', 'FWAV', 'XPCD'] },
  );
}
