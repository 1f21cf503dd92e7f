import { generateKeyPairSync } from 'node:crypto';
import { openSqliteStore } from '../../../cloud/adapters/sqlite-store.ts';
import { randomIds } from '../../../cloud/adapters/system-clock.ts';
import {
  createEnableBanking,
  type EnableBankingOptions,
} from '../../../cloud/connectors/enable-banking/connector.ts';
import { createSandboxBank, type SandboxBank } from '../../../cloud/local/bank/sandbox-bank.ts';
import type { BankTraits } from '../../../cloud/local/bank/traits.ts';
import { listen } from '../../../cloud/local/listen.ts';
import type { BankConnector } from '../../../cloud/ports/bank-connector.ts';
import type { Clock } from '../../../cloud/ports/clock.ts';
import type { Institution } from '../../../shared/bank.ts';
import { createTestClock } from '../../cloud/local/bank/bank-server.ts';
import { type FaultProxy, startFaultProxy } from '../../contract/fault-proxy.ts';
import { clara, connect } from '../hosted-consent.ts';
import { createEnableBankingSide, type SideOptions } from './server.ts';
import { createSessions } from './sessions.ts';

export interface ServeOptions
  extends Partial<Pick<SideOptions, 'requiredHeaders' | 'pending' | 'isSilent'>> {
  readonly connector?: Partial<EnableBankingOptions>;
  /**
   * With a fault proxy between the connector and the server, which says until when it is limited.
   */
  readonly faultsUntil?: Date;
  /** Sees every request and its answer. */
  readonly watch?: (request: Request, response: Response) => Promise<void>;
}

const application = '497f6eca-6276-4993-bfeb-53cbbbba6f08';
/** One for the process: to make one takes a while. */
let keys: ReturnType<typeof makeKeys> | undefined;
const makeKeys = () => generateKeyPairSync('rsa', { modulusLength: 2_048 });

/** A bank behind Enable Banking, with a connector that reaches it. */
export interface ServedEnableBanking {
  /** Of the server itself, past the fault proxy. */
  readonly url: string;
  readonly connector: BankConnector;
  readonly institution: Institution;
  readonly faults: FaultProxy | undefined;
  /** The bank's key of the account that a session shows under an id. */
  keyOf(externalId: string): string | undefined;
  close(): Promise<void>;
}

export async function serveEnableBanking(
  bank: SandboxBank,
  clock: Clock,
  options: ServeOptions = {},
): Promise<ServedEnableBanking> {
  keys ??= makeKeys();
  const { publicKey, privateKey } = keys;
  const sessions = createSessions(bank.parts);
  const side = createEnableBankingSide({
    ...options,
    parts: bank.parts,
    sessions,
    application,
    publicKey,
  });
  const server = await listen(async (request) => {
    const seen = options.watch && request.clone();
    const response = await side.fetch(request);
    if (seen) await options.watch?.(seen, response.clone());
    return response;
  }, 0);
  const { faultsUntil } = options;
  const faults = faultsUntil && (await startFaultProxy(server.url, faultsUntil));
  const connector = createEnableBanking({
    fetch,
    clock,
    application,
    key: privateKey,
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
    keyOf: sessions.keyOf,
    async close() {
      await faults?.stop();
      await server.close();
    },
  };
}

/**
 * The Sandbox Bank behind Enable Banking; its today is 2026-03-10, until the test sets the clock.
 */
export async function startEnableBanking(
  options: ServeOptions & { readonly traits?: Partial<BankTraits> } = {},
) {
  const { traits = {}, ...served } = options;
  const clock = createTestClock('2026-03-10T12:00:00.000Z');
  const store = openSqliteStore(':memory:');
  const bank = createSandboxBank({ store, clock, ids: randomIds, traits });
  const { close, ...provider } = await serveEnableBanking(bank, clock, served);
  return {
    ...provider,
    ...(traits.pageSize !== undefined && { pageSize: traits.pageSize }),
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
