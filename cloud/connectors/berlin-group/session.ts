import type { ObservedAccount } from '../../../shared/bank.ts';
import {
  BankError,
  type BankSession,
  type EntryPage,
  type Grant,
  type KeepGrant,
  type UserPresence,
} from '../../ports/bank-connector.ts';
import type { Clock } from '../../ports/clock.ts';
import { ProviderRefusal } from '../http-client.ts';
import { toBalance } from '../psd2-transactions.ts';
import { codeOfStatus } from '../refusal-status.ts';
import { accountPath, addressOf, bankUrl, externalIdOf } from './addresses.ts';
import { createAuthorised } from './authorised.ts';
import type { BankCall } from './client.ts';
import type { BankWorld } from './consent.ts';
import { type EntrySource, fetchEntries, refusesOldDays } from './fetch-entries.ts';
import { quirksOf } from './quirks/quirks.ts';
import { accountsRead, type BankAccount, balancesRead, cardAccountsRead } from './schema.ts';
import { asBankErrors, errorByConsentStatus, isOfAccount, toBankError } from './to-bank-error.ts';
import { signed, toCardAccount } from './to-card-entries.ts';
import { toAccount } from './to-entries.ts';

/** By the standard: an account with several currencies. */
const manyCurrencies = 'XXX';

/** An access to a bank: every call carries the consent, so there is nothing to open and nothing to let go. */
export function createSession(
  world: BankWorld,
  clock: Clock,
  grant: Grant,
  user: UserPresence | undefined,
  keep: KeepGrant | undefined,
): BankSession {
  const { bank } = world;
  const authorised = createAuthorised(world, grant, user, keep);
  const quirk = quirksOf(bank);
  const source: EntrySource = {
    bank,
    quirk,
    clock,
    readPage: (url, read) => send('entries', url, read),
    shown: { isBookedOnly: quirk.isBookedOnly === true },
  };

  /** CONSENT_INVALID has many reasons; the consent's own status tells which. */
  async function send<Read>(
    call: BankCall,
    url: URL,
    read: (body: unknown) => Read,
  ): Promise<Read> {
    try {
      return await authorised.send({ call, url, read });
    } catch (error) {
      const isUnclear = error instanceof ProviderRefusal && error.code === 'CONSENT_INVALID';
      if (!isUnclear || isFinalStatus(error.status)) throw error;
      const from = url.searchParams.get('dateFrom');
      if (from && refusesOldDays(error, source, from)) throw error;
      throw await invalidConsentError(error);
    }
  }

  async function invalidConsentError(refusal: ProviderRefusal): Promise<BankError> {
    const status = await authorised.consentStatus();
    const code = errorByConsentStatus[status];
    if (code) return new BankError(code, `${refusal.message}, consent ${status}`);
    // The consent holds, so it is this account that it no longer covers.
    return new BankError(isOfAccount(refusal.call) ? 'account-gone' : 'consent-expired');
  }

  async function readAccounts(): Promise<readonly ObservedAccount[]> {
    const all = await send(
      'accounts',
      bankUrl(bank, '/v1/accounts'),
      (body) => accountsRead.parse(body).accounts,
    );
    const open = all.filter(({ status }) => status !== 'deleted');
    const shown: ObservedAccount[] = [];
    for (const account of open) {
      if (account.currency !== manyCurrencies) shown.push(toAccount(account));
      else if (!hasParts(account, open)) shown.push(...(await partsOf(account)));
    }
    return [...shown, ...(await readCards(open))];
  }

  /** A card that stands among the accounts too is one account. */
  async function readCards(accounts: readonly BankAccount[]): Promise<readonly ObservedAccount[]> {
    if (!grant['cards']) return [];
    const url = bankUrl(bank, '/v1/card-accounts');
    const cards = await send('accounts', url, (body) => cardAccountsRead.parse(body).cardAccounts);
    const shown = new Set(accounts.flatMap(({ resourceId, maskedPan }) => [resourceId, maskedPan]));
    shown.delete(undefined);
    return cards
      .filter(({ resourceId, maskedPan }) => !shown.has(resourceId) && !shown.has(maskedPan))
      .filter(({ status }) => status !== 'deleted')
      .map(toCardAccount);
  }

  /** One account of ours for each currency in which the bank tells a balance. */
  async function partsOf(account: BankAccount): Promise<readonly ObservedAccount[]> {
    const { resourceId: id } = account;
    const url = bankUrl(bank, accountPath({ kind: 'accounts', id }, 'balances'));
    const { balances } = await send('balances', url, (body) => balancesRead.parse(body));
    const currencies = balances.map(({ balanceAmount }) => balanceAmount.currency);
    const parts = new Set(currencies.filter((currency) => currency !== manyCurrencies));
    return [...parts].sort().map((currency) => ({
      ...toAccount({ ...account, currency }),
      externalId: externalIdOf({ kind: 'accounts', id, currency }),
    }));
  }

  return {
    accounts: () => asBankErrors(readAccounts),

    balance: (externalId) =>
      asBankErrors(() => {
        const address = addressOf(externalId);
        return send('balances', bankUrl(bank, accountPath(address, 'balances')), (body) => {
          const { balances, debitAccounting = false } = balancesRead.parse(body);
          const balance = toBalance(balances, address.currency);
          const { booked } = balance;
          return { ...balance, ...(booked && { booked: signed(booked, debitAccounting) }) };
        });
      }),

    async *entries(externalId, window): AsyncGenerator<EntryPage> {
      try {
        yield* fetchEntries(source, addressOf(externalId), window);
      } catch (error) {
        throw toBankError(error);
      }
    },

    async close() {},
  };
}

/** Whatever the code, such a status says something else. */
function isFinalStatus(status: number): boolean {
  return codeOfStatus(status) !== undefined;
}

/** Banks that list the parts of such an account list the whole beside them. */
function hasParts({ iban, resourceId }: BankAccount, all: readonly BankAccount[]): boolean {
  return all.some(
    (other) =>
      other.resourceId !== resourceId &&
      other.currency !== manyCurrencies &&
      iban !== undefined &&
      other.iban === iban,
  );
}
