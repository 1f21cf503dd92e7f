import { randomBytes } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { lockBytes, unlockBytes } from '../../../cloud/adapters/locked-bytes.ts';
import { createVault, type KeyWrapping } from '../../../cloud/adapters/vault.ts';
import { connections } from '../../../cloud/core/documents.ts';
import { rotateSecrets } from '../../../cloud/core/rotate-secrets.ts';
import { write } from '../../../cloud/ports/store.ts';
import { VaultUnavailable, VaultUnreadable } from '../../../cloud/ports/vault.ts';
import { addMs } from '../../../shared/calendar-date.ts';
import { connectGiro, createTestWorld } from './world.ts';

/** Wraps by its newest key, and unwraps by those that it has. */
function createKeys() {
  const keys = new Map([[0, randomBytes(32)]]);
  let newest = 0;
  const wrapping: KeyWrapping = {
    wrap: async (key, subject) => {
      return `${newest}.${lockBytes(keys.get(newest) ?? Buffer.alloc(32), subject, key)}`;
    },
    unwrap: async (wrapped, subject) => {
      const [number, text = ''] = wrapped.split('.');
      const key = keys.get(Number(number));
      if (!key) throw new VaultUnreadable();
      return unlockBytes(key, subject, text);
    },
  };
  return {
    wrapping,
    keys,
    rotate: () => keys.set(++newest, randomBytes(32)),
  };
}

/** A world whose clock goes on by itself, with so many connections, each with a secret. */
async function createRotatingWorld(count: number) {
  const { world: base, lines, pass } = createTestWorld();
  const keys = createKeys();
  const vault = createVault({ wrapping: keys.wrapping });
  const clock = {
    now: () => {
      pass(1);
      return base.clock.now();
    },
  };
  const world = { ...base, vault, clock };
  await connectGiro(world);
  const [template] = await world.store.getMany(connections, ['c1']);
  if (!template) throw new Error('no connection');
  const ids = Array.from({ length: count }, (_, at) => `k${at}`);
  const sealedAt = clock.now();
  for (let at = 0; at < count; at += 400) {
    const writes = ids.slice(at, at + 400).map(async (id) => {
      const value = { ...template.value, grant: await vault.seal(id, { of: id }), sealedAt };
      return write(connections, id, value, 'absent');
    });
    await world.store.commit(await Promise.all(writes));
  }
  await world.store.commit([write(connections, 'c1', null, 'any')]);
  async function secretsOf(some: readonly string[]) {
    const docs = await world.store.getMany(connections, some);
    return Promise.all(
      docs.map(({ key, value }) => value.grant && vault.open(key, value.grant).catch(() => null)),
    );
  }
  return { world, keys, ids, lines, secretsOf };
}

test('more secrets than a round takes are all under the new key, and are what they were', async () => {
  const { world, keys, ids, secretsOf } = await createRotatingWorld(620);
  keys.rotate();
  expect(await rotateSecrets(world)).toEqual({ resealed: 620, unreadable: 0, isDone: true });
  keys.keys.delete(0);
  const some = [...ids.slice(0, 200), ...ids.slice(-200)];
  expect(await secretsOf(some)).toEqual(some.map((of) => ({ of })));
});

test('what waits for an answer of the user is sealed anew, too', async () => {
  const { world, keys } = await createRotatingWorld(1);
  const [doc] = await world.store.getMany(connections, ['k0']);
  if (!doc) throw new Error('no connection');
  const confirmation = {
    confirmation: { kind: 'redirect', url: 'https://bank.example/' },
    state: await world.vault.seal('k0', { step: 2 }),
    cause: 'manual',
    askedAt: world.clock.now(),
    expiresAt: world.clock.now(),
  } as const;
  const value = { ...doc.value, confirmation };
  await world.store.commit([write(connections, 'k0', value, { version: doc.version })]);
  keys.rotate();
  await rotateSecrets(world);
  keys.keys.delete(0);
  const [now] = await world.store.getMany(connections, ['k0']);
  const state = now?.value.confirmation?.state;
  expect(state && (await world.vault.open('k0', state))).toEqual({ step: 2 });
  expect(now?.value).toMatchObject({
    ...value,
    grant: now?.value.grant,
    sealedAt: expect.any(String),
    confirmation: { ...confirmation, state },
  });
});

