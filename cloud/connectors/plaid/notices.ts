import { createHash, timingSafeEqual } from 'node:crypto';
import { decodeProtectedHeader, importJWK, type JWTPayload, jwtVerify } from 'jose';
import { BankError, type Notice, type NoticeRequest } from '../../ports/bank-connector.ts';
import type { Clock } from '../../ports/clock.ts';
import type { PlaidClient } from './client.ts';
import { keyRead, noticeRead } from './schema.ts';

/** Older than this, a notice may be a copy that somebody kept (https://plaid.com/docs/api/webhooks/webhook-verification). */
const ageMaxSeconds = 5 * 60;
/** Plaid's clock may be a little ahead of ours. */
const aheadMaxSeconds = 60;
/** Keys are changed seldom; one that is no longer in use is asked for again, and then told to have ended. */
const keyMs = 60 * 60_000;
const keyMax = 20;
/** Anybody may send what names a key that is none; so many are asked for in a minute, whoever sends them. */
const askedPerMinute = 10;

type Key = Awaited<ReturnType<typeof importJWK>>;

/** By which notices name an item. */
export function noticeKeyOf(itemId: string): string {
  return `plaid:${itemId}`;
}

/** What brings no news of an item: it is taken, and wakes nobody. */
const noItem = 'none';
/**
 * Of these a sync learns more: entries, an error of the item or the end of one. Plaid goes on sending the notices of its
 * older interface beside SYNC_UPDATES_AVAILABLE, which say nothing that it does not.
 */
const news: Readonly<Record<string, readonly string[]>> = {
  TRANSACTIONS: ['SYNC_UPDATES_AVAILABLE'],
  ITEM: [
    'ERROR',
    'LOGIN_REPAIRED',
    'PENDING_DISCONNECT',
    'PENDING_EXPIRATION',
    'USER_PERMISSION_REVOKED',
    'USER_ACCOUNT_REVOKED',
  ],
};

/** @returns a reader that throws BankError `notice-refused` for what Plaid has not signed just now */
export function createReadNotice(
  call: PlaidClient,
  clock: Clock,
): (request: NoticeRequest) => Promise<Notice> {
  const keys = new Map<string, { readonly key: Key; readonly until: number }>();
  let asked: readonly number[] = [];

  async function keyOf(kid: string): Promise<Key> {
    const now = Date.parse(clock.now());
    const known = keys.get(kid);
    if (known && known.until > now) return known.key;
    asked = asked.filter((at) => at > now - 60_000);
    if (asked.length >= askedPerMinute) throw refusal('too many keys');
    asked = [...asked, now];
    const { key: jwk } = await call(
      'notice-key',
      (api, options) => api.webhookVerificationKeyGet({ key_id: kid }, options),
      (body) => keyRead.parse(body),
    );
    const { expired_at, ...rest } = jwk;
    if (expired_at !== undefined) throw refusal('an old key');
    const key = await importJWK(rest, 'ES256');
    keys.set(kid, { key, until: now + keyMs });
    for (const old of [...keys.keys()].slice(0, -keyMax)) keys.delete(old);
    return key;
  }

  async function claimsOf(jwt: string): Promise<JWTPayload> {
    try {
      const { alg, kid = '' } = decodeProtectedHeader(jwt);
      if (alg !== 'ES256' || !/^[\w-]{1,100}$/.test(kid)) throw refusal('not signed');
      const currentDate = new Date(clock.now());
      const options = { algorithms: ['ES256'], currentDate };
      return (await jwtVerify(jwt, await keyOf(kid), options)).payload;
    } catch (error) {
      // What Plaid cannot tell now may be true; it sends the notice again.
      if (error instanceof BankError && passing.has(error.code)) throw error;
      throw refusal('not signed by Plaid');
    }
  }

  return async ({ headers, body }) => {
    const { iat, request_body_sha256: told } = await claimsOf(headers['plaid-verification'] ?? '');
    const age = Date.parse(clock.now()) / 1000 - (iat ?? 0);
    if (age > ageMaxSeconds || age < -aheadMaxSeconds) throw refusal('not of now');
    const digest = createHash('sha256').update(body).digest('hex');
    if (!isSame(digest, String(told))) throw refusal('another body');
    return { id: `${iat} ${digest}`, noticeKey: noticeKeyIn(body) };
  };
}

const passing: ReadonlySet<string> = new Set(['bank-unavailable', 'timeout', 'rate-limited']);

function isSame(a: string, b: string): boolean {
  const [one, other] = [Buffer.from(a), Buffer.from(b)];
  return one.length === other.length && timingSafeEqual(one, other);
}

function noticeKeyIn(body: string): string {
  try {
    const { webhook_type, webhook_code, item_id } = noticeRead.parse(JSON.parse(body));
    const isNews = news[webhook_type]?.includes(webhook_code);
    return noticeKeyOf((isNews && item_id) || noItem);
  } catch {
    // Not as its cause: the messages of JSON and zod quote the body.
    throw refusal('no notice');
  }
}

function refusal(detail: string): BankError {
  return new BankError('notice-refused', detail);
}
