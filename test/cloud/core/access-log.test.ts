import { describe, expect, test } from '@jest/globals';
import { dropOldAccesses, foldAccesses, readAccessLog } from '../../../cloud/core/access-log.ts';
import { unsync } from '../../../cloud/core/bank-accounts.ts';
import { accessMonths, connections } from '../../../cloud/core/documents.ts';
import { previewSync } from '../../../cloud/core/preview-sync.ts';
import { syncConnection } from '../../../cloud/core/sync-connection.ts';
import { BankError } from '../../../cloud/ports/bank-connector.ts';
import { write } from '../../../cloud/ports/store.ts';
import type { Access } from '../../../shared/access.ts';
import { addMs, type Instant } from '../../../shared/calendar-date.ts';
import { bookId, connectGiro, createTestWorld } from './world.ts';

const hourMs = 3_600_000;
const now = '2026-03-02T08:00:00.000Z';
const user = { ipAddress: '203.0.113.7', until: '2026-03-02T09:00:00.000Z' };

function access(at: Instant): Access {
  return { at, cause: 'scheduled', isUserPresent: false, calls: [], result: 'complete' };
}

/** So many accesses up to now, every so many hours, the oldest first. */
function accesses(count: number, everyHours: number): readonly Access[] {
  return Array.from({ length: count }, (_, at) =>
    access(addMs(now, -(count - 1 - at) * everyHours * hourMs)),
  );
}

async function connected(before: readonly Access[] = []) {
  const it = createTestWorld(now);
  const id = await connectGiro(it.world, { accesses: before });
  const stored = async () => {
    const found = await it.world.store.get(connections, id);
    if (!found) throw new Error('no connection');
    return found.value;
  };
  const read = (before?: Instant) =>
    readAccessLog(it.world, bookId, { connectionId: id, ...(before && { before }) });
  const fold = async (which: 'old' | 'all' = 'old') => {
    const { connection, writes } = await foldAccesses(
      it.world.store,
      id,
      await stored(),
      now,
      which,
    );
    await it.world.store.commit(writes);
    return connection.accesses;
  };
  const months = async () => {
    const query = { field: 'connectionId', op: '==', value: id, limit: 99 } as const;
    return (await it.world.store.find(accessMonths, query)).map(({ value }) => value);
  };
  return { ...it, id, stored, read, fold, months };
}

describe('an access to a bank', () => {
  test('stands in the log with cause, calls, result and whether the user was there', async () => {
    const { world, bank, id, read, pass } = await connected();
    await syncConnection(world, id, 'scheduled');
    pass(1_000);
    bank.failing.balance = new BankError('timeout');
    await syncConnection(world, id, 'manual', { user });
    pass(1_000);
    bank.failing = {};
    await previewSync(world, bookId, id, undefined);
    const calls = [
      { kind: 'entries', accountKey: 'k-giro', count: 1 },
      { kind: 'balances', accountKey: 'k-giro', count: 1 },
    ];
    const told = { calls, isUserPresent: false };
    expect(await read()).toEqual({
      isEnd: true,
      accesses: [
        { ...told, at: addMs(now, 2_000), cause: 'preview', result: 'complete' },
        { ...told, at: addMs(now, 1_000), cause: 'manual', isUserPresent: true, result: 'timeout' },
        { ...told, at: now, cause: 'scheduled', result: 'complete' },
      ],
    });
  });

  test('that came to no call is none: the bank was not asked', async () => {
    const { world, id, read, stored } = await connected();
    const found = await world.store.get(connections, id);
    const { consent } = await stored();
    const over = { ...(await stored()), consent: { ...consent, validUntil: '2026-03-01' } };
    const expected = { version: found?.version ?? '' };
    await world.store.commit([write(connections, id, over, expected)]);
    expect(await syncConnection(world, id, 'scheduled')).toMatchObject({ outcome: 'failed' });
    expect(await read()).toEqual({ accesses: [], isEnd: true });
  });
});

