import { createSimplefin } from '../../../../cloud/connectors/simplefin/connector.ts';
import type { BankErrorCode } from '../../../../cloud/ports/bank-connector.ts';
import type { Balance, ObservedEntry } from '../../../../shared/bank.ts';
import { bankConnectorContract } from '../../../contract/bank-connector.ts';
import { type FaultProxy, startFaultProxy } from '../../../contract/fault-proxy.ts';
import { strangeProviderContract } from '../../../contract/strange-provider.ts';
import { grantFor, startSimplefin } from '../../../providers/simplefin/start-simplefin.ts';
import { arrangedBy } from '../arranged-by.ts';

/** An access that ends is one that the user has taken back; nobody's login or lock is told of. */
const tells: readonly BankErrorCode[] = [
  'rate-limited',
  'bank-unavailable',
  'timeout',
  'reply-unreadable',
  'consent-revoked',
  'account-locked',
];

const hides = {
  entry: ({ original: _, counterpartyAccount: __, ...entry }: ObservedEntry) => entry,
  balance: ({ booked = { minor: 0, currency: 'EUR' }, available }: Balance): Balance => ({
    booked,
    ...(available && { available }),
  }),
  holder: true,
  number: true,
} as const;

bankConnectorContract('simplefin at a SimpleFIN server', async () => {
  const world = await startSimplefin({ timeoutMs: 1_200 });
  return { ...world, tells, hides, ...arrangedBy(world.control) };
});

strangeProviderContract('simplefin', async () => {
  const world = await startSimplefin();
  const faults: FaultProxy = await startFaultProxy(world.url, new Date('2026-03-10T14:00:00Z'));
  const connector = createSimplefin({
    fetch,
    clock: world.clock,
    hosts: [new URL(faults.url).host],
    timeoutMs: 1_200,
  });
  return {
    ...world,
    ...arrangedBy(world.control),
    connector,
    faults,
    connect: async () =>
      grantFor(connector, world.institution, await world.credentialsOf('clara', faults.url)),
    isOf: (call, { path }) => path.includes('balances-only') === (call !== 'entries'),
    async stop() {
      await faults.stop();
      await world.stop();
    },
  };
});
