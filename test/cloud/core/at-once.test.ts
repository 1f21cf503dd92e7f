import { describe, expect, test } from '@jest/globals';
import { deliverBook } from '../../../cloud/core/deliver-book.ts';
import {
  ledgerKey,
  ledgers,
  outbox,
  pageKey,
  statementPages,
} from '../../../cloud/core/documents.ts';
import { BookBusy } from '../../../cloud/core/hold-book.ts';
import { scheduleSyncs } from '../../../cloud/core/schedule-syncs.ts';
import { syncConnection } from '../../../cloud/core/sync-connection.ts';
import type { World } from '../../../cloud/core/world.ts';
import { bookId, connectGiro, createTestWorld, entry } from './world.ts';

/** Each call to the store takes a moment of another length, so that workers overtake each other everywhere. */
function slowed(world: World, seed: number): World {
  let state = seed;
  const pause = async () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    for (let turns = state % 5; turns > 0; turns--) await new Promise(setImmediate);
  };
  const { store } = world;
  const slow = <A extends unknown[], R>(call: (...args: A) => Promise<R>) => {
    return async (...args: A): Promise<R> => {
      await pause();
      const answer = await call(...args);
      await pause();
      return answer;
    };
  };
  return {
    ...world,
    store: {
      get: slow(store.get.bind(store)) as typeof store.get,
      getMany: slow(store.getMany.bind(store)) as typeof store.getMany,
      find: slow(store.find.bind(store)) as typeof store.find,
      commit: slow(store.commit.bind(store)),
      close: store.close.bind(store),
    },
  };
}

describe('many workers on one book', () => {
  test.each([1, 2, 3])('fifty syncs and deliveries at once end right (order %i)', async (seed) => {
    const it = createTestWorld();
    const world = slowed(it.world, seed);
    const id = await connectGiro(world);
    const shown = [entry('-1.00', { text: 'TWIN' }), entry('-1.00', { text: 'TWIN' })];
    it.bank.pages = [shown];
    const workers = Array.from({ length: 50 }, async (_, at) => {
      if (at === 20) it.bank.pages = [[...shown, entry('-2.00', { text: 'LATE' })]];
      if (at % 10 === 9) await scheduleSyncs(world);
      else if (at % 3 === 2) await deliverUntilFree(world);
      else await syncConnection(world, id, at % 2 === 0 ? 'manual' : 'scheduled');
    });
    await Promise.all(workers);
    it.pass(60_000);
    await syncConnection(world, id, 'manual');
    await deliverUntilFree(world);
    const texts = it.sheet.state.transactions?.map(({ amount }) => amount);
    expect(texts).toEqual([-1, -1, -2].map((number) => ({ kind: 'number', number })));
    const waiting = { field: 'bookId', op: '==', value: bookId, limit: 9 } as const;
    expect(await world.store.find(outbox, waiting)).toEqual([]);
    const ledger = await world.store.get(ledgers, ledgerKey(bookId, 'k-giro'));
    const keys = (ledger?.value.pages ?? []).map((page) => pageKey(bookId, 'k-giro', page));
    const pages = await world.store.getMany(statementPages, keys);
    expect(pages.flatMap(({ value }) => value.entries)).toHaveLength(3);
    expect(ledger?.value.bookedMinor).toBe(-400);
  });
});

/** As a task runner does: a book that another worker delivers is tried again. */
async function deliverUntilFree(world: World): Promise<void> {
  for (;;) {
    try {
      return await deliverBook(world, bookId);
    } catch (error) {
      if (!(error instanceof BookBusy)) throw error;
      await new Promise(setImmediate);
    }
  }
}
