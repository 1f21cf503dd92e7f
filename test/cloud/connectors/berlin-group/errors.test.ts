import { describe, expect, test } from '@jest/globals';
import { ConfirmationNeeded } from '../../../../cloud/ports/bank-connector.ts';
import { type Answer, byPath, connectTo, json, refusal } from './strange-bank.ts';

/** Of BANKS' table of failures and of the standard's chapter 14.11: what a bank answers, and what it means. */
const meanings: readonly (readonly [Answer, string])[] = [
  // Too many calls, in each known dress.
  [refusal(429, 'ACCESS_EXCEEDED'), 'rate-limited'],
  [refusal(429, 'ACCESS_EXCEEDED', { 'Retry-After': '60' }), 'rate-limited'],
  [refusal(429, 'SERVICE_BLOCKED'), 'rate-limited'],
  [json({}, 429), 'rate-limited'],
  [(_, response) => response.writeHead(429).end('<h1>Too many</h1>'), 'rate-limited'],
  // A gateway's other number, with the standard's code.
  [refusal(403, 'ACCESS_EXCEEDED'), 'rate-limited'],
  // The bank is not well.
  [refusal(500, 'INTERNAL_SERVER_ERROR'), 'bank-unavailable'],
  [refusal(500, 'CONSENT_EXPIRED'), 'bank-unavailable'],
  [json({}, 502), 'bank-unavailable'],
  [json({}, 503), 'bank-unavailable'],
  [json({}, 408), 'timeout'],
  [json({}, 504), 'timeout'],
  // Days.
  [refusal(400, 'PERIOD_INVALID'), 'period-not-available'],
  // The consent, expired in each known dress.
  [refusal(401, 'CONSENT_EXPIRED'), 'consent-expired'],
  [refusal(403, 'CONSENT_EXPIRED'), 'consent-expired'],
  [json({ code: 'CONSENT_EXPIRED', title: 'x' }, 401), 'consent-expired'],
  [refusal(403, 'CONSENT_UNKNOWN'), 'consent-expired'],
  [refusal(400, 'CONSENT_UNKNOWN'), 'consent-expired'],
  [refusal(401, 'TOKEN_EXPIRED'), 'consent-expired'],
  [refusal(401, 'TOKEN_INVALID'), 'consent-expired'],
  [refusal(401, 'TOKEN_UNKNOWN'), 'consent-expired'],
  [json({ error: 'invalid_token', error_description: 'Erika' }, 401), 'consent-expired'],
  // The user.
  [refusal(401, 'PSU_CREDENTIALS_INVALID'), 'login-rejected'],
  [refusal(401, 'CORPORATE_ID_INVALID'), 'login-rejected'],
  [refusal(403, 'SERVICE_BLOCKED'), 'account-locked'],
  // The account.
  [refusal(404, 'RESOURCE_UNKNOWN'), 'account-gone'],
  [refusal(403, 'RESOURCE_UNKNOWN'), 'account-gone'],
  [refusal(403, 'RESOURCE_EXPIRED'), 'account-gone'],
  [refusal(400, 'RESOURCE_BLOCKED'), 'account-gone'],
  // Whoever runs Bookfeed.
  [refusal(401, 'CERTIFICATE_INVALID'), 'provider-not-configured'],
  [refusal(401, 'CERTIFICATE_EXPIRED'), 'provider-not-configured'],
  [refusal(401, 'CERTIFICATE_BLOCKED'), 'provider-not-configured'],
  [refusal(401, 'CERTIFICATE_REVOKED'), 'provider-not-configured'],
  [refusal(401, 'CERTIFICATE_REVOKE'), 'provider-not-configured'],
  [refusal(401, 'CERTIFICATE_MISSING'), 'provider-not-configured'],
  [refusal(401, 'SIGNATURE_INVALID'), 'provider-not-configured'],
  [refusal(401, 'SIGNATURE_MISSING'), 'provider-not-configured'],
  [refusal(401, 'ROLE_INVALID'), 'provider-not-configured'],
  [refusal(401, 'REQUIRED_KID_MISSING'), 'provider-not-configured'],
  // Nobody knows.
  [refusal(400, 'FORMAT_ERROR'), 'bank-unavailable'],
  [refusal(401, 'SOMETHING_NEW'), 'bank-unavailable'],
  [refusal(405, 'SERVICE_INVALID'), 'bank-unavailable'],
  [json({ tppMessages: 'none', code: 7 }, 403), 'bank-unavailable'],
  [json({ tppMessages: [{ category: 'WARNING', code: 'Dear Erika' }] }, 403), 'bank-unavailable'],
  [json({}, 404), 'bank-unavailable'],
];

describe('a bank that refuses', () => {
  test.each(meanings)(
    'is judged by status and code, never by its prose (%#)',
    async (answer, code) => {
      const { entries } = await connectTo(answer);
      const error = await entries().catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({ name: 'BankError', code });
      expect(error).not.toBeInstanceOf(ConfirmationNeeded);
      expect(`${error} ${JSON.stringify(error)}`).not.toMatch(/Erika|secret/);
    },
  );

  test.each([
    ['received', 'needs-confirmation'],
    ['partiallyAuthorised', 'needs-confirmation'],
    ['rejected', 'confirmation-declined'],
    ['expired', 'consent-expired'],
    ['revokedByPsu', 'consent-revoked'],
    ['terminatedByTpp', 'consent-revoked'],
  ])('for a consent that is invalid is asked why: %s', async (consentStatus, code) => {
    const { session } = await connectTo(
      byPath({
        'GET /v1/accounts': refusal(401, 'CONSENT_INVALID'),
        'GET /v1/consents/secret-consent/status': json({ consentStatus }),
      }),
    );
    await expect(session.accounts()).rejects.toMatchObject({ code });
  });

  test.each([
    [429, 'rate-limited'],
    [500, 'bank-unavailable'],
  ])('with %d is not asked for the consent too, whatever its code', async (status, code) => {
    const { entries, requests } = await connectTo(refusal(status, 'CONSENT_INVALID'));
    await expect(entries()).rejects.toMatchObject({ code });
    expect(requests).toHaveLength(1);
  });

  test('does not lose the connection by what is said of one account', async () => {
    const answer: Answer = (request, response) => {
      const isStatus = request.url?.endsWith('/v1/consents/secret-consent/status');
      const reply = isStatus ? json({ consentStatus: 'valid' }) : refusal(401, 'CONSENT_INVALID');
      reply(request, response);
    };
    const { session, entries } = await connectTo(answer);
    await expect(entries()).rejects.toMatchObject({ code: 'account-gone' });
    await expect(session.accounts()).rejects.toMatchObject({ code: 'consent-expired' });
    const list = await connectTo(refusal(404, 'RESOURCE_UNKNOWN'));
    await expect(list.session.accounts()).rejects.toMatchObject({
      code: 'bank-unavailable',
    });
  });

  test.each([
    ['3600', 3_600],
    ['Tue, 10 Mar 2026 13:00:00 GMT', 3_600],
    ['Tue, 10 Mar 2026 11:00:00 GMT', 0],
    ['soon', undefined],
  ])('says by Retry-After %s when it answers again', async (header, retryAfterSeconds) => {
    const { entries } = await connectTo(json({}, 429, { 'Retry-After': header }));
    await expect(entries()).rejects.toMatchObject({ code: 'rate-limited', retryAfterSeconds });
  });
});
