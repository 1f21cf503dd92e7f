import { describe, expect, test } from '@jest/globals';
import { deliverBook } from '../../../cloud/core/deliver-book.ts';
import { finishDelivery, takeDelivery } from '../../../cloud/core/deliver-by-addon.ts';
import {
  type BookDoc,
  books,
  type Draft,
  outbox,
  type RunDoc,
  runs,
} from '../../../cloud/core/documents.ts';
import { waitingBatches } from '../../../cloud/core/hold-book.ts';
import { write } from '../../../cloud/ports/store.ts';
import { FailureError } from '../../../shared/failures.ts';
import { parseMoney } from '../../../shared/money.ts';
import { bookId, bookOfErika, createTestWorld, emptyReading } from './world.ts';

function draftOf(id: string, bytes = 0): Draft {
  return {
    id,
    account: 'Assets:Checking',
    now: {
      date: '2026-03-01',
      counterparty: 'Cafe Rot',
      text: 'x'.repeat(bytes),
      amount: parseMoney('-1.00', 'EUR'),
      pending: false,
    },
  };
}

/** A book with batches b001, b002, … in its outbox, each of one row and, in turn, of these runs. */
async function withBatches(count: number, { bytes = 0, runIds = ['r1'] } = {}) {
  const started = createTestWorld();
  const { store, clock } = started.world;
  const now = clock.now();
  const book: BookDoc = bookOfErika(now);
  await store.commit([
    write(books, bookId, book, 'absent'),
    ...[...new Set(runIds)].map((runId) => write(runs, runId, runOf(now), 'absent')),
  ]);
  for (let at = 1; at <= count; at += 1) {
    const key = `b${String(at).padStart(3, '0')}`;
    const runId = runIds[(at - 1) % runIds.length] ?? '';
    const batch = {
      bookId,
      createdAt: now,
      runId,
      drafts: [draftOf(`e${at}`, bytes)],
      accounts: [],
    };
    await store.commit([write(outbox, key, batch, 'absent')]);
  }
  const waiting = async () => {
    const query = { field: 'bookId', op: '==', value: bookId, limit: 500 } as const;
    return (await store.find(outbox, query)).map(({ key }) => key);
  };
  const doc = async () => (await store.get(books, bookId))?.value;
  return { ...started, waiting, doc };
}

const runOf = (at: string): RunDoc => ({ bookId, kind: 'sync', at, accounts: [], newRows: 1 });

describe('a delivery takes', () => {
  test.each([
    [3, 0, 3, true],
    [4, 0, 4, true],
    [15, 0, 15, true],
    [17, 0, 16, false],
    // 390 kB each: a fourth would pass 1.5 MB.
    [3, 390_000, 3, true],
    [9, 390_000, 3, false],
    [9, 200_000, 7, false],
    // One that is too large goes alone.
    [2, 950_000, 1, false],
  ])('of %i batches with %i bytes the first %i', async (count, bytes, taken, isAll) => {
    const { world } = await withBatches(count, { bytes });
    const waiting = await waitingBatches(world.store, bookId);
    const keys = Array.from({ length: taken }, (_, at) => `b${String(at + 1).padStart(3, '0')}`);
    expect(waiting.batches.map(({ key }) => key)).toEqual(keys);
    expect(waiting.isAll).toBe(isAll);
  });

  test('what is left further, by one reading once the tabs are there', async () => {
    const { world, queue, sheet, waiting } = await withBatches(50);
    await deliverBook(world, bookId);
    expect(await waiting()).toEqual([]);
    expect(queue).toEqual([]);
    const further = ['layout', 'write', 'layout', 'write'];
    expect(sheet.state.requests).toEqual(['read', 'write', 'read', 'write', ...further]);
    expect(sheet.state.transactions).toHaveLength(50);
  });

  test('no more after two minutes: another one goes on', async () => {
    const { world, queue, sheet, waiting, pass, doc } = await withBatches(20);
    sheet.state.beforeWrite = async () => pass(120_000);
    await deliverBook(world, bookId);
    expect(await waiting()).toHaveLength(4);
    expect(queue).toEqual([{ kind: 'deliver', bookId }]);
    expect(await doc()).not.toHaveProperty('lease');
    await deliverBook(world, bookId);
    expect(await waiting()).toEqual([]);
    expect(queue).toHaveLength(1);
  });

  test('keeps its lease while it goes on, and what it has written is no longer waiting when it fails', async () => {
    const { world, sheet, waiting, doc } = await withBatches(40);
    const leases: unknown[] = [];
    sheet.state.beforeWrite = async () => {
      leases.push((await doc())?.lease?.holder);
      if (leases.length === 3) sheet.state.failing.write = new FailureError('sheet-unavailable');
    };
    await deliverBook(world, bookId);
    expect(new Set(leases).size).toBe(1);
    expect(leases[0]).toBeTruthy();
    expect(await waiting()).toHaveLength(8);
    expect((await doc())?.sheetFailure?.code).toBe('sheet-unavailable');
    expect(await doc()).not.toHaveProperty('lease');
  });

  test('the whole book again where its user has moved a column meanwhile', async () => {
    const { world, sheet } = await withBatches(50);
    let writes = 0;
    sheet.state.beforeWrite = async () => {
      writes += 1;
      if (writes === 3) sheet.state.columns.transactions.unshift(null);
    };
    await deliverBook(world, bookId);
    expect(sheet.state.requests.slice(-4)).toEqual(['write', 'layout', 'read', 'write']);
  });
});

