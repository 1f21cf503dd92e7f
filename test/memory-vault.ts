import { randomBytes } from 'node:crypto';
import { lockBytes, unlockBytes } from '../cloud/adapters/locked-bytes.ts';
import { createVault } from '../cloud/adapters/vault.ts';
import type { Vault } from '../cloud/ports/vault.ts';

const keyOfProcess = randomBytes(32);

/** The real vault; each of this process opens what another has sealed, and no process after it does without the key. */
export function createMemoryVault(wrappingKey: Uint8Array = keyOfProcess): Vault {
  return createVault({
    wrapping: {
      wrap: async (key, subject) => lockBytes(wrappingKey, subject, key),
      unwrap: async (wrapped, subject) => unlockBytes(wrappingKey, subject, wrapped),
    },
  });
}
