import { describe, expect, test } from '@jest/globals';
import { renameConnection, setSchedule } from '../../../cloud/core/adjust-connection.ts';
import { type ConnectionDoc, connections } from '../../../cloud/core/documents.ts';
import { syncConnection } from '../../../cloud/core/sync-connection.ts';
import { BankError } from '../../../cloud/ports/bank-connector.ts';
import type { SyncInterval } from '../../../shared/access.ts';
import { addMs, msBetween } from '../../../shared/calendar-date.ts';
import { bookId, connectGiro, createTestWorld } from './world.ts';

const hourMs = 3_600_000;

/** A connection that was synced just now. */
async function synced(change: Partial<ConnectionDoc> = {}, failure?: BankError) {
  const it = createTestWorld();
  const id = await connectGiro(it.world, change);
  if (failure) it.bank.failing.entries = failure;
  const from = it.world.clock.now();
  await syncConnection(it.world, id, 'scheduled');
  const stored = async () => {
    const found = await it.world.store.get(connections, id);
    if (!found) throw new Error('no connection');
    return found;
  };
  return {
    ...it,
    id,
    stored,
    set: (everyHours: SyncInterval) =>
      setSchedule(it.world, bookId, { connectionId: id, everyHours }),
    dueInHours: async () => {
      const { dueAt } = (await stored()).value;
      return dueAt && Math.floor(msBetween(from, dueAt) / hourMs);
    },
  };
}

describe('another interval', () => {
  test.each([8, 12, 24] as const)('of %d hours counts from the last sync', async (hours) => {
    const { set, pass, dueInHours, stored } = await synced();
    pass(3 * hourMs);
    await set(hours);
    expect(await dueInHours()).toBe(hours);
    expect((await stored()).value.everyHours).toBe(hours);
  });

  test('that is over already has the connection synced now', async () => {
    const { set, pass, stored, world } = await synced({ everyHours: 24 });
    pass(9 * hourMs);
    await set(8);
    expect((await stored()).value.dueAt).toBe(world.clock.now());
  });

  test('that is the same writes nothing', async () => {
    const { set, stored } = await synced();
    const before = await stored();
    await set(6);
    expect(await stored()).toEqual(before);
  });

  test('does not ask a bank before the time that it has said', async () => {
    const failure = new BankError('rate-limited', undefined, { retryAfterSeconds: 20 * 3600 });
    const { set, dueInHours } = await synced({ everyHours: 24 }, failure);
    expect(await dueInHours()).toBe(24);
    await set(12);
    expect(await dueInHours()).toBe(24);
    const { set: setOther, dueInHours: dueOther } = await synced({ everyHours: 8 }, failure);
    expect(await dueOther()).toBe(20);
    await setOther(6);
    expect(await dueOther()).toBe(20);
  });

  test('does not start what has stopped, nor what was never synced', async () => {
    const stopped = await synced({}, new BankError('login-rejected'));
    await stopped.set(12);
    expect((await stopped.stored()).value).toMatchObject({ state: 'broken', everyHours: 12 });
    expect(await stopped.dueInHours()).toBeUndefined();
    const it = createTestWorld();
    const id = await connectGiro(it.world);
    const { dueAt } = (await it.world.store.get(connections, id))?.value ?? {};
    await setSchedule(it.world, bookId, { connectionId: id, everyHours: 24 });
    expect((await it.world.store.get(connections, id))?.value).toMatchObject({
      dueAt,
      everyHours: 24,
    });
  });

  test('during a sync is the one by which the next sync comes', async () => {
    const it = createTestWorld();
    const id = await connectGiro(it.world);
    it.bank.pages = [[]];
    it.bank.beforePage = async () => {
      await setSchedule(it.world, bookId, { connectionId: id, everyHours: 12 });
    };
    await syncConnection(it.world, id, 'scheduled');
    const { dueAt = '', everyHours } = (await it.world.store.get(connections, id))?.value ?? {};
    expect(everyHours).toBe(12);
    expect(dueAt >= addMs(it.world.clock.now(), 12 * hourMs)).toBe(true);
  });

  test("of another book's connection is none", async () => {
    const { world, id } = await synced();
    await expect(
      setSchedule(world, 'book-of-max', { connectionId: id, everyHours: 8 }),
    ).rejects.toMatchObject({ code: 'not-found' });
  });
});

describe('another name', () => {
  test('changes nothing else', async () => {
    const { world, id, stored } = await synced();
    const { value } = await stored();
    await renameConnection(world, bookId, { connectionId: id, name: 'House account' });
    expect((await stored()).value).toEqual({ ...value, name: 'House account' });
  });

  test("of another book's connection is none", async () => {
    const { world, id } = await synced();
    await expect(
      renameConnection(world, 'book-of-max', { connectionId: id, name: 'Mine' }),
    ).rejects.toMatchObject({ code: 'not-found' });
  });
});
