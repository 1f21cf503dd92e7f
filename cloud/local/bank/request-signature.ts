import { createHash, verify, X509Certificate } from 'node:crypto';
import { msBetween } from '../../../shared/calendar-date.ts';
import type { Clock } from '../../ports/clock.ts';
import { readBody } from '../../web/read-body.ts';
import { TppError } from './tpp-message.ts';

/** What must be signed where a request holds it; the first two always (NextGenPSD2 1.3, chapter 12). */
const signedNames = [
  'digest',
  'x-request-id',
  'psu-id',
  'psu-corporate-id',
  'date',
  'tpp-redirect-uri',
];
const toleranceMs = 5 * 60_000;

/** Holds a request to its signature, as the standard's chapter 12 has it. @throws TppError */
export async function requireSignature(request: Request, clock: Clock): Promise<void> {
  const { headers } = request;
  const header = headers.get('Signature');
  if (!header) throw new TppError(401, 'SIGNATURE_MISSING', 'The request is not signed.');
  const certificate = certificateOf(headers.get('TPP-Signature-Certificate'));
  const fields = fieldsOf(header);
  const names = (fields['headers'] ?? '').split(' ');
  const needed = signedNames.filter(
    (name) => headers.has(name) || name === 'digest' || name === 'x-request-id',
  );
  const isComplete = needed.every((name) => names.includes(name)) && names.length === needed.length;
  const date = Date.parse(headers.get('Date') ?? '');
  const isOfNow = Math.abs(msBetween(clock.now(), new Date(date || 0).toISOString())) < toleranceMs;
  const body = (await readBody(request.clone())) ?? '';
  const digest = `SHA-256=${createHash('sha256').update(body).digest('base64')}`;
  const isRight =
    fields['algorithm'] === 'rsa-sha256' &&
    fields['keyId'] === keyIdOf(certificate) &&
    isComplete &&
    isOfNow &&
    headers.get('Digest') === digest &&
    verify(
      'sha256',
      Buffer.from(names.map((name) => `${name}: ${headers.get(name)}`).join('\n')),
      certificate.publicKey,
      Buffer.from(fields['signature'] ?? '', 'base64'),
    );
  if (!isRight) throw new TppError(401, 'SIGNATURE_INVALID', 'The signature does not fit.');
}

function certificateOf(header: string | null): X509Certificate {
  if (!header) throw new TppError(401, 'CERTIFICATE_MISSING', 'No certificate of the signature.');
  try {
    return new X509Certificate(Buffer.from(header, 'base64'));
  } catch {
    throw new TppError(401, 'CERTIFICATE_INVALID', 'The certificate of the signature is none.');
  }
}

/** `name="value"` with commas between; a value may hold commas. */
function fieldsOf(header: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    [...header.matchAll(/([a-zA-Z]+)="([^"]*)"/g)].map(([, name = '', value = '']) => [
      name,
      value,
    ]),
  );
}

/** The number and the issuer of a certificate, as `SN=9FA1,CA=CN=D-TRUST%20CA,O=D-Trust%20GmbH,C=DE`. */
function keyIdOf({ serialNumber, issuer }: X509Certificate): string {
  const name = issuer.split('\n').toReversed().map(encodeURI).join(',');
  return `SN=${serialNumber},CA=${name}`;
}
