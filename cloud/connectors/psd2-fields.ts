import type { Balance, BankAccountType } from '../../shared/bank.ts';
import { type Money, parseMoney } from '../../shared/money.ts';

// What the interfaces of open banking have in common, whoever's they are: ISO 20022's words.

/** @throws MoneyError */
export function toMoney({ amount, currency }: { amount: string; currency: string }): Money {
  return parseMoney(amount, currency);
}

/** Banks differ in whether the sum in the other currency has a sign; it goes the way of the entry. */
export function withSignOf(entry: Money, original: Money): Money {
  const minor = Math.abs(original.minor);
  return { ...original, minor: entry.minor < 0 ? -minor : minor };
}

/** A balance as a bank tells it, of whatever kind. */
export interface ToldBalance {
  readonly kind: string;
  /** Of which it is, where that is told. */
  readonly day: string | undefined;
  readonly amount: { readonly amount: string; readonly currency: string };
}

/**
 * Of each the first kind that is there, of that the latest day; what the bank does not tell stays absent.
 * @throws MoneyError
 */
export function readBalances(
  told: readonly ToldBalance[],
  kinds: { readonly booked: readonly string[]; readonly available: readonly string[] },
): Balance {
  const booked = newestOf(told, kinds.booked);
  const available = newestOf(told, kinds.available);
  return {
    ...(booked && { booked: toMoney(booked.amount) }),
    ...(available && { available: toMoney(available.amount) }),
  };
}

function newestOf(told: readonly ToldBalance[], kinds: readonly string[]): ToldBalance | undefined {
  const kind = kinds.find((one) => told.some((it) => it.kind === one));
  const all = told.filter((it) => it.kind === kind);
  return all.toSorted((a, b) => (b.day ?? '').localeCompare(a.day ?? ''))[0];
}

export interface Party {
  readonly name: string | undefined;
  readonly account: string | undefined;
}

/** The user's own name may stand on the user's own side, so only the other side is read. `minor`: of the entry. */
export function otherSide(creditor: Party, debtor: Party, minor: number): Party {
  if (minor === 0) return creditor.name ? creditor : debtor;
  return minor < 0 ? creditor : debtor;
}

/** By ISO 20022's ExternalCashAccountType1Code; what is not named is a current account. */
export const accountTypeByCode: Readonly<Record<string, BankAccountType>> = {
  SVGS: 'savings',
  LLSV: 'savings',
  ONDP: 'savings',
  MOMA: 'savings',
  CARD: 'card',
  LOAN: 'loan',
  MGLD: 'loan',
  SACC: 'investment',
};
