import { describe, expect, test } from '@jest/globals';
import { changeConnection } from '../../../cloud/core/connections-of-book.ts';
import { connections, progresses } from '../../../cloud/core/documents.ts';
import { openGrant, sealGrant } from '../../../cloud/core/grants.ts';
import { linkAccount } from '../../../cloud/core/link-account.ts';
import { previewSync } from '../../../cloud/core/preview-sync.ts';
import { syncConnection } from '../../../cloud/core/sync-connection.ts';
import { leaseMs } from '../../../cloud/core/sync-schedule.ts';
import type { World } from '../../../cloud/core/world.ts';
import { type BankConnector, BankError } from '../../../cloud/ports/bank-connector.ts';
import { write } from '../../../cloud/ports/store.ts';
import { Dead, faultyWorld } from './faulty-world.ts';
import { bookId, connectGiro, createTestWorld, entry } from './world.ts';

/** A bank of three pages, before each of which `wait` happens. */
async function slowBank(wait: (page: number) => void | Promise<void>, pages = 3) {
  const it = createTestWorld();
  const id = await connectGiro(it.world);
  let page = 0;
  it.bank.pages = Array.from({ length: pages }, (_, at) => [entry(`-${at + 1}.00`)]);
  it.bank.beforePage = async () => wait(++page);
  const stored = async () => {
    const found = await it.world.store.get(connections, id);
    if (!found) throw new Error('the connection is gone');
    return found.value;
  };
  it.operations.length = 0;
  return { ...it, id, stored, writes: () => it.operations.filter((op) => op.startsWith('write')) };
}

const user = { ipAddress: '203.0.113.7', until: '2026-03-02T09:00:00.000Z' };

describe('a sync that lasts a moment', () => {
  test('with the user there takes no lease and writes once', async () => {
    const { world, id, writes, stored } = await slowBank(() => {});
    expect(await syncConnection(world, id, 'manual', { user })).toMatchObject({ newRows: 3 });
    // One commit of connection, run, ledger, page and batch.
    expect(writes()).toEqual(['write 5']);
    expect(await world.store.get(progresses, id)).toBeNull();
    expect(await stored()).not.toHaveProperty('lease');
  });

  test('without the user has its calls counted before it makes them', async () => {
    const it = await slowBank(async () => {
      const access = (await it.stored()).lease?.access;
      expect(access).toMatchObject({ isUserPresent: false, result: 'internal' });
      expect(access?.calls).toEqual([
        { kind: 'entries', accountKey: 'k-giro', count: 1 },
        { kind: 'balances', accountKey: 'k-giro', count: 1 },
      ]);
    });
    expect(await syncConnection(it.world, it.id, 'manual')).toMatchObject({ newRows: 3 });
    expect.assertions(8);
    expect(it.writes()).toEqual(['write 1', 'write 5']);
  });

  test('of two at once one wins, and the other has nothing to do', async () => {
    const { world, id, stored } = await slowBank(() => {});
    const both = [syncConnection(world, id, 'manual'), syncConnection(world, id, 'manual')];
    const outcomes = (await Promise.all(both)).map(({ outcome }) => outcome);
    expect(outcomes.toSorted()).toEqual(['complete', 'skipped']);
    expect((await stored()).lastResult).toMatchObject({ newRows: 3 });
  });
});

