import type { Institution } from '../../../shared/bank.ts';
import type { CalendarDate } from '../../../shared/calendar-date.ts';
import {
  type AccessStep,
  type BankConnector,
  BankError,
  type BankErrorCode,
  type BankSession,
  type EntryPage,
  type Grant,
  type UserPresence,
} from '../../ports/bank-connector.ts';
import type { Clock } from '../../ports/clock.ts';
import { accountPath, consentPath, nextUrl, pageUrl, windowQuery } from './addresses.ts';
import { type BankCall, BankRefusal, type CallMade, createClient } from './client.ts';
import { createReadNotice, noticeKeyOf } from './notices.ts';
import {
  accountsRead,
  balancesRead,
  type ConsentStatus,
  consentCreated,
  consentRead,
  consentStatusRead,
  transactionsRead,
} from './schema.ts';
import { toAccount, toBalance, toEntries } from './to-entries.ts';

/** A bank that speaks NextGenPSD2 1.3, and where. */
export interface BerlinGroupBank {
  /** Its id begins with `berlin-group:`. */
  readonly institution: Institution;
  /** What stands before `/v1`, without a slash at the end. */
  readonly baseUrl: string;
  /** With which the bank signs its notices; absent: it sends none. */
  readonly notificationSecret?: string;
}

export interface BerlinGroupOptions {
  readonly fetch: typeof fetch;
  readonly banks: readonly BerlinGroupBank[];
  readonly clock: Clock;
  readonly timeoutMs?: number;
  /** For the log: every call that was made, without anything secret. */
  readonly onCall?: (call: CallMade) => void;
}

/** One fetch of 90 days has a few pages; a bank that gives this many is going in circles. */
const pageMax = 1_000;
/** The law's and the standard's limit of calls without the user: Article 36(5) of Regulation (EU) 2018/389. */
const frequencyPerDay = 4;

