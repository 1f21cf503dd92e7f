import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { VaultUnreadable } from '../ports/vault.ts';

/** Begins what is locked and what it is bound to: other rules than these get another number. */
const version = 1;
const ivLength = 12;
const tagLength = 16;
export const keyLength = 32;

/** Random bytes of this length; node's unless a test tells. */
export type RandomBytes = (length: number) => Buffer;

/**
 * Locks bytes with AES-256-GCM so that they open with the same key for the same subject alone: version, 96 random bits,
 * ciphertext, tag, in base64url.
 */
export function lockBytes(
  key: Uint8Array,
  subject: string,
  bytes: Uint8Array,
  random: RandomBytes = randomBytes,
): string {
  const iv = random(ivLength);
  const cipher = createCipheriv('aes-256-gcm', key, iv, { authTagLength: tagLength });
  cipher.setAAD(boundTo(subject));
  const locked = [cipher.update(bytes), cipher.final(), cipher.getAuthTag()];
  return Buffer.concat([Buffer.of(version), iv, ...locked]).toString('base64url');
}

/** The bytes that lockBytes has locked. @throws VaultUnreadable without a cause: it could quote them. */
export function unlockBytes(key: Uint8Array, subject: string, text: string): Buffer {
  const locked = readBase64Url(text);
  const head = 1 + ivLength;
  if (locked.length < head + tagLength || locked[0] !== version) throw new VaultUnreadable();
  const options = { authTagLength: tagLength };
  const decipher = createDecipheriv('aes-256-gcm', key, locked.subarray(1, head), options);
  decipher.setAAD(boundTo(subject));
  decipher.setAuthTag(locked.subarray(-tagLength));
  const opened = decipher.update(locked.subarray(head, -tagLength));
  try {
    return Buffer.concat([opened, decipher.final()]);
  } catch {
    throw new VaultUnreadable();
  } finally {
    opened.fill(0);
  }
}

/** What a locked text is bound to, besides its key. */
export function boundTo(subject: string): Buffer {
  return Buffer.concat([Buffer.of(version), Buffer.from(subject)]);
}

/** Only as it was written: Buffer itself passes over odd characters and left-over bits. @throws VaultUnreadable */
export function readBase64Url(text: string): Buffer {
  const bytes = Buffer.from(text, 'base64url');
  if (bytes.toString('base64url') !== text) throw new VaultUnreadable();
  return bytes;
}
