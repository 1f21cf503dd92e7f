import type { ObservedAccount } from '../../../shared/bank.ts';
import { addDays, type CalendarDate, dayOf, daysBetween } from '../../../shared/calendar-date.ts';
import type { ConfirmationAnswer } from '../../../shared/confirmation.ts';
import {
  type AccessStep,
  type BankConnector,
  BankError,
  type BankSession,
  type EntryPage,
  type Grant,
  type KeepGrant,
} from '../../ports/bank-connector.ts';
import type { Clock } from '../../ports/clock.ts';
import { type CallMade, ProviderRefusal } from '../http-client.ts';
import { toBalance } from '../psd2-transactions.ts';
import { accountPath, createClient, type GoCardlessClient } from './client.ts';
import { safeHistoryDays } from './quirks/history-once.ts';
import {
  agreementRead,
  balancesRead,
  detailsRead,
  institutionRead,
  institutionsRead,
  metadataRead,
  type ProviderInstitution,
  requisitionCreated,
  requisitionRead,
  transactionsRead,
} from './schema.ts';
import { errorOfRequisition, errorOfReturn, toBankError } from './to-bank-error.ts';
import { toAccount, toEntries } from './to-entries.ts';
import { consentDaysOf, historyDaysOf, toInstitutions } from './to-institutions.ts';

export interface GoCardlessOptions {
  readonly fetch: typeof fetch;
  readonly clock: Clock;
  readonly secretId: string;
  readonly secretKey: string;
  /** In the place of GoCardless's own address. */
  readonly baseUrl?: string;
  readonly timeoutMs?: number;
  /** For the log: every call that was made, without anything secret. */
  readonly onCall?: (call: CallMade) => void;
}

const scope = ['balances', 'details', 'transactions'];

/** Banks of Europe by GoCardless Bank Account Data, for holders of its keys. */
export function createGoCardless(options: GoCardlessOptions): BankConnector {
  const { clock, baseUrl = 'https://bankaccountdata.gocardless.com', onCall } = options;
  const { timeoutMs = 90_000 } = options;
  const client = createClient({
    ...options,
    timeoutMs,
    onCall,
    baseUrl: baseUrl.replace(/\/$/, ''),
  });

  /** The list does not tell all that a bank supports. */
  async function readBank(institutionId: string, country: string): Promise<ProviderInstitution> {
    const list = await client.send({
      call: 'banks',
      path: `/institutions/?country=${encodeURIComponent(country)}`,
      read: (body) => institutionsRead.parse(body),
    });
    // The list of one country may name that one alone.
    const suffix = new RegExp(`-${country.toLowerCase()}$`);
    const ids = [institutionId, institutionId.replace(suffix, '')];
    const listed = toInstitutions(list).find(({ institution }) => ids.includes(institution.id));
    if (!listed) throw new BankError('bank-unavailable', 'the bank is listed no more');
    return client.send({
      call: 'bank',
      path: `/institutions/${listed.bank.id}/`,
      read: (body) => institutionRead.parse(body),
    });
  }

  /**
   * For as long as the bank is said to grant; where it does not after all, for what every bank
   * does.
   */
  async function createAgreement(bank: ProviderInstitution, wantedDays: number): Promise<string> {
    const history = historyDaysOf(bank);
    const access = Math.max(1, Math.min(consentDaysOf(bank), wantedDays));
    const ask = (historyDays: number, accessDays: number) =>
      client.trySend({
        call: 'create-agreement',
        path: '/agreements/enduser/',
        method: 'POST',
        body: {
          institution_id: bank.id,
          max_historical_days: historyDays,
          access_valid_for_days: accessDays,
          access_scope: scope,
        },
        read: (body) => agreementRead.parse(body).id,
      });
    try {
      return await ask(history, access).catch((error: unknown) => {
        const isRefused = error instanceof ProviderRefusal && error.status === 400;
        if (!isRefused || Math.max(history, access) <= safeHistoryDays) throw error;
        return ask(Math.min(history, safeHistoryDays), Math.min(access, safeHistoryDays));
      });
    } catch (error) {
      throw toBankError(error);
    }
  }

  async function readGranted(grant: Grant): Promise<AccessStep> {
    const { institutionId = '', requisitionId = '', agreementId = '' } = grant;
    const agreement = await client.send({
      call: 'agreement',
      path: `/agreements/enduser/${agreementId}/`,
      read: (body) => agreementRead.parse(body),
    });
    const accepted = new Date(agreement.accepted ?? clock.now()).toISOString();
    const historyFrom = addDays(dayOf(accepted), -agreement.max_historical_days);
    return {
      kind: 'granted',
      grant: { institutionId, requisitionId, historyFrom },
      validUntil: addDays(dayOf(accepted), agreement.access_valid_for_days),
    };
  }

  return {
    id: 'gocardless',
    listsOnline: true,

    async institutions() {
      const banks = await client.send({
        call: 'banks',
        path: '/institutions/',
        read: (body) => institutionsRead.parse(body),
      });
      return toInstitutions(banks).map(({ institution }) => institution);
    },

    async startAccess({ institution, redirectUrl, validUntil }) {
      const bank = await readBank(institution.id, institution.country);
      const wantedDays = daysBetween(dayOf(clock.now()), validUntil);
      const agreementId = await createAgreement(bank, wantedDays);
      const { id: requisitionId, link } = await client.send({
        call: 'create-requisition',
        path: '/requisitions/',
        method: 'POST',
        body: {
          redirect: redirectUrl,
          institution_id: bank.id,
          agreement: agreementId,
          ...(bank.supported_features?.includes('account_selection') && {
            account_selection: true,
          }),
        },
        read: (body) => requisitionCreated.parse(body),
      });
      return {
        kind: 'asked',
        grant: { institutionId: institution.id, requisitionId, agreementId },
        confirmation: { kind: 'redirect', url: pageUrl(link, baseUrl) },
      };
    },

    /** GoCardless's word first: what the browser brings says only why there is no access. */
    async answerConfirmation(grant, answer) {
      const { status } = await readRequisition(client, grant);
      const failure = errorOfRequisition(status);
      if (!failure) return readGranted(grant);
      const word = errorWordOf(answer);
      throw failure.code === 'needs-confirmation' && word ? errorOfReturn(word) : failure;
    },

    open: async (grant, _user, keep) => openSession(client, grant, keep),

    async revokeAccess(grant) {
      try {
        await client.send({
          call: 'delete-requisition',
          path: requisitionPath(grant),
          method: 'DELETE',
          read: () => undefined,
        });
      } catch (error) {
        if (!(error instanceof BankError) || !goneAlready.has(error.code)) throw error;
      }
    },
  };
}

