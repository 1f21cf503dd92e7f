import type { KeyObject } from 'node:crypto';
import type { ObservedAccount } from '../../../shared/bank.ts';
import { addMs, type CalendarDate, dayOf } from '../../../shared/calendar-date.ts';
import type { ConfirmationAnswer } from '../../../shared/confirmation.ts';
import {
  type AccessStep,
  type BankConnector,
  BankError,
  type BankSession,
  type Grant,
  type KeepGrant,
  type UserPresence,
} from '../../ports/bank-connector.ts';
import type { Clock } from '../../ports/clock.ts';
import { type CallMade, ProviderRefusal } from '../http-client.ts';
import { createClient, type EnableBankingRequest, userHeaders } from './client.ts';
import { fetchEntries, type PendingWay } from './fetch-entries.ts';
import {
  type Aspsp,
  accountRead,
  aspspsRead,
  authorisationStarted,
  balancesRead,
  sessionAuthorised,
  sessionRead,
} from './schema.ts';
import { errorOfReturn, requireAuthorised, toBankError } from './to-bank-error.ts';
import { toAccount, toBalance } from './to-entries.ts';
import { toInstitutions } from './to-institutions.ts';

export interface EnableBankingOptions {
  readonly fetch: typeof fetch;
  readonly clock: Clock;
  /** Its id. */
  readonly application: string;
  /** The application's, RSA, private. */
  readonly key: KeyObject;
  /** In the place of Enable Banking's own address. */
  readonly baseUrl?: string;
  /**
   * Where the user comes back to, in the place of our own address: from there the query has to
   * reach that.
   */
  readonly redirectUrl?: string;
  readonly timeoutMs?: number;
  /** For the log: every call that was made, without anything secret. */
  readonly onCall?: (call: CallMade) => void;
}

/** Enable Banking's own limit to a bank's answer is a minute or so. */
const timeoutMsDefault = 90_000;

/** Banks of the EU and EEA by Enable Banking, whose page takes the user to the bank. */
export function createEnableBanking(options: EnableBankingOptions): BankConnector {
  const { clock, baseUrl = 'https://api.enablebanking.com', onCall } = options;
  const { timeoutMs = timeoutMsDefault } = options;
  const client = createClient({
    ...options,
    timeoutMs,
    onCall,
    baseUrl: baseUrl.replace(/\/$/, ''),
  });

  async function send<Read>(request: EnableBankingRequest<Read>): Promise<Read> {
    try {
      return await client.send(request);
    } catch (error) {
      throw toBankError(error);
    }
  }

  function banks(country?: string): Promise<readonly Aspsp[]> {
    const query = new URLSearchParams({ ...(country && { country }), service: 'AIS' });
    const read = (body: unknown) => aspspsRead.parse(body).aspsps;
    return send({ call: 'banks', path: `/aspsps?${query}`, read });
  }

  async function createSession(grant: Grant, code: string): Promise<AccessStep> {
    const { institutionId = '', psuHeaders } = grant;
    const session = await send({
      call: 'create-session',
      path: '/sessions',
      method: 'POST',
      body: { code },
      read: (body) => sessionAuthorised.parse(body),
    });
    const accounts = session.accounts.flatMap((account) => toAccount(account) ?? []);
    return {
      kind: 'granted',
      grant: {
        institutionId,
        sessionId: session.session_id,
        // Only this answer tells all of an account; later each costs a call of the few that a bank
        // allows.
        accounts: JSON.stringify(accounts),
        ...(psuHeaders && { psuHeaders }),
      },
      validUntil: dayOf(new Date(session.access.valid_until).toISOString()),
    };
  }

  return {
    id: 'enable-banking',
    listsOnline: true,

    async institutions() {
      return toInstitutions(await banks()).map(({ institution }) => institution);
    },

    async startAccess({ institution, redirectUrl, validUntil }) {
      const listed = toInstitutions(await banks(institution.country));
      const bank = listed.find((one) => one.institution.id === institution.id);
      if (!bank) throw new BankError('bank-unavailable', 'the bank is listed no more');
      const { aspsp, psuType } = bank;
      const { url, state } = splitState(redirectUrl);
      const { redirectUrl: registered = url } = options;
      const started = await send({
        call: 'authorise',
        path: '/auth',
        method: 'POST',
        body: {
          access: {
            valid_until: latestEnd(validUntil, clock.now(), aspsp.maximum_consent_validity),
            balances: true,
            transactions: true,
          },
          aspsp: { name: aspsp.name, country: aspsp.country },
          state,
          redirect_url: registered,
          psu_type: psuType,
        },
        read: (body) => authorisationStarted.parse(body),
      });
      const psuHeaders = aspsp.required_psu_headers?.join(',');
      return {
        kind: 'asked',
        grant: { institutionId: institution.id, ...(psuHeaders && { psuHeaders }) },
        confirmation: { kind: 'redirect', url: pageUrl(started.url, baseUrl) },
      };
    },

    answerConfirmation: async (grant, answer) => createSession(grant, codeOf(answer)),

    open: async (grant, user, keep) => openSession({ clock, send, client }, grant, user, keep),

    async revokeAccess({ sessionId }) {
      if (!sessionId) return;
      try {
        await send({
          call: 'delete-session',
          path: sessionPath(sessionId),
          method: 'DELETE',
          read: () => undefined,
        });
      } catch (error) {
        if (!(error instanceof BankError) || !goneAlready.has(error.code)) throw error;
      }
    },
  };
}

