import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { crc32c } from '../cloud/adapters/crc32c.ts';
import { type Listening, listen } from '../cloud/local/listen.ts';

/** What the server does to one request instead of its work, or to the answer of it. */
export type KmsFault =
  | { readonly status: number; readonly reason?: string }
  | { readonly change: (answer: Record<string, unknown>) => Record<string, unknown> }
  | 'drop'
  | 'no-json'
  | 'silence';

/**
 * A server of Cloud KMS's REST methods :encrypt and :decrypt for one symmetric key, as Google documents them:
 * https://cloud.google.com/kms/docs/reference/rest/v1/projects.locations.keyRings.cryptoKeys/encrypt
 */
export interface KmsServer extends Listening {
  /** The name of its key. */
  readonly key: string;
  /** Each path that was called, with whether an Authorization came along. */
  readonly calls: { readonly method: string; readonly authorization: string | null }[];
  /** The next requests meet these, one each. */
  readonly faults: KmsFault[];
  /** A new primary version; earlier ones still decrypt. */
  rotate(): void;
  /** Switches a version off or on, counted from 1. */
  setEnabled(version: number, isEnabled: boolean): void;
}

interface Version {
  readonly key: Buffer;
  isEnabled: boolean;
}

export async function startKmsServer(): Promise<KmsServer> {
  const key = 'projects/demo-bookfeed/locations/europe-west1/keyRings/bookfeed/cryptoKeys/secrets';
  const versions: Version[] = [];
  const rotate = () => versions.push({ key: randomBytes(32), isEnabled: true });
  rotate();
  const calls: KmsServer['calls'] = [];
  const faults: KmsFault[] = [];
  const listening = await listen(async (request, { incoming }) => {
    const [, name, method] = /^\/v1\/(.+):(\w+)$/.exec(new URL(request.url).pathname) ?? [];
    const body = (await request.json()) as Record<string, string>;
    calls.push({ method: method ?? '', authorization: request.headers.get('authorization') });
    const fault = faults.shift();
    if (fault === 'drop') incoming.socket.destroy();
    if (fault === 'drop' || fault === 'silence') return new Promise<Response>(() => {});
    if (fault === 'no-json') return new Response('<html>');
    if (fault && 'status' in fault) return refuse(fault.status, fault.reason ?? 'INTERNAL');
    if (name !== key) return refuse(404, 'NOT_FOUND');
    const answer = method === 'encrypt' ? encrypt(versions, key, body) : decrypt(versions, body);
    if (answer instanceof Response) return answer;
    return Response.json(fault && 'change' in fault ? fault.change(answer) : answer);
  }, 0);
  return {
    ...listening,
    key,
    calls,
    faults,
    rotate,
    setEnabled(number, isEnabled) {
      const version = versions[number - 1];
      if (version) version.isEnabled = isEnabled;
    },
  };
}

function encrypt(versions: readonly Version[], name: string, body: Record<string, string>) {
  const wrong = wrongCheck(body, 'plaintext') ?? wrongCheck(body, 'additionalAuthenticatedData');
  if (wrong) return wrong;
  const primary = versions.at(-1);
  if (!primary?.isEnabled) return refuse(400, 'FAILED_PRECONDITION');
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', primary.key, iv);
  cipher.setAAD(bytesOf(body, 'additionalAuthenticatedData'));
  const locked = [cipher.update(bytesOf(body, 'plaintext')), cipher.final(), cipher.getAuthTag()];
  const ciphertext = Buffer.concat([Buffer.of(versions.length), iv, ...locked]);
  return {
    name: `${name}/cryptoKeyVersions/${versions.length}`,
    ciphertext: ciphertext.toString('base64'),
    ciphertextCrc32c: String(crc32c(ciphertext)),
    verifiedPlaintextCrc32c: 'plaintextCrc32c' in body,
    verifiedAdditionalAuthenticatedDataCrc32c: 'additionalAuthenticatedDataCrc32c' in body,
    protectionLevel: 'SOFTWARE',
  };
}

function decrypt(versions: readonly Version[], body: Record<string, string>) {
  const wrong = wrongCheck(body, 'ciphertext') ?? wrongCheck(body, 'additionalAuthenticatedData');
  if (wrong) return wrong;
  const ciphertext = bytesOf(body, 'ciphertext');
  const version = versions[(ciphertext[0] ?? 0) - 1];
  if (!version || ciphertext.length < 29) return refuse(400, 'INVALID_ARGUMENT');
  if (!version.isEnabled) return refuse(400, 'FAILED_PRECONDITION');
  const decipher = createDecipheriv('aes-256-gcm', version.key, ciphertext.subarray(1, 13));
  decipher.setAAD(bytesOf(body, 'additionalAuthenticatedData'));
  decipher.setAuthTag(ciphertext.subarray(-16));
  let plaintext: Buffer;
  try {
    plaintext = Buffer.concat([decipher.update(ciphertext.subarray(13, -16)), decipher.final()]);
  } catch {
    return refuse(400, 'INVALID_ARGUMENT');
  }
  return {
    plaintext: plaintext.toString('base64'),
    plaintextCrc32c: String(crc32c(plaintext)),
    usedPrimary: version === versions.at(-1),
    protectionLevel: 'SOFTWARE',
  };
}

const bytesOf = (body: Record<string, string>, field: string) =>
  Buffer.from(body[field] ?? '', 'base64');

function wrongCheck(body: Record<string, string>, field: string): Response | null {
  const check = body[`${field}Crc32c`];
  const isRight = check === undefined || check === String(crc32c(bytesOf(body, field)));
  return isRight ? null : refuse(400, 'INVALID_ARGUMENT');
}

/** As Google words its errors. */
function refuse(code: number, status: string): Response {
  return Response.json(
    { error: { code, status, message: `refused: ${status}` } },
    { status: code },
  );
}
