import { randomBytes } from 'node:crypto';
import { Hono } from 'hono';
import type { BankAccountBook } from '../../../cloud/local/bank/bank-customer.ts';
import type { BankFailureCode, DataCall } from '../../../cloud/local/bank/control.ts';
import { keepSilent } from '../../../cloud/local/bank/control.ts';
import type { SandboxBank } from '../../../cloud/local/bank/sandbox-bank.ts';
import type { ObservedEntry } from '../../../shared/bank.ts';
import { addDays, dayOf, type Instant, msBetween } from '../../../shared/calendar-date.ts';
import { formatAmount } from '../../../shared/money.ts';

/** The Sandbox Bank as One Zero's app sees its bank, in the shapes that the package's reader reads. */
export interface OneZeroSide {
  readonly app: Hono;
  /** The code that was sent last. @throws Error where none was */
  code(): string;
  /** How often somebody tried to log in. */
  logins(): number;
  /** Of all requests, in their order. */
  paths(): readonly string[];
}

/** Movements a page, as the package asks for them. */
const pageSize = 50;
/** Further back than anybody asks. */
const reachDays = 3_000;
/** For how long what is given for a code opens the account, by what users report. */
const tokenMs = 45 * 60_000;
const dataCalls: readonly DataCall[] = ['accounts', 'balances', 'entries'];
const atLogin: readonly BankFailureCode[] = ['login-rejected'];

type Body = Readonly<Record<string, unknown>>;

