import { randomUUID } from 'node:crypto';
import { type Context, Hono } from 'hono';
import type { BankAccountBook } from '../../../cloud/local/bank/bank-customer.ts';
import {
  type BankFailure,
  keepSilent,
  unreadableReply,
} from '../../../cloud/local/bank/control.ts';
import type { SandboxBank } from '../../../cloud/local/bank/sandbox-bank.ts';
import { addDays, dayOf } from '../../../shared/calendar-date.ts';
import { toAccount, toTransactions } from './to-account-set.ts';

// A SimpleFIN server in front of the Sandbox Bank, by the text of the protocol (2.0-draft) and the Bridge's guide for
// developers: https://www.simplefin.org/protocol.html, https://beta-bridge.simplefin.org/info/developers.

const daySeconds = 24 * 60 * 60;
const rangeMaxDays = 90;
const pageMax = 1_000;
const parameters = ['version', 'start-date', 'end-date', 'pending', 'account', 'balances-only'];

interface Problem {
  readonly code: string;
  readonly msg: string;
  readonly conn_id?: string;
  readonly account_id?: string;
}

/** A setup token, and the access for which it was claimed. */
interface Token {
  readonly consentId: string;
  readonly login: string;
  /** Where the asker reaches this server. */
  readonly root: string;
  access?: string;
}

export type SimplefinServer = ReturnType<typeof createSimplefinServer>;

