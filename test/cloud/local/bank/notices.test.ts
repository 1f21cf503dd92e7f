import { createHmac } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { type Listening, listen } from '../../../../cloud/local/listen.ts';
import { type BankServer, startBank } from './bank-server.ts';
import { createVisitor, decideAtBank } from './visit-bank.ts';

const key = Buffer.from('a key for tests, of 32 bytes....');
const notificationSecret = `whsec_${key.toString('base64')}`;

interface Received {
  readonly headers: Headers;
  readonly body: string;
}

let bank: BankServer;
let receiver: Listening;
let received: Received[];
/** What the receiver does before it answers. */
let pause: Promise<void>;
beforeEach(async () => {
  received = [];
  pause = Promise.resolve();
  receiver = await listen(async (request) => {
    received.push({ headers: request.headers, body: await request.text() });
    await pause;
    return new Response(null, { status: 202 });
  }, 0);
  bank = await startBank({ notificationSecret, notificationUrl: `${receiver.url}/notices` });
});
afterEach(async () => {
  await bank.stop();
  await receiver.close();
});

async function connect(accounts: readonly string[] = ['current', 'savings', 'dollars']) {
  const { grant, confirmation } = await bank.startConsent();
  await decideAtBank(confirmation.url, 'allow', accounts);
  return grant;
}

async function pay(status: 'booked' | 'pending') {
  const visitor = createVisitor();
  const start = await visitor.open(`${bank.url}/`);
  const home = await visitor.submit(start, '/login', { login: 'clara', password: 'sandbox' });
  const payment = { account: 'current', direction: 'out', counterparty: 'Cafe', text: 'Tea' };
  const paid = await visitor.submit(home, '/payments', { ...payment, amount: '3.10', status });
  return { visitor, paid };
}

/** The bank sends after it has answered. */
async function untilReceived(count: number): Promise<void> {
  const end = Date.now() + 5_000;
  while (received.length < count && Date.now() < end) {
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

test('a payment that is made and one that is booked are told, each once, signed', async () => {
  const grant = await connect();
  const { visitor, paid } = await pay('pending');
  await untilReceived(1);
  await visitor.submit(paid, '/payments/book', {});
  await untilReceived(2);
  expect(received).toHaveLength(2);
  const [first, second] = received;
  const at = bank.clock.now();
  expect(JSON.parse(first?.body ?? '')).toEqual({ consentId: grant['consentId'], at });
  const id = first?.headers.get('webhook-id');
  const timestamp = first?.headers.get('webhook-timestamp');
  expect(timestamp).toBe(String(Date.parse(at) / 1_000));
  const signature = createHmac('sha256', key).update(`${id}.${timestamp}.${first?.body}`);
  expect(first?.headers.get('webhook-signature')).toBe(`v1,${signature.digest('base64')}`);
  expect(second?.headers.get('webhook-id')).not.toBe(id);
});

test('a notice is understood by the connector that asked for it', async () => {
  await connect();
  await bank.control.notify('current');
  const [notice] = received;
  const headers = Object.fromEntries(notice?.headers ?? []);
  const read = await bank.connector.readNotice?.({ body: notice?.body ?? '', headers });
  expect(read?.noticeKey).toMatch(/^berlin-group:/);
});

test('the page of a payment does not wait for those who are told', async () => {
  await connect();
  let release = () => {};
  pause = new Promise((resolve) => {
    release = resolve;
  });
  const { paid } = await pay('booked');
  expect(paid.html).toContain('The payment is booked.');
  await untilReceived(1);
  expect(received).toHaveLength(1);
  release();
});

test('only a consent that holds and shows the account is told of it', async () => {
  await connect(['savings']);
  expect(await bank.control.notify('current')).toEqual([]);
  const grant = await connect(['current']);
  expect(await bank.control.notify('current')).toEqual([202]);
  await bank.connector.revokeAccess(grant);
  expect(await bank.control.notify('current')).toEqual([]);
});

test('the last notice is repeated byte for byte', async () => {
  await connect();
  await bank.control.notify('current');
  expect(await bank.control.repeatNotice()).toBe(202);
  const [first, again] = received;
  expect(again?.body).toBe(first?.body);
  for (const name of ['webhook-id', 'webhook-timestamp', 'webhook-signature']) {
    expect(again?.headers.get(name)).toBe(first?.headers.get(name));
  }
});

test('a receiver that is gone does the bank no harm', async () => {
  await connect();
  await receiver.close();
  expect(await bank.control.notify('current')).toEqual([0]);
  receiver = await listen(() => new Response(null), 0);
});

test.each([
  ['an address that is not of this machine', { notificationUrl: 'https://hooks.example/notices' }],
  ['a name that only begins like one', { notificationUrl: 'http://localhost.example/notices' }],
])('a made-up bank tells nobody at %s', async (_name, options) => {
  await bank.stop();
  bank = await startBank({ notificationSecret, ...options });
  await connect();
  expect(await bank.control.notify('current')).toEqual([]);
});

test('the answer to a request for a consent says whether there will be notices', async () => {
  const ask = async (notificationUrl: string) => {
    const headers = {
      'Content-Type': 'application/json',
      'X-Request-ID': crypto.randomUUID(),
      'PSU-IP-Address': '192.0.2.7',
      'TPP-Redirect-URI': 'http://127.0.0.1:4711/back',
      'TPP-Notification-URI': notificationUrl,
    };
    const body = JSON.stringify({
      access: { allPsd2: 'allAccounts' },
      recurringIndicator: true,
      validUntil: '2026-08-31',
      frequencyPerDay: 4,
      combinedServiceIndicator: false,
    });
    const answer = await fetch(`${bank.baseUrl}/v1/consents`, { method: 'POST', headers, body });
    return answer.headers.get('ASPSP-Notification-Support');
  };
  expect(await ask(`${receiver.url}/notices`)).toBe('true');
  expect(await ask('https://hooks.example/notices')).toBe('false');
});