export function createOneZeroSide(
  { parts }: SandboxBank,
  { expires = false }: { readonly expires?: boolean } = {},
): OneZeroSide {
  const { accounts, accountIds, failures, clock } = parts;
  /** By what was handed out: whose it is, and since when. */
  const given = new Map<string, { readonly login: string; readonly at: Instant }>();
  /** Sessions in which a call has failed: the package asks for all accounts at once, and these are still under way. */
  const failed = new Map<string, () => Promise<Response>>();
  const seen: string[] = [];
  let sent: string | undefined;
  let logins = 0;
  const app = new Hono();

  function give(prefix: string, login: string): string {
    const key = `${prefix}-${randomBytes(6).toString('hex')}`;
    given.set(key, { login, at: clock.now() });
    return key;
  }

  const holder = (key: unknown, prefix: string) =>
    typeof key === 'string' && key.startsWith(`${prefix}-`) ? given.get(key) : undefined;
  const result = (resultData: Body) => Response.json({ resultData });
  const refused = (status: number) => Response.json({ error: 'REFUSED' }, { status });

  function post(path: string, answer: (body: Body, request: Request) => Promise<Response>): void {
    app.post(path, async ({ req }) => {
      seen.push(path);
      const body = (await req.json()) as Body;
      return answer(body, req.raw);
    });
  }

  post('/identity/v1//devices/token', async ({ extClientId, os }) =>
    extClientId === 'mobile' && os === 'Android'
      ? result({ deviceToken: give('device', '') })
      : refused(400),
  );

  post('/identity/v1//otp/prepare', async ({ factorValue, deviceToken, otpChannel }) => {
    if (!holder(deviceToken, 'device') || otpChannel !== 'SMS_OTP') return refused(400);
    if (!/^\+\d{8,15}$/.test(String(factorValue))) return refused(400);
    sent = `${100_000 + (randomBytes(2).readUInt16BE() % 900_000)}`;
    return result({ otpContext: give('context', '') });
  });

  post('/identity/v1//otp/verify', async ({ otpContext, otpCode }) =>
    holder(otpContext, 'context') && otpCode === sent
      ? result({ otpToken: give('otp', '') })
      : refused(400),
  );

  post('/identity/v1//getIdToken', async ({ otpSmsToken, email, pass }) => {
    logins += 1;
    const isArranged = dataCalls.some((call) => failures.take({ call, page: 1 }, atLogin));
    const customer = accounts.customer(String(email).split('@')[0] ?? '');
    const token = holder(otpSmsToken, 'otp');
    const isOld = token && expires && msBetween(token.at, clock.now()) > tokenMs;
    if (isArranged || !token || isOld || customer?.password !== pass) return refused(401);
    return result({ idToken: give('id', customer?.login ?? '') });
  });

  post('/identity/v1//sessions/token', async ({ idToken }) => {
    const login = holder(idToken, 'id')?.login;
    return login ? result({ accessToken: give('access', login) }) : refused(401);
  });

  post('/mobile/mobile-graph/graphql', async ({ query, variables }, request) => {
    const [, bearer] = /^Bearer (.+)$/.exec(request.headers.get('authorization') ?? '') ?? [];
    const login = holder(bearer, 'access')?.login;
    if (!bearer || !login) return refused(401);
    const books = accounts.ofCustomer(login);
    if (String(query).includes('query GetCustomer')) {
      failures.count({ call: 'accounts', page: 1 });
      const answer = failAs(['accounts'], undefined, bearer, request);
      return answer ?? Response.json({ data: { customer: [{ portfolios: portfoliosOf(books) }] } });
    }
    const { portfolioId, pagination } = variables as MovementsAsked;
    const book = books.find(({ key }) => key === portfolioId);
    if (!book) return Response.json({ errors: [{ message: 'no such portfolio' }] });
    const { cursor, limit } = pagination;
    if (limit !== pageSize) return refused(400);
    if (!cursor) {
      failures.count({ call: 'balances', account: book.key, page: 1 });
      failures.count({ call: 'entries', account: book.key, page: 1 });
    }
    const answer = failAs(['balances', 'entries'], book.key, bearer, request);
    return answer ?? Response.json({ data: { movements: await movementsOf(book, cursor) } });
  });

  function failAs(
    calls: readonly DataCall[],
    account: string | undefined,
    session: string,
    { signal }: Request,
  ): Promise<Response> | undefined {
    const before = failed.get(session);
    if (before) return before();
    const failure = calls
      .map((call) => failures.take({ call, page: 1, ...(account && { account }) }))
      .find((it) => it !== undefined);
    if (!failure) return undefined;
    const answer = async () => {
      if (failure.with === 'timeout') return keepSilent(signal);
      if (failure.with === 'reply-unreadable') return new Response('<h1>Soon again</h1>');
      const status = failure.with === 'rate-limited' ? 429 : 503;
      const { retryAfterSeconds } = failure;
      const headers = new Headers();
      if (retryAfterSeconds) headers.set('Retry-After', `${retryAfterSeconds}`);
      return Response.json({ error: 'ARRANGED' }, { status, headers });
    };
    failed.set(session, answer);
    return answer();
  }

  function portfoliosOf(books: readonly BankAccountBook[]): readonly Body[] {
    accountIds.setNewest(() => Object.fromEntries(books.map((it) => [numberOf(it), it.key])));
    return books.map((book) => ({
      portfolioId: book.key,
      portfolioNum: numberOf(book),
      accounts: [{ accountId: `${book.key}-0`, currency: book.currency }],
    }));
  }

  /** Newest page first, and in a page the oldest first, as the package puts them together. */
  async function movementsOf(book: BankAccountBook, cursor: string | null): Promise<Body> {
    const { entries, balance } = await booked(book);
    let running = balance?.booked?.minor ?? entries.reduce((sum, it) => sum + it.amount.minor, 0);
    const all = entries
      .toReversed()
      .map((entry) => {
        const movement = toMovement(entry, running);
        running -= entry.amount.minor;
        return movement;
      })
      .reverse();
    // An account has at least its opening.
    const opening = openingOf(book, running, dayOf(clock.now()));
    const shown = balance?.booked || entries.length > 0 ? [opening, ...all] : all;
    const end = shown.length - Number(cursor ?? 0);
    const start = Math.max(0, end - pageSize);
    return {
      movements: shown.slice(start, end),
      pagination: { cursor: `${shown.length - start}`, hasMore: start > 0 },
    };
  }

  async function booked(book: BankAccountBook) {
    const { balance } = await accounts.statement(book);
    const entries: ObservedEntry[] = [];
    const from = addDays(dayOf(clock.now()), -reachDays);
    const accessId = 'one-zero';
    const request = {
      accessId,
      account: book,
      from,
      bookingStatus: 'booked',
      showsBalanceAfter: false,
    } as const;
    for (let index = 0; ; index += 1) {
      const page = await parts.fetches.page(request, index);
      entries.push(...page.entries);
      if (!page.hasNext) return { entries, balance };
    }
  }

  return {
    app,
    code() {
      if (!sent) throw new Error('no code was sent');
      return sent;
    },
    logins: () => logins,
    paths: () => seen,
  };
}

interface MovementsAsked {
  readonly portfolioId: string;
  readonly pagination: { readonly cursor: string | null; readonly limit: number };
}

/** Bank, branch and account. */
function numberOf({ iban, bban, maskedPan, key }: BankAccountBook): string {
  const number = (iban ?? bban ?? maskedPan ?? key).replace(/[^0-9a-z]/gi, '');
  return `18-001-${number.slice(-9)}`;
}

function toMovement(entry: ObservedEntry, runningMinor: number): Body {
  const { reference, amount, text } = entry;
  const day = entry.bookingDate ?? entry.valueDate ?? '';
  const { minor, currency } = amount;
  return {
    ...(reference && { movementId: reference }),
    valueDate: entry.valueDate ?? day,
    movementTimestamp: `${day}T09:30:00.000Z`,
    movementAmount: formatAmount({ minor: Math.abs(minor), currency }),
    movementCurrency: currency,
    creditDebit: minor < 0 ? 'DEBIT' : 'CREDIT',
    description: text,
    runningBalance: formatAmount({ minor: runningMinor, currency }),
  };
}

function openingOf({ currency }: BankAccountBook, minor: number, today: string): Body {
  const bookingDate = addDays(today, -reachDays - 1);
  const opening = { reference: 'OPENING', amount: { minor, currency }, text: 'OPENING' } as const;
  return toMovement({ ...opening, status: 'booked', bookingDate, counterparty: '' }, minor);
}