describe('runs can be undone', () => {
  test('once delivered, in the order of their delivery, each named once', async () => {
    const { world, doc } = await withBatches(6, { runIds: ['r2', 'r1', 'r2'] });
    expect(await doc()).not.toHaveProperty('runs');
    await deliverBook(world, bookId);
    expect((await doc())?.runs).toEqual(['r2', 'r1']);
  });

  test('as long as they are among the newest 20', async () => {
    const runIds = Array.from({ length: 23 }, (_, at) => `r${at + 1}`);
    const { world, doc } = await withBatches(23, { runIds });
    await deliverBook(world, bookId);
    expect((await doc())?.runs).toEqual(runIds.slice(3));
    const left = await world.store.getMany(runs, runIds);
    expect(left.map(({ key }) => key)).toEqual(runIds.slice(3));
  });

  test('not while their rows wait', async () => {
    const { world, doc, sheet } = await withBatches(1);
    sheet.state.failing.write = new Error('no');
    await deliverBook(world, bookId);
    expect(await doc()).not.toHaveProperty('runs');
  });
});

describe('what the add-on takes and finishes', () => {
  test('leaves the outbox when it is finished, with its runs, and not before', async () => {
    const { world, waiting, doc, lines } = await withBatches(2, { runIds: ['r1', 'r2'] });
    const delivery = await takeDelivery(world, bookId, emptyReading);
    expect(delivery?.batchIds).toEqual(['b001', 'b002']);
    expect(delivery?.changes.markers).toHaveLength(2);
    expect(await waiting()).toHaveLength(2);
    expect((await doc())?.lease?.holder).toBe(delivery?.deliveryId);
    const told = { deliveryId: '', batchIds: [], ...delivery, isWritten: true };
    await finishDelivery(world, bookId, told);
    expect(await waiting()).toEqual([]);
    expect(await doc()).toMatchObject({ runs: ['r1', 'r2'] });
    expect(await doc()).not.toHaveProperty('lease');
    expect(lines.at(-1)).toMatchObject({ event: 'delivered-by-addon', batches: 2 });
    // The answer was lost, and it is told again.
    const before = await doc();
    await finishDelivery(world, bookId, told);
    expect(await doc()).toEqual(before);
  });

  test('that is not written waits on, with what the book showed before', async () => {
    const { world, waiting, doc } = await withBatches(1);
    const shown = { sheetFailure: { code: 'sheet-not-writable' } } as const;
    const found = await world.store.get(books, bookId);
    if (!found) throw new Error('no book');
    await world.store.commit([write(books, bookId, { ...found.value, ...shown }, 'any')]);
    const delivery = await takeDelivery(world, bookId, emptyReading);
    const told = { deliveryId: '', batchIds: [], ...delivery, isWritten: false };
    await finishDelivery(world, bookId, told);
    expect(await waiting()).toHaveLength(1);
    expect(await doc()).toEqual({ ...found.value, ...shown });
  });

  test('leaves batches of another book and the lease of another alone', async () => {
    const { world, waiting, doc, pass } = await withBatches(1);
    await world.store.commit([
      write(
        outbox,
        'other',
        { bookId: 'other-book', createdAt: '', runId: 'r9', drafts: [], accounts: [] },
        'absent',
      ),
    ]);
    const first = await takeDelivery(world, bookId, emptyReading);
    expect(await takeDelivery(world, bookId, emptyReading)).toBeNull();
    pass(11 * 60_000);
    const second = await takeDelivery(world, bookId, emptyReading);
    const finish = (deliveryId = '') =>
      finishDelivery(world, bookId, { deliveryId, batchIds: ['b001', 'other'], isWritten: true });
    await finish(first?.deliveryId);
    expect(await waiting()).toEqual(['b001']);
    expect((await doc())?.lease?.holder).toBe(second?.deliveryId);
    await finish(second?.deliveryId);
    expect(await waiting()).toEqual([]);
    expect(await world.store.get(outbox, 'other')).not.toBeNull();
    expect((await doc())?.runs).toEqual(['r1']);
  });

  test('is nothing where the sheet has all of it already: the batches go at once', async () => {
    const { world, waiting, doc } = await withBatches(2);
    const reading = { ...emptyReading, deliveredBatches: ['b002', 'b001'] };
    expect(await takeDelivery(world, bookId, reading)).toBeNull();
    expect(await waiting()).toEqual([]);
    expect(await doc()).toMatchObject({ runs: ['r1'] });
    expect(await doc()).not.toHaveProperty('lease');
  });

  test('is refused for a book that nobody knows', async () => {
    const { world } = createTestWorld();
    await expect(takeDelivery(world, 'nobody', emptyReading)).rejects.toMatchObject({
      code: 'not-found',
    });
  });
});
