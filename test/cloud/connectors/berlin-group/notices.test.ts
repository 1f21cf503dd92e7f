import { createHmac } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import {
  createReadNotice,
  noticeKeyOf,
} from '../../../../cloud/connectors/berlin-group/notices.ts';

const now = '2026-03-02T08:00:00.000Z';
const nowSeconds = Date.parse(now) / 1000;
const alpha = 'berlin-group:alpha';
const beta = 'berlin-group:beta';
const key = Buffer.from('a key of the bank alpha, for tests');
const body = '{"consentId":"consent-1","at":"2026-03-02T08:00:00.000Z"}';

const read = createReadNotice(
  [
    { institution: { id: 'berlin-group:silent' } },
    { institution: { id: alpha }, notificationSecret: `whsec_${key.toString('base64')}` },
    { institution: { id: beta }, notificationSecret: 'plain words' },
  ],
  { now: () => now },
);

interface Changes {
  readonly id?: string;
  readonly timestamp?: string;
  readonly key?: string | Buffer;
  readonly body?: string;
}

/** A notice as a bank sends it. */
function notice(changes: Changes = {}) {
  const { id = 'msg_1', timestamp = String(nowSeconds) } = changes;
  const sent = changes.body ?? body;
  const mac = createHmac('sha256', changes.key ?? key).update(`${id}.${timestamp}.${sent}`);
  const headers: Record<string, string> = {
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': `v1,${mac.digest('base64')}`,
  };
  return { body: sent, headers };
}

const refused = { code: 'notice-refused', cause: undefined };

describe('a notice of a bank', () => {
  test('names the consent whose news it brings, and the bank by whose key it is signed', async () => {
    const noticeKey = noticeKeyOf(alpha, 'consent-1');
    expect(await read(notice())).toEqual({ id: `${alpha} msg_1`, noticeKey });
    expect(await read(notice({ key: 'plain words' }))).toEqual({
      id: `${beta} msg_1`,
      noticeKey: noticeKeyOf(beta, 'consent-1'),
    });
    expect(noticeKey).toMatch(/^berlin-group:[0-9a-f]{64}$/);
    expect(noticeKeyOf(alpha, 'consent-2')).not.toBe(noticeKey);
    expect(noticeKeyOf(beta, 'consent-1')).not.toBe(noticeKey);
  });

  test('has the signature that the rules give for their own example', async () => {
    // From the specification of Standard Webhooks, with its key, id and timestamp.
    const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
    const sent = '{"test": 2432232314}';
    const headers = {
      'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      'webhook-timestamp': '1614265330',
      'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    };
    const atThatTime = createReadNotice(
      [{ institution: { id: alpha }, notificationSecret: secret }],
      { now: () => '2021-02-25T15:02:10.000Z' },
    );
    const error = await atThatTime({ body: sent, headers }).catch((thrown: unknown) => thrown);
    // It is signed; only a consent it does not name.
    expect(error).toMatchObject({ ...refused, detail: 'names no consent' });
  });

  test('may be signed with several keys, as while the bank changes its own', async () => {
    const both = notice();
    const old = notice({ key: 'another' }).headers['webhook-signature'];
    const signatures = `v1a,AAAA ${old} ${both.headers['webhook-signature']}`;
    const headers = { ...both.headers, 'webhook-signature': signatures };
    await expect(read({ ...both, headers })).resolves.toMatchObject({ id: `${alpha} msg_1` });
  });

  test.each([-300, 300])('counts %d seconds from our clock', async (seconds) => {
    const timestamp = String(nowSeconds + seconds);
    await expect(read(notice({ timestamp }))).resolves.toMatchObject({ id: `${alpha} msg_1` });
  });

  test.each<[string, Changes]>([
    ['signed with a foreign key', { key: 'foreign' }],
    ['signed with no key', { key: '' }],
    ['older than five minutes', { timestamp: String(nowSeconds - 301) }],
    ['more than five minutes ahead', { timestamp: String(nowSeconds + 301) }],
    ['with a time that is none', { timestamp: 'now' }],
    ['without an id', { id: '' }],
    ['with an endless id', { id: 'm'.repeat(201) }],
    ['without a consent', { body: '{"at":1}' }],
    ['with an empty consent', { body: '{"consentId":""}' }],
    ['that is no JSON', { body: 'consentId=consent-1' }],
  ])('is refused when %s', async (_, changes) => {
    await expect(read(notice(changes))).rejects.toMatchObject(refused);
  });

  test('is refused when changed after it was signed, in any part', async () => {
    const { headers } = notice();
    const changed = [
      { body: body.replace('consent-1', 'consent-2'), headers },
      { body, headers: { ...headers, 'webhook-id': 'msg_2' } },
      { body, headers: { ...headers, 'webhook-timestamp': String(nowSeconds + 1) } },
      { body, headers: { ...headers, 'webhook-timestamp': `0${nowSeconds}` } },
    ];
    for (const it of changed) await expect(read(it)).rejects.toMatchObject(refused);
  });

  test('is refused without a signature, and with what is none', async () => {
    const { headers } = notice();
    const { 'webhook-signature': signature = '', ...unsigned } = headers;
    await expect(read({ body, headers: unsigned })).rejects.toMatchObject(refused);
    const right = signature.slice(3);
    const none = [
      '',
      'v1,',
      'v1',
      right,
      `v2,${right}`,
      `v1,${right}AAAA`,
      `v1,${'A'.repeat(5_000)}`,
    ];
    for (const text of none) {
      const told = { ...unsigned, 'webhook-signature': text };
      await expect(read({ body, headers: told })).rejects.toMatchObject(refused);
    }
  });

  test('is refused where no bank sends any', async () => {
    const none = createReadNotice([{ institution: { id: alpha } }], { now: () => now });
    await expect(none(notice())).rejects.toMatchObject(refused);
  });

  test('an empty key is none that a bank could be set up with', () => {
    const sender = { institution: { id: alpha }, notificationSecret: 'whsec_' };
    expect(() => createReadNotice([sender], { now: () => now })).toThrow('notificationSecret');
  });
});
