import { describe, expect, test } from '@jest/globals';
import { deliverBook } from '../../../cloud/core/deliver-book.ts';
import { connections } from '../../../cloud/core/documents.ts';
import { linkAccount } from '../../../cloud/core/link-account.ts';
import { syncConnection } from '../../../cloud/core/sync-connection.ts';
import { BankError } from '../../../cloud/ports/bank-connector.ts';
import { StoreUnavailable } from '../../../cloud/ports/store.ts';
import { addDays, addMs, type CalendarDate, dayOf } from '../../../shared/calendar-date.ts';
import { faultyWorld } from './faulty-world.ts';
import { bookId, connectGiro, createTestWorld, entry, giro } from './world.ts';

const dayMs = 24 * 3_600_000;

async function linkedBank(startAt = '2026-03-02T08:00:00.000Z', from = '2026-01-01') {
  const it = createTestWorld(startAt);
  const { world, bank, sheet } = it;
  const feed = { bookAccount: { path: 'Assets:Checking', type: 'asset' }, from } as const;
  const id = await connectGiro(world, { accounts: [{ ...giro, key: 'k-giro', feed }] });
  const connection = async () => {
    const found = await world.store.get(connections, id);
    if (!found) throw new Error('the connection is gone');
    return found.value;
  };
  return {
    ...it,
    id,
    connection,
    account: async () => (await connection()).accounts[0],
    sync: async () => {
      const result = await syncConnection(world, id, 'manual');
      await deliverBook(world, bookId);
      return result;
    },
    rows: () => sheet.state.transactions ?? [],
    /** The first days that the bank has been asked for since the last look. */
    asked: () => {
      const days = bank.calls
        .filter((call) => call.startsWith('entries '))
        .map((it) => it.slice(8));
      bank.calls.length = 0;
      return days;
    },
    /** From now on the bank refuses what is older than that day, and may say so. */
    refuseBefore: (earliest: () => CalendarDate, isTold = false) => {
      Object.defineProperty(bank.failing, 'entries', {
        configurable: true,
        get: () => {
          const from = bank.calls.at(-1)?.slice('entries '.length) ?? '';
          const told = isTold ? { earliest: earliest() } : {};
          return from < earliest()
            ? new BankError('period-not-available', undefined, told)
            : undefined;
        },
      });
    },
  };
}

describe('a bank that refuses a period', () => {
  test('is asked for the whole gap after it, however long nobody synced', async () => {
    const { world, bank, sync, pass, rows, asked, refuseBefore } = await linkedBank();
    refuseBefore(() => addDays(dayOf(world.clock.now()), -30));
    bank.pages = [[entry('-1.00', { bookingDate: '2026-03-01' })]];
    expect(await sync()).toMatchObject({ outcome: 'complete', newRows: 1 });
    pass(20 * dayMs);
    asked();
    const gap = ['2026-03-01', '2026-03-03', '2026-03-12', '2026-03-21'];
    bank.pages = [gap.map((bookingDate) => entry('-1.00', { bookingDate }))];
    expect(await sync()).toMatchObject({ outcome: 'complete', newRows: 3 });
    expect(asked().at(-1)).toBe('2026-02-23');
    expect(rows()).toHaveLength(4);
  });

  test('and says from when on it answers is asked once more, and not again', async () => {
    const { sync, pass, asked, refuseBefore, account } = await linkedBank();
    refuseBefore(() => '2026-02-10', true);
    expect(await sync()).toMatchObject({ outcome: 'complete' });
    expect(asked()).toEqual(['2026-01-01', '2026-02-10']);
    expect(await account()).toMatchObject({ keptFrom: '2026-02-10' });
    pass(dayMs);
    expect(await sync()).toMatchObject({ outcome: 'complete' });
    expect(asked()).toEqual(['2026-02-23']);
  });

  test.each(['2026-01-02', '2026-01-20', '2026-02-14', '2026-02-23'])(
    'without a word is tried few times a sync, until all since %s is there',
    async (earliest) => {
      const { bank, sync, pass, asked, rows, refuseBefore, account } = await linkedBank();
      refuseBefore(() => earliest);
      const days = Array.from({ length: 60 }, (_, at) => addDays('2026-01-01', at));
      bank.pages = [days.map((bookingDate) => entry('-1.00', { bookingDate }))];
      const tries: number[] = [];
      for (let at = 0; at < 8; at++) {
        expect(await sync()).toMatchObject({ outcome: 'complete' });
        tries.push(asked().length);
        pass(3_600_000);
      }
      expect(tries[0]).toBeLessThanOrEqual(5);
      for (const later of tries.slice(1)) expect(later).toBeLessThanOrEqual(2);
      expect(tries.at(-1)).toBe(1);
      expect(await account()).toMatchObject({ keptFrom: earliest });
      expect(rows()).toHaveLength(days.filter((day) => day >= earliest).length);
    },
  );

  test('gives what it has on the first sync, though it refuses the feed from its start', async () => {
    const { bank, sync, rows, asked, refuseBefore } = await linkedBank();
    refuseBefore(() => '2026-02-23');
    bank.pages = [[entry('-1.00', { bookingDate: '2026-02-24' })]];
    expect(await sync()).toMatchObject({ outcome: 'complete', newRows: 1 });
    expect(asked().length).toBeLessThanOrEqual(5);
    expect(rows()).toHaveLength(1);
  });

  test.each([10, 40, 58])(
    'without a word gives what it has after %d days without a sync, halves or not',
    async (gap) => {
      const { world, bank, sync, pass, asked, rows, refuseBefore } = await linkedBank();
      refuseBefore(() => addDays(dayOf(world.clock.now()), -30));
      bank.pages = [[entry('-1.00', { bookingDate: '2026-03-01' })]];
      await sync();
      pass(gap * dayMs);
      asked();
      const newest = addDays('2026-03-02', gap - 1);
      bank.pages = [[entry('-2.00', { bookingDate: newest })]];
      expect(await sync()).toMatchObject({ outcome: 'complete', newRows: 1 });
      expect(asked().length).toBeLessThanOrEqual(5);
      expect(rows()).toHaveLength(2);
    },
  );

  test('whatever is asked is said to do so, after few tries', async () => {
    const { sync, asked, refuseBefore, account } = await linkedBank();
    refuseBefore(() => '9999-12-31');
    expect(await sync()).toMatchObject({
      outcome: 'failed',
      failure: { code: 'period-not-available' },
    });
    expect(asked().length).toBeLessThanOrEqual(5);
    expect(await account()).not.toHaveProperty('watermark');
  });
});

