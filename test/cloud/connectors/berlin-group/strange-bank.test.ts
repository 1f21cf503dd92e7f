import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from '@jest/globals';
import { createBerlinGroup } from '../../../../cloud/connectors/berlin-group/connector.ts';
import type { CallMade } from '../../../../cloud/connectors/http-client.ts';
import type { Grant } from '../../../../cloud/ports/bank-connector.ts';
import { collect } from '../../../contract/bank-connector.ts';

/** What a strange bank answers to a path, as `entries` to `/v1/accounts/A1/transactions?…`. */
type Answer = RequestListener;

const grant = { institutionId: 'berlin-group:strange', consentId: 'secret-consent' };
const user = { ipAddress: '::ffff:192.0.2.7', userAgent: 'Bröwser\n1' };
const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

async function connectTo(answer: Answer, timeoutMs = 2_000) {
  const requests: { readonly url: string; readonly headers: Record<string, unknown> }[] = [];
  const calls: CallMade[] = [];
  const server = createServer((request, response) => {
    requests.push({ url: request.url ?? '', headers: request.headers });
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.push(() => {
    server.close();
    server.closeAllConnections();
  });
  const institution = {
    id: grant.institutionId,
    connector: 'berlin-group',
    name: 'Strange Bank',
    country: 'DE',
    wayIn: 'psd2',
    historyDays: 90,
    consentDays: 90,
  } as const;
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const connector = createBerlinGroup({
    fetch,
    clock: { now: () => '2026-03-10T12:00:00.000Z' },
    banks: [{ institution, baseUrl: `${url}/psd2` }],
    timeoutMs,
    onCall: (call) => calls.push(call),
  });
  const session = await connector.open(grant, undefined);
  const entries = () => collect(session.entries('A1', { from: '2026-01-01' }));
  return { connector, session, institution, url, requests, calls, entries };
}

function json(body: unknown, status = 200, headers: Record<string, string> = {}): Answer {
  return (_request, response) => {
    response.writeHead(status, { 'Content-Type': 'application/json', ...headers });
    response.end(JSON.stringify(body));
  };
}

function refusal(status: number, code: string): Answer {
  const text = 'Consent of Erika Muster has expired, or rather not';
  return json({ tppMessages: [{ category: 'ERROR', code, text }] }, status);
}

const transaction = { transactionAmount: { amount: '-4.50', currency: 'EUR' } };
const report = (booked: unknown, next?: string) => ({
  transactions: {
    booked,
    _links: { account: { href: '/a' }, ...(next && { next: { href: next } }) },
  },
});

describe('a bank that answers with no statement', () => {
  test.each<[string, Answer, string]>([
    ['HTML', (_, response) => response.end('<h1>Maintenance for Erika</h1>'), 'no JSON'],
    ['nothing', (_, response) => response.end(), 'field '],
    ['another shape', json([]), 'field '],
    ['no transactions', json({}), 'field transactions'],
    [
      'an amount that is no number',
      json(report([{ transactionAmount: { amount: '4,50', currency: 'EUR' } }])),
      'an amount is digits',
    ],
    [
      'an amount with too many decimals',
      json(report([{ transactionAmount: { amount: '4.501', currency: 'EUR' } }])),
      'at most 2 decimals',
    ],
    [
      'a currency that is none',
      json(report([{ transactionAmount: { amount: '4', currency: 'euro' } }])),
      'three capital letters',
    ],
    [
      'an entry without amount',
      json(report([transaction, {}])),
      'field transactions.booked.1.transactionAmount',
    ],
    [
      'a day that is none',
      json(report([{ ...transaction, bookingDate: '2026-02-30' }])),
      'field transactions.booked.0.bookingDate',
    ],
    [
      'a name that is a list',
      json(report([{ ...transaction, creditorName: ['A'] }])),
      'field transactions.booked.0.creditorName',
    ],
    ['entries that are no list', json(report({ first: transaction })), 'field transactions.booked'],
    [
      'a redirect',
      (_, response) => response.writeHead(302, { Location: 'http://192.0.2.1/' }).end(),
      '302',
    ],
    [
      'a next page elsewhere',
      json(report([transaction], 'http://192.0.2.1/v1/next')),
      'another host',
    ],
    ['a next page that is no address', json(report([transaction], 'http://[')), 'another host'],
  ])('is not believed when it sends %s', async (_name, answer, detail) => {
    const { entries, requests } = await connectTo(answer);
    await expect(entries()).rejects.toMatchObject({
      code: 'reply-unreadable',
      detail: expect.stringContaining(detail),
    });
    expect(requests).toHaveLength(1);
  });

  test('is left when its answer never ends', async () => {
    const { entries } = await connectTo((_, response) => {
      const chunk = Buffer.alloc(1_000_000, ' ');
      const more = () => response.write(chunk, (error) => error || setImmediate(more));
      more();
    });
    await expect(entries()).rejects.toMatchObject({
      code: 'reply-unreadable',
      detail: 'entries: over 30000000 bytes',
    });
  });

  test('is left when its pages go in a circle', async () => {
    const { entries, requests } = await connectTo(
      json(report([transaction], '/psd2/v1/accounts/A1/transactions?page=2')),
    );
    await expect(entries()).rejects.toMatchObject({ detail: 'entries: pages without end' });
    expect(requests).toHaveLength(2);
  });

  test('is left when there is always one more page', async () => {
    let page = 1;
    const { entries, requests } = await connectTo((request, response) => {
      page += 1;
      json(report([], `?page=${page}`))(request, response);
    });
    await expect(entries()).rejects.toMatchObject({ detail: 'entries: pages without end' });
    expect(requests).toHaveLength(1_000);
  });

  test.each(['javascript:alert(1)', 'ftp://127.0.0.1/', 'http://['])(
    'cannot send the user to %s',
    async (href) => {
      const { connector, institution } = await connectTo(
        json(
          { consentStatus: 'received', consentId: 'C1', _links: { scaRedirect: { href } } },
          201,
        ),
      );
      const redirectUrl = 'http://127.0.0.1/back';
      const started = connector.startAccess({
        institution,
        redirectUrl,
        notificationUrl: 'http://127.0.0.1/hooks',
        credentials: {},
        validUntil: '2026-06-01',
        user,
      });
      await expect(started).rejects.toMatchObject({ code: 'reply-unreadable' });
    },
  );
});

describe('a bank that does not answer well', () => {
  test('is a timeout when no answer comes, or only its beginning', async () => {
    const silent = await connectTo(() => {}, 100);
    await expect(silent.entries()).rejects.toMatchObject({ code: 'timeout' });
    expect(silent.calls).toEqual([expect.not.objectContaining({ status: expect.anything() })]);
    const slow = await connectTo((_, response) => void response.write('{"transactions":'), 100);
    await expect(slow.entries()).rejects.toMatchObject({ code: 'timeout' });
    expect(slow.calls).toMatchObject([{ call: 'entries', status: 200 }]);
  });

  test('is unavailable when it breaks off in the middle, or is not there', async () => {
    const cut = await connectTo((_, response) => {
      response.writeHead(200, { 'Content-Length': '1000' }).write('{"transactions":');
      setTimeout(() => response.destroy(), 20);
    });
    await expect(cut.entries()).rejects.toMatchObject({ code: 'bank-unavailable' });
    for (const close of closers.splice(0)) close();
    await expect(cut.entries()).rejects.toMatchObject({ code: 'bank-unavailable' });
  });

  test.each<[Answer, string]>([
    [refusal(401, 'CONSENT_EXPIRED'), 'consent-expired'],
    [refusal(403, 'CONSENT_UNKNOWN'), 'consent-expired'],
    [refusal(401, 'TOKEN_EXPIRED'), 'consent-expired'],
    [refusal(401, 'PSU_CREDENTIALS_INVALID'), 'login-rejected'],
    [refusal(401, 'CERTIFICATE_EXPIRED'), 'provider-not-configured'],
    [refusal(401, 'SIGNATURE_MISSING'), 'provider-not-configured'],
    [refusal(401, 'ROLE_INVALID'), 'provider-not-configured'],
    [refusal(403, 'SERVICE_BLOCKED'), 'account-locked'],
    [refusal(404, 'RESOURCE_UNKNOWN'), 'account-gone'],
    [refusal(400, 'PERIOD_INVALID'), 'period-not-available'],
    [refusal(400, 'FORMAT_ERROR'), 'bank-unavailable'],
    [refusal(401, 'SOMETHING_NEW'), 'bank-unavailable'],
    [json({ code: 'CONSENT_EXPIRED', title: 'x' }, 401), 'consent-expired'],
    [json({ tppMessages: 'none', code: 7 }, 403), 'bank-unavailable'],
    [json({}, 404), 'bank-unavailable'],
    [json({}, 408), 'timeout'],
    [refusal(500, 'CONSENT_EXPIRED'), 'bank-unavailable'],
    [json({}, 503), 'bank-unavailable'],
    [json({}, 504), 'timeout'],
    [json({}, 429), 'rate-limited'],
  ])('is judged by status and code, never by its prose (%#)', async (answer, code) => {
    const { entries } = await connectTo(answer);
    const error = await entries().catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ name: 'BankError', code });
    expect(`${error} ${JSON.stringify(error)}`).not.toMatch(/Erika|secret/);
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

describe('what a bank is told', () => {
  test('is the address of a user who is present, bare, and of none who is not', async () => {
    const { connector, requests } = await connectTo(json({ accounts: [] }));
    await (await connector.open(grant, user)).accounts();
    await (await connector.open(grant, undefined)).accounts();
    const [present, absent] = requests.map(({ headers }) => headers);
    expect(present).toMatchObject({
      'psu-ip-address': '192.0.2.7',
      'psu-user-agent': 'Br?wser?1',
      'consent-id': 'secret-consent',
    });
    expect(Object.keys(absent ?? {}).filter((name) => name.startsWith('psu-'))).toEqual([]);
    expect(present?.['x-request-id']).not.toBe(absent?.['x-request-id']);
  });

  test('stays inside its own paths, whatever an account is called', async () => {
    const { session, requests } = await connectTo(json({ balances: [] }));
    await session.balance('../../admin?x#y');
    expect(requests[0]?.url).toBe('/psd2/v1/accounts/..%2F..%2Fadmin%3Fx%23y/balances');
  });

  test('is nothing at all when the bank is not set up here', async () => {
    const { connector, requests } = await connectTo(json({}));
    const accountsOf = async (other: Grant) => (await connector.open(other, user)).accounts();
    const elsewhere = accountsOf({ ...grant, institutionId: 'berlin-group:other' });
    await expect(elsewhere).rejects.toMatchObject({ code: 'provider-not-configured' });
    const without = accountsOf({ institutionId: grant.institutionId });
    await expect(without).rejects.toMatchObject({ code: 'consent-expired' });
    expect(requests).toEqual([]);
  });
});
