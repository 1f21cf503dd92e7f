import type { KeyObject } from 'node:crypto';
import { type Context, Hono } from 'hono';
import { jwtVerify } from 'jose';
import { z } from 'zod';
import type { ConsentStatus } from '../../../cloud/local/bank/consents.ts';
import type { DataCall } from '../../../cloud/local/bank/control.ts';
import type { SandboxParts } from '../../../cloud/local/bank/sandbox-bank.ts';
import { addMs, dayOf } from '../../../shared/calendar-date.ts';
import { listBanks, sandboxBank } from './banks.ts';
import { answerArranged, Refused, toResponse } from './refusal.ts';
import type { ProviderSession, Sessions } from './sessions.ts';
import { hashOf, toAccountResource, toBalances } from './to-provider.ts';
import { answerTransactions } from './transactions.ts';

export interface SideOptions {
  readonly parts: SandboxParts;
  readonly sessions: Sessions;
  readonly application: string;
  readonly publicKey: KeyObject;
  /** `required_psu_headers` of the Sandbox Bank. */
  readonly requiredHeaders?: readonly string[];
  /**
   * What is pending is shown only where it is asked for by itself (apart), or asking so is refused.
   */
  readonly pending?: 'apart' | 'refused';
  /** A bank that is to be silent keeps Enable Banking silent too. */
  readonly isSilent?: boolean;
}

const startRequest = z.strictObject({
  access: z.strictObject({
    valid_until: z.iso.datetime({ offset: true }),
    balances: z.boolean(),
    transactions: z.boolean(),
  }),
  aspsp: z.strictObject({ name: z.string(), country: z.string() }),
  state: z.string().min(1),
  redirect_url: z.url(),
  psu_type: z.enum(['personal', 'business']),
});

const statusOfConsent: Readonly<Record<ConsentStatus, string>> = {
  received: 'PENDING_AUTHORIZATION',
  partiallyAuthorised: 'PENDING_AUTHORIZATION',
  valid: 'AUTHORIZED',
  rejected: 'CANCELLED',
  expired: 'EXPIRED',
  revokedByPsu: 'REVOKED',
  terminatedByTpp: 'CLOSED',
};

