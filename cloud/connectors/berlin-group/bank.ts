import type { CredentialField, Institution } from '../../../shared/bank.ts';
import type { TlsIdentity } from '../tls-fetch.ts';
import type { QuirkName } from './quirks/quirks.ts';
import type { SigningIdentity } from './sign-request.ts';

/** How a user confirms at a bank; the OAuth variant counts as redirect, as in the standard. */
export type Approach = 'redirect' | 'decoupled' | 'embedded';

/**
 * Which accounts a consent asks for. `chosen`: those that the user chooses at the bank; `all`: every one of the user's;
 * `named`: those whose IBANs the user types; `listed`: a first consent lists the accounts, a second one is about these.
 */
export type ConsentScope = 'chosen' | 'all' | 'named' | 'listed';

/** A bank that speaks NextGenPSD2 1.3, and where. */
export interface BerlinGroupBank {
  /** Its id begins with `berlin-group:`. */
  readonly institution: Institution;
  /** What stands before `/v1`, without a slash at the end. */
  readonly baseUrl: string;
  /** With which the bank signs its notices; absent: it sends none. */
  readonly notificationSecret?: string | undefined;
  /** What the bank is asked to prefer; what it then offers counts. Absent: the redirect. */
  readonly approach?: Approach | undefined;
  /** Absent: `chosen`. */
  readonly scope?: ConsentScope | undefined;
  /** The user's login name goes to the bank with the first request. */
  readonly asksPsuId?: boolean | undefined;
  /** False: the holder's name is not asked for, by which some banks refuse the whole consent. */
  readonly ownerName?: boolean | undefined;
  /** By which the bank's OAuth server knows us. */
  readonly oauth?:
    | { readonly clientId: string; readonly clientSecret?: string | undefined }
    | undefined;
  /** With which every request is signed; absent: none is. */
  readonly signing?: SigningIdentity | undefined;
  /** What is shown when a connection is made; absent: nothing. */
  readonly tls?: TlsIdentity | undefined;
  /** Most days of entries that it gives at a time; absent: any. */
  readonly windowDays?: number | undefined;
  /** Habits that are known of it, beside those that are found by its BIC. */
  readonly quirks?: readonly QuirkName[] | undefined;
}

/** What its user types before the bank is asked; absent where that is nothing. */
export function credentialFieldsOf({
  approach,
  scope,
  asksPsuId,
}: Pick<BerlinGroupBank, 'approach' | 'scope' | 'asksPsuId'>): readonly CredentialField[] {
  const asksName = asksPsuId || approach === 'embedded' || approach === 'decoupled';
  return [
    ...(asksName ? [psuIdField] : []),
    ...(approach === 'embedded' ? [passwordField] : []),
    ...(scope === 'named' ? [ibansField] : []),
  ];
}

const psuIdField: CredentialField = {
  name: 'psu-id',
  label: 'Login name',
  kind: 'text',
  hint: 'The one of your online banking.',
};
const passwordField: CredentialField = {
  name: 'password',
  label: 'Password or PIN',
  kind: 'password',
};
const ibansField: CredentialField = {
  name: 'ibans',
  label: 'IBANs',
  kind: 'text',
  hint: 'Of the accounts to connect, several with commas between them.',
};
