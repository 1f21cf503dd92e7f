import type { BankErrorCode } from '../../../../cloud/ports/bank-connector.ts';
import type { ObservedEntry } from '../../../../shared/bank.ts';
import { bankConnectorContract } from '../../../contract/bank-connector.ts';
import { startFinTs } from '../../../providers/fints/start-fints.ts';
import { arrangedBy } from '../arranged-by.ts';

/** There is no consent that ends or is taken back. */
const tells: readonly BankErrorCode[] = [
  'rate-limited',
  'bank-unavailable',
  'timeout',
  'reply-unreadable',
  'login-rejected',
  'account-locked',
];

bankConnectorContract('fints with CAMT at the Sandbox Bank', async () => {
  const bank = await startFinTs({ traits: { pageSize: 7 }, connector: { timeoutMs: 1_200 } });
  const grant = await bank.connect();
  return { ...bank, ...arrangedBy(bank.control), tells, connect: async () => grant };
});

/** SWIFT statements have one line of text and the bank's word for it, and no other currency beside the amount. */
function inSwift({ original: _, ...entry }: ObservedEntry): ObservedEntry {
  const kind = entry.amount.minor < 0 ? 'LASTSCHRIFT' : 'GUTSCHRIFT';
  return { ...entry, text: `${entry.text.replaceAll('\n', ' ')}\n${kind}`.trim() };
}

bankConnectorContract('fints with MT940 at the Sandbox Bank', async () => {
  const dress = { statements: 'mt940' } as const;
  const traits = { pageSize: 7 };
  const bank = await startFinTs({ dress, traits });
  const grant = await bank.connect();
  const hides = { entry: inSwift };
  // The silence of a bank is the same, whatever it would say.
  const told = tells.filter((code) => code !== 'timeout');
  const arranged = arrangedBy(bank.control);
  return { ...bank, ...arranged, tells: told, hides, connect: async () => grant };
});
