import { type Context, Hono } from 'hono';
import type { ObservedEntry } from '../../../shared/bank.ts';
import { addDays, addMs, dayOf } from '../../../shared/calendar-date.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Accounts } from './accounts.ts';
import { authorisePath, openBankingPath } from './addresses.ts';
import type { BankAccountBook } from './bank-customer.ts';
import type { Confirmations } from './confirmations.ts';
import { authorisationLinkOf, mountConsentAuthorisations } from './consent-authorisations.ts';
import type { ConsentDoc, ConsentStatus, Consents } from './consents.ts';
import type { DataCall, Failures } from './control.ts';
import { type Fetches, isBooked } from './fetches.ts';
import type { Notices } from './notices.ts';
import type { OAuthServer } from './oauth-server.ts';
import { askedConsentOf, entriesQueryOf, isUuid } from './open-banking-requests.ts';
import { requireSignature } from './request-signature.ts';
import type { Sessions } from './sessions.ts';
import {
  toAccountDetails,
  toAccountReference,
  toConsentInformation,
} from './to-account-details.ts';
import { toBalances, toTransaction } from './to-transactions.ts';
import { TppError, toTppResponse } from './tpp-message.ts';
import type { BankTraits } from './traits.ts';

export interface OpenBankingParts {
  readonly accounts: Accounts;
  readonly consents: Consents;
  readonly fetches: Fetches;
  readonly failures: Failures;
  readonly notices: Notices;
  readonly confirmations: Confirmations;
  readonly sessions: Sessions;
  readonly oauth: OAuthServer;
  readonly traits: BankTraits;
  readonly clock: Clock;
  readonly onDefect: (error: Error) => void;
}

/** For how long after the user confirmed a fetch may reach further back. */
const afterConfirmationMs = 10 * 60_000;

/** A consent that holds, and under it perhaps one account. */
interface Access {
  readonly consentId: string;
  readonly consent: ConsentDoc;
}