/** The Sandbox Bank behind Enable Banking's interface, by its published description. */
export function createEnableBankingSide(options: SideOptions): Hono {
  const { parts, sessions, requiredHeaders = [] } = options;
  const { accounts, consents, clock, traits, failures } = parts;
  const app = new Hono();
  const banks = listBanks(traits, requiredHeaders);

  app.onError((error) => {
    if (error instanceof Refused) return toResponse(error);
    if (process.env['BOOKFEED_DEBUG']) process.stderr.write(String(error.stack));
    return new Response(null, { status: 500 });
  });

  app.use(async (c, next) => {
    if (c.req.path !== '/ais/start') await requireToken(c, options);
    await next();
  });

  app.get('/aspsps', (c) => {
    const country = c.req.query('country');
    return c.json({ aspsps: banks.filter((bank) => !country || bank.country === country) });
  });

  app.post('/auth', async (c) => {
    const asked = startRequest.safeParse(await c.req.json()).data;
    if (!asked) throw new Refused(422, 'WRONG_REQUEST_PARAMETERS');
    const { access, aspsp, state, redirect_url: redirectUrl } = asked;
    if (new URL(redirectUrl).search !== '') throw new Refused(422, 'REDIRECT_URI_NOT_ALLOWED');
    if (aspsp.name !== sandboxBank.name || aspsp.country !== sandboxBank.country) {
      throw new Refused(422, 'WRONG_ASPSP_PROVIDED');
    }
    const validUntil = new Date(access.valid_until).toISOString();
    if (validUntil > addMs(clock.now(), traits.consentDays * 86_400_000)) {
      throw new Refused(422, 'WRONG_REQUEST_PARAMETERS');
    }
    const { id: consentId } = await consents.create({
      validUntil: dayOf(validUntil),
      recurring: true,
      askedAccounts: [],
      withOwnerName: true,
      redirectUrl,
      nokRedirectUrl: redirectUrl,
    });
    const id = sessions.authorise({ consentId, state, redirectUrl, validUntil });
    const url = `${new URL(c.req.url).origin}/ais/start?authorization=${id}`;
    return c.json({ url, authorization_id: id, psu_id_hash: 'aGFzaA' });
  });

  app.get('/ais/start', (c) => c.html('<form method="post">Which accounts?</form>'));
  app.post('/ais/start', async (c) => {
    const authorisation = sessions.authorisation(c.req.query('authorization') ?? '');
    const form = await c.req.parseBody();
    const customer = accounts.customer(String(form['login']));
    if (!authorisation || customer?.password !== form['password']) return c.text('No.', 403);
    const isAllowed = form['decision'] === 'allow';
    const keys = accounts.inOpenBanking(customer?.login ?? '').map(({ key }) => key);
    const { consentId, state, redirectUrl } = authorisation;
    await consents.decide(consentId, isAllowed ? customer?.login : undefined, keys, true);
    const back = new URL(redirectUrl);
    back.searchParams.set('state', state);
    if (isAllowed) back.searchParams.set('code', sessions.issueCode(authorisation));
    else back.searchParams.set('error', 'access_denied');
    return c.redirect(back.href, 302);
  });

  app.post('/sessions', async (c) => {
    const { code } = (await c.req.json()) as { code?: unknown };
    const session = sessions.create(String(code));
    const shown = await sessions.accountsOf(session);
    return c.json({
      session_id: session.id,
      accounts: shown.map(({ uid, account }) => toAccountResource(account, uid)),
      aspsp: sandboxBank,
      psu_type: 'personal',
      access: { valid_until: session.validUntil, balances: true, transactions: true },
    });
  });

  app.get('/sessions/:id', async (c) => {
    const session = sessions.byId(c.req.param('id'));
    failures.count({ call: 'accounts', page: 1 });
    const failure = failures.take({ call: 'accounts', page: 1, consentId: session.consentId });
    const told = failure && statusOfFailure[failure.with];
    if (failure && !told) return arranged(c, failure);
    const status = told ?? statusOfConsent[await statusOf(session)];
    const shown = status === 'AUTHORIZED' ? await sessions.accountsOf(session) : [];
    return c.json({
      status,
      accounts: shown.map(({ uid }) => uid),
      accounts_data: shown.map(({ uid, account }) => {
        const hash = hashOf(account);
        return { uid, identification_hash: hash, identification_hashes: [hash] };
      }),
      aspsp: sandboxBank,
      psu_type: 'personal',
      psu_id_hash: 'aGFzaA',
      access: { valid_until: session.validUntil, balances: true, transactions: true },
      created: clock.now(),
    });
  });

  app.delete('/sessions/:id', async (c) => {
    const session = sessions.byId(c.req.param('id'));
    if ((await statusOf(session)) !== 'valid') throw new Refused(422, 'CLOSED_SESSION');
    await consents.end(session.consentId, 'terminatedByTpp');
    return c.json({ message: 'OK' });
  });

  app.get('/accounts/:uid/details', async (c) => {
    const { account } = await admitTo(c);
    return c.json(toAccountResource(account, c.req.param('uid')));
  });

  app.get('/accounts/:uid/balances', async (c) => {
    const { account, arrangedAnswer } = await admitTo(c, 'balances');
    if (arrangedAnswer) return arrangedAnswer;
    const { balance = {} } = await accounts.statement(account);
    return c.json({ balances: toBalances(balance, dayOf(clock.now())) });
  });

  app.get('/accounts/:uid/transactions', (c) =>
    answerTransactions(c, options, (page, from) => admitTo(c, 'entries', page, from)),
  );

  async function statusOf(session: ProviderSession): Promise<ConsentStatus> {
    const status = consents.statusOf(await sessions.consentOf(session));
    // The bank counts in days, Enable Banking to the second.
    return status === 'valid' && clock.now() > session.validUntil ? 'expired' : status;
  }

  /** Counts a call of a bank; `arrangedAnswer` is what it is told in the place of the truth. */
  async function admitTo(c: Context, call?: DataCall, page = 1, from?: string) {
    const { session, account } = sessions.accountOf(c.req.param('uid') ?? '');
    const status = statusOfConsent[await statusOf(session)];
    if (status !== 'AUTHORIZED') throw new Refused(401, `${status}_SESSION`);
    const { consentId } = session;
    const isPresent = isUserPresent(c, requiredHeaders);
    if (!call) return { session, account };
    const { key } = account;
    const arrived = { call, page, account: key, consentId, ...(from && { from }) };
    failures.count(arrived);
    if (page === 1 && !isPresent) {
      const wait = await consents.countUnattended(consentId, `${key}.${call}`);
      if (wait !== undefined) throw new Refused(429, 'ASPSP_RATE_LIMIT_EXCEEDED');
    }
    const failure = failures.take(arrived);
    return { session, account, arrangedAnswer: failure && (await arranged(c, failure)) };
  }

  function arranged(c: Context, failure: NonNullable<ReturnType<typeof failures.take>>) {
    const { with: code, retryAfterSeconds } = failure;
    return answerArranged(code, retryAfterSeconds, c.req.raw.signal, options.isSilent === true);
  }

  return app;
}

const statusOfFailure: Readonly<Record<string, string>> = {
  'consent-expired': 'EXPIRED',
  'consent-revoked': 'REVOKED',
};

async function requireToken(c: Context, { application, publicKey, parts }: SideOptions) {
  const [, token] = /^Bearer (.+)$/.exec(c.req.header('Authorization') ?? '') ?? [];
  if (!token) throw new Refused(401, 'AUTHORIZATION_NOT_PROVIDED');
  const verified = await jwtVerify(token, publicKey, {
    algorithms: ['RS256'],
    typ: 'JWT',
    issuer: 'enablebanking.com',
    audience: 'api.enablebanking.com',
    currentDate: new Date(parts.clock.now()),
    maxTokenAge: 86_400,
  }).catch(() => undefined);
  const { iat = 0, exp = 0 } = verified?.payload ?? {};
  if (verified?.protectedHeader.kid !== application || exp - iat > 86_400) {
    throw new Refused(401, 'UNAUTHORIZED_ACCESS');
  }
}

/** All that the bank requires or none. */
function isUserPresent(c: Context, required: readonly string[]): boolean {
  const given = Object.keys(c.req.header()).filter((name) => name.startsWith('psu-'));
  if (given.length === 0) return false;
  if (required.every((name) => given.includes(name.toLowerCase()))) return true;
  throw new Refused(422, 'PSU_HEADER_NOT_PROVIDED');
}
