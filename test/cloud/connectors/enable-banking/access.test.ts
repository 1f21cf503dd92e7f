import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { decodeJwt, decodeProtectedHeader } from 'jose';
import type { EnableBankingOptions } from '../../../../cloud/connectors/enable-banking/connector.ts';
import { enableBanking } from '../../../../cloud/connectors/enable-banking/provider.ts';
import type { Institution } from '../../../../shared/bank.ts';
import { refusal, scripted, transaction, transactionsOf, uid, user } from './scripted.ts';

const bank = {
  name: 'Sparkasse Köln/Bonn',
  country: 'DE',
  psu_types: ['personal', 'business'],
  auth_methods: [],
  maximum_consent_validity: 7_776_000,
};
const byApp = { name: 'app', psu_type: 'personal', approach: 'DECOUPLED' };
const byPage = { psu_type: 'business', approach: 'REDIRECT' };

async function listOf(...aspsps: object[]) {
  return scripted([Response.json({ aspsps })]).connector.institutions();
}

async function start(
  institution: Institution,
  validUntil: string,
  aspsps: readonly object[],
  more: Partial<EnableBankingOptions> & { readonly page?: string } = {},
) {
  const { page: url = 'https://pages.example/start' } = more;
  const started = Response.json({ url, authorization_id: 'a-1' });
  const script = scripted([Response.json({ aspsps }), started], more);
  const step = await script.connector.startAccess({
    institution,
    redirectUrl: 'https://book.example/connect/callback?state=s%201',
    notificationUrl: 'https://book.example/hooks/enable-banking',
    credentials: {},
    validUntil,
    user,
  });
  return { step, asked: script.asked };
}

describe('the banks that Enable Banking lists', () => {
  test('are institutions with all that is told of them', async () => {
    const more = { bic: 'COLSDE33XXX', logo: 'https://logos.example/1.png', beta: true };
    expect(await listOf({ ...bank, ...more })).toEqual([
      {
        id: 'enable-banking:de-sparkasse-koln-bonn',
        connector: 'enable-banking',
        name: 'Sparkasse Köln/Bonn',
        country: 'DE',
        bic: 'COLSDE33XXX',
        wayIn: 'psd2',
        historyDays: 89,
        consentDays: 90,
        logo: 'https://logos.example/1.png',
      },
    ]);
  });

  test('show no logo that is not safe to load', async () => {
    const [institution] = await listOf({ ...bank, logo: 'http://logos.example/1.png' });
    expect(institution).not.toHaveProperty('logo');
  });

  test('are two only where business users log in otherwise', async () => {
    const hidden = { ...byPage, hidden_method: true };
    const list = await listOf(
      { ...bank, auth_methods: [byApp, byPage] },
      { ...bank, country: 'AT', auth_methods: [hidden] },
      { ...bank, country: 'FR', psu_types: ['business'] },
    );
    expect(list.map(({ id, name }) => [id, name])).toEqual([
      ['enable-banking:de-sparkasse-koln-bonn', 'Sparkasse Köln/Bonn'],
      ['enable-banking:de-sparkasse-koln-bonn-business', 'Sparkasse Köln/Bonn (business)'],
      ['enable-banking:at-sparkasse-koln-bonn', 'Sparkasse Köln/Bonn'],
      ['enable-banking:fr-sparkasse-koln-bonn', 'Sparkasse Köln/Bonn'],
    ]);
  });

  test('have ids of their own whatever they are called, the same in every list', async () => {
    const names = ['Bank A', 'Bank-A', 'Εθνική', 'Τράπεζα'];
    const aspsps = names.map((name) => ({ ...bank, name }));
    const ids = (await listOf(...aspsps)).map(({ id }) => id);
    expect(new Set(ids).size).toBe(4);
    for (const id of ids) expect(id).toMatch(/^enable-banking:[a-z0-9-]+$/);
    expect((await listOf(...aspsps.toReversed())).map(({ id }) => id).toReversed()).toEqual(ids);
  });

  test('are shown without one that cannot be read', async () => {
    expect(await listOf({ ...bank, country: 7 }, bank)).toHaveLength(1);
  });
});

