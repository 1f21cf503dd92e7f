import { createHash, randomUUID } from 'node:crypto';
import type { BankAccountBook } from '../../../cloud/local/bank/bank-customer.ts';
import type { ConsentDoc } from '../../../cloud/local/bank/consents.ts';
import type { SandboxParts } from '../../../cloud/local/bank/sandbox-bank.ts';
import { addMs, type Instant } from '../../../shared/calendar-date.ts';
import { Refused } from './refusal.ts';

interface Authorisation {
  readonly consentId: string;
  readonly state: string;
  readonly redirectUrl: string;
  readonly validUntil: Instant;
}

/** What a session shows and until when. */
export interface ProviderSession extends Authorisation {
  readonly id: string;
}

const codeMs = 10 * 60_000;

/**
 * Authorisations, codes and sessions over the consents of the Sandbox Bank; they live as long as
 * the server.
 */
export function createSessions({ accounts, consents, clock }: SandboxParts) {
  const authorisations = new Map<string, Authorisation>();
  const codes = new Map<string, { authorisation: Authorisation; at: Instant; isUsed: boolean }>();
  const sessions = new Map<string, ProviderSession>();
  const uids = new Map<string, { readonly session: ProviderSession; readonly key: string }>();

  async function consentOf({ consentId }: Authorisation): Promise<ConsentDoc> {
    const consent = await consents.read(consentId);
    if (!consent) throw new Error('the bank has lost a consent');
    return consent;
  }

  /** An account has another uid in each session. */
  function uidOf(session: ProviderSession, key: string): string {
    const hex = createHash('sha256').update(`${session.id}|${key}`).digest('hex');
    const uid = hex.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, '$1-$2-4$3-8$4-$5');
    uids.set(uid, { session, key });
    return uid;
  }

  return {
    consentOf,

    authorise(authorisation: Authorisation): string {
      const id = randomUUID();
      authorisations.set(id, authorisation);
      return id;
    },

    authorisation: (id: string) => authorisations.get(id),

    issueCode(authorisation: Authorisation): string {
      const code = randomUUID();
      codes.set(code, { authorisation, at: clock.now(), isUsed: false });
      return code;
    },

    create(code: string): ProviderSession {
      const issued = codes.get(code);
      if (!issued) throw new Refused(422, 'WRONG_AUTHORIZATION_CODE');
      if (issued.isUsed) throw new Refused(422, 'ALREADY_AUTHORIZED');
      if (clock.now() > addMs(issued.at, codeMs)) {
        throw new Refused(422, 'EXPIRED_AUTHORIZATION_CODE');
      }
      issued.isUsed = true;
      const session = { id: randomUUID(), ...issued.authorisation };
      sessions.set(session.id, session);
      return session;
    },

    byId(id: string): ProviderSession {
      const session = sessions.get(id);
      if (!session) throw new Refused(404, 'SESSION_DOES_NOT_EXIST');
      return session;
    },

    /** The accounts of a session that are open, with their uids in it. */
    async accountsOf(session: ProviderSession) {
      const consent = await consentOf(session);
      const own = accounts.inOpenBanking(consent.customer ?? '').map(({ key }) => key);
      const keys = Object.values(consents.accountsOf(consent, own));
      return keys.flatMap((key) => {
        const account = accounts.byKey(key);
        return account ? [{ uid: uidOf(session, key), account }] : [];
      });
    },

    /** The bank's key of the account that a session shows under a uid. */
    keyOf: (uid: string) => uids.get(uid)?.key,

    accountOf(uid: string): { session: ProviderSession; account: BankAccountBook } {
      const found = uids.get(uid);
      const account = accounts.byKey(found?.key ?? '');
      if (!found || !account) throw new Refused(404, 'ACCOUNT_DOES_NOT_EXIST');
      return { session: found.session, account };
    },
  };
}

export type Sessions = ReturnType<typeof createSessions>;
