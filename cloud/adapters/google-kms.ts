import { setTimeout } from 'node:timers/promises';
import type { AuthClient, GoogleAuth } from 'google-auth-library';
import { z } from 'zod';
import { VaultUnavailable, VaultUnreadable } from '../ports/vault.ts';
import { crc32c } from './crc32c.ts';
import { boundTo, readBase64Url } from './locked-bytes.ts';
import type { KeyWrapping } from './vault.ts';

export interface GoogleKmsOptions {
  /** Adds the token; needs the scope https://www.googleapis.com/auth/cloudkms */
  readonly auth: Pick<AuthClient | GoogleAuth, 'request'>;
  /** projects/…/locations/…/keyRings/…/cryptoKeys/…, a symmetric one; its primary version wraps. */
  readonly key: string;
  /** Google's own unless told, without a slash at the end. */
  readonly rootUrl?: string;
  /** Before the second try, the third, …; then it is given up. */
  readonly delaysMs?: readonly number[];
  readonly timeoutMs?: number;
}

const crcText = z.string().regex(/^\d{1,10}$/);
const encrypted = z.object({
  ciphertext: z.base64(),
  ciphertextCrc32c: crcText,
  verifiedPlaintextCrc32c: z.literal(true),
  verifiedAdditionalAuthenticatedDataCrc32c: z.literal(true),
});
const decrypted = z.object({ plaintext: z.base64().default(''), plaintextCrc32c: crcText });

/**
 * Wraps by Cloud KMS's REST API; the ciphertext itself names the key's version. Every value goes with its CRC-32C both
 * ways, as https://cloud.google.com/kms/docs/data-integrity-guidelines asks, so that no bit lost on the way makes a secret
 * unreadable for good. What may pass is tried again a few times.
 */
export function createGoogleKms(options: GoogleKmsOptions): KeyWrapping {
  return {
    wrap: (key, subject) =>
      untilAvailable(options, async () => {
        const aad = boundTo(subject);
        const answer = await call(options, 'encrypt', {
          ...checked('plaintext', Buffer.from(key)),
          ...checked('additionalAuthenticatedData', aad),
        });
        const { ciphertext, ciphertextCrc32c } = readAnswer(encrypted, answer);
        const bytes = Buffer.from(ciphertext, 'base64');
        if (String(crc32c(bytes)) !== ciphertextCrc32c) throw new Passing('a changed answer');
        return bytes.toString('base64url');
      }),
    unwrap: (wrapped, subject) =>
      untilAvailable(options, async () => {
        const answer = await call(options, 'decrypt', {
          ...checked('ciphertext', readBase64Url(wrapped)),
          ...checked('additionalAuthenticatedData', boundTo(subject)),
        });
        const { plaintext, plaintextCrc32c } = readAnswer(decrypted, answer);
        const key = Buffer.from(plaintext, 'base64');
        if (String(crc32c(key)) !== plaintextCrc32c) throw new Passing('a changed answer');
        return key;
      }),
  };
}

/** Bytes as the API takes them, with the check of what was meant. */
function checked(name: string, bytes: Buffer): Record<string, string> {
  return { [name]: bytes.toString('base64'), [`${name}Crc32c`]: String(crc32c(bytes)) };
}

/** What another try may not meet. */
class Passing extends Error {
  override readonly name = 'Passing';
}

async function untilAvailable<T>(
  { delaysMs = [200, 1_000] }: GoogleKmsOptions,
  attempt: () => Promise<T>,
): Promise<T> {
  for (let number = 0; ; number++) {
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof Passing)) throw error;
      const delayMs = delaysMs[number];
      if (delayMs === undefined) throw new VaultUnavailable(`Cloud KMS: ${error.message}.`);
      await setTimeout(delayMs);
    }
  }
}

async function call(
  { auth, key, rootUrl = 'https://cloudkms.googleapis.com', timeoutMs = 10_000 }: GoogleKmsOptions,
  method: 'encrypt' | 'decrypt',
  data: Record<string, string>,
): Promise<unknown> {
  const url = `${rootUrl}/v1/${key}:${method}`;
  try {
    const answer = await auth.request<unknown>({
      url,
      method: 'POST',
      data,
      responseType: 'json',
      timeout: timeoutMs,
      retry: false,
    });
    return answer.data;
  } catch (error) {
    // Not as a cause: the client's error holds the request, and that the key.
    throw failureOf(method, error);
  }
}

const refusal = z.object({
  response: z.object({
    status: z.number(),
    data: z
      .object({ error: z.object({ status: z.string() }) })
      .optional()
      .catch(undefined),
  }),
});

/**
 * Only what KMS says of the ciphertext itself makes a secret unreadable. A permission taken away or a version switched
 * off is the operator's to mend, and then everything opens again.
 */
function failureOf(method: 'encrypt' | 'decrypt', error: unknown): Error {
  const { data: refused } = refusal.safeParse(error);
  if (!refused) return new Passing('no answer');
  const { status, data } = refused.response;
  const reason = data?.error.status;
  if (method === 'decrypt' && status === 400 && reason === 'INVALID_ARGUMENT') {
    return new VaultUnreadable();
  }
  const line = `${status}${reason ? ` ${reason}` : ''}`;
  if (status >= 500 || status === 429 || status === 408) return new Passing(line);
  return new VaultUnavailable(
    `Cloud KMS refuses the key (${line}). Check BOOKFEED_KMS_KEY, that its version is enabled, and that the service account has roles/cloudkms.cryptoKeyEncrypterDecrypter.`,
  );
}

function readAnswer<T>(schema: z.ZodType<T>, answer: unknown): T {
  const { data } = schema.safeParse(answer);
  if (data === undefined) throw new Passing('an answer that is none');
  return data;
}