describe('access by Enable Banking', () => {
  test('is asked for with the state by itself, for the kind of user, until the day', async () => {
    const aspsp = { ...bank, auth_methods: [byApp, byPage], required_psu_headers: ['Psu-Accept'] };
    const [, business] = await listOf(aspsp);
    if (!business) throw new Error('no bank');
    const { step, asked } = await start(business, '2026-06-01', [aspsp]);
    expect(asked[0]?.url.search).toBe('?country=DE&service=AIS');
    expect(asked[1]?.body).toEqual({
      access: { valid_until: '2026-06-01T23:59:59.000Z', balances: true, transactions: true },
      aspsp: { name: 'Sparkasse Köln/Bonn', country: 'DE' },
      state: 's 1',
      redirect_url: 'https://book.example/connect/callback',
      psu_type: 'business',
    });
    expect(step).toEqual({
      kind: 'asked',
      grant: { institutionId: business.id, psuHeaders: 'Psu-Accept' },
      confirmation: { kind: 'redirect', url: 'https://pages.example/start' },
    });
  });

  test('is asked for no longer than the bank grants at this very moment', async () => {
    const [institution] = await listOf(bank);
    if (!institution) throw new Error('no bank');
    const { asked } = await start(institution, '2026-06-08', [bank]);
    expect(asked[1]?.body).toMatchObject({ access: { valid_until: '2026-06-08T12:00:00.000Z' } });
  });

  test('sends the user back to where whoever runs it wants that', async () => {
    const [institution] = await listOf(bank);
    if (!institution) throw new Error('no bank');
    const redirectUrl = 'https://127.0.0.1:4711/connect/callback';
    const { asked } = await start(institution, '2026-06-01', [bank], { redirectUrl });
    expect(asked[1]?.body).toMatchObject({ redirect_url: redirectUrl, state: 's 1' });
  });

  test('sends the user to no page that is less safe than the interface', async () => {
    const [institution] = await listOf(bank);
    if (!institution) throw new Error('no bank');
    for (const page of ['http://pages.example/start', 'javascript:alert(1)', 'no address']) {
      const failed = { code: 'reply-unreadable' };
      await expect(start(institution, '2026-06-01', [bank], { page })).rejects.toMatchObject(
        failed,
      );
    }
  });

  test('is not asked for at a bank that is listed no more', async () => {
    const [institution] = await listOf(bank);
    if (!institution) throw new Error('no bank');
    const failed = { code: 'bank-unavailable' };
    await expect(start(institution, '2026-06-01', [])).rejects.toMatchObject(failed);
  });

  test('keeps what one account is like, for it is told once; one that is blocked is left out', async () => {
    const account = { uid, currency: 'EUR', identification_hash: 'h', name: 'Erika Muster' };
    const { connector, asked } = scripted([
      Response.json({
        session_id: 's-1',
        accounts: [account, { ...account, uid: null }],
        access: { valid_until: '2026-06-02T01:30:00.000000+02:00' },
      }),
      Response.json({ status: 'AUTHORIZED', accounts: [uid] }),
    ]);
    const grant = { institutionId: 'enable-banking:de-a-bank' };
    const back = { kind: 'returned', query: { code: 'c-1' } } as const;
    const step = await connector.answerConfirmation(grant, back, user);
    if (step.kind !== 'granted') throw new Error('nothing granted');
    expect(step.validUntil).toBe('2026-06-01');
    const accounts = await (await connector.open(step.grant, undefined)).accounts();
    expect(accounts).toMatchObject([{ externalId: uid, identification: 'h' }]);
    expect(asked).toHaveLength(2);
  });

  test('asks for what an account is like that came later', async () => {
    const later = '6b7c8d9e-45d6-494b-adac-09b5cbc7e2b5';
    const { open, asked } = scripted([
      Response.json({ status: 'AUTHORIZED', accounts: [uid, later] }),
      Response.json({ currency: 'EUR', details: 'Savings' }),
    ]);
    const accounts = await (await open()).accounts();
    expect(accounts).toMatchObject([{ externalId: uid }, { externalId: later, name: 'Savings' }]);
    expect(asked[1]?.url.pathname).toBe(`/accounts/${later}/details`);
  });

  test('that was never given opens nothing', async () => {
    const { connector } = scripted([new Response(null, { status: 500 })]);
    const opened = connector.open({ institutionId: 'enable-banking:de-a-bank' }, user);
    await expect(opened).rejects.toMatchObject({ code: 'consent-expired' });
  });

  test('that was never given needs no giving back', async () => {
    const { connector, asked } = scripted([new Response(null, { status: 500 })]);
    await connector.revokeAccess({ institutionId: 'enable-banking:de-a-bank' });
    expect(asked).toHaveLength(0);
  });
});

