import type { Browser } from 'playwright-core';
import type { Institution } from '../../../shared/bank.ts';
import type { CalendarDate } from '../../../shared/calendar-date.ts';
import {
  type AccessStep,
  type BankConnector,
  BankError,
  type Grant,
} from '../../ports/bank-connector.ts';
import type { Clock } from '../../ports/clock.ts';
import type { BankLogin, PageKind } from './bank-login.ts';
import { createBankSession } from './bank-session.ts';
import { BrowserFailure, PageRefusal } from './browser-failure.ts';
import { createClient, type Visit } from './client.ts';
import { giveAnswer, isAsking, readAskedStep, waitsUntilOf } from './confirm.ts';
import { type LoginGrant, readGrant, writeGrant } from './grant.ts';
import { logIn } from './log-in.ts';
import { knownFoot } from './schema.ts';
import { toBankError } from './to-bank-error.ts';

/** A bank whose website is read with its user's own login, and where that is. */
export interface DirectAccessBank {
  /** Its id begins with `direct-access:`; what its login asks for is taken from `login`. */
  readonly institution: Omit<Institution, 'credentials'>;
  readonly baseUrl: string;
  readonly login: BankLogin;
}

export interface DirectAccessOptions {
  readonly banks: readonly DirectAccessBank[];
  readonly clock: Clock;
  /** A Chromium; called at the first login. */
  readonly launch: () => Promise<Browser>;
  /** For how long a browser without a visit is kept for the next one. */
  readonly warmMs?: number;
  /** Of one page. */
  readonly stepMs?: number;
  /** Of a whole sync. */
  readonly visitMs?: number;
  /** Pages of a whole sync. */
  readonly stepMax?: number;
}

/** While the user waits, and with the user a web server that gives up after a minute (Firebase Hosting). */
const answerMs = 50_000;

/** A connector that holds a browser while it is used. */
export interface DirectAccess extends BankConnector {
  /** Ends the browser, and every visit with it. */
  close(): Promise<void>;
}

/** Banks that are read through their own websites, in Chromium, with their users' own logins. */
export function createDirectAccess(options: DirectAccessOptions): DirectAccess {
  const { clock, launch, warmMs = 0, stepMs = 30_000 } = options;
  const { visitMs = 8 * 60_000, stepMax = 2_000 } = options;
  const client = createClient({ launch, clock, warmMs, stepMs, stepMax });
  const banks = new Map(options.banks.map((bank) => [bank.institution.id, bank]));

  const institutions = options.banks.map(({ institution, login }) => ({
    ...institution,
    credentials: login.credentials,
  }));

  function bankOf(institutionId: string) {
    const bank = banks.get(institutionId);
    if (!bank) throw new BankError('provider-not-configured', 'no such bank is set up');
    const baseUrl = new URL(bank.baseUrl);
    return { login: bank.login, baseUrl };
  }

  const visitOf = ({ institutionId, cookies }: LoginGrant, limitMs: number) => {
    const { baseUrl, login } = bankOf(institutionId);
    return client.visit(baseUrl, login, cookies, limitMs);
  };

  /** One visit that is let go of, and logged out when it got in. */
  async function inVisit(
    grant: LoginGrant,
    during: string,
    use: (visit: Visit) => Promise<AccessStep>,
  ): Promise<AccessStep> {
    let visit: Visit | undefined;
    let step: AccessStep | undefined;
    try {
      visit = await visitOf(grant, Math.min(visitMs, answerMs));
      step = await use(visit);
      return step;
    } catch (error) {
      throw toBankError(error, during);
    } finally {
      await visit?.close(step?.kind === 'granted' ? 'log-out' : undefined);
    }
  }

  /** What became of a login or of an answer, by the page that came then. */
  async function stepOf(visit: Visit, kind: PageKind, grant: LoginGrant): Promise<AccessStep> {
    const { institutionId, credentials } = grant;
    const { login } = bankOf(institutionId);
    if (isAsking(kind)) {
      const waitsUntil = grant.waitsUntil ?? waitsUntilOf(login, clock.now());
      return { kind: 'asked', ...(await readAskedStep(visit, kind, login, grant, waitsUntil)) };
    }
    if (kind === 'login') throw new BankError('confirmation-expired', 'the bank asks to log in');
    const known = new Set(login.deviceCookies);
    const cookies = (await visit.cookies()).filter(({ name }) => known.has(name));
    const validUntil = await readKnownUntil(visit, login);
    return {
      kind: 'granted',
      grant: writeGrant({ institutionId, credentials, cookies }),
      ...(validUntil && { validUntil }),
    };
  }

  return {
    id: 'direct-access',

    async institutions() {
      return institutions;
    },

    startAccess({ institution, credentials }) {
      const grant = { institutionId: institution.id, credentials, cookies: [] };
      return inVisit(grant, 'login', async (visit) =>
        stepOf(visit, await logIn(visit, { ...bankOf(institution.id), credentials }), grant),
      );
    },

    async answerConfirmation(kept, answer) {
      const grant = readGrant(kept);
      const { page, waitsUntil = '' } = grant;
      if (!page) throw new BankError('confirmation-expired', 'nothing waits for an answer');
      const { login } = bankOf(grant.institutionId);
      if (clock.now() >= waitsUntil) throw new BankError('confirmation-expired', 'too late');
      return inVisit(grant, 'confirmation', async (visit) => {
        try {
          const asked = await visit.go(new URL(page));
          const after = isAsking(asked) && (await giveAnswer(visit, asked, answer, login));
          return await stepOf(visit, after || asked, grant);
        } catch (error) {
          if (!isBehind(error) || visit.address().href === page) throw error;
          return stepOf(visit, 'inside', grant);
        }
      });
    },

    async open(kept: Grant) {
      const grant = readGrant(kept);
      const { login, baseUrl } = bankOf(grant.institutionId);
      return createBankSession({
        grant,
        login,
        baseUrl,
        clock,
        visit: () => visitOf(grant, visitMs),
      });
    },

    /** The bank gave nothing that could be given back: without the login and the cookie nobody gets in. */
    async revokeAccess() {},

    close: client.close,
  };
}

/** Where the bank tells it on the page that came. */
async function readKnownUntil(
  visit: Visit,
  { knownUntil }: BankLogin,
): Promise<CalendarDate | undefined> {
  if (!knownUntil) return undefined;
  const [foot] = await visit.read({ rows: 'html', fields: { until: knownUntil } }, knownFoot);
  return foot.until ?? undefined;
}

/** A page that the confirmation led to, and that is refused or unreadable for a reason of its own. */
function isBehind(error: unknown): boolean {
  if (error instanceof BrowserFailure) return error.what === 'unreadable';
  return error instanceof PageRefusal && (!error.mark || marksBehind.has(error.mark));
}

const marksBehind: ReadonlySet<string> = new Set(['period-not-available', 'account-gone']);
