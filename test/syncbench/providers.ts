import type { SandboxBank } from '../../cloud/local/bank/sandbox-bank.ts';
import type { BankConnector } from '../../cloud/ports/bank-connector.ts';
import type { Clock } from '../../cloud/ports/clock.ts';
import type { Institution } from '../../shared/bank.ts';
import type { FormPage } from '../form-browser.ts';
import { serveEnableBanking } from '../providers/enable-banking/serve.ts';
import { serveFinTs } from '../providers/fints/start-fints.ts';
import { serveGoCardless } from '../providers/gocardless/serve.ts';
import { type BankLogin, decide } from '../providers/hosted-consent.ts';
import { serveIsrael } from '../providers/israel/serve.ts';
import { servePlaid } from '../providers/plaid/start-plaid.ts';
import { serveSimplefin } from '../providers/simplefin/start-simplefin.ts';

/** A provider's server that shows the Sandbox Bank's accounts, and the connector that reaches it. */
export interface ServedProvider {
  readonly connector: BankConnector;
  readonly institution: Institution;
  /** What the customer types on our page, by the names of the institution's fields; absent: nothing. */
  credentialsOf?(customer: BankLogin): Promise<Readonly<Record<string, string>>>;
  /** What the customer does on the provider's page, where it has no forms to fill in; where the browser is sent then. */
  decide?(page: string, customer: BankLogin): Promise<string>;
  /** Fields for what is asked after the login; absent: the code that the Sandbox Bank has sent. */
  answer?(question: FormPage): Promise<Readonly<Record<string, string>>>;
  close(): Promise<void>;
}

type Serve = (bank: SandboxBank, clock: Clock, timeoutMs: number) => Promise<ServedProvider>;

const allow = (page: string, customer: BankLogin) => decide(page, 'allow', customer);

/** Providers through which scenarios are run besides those that the Sandbox Bank speaks itself. */
export const providers = {
  'enable-banking': async (bank, clock, timeoutMs) => {
    const served = await serveEnableBanking(bank, clock, { connector: { timeoutMs } });
    return { ...served, decide: allow };
  },
  gocardless: async (bank, clock, timeoutMs) => {
    const served = await serveGoCardless(bank, clock, { connector: { timeoutMs } });
    return { ...served, decide: allow };
  },
  simplefin: async (bank, clock, timeoutMs) => {
    const served = await serveSimplefin(bank, clock, { timeoutMs });
    return { ...served, credentialsOf: ({ login }) => served.credentialsOf(login) };
  },
  plaid: (bank, clock, timeoutMs) => servePlaid(bank, clock, { timeoutMs }),
  fints: async (bank, clock, timeoutMs) => {
    const served = await serveFinTs(bank, clock, { connector: { timeoutMs } });
    return {
      ...served,
      credentialsOf: async ({ login, password }) => ({ 'user-id': login, pin: password }),
      answer: async ({ html }) => {
        const [, method] = /name="method"[^>]*value="([^"]*)"/.exec(html) ?? [];
        if (method) return { method };
        const phone = served.server.phone();
        if (html.includes('name="code"')) return { code: phone.code };
        phone.approve();
        return {};
      },
    };
  },
  israel: async (bank, clock, timeoutMs) => {
    const served = await serveIsrael(bank, clock, { timeoutMs });
    return {
      ...served,
      credentialsOf: ({ login, password }) => served.credentialsOf(login, password),
      answer: async () => ({ code: served.code() }),
    };
  },
} as const satisfies Readonly<Record<string, Serve>>;

export type ProviderName = keyof typeof providers;