describe('an entry that is pending for 34 days', () => {
  async function pendingForWeeks() {
    const it = await linkedBank('2026-01-28T08:00:00.000Z');
    const hold = { reference: 'H1', text: 'HOTEL', bookingDate: '2026-01-28' };
    it.bank.pages = [[entry('-120.00', { ...hold, status: 'pending' })]];
    for (let day = 0; day < 34; day++) {
      await it.sync();
      it.pass(dayMs);
    }
    expect(it.rows()).toHaveLength(1);
    return { ...it, hold };
  }

  test('has one row when it is booked under its reference', async () => {
    const { bank, sync, rows, hold } = await pendingForWeeks();
    bank.pages = [[entry('-118.50', { ...hold, text: 'HOTEL BERG', bookingDate: '2026-03-03' })]];
    expect(await sync()).toMatchObject({ newRows: 0, settled: 1 });
    expect(rows()).toMatchObject([{ amount: { number: -118.5 } }]);
  });

  test('has none when the bank takes it away', async () => {
    const { bank, sync, rows } = await pendingForWeeks();
    bank.pages = [[]];
    expect(await sync()).toMatchObject({ removed: 1 });
    expect(rows()).toEqual([]);
  });
});

describe('a sync', () => {
  test('of which the bank refuses the balance leaves the rows and is a part of it', async () => {
    const { bank, sync, rows, account, connection } = await linkedBank();
    bank.pages = [[entry('-1.00')]];
    bank.failing.balance = new BankError('bank-unavailable');
    expect(await sync()).toMatchObject({
      outcome: 'partial',
      newRows: 1,
      failure: { code: 'bank-unavailable' },
    });
    expect(rows()).toHaveLength(1);
    expect(await account()).toMatchObject({ watermark: '2026-03-02' });
    expect(await connection()).not.toHaveProperty('lastSyncedAt');
    bank.failing = {};
    expect(await sync()).toMatchObject({ outcome: 'complete', newRows: 0 });
  });

  test('whose store fails while it tells how far it is does not say that the bank failed', async () => {
    const { world, bank, id, pass, lines, connection, sync } = await linkedBank();
    bank.pages = [[entry('-1.00')]];
    bank.beforePage = async () => pass(2_000);
    // The connection is read, then the lease is taken.
    const faulty = faultyWorld(world, 2, 'refused');
    const failing = syncConnection(faulty.world, id, 'manual');
    await expect(failing).rejects.toThrow(StoreUnavailable);
    expect(faulty.told.name).toBe('store.commit');
    expect(await connection()).not.toHaveProperty('failure');
    expect(await connection()).toMatchObject({ state: 'connected' });
    expect(lines.map((line) => JSON.stringify(line)).join()).not.toMatch(/failed|defect/i);
    expect(await sync()).toMatchObject({ outcome: 'complete', newRows: 1 });
  });

  test('during which the user moves the start to a later day takes no row away', async () => {
    const { world, bank, id, sync, rows } = await linkedBank();
    const pending = { status: 'pending', bookingDate: '2026-02-10', text: 'HOLD' } as const;
    bank.pages = [[entry('-1.00', { bookingDate: '2026-02-20' }), entry('-2.00', pending)]];
    await sync();
    bank.beforePage = async () => {
      bank.beforePage = async () => {};
      const bookAccount = { path: 'Assets:Checking', type: 'asset' } as const;
      const link = { connectionId: id, accountKey: 'k-giro', bookAccount, from: '2026-02-27' };
      await linkAccount(world, bookId, link);
    };
    expect(await sync()).toMatchObject({ outcome: 'complete', newRows: 0, removed: 0 });
    expect(await sync()).toMatchObject({ outcome: 'complete', newRows: 0, removed: 0 });
    expect(rows()).toHaveLength(2);
  });

  test('without news reads no page in the first week of a feed either', async () => {
    const { bank, sync, operations, world, id } = await linkedBank(undefined, '2026-02-27');
    const days = ['2026-02-24', '2026-02-27', '2026-03-01'];
    bank.pages = [days.map((bookingDate) => entry('-1.00', { bookingDate }))];
    expect(await sync()).toMatchObject({ newRows: 2 });
    operations.length = 0;
    const user = { ipAddress: '203.0.113.7', until: addMs(world.clock.now(), 60_000) };
    expect(await syncConnection(world, id, 'manual', { user })).toMatchObject({ newRows: 0 });
    // The connection and its ledger are read, the connection is written.
    expect(operations).toEqual(['read 1', 'read 1', 'write 1']);
    operations.length = 0;
    expect(await syncConnection(world, id, 'manual')).toMatchObject({ newRows: 0 });
    // Without the user the calls are counted before they are made.
    expect(operations).toEqual(['read 1', 'write 1', 'read 1', 'write 1']);
  });
});
