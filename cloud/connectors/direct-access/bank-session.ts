import type { Instant } from '../../../shared/calendar-date.ts';
import {
  BankError,
  type BankErrorCode,
  type BankSession,
  ConfirmationNeeded,
  type EntryPage,
  type EntryWindow,
} from '../../ports/bank-connector.ts';
import type { Clock } from '../../ports/clock.ts';
import type { BankLogin, PageKind } from './bank-login.ts';
import type { Visit } from './client.ts';
import { isAsking, readAskedStep, waitsUntilOf } from './confirm.ts';
import type { LoginGrant } from './grant.ts';
import { hostOf } from './host-gate.ts';
import { logIn } from './log-in.ts';
import { accountRows, balanceRows, entriesFoot, entryRows } from './schema.ts';
import { toBankError } from './to-bank-error.ts';
import { toAccount, toBalance, toEntry } from './to-entries.ts';

/** One fetch has a few pages; a bank that gives this many is going in circles. */
const pageMax = 1_000;

const endings: ReadonlySet<string> = new Set<BankErrorCode>([
  'consent-expired',
  'consent-revoked',
  'login-rejected',
  'account-locked',
]);

export interface SessionParts {
  readonly grant: LoginGrant;
  readonly login: BankLogin;
  readonly baseUrl: URL;
  readonly clock: Clock;
  readonly visit: () => Promise<Visit>;
}

/**
 * A visit to the bank's website with one login, made at the first call. A login that fails is not tried again in it,
 * whatever else is asked.
 */
export function createBankSession(parts: SessionParts): BankSession {
  const { grant, login, baseUrl, clock } = parts;
  let visiting: Promise<Visit> | undefined;
  let loggedIn: Promise<Visit> | undefined;
  /** A confirmation waits in this session of the bank's, which must not end. */
  let isAsked = false;
  let isIn = false;
  let turn: Promise<unknown> = Promise.resolve();
  /** Why the bank lets this login in no more, which no other call would change. */
  let ended: BankError | undefined;

  async function enter(): Promise<Visit> {
    visiting = parts.visit();
    const visit = await visiting;
    const kind = await logIn(visit, { login, baseUrl, credentials: grant.credentials });
    await passIfAsked(visit, kind);
    isIn = true;
    return visit;
  }

  async function passIfAsked(visit: Visit, kind: PageKind): Promise<void> {
    if (!isAsking(kind)) return;
    isAsked = true;
    const waitsUntil: Instant = waitsUntilOf(login, clock.now());
    throw new ConfirmationNeeded(await readAskedStep(visit, kind, login, grant, waitsUntil));
  }

  /** There is one page to read in, so calls wait for each other. */
  function inTurn<Result>(
    during: string,
    read: (visit: Visit) => Promise<Result>,
  ): Promise<Result> {
    const run = async () => {
      if (ended) throw ended;
      try {
        loggedIn ??= enter();
        return await read(await loggedIn);
      } catch (error) {
        const failure = toBankError(error, during);
        if (failure instanceof BankError && endings.has(failure.code)) ended = failure;
        throw failure;
      }
    };
    const result = turn.then(run, run);
    turn = result.catch(() => undefined);
    return result;
  }

  async function open(visit: Visit, url: URL, wanted: PageKind): Promise<void> {
    const kind = await visit.go(url);
    if (kind === wanted) return;
    await passIfAsked(visit, kind);
    if (kind === 'login') throw new BankError('bank-unavailable', 'the bank ended the session');
    throw new BankError('reply-unreadable', `${wanted}: another page`);
  }

  const addressOf = (path: string, id = '') =>
    new URL(path.replace('{id}', encodeURIComponent(id)), baseUrl);

  function readPage(url: URL): Promise<EntryPage & { readonly next: URL | undefined }> {
    return inTurn('entries', async (visit) => {
      await open(visit, url, 'entries');
      const { next, total } = login.entries;
      const rows = await visit.read(login.entries, entryRows);
      const [foot] = await visit.read({ rows: 'html', fields: { next, total } }, entriesFoot);
      return {
        entries: rows.map(toEntry),
        ...(foot.total !== undefined && { total: foot.total }),
        next: foot.next === null ? undefined : nextUrl(foot.next, url),
      };
    });
  }

  return {
    accounts: () =>
      inTurn('accounts', async (visit) => {
        await open(visit, addressOf(login.accounts.path), 'accounts');
        return (await visit.read(login.accounts, accountRows)).map(toAccount);
      }),

    balance: (externalId) =>
      inTurn('balances', async (visit) => {
        await open(visit, addressOf(login.account.path, externalId), 'account');
        const [row] = await visit.read(login.account, balanceRows);
        return toBalance(row);
      }),

    async *entries(externalId, window) {
      const pages = pagesOf(readPage, entriesUrl(login, addressOf, externalId, window));
      if (login.entries.order === 'oldest-first') {
        yield* pages;
        return;
      }
      const newestFirst: EntryPage[] = [];
      for await (const page of pages) newestFirst.unshift(page);
      for (const page of newestFirst) yield { ...page, entries: page.entries.toReversed() };
    },

    async close() {
      await turn;
      const visit = await visiting?.catch(() => undefined);
      await visit?.close(isAsked || !isIn ? undefined : 'log-out');
    },
  };
}

function entriesUrl(
  { entries }: BankLogin,
  addressOf: (path: string, id: string) => URL,
  externalId: string,
  { from, to }: EntryWindow,
): URL {
  const url = addressOf(entries.path, externalId);
  url.searchParams.set(entries.from, from);
  if (to) url.searchParams.set(entries.to, to);
  return url;
}

async function* pagesOf(
  readPage: (url: URL) => Promise<EntryPage & { readonly next: URL | undefined }>,
  first: URL,
): AsyncGenerator<EntryPage> {
  const seen = new Set<string>();
  for (let url: URL | undefined = first; url; ) {
    seen.add(url.href);
    const { next, ...page }: EntryPage & { readonly next: URL | undefined } = await readPage(url);
    yield page;
    url = next;
    if (url && (seen.has(url.href) || seen.size >= pageMax)) {
      throw new BankError('reply-unreadable', 'entries: pages without end');
    }
  }
}

function nextUrl(href: string, url: URL): URL {
  const next = URL.parse(href, url.href);
  if (next && hostOf(next) === hostOf(url) && next.protocol === url.protocol) return next;
  throw new BankError('reply-unreadable', 'entries: the next page is on another host');
}
