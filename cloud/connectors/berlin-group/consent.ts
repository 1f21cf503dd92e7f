import {
  type AccessStep,
  BankError,
  type Grant,
  type UserPresence,
} from '../../ports/bank-connector.ts';
import { bankUrl, consentPath } from './addresses.ts';
import type { BerlinGroupBank } from './bank.ts';
import type { BerlinGroupClient } from './client.ts';
import { type Asked, consentIdOf } from './grant.ts';
import { noticeKeyOf } from './notices.ts';
import {
  availableAccountsRead,
  type ConsentStatus,
  consentRead,
  consentStatusRead,
} from './schema.ts';
import { errorByConsentStatus } from './to-bank-error.ts';

// A consent as it is asked for, and as the bank tells of it.

/** The law's and the standard's limit of calls without the user: Article 36(5) of Regulation (EU) 2018/389. */
const frequencyPerDay = 4;
/** Accounts that a consent names. */
const accountMax = 100;

/** A bank, and the way to it. */
export interface BankWorld {
  readonly bank: BerlinGroupBank;
  readonly client: BerlinGroupClient;
}

/** An account as a consent names it. */
export type AccountReference = { readonly iban: string } | { readonly bban: string };

/** The body of a request for a consent about these accounts; none named: those that the user chooses at the bank. */
export function consentBody(
  { bank }: BankWorld,
  { validUntil, isList }: Asked,
  named: readonly AccountReference[] = [],
): object {
  const rest = { validUntil, combinedServiceIndicator: false };
  if (isList) {
    const access = { availableAccounts: 'allAccounts' };
    return { access, ...rest, recurringIndicator: false, frequencyPerDay: 1 };
  }
  return {
    access: accessOf(bank, named),
    ...rest,
    recurringIndicator: true,
    frequencyPerDay,
  };
}

/** Empty lists let the user choose the accounts at the bank; the owner's name is asked for with them. */
function accessOf(
  { scope, ownerName = true }: BerlinGroupBank,
  named: readonly AccountReference[],
) {
  if (scope === 'all') return { allPsd2: ownerName ? 'allAccountsWithOwnerName' : 'allAccounts' };
  return {
    accounts: named,
    balances: named,
    transactions: named,
    ...(ownerName && { additionalInformation: { ownerName: named } }),
  };
}

/** The IBANs that a user has typed. @throws BankError `login-rejected` where one is none, or there is none */
export function namedAccounts(typed: string): readonly AccountReference[] {
  const ibans = typed
    .split(/[,;\n]/)
    .map((iban) => iban.replace(/\s/g, '').toUpperCase())
    .filter((iban) => iban !== '');
  const isRight = ibans.every((iban) => /^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/.test(iban));
  if (!isRight || ibans.length === 0 || ibans.length > accountMax) {
    throw new BankError('login-rejected', 'an IBAN is none');
  }
  return ibans.map((iban) => ({ iban }));
}

/** The accounts that a consent to list them shows. @throws BankError, ProviderRefusal */
export async function listAccounts(
  { bank, client }: BankWorld,
  consent: Grant,
  user: UserPresence | undefined,
): Promise<readonly AccountReference[]> {
  const { accounts } = await client.send({
    call: 'accounts',
    url: bankUrl(bank, '/v1/accounts'),
    headers: { 'Consent-ID': consentIdOf(consent) },
    accessToken: consent['accessToken'],
    user,
    read: (body) => availableAccountsRead.parse(body),
  });
  // Those of one number in several currencies are one to a consent.
  const references = new Map<string, AccountReference>();
  for (const { iban, bban, status } of accounts) {
    if (status === 'deleted') continue;
    if (iban) references.set(iban, { iban });
    else if (bban) references.set(bban, { bban });
  }
  if (references.size === 0) throw new BankError('account-gone', 'the bank lists no account');
  return [...references.values()].slice(0, accountMax);
}

/** What the bank made of a consent that its user was asked for. @throws BankError, ProviderRefusal */
export async function readConsent(
  { bank, client }: BankWorld,
  consent: Grant,
  user: UserPresence | undefined,
): Promise<AccessStep & { readonly kind: 'granted' }> {
  const consentId = consentIdOf(consent);
  const told = await client.send({
    call: 'consent',
    url: bankUrl(bank, consentPath(consentId)),
    accessToken: consent['accessToken'],
    user,
    read: (body) => consentRead.parse(body),
  });
  const code = errorByConsentStatus[told.consentStatus];
  if (code) throw new BankError(code, `consent ${told.consentStatus}`);
  const { validUntil, frequencyPerDay: unattendedPerDay, _links: links } = told;
  // The standard writes it one way in its text and another in its description.
  const hasCards = Boolean(links['card-account'] ?? links['cardAccount']);
  return {
    kind: 'granted',
    grant: hasCards ? { ...consent, cards: 'told' } : consent,
    // 9999-12-31 is the standard's way to say that a consent does not end.
    ...(validUntil && !validUntil.startsWith('9999') && { validUntil }),
    ...(unattendedPerDay !== undefined && { unattendedPerDay }),
    noticeKey: noticeKeyOf(bank.institution.id, consentId),
  };
}

export async function consentStatusOf(
  { bank, client }: BankWorld,
  consent: Grant,
): Promise<ConsentStatus> {
  const url = bankUrl(bank, `${consentPath(consentIdOf(consent))}/status`);
  const read = (body: unknown) => consentStatusRead.parse(body).consentStatus;
  const accessToken = consent['accessToken'];
  return client.send({ call: 'consent-status', url, accessToken, read });
}
