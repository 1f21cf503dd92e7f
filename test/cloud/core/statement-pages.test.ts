import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { openSqliteStore } from '../../../cloud/adapters/sqlite-store.ts';
import { commitChanges } from '../../../cloud/core/commit-changes.ts';
import { entryDay } from '../../../cloud/core/entry-day.ts';
import type { MergeResult } from '../../../cloud/core/merge-entries.ts';
import { loadLedgers, loadPages, planPages } from '../../../cloud/core/statement-pages.ts';
import type { Entry } from '../../../shared/bank.ts';
import { addDays } from '../../../shared/calendar-date.ts';
import { findBrokenPages, readKept } from './book-invariants.ts';
import { bookId } from './world.ts';

const key = 'k-giro';

/** A kept entry of about so many bytes. */
function kept(id: string, bookingDate: string, bytes = 300): Entry {
  return {
    id,
    status: 'booked',
    bookingDate,
    counterparty: 'Cafe Rot',
    text: 'x'.repeat(Math.max(bytes - 250, 1)),
    amount: { minor: -100, currency: 'EUR' },
    seenAs: [`ref:${id}`],
    firstSeen: '2026-03-02',
    addedBy: 'r1',
    sources: ['bank'],
  };
}

const ofDay = (day: string, count: number, bytes?: number) =>
  Array.from({ length: count }, (_, at) => kept(`${day}n${at}`, day, bytes));
const byDay = (entries: readonly Entry[]) =>
  entries.toSorted((a, b) => (entryDay(a) < entryDay(b) ? -1 : 1));

const around = { first: [], last: [], onPart: () => {} };

/** The pages of one account in a store, changed as a merge changes them. */
function pagesInStore() {
  let number = 0;
  const reads: number[] = [];
  const store = openSqliteStore(':memory:', (kind, documents) => {
    if (kind === 'read') reads.push(documents);
  });
  const ids = { next: (prefix: string) => `${prefix}${String(++number).padStart(8, '0')}` };
  const ledgerOf = async () => (await loadLedgers(store, bookId, [key])).get(key);

  /** Replaces all entries of the pages that may hold `from` or later by what `change` makes of them. */
  async function change(from: string, make: (entries: readonly Entry[]) => readonly Entry[]) {
    const ledger = await ledgerOf();
    const names = ledger?.value.pages ?? [];
    const loaded = await loadPages(store, bookId, key, names, from);
    const before = new Map(loaded.entries.map((entry) => [entry.id, entry]));
    const entries = byDay(make(loaded.entries));
    const merged: MergeResult = {
      entries,
      added: entries.filter(({ id }) => !before.has(id)),
      changed: entries.flatMap((after) => {
        const old = before.get(after.id);
        return old && old !== after ? [{ before: old, after }] : [];
      }),
      removed: [],
      unclear: 0,
    };
    const pages = planPages(names, loaded, merged);
    const account = { accountKey: key, currency: 'EUR', pages, drafts: [] };
    const head = {
      bookId,
      runId: 'r1',
      at: '2026-03-02T08:00:00.000Z',
      accounts: [],
      isNews: false,
    };
    await commitChanges({ store, ids }, head, [{ ...account, ...(ledger && { ledger }) }], around);
    return pages;
  }

  return {
    store,
    reads,
    change,
    add: (...entries: readonly Entry[]) =>
      change('0000-01-01', (before) => [...before, ...entries]),
    kept: () => readKept({ store }, key),
    names: async () => (await ledgerOf())?.value.pages ?? [],
    broken: () => findBrokenPages({ store }, key, 'EUR'),
    load: async (from: string) => {
      const { docs } = await loadPages(
        store,
        bookId,
        key,
        (await ledgerOf())?.value.pages ?? [],
        from,
      );
      return [...docs.keys()];
    },
  };
}

