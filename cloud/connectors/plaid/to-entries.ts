import type {
  Balance,
  BankAccountType,
  ObservedAccount,
  ObservedEntry,
} from '../../../shared/bank.ts';
import { decimalsOf, type Money, parseMoney } from '../../../shared/money.ts';
import type { PlaidAccount, PlaidTransaction } from './schema.ts';

/**
 * A line of an account. Its reference is the one that it had while it was pending, where it was: Plaid gives it another
 * id as it settles, and goes on telling the one before. @throws MoneyError
 */
export function toEntry(transaction: PlaidTransaction, currencyOfAccount: string): ObservedEntry {
  const { transaction_id, pending_transaction_id, pending, date, authorized_date } = transaction;
  const valueDate = authorized_date ?? (pending ? date : undefined);
  return {
    reference: pending_transaction_id ?? transaction_id,
    status: pending ? 'pending' : 'booked',
    ...(!pending && { bookingDate: date }),
    ...(valueDate && { valueDate }),
    // With Plaid what leaves the account is positive.
    amount: toMoney(-transaction.amount, currencyOf(transaction, currencyOfAccount)),
    counterparty: counterpartyOf(transaction),
    text: textOf(transaction),
  };
}

/** A code that is not official is no currency that we could count in, and makes the entry unreadable. */
function currencyOf(transaction: PlaidTransaction, currencyOfAccount: string): string {
  const { iso_currency_code, unofficial_currency_code } = transaction;
  return iso_currency_code ?? unofficial_currency_code?.toLowerCase() ?? currencyOfAccount;
}

function counterpartyOf(transaction: PlaidTransaction): string {
  const { merchant_name, counterparties, payment_meta = {}, amount } = transaction;
  const { payee, payer } = payment_meta as NonNullable<PlaidTransaction['payment_meta']>;
  return merchant_name || counterparties?.[0]?.name || (amount > 0 ? payee : payer) || '';
}

function textOf({ original_description, name, payment_meta }: PlaidTransaction): string {
  const text = original_description ?? name ?? '';
  const reason = payment_meta?.reason;
  return reason && !text.includes(reason) ? `${text}\n${reason}`.trim() : text;
}

/** An account of which Plaid knows the official currency; others cannot be kept in a book. */
export function toAccounts(accounts: readonly PlaidAccount[]): ObservedAccount[] {
  return accounts.flatMap((account) => {
    const { balances, name, official_name, mask, persistent_account_id } = account;
    const currency = balances.iso_currency_code;
    if (!currency) return [];
    return {
      externalId: account.account_id,
      ...(persistent_account_id && { identification: persistent_account_id }),
      ...(mask && { mask }),
      name: name ?? official_name ?? '',
      holder: '',
      ...(official_name && { product: official_name }),
      type: typeOf(account),
      currency,
    };
  });
}

const savings: ReadonlySet<string> = new Set(['savings', 'money market', 'cd', 'gic', 'hsa']);

function typeOf({ type, subtype }: PlaidAccount): BankAccountType {
  if (type === 'credit') return 'card';
  if (type === 'loan') return 'loan';
  if (type === 'investment' || type === 'brokerage') return 'investment';
  return savings.has(subtype ?? '') ? 'savings' : 'current';
}

/** What the account holds: what is owed is positive with Plaid, and negative with us. @throws MoneyError */
export function toBalance({ type, balances }: PlaidAccount): Balance {
  const { current, available, iso_currency_code: currency = '' } = balances;
  const isOwed = type === 'credit' || type === 'loan';
  return {
    ...(current !== undefined && { booked: toMoney(isOwed ? -current : current, currency) }),
    ...(available !== undefined && { available: toMoney(available, currency) }),
  };
}

/** Half a millionth of the smallest coin that any currency has. */
const errorMax = 5e-10;

/**
 * A number of JSON by the digits that it was written with. Where Plaid, or a bank, has reckoned in floats before it wrote
 * them (4999.999999999999), the decimal that was meant. @throws MoneyError
 */
export function toMoney(value: number, currency: string): Money {
  const meant = value.toFixed(decimalsOf(currency));
  const isMeant = Math.abs(Number(meant) - value) <= errorMax * Math.max(1, Math.abs(value) / 100);
  return parseMoney(isMeant ? meant : String(value), currency);
}
