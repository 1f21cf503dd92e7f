import type { BankAccountBook } from '../bank-customer.ts';

/** The number by which a customer knows the account, an IBAN in groups of four. */
export function accountNumber({ iban, bban, maskedPan }: BankAccountBook): string {
  return (
    iban?.replace(/(.{4})(?=.)/g, '$1 ') ?? bban ?? maskedPan?.replaceAll('****', '···· ') ?? ''
  );
}
