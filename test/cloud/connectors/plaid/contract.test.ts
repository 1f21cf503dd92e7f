import { createPlaid } from '../../../../cloud/connectors/plaid/connector.ts';
import type { BankConnector, EntryPage } from '../../../../cloud/ports/bank-connector.ts';
import type { ObservedEntry } from '../../../../shared/bank.ts';
import { bankConnectorContract } from '../../../contract/bank-connector.ts';
import { startFaultProxy } from '../../../contract/fault-proxy.ts';
import { redirectContract } from '../../../contract/redirect.ts';
import { strangeProviderContract } from '../../../contract/strange-provider.ts';
import { keys } from '../../../providers/plaid/server.ts';
import { connectAs, startPlaid } from '../../../providers/plaid/start-plaid.ts';
import { createVisitor, decideAtBank } from '../../local/bank/visit-bank.ts';
import { arrangedBy } from '../arranged-by.ts';

const hides = {
  entry: ({ original: _, counterpartyAccount: __, ...entry }: ObservedEntry) => entry,
  holder: true,
} as const;

/** The contract's bank gives a reference twice. Plaid never does: the server gives the second one another id. */
function withReferencesOfBank(connector: BankConnector): BankConnector {
  const ofBank = ({ reference = '', ...entry }: ObservedEntry): ObservedEntry => {
    return { reference: reference.replace(/~\d+$/, ''), ...entry };
  };
  async function* pagesOf(pages: AsyncIterable<EntryPage>): AsyncGenerator<EntryPage> {
    for await (const { entries } of pages) yield { entries: entries.map(ofBank) };
  }
  return {
    ...connector,
    async open(...args) {
      const session = await connector.open(...args);
      return { ...session, entries: (id, window) => pagesOf(session.entries(id, window)) };
    },
  };
}

bankConnectorContract('plaid', async () => {
  const world = await startPlaid({ timeoutMs: 1_200 });
  const connector = withReferencesOfBank(world.connector);
  return { ...world, connector, hides, ...arrangedBy(world.control) };
});

redirectContract('plaid', async () => {
  // Plaid is not told until when: its bank grants as long as it grants.
  const world = await startPlaid({ traits: { consentDays: 112 } });
  return {
    ...world,
    async decide(page: string, decision: 'allow' | 'decline') {
      await decideAtBank(page, decision);
    },
    async revokeAtBank() {
      const visitor = createVisitor();
      const login = await visitor.open(`${world.url}/`);
      let home = await visitor.submit(login, '/login', { login: 'clara', password: 'sandbox' });
      while (home.html.includes('action="/consents/revoke"')) {
        home = await visitor.submit(home, '/consents/revoke', {});
      }
    },
  };
});

strangeProviderContract('plaid', async () => {
  const world = await startPlaid();
  const faults = await startFaultProxy(world.url, new Date('2026-03-10T14:00:00Z'));
  const { clock } = world;
  const connector = createPlaid({
    fetch,
    clock,
    keys,
    url: faults.url,
    countries: ['US'],
    timeoutMs: 1_200,
  });
  return {
    ...world,
    ...arrangedBy(world.control),
    connector,
    faults,
    connect: () => connectAs(connector, world.institution),
    isOf: (call, { path }) =>
      path === (call === 'entries' ? '/transactions/sync' : '/accounts/get'),
    async stop() {
      await faults.stop();
      await world.stop();
    },
  };
});
