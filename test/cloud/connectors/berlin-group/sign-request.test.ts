import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createSignRequest } from '../../../../cloud/connectors/berlin-group/sign-request.ts';
import { testIdentity } from '../../../test-certificates.ts';
import { type BankServer, startBank, user } from '../../local/bank/bank-server.ts';
import { loadBerlinGroupSpec } from '../../local/bank/berlin-group-spec.ts';
import { decideAtBank } from '../../local/bank/visit-bank.ts';

const signing = testIdentity('client');
const clock = { now: () => '2026-03-10T12:00:00.000Z' };

describe('a request that is signed', () => {
  test('has a digest of its body, and names the key and what is signed', () => {
    const sign = createSignRequest(signing, clock);
    const headers = {
      'X-Request-ID': '99391c7e-ad88-49ec-a2ad-99ddcb1f7721',
      'TPP-Redirect-URI': 'https://127.0.0.1/back',
      'PSU-IP-Address': '192.0.2.7',
    };
    const { Signature = '', ...added } = sign(headers, '{"hello": "world"}');
    expect(added).toEqual({
      // The example of RFC 5843 and of the standard.
      Digest: 'SHA-256=X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=',
      Date: 'Tue, 10 Mar 2026 12:00:00 GMT',
      'TPP-Signature-Certificate': expect.stringMatching(/^MII[A-Za-z0-9+/]+=*$/),
    });
    expect(Signature).toMatch(
      /^keyId="SN=9FA2,CA=CN=Made-up%20Tests%20CA,O=Made-up%20Trust%20GmbH,C=DE",algorithm="rsa-sha256",headers="digest x-request-id date tpp-redirect-uri",signature="[A-Za-z0-9+/]{342}=="$/,
    );
    const { Signature: ofUser = '' } = sign({ ...headers, 'PSU-ID': 'clara' }, undefined);
    expect(ofUser).toContain('headers="digest x-request-id psu-id date tpp-redirect-uri"');
    expect(sign({}, undefined)['Digest']).toBe(
      'SHA-256=47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=',
    );
  });
});

/** What it gives, where that is a text, is sent in the place of the body. */
type Change = (headers: Headers, body: string) => unknown;

describe('a bank that takes signed requests alone', () => {
  let bank: BankServer;
  const problems: string[] = [];
  const spec = loadBerlinGroupSpec();
  /** What becomes of a request on its way. */
  let change: Change = () => {};
  let signedAt = clock.now();
  const onTheWay: typeof fetch = (input, init = {}) => {
    const headers = new Headers(init.headers);
    const changed = change(headers, String(init.body));
    const body = typeof changed === 'string' ? changed : init.body;
    return fetch(input, { ...init, headers, ...(body && { body }) });
  };
  beforeAll(async () => {
    bank = await startBank({
      traits: { isSignatureNeeded: true },
      settings: { signing },
      connector: { fetch: onTheWay, clock: { now: () => signedAt } },
      async watch(request, response) {
        if (!spec || !/xs2a/.test(request.url) || !response.ok) return;
        problems.push(...(await spec.problemsOf(request, response)));
      },
    });
  });
  afterAll(() => bank.stop());

  test('is read from the first request to the last', async () => {
    const { grant, confirmation } = await bank.startConsent();
    await decideAtBank(confirmation.url, 'allow');
    const step = await bank.finishConsent(grant);
    if (step.kind !== 'granted') throw new Error('the bank still asks');
    const [account] = await bank.read.accounts(step.grant, user);
    expect(await bank.read.balance(step.grant, account?.externalId ?? '')).not.toEqual({});
    await bank.connector.revokeAccess(step.grant);
    expect(problems).toEqual([]);
  });

  test.each<[string, Change]>([
    ['without a signature', (headers) => headers.delete('Signature')],
    ['without a certificate', (headers) => headers.delete('TPP-Signature-Certificate')],
    ['with another body', (_, body) => body.replace('"frequencyPerDay":4', '"frequencyPerDay":9')],
    ['as another request', (headers) => headers.set('X-Request-ID', crypto.randomUUID())],
    ['with another way back', (headers) => headers.set('TPP-Redirect-URI', 'http://127.0.0.1/x')],
    [
      'with the number of another certificate',
      (headers) => {
        const signature = headers.get('Signature') ?? '';
        headers.set('Signature', signature.replace('SN=9FA2', 'SN=9FA3'));
      },
    ],
    [
      'with a way back that nobody has signed',
      (headers, body) => {
        const id = { 'X-Request-ID': headers.get('X-Request-ID') ?? '' };
        const signed = createSignRequest(signing, clock)(id, body);
        headers.set('Signature', signed['Signature'] ?? '');
      },
    ],
    [
      'by somebody else',
      (headers, body) => {
        const id = { 'X-Request-ID': headers.get('X-Request-ID') ?? '' };
        const signed = createSignRequest(testIdentity('stranger'), clock)(id, body);
        headers.set('TPP-Signature-Certificate', signed['TPP-Signature-Certificate'] ?? '');
      },
    ],
  ])('refuses a request %s, for which nobody but the operator can help', async (_, spoil) => {
    change = spoil;
    await expect(bank.startConsent()).rejects.toMatchObject({ code: 'provider-not-configured' });
    change = () => {};
  });

  test('refuses a request of yesterday', async () => {
    signedAt = '2026-03-09T12:00:00.000Z';
    await expect(bank.startConsent()).rejects.toMatchObject({ code: 'provider-not-configured' });
    signedAt = clock.now();
  });
});
