import { createHash, createPrivateKey, sign, X509Certificate } from 'node:crypto';
import type { Clock } from '../../ports/clock.ts';

/** A certificate for electronic seals (QSealC) and its key, as PEM. */
export interface SigningIdentity {
  readonly certificate: string;
  readonly key: string;
}

/** What the standard's chapter 12 has signed, as far as a request holds it; no other header may be. */
const signedNames = [
  'digest',
  'x-request-id',
  'psu-id',
  'psu-corporate-id',
  'date',
  'tpp-redirect-uri',
];

/** Headers that a request gets in addition. */
export type SignRequest = (
  headers: Readonly<Record<string, string>>,
  body: string | undefined,
) => Readonly<Record<string, string>>;

/**
 * Signs requests by NextGenPSD2 1.3, chapter 12: `Signing HTTP Messages` (draft-cavage-http-signatures-10) with RSA and
 * SHA-256, over a digest of the body and a few headers.
 */
export function createSignRequest(
  { certificate, key }: SigningIdentity,
  clock: Clock,
): SignRequest {
  const read = new X509Certificate(certificate);
  const privateKey = createPrivateKey(key);
  const keyId = `SN=${read.serialNumber},CA=${issuerOf(read)}`;
  return (headers, body = '') => {
    const digest = createHash('sha256').update(body).digest('base64');
    const added = {
      Digest: `SHA-256=${digest}`,
      Date: new Date(clock.now()).toUTCString(),
      'TPP-Signature-Certificate': read.raw.toString('base64'),
    };
    const all = new Map(
      Object.entries({ ...headers, ...added }).map(([name, value]) => [name.toLowerCase(), value]),
    );
    const names = signedNames.filter((name) => all.has(name));
    const text = names.map((name) => `${name}: ${all.get(name)}`).join('\n');
    const signature = sign('sha256', Buffer.from(text), privateKey).toString('base64');
    const parts = [
      `keyId="${keyId}"`,
      'algorithm="rsa-sha256"',
      `headers="${names.join(' ')}"`,
      `signature="${signature}"`,
    ];
    return { ...added, Signature: parts.join(',') };
  };
}

/** The issuer as RFC 2253 has it, the most specific part first, with what no header takes in percent signs. */
function issuerOf({ issuer }: X509Certificate): string {
  return encodeURI(issuer.split('\n').reverse().join(','));
}
