import { expect, test } from '@jest/globals';
import type { BankTraits } from '../../../../cloud/local/bank/traits.ts';
import type { BankConnector } from '../../../../cloud/ports/bank-connector.ts';
import type { ConfirmationAnswer } from '../../../../shared/confirmation.ts';
import { bankConnectorContract } from '../../../contract/bank-connector.ts';
import { redirectContract } from '../../../contract/redirect.ts';
import { askByRedirect, finishRedirect } from '../../../contract/redirect-steps.ts';
import { startBank } from '../../local/bank/bank-server.ts';
import { loadBerlinGroupSpec } from '../../local/bank/berlin-group-spec.ts';
import { createVisitor, decideAtBank } from '../../local/bank/visit-bank.ts';
import { arrangedBy } from '../arranged-by.ts';

const spec = loadBerlinGroupSpec();
const problems: string[] = [];

async function startWorld(traits: Partial<BankTraits> = {}) {
  const bank = await startBank({
    traits: { pageSize: 7, ...traits },
    connector: { timeoutMs: 1_500 },
    async watch(request, response) {
      const isArranged = response.headers.get('Content-Type') === 'text/html';
      if (!spec || isArranged || !new URL(request.url).pathname.startsWith('/xs2a/v1')) return;
      problems.push(...(await spec.problemsOf(request, response)));
    },
  });
  return {
    ...bank,
    pageSize: 7,
    decide: async (url: string, decision: 'allow' | 'decline') => {
      await decideAtBank(url, decision);
    },
  };
}

bankConnectorContract('berlin-group at the Sandbox Bank', async () => {
  const world = await startWorld();
  return {
    ...world,
    async connect() {
      const { grant, page } = await askByRedirect(world);
      await world.decide(page, 'allow');
      return (await finishRedirect(world.connector, grant)).grant;
    },
    ...arrangedBy(world.control),
  };
});

redirectContract('berlin-group at the Sandbox Bank', async () => {
  const world = await startWorld();
  return { ...world, revokeAtBank: () => revokeAll(world.url) };
});

redirectContract('berlin-group at the Sandbox Bank, by OAuth', async () => {
  const world = await startWorld({ scaApproach: 'oauth' });
  /** What the bank has added to the address to which the last user came back. */
  let query: Readonly<Record<string, string>> = {};
  const connector: BankConnector = {
    ...world.connector,
    startAccess(request) {
      query = {};
      return world.connector.startAccess(request);
    },
    answerConfirmation: (grant, answer, user) =>
      world.connector.answerConfirmation(grant, { ...answer, query } as ConfirmationAnswer, user),
  };
  return {
    ...world,
    connector,
    async decide(page, decision) {
      query = Object.fromEntries(new URL(await decideAtBank(page, decision)).searchParams);
    },
    revokeAtBank: () => revokeAll(world.url),
  };
});

/** Clara takes all that she has allowed back, on the bank's own page. */
async function revokeAll(url: string): Promise<void> {
  const visitor = createVisitor();
  const login = await visitor.open(`${url}/`);
  let home = await visitor.submit(login, '/login', { login: 'clara', password: 'sandbox' });
  while (home.html.includes('action="/consents/revoke"')) {
    home = await visitor.submit(home, '/consents/revoke', {});
  }
}

const testAgainstSpec = spec ? test : test.skip;

testAgainstSpec('all that was sent and answered keeps the standard', () => {
  expect(problems).toEqual([]);
  expect([...(spec?.checked ?? [])]).toEqual(
    expect.arrayContaining([
      'DELETE /v1/consents/{consentId} 204',
      'GET /v1/accounts 200',
      'GET /v1/accounts 429',
      'GET /v1/accounts/{account-id}/balances 200',
      'GET /v1/accounts/{account-id}/balances 404',
      'GET /v1/accounts/{account-id}/transactions 200',
      'GET /v1/accounts/{account-id}/transactions 400',
      'GET /v1/consents/{consentId} 200',
      'GET /v1/consents/{consentId}/status 200',
      'POST /v1/consents 201',
    ]),
  );
});

testAgainstSpec('what breaks the standard would be found', async () => {
  const url = 'http://127.0.0.1/xs2a/v1/accounts/A1/transactions?dateFrom=1.3.2026&since=1';
  const answer = { transactions: { booked: [{ transactionAmount: { amount: 1 } }] } };
  const found = await spec?.problemsOf(
    new Request(url, { headers: { 'TPP-Redirect-URI': 'http://127.0.0.1/' } }),
    Response.json(answer, { headers: { 'X-Request-ID': '7' } }),
  );
  expect(found?.join('\n')).toMatch(
    /dateFrom.*bookingStatus is missing.*X-Request-ID is missing.*Consent-ID is missing.*tpp-redirect-uri is not declared.*since is not declared.*X-Request-ID must match.*_links.*currency.*must be string/s,
  );
});