function openSession(
  client: GoCardlessClient,
  opened: Grant,
  keep: KeepGrant | undefined,
): BankSession {
  let grant = opened;

  /** Undefined for one that the bank has closed: the requisition goes on to name it. */
  async function readAccount(id: string): Promise<ObservedAccount | undefined> {
    try {
      const metadata = await client.send({
        call: 'metadata',
        path: accountPath(id),
        read: (body) => metadataRead.parse(body),
      });
      const details = await client.send({
        call: 'details',
        path: accountPath(id, 'details'),
        read: (body) => detailsRead.parse(body).account,
      });
      return toAccount(id, metadata, details);
    } catch (error) {
      if (error instanceof BankError && error.code === 'account-gone') return undefined;
      throw error;
    }
  }

  /**
   * The bank counts calls for details like others, so what an account is like is asked once, also
   * of one that is closed.
   */
  async function learnAccounts(ids: readonly string[]): Promise<void> {
    const accounts = [...knownAccounts(grant)];
    const closed = closedAccounts(grant);
    const isKnown = (id: string) =>
      closed.includes(id) || accounts.some(({ externalId }) => externalId === id);
    const strange = ids.filter((id) => !isKnown(id));
    for (const id of strange) {
      const account = await readAccount(id);
      if (account) accounts.push(account);
      else closed.push(id);
    }
    if (strange.length === 0) return;
    grant = {
      ...grant,
      accounts: JSON.stringify(accounts),
      ...(closed.length > 0 && { closed: closed.join(',') }),
    };
    await keep?.(grant);
  }

  return {
    async accounts() {
      const { status, accounts: ids } = await readRequisition(client, grant);
      const failure = errorOfRequisition(status);
      if (failure) throw failure;
      await learnAccounts(ids);
      return knownAccounts(grant).filter(({ externalId }) => ids.includes(externalId));
    },

    async balance(externalId) {
      const path = accountPath(externalId, 'balances');
      const read = (body: unknown) => toBalance(balancesRead.parse(body).balances);
      return client.send({ call: 'balances', path, read });
    },

    /**
     * All at once: there are no pages. Of days before the agreement's it would show nothing, and
     * say nothing.
     */
    async *entries(externalId, { from, to }): AsyncGenerator<EntryPage> {
      const { historyFrom } = grant;
      if (historyFrom && from < historyFrom) {
        const more = { earliest: historyFrom as CalendarDate };
        throw new BankError('period-not-available', 'entries', more);
      }
      const query = new URLSearchParams({ date_from: from, ...(to && { date_to: to }) });
      const entries = await client.send({
        call: 'entries',
        path: `${accountPath(externalId, 'transactions')}?${query}`,
        read: (body) => toEntries(transactionsRead.parse(body).transactions),
      });
      yield { entries };
    },

    async close() {},
  };
}

async function readRequisition(client: GoCardlessClient, grant: Grant) {
  const path = requisitionPath(grant);
  const read = (body: unknown) => requisitionRead.parse(body);
  return client.send({ call: 'requisition', path, read });
}

function requisitionPath({ requisitionId }: Grant): string {
  if (!requisitionId) throw new BankError('consent-expired', 'the grant holds no requisition');
  return `/requisitions/${encodeURIComponent(requisitionId)}/`;
}

function knownAccounts({ accounts }: Grant): readonly ObservedAccount[] {
  return JSON.parse(accounts ?? '[]') as readonly ObservedAccount[];
}

function closedAccounts({ closed }: Grant): string[] {
  return closed ? closed.split(',') : [];
}

function errorWordOf(answer: ConfirmationAnswer): string | undefined {
  return answer.kind === 'returned' ? answer.query?.['error'] : undefined;
}

/** The user's browser goes there: a web page, and no less safe than the interface. */
function pageUrl(href: string, baseUrl: string): string {
  const { protocol } = new URL(href);
  if (protocol === 'https:' || protocol === new URL(baseUrl).protocol) return href;
  throw new BankError('reply-unreadable', 'create-requisition: no page for the user');
}

const goneAlready: ReadonlySet<string> = new Set(['consent-expired', 'consent-revoked']);
