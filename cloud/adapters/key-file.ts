import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  closeSync,
  fstatSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';
import type { Instant } from '../../shared/calendar-date.ts';
import type { Clock, Ids } from '../ports/clock.ts';
import { VaultUnavailable, VaultUnreadable } from '../ports/vault.ts';
import { keyLength, lockBytes, unlockBytes } from './locked-bytes.ts';
import type { KeyWrapping } from './vault.ts';

/** The newest wraps; the one before it still unwraps what has not been wrapped anew. */
const keyMax = 2;

const keyFile = z.strictObject({
  /** Newest first. */
  keys: z
    .array(
      z.strictObject({
        id: z.string().regex(/^[a-z0-9]+$/),
        key: z.string().refine((key) => Buffer.from(key, 'base64url').length === keyLength),
        createdAt: z.iso.datetime(),
      }),
    )
    .min(1),
});
type Keys = z.output<typeof keyFile>['keys'];

export interface KeyFileOptions {
  /** Its folder is made, too, where it is missing. */
  readonly path: string;
  readonly clock: Clock;
  readonly ids: Ids;
}

/** The keys of this machine, in a file for its user alone. */
export interface KeyFile {
  readonly wrapping: KeyWrapping;
  /** Since when the newest key wraps: what was sealed before is under an older one. */
  newestAt(): Instant;
  /**
   * Wraps with a new key from now on. Keys before the last one are gone then: first wrap anew what they hold.
   * @throws VaultUnavailable
   */
  addKey(): void;
}

/**
 * Opens the key file, or makes it at the first use.
 * @throws VaultUnavailable naming the file and what to do; a file that is no key file stays as it is.
 */
export function openKeyFile({ path, clock, ids }: KeyFileOptions): KeyFile {
  const newKey = () => ({
    id: ids.next(''),
    key: randomBytes(keyLength).toString('base64url'),
    createdAt: clock.now(),
  });
  let keys = orUnavailable(path, () => readKeys(path) ?? makeFile(path, [newKey()]));
  const newest = () => {
    const [first] = keys;
    if (!first) throw new VaultUnavailable(unusable(path));
    return first;
  };
  return {
    newestAt: () => newest().createdAt,
    addKey() {
      const added = [newKey(), ...keys].slice(0, keyMax);
      keys = orUnavailable(path, () => replaceFile(path, added));
    },
    wrapping: {
      async wrap(key, subject) {
        const { id, key: text } = newest();
        const locked = withKey(text, (wrapping) => lockBytes(wrapping, subject, key));
        return `${id}.${locked}`;
      },
      async unwrap(wrapped, subject) {
        const [id, locked = '', ...more] = wrapped.split('.');
        const found = keys.find((key) => key.id === id);
        if (!found || more.length > 0) throw new VaultUnreadable();
        return withKey(found.key, (wrapping) => unlockBytes(wrapping, subject, locked));
      },
    },
  };
}

function withKey<R>(text: string, work: (key: Buffer) => R): R {
  const key = Buffer.from(text, 'base64url');
  try {
    return work(key);
  } finally {
    key.fill(0);
  }
}

/** null where there is no file. */
function readKeys(path: string): Keys | null {
  const file = openIfThere(path);
  if (file === null) return null;
  try {
    // Windows knows no such modes; there the folder of the user is theirs alone.
    if (process.platform !== 'win32' && (fstatSync(file).mode & 0o077) !== 0) {
      throw new VaultUnavailable(open(path));
    }
    const parsed = keyFile.safeParse(parseJson(readFileSync(file, 'utf8')));
    if (!parsed.success) throw new VaultUnavailable(unusable(path));
    return parsed.data.keys;
  } finally {
    closeSync(file);
  }
}

function openIfThere(path: string): number | null {
  try {
    return openSync(path, 'r');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Never over a file that is there: what its keys hold would be lost. */
function makeFile(path: string, keys: Keys): Keys {
  const folder = dirname(path);
  if (mkdirSync(folder, { recursive: true, mode: 0o700 }) !== undefined) chmodSync(folder, 0o700);
  try {
    writeWhole(path, keys);
  } catch (error) {
    const isOthers = (error as NodeJS.ErrnoException).code === 'EEXIST';
    // Half a file would stand in the way of the next start, and nothing is under its key yet.
    if (!isOthers) rmSync(path, { force: true });
    throw error;
  }
  syncFolder(folder);
  return keys;
}

/** The file is the old one or the new one at every moment, also when the machine loses its power. */
function replaceFile(path: string, keys: Keys): Keys {
  const next = `${path}.new`;
  rmSync(next, { force: true });
  writeWhole(next, keys);
  renameSync(next, path);
  syncFolder(dirname(path));
  return keys;
}

function writeWhole(path: string, keys: Keys): void {
  const file = openSync(path, 'wx', 0o600);
  try {
    writeFileSync(file, `${JSON.stringify({ keys }, null, 2)}\n`);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** So that the name, too, outlives a power cut; Windows opens no folder. */
function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const file = openSync(folder, 'r');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

const open = (path: string) =>
  `${path} holds the keys of this Bookfeed's secrets, and others can read it. Run: chmod 600 ${path}`;
const unusable = (path: string) =>
  `${path} is no key file of Bookfeed, or damaged. Put a copy of it back; without one move it away, and connect your banks again.`;

/** @throws VaultUnavailable for what the file system refuses. */
function orUnavailable<R>(path: string, work: () => R): R {
  try {
    return work();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (error instanceof VaultUnavailable || code === undefined) throw error;
    const message = `${path} cannot be read or written (${code}). Check the permissions of the file and its folder.`;
    throw new VaultUnavailable(message, { cause: error });
  }
}
