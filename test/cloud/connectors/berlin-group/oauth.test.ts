import { describe, expect, test } from '@jest/globals';
import type { Grant } from '../../../../cloud/ports/bank-connector.ts';
import {
  type Answer,
  byPath,
  connectTo,
  json,
  refusal,
  grant as secretGrant,
  user,
} from './strange-bank.ts';
import { asked, askOf, created, link, valid } from './strange-consent.ts';

describe('an OAuth server of a bank', () => {
  const oauth = { clientId: 'PSDDE-BAFIN-000001', clientSecret: 'secret-word' };
  const away = created({ scaOAuth: link('/psd2/metadata') });
  const metadata = (more: object = {}) =>
    json({
      authorization_endpoint: 'https://bank.example/authorize?brand=b1',
      token_endpoint: '/psd2/token',
      ...more,
    });

  test('is asked with what it needs and no more, its own query kept', async () => {
    const { confirmation, goOn, requests } = await asked(
      {
        'POST /v1/consents': away,
        'GET /metadata': metadata(),
        'POST /token': json({ access_token: 'secret-token' }),
        'GET /v1/consents/C1': valid,
      },
      {},
      { oauth },
    );
    const page = new URL(confirmation.kind === 'redirect' ? confirmation.url : '');
    expect(page.searchParams.get('brand')).toBe('b1');
    expect(page.searchParams.get('scope')).toBe('AIS:C1');
    expect(requests[0]?.headers['tpp-redirect-uri']).toBe('http://127.0.0.1/back');
    const step = await goOn({ kind: 'returned', query: { code: 'c1' } });
    const [form] = requests.filter(({ url }) => url === '/psd2/token');
    expect(form?.headers['content-type']).toBe('application/x-www-form-urlencoded');
    expect(Object.fromEntries(new URLSearchParams(form?.body))).toEqual({
      grant_type: 'authorization_code',
      client_id: oauth.clientId,
      client_secret: oauth.clientSecret,
      code: 'c1',
      code_verifier: expect.stringMatching(/^[\w-]{43}$/),
      redirect_uri: 'http://127.0.0.1/back',
    });
    expect(step).toMatchObject({ kind: 'granted', grant: { accessToken: 'secret-token' } });
    expect(step.grant).not.toHaveProperty('refreshToken');
    expect(requests.at(-1)?.headers['authorization']).toBe('Bearer secret-token');
  });

  test.each<[string, Answer]>([
    ['in the standard’s words', refusal(401, 'TOKEN_EXPIRED')],
    ['in OAuth’s words', json({ error: 'invalid_token' }, 401)],
    ['in none', (_, response) => response.writeHead(401).end()],
  ])('gives another token where the bank says %s that one is over', async (_, over) => {
    const tokens = { accessToken: 'old', refreshToken: 'r1', tokenUrl: '' };
    const world = await connectTo(
      byPath({
        'GET /v1/accounts': [over, json({ accounts: [] }), over, over],
        'POST /token': json({ access_token: 'new' }),
      }),
      { settings: { oauth } },
    );
    const grant = { ...secretGrant, ...tokens, tokenUrl: `${world.url}/psd2/token` };
    const kept: Grant[] = [];
    const session = await world.connector.open(grant, user, async (fresh) => {
      kept.push(fresh);
    });
    expect(await session.accounts()).toEqual([]);
    // A bank that gives no other refresh token goes on with the first.
    expect(kept).toEqual([{ ...grant, accessToken: 'new' }]);
    await expect(session.accounts()).rejects.toMatchObject({ name: 'BankError' });
    const asks = world.requests.map(
      ({ method, headers }) => `${method} ${headers['authorization']}`,
    );
    expect(asks).toEqual([
      'GET Bearer old',
      'POST undefined',
      'GET Bearer new',
      'GET Bearer new',
      'POST undefined',
      'GET Bearer new',
    ]);
  });

  test('is not asked again by a call that hears late of what another has put right', async () => {
    const world = await connectTo(
      byPath({
        'GET /v1/accounts': [
          refusal(401, 'TOKEN_EXPIRED'),
          (request, response) => {
            setTimeout(() => refusal(401, 'TOKEN_EXPIRED')(request, response), 150);
          },
          json({ accounts: [] }),
        ],
        'POST /token': json({ access_token: 'new', refresh_token: 'r2' }),
      }),
      { settings: { oauth } },
    );
    const tokens = { accessToken: 'old', refreshToken: 'r1', tokenUrl: `${world.url}/psd2/token` };
    const session = await world.connector.open({ ...secretGrant, ...tokens }, user);
    await Promise.all([session.accounts(), session.accounts()]);
    expect(world.requests.filter(({ method }) => method === 'POST')).toHaveLength(1);
  });

  test.each<[Answer, string]>([
    [json({ error: 'invalid_grant' }, 400), 'confirmation-expired'],
    [json({ error: 'invalid_client' }, 401), 'provider-not-configured'],
    [json({ error: 'temporarily_unavailable' }, 400), 'bank-unavailable'],
    [json({ access_token: 'two\nlines' }), 'reply-unreadable'],
    [json({}, 503), 'bank-unavailable'],
  ])('gives no token (%#)', async (answer, code) => {
    const { goOn } = await asked(
      { 'POST /v1/consents': away, 'GET /metadata': metadata(), 'POST /token': answer },
      {},
      { oauth },
    );
    await expect(goOn({ kind: 'returned', query: { code: 'c1' } })).rejects.toMatchObject({ code });
  });

  test.each(['javascript:alert(1)', 'ftp://bank.example/'])(
    'is not believed with %s',
    async (url) => {
      for (const more of [{ authorization_endpoint: url }, { token_endpoint: url }]) {
        const answers = { 'POST /v1/consents': away, 'GET /metadata': metadata(more) };
        await expect(askOf(answers, {}, { oauth })).rejects.toMatchObject({
          code: 'reply-unreadable',
        });
      }
    },
  );
});
