import {
  chmodSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type KeyFile, openKeyFile } from '../../../cloud/adapters/key-file.ts';
import { randomIds } from '../../../cloud/adapters/system-clock.ts';
import { createVault, type KeyWrapping } from '../../../cloud/adapters/vault.ts';
import { VaultUnavailable, VaultUnreadable } from '../../../cloud/ports/vault.ts';
import { expectUnreadable, vaultContract } from '../../contract/vault.ts';

const clock = { now: () => '2026-03-02T08:00:00.000Z' };
const openAt = (path: string): KeyFile => openKeyFile({ path, clock, ids: randomIds });

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'bookfeed-keys-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

vaultContract('a vault by a key file', async () => {
  const own = mkdtempSync(join(tmpdir(), 'bookfeed-keys-'));
  return {
    open: async () => createVault(openAt(join(own, 'secrets.json'))),
    close: async () => rmSync(own, { recursive: true, force: true }),
  };
});

describe('the key file', () => {
  test('is made with its folder, for its user alone', () => {
    const path = join(folder, 'made', 'deep', 'secrets.json');
    expect(openAt(path).newestAt()).toBe(clock.now());
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(statSync(join(folder, 'made', 'deep')).mode & 0o777).toBe(0o700);
    expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual({
      keys: [{ id: expect.any(String), key: expect.any(String), createdAt: clock.now() }],
    });
  });

  test('opens nothing of another one', async () => {
    const [one, other] = ['one', 'other'].map((name) => join(folder, `${name}.json`));
    const sealed = await createVault(openAt(one ?? '')).seal('c1', 'kept');
    const foreign = createVault(openAt(other ?? ''));
    await expectUnreadable(foreign, 'c1', sealed);
    const { keys } = JSON.parse(readFileSync(other ?? '', 'utf8'));
    const [, locked] = sealed.key.split('.');
    await expectUnreadable(foreign, 'c1', { ...sealed, key: `${keys[0].id}.${locked}` });
  });

  test('gives a wrapped key back for its subject alone', async () => {
    const { wrapping } = openAt(join(folder, 'bound.json'));
    const wrapped = await wrapping.wrap(Buffer.alloc(32, 7), 'c1');
    expect(await wrapping.unwrap(wrapped, 'c1')).toEqual(Buffer.alloc(32, 7));
    await expect(wrapping.unwrap(wrapped, 'c2')).rejects.toThrow(VaultUnreadable);
  });

  test('seals by a new key once one is added, and keeps the one before it', async () => {
    const path = join(folder, 'rotated.json');
    const file = openAt(path);
    const vault = createVault(file);
    const first = await vault.seal('c1', 'first');
    file.addKey();
    const second = await vault.seal('c1', 'second');
    expect(second.key.split('.')[0]).not.toBe(first.key.split('.')[0]);
    const again = createVault(openAt(path));
    expect(await again.open('c1', first)).toBe('first');
    expect(await again.open('c1', second)).toBe('second');
    file.addKey();
    expect(await vault.open('c1', second)).toBe('second');
    await expectUnreadable(vault, 'c1', first);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder).filter((name) => name.startsWith('rotated'))).toEqual([
      'rotated.json',
    ]);
  });

  test('a rotation that died half-way stands in the way of nothing', () => {
    const path = join(folder, 'died.json');
    const file = openAt(path);
    writeFileSync(`${path}.new`, '{"keys":[', { mode: 0o600 });
    file.addKey();
    expect(JSON.parse(readFileSync(path, 'utf8')).keys).toHaveLength(2);
  });

  test.each([0o640, 0o604, 0o622, 0o644])('that others may touch (%i) is named', (mode) => {
    const path = join(folder, `open-${mode}.json`);
    openAt(path);
    chmodSync(path, mode);
    expect(() => openAt(path)).toThrow(`chmod 600 ${path}`);
    chmodSync(path, 0o600);
    openAt(path);
  });

  test.each([
    ['an empty file', ''],
    ['no JSON', '{"keys":'],
    ['no key', '{"keys":[]}'],
    ['a short key', '{"keys":[{"id":"a","key":"AAAA","createdAt":"2026-03-02T08:00:00.000Z"}]}'],
    ['something else', '{"private_key":"x"}'],
  ])('that is none (%s) is named, quoted nowhere, and stays as it is', (name, text) => {
    const path = join(folder, `${name}.json`.replaceAll(' ', '-'));
    writeFileSync(path, text, { mode: 0o600 });
    expect(() => openAt(path)).toThrow(VaultUnavailable);
    expect(() => openAt(path)).toThrow(`${path} is no key file of Bookfeed, or damaged.`);
    expect(readFileSync(path, 'utf8')).toBe(text);
  });

  test('that cannot be made is named with the reason', () => {
    expect(() => openAt('/dev/null/secrets.json')).toThrow(/^\/dev\/null\/secrets\.json .*ENOTDIR/);
    expect(() => openAt(folder)).toThrow(/EISDIR/);
  });
});

test('the keys of secrets are zeroed after use, on both ways', async () => {
  const seen: Uint8Array[] = [];
  const wrapping: KeyWrapping = {
    wrap: async (key) => {
      seen.push(key);
      return Buffer.from(key).toString('base64url');
    },
    unwrap: async (wrapped) => {
      const key = Buffer.from(wrapped, 'base64url');
      seen.push(key);
      return key;
    },
  };
  const vault = createVault({ wrapping });
  expect(await vault.open('c1', await vault.seal('c1', 'kept'))).toBe('kept');
  expect(seen.map((key) => key.every((byte) => byte === 0))).toEqual([true, true]);
});