export function createSimplefinServer({ parts }: SandboxBank) {
  const { accounts, consents, failures, fetches, clock } = parts;
  const tokens = new Map<string, Token>();
  /** Requests for accounts, refused ones included, as the Bridge counts them. */
  let requests = 0;
  const app = new Hono().basePath('/simplefin');

  app.post('/claim/:token', (c) => {
    if (c.req.header('Content-Length') !== '0') return c.text('Length Required', 411);
    const token = tokens.get(c.req.param('token'));
    if (!token || token.access) return c.text('Forbidden', 403);
    token.access = `user-${randomUUID()}:p%40ss-${randomUUID()}`;
    return c.text(`${token.root.replace('://', `://${token.access}@`)}/simplefin\n`);
  });

  app.get('/accounts', async (c) => {
    requests += 1;
    const token = tokenOf(c);
    const consent = token && (await consents.read(token.consentId));
    if (!token || !consent || consents.statusOf(consent) !== 'valid') return refused(c);
    const query = queryOf(c);
    if (!query) return c.json({ errlist: [general('gen.api', 'Bad request')] }, 400);
    const shown = Object.entries(
      consents.accountsOf(
        consent,
        accounts.inOpenBanking(token.login).map(({ key }) => key),
      ),
    ).flatMap(([id, key]) => {
      const account = accounts.byKey(key);
      return account ? [{ id, account }] : [];
    });
    const connId = `CON-${token.login}`;
    const problems = query.isCapped ? [general('gen.api', 'The range was capped.')] : [];
    const told = await Promise.all(
      shown.map(async ({ id, account }) => {
        const failure = take(query.isBalances, account, query.from);
        const problem = failure?.account && problemOf(failure, connId, id);
        if (problem) problems.push(problem);
        if (failure && !problem) return { failure };
        const { balance } = await accounts.statement(account);
        const shownAccount = toAccount(account, { id, connId, balance, now: clock.now() });
        if (query.isBalances) return shownAccount;
        const entries = await entriesOf(token.consentId, account, query);
        return { ...shownAccount, transactions: toTransactions(entries) };
      }),
    );
    const failed = told.flatMap((it) => ('failure' in it ? it.failure : []))[0];
    if (failed && failed.with !== 'account-gone') return answerFailed(c, failed);
    return c.json({
      errlist: problems,
      connections: [
        {
          conn_id: connId,
          name: `Sandbox Bank - ${token.login}`,
          org_id: 'INST-sandbox',
          org_url: 'https://bank.example',
          sfin_url: token.root,
        },
      ],
      accounts: told.filter((it) => !('failure' in it)),
    });
  });

  function tokenOf(c: Context): Token | undefined {
    const [kind, login = ''] = (c.req.header('Authorization') ?? '').split(' ');
    const given = kind === 'Basic' ? Buffer.from(login, 'base64').toString() : '';
    return [...tokens.values()].find(({ access }) => access?.replace('%40', '@') === given);
  }

  /** Counts the call, and finds what is arranged for it: one request tells both the list and the balances. */
  function take(isBalances: boolean, { key }: BankAccountBook, from: string) {
    if (!isBalances) {
      failures.count({ call: 'entries', account: key, page: 1 });
      // One answer is all pages at once, of whichever days: what would fail a later one fails it.
      const failure = failures.take({ call: 'entries', account: key, page: pageMax, from });
      return failure?.with === 'period-not-available' ? undefined : failure;
    }
    failures.count({ call: 'balances', account: key, page: 1 });
    return (
      failures.take({ call: 'accounts', page: 1 }) ??
      failures.take({ call: 'balances', account: key, page: 1 })
    );
  }

  async function entriesOf(accessId: string, account: BankAccountBook, query: Query) {
    const { from, to, isPending } = query;
    const bookingStatus = isPending ? ('both' as const) : ('booked' as const);
    const request = { accessId, account, from, to, bookingStatus, showsBalanceAfter: false };
    for (let index = 0, all: Awaited<ReturnType<typeof fetches.page>>['entries'] = []; ; index++) {
      const page = await fetches.page(request, index);
      all = [...all, ...page.entries];
      if (!page.hasNext) return all;
    }
  }

  /** The days asked for; undefined for what the server does not take. */
  function queryOf(c: Context): Query | undefined {
    const asked = Object.entries(c.req.query());
    const today = dayOf(clock.now());
    const day = (text: string) => dayOf(new Date(Number(text) * 1000).toISOString());
    if (asked.some(([name]) => !parameters.includes(name))) return undefined;
    const query = Object.fromEntries(asked);
    const times = ['start-date', 'end-date'].flatMap((name) => query[name] ?? []);
    if (query['version'] !== '2' || times.some((it) => !/^\d{1,11}$/.test(it))) return undefined;
    const to = query['end-date'] ? addDays(day(query['end-date']), -1) : today;
    const from = query['start-date'] ? day(query['start-date']) : addDays(today, -rangeMaxDays);
    const seconds = Number(query['end-date']) - Number(query['start-date']);
    const isCapped = seconds > rangeMaxDays * daySeconds;
    return {
      from: isCapped ? addDays(to, 1 - rangeMaxDays) : from,
      to,
      isCapped,
      // The Bridge looks whether the parameter is there, not at its value.
      isPending: 'pending' in query,
      isBalances: 'balances-only' in query,
    };
  }

  return {
    app,
    requests: () => requests,

    /** The user makes a token on the server's own pages; `root` is where it is claimed. */
    async createToken(login: string, root: string): Promise<string> {
      const { id: consentId } = await consents.create({
        validUntil: '9999-12-31',
        recurring: true,
        askedAccounts: [],
        withOwnerName: false,
        redirectUrl: '',
        nokRedirectUrl: '',
      });
      const keys = accounts.inOpenBanking(login).map(({ key }) => key);
      await consents.decide(consentId, login, keys, true);
      const token = randomUUID();
      tokens.set(token, { consentId, login, root });
      return Buffer.from(`${root}/simplefin/claim/${token}`).toString('base64');
    },

    /** The user disables all tokens there. */
    async disableTokens(): Promise<void> {
      for (const { consentId } of tokens.values()) await consents.end(consentId, 'revokedByPsu');
    },
  };
}

interface Query {
  readonly from: string;
  readonly to: string;
  readonly isCapped: boolean;
  readonly isPending: boolean;
  readonly isBalances: boolean;
}

function general(code: string, msg: string): Problem {
  return { code, msg };
}

function refused(c: Context) {
  return c.json({ errlist: [general('gen.auth', 'Authentication failed')] }, 403);
}

/** What is arranged for one account stands in the list of errors of an answer that holds the others. */
function problemOf(failure: BankFailure, conn_id: string, account_id: string): Problem | undefined {
  if (failure.with === 'bank-unavailable') return { code: 'act.failed', msg: 'Failed', account_id };
  if (failure.with === 'reply-unreadable') {
    return { code: 'act.missingdata', msg: 'Incomplete', account_id };
  }
  if (failure.with === 'needs-confirmation') return { code: 'con.auth', msg: 'Auth', conn_id };
  return undefined;
}

function answerFailed(c: Context, failure: BankFailure): Response | Promise<Response> {
  switch (failure.with) {
    case 'rate-limited': {
      const { retryAfterSeconds } = failure;
      const told = retryAfterSeconds !== undefined && { 'Retry-After': String(retryAfterSeconds) };
      return c.text('Too Many Requests', 429, { ...told });
    }
    case 'timeout':
      return keepSilent(c.req.raw.signal);
    case 'reply-unreadable':
      return unreadableReply();
    case 'account-locked':
      return c.json({ errlist: [general('gen.', 'Payment required')] }, 402);
    case 'consent-revoked':
    case 'consent-expired':
      return refused(c);
    default:
      return c.text('Unavailable', 503);
  }
}
