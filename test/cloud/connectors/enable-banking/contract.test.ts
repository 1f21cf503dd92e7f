import { expect, test } from '@jest/globals';
import { bankConnectorContract } from '../../../contract/bank-connector.ts';
import { redirectContract } from '../../../contract/redirect.ts';
import { strangeProviderContract } from '../../../contract/strange-provider.ts';
import { loadOpenApi } from '../../../openapi.ts';
import { startEnableBanking } from '../../../providers/enable-banking/serve.ts';
import { withBrowser } from '../../../providers/hosted-consent.ts';
import { arrangedBy } from '../arranged-by.ts';

const spec = loadOpenApi({
  file: 'enable-banking-openapi.yml',
  name: "Enable Banking's description",
  ownHeaders: /^psu-/,
});
const problems: string[] = [];

async function watch(request: Request, response: Response): Promise<void> {
  const isPage = new URL(request.url).pathname === '/ais/start';
  const isArranged = response.headers.get('Content-Type') === 'text/html';
  if (spec && !isPage && !isArranged) problems.push(...(await spec.problemsOf(request, response)));
}

const tells = [
  'rate-limited',
  'bank-unavailable',
  'timeout',
  'reply-unreadable',
  'consent-expired',
  'consent-revoked',
  'login-rejected',
] as const;

bankConnectorContract('enable-banking', async () => {
  const world = await startEnableBanking({ traits: { pageSize: 7 }, watch });
  // Of a day that is too old it gives what there is.
  return { ...world, ...arrangedBy(world.control), tells, hides: { period: true } };
});

redirectContract('enable-banking', async () => {
  const world = await startEnableBanking({ watch });
  return {
    ...world,
    ...withBrowser(world.connector),
    async revokeAtBank() {
      const { consents } = world.bank.parts;
      for (const { key } of await consents.heldBy('clara')) await consents.end(key, 'revokedByPsu');
    },
  };
});

strangeProviderContract('enable-banking', async () => {
  const world = await startEnableBanking({
    connector: { timeoutMs: 1_200 },
    faultsUntil: new Date('2026-03-10T14:00:00Z'),
    traits: { unattendedPerDay: 1_000 },
  });
  const { faults } = world;
  if (!faults) throw new Error('no fault proxy');
  const paths = { accounts: '/sessions/', balances: '/balances', entries: '/transactions' };
  return {
    ...world,
    ...arrangedBy(world.control),
    faults,
    isOf: (call, { method, path }) => method === 'GET' && path.includes(paths[call]),
  };
});

const testAgainstSpec = spec ? test : test.skip;

testAgainstSpec('all that was sent and answered keeps the description', () => {
  expect(problems).toEqual([]);
  expect([...(spec?.checked ?? [])]).toEqual(
    expect.arrayContaining([
      'GET /aspsps 200',
      'POST /auth 200',
      'POST /sessions 200',
      'GET /sessions/{session_id} 200',
      'GET /sessions/{session_id} 429',
      'DELETE /sessions/{session_id} 200',
      'DELETE /sessions/{session_id} 422',
      'GET /accounts/{account_id}/balances 200',
      'GET /accounts/{account_id}/balances 401',
      'GET /accounts/{account_id}/transactions 200',
      'GET /accounts/{account_id}/transactions 500',
    ]),
  );
});

testAgainstSpec('what breaks the description would be found', async () => {
  const url = 'http://127.0.0.1/accounts/A1/transactions?date_from=1.3.2026&since=1';
  const answer = { transactions: [{ transaction_amount: { amount: 1 }, status: 'DONE' }] };
  const found = await spec?.problemsOf(
    new Request(url, { headers: { 'Psu-Mood': 'good' } }),
    Response.json(answer),
  );
  expect(found?.join('\n')).toMatch(
    /account_id must.*date_from must.*psu-mood is not declared.*since is not declared.*credit_debit_indicator.*currency.*must be string.*status must/s,
  );
});