test('what was sealed since then is left alone', async () => {
  const { world } = await createRotatingWorld(3);
  const [doc] = await world.store.getMany(connections, ['k1']);
  const { sealedAt = '' } = doc?.value ?? {};
  expect(await rotateSecrets(world, sealedAt)).toMatchObject({ resealed: 0 });
  expect(await rotateSecrets(world, addMs(sealedAt, 1))).toMatchObject({ resealed: 3 });
});

test('a secret that no key opens is counted, logged by its id, and left; the others are sealed', async () => {
  const { world, ids, lines, secretsOf } = await createRotatingWorld(3);
  const [doc] = await world.store.getMany(connections, ['k1']);
  if (!doc?.value.grant) throw new Error('no grant');
  const grant = { ...doc.value.grant, key: '7.lost' };
  await world.store.commit([write(connections, 'k1', { ...doc.value, grant }, 'any')]);
  expect(await rotateSecrets(world)).toEqual({ resealed: 2, unreadable: 1, isDone: true });
  expect(lines).toEqual([{ severity: 'WARNING', event: 'secret-unreadable', connectionId: 'k1' }]);
  expect((await world.store.getMany(connections, ['k1']))[0]?.value.grant).toEqual(grant);
  expect(await secretsOf(ids)).toEqual([{ of: 'k0' }, null, { of: 'k2' }]);
});

test('where a whole round is unreadable it ends and says that it is not done', async () => {
  const { world, keys } = await createRotatingWorld(501);
  keys.keys.set(0, randomBytes(32));
  expect(await rotateSecrets(world)).toEqual({ resealed: 0, unreadable: 500, isDone: false });
});

test('a sync that commits meanwhile keeps what it wrote, and the secret is sealed all the same', async () => {
  const { world, keys, secretsOf } = await createRotatingWorld(1);
  keys.rotate();
  let meanwhile = 0;
  const vault = {
    ...world.vault,
    open: async (...args: Parameters<typeof world.vault.open>) => {
      const opened = await world.vault.open(...args);
      if (meanwhile++ === 0) {
        const [doc] = await world.store.getMany(connections, ['k0']);
        if (doc) {
          const value = { ...doc.value, name: 'Renamed' };
          await world.store.commit([write(connections, 'k0', value, { version: doc.version })]);
        }
      }
      return opened;
    },
  };
  expect(await rotateSecrets({ ...world, vault })).toMatchObject({ resealed: 1 });
  keys.keys.delete(0);
  expect(await secretsOf(['k0'])).toEqual([{ of: 'k0' }]);
  expect((await world.store.getMany(connections, ['k0']))[0]?.value.name).toBe('Renamed');
});

test('a secret that others have sealed anew meanwhile stays as they sealed it', async () => {
  const { world } = await createRotatingWorld(1);
  const [doc] = await world.store.getMany(connections, ['k0']);
  if (!doc) throw new Error('no connection');
  const sealed = { ...doc.value, grant: await world.vault.seal('k0', 2) };
  const store = {
    ...world.store,
    find: async (...args: Parameters<typeof world.store.find>) => {
      const found = await world.store.find(...args);
      const value = { ...sealed, sealedAt: world.clock.now() };
      await world.store.commit([write(connections, 'k0', value, 'any')]);
      return found;
    },
  } as typeof world.store;
  const before = world.clock.now();
  expect(await rotateSecrets({ ...world, store }, before)).toMatchObject({ resealed: 0 });
  expect((await world.store.get(connections, 'k0'))?.value.grant).toEqual(sealed.grant);
});

test('a vault that cannot be reached ends it with nothing lost; the next time goes on', async () => {
  const { world, keys, ids, secretsOf } = await createRotatingWorld(60);
  keys.rotate();
  let left = 30;
  const vault = {
    ...world.vault,
    seal: async (...args: Parameters<typeof world.vault.seal>) => {
      if (left-- <= 0) throw new VaultUnavailable('away');
      return world.vault.seal(...args);
    },
  };
  const before = world.clock.now();
  await expect(rotateSecrets({ ...world, vault }, before)).rejects.toThrow(VaultUnavailable);
  expect(await secretsOf(ids)).toEqual(ids.map((of) => ({ of })));
  const rest = { resealed: 30, unreadable: 0, isDone: true };
  expect(await rotateSecrets(world, before)).toEqual(rest);
});
