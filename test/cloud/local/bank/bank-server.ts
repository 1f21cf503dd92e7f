import { openSqliteStore } from '../../../../cloud/adapters/sqlite-store.ts';
import { randomIds } from '../../../../cloud/adapters/system-clock.ts';
import type { BerlinGroupBank } from '../../../../cloud/connectors/berlin-group/bank.ts';
import {
  type BerlinGroupOptions,
  createBerlinGroup,
} from '../../../../cloud/connectors/berlin-group/connector.ts';
import {
  createSandboxBank,
  type SandboxBankOptions,
} from '../../../../cloud/local/bank/sandbox-bank.ts';
import { listen } from '../../../../cloud/local/listen.ts';
import type {
  BankConnector,
  BankSession,
  EntryWindow,
  Grant,
  UserPresence,
} from '../../../../cloud/ports/bank-connector.ts';
import { addMs, type Instant } from '../../../../shared/calendar-date.ts';

/** A clock that a test sets. */
export function createTestClock(start: Instant) {
  let now = start;
  return {
    now: () => now,
    set: (instant: Instant) => {
      now = instant;
    },
    passMinutes: (minutes: number) => {
      now = addMs(now, minutes * 60_000);
    },
  };
}

/** The user's browser, as the connect page knows it. */
export const user = { ipAddress: '192.0.2.7', userAgent: 'Test Browser' };

/** Where the bank sends the user back to. */
export const redirectUrl = 'http://127.0.0.1:4711/bank-callback?state=s1';

/** The Sandbox Bank on a free port, with a connector that reaches it and a clock that the test sets. */
export async function startBank(
  options: Partial<SandboxBankOptions> & {
    readonly connector?: Partial<BerlinGroupOptions>;
    /** How the bank is set up there, beside what it says of itself. */
    readonly settings?: Partial<BerlinGroupBank>;
    /** Where the asker of a consent wants notices. */
    readonly notificationUrl?: string;
    /** Sees every request and its answer. */
    readonly watch?: (request: Request, response: Response) => Promise<void>;
  } = {},
) {
  const clock = createTestClock('2026-03-10T12:00:00.000Z');
  const store = options.store ?? openSqliteStore(':memory:');
  const defects: Error[] = [];
  const onDefect = (error: Error) => {
    if (process.env['BOOKFEED_DEBUG']) process.stderr.write(String(error.stack));
    defects.push(error);
  };
  const bank = createSandboxBank({ clock, ids: randomIds, onDefect, ...options, store });
  const server = await listen(async (request) => {
    if (!options.watch) return bank.app.fetch(request);
    const seen = request.clone();
    const response = await bank.app.fetch(request);
    await options.watch(seen, response.clone());
    return response;
  }, 0);
  const at = { ...bank.at(server.url), ...options.settings };
  const { notificationUrl = 'http://127.0.0.1:4711/notices' } = options;
  const connector = createBerlinGroup({
    fetch,
    clock,
    banks: [at],
    timeoutMs: 5_000,
    ...options.connector,
  });
  return {
    ...bank,
    url: server.url,
    institution: at.institution,
    baseUrl: at.baseUrl,
    clock,
    connector,
    read: readerOf(connector),
    /** Asks for a consent, whatever the bank then wants of its user. */
    ask: (credentials: Readonly<Record<string, string>> = {}, backTo = redirectUrl) =>
      connector.startAccess({
        institution: at.institution,
        redirectUrl: backTo,
        notificationUrl,
        validUntil: '2026-08-31',
        credentials,
        user,
      }),
    /** Asks for a consent; its decision waits on the bank's page. */
    async startConsent(validUntil = '2026-08-31', backTo = redirectUrl) {
      const step = await connector.startAccess({
        institution: at.institution,
        redirectUrl: backTo,
        notificationUrl,
        validUntil,
        credentials: {},
        user,
      });
      if (step.kind !== 'asked' || step.confirmation.kind !== 'redirect') {
        throw new Error('the bank asks for no decision');
      }
      return { grant: step.grant, confirmation: step.confirmation };
    },
    /** What became of it. */
    finishConsent: (grant: Grant) =>
      connector.answerConfirmation(grant, { kind: 'returned' }, user),
    /** Also holds the bank to having had no defect. */
    async stop() {
      await server.close();
      await store.close();
      if (defects[0]) throw defects[0];
    },
  };
}

/** One call in a session of its own, at which the user is present or not. */
function readerOf(connector: BankConnector) {
  async function inSession<T>(
    grant: Grant,
    present: UserPresence | undefined,
    call: (session: BankSession) => Promise<T>,
  ): Promise<T> {
    const session = await connector.open(grant, present);
    try {
      return await call(session);
    } finally {
      await session.close();
    }
  }
  return {
    accounts: (grant: Grant, present?: UserPresence) =>
      inSession(grant, present, (session) => session.accounts()),
    balance: (grant: Grant, externalId: string, present?: UserPresence) =>
      inSession(grant, present, (session) => session.balance(externalId)),
    async *entries(grant: Grant, externalId: string, window: EntryWindow, present?: UserPresence) {
      const session = await connector.open(grant, present);
      try {
        yield* session.entries(externalId, window);
      } finally {
        await session.close();
      }
    },
  };
}

export type BankServer = Awaited<ReturnType<typeof startBank>>;
