import { randomBytes } from 'node:crypto';
import { type Vault, VaultUnreadable } from '../ports/vault.ts';
import { keyLength, lockBytes, type RandomBytes, unlockBytes } from './locked-bytes.ts';

/** Wraps the keys of single secrets under a key that never leaves its place: a key file, Cloud KMS. */
export interface KeyWrapping {
  /** @returns text that names the wrapping key's version, too. @throws VaultUnavailable */
  wrap(key: Uint8Array, subject: string): Promise<string>;
  /** Each time a buffer of its own, that the caller zeroes. @throws VaultUnreadable, VaultUnavailable */
  unwrap(wrapped: string, subject: string): Promise<Buffer>;
}

export interface VaultOptions {
  readonly wrapping: KeyWrapping;
  readonly random?: RandomBytes;
}

/**
 * Envelope encryption: each secret is locked with AES-256-GCM under a fresh key, which is wrapped; both are bound to the
 * subject. Keys are zeroed after use.
 */
export function createVault({ wrapping, random = randomBytes }: VaultOptions): Vault {
  return {
    async seal(subject, secret) {
      const json: string | undefined = JSON.stringify(secret);
      if (json === undefined) throw new TypeError('a secret is plain JSON');
      const key = random(keyLength);
      const bytes = Buffer.from(json);
      try {
        const text = lockBytes(key, subject, bytes, random);
        return { key: await wrapping.wrap(key, subject), text };
      } finally {
        key.fill(0);
        bytes.fill(0);
      }
    },
    async open(subject, sealed) {
      const key = await wrapping.unwrap(sealed.key, subject);
      try {
        if (key.length !== keyLength) throw new VaultUnreadable();
        return readSecret(unlockBytes(key, subject, sealed.text));
      } finally {
        key.fill(0);
      }
    },
  };
}

function readSecret(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString()) as unknown;
  } finally {
    bytes.fill(0);
  }
}