interface SessionParts {
  readonly clock: Clock;
  /** Throws BankError alone. */
  readonly send: <Read>(request: EnableBankingRequest<Read>) => Promise<Read>;
  /** Throws ProviderRefusal too. */
  readonly client: ReturnType<typeof createClient>;
}

function openSession(
  { clock, send, client }: SessionParts,
  opened: Grant,
  user: UserPresence | undefined,
  keep: KeepGrant | undefined,
): BankSession {
  let grant = opened;
  const { sessionId, institutionId = '', accounts, psuHeaders } = opened;
  if (!sessionId) throw new BankError('consent-expired', 'the grant holds no session');
  const known = JSON.parse(accounts ?? '[]') as readonly ObservedAccount[];
  let headers = userHeaders(user, psuHeaders ? psuHeaders.split(',') : []);

  /** Of an account, saying that the user is present unless a bank does not take our word for it. */
  async function sendOfAccount<Read>(request: EnableBankingRequest<Read>): Promise<Read> {
    try {
      return await client.send({ ...request, headers });
    } catch (error) {
      const isHeader = error instanceof ProviderRefusal && error.code === 'PSU_HEADER_INVALID';
      if (!isHeader || Object.keys(headers).length === 0) throw error;
    }
    headers = {};
    return client.send(request);
  }

  async function readOfAccount<Read>(request: EnableBankingRequest<Read>): Promise<Read> {
    try {
      return await sendOfAccount(request);
    } catch (error) {
      throw toBankError(error);
    }
  }

  function readDetails(uid: string): Promise<ObservedAccount | undefined> {
    const path = accountPath(uid, 'details');
    const read = (body: unknown) => toAccount({ ...accountRead.parse(body), uid });
    return readOfAccount({ call: 'details', path, read });
  }

  return {
    async accounts() {
      const { status, accounts: uids } = await send({
        call: 'session',
        path: sessionPath(sessionId),
        read: (body) => sessionRead.parse(body),
      });
      requireAuthorised(status);
      const shown: ObservedAccount[] = [];
      for (const uid of uids) {
        const account =
          known.find(({ externalId }) => externalId === uid) ?? (await readDetails(uid));
        if (account) shown.push(account);
      }
      return shown;
    },

    async balance(externalId) {
      const currency = known.find((account) => account.externalId === externalId)?.currency;
      const read = (body: unknown) => toBalance(balancesRead.parse(body).balances, currency);
      return readOfAccount({ call: 'balances', path: accountPath(externalId, 'balances'), read });
    },

    entries(externalId, window) {
      const parts = {
        clock,
        institutionId,
        send: sendOfAccount,
        pendingWay: grant['pendingWay'] as PendingWay | undefined,
        keepPendingWay: async (pendingWay: PendingWay) => {
          grant = { ...grant, pendingWay };
          await keep?.(grant);
        },
        isUserPresent: Object.keys(headers).length > 0,
      };
      return fetchEntries(parts, accountPath(externalId, 'transactions'), window);
    },

    async close() {},
  };
}

/** The browser says so, who may be anybody's: a code is worth what Enable Banking gives for it. */
function codeOf(answer: ConfirmationAnswer): string {
  const { code, error } = (answer.kind === 'returned' && answer.query) || {};
  if (code) return code;
  throw error ? errorOfReturn(error) : new BankError('needs-confirmation', 'no code came back');
}

/** The state goes by itself, and the address as it is registered: without a query. */
function splitState(redirectUrl: string): { readonly url: string; readonly state: string } {
  const url = new URL(redirectUrl);
  const state = url.searchParams.get('state') ?? '';
  return { url: `${url.origin}${url.pathname}`, state };
}

/** The end of that day, or as late as the bank grants. */
function latestEnd(day: CalendarDate, now: string, maxSeconds: number | undefined): string {
  const end = `${day}T23:59:59.000Z`;
  if (maxSeconds === undefined) return end;
  const latest = addMs(now, maxSeconds * 1_000);
  return latest < end ? latest : end;
}

/** The user's browser goes there: a web page, and no less safe than the interface. */
function pageUrl(href: string, baseUrl: string): string {
  const { protocol } = new URL(href);
  if (protocol === 'https:' || protocol === new URL(baseUrl).protocol) return href;
  throw new BankError('reply-unreadable', 'authorise: no page for the user');
}

function sessionPath(sessionId: string): string {
  return `/sessions/${encodeURIComponent(sessionId)}`;
}

function accountPath(uid: string, resource: 'details' | 'balances' | 'transactions'): string {
  const isUid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(uid);
  if (!isUid) throw new BankError('account-gone', `${resource}: no id of an account`);
  return `/accounts/${uid}/${resource}`;
}

const goneAlready: ReadonlySet<string> = new Set(['consent-expired', 'consent-revoked']);