/** Banks that speak the Berlin Group's NextGenPSD2 1.3, with the redirect to the bank's own page. */
export function createBerlinGroup(options: BerlinGroupOptions): BankConnector {
  const { fetch, clock, timeoutMs = 30_000, onCall = () => {} } = options;
  const client = createClient({ fetch, clock, timeoutMs, onCall });
  const banks = new Map(options.banks.map((bank) => [bank.institution.id, bank]));

  function bankUrl(institutionId: string | undefined, path: string): URL {
    const bank = banks.get(institutionId ?? '');
    if (!bank) throw new BankError('provider-not-configured', 'no such bank is set up');
    return new URL(`${bank.baseUrl}${path}`);
  }

  /** Under an account's own address the bank's refusal can be about that account alone. */
  async function sendWithConsent<Read>(
    grant: Grant,
    call: BankCall,
    url: URL,
    read: (body: unknown) => Read,
    user: UserPresence | undefined,
  ): Promise<Read> {
    const headers = { 'Consent-ID': consentIdOf(grant) };
    try {
      return await client.send({ call, url, headers, read, user });
    } catch (error) {
      if (!(error instanceof BankRefusal) || error.code !== 'CONSENT_INVALID') {
        throw toBankError(error);
      }
      throw await invalidConsentError(grant, error);
    }
  }

  /** CONSENT_INVALID has many reasons; the consent's own status tells which. */
  async function invalidConsentError(grant: Grant, refusal: BankRefusal): Promise<BankError> {
    const status = await consentStatusOf(grant);
    const code = status === 'valid' ? undefined : errorByConsentStatus[status];
    if (code) return new BankError(code, `${refusal.message}, consent ${status}`);
    // The consent holds, so it is this account that it no longer covers.
    return new BankError(isOfAccount(refusal.call) ? 'account-gone' : 'consent-expired');
  }

  async function consentStatusOf(grant: Grant): Promise<ConsentStatus> {
    const url = bankUrl(grant['institutionId'], `${consentPath(consentIdOf(grant))}/status`);
    const read = (body: unknown) => consentStatusRead.parse(body).consentStatus;
    try {
      return await client.send({ call: 'consent-status', url, read });
    } catch (error) {
      throw toBankError(error);
    }
  }

  /** What the bank made of a consent that its user was asked for. */
  async function readConsent(grant: Grant, user: UserPresence | undefined): Promise<AccessStep> {
    const consentId = consentIdOf(grant);
    const url = bankUrl(grant['institutionId'], consentPath(consentId));
    const read = (body: unknown) => consentRead.parse(body);
    try {
      const consent = await client.send({ call: 'consent', url, read, user });
      const code = errorByConsentStatus[consent.consentStatus];
      if (code) throw new BankError(code, `consent ${consent.consentStatus}`);
      const { frequencyPerDay: unattendedPerDay } = consent;
      return {
        kind: 'granted',
        grant,
        ...endOf(consent.validUntil),
        ...(unattendedPerDay !== undefined && { unattendedPerDay }),
        noticeKey: noticeKeyOf(grant['institutionId'] ?? '', consentId),
      };
    } catch (error) {
      throw toBankError(error);
    }
  }

  /** Every call carries the consent: there is nothing to open and nothing to let go. */
  function sessionOf(grant: Grant, user: UserPresence | undefined): BankSession {
    return {
      accounts() {
        const url = bankUrl(grant['institutionId'], '/v1/accounts');
        const read = (body: unknown) =>
          accountsRead
            .parse(body)
            .accounts.filter(({ status }) => status !== 'deleted')
            .map(toAccount);
        return sendWithConsent(grant, 'accounts', url, read, user);
      },

      balance(externalId) {
        const url = bankUrl(grant['institutionId'], accountPath(externalId, 'balances'));
        const read = (body: unknown) => toBalance(balancesRead.parse(body).balances);
        return sendWithConsent(grant, 'balances', url, read, user);
      },

      async *entries(externalId, window): AsyncGenerator<EntryPage> {
        const first = bankUrl(grant['institutionId'], accountPath(externalId, 'transactions'));
        first.search = windowQuery(window);
        const seen = new Set<string>();
        for (let url: URL | undefined = first; url; ) {
          seen.add(url.href);
          const page: Page = await sendWithConsent(grant, 'entries', url, readPage(url), user);
          yield { entries: page.entries };
          url = page.next;
          if (url && (seen.has(url.href) || seen.size >= pageMax)) {
            throw new BankError('reply-unreadable', 'entries: pages without end');
          }
        }
      },

      async close() {},
    };
  }

  return {
    id: 'berlin-group',

    async institutions() {
      return options.banks.map(({ institution }) => institution);
    },

    async startAccess({ institution, redirectUrl, notificationUrl, validUntil, user }) {
      const url = bankUrl(institution.id, '/v1/consents');
      const isTold = banks.get(institution.id)?.notificationSecret !== undefined;
      try {
        const { consentId, confirmationUrl } = await client.send({
          call: 'create-consent',
          method: 'POST',
          url,
          user,
          headers: {
            'TPP-Redirect-Preferred': 'true',
            'TPP-Redirect-URI': redirectUrl,
            'TPP-Nok-Redirect-URI': redirectUrl,
            'TPP-Brand-Logging-Information': 'Bookfeed',
            ...(isTold && { 'TPP-Notification-URI': notificationUrl }),
          },
          body: consentRequest(validUntil),
          read(body) {
            const { consentId, _links } = consentCreated.parse(body);
            return { consentId, confirmationUrl: pageUrl(_links.scaRedirect.href, url) };
          },
        });
        const grant = { institutionId: institution.id, consentId };
        return { kind: 'asked', grant, confirmation: { kind: 'redirect', url: confirmationUrl } };
      } catch (error) {
        throw toBankError(error);
      }
    },

    answerConfirmation: (grant, _answer, user) => readConsent(grant, user),

    open: async (grant, user) => sessionOf(grant, user),

    async revokeAccess(grant) {
      const url = bankUrl(grant['institutionId'], consentPath(consentIdOf(grant)));
      try {
        await client.send({ call: 'delete-consent', method: 'DELETE', url, read: () => undefined });
      } catch (error) {
        const failure = toBankError(error);
        if (!goneAlready.has(failure.code)) throw failure;
      }
    },

    readNotice: createReadNotice(options.banks, clock),
  };
}

interface Page extends EntryPage {
  readonly next: URL | undefined;
}

