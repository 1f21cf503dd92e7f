import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import type { BankErrorCode, BankSession } from '../../../../cloud/ports/bank-connector.ts';
import { collect } from '../../../contract/bank-connector.ts';
import { accountId, answering, type Script, scripted, user } from './scripted.ts';

const requisition = '/requisitions/r-1/';
const account = `/accounts/${accountId}/`;
const calls = {
  accounts: (session: BankSession) => session.accounts(),
  balances: (session: BankSession) => session.balance(accountId),
  entries: (session: BankSession) => collect(session.entries(accountId, { from: '2026-01-01' })),
};
type Call = keyof typeof calls;

/** What is told where all that is asked is answered so. */
async function errorAt(call: Call, answer: () => Response) {
  const { open } = scripted({
    [`GET ${requisition}`]: answer,
    [`GET ${account}balances/`]: answer,
    [`GET ${account}transactions/`]: answer,
  });
  const session = await open();
  return calls[call](session).catch((error: unknown) => error) as Promise<{
    code: BankErrorCode;
    retryAfterSeconds?: number;
    message: string;
  }>;
}

const detail = 'Erika Muster has no access any more';
const path = resolve(
  import.meta.dirname,
  '../../../../../shared/specs/gocardless-error-cases.json',
);
const codeByClass: Readonly<Record<string, BankErrorCode>> = {
  CONSENT_EXPIRED: 'consent-expired',
  PROVIDER_CONFIG: 'provider-not-configured',
  PROVIDER_QUOTA: 'provider-not-configured',
  RATE_LIMITED: 'rate-limited',
  ACCOUNT_GONE: 'account-gone',
  ACCOUNT_FORBIDDEN: 'account-gone',
  ACCOUNT_SUSPENDED: 'account-locked',
  INSTITUTION_DOWN: 'bank-unavailable',
};

describe('what GoCardless refuses', () => {
  test.each<[number, object, BankErrorCode]>([
    [429, { type: 'RateLimitError' }, 'rate-limited'],
    [429, {}, 'rate-limited'],
    [401, { type: 'AccessExpiredError' }, 'consent-expired'],
    [401, { summary: 'End User Agreement (EUA) 0-1 has expired' }, 'consent-expired'],
    [403, { summary: 'No valid End User Agreement' }, 'consent-expired'],
    [401, { type: 'AccountInactiveError' }, 'account-gone'],
    [403, { type: 'AccountAccessForbidden' }, 'account-gone'],
    [503, { type: 'ServiceError' }, 'bank-unavailable'],
    [503, { type: 'ConnectionError' }, 'bank-unavailable'],
    [500, { type: 'UnknownRequestError' }, 'bank-unavailable'],
    [504, {}, 'timeout'],
    [409, { summary: 'Account suspended' }, 'account-locked'],
    [401, { summary: 'Invalid token' }, 'provider-not-configured'],
    [403, { summary: 'IP address access denied' }, 'provider-not-configured'],
    [402, { summary: 'Payment Required' }, 'provider-not-configured'],
    [400, { date_from: { summary: 'Incorrect', detail } }, 'period-not-available'],
    [400, { summary: 'What is new' }, 'bank-unavailable'],
  ])('with %s %j is %s', async (status, body, code) => {
    for (const call of Object.keys(calls) as Call[]) {
      const told = await errorAt(call, answering({ detail, ...body, status_code: status }, status));
      expect(told.code).toBe(code);
      expect(told.message).not.toMatch(/Erika|Agreement/);
    }
  });

  const testCases = existsSync(path) ? test : test.skip;
  if (!existsSync(path)) {
    process.stderr.write('Not tried with the payloads of ../shared/specs, which is absent.\n');
  }
  testCases('with each payload that was collected is what it is classed as', async () => {
    const cases = JSON.parse(readFileSync(path, 'utf8')) as {
      readonly status: number;
      readonly body: object;
      readonly expect: string;
    }[];
    expect(cases.length).toBeGreaterThan(10);
    for (const { status, body, expect: kind } of cases) {
      const told = await errorAt('entries', answering(body, status));
      expect([body, told.code]).toEqual([body, codeByClass[kind]]);
    }
  });

  test('of one account ends no connection, unless it says so', async () => {
    for (const call of ['balances', 'entries'] as const) {
      const told = async (status: number) => (await errorAt(call, answering({}, status))).code;
      expect(await told(404)).toBe('account-gone');
      expect(await told(401)).toBe('bank-unavailable');
      expect(await told(403)).toBe('bank-unavailable');
    }
    expect((await errorAt('accounts', answering({}, 401))).code).toBe('provider-not-configured');
    expect((await errorAt('accounts', answering({}, 404))).code).toBe('consent-revoked');
  });

  test.each<[object, number | undefined]>([
    [{ RESET: '60', ACCOUNT_SUCCESS_RESET: '86000' }, 86_000],
    [{ RESET: '60', REMAINING: '99', ACCOUNT_SUCCESS_RESET: '800' }, 800],
    [
      { RESET: '60', REMAINING: '0', ACCOUNT_SUCCESS_RESET: '800', ACCOUNT_SUCCESS_REMAINING: '3' },
      60,
    ],
    [{ RESET: '9', REMAINING: '0', ACCOUNT_SUCCESS_RESET: '8', ACCOUNT_SUCCESS_REMAINING: '0' }, 9],
    [
      { RESET: '60', REMAINING: '9', ACCOUNT_SUCCESS_RESET: '8', ACCOUNT_SUCCESS_REMAINING: '2' },
      60,
    ],
    [{ RESET: 'soon' }, undefined],
  ])('with the limits %j is over after %s seconds', async (limits, seconds) => {
    const headers = Object.fromEntries(
      Object.entries(limits).map(([name, value]) => [`HTTP_X_RATELIMIT_${name}`, value as string]),
    );
    const told = await errorAt('balances', answering({ type: 'RateLimitError' }, 429, headers));
    expect(told).toMatchObject({ code: 'rate-limited', retryAfterSeconds: seconds });
  });
});