describe('calls to Enable Banking', () => {
  const held = transactionsOf([transaction({ status: 'PDNG' })]);

  test('carry a token of an hour that the key has signed, renewed before its end', async () => {
    let now = '2026-03-10T12:00:00.000Z';
    const { entries, asked } = scripted([held], { clock: { now: () => now } });
    await entries('2026-03-01');
    now = '2026-03-10T12:54:59.000Z';
    await entries('2026-03-01');
    now = '2026-03-10T12:55:00.000Z';
    await entries('2026-03-01');
    const tokens = asked.map(({ headers }) => headers.get('Authorization')?.slice(7) ?? '');
    expect(tokens[1]).toBe(tokens[0]);
    expect(tokens[2]).not.toBe(tokens[0]);
    expect(decodeProtectedHeader(tokens[0] ?? '')).toEqual({
      typ: 'JWT',
      alg: 'RS256',
      kid: '497f6eca-6276-4993-bfeb-53cbbbba6f08',
    });
    const iat = Date.parse('2026-03-10T12:00:00Z') / 1_000;
    expect(decodeJwt(tokens[0] ?? '')).toEqual({
      iss: 'enablebanking.com',
      aud: 'api.enablebanking.com',
      iat,
      exp: iat + 3_600,
    });
  });

  test('say that the user is present with all that the bank requires, or not at all', async () => {
    const headersWith = async (psuHeaders: string, present = true) => {
      const { entries, asked } = scripted([held]);
      await entries('2026-03-01', present ? user : undefined, { psuHeaders });
      const all = [...(asked[0]?.headers ?? [])];
      return Object.fromEntries(all.filter(([name]) => name.startsWith('psu-')));
    };
    const both = { 'psu-ip-address': '192.0.2.7', 'psu-user-agent': 'Br?wser?1' };
    expect(await headersWith('PSU-IP-Address,Psu-User-Agent')).toEqual(both);
    expect(await headersWith('')).toEqual(both);
    expect(await headersWith('Psu-Ip-Address,Psu-Geo-Location')).toEqual({});
    expect(await headersWith('Psu-Ip-Address', false)).toEqual({});
  });
});

describe('a bank that does not take our word for the presence of its user', () => {
  const refused = refusal(422, { error: 'PSU_HEADER_INVALID' });

  test('is asked again without, and from then on', async () => {
    const { open, asked } = scripted([
      refused,
      transactionsOf([transaction({ status: 'PDNG' })], 'k1'),
      transactionsOf([]),
    ]);
    const session = await open(user);
    for await (const _ of session.entries(uid, { from: '2026-03-01' }));
    const presence = asked.map(({ headers }) => headers.has('Psu-Ip-Address'));
    expect(presence).toEqual([true, false, false]);
  });

  test('is not asked for ever', async () => {
    const { open, asked } = scripted([refused]);
    const failed = { code: 'bank-unavailable' };
    await expect((await open(user)).balance(uid)).rejects.toMatchObject(failed);
    expect(asked).toHaveLength(2);
    await expect((await open()).balance(uid)).rejects.toMatchObject(failed);
    expect(asked).toHaveLength(3);
  });
});

describe('the settings of Enable Banking', () => {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 });
  const application = '497f6eca-6276-4993-bfeb-53cbbbba6f08';
  const messagesOf = (key: string) =>
    enableBanking.settings
      .safeParse({
        BOOKFEED_ENABLE_BANKING_APPLICATION: application,
        BOOKFEED_ENABLE_BANKING_KEY: key,
      })
      .error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);

  test.each(['pkcs1', 'pkcs8'] as const)('take a key as %s, in each way to write it', (type) => {
    const pem = String(privateKey.export({ type, format: 'pem' }));
    for (const key of [pem, pem.replaceAll('\n', '\\n'), Buffer.from(pem).toString('base64')]) {
      expect(messagesOf(key)).toBeUndefined();
    }
  });

  test('refuse what is none, without a word of it', () => {
    const { privateKey: curve } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const pem = String(curve.export({ type: 'pkcs8', format: 'pem' }));
    for (const key of ['hidden-word', '-----BEGIN PRIVATE KEY-----\nhidden-word', pem, '']) {
      expect(messagesOf(key)).toEqual([
        'BOOKFEED_ENABLE_BANKING_KEY: is no private RSA key in PEM, nor Base64 of one',
      ]);
    }
  });
});
