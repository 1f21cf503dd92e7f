import type { SandboxBank } from '../../cloud/local/bank/sandbox-bank.ts';
import type { BankConnector } from '../../cloud/ports/bank-connector.ts';
import type { Clock } from '../../cloud/ports/clock.ts';
import type { Institution } from '../../shared/bank.ts';
import { serveSimplefin } from '../providers/simplefin/start-simplefin.ts';

/** A provider's server that shows the Sandbox Bank's accounts, and the connector that reaches it. */
export interface ServedProvider {
  readonly connector: BankConnector;
  readonly institution: Institution;
  /** What the customer types on our page, by the names of the institution's fields; absent: nothing. */
  credentialsOf?(login: string, password: string): Promise<Readonly<Record<string, string>>>;
  close(): Promise<void>;
}

type Serve = (
  bank: SandboxBank,
  clock: Clock,
  options: { readonly timeoutMs: number },
) => Promise<ServedProvider>;

/** Providers through which scenarios are run besides those that the Sandbox Bank speaks itself. */
export const providers = {
  simplefin: async (...args) => {
    const served = await serveSimplefin(...args);
    return { ...served, credentialsOf: (login) => served.credentialsOf(login) };
  },
} as const satisfies Readonly<Record<string, Serve>>;

export type ProviderName = keyof typeof providers;