describe('a sync that lasts', () => {
  test('takes the lease, tells how far it is, and gives the lease back', async () => {
    const told: unknown[] = [];
    const it = await slowBank(async () => {
      it.pass(1_500);
      const { lease, dueAt } = await it.stored();
      const progress = await it.world.store.get(progresses, it.id);
      told.push({ isDueWhenItEnds: lease && lease.until === dueAt, done: progress?.value.done });
    });
    const result = await syncConnection(it.world, it.id, 'manual', { user });
    expect(result).toMatchObject({ outcome: 'complete' });
    expect(told).toEqual([
      { isDueWhenItEnds: undefined, done: undefined },
      { isDueWhenItEnds: true, done: 1 },
      { isDueWhenItEnds: true, done: 2 },
    ]);
    expect(await it.stored()).not.toHaveProperty('lease');
  });

  test('renews the lease when half of it is over, and not before', async () => {
    const ends = new Set<string | undefined>();
    const it = await slowBank(async () => {
      ends.add((await it.stored()).lease?.until);
      it.pass(leaseMs / 5);
    }, 8);
    const result = await syncConnection(it.world, it.id, 'manual', { user });
    expect(result).toMatchObject({ outcome: 'complete' });
    // None; then a new one after each three fifths.
    expect(ends.size).toBe(4);
  });

  test('is left alone by every other worker, whatever it was started by', async () => {
    const outcomes: string[] = [];
    const it = await slowBank(async (page) => {
      it.pass(2_000);
      if (page !== 3) return;
      for (const cause of ['manual', 'scheduled', 'connected'] as const) {
        outcomes.push((await syncConnection(it.world, it.id, cause)).outcome);
      }
    });
    expect(await syncConnection(it.world, it.id, 'manual')).toMatchObject({ newRows: 3 });
    expect(outcomes).toEqual(['skipped', 'skipped', 'skipped']);
    expect(it.bank.calls.filter((call) => call.startsWith('entries'))).toHaveLength(1);
  });

  test('whose worker dies is taken up when its lease ends, by the schedule', async () => {
    const it = await slowBank(() => it.pass(2_000));
    let at = 0;
    // Dies at each of its calls in turn, until it dies when all has been fetched.
    for (let struck = ''; struck !== 'store.getMany'; ) {
      const dying = faultyWorld(it.world, ++at, 'death-before');
      await expect(syncConnection(dying.world, it.id, 'manual')).rejects.toThrow(Dead);
      struck = dying.told.name;
      if (struck !== 'store.getMany') it.pass(leaseMs);
    }
    expect((await it.stored()).lease).toBeDefined();
    it.bank.beforePage = async () => {};
    expect(await syncConnection(it.world, it.id, 'scheduled')).toMatchObject({
      outcome: 'skipped',
    });
    it.pass(leaseMs);
    expect(await syncConnection(it.world, it.id, 'scheduled')).toMatchObject({ newRows: 3 });
    expect(await it.stored()).not.toHaveProperty('lease');
  });

  test('leaves what the user links meanwhile', async () => {
    const it = await slowBank(async (page) => {
      it.pass(2_000);
      if (page !== 2) return;
      const bookAccount = { path: 'Assets:Daily', type: 'asset' } as const;
      const link = { connectionId: it.id, accountKey: 'k-giro', bookAccount, from: '2026-02-01' };
      await linkAccount(it.world, bookId, link);
    });
    expect(await syncConnection(it.world, it.id, 'manual')).toMatchObject({ newRows: 3 });
    const [account] = (await it.stored()).accounts;
    expect(account?.feed).toMatchObject({
      bookAccount: { path: 'Assets:Daily' },
      from: '2026-02-01',
    });
  });

  test('is skipped when another has synced after its lease was over', async () => {
    const it = await slowBank(async (page) => {
      if (page !== 2) return it.pass(2_000);
      it.pass(leaseMs + 1_000);
      it.bank.beforePage = async () => {};
      expect(await syncConnection(it.world, it.id, 'manual')).toMatchObject({ newRows: 3 });
    });
    expect(await syncConnection(it.world, it.id, 'manual')).toMatchObject({ outcome: 'skipped' });
  });
});

describe('what is said of a connection while it is synced', () => {
  test('is not lost: a notice that pulls the next sync forward', async () => {
    const it = await slowBank(async (page) => {
      if (page !== 2) return;
      it.pass(2_000);
      const found = await it.world.store.get(connections, it.id);
      const value = { ...(await it.stored()), dueAt: '2026-03-02T08:15:00.000Z' };
      await it.world.store.commit([
        write(connections, it.id, value, { version: found?.version ?? '' }),
      ]);
    });
    expect(await syncConnection(it.world, it.id, 'manual')).toMatchObject({ newRows: 3 });
    expect((await it.stored()).dueAt).toBe('2026-03-02T08:15:00.000Z');
  });

  test('history that waits for its user leaves the next sync where it was', async () => {
    const it = await slowBank(() => it.pass(2_000));
    await syncConnection(it.world, it.id, 'manual', { user });
    const { dueAt } = await it.stored();
    it.bank.beforePage = async () => {
      it.pass(2_000);
      throw new BankError('needs-confirmation');
    };
    const result = await syncConnection(it.world, it.id, 'historical');
    expect(result).toMatchObject({ outcome: 'needs-user' });
    expect((await it.stored()).dueAt).toBe(dueAt);
  });
});