function readPage(url: URL): (body: unknown) => Page {
  return (body) => {
    const { transactions } = transactionsRead.parse(body);
    const href = transactions._links?.next?.href;
    return { entries: toEntries(transactions), next: href ? nextUrl(href, url) : undefined };
  };
}

/** Empty lists let the user choose the accounts at the bank; the owner's name is asked for with them. */
function consentRequest(validUntil: CalendarDate) {
  return {
    access: {
      accounts: [],
      balances: [],
      transactions: [],
      additionalInformation: { ownerName: [] },
    },
    recurringIndicator: true,
    validUntil,
    frequencyPerDay,
    combinedServiceIndicator: false,
  };
}

function consentIdOf(grant: Grant): string {
  const { consentId } = grant;
  if (!consentId) throw new BankError('consent-expired', 'the grant holds no consent');
  return consentId;
}

/** 9999-12-31 is the standard's way to say that a consent does not end. */
function endOf(validUntil: CalendarDate | undefined): { validUntil?: CalendarDate } {
  return validUntil && !validUntil.startsWith('9999') ? { validUntil } : {};
}

function isOfAccount(call: BankCall): boolean {
  return call === 'balances' || call === 'entries';
}

const goneAlready: ReadonlySet<string> = new Set(['consent-expired', 'consent-revoked']);

const errorByConsentStatus: Readonly<Record<ConsentStatus, BankErrorCode | undefined>> = {
  valid: undefined,
  received: 'needs-confirmation',
  partiallyAuthorised: 'needs-confirmation',
  rejected: 'confirmation-declined',
  expired: 'consent-expired',
  revokedByPsu: 'consent-revoked',
  terminatedByTpp: 'consent-revoked',
};

/** Message codes of NextGenPSD2 1.3, chapter 14.11, as far as one of them says more than the status. */
const errorByCode: Readonly<Record<string, BankErrorCode>> = {
  ACCESS_EXCEEDED: 'rate-limited',
  PERIOD_INVALID: 'period-not-available',
  CONSENT_EXPIRED: 'consent-expired',
  CONSENT_INVALID: 'consent-expired',
  CONSENT_UNKNOWN: 'consent-expired',
  TOKEN_EXPIRED: 'consent-expired',
  TOKEN_INVALID: 'consent-expired',
  TOKEN_UNKNOWN: 'consent-expired',
  PSU_CREDENTIALS_INVALID: 'login-rejected',
  // By the standard: the bank blocks this user, whatever the channel.
  SERVICE_BLOCKED: 'account-locked',
  CERTIFICATE_INVALID: 'provider-not-configured',
  CERTIFICATE_EXPIRED: 'provider-not-configured',
  CERTIFICATE_BLOCKED: 'provider-not-configured',
  CERTIFICATE_REVOKED: 'provider-not-configured',
  CERTIFICATE_REVOKE: 'provider-not-configured',
  CERTIFICATE_MISSING: 'provider-not-configured',
  SIGNATURE_INVALID: 'provider-not-configured',
  SIGNATURE_MISSING: 'provider-not-configured',
  ROLE_INVALID: 'provider-not-configured',
  REQUIRED_KID_MISSING: 'provider-not-configured',
};

const resourceCodes: ReadonlySet<string> = new Set([
  'RESOURCE_UNKNOWN',
  'RESOURCE_EXPIRED',
  'RESOURCE_BLOCKED',
]);

/** The one way from what a bank refuses to a BankError; what is no refusal passes as it is. */
function toBankError(error: unknown): BankError {
  if (error instanceof BankError) return error;
  if (!(error instanceof BankRefusal)) throw error;
  const { retryAfterSeconds } = error;
  return new BankError(codeOfRefusal(error), error.message, {
    ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
  });
}

function codeOfRefusal({ call, status, code = '' }: BankRefusal): BankErrorCode {
  if (status === 429) return 'rate-limited';
  if (status === 408 || status === 504) return 'timeout';
  if (status >= 500) return 'bank-unavailable';
  if (status < 400) return 'reply-unreadable';
  if (resourceCodes.has(code)) {
    if (isOfAccount(call)) return 'account-gone';
    return call === 'accounts' ? 'bank-unavailable' : 'consent-expired';
  }
  return errorByCode[code] ?? 'bank-unavailable';
}
