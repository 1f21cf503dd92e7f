import { createHash, randomUUID } from 'node:crypto';
import { type CryptoKey, exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose';
import type { Clock } from '../../../cloud/ports/clock.ts';

/** How a notice differs from a true one. */
export interface NoticeChanges {
  readonly kid?: string;
  /** Seconds from now at which it was signed. */
  readonly at?: number;
  /** In the place of the body that is sent. */
  readonly signedBody?: string;
}

/** The keys with which Plaid signs its notices, the newest last. */
export function createWebhookKeys(clock: Clock) {
  const keys = new Map<string, { jwk: JWK; privateKey: CryptoKey; expired_at: number | null }>();
  let newest = '';

  return {
    /** Signs with another key from now on. */
    async rotate(): Promise<string> {
      const { publicKey, privateKey } = await generateKeyPair('ES256', { extractable: true });
      newest = randomUUID();
      keys.set(newest, { jwk: await exportJWK(publicKey), privateKey, expired_at: null });
      return newest;
    },

    expire(kid: string): void {
      const key = keys.get(kid);
      if (key) key.expired_at = Math.floor(Date.parse(clock.now()) / 1000);
    },

    /** As /webhook_verification_key/get tells it. */
    told(kid: string) {
      const key = keys.get(kid);
      if (!key) return undefined;
      const { crv, kty, x, y } = key.jwk;
      const { expired_at } = key;
      return {
        alg: 'ES256',
        use: 'sig',
        crv,
        kty,
        x,
        y,
        kid,
        created_at: 1_560_466_150,
        expired_at,
      };
    },

    /** A notice as it arrives. */
    async notice(told: object, changes: NoticeChanges = {}) {
      const { kid = newest, at = 0 } = changes;
      const body = JSON.stringify(told, null, 2);
      const privateKey = (keys.get(kid) ?? keys.get(newest))?.privateKey;
      if (!privateKey) throw new Error('no key');
      const digest = createHash('sha256')
        .update(changes.signedBody ?? body)
        .digest('hex');
      const jwt = await new SignJWT({ request_body_sha256: digest })
        .setProtectedHeader({ alg: 'ES256', kid, typ: 'JWT' })
        .setIssuedAt(Math.floor(Date.parse(clock.now()) / 1000) + at)
        .sign(privateKey);
      return { body, headers: { 'plaid-verification': jwt, 'content-type': 'application/json' } };
    },
  };
}
