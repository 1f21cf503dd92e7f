import { describe, expect, test } from '@jest/globals';
import type { BankErrorCode, BankSession } from '../../../../cloud/ports/bank-connector.ts';
import { collect } from '../../../contract/bank-connector.ts';
import { refusal, scripted, uid, user } from './scripted.ts';

const calls = {
  accounts: (session: BankSession) => session.accounts(),
  balances: (session: BankSession) => session.balance(uid),
  entries: (session: BankSession) => collect(session.entries(uid, { from: '2026-02-01' })),
};
type Call = keyof typeof calls;
const everyCall = Object.keys(calls) as Call[];

async function errorAt(call: Call, answer: Response) {
  const session = await scripted([answer]).open();
  return calls[call](session).catch((error: unknown) => error) as Promise<{
    code: BankErrorCode;
    earliest?: string;
    message: string;
  }>;
}

describe('what Enable Banking refuses', () => {
  test.each<[number, string, BankErrorCode]>([
    [429, 'ASPSP_RATE_LIMIT_EXCEEDED', 'rate-limited'],
    [408, 'ASPSP_TIMEOUT', 'timeout'],
    [500, 'ASPSP_TIMEOUT', 'timeout'],
    [400, 'ASPSP_ERROR', 'bank-unavailable'],
    [500, 'ASPSP_ERROR', 'bank-unavailable'],
    [422, 'ASPSP_PSU_ACTION_REQUIRED', 'needs-confirmation'],
    [422, 'PSU_HEADER_NOT_PROVIDED', 'needs-confirmation'],
    [401, 'EXPIRED_SESSION', 'consent-expired'],
    [404, 'SESSION_DOES_NOT_EXIST', 'consent-expired'],
    [422, 'WRONG_SESSION_STATUS', 'consent-expired'],
    [401, 'REVOKED_SESSION', 'consent-revoked'],
    [401, 'CLOSED_SESSION', 'consent-revoked'],
    [422, 'WRONG_CREDENTIALS_PROVIDED', 'login-rejected'],
    [404, 'ASPSP_ACCOUNT_NOT_ACCESSIBLE', 'account-gone'],
    [404, 'ACCOUNT_DOES_NOT_EXIST', 'account-gone'],
    [422, 'INVALID_ACCOUNT_ID', 'account-gone'],
    [401, 'UNAUTHORIZED_ACCESS', 'provider-not-configured'],
    [403, 'ACCESS_DENIED', 'provider-not-configured'],
    [403, 'UNAUTHORIZED_IP', 'provider-not-configured'],
    [403, 'NO_ACCOUNTS_ADDED', 'provider-not-configured'],
    [422, 'REDIRECT_URI_NOT_ALLOWED', 'provider-not-configured'],
    [401, 'AUTHORIZATION_NOT_PROVIDED', 'provider-not-configured'],
    [400, 'INVALID_HOST', 'provider-not-configured'],
    [422, 'WRONG_TRANSACTIONS_PERIOD', 'period-not-available'],
    [422, 'WRONG_REQUEST_PARAMETERS', 'bank-unavailable'],
    [422, 'WRONG_CONTINUATION_KEY', 'bank-unavailable'],
    [422, 'A_NEW_CODE', 'bank-unavailable'],
  ])('with %s %s is %s', async (status, error, code) => {
    for (const call of everyCall) {
      const told = await errorAt(call, refusal(status, { error, code: status, detail: 'Erika' }));
      expect(told.code).toBe(code);
      expect(told.message).not.toContain('Erika');
    }
  });

  test('without a code of its own ends no connection for the sake of one account', async () => {
    for (const call of ['balances', 'entries'] as const) {
      expect(await errorAt(call, refusal(404, {}))).toMatchObject({ code: 'account-gone' });
      expect(await errorAt(call, refusal(401, {}))).toMatchObject({ code: 'bank-unavailable' });
    }
    expect(await errorAt('accounts', refusal(404, {}))).toMatchObject({ code: 'consent-expired' });
    const refused = await errorAt('accounts', refusal(401, {}));
    expect(refused).toMatchObject({ code: 'provider-not-configured' });
    expect(await errorAt('accounts', refusal(503, {}))).toMatchObject({ code: 'bank-unavailable' });
  });

  test('is a period with its first day, where the bank names a later one', async () => {
    const period = (date_from: unknown) =>
      refusal(422, { error: 'WRONG_TRANSACTIONS_PERIOD', code: 422, detail: { date_from } });
    const code = 'period-not-available';
    const told = await errorAt('entries', period('2026-02-10'));
    expect(told).toMatchObject({ code, earliest: '2026-02-10' });
    for (const useless of ['2026-02-01', '2025-01-01', 'soon', null]) {
      const untold = await errorAt('entries', period(useless));
      expect(untold).toMatchObject({ code, earliest: undefined });
    }
  });
});

describe('a session by Enable Banking', () => {
  test.each<[string, BankErrorCode]>([
    ['EXPIRED', 'consent-expired'],
    ['INVALID', 'consent-expired'],
    ['CLOSED', 'consent-revoked'],
    ['REVOKED', 'consent-revoked'],
    ['CANCELLED', 'confirmation-declined'],
    ['PENDING_AUTHORIZATION', 'needs-confirmation'],
    ['RETURNED_FROM_BANK', 'needs-confirmation'],
    ['NEW_STATUS', 'bank-unavailable'],
  ])('that is %s is told as %s', async (status, code) => {
    const told = await errorAt('accounts', Response.json({ status, accounts: [] }));
    expect(told.code).toBe(code);
  });
});

describe('a user who is back from Enable Banking', () => {
  const grant = { institutionId: 'enable-banking:de-a-bank' };
  const finish = (answer: Response, query?: Readonly<Record<string, string>>) =>
    scripted([answer]).connector.answerConfirmation(
      grant,
      { kind: 'returned', ...(query && { query }) },
      user,
    );

  test.each<[string, BankErrorCode]>([
    ['EXPIRED_AUTHORIZATION_CODE', 'confirmation-expired'],
    ['WRONG_AUTHORIZATION_CODE', 'confirmation-expired'],
    ['ALREADY_AUTHORIZED', 'confirmation-expired'],
    ['WRONG_CREDENTIALS_PROVIDED', 'login-rejected'],
  ])('with a code that is refused with %s is told %s', async (error, code) => {
    const refused = refusal(422, { error, code: 422 });
    await expect(finish(refused, { code: 'c-1' })).rejects.toMatchObject({ code });
  });

  test('without a code is told by the error word alone', async () => {
    const never = refusal(500, {});
    const declined = { error: 'access_denied', error_description: 'Erika Muster' };
    const error = await finish(never, declined).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'confirmation-declined' });
    expect(String(error)).not.toContain('Erika');
    const failed = { code: 'bank-unavailable' };
    await expect(finish(never, { error: 'server_error' })).rejects.toMatchObject(failed);
    await expect(finish(never)).rejects.toMatchObject({ code: 'needs-confirmation' });
  });
});
