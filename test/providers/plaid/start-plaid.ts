import { openSqliteStore } from '../../../cloud/adapters/sqlite-store.ts';
import { randomIds } from '../../../cloud/adapters/system-clock.ts';
import { createPlaid, type PlaidOptions } from '../../../cloud/connectors/plaid/connector.ts';
import { createSandboxBank, type SandboxBank } from '../../../cloud/local/bank/sandbox-bank.ts';
import type { BankTraits } from '../../../cloud/local/bank/traits.ts';
import { listen } from '../../../cloud/local/listen.ts';
import type { BankConnector, Grant } from '../../../cloud/ports/bank-connector.ts';
import type { Clock } from '../../../cloud/ports/clock.ts';
import type { Institution } from '../../../shared/bank.ts';
import { decideAtBank } from '../../cloud/local/bank/visit-bank.ts';
import { askByRedirect, finishRedirect } from '../../contract/redirect-steps.ts';
import { createPlaidServer, keys } from './server.ts';

/** A bank behind Plaid on a free port, and a connector that reaches it. */
export async function servePlaid(
  bank: SandboxBank,
  clock: Clock,
  options: Partial<PlaidOptions> = {},
) {
  const plaid = await createPlaidServer(bank);
  const served = await listen(plaid.app.fetch, 0);
  const connector = createPlaid({
    fetch,
    clock,
    keys,
    url: served.url,
    countries: ['US', 'CA'],
    timeoutMs: 5_000,
    readyPatience: { tries: 3, everyMs: 5 },
    linkPatience: { tries: 2, everyMs: 5 },
    ...options,
  });
  const [institution] = (await connector.institutions()) as [Institution];
  return {
    connector,
    institution,
    plaid,
    url: served.url,
    connect: connectAs,
    close: () => served.close(),
  };
}

/** All that a user does until there is access. */
export async function connectAs(
  connector: BankConnector,
  institution: Institution,
  login = 'clara',
  accounts?: readonly string[],
): Promise<Grant> {
  const { grant, page } = await askByRedirect({ connector, institution });
  await decideAtBank(page, 'allow', accounts, { login, password: 'sandbox' });
  return (await finishRedirect(connector, grant)).grant;
}

/** The Sandbox Bank behind Plaid, for a test. */
export async function startPlaid({
  traits = {},
  ...options
}: Partial<PlaidOptions> & { readonly traits?: Partial<BankTraits> } = {}) {
  const clock = { now: () => '2026-03-10T12:00:00.000Z' };
  const store = openSqliteStore(':memory:');
  const defects: Error[] = [];
  const onDefect = (error: Error) => defects.push(error);
  const bank = createSandboxBank({ clock, ids: randomIds, store, onDefect, traits });
  const served = await servePlaid(bank, clock, options);
  const { connector, institution } = served;
  return {
    ...served,
    bank,
    clock,
    control: bank.control,
    connect: () => connectAs(connector, institution),
    async stop() {
      await served.close();
      await store.close();
      if (defects[0]) throw defects[0];
    },
  };
}
