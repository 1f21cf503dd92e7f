import { bankConnectorContract } from '../../../contract/bank-connector.ts';
import { redirectContract } from '../../../contract/redirect.ts';
import { strangeProviderContract } from '../../../contract/strange-provider.ts';
import { startGoCardless } from '../../../providers/gocardless/serve.ts';
import { withBrowser } from '../../../providers/hosted-consent.ts';
import { arrangedBy } from '../arranged-by.ts';

// A consent that was taken back at the bank is one that is over; a login is nothing that GoCardless
// knows of.
const tells = [
  'rate-limited',
  'bank-unavailable',
  'timeout',
  'reply-unreadable',
  'consent-expired',
  'account-locked',
] as const;

bankConnectorContract('gocardless', async () => {
  const world = await startGoCardless();
  return { ...world, ...arrangedBy(world.control), tells };
});

redirectContract('gocardless', async () => {
  const world = await startGoCardless();
  return {
    ...world,
    ...withBrowser(world.connector),
    revokedAs: 'consent-expired',
    async revokeAtBank() {
      const { consents } = world.bank.parts;
      for (const { key } of await consents.heldBy('clara')) await consents.end(key, 'revokedByPsu');
    },
  };
});

strangeProviderContract('gocardless', async () => {
  const world = await startGoCardless({
    connector: { timeoutMs: 1_200 },
    faultsUntil: new Date('2026-03-10T14:00:00Z'),
  });
  const { faults } = world;
  if (!faults) throw new Error('no fault proxy');
  const paths = { accounts: '/requisitions/', balances: '/balances/', entries: '/transactions/' };
  return {
    ...world,
    ...arrangedBy(world.control),
    faults,
    isOf: (call, { method, path }) => method === 'GET' && path.includes(paths[call]),
  };
});
