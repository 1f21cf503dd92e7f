import { openSqliteStore } from '../../../cloud/adapters/sqlite-store.ts';
import { randomIds } from '../../../cloud/adapters/system-clock.ts';
import {
  createGoCardless,
  type GoCardlessOptions,
} from '../../../cloud/connectors/gocardless/connector.ts';
import { createSandboxBank, type SandboxBank } from '../../../cloud/local/bank/sandbox-bank.ts';
import type { BankTraits } from '../../../cloud/local/bank/traits.ts';
import { listen } from '../../../cloud/local/listen.ts';
import type { BankConnector } from '../../../cloud/ports/bank-connector.ts';
import type { Clock } from '../../../cloud/ports/clock.ts';
import type { Institution } from '../../../shared/bank.ts';
import { createTestClock } from '../../cloud/local/bank/bank-server.ts';
import { type FaultProxy, startFaultProxy } from '../../contract/fault-proxy.ts';
import { clara, connect } from '../hosted-consent.ts';
import { createRequisitions, idOf } from './requisitions.ts';
import { createGoCardlessSide, type SideOptions } from './server.ts';

export interface ServeOptions
  extends Partial<Pick<SideOptions, 'features' | 'grantsDays' | 'isCounted' | 'isSilent'>> {
  readonly connector?: Partial<GoCardlessOptions>;
  /**
   * With a fault proxy between the connector and the server, which says until when it is limited.
   */
  readonly faultsUntil?: Date;
}

const secrets = { secretId: 'test-secret-id', secretKey: 'test-secret-key' };

/** A bank behind GoCardless, with a connector that reaches it. */
export interface ServedGoCardless {
  /** Of the server itself, past the fault proxy. */
  readonly url: string;
  readonly connector: BankConnector;
  readonly institution: Institution;
  readonly faults: FaultProxy | undefined;
  /** From now on no token is good that was given before. */
  forgetTokens(): void;
  /** The bank's key of the account that the newest consent shows under an id. */
  keyOf(externalId: string): string | undefined;
  close(): Promise<void>;
}

export async function serveGoCardless(
  bank: SandboxBank,
  clock: Clock,
  options: ServeOptions = {},
): Promise<ServedGoCardless> {
  const { parts } = bank;
  const requisitions = createRequisitions(parts);
  const { app, forgetTokens } = createGoCardlessSide({ ...options, parts, requisitions, secrets });
  const server = await listen((request) => app.fetch(request), 0);
  const { faultsUntil } = options;
  const faults = faultsUntil && (await startFaultProxy(server.url, faultsUntil));
  const connector = createGoCardless({
    fetch,
    clock,
    ...secrets,
    baseUrl: faults?.url ?? server.url,
    ...options.connector,
  });
  const [institution] = await connector.institutions();
  if (!institution) throw new Error('no bank is listed');
  return {
    url: server.url,
    connector,
    institution,
    faults,
    forgetTokens,
    keyOf(externalId) {
      const ids = Object.entries(bank.control.accountIds());
      return ids.find(([hex]) => idOf(hex) === externalId)?.[1];
    },
    async close() {
      await faults?.stop();
      await server.close();
    },
  };
}

/** The Sandbox Bank behind GoCardless; its today is 2026-03-10, until the test sets the clock. */
export async function startGoCardless(
  options: ServeOptions & { readonly traits?: Partial<BankTraits> } = {},
) {
  const { traits = {}, ...served } = options;
  const clock = createTestClock('2026-03-10T12:00:00.000Z');
  const store = openSqliteStore(':memory:');
  const bank = createSandboxBank({ store, clock, ids: randomIds, traits });
  const { close, ...provider } = await serveGoCardless(bank, clock, served);
  return {
    ...provider,
    bank,
    clock,
    control: bank.control,
    connect: (validUntil?: string) =>
      connect(provider.connector, provider.institution, clara, validUntil),
    async stop() {
      await close();
      await store.close();
    },
  };
}
