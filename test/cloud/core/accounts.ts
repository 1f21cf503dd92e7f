import { identifyAccounts } from '../../../cloud/core/account-key.ts';
import type { AccountDoc } from '../../../cloud/core/documents.ts';
import type { ObservedAccount } from '../../../shared/bank.ts';

export const giro: ObservedAccount = {
  externalId: 'x1',
  iban: 'DE89370400440532013000',
  name: 'Girokonto',
  holder: 'Erika Muster',
  type: 'current',
  currency: 'EUR',
};

const { iban: _, ...withoutIban } = giro;
/** The same account of a bank that shows no IBAN. */
export const bare: ObservedAccount = withoutIban;
export const visa: ObservedAccount = {
  ...bare,
  externalId: 'v1',
  mask: '4471',
  product: 'Visa Gold',
  name: 'Visa Card',
  type: 'card',
};

export const feed = {
  bookAccount: { path: 'Assets:Checking', type: 'asset' },
  from: '2026-01-01',
} as const;

/** As it was connected; it fills the book unless said otherwise. */
export function known(account: ObservedAccount, more: Partial<AccountDoc> = {}): AccountDoc {
  return { ...account, key: `k-${account.externalId}`, feed, ...more };
}

export function withoutFeed(account: ObservedAccount, more: Partial<AccountDoc> = {}): AccountDoc {
  const { feed: _feed, ...rest } = known(account, more);
  return rest;
}

/** What became of each: the key by the shown account's id, the keys gone, the candidates by key. */
export function identify(shown: readonly ObservedAccount[], before: readonly AccountDoc[]) {
  const { accounts, gone, unclear } = identifyAccounts(shown, before);
  return {
    keys: Object.fromEntries(accounts.map(({ externalId, key }) => [externalId, key])),
    gone: gone.map(({ key }) => key),
    unclear: Object.fromEntries(unclear.map((it) => [it.account.key, it.candidates])),
  };
}
