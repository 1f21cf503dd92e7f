import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { sandboxClientId } from '../../../../cloud/local/bank/oauth-server.ts';
import { type BankServer, startBank } from './bank-server.ts';
import { decideAtBank } from './visit-bank.ts';

let bank: BankServer;
beforeEach(async () => {
  bank = await startBank({ traits: { scaApproach: 'oauth' } });
});
afterEach(() => bank.stop());

const redirectUri = 'http://127.0.0.1:4711/bank-callback';
const verifier = 'a-verifier-of-43-characters-as-the-rules-say-it';
const challenge = createHash('sha256').update(verifier).digest('base64url');

async function askConsent(): Promise<string> {
  const step = await bank.ask();
  return step.grant['consentId'] ?? '';
}

function pageFor(consentId: string, change: Readonly<Record<string, string>> = {}): string {
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: sandboxClientId,
    scope: `AIS:${consentId} offline_access`,
    redirect_uri: redirectUri,
    state: 's1',
    code_challenge: challenge,
    code_challenge_method: 'S256',
    ...change,
  });
  return `${bank.baseUrl}/oauth/authorize?${query}`;
}

async function askTokens(fields: Readonly<Record<string, string>>) {
  const body = new URLSearchParams({
    grant_type: 'authorization_code',
    client_id: sandboxClientId,
    redirect_uri: redirectUri,
    code_verifier: verifier,
    ...fields,
  });
  const answer = await fetch(`${bank.baseUrl}/oauth/token`, { method: 'POST', body });
  return { status: answer.status, body: (await answer.json()) as Record<string, string> };
}

async function callWith(token: string, consentId: string): Promise<string> {
  const answer = await fetch(`${bank.baseUrl}/v1/accounts`, {
    headers: {
      'X-Request-ID': crypto.randomUUID(),
      'PSU-IP-Address': '192.0.2.7',
      'Consent-ID': consentId,
      Authorization: `Bearer ${token}`,
    },
  });
  const told = (await answer.json()) as { tppMessages?: readonly { code: string }[] };
  return told.tppMessages?.[0]?.code ?? 'OK';
}

async function codeFor(consentId: string): Promise<string> {
  const back = await decideAtBank(pageFor(consentId), 'allow');
  return new URL(back).searchParams.get('code') ?? '';
}

describe('the OAuth server of the Sandbox Bank', () => {
  test.each([
    ['another way back', { redirect_uri: 'http://127.0.0.1:4711/elsewhere' }],
    ['no consent', { scope: 'AIS:nobody offline_access' }],
    ['no challenge', { code_challenge: '' }],
    ['a plain challenge', { code_challenge_method: 'plain' }],
    ['another name', { client_id: 'PSDDE-BAFIN-000002' }],
    ['no state', { state: '' }],
  ])('asks no customer for a request with %s', async (_, change) => {
    const answer = await fetch(pageFor(await askConsent(), change), { redirect: 'manual' });
    expect(answer.status).toBe(400);
  });

  test('gives tokens once for a code, and only to who sent the challenge', async () => {
    const consentId = await askConsent();
    const code = await codeFor(consentId);
    const wrong = await askTokens({ code, code_verifier: `${verifier}x` });
    expect(wrong).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
    const again = await codeFor(await askConsent());
    const right = await askTokens({ code: again });
    expect(right).toMatchObject({ status: 200, body: { token_type: 'Bearer', expires_in: 3600 } });
    expect(await askTokens({ code: again })).toMatchObject({ status: 400 });
    const stranger = await askTokens({ code, client_id: 'PSDDE-BAFIN-000002' });
    expect(stranger).toMatchObject({ status: 401, body: { error: 'invalid_client' } });
  });

  test('gives none before the customer has decided, or five minutes after', async () => {
    const answer = await fetch(pageFor(await askConsent()), { redirect: 'manual' });
    expect(answer.status).toBe(303);
    const code = await codeFor(await askConsent());
    bank.clock.passMinutes(5);
    expect(await askTokens({ code })).toMatchObject({ status: 400 });
  });

  test('holds calls to a token of their consent that is not over', async () => {
    const consentId = await askConsent();
    const { body } = await askTokens({ code: await codeFor(consentId) });
    const token = body['access_token'] ?? '';
    expect(await callWith(token, consentId)).toBe('OK');
    expect(await callWith('made-up', consentId)).toBe('TOKEN_UNKNOWN');
    expect(await callWith(token, await askConsent())).toBe('TOKEN_INVALID');
    bank.clock.passMinutes(60);
    expect(await callWith(token, consentId)).toBe('TOKEN_EXPIRED');
    const refresh = { grant_type: 'refresh_token', refresh_token: body['refresh_token'] ?? '' };
    const fresh = await askTokens(refresh);
    expect(await callWith(fresh.body['access_token'] ?? '', consentId)).toBe('OK');
    expect(await askTokens(refresh)).toMatchObject({ status: 400 });
  });
});