/** The bank's side of NextGenPSD2 1.3: consents, accounts, balances and transactions. */
export function createOpenBanking(parts: OpenBankingParts): Hono {
  const { accounts, consents, fetches, traits, clock } = parts;
  const app = new Hono().basePath(openBankingPath);

  app.onError((error) => {
    if (error instanceof TppError) return toTppResponse(error);
    parts.onDefect(error);
    return new Response(null, { status: 500 });
  });

  app.use(async (c, next) => {
    const requestId = c.req.header('X-Request-ID') ?? '';
    if (!isUuid(requestId)) throw new TppError(400, 'FORMAT_ERROR', 'X-Request-ID is no UUID.');
    if (traits.isSignatureNeeded) await requireSignature(c.req.raw, clock);
    await next();
    c.res.headers.set('X-Request-ID', requestId);
  });

  app.post('/v1/consents', async (c) => {
    const asked = await askedConsentOf(c, dayOf(clock.now()), traits);
    const notificationUrl = servedNoticesOf(c);
    const { id, consent } = await consents.create({
      ...asked,
      ...(notificationUrl && { notificationUrl }),
    });
    const self = `${openBankingPath}/v1/consents/${id}`;
    const { links, approach } = wayToConfirm(consent, self, new URL(c.req.url).origin);
    const _links = { ...links, self: { href: self }, status: { href: `${self}/status` } };
    c.header('Location', self);
    c.header('ASPSP-SCA-Approach', approach);
    return c.json({ consentStatus: 'received', consentId: id, _links }, 201);
  });

  mountConsentAuthorisations(app, parts);

  app.get('/v1/consents/:id', async (c) => {
    const { consent } = await readConsent(c.req.param('id'));
    const granted = Object.values(shownIn(consent)).flatMap((key) => accounts.byKey(key) ?? []);
    const status = statusOf(c.req.param('id'), consent);
    return c.json(toConsentInformation(consent, status, granted, traits, dayOf(clock.now())));
  });

  app.get('/v1/consents/:id/status', async (c) => {
    const { consent } = await readConsent(c.req.param('id'));
    return c.json({ consentStatus: statusOf(c.req.param('id'), consent) });
  });

  app.delete('/v1/consents/:id', async (c) => {
    const { consentId, consent } = await readConsent(c.req.param('id'));
    requireValid(consents.statusOf(consent));
    await consents.end(consentId, 'terminatedByTpp');
    return c.body(null, 204);
  });

  app.get('/v1/accounts', async (c) => {
    const access = await readAccess(c);
    const arranged = await admit(c, access, 'accounts');
    if (arranged) return arranged;
    const today = dayOf(clock.now());
    const list = await Promise.all(
      Object.entries(shownIn(access.consent)).map(async ([id, key]) => {
        const account = accounts.byKey(key);
        if (!account) return [];
        const details = toAccountDetails(id, account, access.consent.withOwnerName);
        if (c.req.query('withBalance') !== 'true') return [details];
        const { balance = {} } = await accounts.statement(account);
        return [{ ...details, balances: toBalances(balance, today) }];
      }),
    );
    return c.json({ accounts: list.flat() });
  });

  app.get('/v1/accounts/:id', async (c) => {
    const access = await readAccess(c);
    const account = accountOf(access, c.req.param('id'));
    const arranged = await admit(c, access, 'accounts', account);
    if (arranged) return arranged;
    const { withOwnerName } = access.consent;
    return c.json({ account: toAccountDetails(c.req.param('id'), account, withOwnerName) });
  });

  app.get('/v1/accounts/:id/balances', async (c) => {
    const access = await readAccess(c);
    const account = accountOf(access, c.req.param('id'));
    const arranged = await admit(c, access, 'balances', account);
    if (arranged) return arranged;
    const { balance = {} } = await accounts.statement(account);
    return c.json({
      account: toAccountReference(account),
      balances: toBalances(balance, dayOf(clock.now())),
    });
  });

  app.get('/v1/accounts/:id/transactions', async (c) => {
    const access = await readAccess(c);
    const account = accountOf(access, c.req.param('id'));
    const { pageIndex, ...query } = entriesQueryOf(c);
    const { consentId: accessId } = access;
    const showsBalanceAfter = traits.balanceAfter;
    const request = { ...query, accessId, account, showsBalanceAfter };
    const isSameFetch = pageIndex > 0 && fetches.isUnderWay(request);
    const page = isSameFetch ? pageIndex + 1 : 1;
    const arranged = await admit(c, access, 'entries', account, { page, from: query.from });
    if (arranged) return arranged;
    requireHistory(access.consent, query.from);
    const { entries, hasNext } = await fetches.page(request, pageIndex);
    const toTransactions = (those: readonly ObservedEntry[]) =>
      those.map((entry) => toTransaction(entry, dayOf(clock.now())));
    const booked = toTransactions(entries.filter(isBooked));
    const pending = toTransactions(entries.filter((entry) => !isBooked(entry)));
    const next = new URL(c.req.url);
    next.searchParams.set('pageIndex', String(pageIndex + 1));
    return c.json({
      account: toAccountReference(account),
      transactions: {
        ...(query.bookingStatus !== 'pending' && { booked }),
        ...(query.bookingStatus !== 'booked' && { pending }),
        _links: {
          account: { href: `${openBankingPath}/v1/accounts/${c.req.param('id')}` },
          ...(hasNext && { next: { href: next.href } }),
        },
      },
    });
  });

  app.all('*', () => {
    throw new TppError(404, 'RESOURCE_UNKNOWN', 'No such resource.');
  });

  /** Where the asker wants notices, if this bank sends them there; the answer's header says whether it does. */
  function servedNoticesOf(c: Context): string | undefined {
    const url = c.req.header('TPP-Notification-URI');
    if (url === undefined) return undefined;
    const isServed = parts.notices.isServed(url);
    c.header('ASPSP-Notification-Support', String(isServed));
    return isServed ? url : undefined;
  }

  function wayToConfirm({ authorisationId }: ConsentDoc, self: string, origin: string) {
    switch (traits.scaApproach) {
      case 'oauth': {
        const scaOAuth = { href: `${origin}${parts.oauth.metadataPath}` };
        return { links: { scaOAuth }, approach: 'REDIRECT' };
      }
      case undefined: {
        const scaRedirect = { href: `${origin}${authorisePath(authorisationId)}` };
        return { links: { scaRedirect }, approach: 'REDIRECT' };
      }
      default:
        return authorisationLinkOf(traits, self);
    }
  }

  async function readConsent(id: string): Promise<Access> {
    const consent = await consents.read(id);
    if (!consent) throw new TppError(403, 'CONSENT_UNKNOWN', 'No such consent.');
    return { consentId: id, consent };
  }

  async function readAccess(c: Context): Promise<Access> {
    const id = c.req.header('Consent-ID');
    if (!id || !/^[a-z0-9]{1,100}$/.test(id)) {
      throw new TppError(400, 'FORMAT_ERROR', 'Consent-ID is missing or malformed.');
    }
    const access = await readConsent(id);
    if (traits.scaApproach === 'oauth') parts.oauth.requireToken(c.req.header('Authorization'), id);
    requireValid(consents.statusOf(access.consent));
    return access;
  }

  function statusOf(id: string, consent: ConsentDoc): ConsentStatus {
    return parts.failures.statusTold(id) ?? consents.statusOf(consent);
  }

  function shownIn(consent: ConsentDoc): Readonly<Record<string, string>> {
    const own = accounts.inOpenBanking(consent.customer ?? '');
    return consents.accountsOf(
      consent,
      own.map(({ key }) => key),
    );
  }

  function accountOf({ consent }: Access, id: string): BankAccountBook {
    const account = accounts.byKey(shownIn(consent)[id] ?? '');
    if (!account) throw new TppError(404, 'RESOURCE_UNKNOWN', 'No such account in this consent.');
    return account;
  }

  /** Counts the call, and answers it where a failure is arranged; undefined: go on. */
  async function admit(
    c: Context,
    { consentId }: Access,
    call: DataCall,
    account?: BankAccountBook,
    { page = 1, from }: { page?: number; from?: string } = {},
  ): Promise<Response | undefined> {
    const arrived = {
      call,
      page,
      consentId,
      ...(account && { account: account.key }),
      ...(from !== undefined && { from }),
    };
    parts.failures.count(arrived);
    if (page === 1 && c.req.header('PSU-IP-Address') === undefined) {
      const wait = await consents.countUnattended(consentId, `${account?.key ?? ''}.${call}`);
      if (wait !== undefined) {
        const text = `${traits.unattendedPerDay} calls a day without the user, no more.`;
        throw new TppError(429, 'ACCESS_EXCEEDED', text, wait);
      }
    }
    return parts.failures.answer(arrived, c.req.raw.signal);
  }

  function isJustConfirmed({ confirmedAt }: ConsentDoc): boolean {
    return confirmedAt !== undefined && clock.now() < addMs(confirmedAt, afterConfirmationMs);
  }

  function requireHistory(consent: ConsentDoc, from: string): void {
    const days = isJustConfirmed(consent)
      ? Math.max(traits.historyDays, traits.historyDaysAfterConfirmation)
      : traits.historyDays;
    if (from >= addDays(dayOf(clock.now()), -days)) return;
    throw new TppError(400, 'PERIOD_INVALID', `Entries go back ${days} days.`);
  }

  return app;
}

function requireValid(status: ConsentStatus): void {
  if (status === 'valid') return;
  const code = status === 'expired' ? 'CONSENT_EXPIRED' : 'CONSENT_INVALID';
  throw new TppError(401, code, `The consent is ${status}.`);
}
