import { bankConnectorContract, euros } from '../../../contract/bank-connector.ts';
import { startIsrael } from '../../../providers/israel/serve.ts';
import { arrangedBy } from '../arranged-by.ts';

bankConnectorContract('israel at One Zero', async () => {
  const served = await startIsrael({ timeoutMs: 1_600 });
  return {
    ...served,
    ...arrangedBy(served.control),
    asksOnce: true,
    tells: ['rate-limited', 'bank-unavailable', 'timeout', 'reply-unreadable', 'login-rejected'],
    hides: {
      holder: true,
      pending: true,
      // The package has 0 for an account in which nothing has ever moved.
      balance: ({ booked = euros(0) }) => ({ booked }),
      entry: ({ original: _, ...entry }) => ({ ...entry, counterparty: '' }),
    },
  };
});