describe('a preview that lasts', () => {
  test('gives the lease back, and the connection is due when it was', async () => {
    const leases: unknown[] = [];
    const it = await slowBank(async () => {
      it.pass(2_000);
      leases.push((await it.stored()).lease !== undefined);
    });
    const { dueAt } = await it.stored();
    expect(await previewSync(it.world, bookId, it.id, user)).toMatchObject({ newRows: 3 });
    expect(leases).toEqual([false, true, true]);
    const after = await it.stored();
    expect(after).not.toHaveProperty('lease');
    expect(after.dueAt).toBe(dueAt);
  });

  test('gives it back also when the bank breaks off', async () => {
    const it = await slowBank((page) => {
      it.pass(2_000);
      if (page === 3) throw new BankError('bank-unavailable');
    });
    await expect(previewSync(it.world, bookId, it.id, undefined)).rejects.toMatchObject({
      code: 'bank-unavailable',
    });
    expect(await it.stored()).not.toHaveProperty('lease');
  });

  test('waits for another worker, whose lease stays', async () => {
    const it = await slowBank(() => {});
    const found = await it.world.store.get(connections, it.id);
    const access = {
      at: '2026-03-02T07:55:00.000Z',
      cause: 'manual',
      isUserPresent: false,
      calls: [],
      result: 'internal',
    } as const;
    const lease = { holder: 'other', until: '2026-03-02T08:05:00.000Z', access };
    const value = { ...(await it.stored()), lease };
    await it.world.store.commit([
      write(connections, it.id, value, { version: found?.version ?? '' }),
    ]);
    const asked = previewSync(it.world, bookId, it.id, undefined);
    await expect(asked).rejects.toMatchObject({ code: 'bad-request' });
    expect((await it.stored()).lease).toEqual(lease);
  });
});

describe('a bank that gives another grant in the middle of a sync', () => {
  /** Gives a refreshed token before its first page, after `first` has happened. */
  async function refreshing(first: (world: World, id: string) => Promise<void> = async () => {}) {
    const it = await slowBank(() => {});
    const { connectors } = it.world;
    const [fake] = connectors.values();
    if (!fake) throw new Error('the world has a bank');
    const kept: unknown[] = [];
    const connector: BankConnector = {
      ...fake,
      open: async (grant, present, keep) => {
        await first(it.world, it.id);
        await keep?.({ ...grant, token: 'T2' });
        kept.push(await grantOf());
        return fake.open(grant, present);
      },
    };
    const world = { ...it.world, connectors: new Map([['fake', connector]]) };
    const grantOf = async () => openGrant(it.world, it.id, (await it.stored()).grant);
    return { ...it, world, kept, grantOf };
  }

  test.each([[undefined], [user]])(
    'has it kept before the next call (user %j)',
    async (present) => {
      const { world, id, kept, grantOf } = await refreshing();
      const options = present ? { user: present } : {};
      expect(await syncConnection(world, id, 'manual', options)).toMatchObject({ newRows: 3 });
      expect(kept).toEqual([{ consent: 'k1', token: 'T2' }]);
      expect(await grantOf()).toEqual({ consent: 'k1', token: 'T2' });
    },
  );

  test('has it kept although somebody changes the connection meanwhile', async () => {
    const { world, id, grantOf, stored } = await refreshing(async (there, key) => {
      await changeConnection(there.store, bookId, key, (it) => ({ ...it, name: 'Renamed' }));
    });
    expect(await syncConnection(world, id, 'manual', { user })).toMatchObject({ newRows: 3 });
    expect(await grantOf()).toEqual({ consent: 'k1', token: 'T2' });
    expect((await stored()).name).toBe('Renamed');
  });

  test('leaves the grant of a connection that was renewed meanwhile', async () => {
    const { world, id, grantOf } = await refreshing(async (there, key) => {
      const grant = await sealGrant(there, key, { consent: 'k2' });
      await changeConnection(there.store, bookId, key, (it) => ({
        ...it,
        grant,
        consent: { ...it.consent, grantedAt: '2026-03-02T08:00:01.000Z' },
      }));
    });
    expect(await syncConnection(world, id, 'manual')).toMatchObject({ outcome: 'skipped' });
    expect(await grantOf()).toEqual({ consent: 'k2' });
  });
});
