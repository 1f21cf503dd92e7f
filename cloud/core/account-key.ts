import { createHash } from 'node:crypto';
import type { ObservedAccount } from '../../shared/bank.ts';

/**
 * The key of a bank account that survives reconnects: of IBAN and currency where there is an IBAN (a multi-currency
 * account has one IBAN for all), else of mask, product, name and currency. Hashed, since keys stand in logs. Accounts
 * of one answer that cannot be told apart so are told apart by the bank's id, which a reconnect may change.
 */
export function keyAccounts<A extends ObservedAccount>(
  accounts: readonly A[],
): readonly (A & { readonly key: string })[] {
  const evidence = accounts.map(evidenceOf);
  return accounts.map((account, at) => {
    const mine = evidence[at] ?? '';
    const ambiguous = evidence.filter((other) => other === mine).length > 1;
    return { ...account, key: hash(ambiguous ? `${mine}|${account.externalId}` : mine) };
  });
}

function evidenceOf(account: ObservedAccount): string {
  if (account.iban)
    return `iban|${account.iban.replace(/\s/g, '').toUpperCase()}|${account.currency}`;
  return ['mask', account.mask, account.product, account.name, account.currency].join('|');
}

function hash(evidence: string): string {
  return createHash('sha256').update(evidence).digest('hex').slice(0, 24);
}
