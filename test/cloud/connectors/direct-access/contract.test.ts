import { bankConnectorContract } from '../../../contract/bank-connector.ts';
import { arrangedBy } from '../arranged-by.ts';
import { describeInChromium } from './in-chromium.ts';
import { startOnlineBank } from './online-bank.ts';

const describe = await describeInChromium();

describe('in Chromium', () => {
  bankConnectorContract('direct-access at the Sandbox Bank', async () => {
    const bank = await startOnlineBank({
      traits: { pageSize: 7 },
      connector: { stepMs: 2_000 },
    });
    const grant = await bank.connect();
    const [institution] = await bank.connector.institutions();
    if (!institution) throw new Error('no institution');
    return {
      ...bank,
      ...arrangedBy(bank.control),
      institution,
      pageSize: 7,
      connect: async () => grant,
    };
  });
});
