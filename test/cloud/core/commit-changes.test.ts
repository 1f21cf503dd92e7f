import { describe, expect, test } from '@jest/globals';
import { connections, outbox, runs } from '../../../cloud/core/documents.ts';
import { syncConnection } from '../../../cloud/core/sync-connection.ts';
import type { World } from '../../../cloud/core/world.ts';
import { StoreConflict, type Write } from '../../../cloud/ports/store.ts';
import { storeLimits } from '../../../cloud/ports/store-limits.ts';
import { addDays } from '../../../shared/calendar-date.ts';
import {
  findBrokenPages,
  findBrokenRows,
  readKept,
  readWaiting,
  watchPages,
} from './book-invariants.ts';
import { Dead } from './faulty-world.ts';
import { bookId, connectGiro, createTestWorld, entry } from './world.ts';

const none: ReadonlySet<string> = new Set();

/** What a bank shows of two months: so many entries, some of them pending. */
const shown = (count: number, length = 60) =>
  Array.from({ length: count }, (_, at) =>
    entry(`-${(at % 97) + 1}.00`, {
      text: `PURCHASE ${at} ${'x'.repeat(length)}`,
      bookingDate: addDays('2026-01-02', at % 59),
      ...(at % 100 === 0 && { status: 'pending' as const }),
    }),
  );

/** A world that is told of each commit before it is made, and refuses what `before` throws. */
function atEachCommit(world: World, before: (at: number, writes: readonly Write[]) => void): World {
  let at = 0;
  const { store } = world;
  return {
    ...world,
    store: {
      get: store.get.bind(store),
      getMany: store.getMany.bind(store),
      find: store.find.bind(store),
      close: store.close.bind(store),
      commit: async (writes) => {
        before(++at, writes);
        return store.commit(writes);
      },
    },
  };
}

async function bookOf(count: number, length?: number) {
  const it = createTestWorld();
  const { world, pageKeys } = watchPages(it.world);
  const id = await connectGiro(world);
  it.bank.pages = [shown(count, length)];
  it.bank.balance = { booked: { minor: 1_000_000, currency: 'EUR' } };
  return {
    ...it,
    world,
    id,
    broken: async () => {
      const { entries } = await readKept(world, 'k-giro');
      const pages = await findBrokenPages(world, 'k-giro', 'EUR', pageKeys);
      return [...pages, ...(await findBrokenRows(world, entries, none, none, none))];
    },
    /** What is kept and what waits, without what each run of it calls anew. */
    outcome: async () => {
      const { entries, ledger } = await readKept(world, 'k-giro');
      const [account] = (await world.store.get(connections, id))?.value.accounts ?? [];
      const waiting = [...(await readWaiting(world)).values()];
      return {
        texts: entries.map(({ text }) => text).toSorted(),
        waiting: waiting.map(({ last }) => last.now?.text).toSorted(),
        sum: ledger.bookedMinor,
        opening: ledger.opening,
        proof: account?.proof,
      };
    },
  };
}

/** Who is there: then no lease comes before the commit. */
const user = { ipAddress: '203.0.113.7', until: '2026-04-01T08:00:00.000Z' };

describe('a commit of 20,000 entries', () => {
  test('is cut so that no commit comes near what a store takes', async () => {
    const { world, id, broken } = await bookOf(20_000);
    const commits: (readonly Write[])[] = [];
    const watched = atEachCommit(world, (_, writes) => void commits.push(writes));
    expect(await syncConnection(watched, id, 'manual', { user })).toMatchObject({
      newRows: 20_000,
    });
    expect(commits.length).toBeGreaterThan(3);
    for (const writes of commits) {
      expect(writes.length).toBeLessThan(storeLimits.commitWrites);
      const bytes = Buffer.byteLength(JSON.stringify(writes.map(({ value }) => value)));
      // The Firestore emulator takes 4 MiB of a request.
      expect(bytes).toBeLessThan(4_000_000);
    }
    const names = commits.map((writes) => writes.map(({ collection }) => collection.name));
    // The run comes with the first rows that it brings, how far the bank was read with the last.
    const at = ({ name }: { name: string }) =>
      names.flatMap((some, commit) => (some.includes(name) ? [commit] : []));
    expect(at(runs)).toContain(0);
    expect(at(connections)).toEqual([commits.length - 1]);
    expect(await broken()).toEqual([]);
  }, 60_000);

  test('that is small is one', async () => {
    const { world, id } = await bookOf(200);
    let commits = 0;
    const watched = atEachCommit(world, () => void commits++);
    await syncConnection(watched, id, 'manual', { user });
    expect(commits).toBe(1);
  });
});

describe('a commit in slices', () => {
  const count = 2_500;
  const length = 1_000;

  async function calm() {
    const book = await bookOf(count, length);
    await syncConnection(book.world, book.id, 'manual', { user });
    return book.outcome();
  }

  test('ends the same after whichever slice the process dies', async () => {
    const expected = await calm();
    let deaths = 0;
    for (let dies = 1; ; dies++) {
      const book = await bookOf(count, length);
      const dying = atEachCommit(book.world, (at) => {
        if (at === dies) throw new Dead();
      });
      const end = await syncConnection(dying, book.id, 'manual', { user }).catch(
        (error: unknown) => error,
      );
      if (!(end instanceof Dead)) break;
      deaths += 1;
      expect({ dies, kept: (await readKept(book.world, 'k-giro')).entries.length > 0 }).toEqual({
        dies,
        kept: dies > 1,
      });
      expect({ dies, broken: await book.broken() }).toEqual({ dies, broken: [] });
      book.pass(1_000);
      await syncConnection(book.world, book.id, 'manual', { user });
      expect({ dies, broken: await book.broken() }).toEqual({ dies, broken: [] });
      expect(await book.outcome()).toEqual(expected);
    }
    expect(deaths).toBeGreaterThan(2);
  }, 60_000);

  test('is merged anew where somebody else commits between two slices', async () => {
    const expected = await calm();
    const book = await bookOf(count, length);
    let conflicts = 0;
    const watched = atEachCommit(book.world, (at) => {
      if (at !== 2) return;
      conflicts += 1;
      throw new StoreConflict('another was faster');
    });
    expect(await syncConnection(watched, book.id, 'manual', { user })).toMatchObject({
      outcome: 'complete',
    });
    expect(conflicts).toBe(1);
    expect(await book.broken()).toEqual([]);
    expect(await book.outcome()).toEqual(expected);
  }, 60_000);

  test('writes each draft once', async () => {
    const { world, id } = await bookOf(count, length);
    await syncConnection(world, id, 'manual', { user });
    const query = { field: 'bookId', op: '==', value: bookId, limit: 500 } as const;
    const batches = await world.store.find(outbox, query);
    const ids = batches.flatMap(({ value }) => value.drafts.map((draft) => draft.id));
    expect(ids).toHaveLength(count);
    expect(new Set(ids).size).toBe(count);
  }, 60_000);
});
