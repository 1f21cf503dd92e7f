import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, test } from '@jest/globals';
import { openKeyFile } from '../../../cloud/adapters/key-file.ts';
import { openSqliteStore } from '../../../cloud/adapters/sqlite-store.ts';
import { randomIds, systemClock } from '../../../cloud/adapters/system-clock.ts';
import { createVault } from '../../../cloud/adapters/vault.ts';
import { connections } from '../../../cloud/core/documents.ts';
import type { World } from '../../../cloud/core/world.ts';
import { keyFileOf } from '../../../cloud/local/key-file-of.ts';
import { rotateFolder } from '../../../cloud/local/rotate-secrets.ts';
import { connectGiro } from '../core/world.ts';
import { withFolder } from './local-walk.ts';

const script = resolve(import.meta.dirname, '../../../cloud/local/rotate-secrets.ts');

/** As `npm run rotate-secrets --` does it. */
async function runScript(...args: readonly string[]) {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', script, ...args]);
  const ended = new Promise<number | null>((done) => child.on('close', done));
  const [out, err] = await Promise.all([text(child.stdout), text(child.stderr)]);
  return { out, err, code: await ended };
}

/** What a Bookfeed of this folder has; it runs until `close`. */
function openFolder(folder: string) {
  const store = openSqliteStore(join(folder, 'bookfeed.sqlite'));
  const keys = openKeyFile({ path: keyFileOf(folder), clock: systemClock, ids: randomIds });
  const vault = createVault(keys);
  return {
    ...store,
    async keepSecret() {
      const sealedAt = systemClock.now();
      await connectGiro({ store, vault, clock: systemClock } as World, { sealedAt });
    },
    async sealed() {
      const grant = (await store.get(connections, 'c1'))?.value.grant;
      if (!grant) throw new Error('no grant');
      return { grant, secret: await vault.open('c1', grant) };
    },
  };
}

const keysOf = (folder: string) => JSON.parse(readFileSync(keyFileOf(folder), 'utf8')).keys;

test('a new key is made and every secret is under it; what it was stays', async () => {
  await withFolder(async (folder) => {
    const before = openFolder(folder);
    await before.keepSecret();
    const { grant } = await before.sealed();
    await before.close();
    const { out, err, code } = await runScript('--folder', folder);
    expect({ out, err, code }).toEqual({
      out: 'Sealed anew: the secrets of 1 connections.\n',
      err: '',
      code: 0,
    });
    const after = openFolder(folder);
    const now = await after.sealed();
    expect(now.secret).toEqual({ consent: 'k1' });
    expect(now.grant.key.split('.')[0]).toBe(keysOf(folder)[0].id);
    expect(now.grant.key.split('.')[0]).not.toBe(grant.key.split('.')[0]);
    await after.close();
  });
});

test('a rotation that was broken off after its key was made loses nothing to the next ones', async () => {
  await withFolder(async (folder) => {
    const before = openFolder(folder);
    await before.keepSecret();
    await before.close();
    for (let time = 0; time < 3; time++) {
      openKeyFile({ path: keyFileOf(folder), clock: systemClock, ids: randomIds }).addKey();
      const { unreadable, isDone } = await rotateFolder(folder);
      expect({ unreadable, isDone }).toEqual({ unreadable: 0, isDone: true });
    }
    const after = openFolder(folder);
    expect((await after.sealed()).secret).toEqual({ consent: 'k1' });
    await after.close();
  });
});

test('while Bookfeed runs it says so and makes no key', async () => {
  await withFolder(async (folder) => {
    const running = openFolder(folder);
    await running.keepSecret();
    const { err, code } = await runScript('--folder', folder);
    expect({ code, err }).toEqual({
      code: 1,
      err: expect.stringMatching(/in use by another Bookfeed/),
    });
    expect(keysOf(folder)).toHaveLength(1);
    await running.close();
  });
});

test('in a folder without a Bookfeed it makes nothing', async () => {
  await withFolder(async (folder) => {
    const { err, code } = await runScript('--folder', folder);
    expect({ code, err }).toEqual({
      code: 1,
      err: `${folder} holds no Bookfeed. Name its folder: --folder DIR\n`,
    });
    expect(readdirSync(folder)).toEqual([]);
  });
});

test.each([
  ['an option that is none', ['--foldr', 'x'], /--foldr/],
  ['both places', ['--folder', 'x', '--project', 'y'], /^Either/],
])('%s is told in a line', async (_, args, line) => {
  const { err, code } = await runScript(...args);
  expect(code).toBe(1);
  expect(err).toMatch(line);
  expect(err).not.toMatch(/\bat .*\.ts:\d/);
});