describe('a requisition', () => {
  const statuses: [string, BankErrorCode][] = [
    ['CR', 'needs-confirmation'],
    ['ID', 'needs-confirmation'],
    ['GC', 'needs-confirmation'],
    ['UA', 'needs-confirmation'],
    ['SA', 'needs-confirmation'],
    ['GA', 'needs-confirmation'],
    ['RJ', 'confirmation-declined'],
    ['SU', 'account-locked'],
    ['EX', 'consent-expired'],
    ['ER', 'bank-unavailable'],
    ['ZZ', 'bank-unavailable'],
  ];
  test.each(statuses)('that is %s is told as %s', async (status, code) => {
    const answer = answering({ status, accounts: [] });
    expect((await errorAt('accounts', answer)).code).toBe(code);
    const { connector } = scripted({ [`GET ${requisition}`]: answer });
    const back = connector.answerConfirmation(
      { institutionId: 'gocardless:a', requisitionId: 'r-1', agreementId: 'a-1' },
      { kind: 'returned' },
      user,
    );
    await expect(back).rejects.toMatchObject({ code });
  });

  test('that is not decided is what the user comes back with; one that is, is not', async () => {
    const finish = (status: string, error: string) => {
      const script: Script = {
        [`GET ${requisition}`]: answering({ status, accounts: [] }),
        'GET /agreements/enduser/a-1/': answering({
          id: 'a-1',
          max_historical_days: 90,
          access_valid_for_days: 30,
          accepted: null,
        }),
      };
      return scripted(script).connector.answerConfirmation(
        { institutionId: 'gocardless:a', requisitionId: 'r-1', agreementId: 'a-1' },
        { kind: 'returned', query: { ref: 'r', error, details: 'Erika Muster' } },
        user,
      );
    };
    const declined = { code: 'confirmation-declined' };
    await expect(finish('CR', 'UserCancelledSession')).rejects.toMatchObject(declined);
    const failed = { code: 'bank-unavailable' };
    await expect(finish('GC', 'InstitutionError')).rejects.toMatchObject(failed);
    await expect(finish('SU', 'UserCancelledSession')).rejects.toMatchObject({
      code: 'account-locked',
    });
    await expect(finish('LN', 'UserCancelledSession')).resolves.toMatchObject({
      kind: 'granted',
      validUntil: '2026-04-09',
    });
  });
});