describe('statement pages', () => {
  test('are one for each month, as long as it is small', async () => {
    const pages = pagesInStore();
    await pages.add(
      ...ofDay('2026-01-31', 3),
      ...ofDay('2026-02-01', 2),
      ...ofDay('2026-02-28', 1),
    );
    expect(await pages.names()).toEqual(['2026-01', '2026-02']);
    expect(await pages.broken()).toEqual([]);
  });

  test('are split between days where a month is large', async () => {
    const pages = pagesInStore();
    const days = Array.from({ length: 28 }, (_, at) => addDays('2026-02-01', at));
    await pages.add(...days.flatMap((day) => ofDay(day, 100)));
    const names = await pages.names();
    expect(names.length).toBeGreaterThan(4);
    expect(names.filter((name) => name.includes('.'))).toEqual([]);
    expect(await pages.broken()).toEqual([]);
    expect((await pages.kept()).entries).toHaveLength(2_800);
  });

  test.each(['2026-02-01', '2026-02-10'])(
    'of a day in parts (%s) are all read for that day',
    async (day) => {
      const pages = pagesInStore();
      await pages.add(...ofDay(day, 3_000), ...ofDay(addDays(day, 1), 20));
      const names = await pages.names();
      expect(names.length).toBeGreaterThan(3);
      // The month's first page holds nothing but that day, whichever it is.
      expect(await pages.load(day)).toEqual(names);
      expect(await pages.load(addDays(day, 1))).toEqual(names.slice(-2));
    },
  );

  test('are split inside a day of 20,000 entries', async () => {
    const pages = pagesInStore();
    await pages.add(
      ...ofDay('2026-02-09', 20),
      ...ofDay('2026-02-10', 20_000),
      ...ofDay('2026-02-11', 20),
    );
    const names = await pages.names();
    expect(names).toContain('2026-02-10.001');
    expect(names.at(-1)).toBe('2026-02-11');
    expect(await pages.broken()).toEqual([]);
    expect((await pages.kept()).entries).toHaveLength(20_040);
    await pages.add(kept('later', '2026-02-10'), kept('next', '2026-02-12'));
    expect(await pages.broken()).toEqual([]);
    expect((await pages.kept()).entries).toHaveLength(20_042);
  });

  test('that are not read are not touched', async () => {
    const pages = pagesInStore();
    await pages.add(...ofDay('2026-01-05', 2), ...ofDay('2026-02-05', 2));
    const changed = await pages.change('2026-02-01', (before) => [
      ...before,
      kept('new', '2026-02-06'),
    ]);
    expect(changed.map(({ name }) => name)).toEqual(['2026-02']);
  });

  test('that stay the same are not written', async () => {
    const pages = pagesInStore();
    await pages.add(...ofDay('2026-01-05', 2), ...ofDay('2026-02-05', 2));
    expect(await pages.change('2026-01-01', (before) => before)).toEqual([]);
  });

  test('follow an entry to another day and another month, and vanish when they are empty', async () => {
    const pages = pagesInStore();
    await pages.add(kept('moves', '2026-01-31'), kept('stays', '2026-02-05'));
    await pages.change('2026-01-01', (before) =>
      before.map((entry) =>
        entry.id === 'moves' ? { ...entry, bookingDate: '2026-02-02' } : entry,
      ),
    );
    expect(await pages.names()).toEqual(['2026-02']);
    expect(await pages.broken()).toEqual([]);
    expect((await pages.kept()).entries.map(({ id }) => id)).toEqual(['moves', 'stays']);
    await pages.change('2026-01-01', () => []);
    expect(await pages.names()).toEqual([]);
    expect(await pages.kept()).toMatchObject({ ledger: { bookedMinor: 0 }, entries: [] });
  });
});

describe('loading pages', () => {
  test('reads those alone that can hold the window', async () => {
    const pages = pagesInStore();
    await pages.add(
      ...ofDay('2026-01-10', 2),
      ...ofDay('2026-02-03', 400),
      ...ofDay('2026-02-10', 1_500),
      ...ofDay('2026-02-20', 400),
      ...ofDay('2026-03-01', 2),
    );
    const names = await pages.names();
    expect(await pages.load('2026-03-01')).toEqual(['2026-03']);
    expect(await pages.load('2026-02-21')).toEqual(['2026-02-20', '2026-03']);
    expect(await pages.load('2026-01-31')).toEqual(names);
    expect(await pages.load('2026-02-01')).toEqual(names.slice(1));
    expect(await pages.load('2026-04-01')).toEqual([]);
  });

  test('of more than a store reads at once takes several readings', async () => {
    const pages = pagesInStore();
    const months = Array.from({ length: 700 }, (_, at) => {
      const [year, month] = [1960 + Math.floor(at / 12), (at % 12) + 1];
      return `${year}-${String(month).padStart(2, '0')}-01`;
    });
    await pages.add(...months.map((month) => kept(month, month)));
    pages.reads.length = 0;
    expect(await pages.load('1960-01-01')).toHaveLength(700);
    expect(pages.reads).toEqual([1, 500, 200]);
  });
});

const day = fc.nat(75).map((days) => addDays('2026-01-10', days));
const changes = fc.array(
  fc.record({
    from: day,
    added: fc.array(
      fc.record({ day, count: fc.constantFrom(1, 3, 60), bytes: fc.constantFrom(300, 9_000) }),
      {
        maxLength: 4,
      },
    ),
    moved: fc.array(fc.record({ at: fc.nat(400), day }), { maxLength: 4 }),
    removed: fc.array(fc.nat(400), { maxLength: 4 }),
  }),
  { minLength: 1, maxLength: 8 },
);

describe('any entries that come, move and go', () => {
  test('stand each once in the page of its day, and all that a window needs is read', async () => {
    const property = fc.asyncProperty(changes, async (steps) => {
      const pages = pagesInStore();
      const expected = new Map<string, string>();
      let number = 0;
      for (const { from, added, moved, removed } of steps) {
        const inWindow = [...expected].filter(([, it]) => it >= from).map(([id]) => id);
        await pages.change(from, (before) => {
          const ids = new Set(before.map(({ id }) => id));
          expect(inWindow.filter((id) => !ids.has(id))).toEqual([]);
          const moves = new Map(moved.map(({ at, day: to }) => [before[at]?.id, to]));
          const gone = new Set(removed.map((at) => before[at]?.id));
          // As a merge: what comes and what moves is not older than the window.
          const later = (to: string) => (to < from ? from : to);
          const left = before
            .filter(({ id }) => !gone.has(id))
            .map((entry) => {
              const to = moves.get(entry.id);
              return to ? { ...entry, bookingDate: later(to) } : entry;
            });
          const fresh = added.flatMap(({ day: to, count, bytes }) =>
            Array.from({ length: count }, () => kept(`e${++number}`, later(to), bytes)),
          );
          for (const id of gone) if (id) expected.delete(id);
          for (const entry of [...left, ...fresh]) expected.set(entry.id, entryDay(entry));
          return [...left, ...fresh];
        });
        expect(await pages.broken()).toEqual([]);
        const { entries } = await pages.kept();
        expect(new Map(entries.map((entry) => [entry.id, entryDay(entry)]))).toEqual(expected);
      }
    });
    await fc.assert(property, { numRuns: 25 });
  }, 30_000);
});
