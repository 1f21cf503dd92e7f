import { expect, test } from '@jest/globals';
import type { BankFailureCode } from '../../../../cloud/local/bank/control.ts';
import type { BankErrorCode } from '../../../../cloud/ports/bank-connector.ts';
import { bankConnectorContract } from '../../../contract/bank-connector.ts';
import { startBank } from '../../local/bank/bank-server.ts';
import { loadBerlinGroupSpec } from '../../local/bank/berlin-group-spec.ts';
import { createVisitor, decideAtBank } from '../../local/bank/visit-bank.ts';

const spec = loadBerlinGroupSpec();
const problems: string[] = [];

bankConnectorContract('berlin-group at the Sandbox Bank', async () => {
  const bank = await startBank({
    traits: { pageSize: 7 },
    connector: { timeoutMs: 300 },
    async watch(request, response) {
      const isArranged = response.headers.get('Content-Type') === 'text/html';
      if (!spec || isArranged || !new URL(request.url).pathname.startsWith('/xs2a')) return;
      problems.push(...(await spec.problemsOf(request, response)));
    },
  });
  return {
    connector: bank.connector,
    institution: bank.institution,
    pageSize: 7,
    decide: async (url, decision) => {
      await decideAtBank(url, decision);
    },
    show: (entries, balance) =>
      bank.control.show('current', { entries, ...(balance && { balance }) }),
    failNext: ({ with: code, ...failure }) =>
      bank.control.failNext({ ...failure, with: arrangeable(code) }),
    async revokeAtBank() {
      const visitor = createVisitor();
      const login = await visitor.open(`${bank.url}/`);
      let home = await visitor.submit(login, '/login', { login: 'clara', password: 'sandbox' });
      while (home.html.includes('action="/consents/revoke"')) {
        home = await visitor.submit(home, '/consents/revoke', {});
      }
    },
    stop: bank.stop,
  };
});

function arrangeable(code: BankErrorCode): BankFailureCode {
  switch (code) {
    case 'needs-confirmation':
    case 'confirmation-declined':
    case 'confirmation-expired':
    case 'code-rejected':
    case 'notice-refused':
    case 'provider-not-configured':
      throw new Error(code);
    default:
      return code;
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
