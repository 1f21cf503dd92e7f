import { openSqliteStore } from '../../../cloud/adapters/sqlite-store.ts';
import { randomIds } from '../../../cloud/adapters/system-clock.ts';
import { createIsrael, type IsraelOptions } from '../../../cloud/connectors/israel/connector.ts';
import { sampleCustomers } from '../../../cloud/local/bank/sample-customers.ts';
import { createSandboxBank, type SandboxBank } from '../../../cloud/local/bank/sandbox-bank.ts';
import { listen } from '../../../cloud/local/listen.ts';
import type { BankConnector, Grant } from '../../../cloud/ports/bank-connector.ts';
import type { Clock } from '../../../cloud/ports/clock.ts';
import type { Institution } from '../../../shared/bank.ts';
import { createTestClock } from '../../cloud/local/bank/bank-server.ts';
import { createOneZeroSide, type OneZeroSide } from './one-zero-server.ts';
import { setPackageClock } from './package-clock.ts';

export interface ServeOptions {
  /** Of a whole scrape. */
  readonly timeoutMs?: number;
  /** Whether what is given for a code runs out. */
  readonly expires?: boolean;
  readonly connector?: Partial<IsraelOptions>;
}

export interface ServedIsrael {
  readonly connector: BankConnector;
  readonly institution: Institution;
  readonly side: OneZeroSide;
  /** Hosts that were asked for and are none of One Zero's; what asks for them gets nothing. */
  readonly leaks: readonly string[];
  credentialsOf(login: string, password: string): Promise<Readonly<Record<string, string>>>;
  /** The code that was last sent to the user's phone. */
  code(): string;
  close(): Promise<void>;
}

export const user = { ipAddress: '192.0.2.7', userAgent: 'Test Browser' };

/**
 * The Sandbox Bank as One Zero, the one company that is read without a browser, and the connector that reaches it. The
 * package tells no currency of an account: here it is the euro.
 */
export async function serveIsrael(
  bank: SandboxBank,
  clock: Clock,
  { timeoutMs = 30_000, expires = false, connector: more }: ServeOptions = {},
): Promise<ServedIsrael> {
  const side = createOneZeroSide(bank, { expires });
  const server = await listen(side.app.fetch, 0);
  const leaks: string[] = [];
  const places: Readonly<Record<string, string>> = {
    'identity.tfd-bank.com': `${server.url}/identity`,
    'mobile.tfd-bank.com': `${server.url}/mobile`,
  };
  const restore = await setPackageClock(clock);
  const connector = createIsrael({
    clock,
    currency: 'EUR',
    scrapeMs: timeoutMs,
    launch: () => Promise.reject(new Error('no browser is needed')),
    fetch: async (input, init) => {
      const { hostname, pathname } = new URL(input instanceof Request ? input.url : input);
      const place = places[hostname];
      if (place) return fetch(`${place}${pathname}`, init);
      leaks.push(hostname);
      throw new TypeError('another host');
    },
    ...more,
  });
  const institutions = await connector.institutions();
  const institution = institutions.find(({ id }) => id === 'israel:one-zero');
  if (!institution) throw new Error('One Zero is not offered');
  return {
    connector,
    institution,
    side,
    leaks,
    credentialsOf: async (login, password) => ({
      email: `${login}@example.org`,
      password,
      'phone-number': '050-123 45 67',
    }),
    code: side.code,
    async close() {
      restore();
      await server.close();
    },
  };
}

/** All that a user does until there is access. */
export async function connect(
  { connector, institution, credentialsOf, code }: ServedIsrael,
  login = 'clara',
  password = 'sandbox',
): Promise<Grant> {
  const step = await connector.startAccess({
    institution,
    redirectUrl: 'http://127.0.0.1:4711/connect/callback?state=s1',
    notificationUrl: 'http://127.0.0.1:4711/hooks/israel',
    validUntil: '2026-08-31',
    credentials: await credentialsOf(login, password),
    user,
  });
  if (step.kind === 'granted') return step.grant;
  const answer = { kind: 'code', text: code() } as const;
  const answered = await connector.answerConfirmation(step.grant, answer, user);
  if (answered.kind !== 'granted') throw new Error('it asks and asks');
  return answered.grant;
}

/** The Sandbox Bank as One Zero; its today is 2026-03-10, until the test sets the clock. */
export async function startIsrael(options: ServeOptions = {}) {
  const clock = createTestClock('2026-03-10T12:00:00.000Z');
  const store = openSqliteStore(':memory:');
  const [clara] = sampleCustomers;
  if (!clara) throw new Error('nobody banks here');
  // Each account is read by every scrape.
  const customers = [{ ...clara, accounts: clara.accounts.slice(0, 2) }];
  const bank = createSandboxBank({ store, clock, ids: randomIds, customers });
  const { close, ...served } = await serveIsrael(bank, clock, options);
  return {
    ...served,
    bank,
    clock,
    control: bank.control,
    connect: (login?: string, password?: string) => connect({ ...served, close }, login, password),
    async stop() {
      await close();
      await store.close();
    },
  };
}
