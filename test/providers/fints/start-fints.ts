import { openSqliteStore } from '../../../cloud/adapters/sqlite-store.ts';
import { randomIds } from '../../../cloud/adapters/system-clock.ts';
import { createFinTs, type FinTsOptions } from '../../../cloud/connectors/fints/connector.ts';
import { sampleCustomers } from '../../../cloud/local/bank/sample-customers.ts';
import {
  createSandboxBank,
  type SandboxBank,
  type SandboxBankOptions,
} from '../../../cloud/local/bank/sandbox-bank.ts';
import { listen } from '../../../cloud/local/listen.ts';
import type { AccessStep, BankConnector, Grant } from '../../../cloud/ports/bank-connector.ts';
import type { Clock } from '../../../cloud/ports/clock.ts';
import { readStatementFile } from '../../../cloud/statements/read-statement-file.ts';
import type { Institution } from '../../../shared/bank.ts';
import type { ConfirmationAnswer } from '../../../shared/confirmation.ts';
import { createTestClock, user } from '../../cloud/local/bank/bank-server.ts';
import { blz, createFinTsServer, type FinTsDress, type FinTsServer, productId } from './server.ts';

export const clara = { 'user-id': 'clara', pin: 'sandbox' };

/** The Sandbox Bank at that address as the connector lists it. */
export function finTsAt(
  url: string,
  clock: Clock,
  options: Partial<FinTsOptions> & { readonly historyDays?: number } = {},
) {
  const { historyDays = 90, ...rest } = options;
  const institution = {
    id: `fints:${blz}`,
    connector: 'fints',
    name: 'Sandbox Bank',
    country: 'DE',
    city: 'Musterstadt',
    routingNumbers: [blz],
    wayIn: 'login',
    historyDays,
  } as const;
  const connector = createFinTs({
    fetch,
    clock,
    productId,
    readStatementFile,
    timeoutMs: 5_000,
    banks: [{ institution, blz, url }],
    ...rest,
  });
  return { connector, institution };
}

/** Clara has an SMS for all that is to be confirmed. */
export const oneMethod = sampleCustomers.map(({ methods: _, ...customer }) => customer);

/** What the user answers to what is asked now, with what the phone shows. */
export function answerOf(step: AccessStep, server: FinTsServer): ConfirmationAnswer {
  if (step.kind !== 'asked') throw new Error('nothing is asked');
  const { confirmation } = step;
  if (confirmation.kind === 'method') {
    return { kind: 'method', id: confirmation.methods[0]?.id ?? '' };
  }
  const phone = server.phone();
  if (confirmation.kind === 'approval') {
    phone.approve();
    return { kind: 'poll' };
  }
  return { kind: 'code', text: phone.code };
}

/** Logs in and confirms until there is access. */
export async function connectFinTs(
  connector: BankConnector,
  institution: Institution,
  login: { readonly login: string; readonly password: string },
  server: FinTsServer,
  wait: () => void = () => {},
): Promise<Grant> {
  let step = await connector.startAccess({
    institution,
    redirectUrl: 'http://127.0.0.1:4711/bank-callback?state=s1',
    notificationUrl: 'http://127.0.0.1:4711/hooks/fints',
    validUntil: '2026-08-31',
    credentials: { 'user-id': login.login, pin: login.password },
    user,
  });
  for (let times = 0; step.kind === 'asked' && times < 6; times += 1) {
    wait();
    step = await connector.answerConfirmation(step.grant, answerOf(step, server), user);
  }
  if (step.kind === 'asked') throw new Error('the bank asks and asks');
  return step.grant;
}

/** A Sandbox Bank that is there already, served by FinTS on a free port, for scenarios of the way in `login`. */
export async function serveFinTs(
  bank: SandboxBank,
  clock: Clock,
  options: {
    readonly dress?: FinTsDress;
    readonly connector?: Partial<FinTsOptions>;
    readonly onDefect?: (error: unknown) => void;
  } = {},
) {
  const { onDefect = () => {} } = options;
  const server = createFinTsServer(bank, clock, options.dress);
  const listening = await listen(async (request) => {
    try {
      return await server.fetch(request);
    } catch (error) {
      onDefect(error);
      return new Response('', { status: 500 });
    }
  }, 0);
  const { historyDays } = bank.parts.traits;
  const at = finTsAt(listening.url, clock, { historyDays, ...options.connector });
  const institution: Institution = (await at.connector.institutions())[0] ?? at.institution;
  return {
    url: listening.url,
    server,
    connector: at.connector,
    institution,
    connect: (login: { readonly login: string; readonly password: string }) =>
      connectFinTs(at.connector, institution, login, server),
    close: listening.close,
  };
}

/** The Sandbox Bank on a free port, with a connector that reaches it by FinTS and a clock that the test sets. */
export async function startFinTs(
  options: Partial<SandboxBankOptions> & {
    readonly dress?: FinTsDress;
    readonly connector?: Partial<FinTsOptions>;
  } = {},
) {
  const clock = createTestClock('2026-03-10T12:00:00.000Z');
  const store = openSqliteStore(':memory:');
  const defects: unknown[] = [];
  const bank = createSandboxBank({ clock, ids: randomIds, ...options, store });
  const served = await serveFinTs(bank, clock, {
    ...options,
    onDefect: (error) => defects.push(error),
  });
  const { connector, institution, server } = served;
  const start = (credentials: Readonly<Record<string, string>> = clara) =>
    connector.startAccess({
      institution,
      redirectUrl: 'http://127.0.0.1:4711/bank-callback?state=s1',
      notificationUrl: 'http://127.0.0.1:4711/hooks/fints',
      validUntil: '2026-08-31',
      credentials,
      user,
    });
  return {
    ...bank,
    ...served,
    clock,
    start,
    answer: (step: AccessStep, answer = answerOf(step, server)) => {
      if (step.kind !== 'asked') throw new Error('nothing is asked');
      return connector.answerConfirmation(step.grant, answer, user);
    },
    /** The dialog that was confirmed is over by the time that it ends. */
    async connect(login = 'clara'): Promise<Grant> {
      const customer = { login, password: 'sandbox' };
      const wait = () => clock.passMinutes(1);
      const grant = await connectFinTs(connector, institution, customer, server, wait);
      clock.passMinutes(11);
      return grant;
    },
    /** Also holds the bank to having had no defect. */
    async stop() {
      await served.close();
      await store.close();
      if (defects[0]) throw defects[0];
    },
  };
}

export type FinTsWorld = Awaited<ReturnType<typeof startFinTs>>;