describe('the log of accesses', () => {
  test('stays in the connection while it is a week of four a day', async () => {
    const { fold, months } = await connected(accesses(28, 6));
    expect(await fold()).toHaveLength(28);
    expect(await months()).toEqual([]);
  });

  test('keeps the last day in the connection, by which calls are counted, and older ones by month', async () => {
    const { fold, months } = await connected(accesses(29, 6));
    // At the hours 0, 6, 12 and 18 before now: that of 24 hours ago no longer counts.
    expect(await fold()).toEqual(accesses(4, 6));
    const kept = await months();
    expect(kept.map(({ month, accesses: all }) => [month, all.length])).toEqual([
      ['2026-02', 23],
      ['2026-03', 2],
    ]);
    expect(kept.flatMap((it) => it.accesses)).toEqual(accesses(29, 6).slice(0, 25));
  });

  test('goes on in the document of a month that is there already', async () => {
    const { world, fold, months, stored, id } = await connected(accesses(29, 1));
    const value = {
      connectionId: id,
      month: '2026-03',
      accesses: [access('2026-03-01T00:00:00.000Z')],
    };
    await world.store.commit([write(accessMonths, `${id}~2026-03`, value, 'absent')]);
    expect((await fold()).length).toBe(24);
    expect((await stored()).accesses).toHaveLength(29);
    expect((await months()).map(({ accesses: all }) => all.length)).toEqual([1 + 5]);
  });

  test('is read from both, the newest first, fifty at a time', async () => {
    const { fold, read, world, id, stored } = await connected(accesses(80, 9));
    const kept = await fold();
    const found = await world.store.get(connections, id);
    const value = { ...(await stored()), accesses: kept };
    const expected = { version: found?.version ?? '' };
    await world.store.commit([write(connections, id, value, expected)]);
    const all = accesses(80, 9).toReversed();
    expect(await read()).toEqual({ accesses: all.slice(0, 50), isEnd: false });
    expect(await read(all[49]?.at)).toEqual({ accesses: all.slice(50), isEnd: true });
  });

  test('loses none of one instant between two pages', async () => {
    const atOnce = accesses(25, 9).flatMap((it) => [it, it, it]);
    const { read } = await connected(atOnce);
    const first = await read();
    expect(first).toMatchObject({ isEnd: false, accesses: { length: 51 } });
    const second = await read(first.accesses.at(-1)?.at);
    expect([...first.accesses, ...second.accesses]).toEqual(atOnce.toReversed());
  });

  test('outlives the connection, with the end of its access', async () => {
    const { world, id, months, stored } = await connected(accesses(3, 6));
    await unsync(world, bookId, id);
    expect((await stored()).accesses).toEqual([]);
    const kept = (await months()).flatMap((it) => it.accesses);
    expect(kept.map(({ cause }) => cause)).toEqual([
      'scheduled',
      'scheduled',
      'scheduled',
      'unsync',
    ]);
  });

  test('counts what a dead worker was about to ask also where its bank is taken out of the book', async () => {
    const { world, id, months, stored, bank } = await connected();
    bank.beforePage = async () => {
      bank.beforePage = async () => {};
      await unsync(world, bookId, id);
    };
    expect(await syncConnection(world, id, 'scheduled')).toMatchObject({ outcome: 'skipped' });
    expect((await stored()).state).toBe('removed');
    const kept = (await months()).flatMap((it) => it.accesses);
    expect(kept.map(({ cause, result }) => [cause, result])).toEqual([
      ['scheduled', 'internal'],
      ['unsync', 'complete'],
    ]);
  });

  test('is kept for thirteen months and no longer', async () => {
    const { world, id, fold, months, setNow } = await connected(accesses(29, 6));
    await fold();
    setNow('2027-03-31T08:00:00.000Z');
    await dropOldAccesses(world);
    expect((await months()).map(({ month }) => month)).toEqual(['2026-03']);
    setNow('2027-05-02T08:00:00.000Z');
    await dropOldAccesses(world);
    expect(await months()).toEqual([]);
    expect(await world.store.get(connections, id)).not.toBeNull();
  });

  test("of another book's connection is not told", async () => {
    const { world, id } = await connected();
    await expect(readAccessLog(world, 'book-of-max', { connectionId: id })).rejects.toMatchObject({
      code: 'not-found',
    });
  });
});
