import { openSqliteStore } from '../../../cloud/adapters/sqlite-store.ts';
import { randomIds } from '../../../cloud/adapters/system-clock.ts';
import { createSimplefin } from '../../../cloud/connectors/simplefin/connector.ts';
import { createSandboxBank, type SandboxBank } from '../../../cloud/local/bank/sandbox-bank.ts';
import { listen } from '../../../cloud/local/listen.ts';
import type { BankConnector, Grant } from '../../../cloud/ports/bank-connector.ts';
import type { Clock } from '../../../cloud/ports/clock.ts';
import type { Institution } from '../../../shared/bank.ts';
import { createSimplefinServer } from './server.ts';

/** A bank behind a SimpleFIN server on a free port, and a connector that reaches it. */
export async function serveSimplefin(
  bank: SandboxBank,
  clock: Clock,
  options: { readonly timeoutMs?: number } = {},
) {
  const simplefin = createSimplefinServer(bank);
  const served = await listen(simplefin.app.fetch, 0);
  const hosts = [new URL(served.url).host];
  const connector = createSimplefin({ fetch, clock, hosts, timeoutMs: 5_000, ...options });
  const [institution] = (await connector.institutions()) as [Institution];
  const credentialsOf = async (login: string, root = served.url) => ({
    'setup-token': await simplefin.createToken(login, root),
  });
  return {
    connector,
    institution,
    simplefin,
    url: served.url,
    /** What the user pastes: a new setup token. */
    credentialsOf,
    connect: async (through: BankConnector, at: Institution, login: string): Promise<Grant> =>
      grantFor(through, at, await credentialsOf(login)),
    close: () => served.close(),
  };
}

/** Claims a setup token as the connect page does. */
export async function grantFor(
  connector: BankConnector,
  institution: Institution,
  credentials: Readonly<Record<string, string>>,
): Promise<Grant> {
  const step = await connector.startAccess({
    institution,
    redirectUrl: 'http://127.0.0.1:4711/connect/callback?state=s1',
    notificationUrl: 'http://127.0.0.1:4711/hooks/simplefin',
    validUntil: '2026-08-31',
    credentials,
    user: { ipAddress: '192.0.2.7', userAgent: 'Test Browser' },
  });
  if (step.kind !== 'granted') throw new Error('a token asks for nothing more');
  return step.grant;
}

/** The Sandbox Bank behind SimpleFIN, for a test. */
export async function startSimplefin(options: { readonly timeoutMs?: number } = {}) {
  const clock = { now: () => '2026-03-10T12:00:00.000Z' };
  const store = openSqliteStore(':memory:');
  const defects: Error[] = [];
  const onDefect = (error: Error) => defects.push(error);
  const bank = createSandboxBank({ clock, ids: randomIds, store, onDefect });
  const served = await serveSimplefin(bank, clock, options);
  const { connector, institution, credentialsOf } = served;
  return {
    ...served,
    bank,
    clock,
    control: bank.control,
    connect: async (): Promise<Grant> =>
      grantFor(connector, institution, await credentialsOf('clara')),
    async stop() {
      await served.close();
      await store.close();
      if (defects[0]) throw defects[0];
    },
  };
}
