import { describe, expect, test } from '@jest/globals';
import { berlinGroup } from '../../../../cloud/connectors/berlin-group/provider.ts';
import type { ProviderParts } from '../../../../cloud/connectors/provider.ts';
import { testCertificate, testCertificatePath, testIdentity } from '../../../test-certificates.ts';

const bank = {
  id: 'berlin-group:dkb',
  name: 'DKB',
  country: 'DE',
  baseUrl: 'https://bank.example/psd2/',
};
const clock = { now: () => '2026-03-10T12:00:00.000Z' };
/** All that the connector takes of them. */
const parts = { fetch, clock } as Partial<ProviderParts> as ProviderParts;

function parse(...banks: readonly object[]) {
  const settings = { BOOKFEED_BERLIN_GROUP_BANKS: JSON.stringify(banks) };
  return berlinGroup.settings.safeParse(settings);
}

/** What is wrong with the settings of a bank, as the operator reads it. */
function problemsOf(more: object): readonly string[] {
  const issues = parse({ ...bank, ...more }).error?.issues ?? [];
  return issues.map(({ path, message }) => `${path.slice(2).join('.')}: ${message}`);
}

describe('the settings of a bank', () => {
  test('take all that a bank may need, keys as texts or as paths', () => {
    const certificate = testCertificatePath('client.pem');
    const key = testCertificatePath('client-key.pem');
    const full = {
      approach: 'embedded',
      scope: 'named',
      ownerName: false,
      oauth: { clientId: 'PSDDE-BAFIN-000001', clientSecret: 'x' },
      signing: testIdentity('client'),
      tls: { certificate, key, authority: testCertificate('ca.pem') },
      windowDays: 14,
      quirks: ['booked-only', 'history-once', 'missing-ids', 'short-windows', 'swapped-dates'],
    };
    expect(problemsOf(full)).toEqual([]);
    expect(problemsOf({})).toEqual([]);
  });

  test('say what the user types before the bank is asked', async () => {
    const fieldsOf = async (more: object) => {
      const settings = parse({ ...bank, ...more }).data;
      const [institution] = await berlinGroup.create(settings ?? {}, parts).institutions();
      return institution?.credentials?.map(({ name, kind }) => `${name} ${kind}`);
    };
    expect(await fieldsOf({})).toBeUndefined();
    expect(await fieldsOf({ asksPsuId: true })).toEqual(['psu-id text']);
    expect(await fieldsOf({ approach: 'decoupled' })).toEqual(['psu-id text']);
    expect(await fieldsOf({ scope: 'named' })).toEqual(['ibans text']);
    expect(await fieldsOf({ approach: 'embedded', scope: 'all' })).toEqual([
      'psu-id text',
      'password password',
    ]);
  });

  test('say where the bank is called, with a slash at the end or without', async () => {
    const called: string[] = [];
    const answer: typeof fetch = async (url) => {
      called.push(String(url));
      return Response.json({ accounts: [] });
    };
    const connector = berlinGroup.create(parse(bank).data ?? {}, { ...parts, fetch: answer });
    const grant = { institutionId: bank.id, consentId: 'C1' };
    await (await connector.open(grant, undefined)).accounts();
    expect(called).toEqual(['https://bank.example/psd2/v1/accounts']);
  });

  const { certificate, key } = testIdentity('client');
  test.each<[object, string]>([
    [{ signing: { certificate, key: testIdentity('server').key } }, 'signing: the key is not'],
    [{ signing: { certificate: 'hidden-word', key } }, 'signing.certificate: is no certificate'],
    [{ signing: { certificate, key: certificate } }, 'signing.key: is no private key'],
    [{ signing: { certificate } }, 'signing.key: '],
    [{ tls: { certificate, key, authority: 'hidden-word' } }, 'tls.authority: is no certificate'],
    [{ tls: { certificate, key }, baseUrl: 'http://127.0.0.1' }, 'tls: needs a baseUrl'],
    [{ baseUrl: 'http://bank.example' }, 'baseUrl: is no https address'],
    [{ baseUrl: 'hidden-word' }, 'baseUrl: is no https address'],
    [{ approach: 'embedded' }, 'scope: of an embedded approach'],
    [{ approach: 'embedded', scope: 'listed' }, 'scope: of an embedded approach'],
    [{ approach: 'hidden-word' }, 'approach: '],
    [{ quirks: ['hidden-word'] }, 'quirks.0: '],
    [{ windowDays: 0 }, 'windowDays: '],
    [{ oauth: {} }, 'oauth.clientId: '],
  ])('name what is wrong, and quote nothing (%#)', (more, problem) => {
    const problems = problemsOf(more);
    expect(problems).toEqual([expect.stringContaining(problem)]);
    expect(problems.join()).not.toMatch(/hidden-word|BEGIN/);
  });
});
