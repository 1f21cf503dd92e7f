import { describe, expect, test } from '@jest/globals';
import { openSqliteStore } from '../../cloud/adapters/sqlite-store.ts';
import { listen } from '../../cloud/local/listen.ts';
import { type Collection, StoreUnavailable, write } from '../../cloud/ports/store.ts';
import { Crashed, createFaults, createLife, faultySheets, faultyStore } from './faults.ts';
import type { Fault } from './format.ts';

const notes: Collection<{ readonly text: string }> = { name: 'notes', indexed: [] };

describe('a write to the store', () => {
  const setUp = (fault: Fault) => {
    const store = openSqliteStore(':memory:');
    const faults = createFaults();
    const life = createLife();
    faults.arm([fault]);
    const put = (key: string) =>
      faults.during(() => faulty.commit([write(notes, key, { text: key }, 'any')]));
    const faulty = faultyStore(store, faults, life);
    const isKept = async (key: string) => (await store.get(notes, key)) !== null;
    return { faulty, faults, life, put, isKept };
  };
  const on = 'store-write';

  test('that is refused is not done, and only the nth is', async () => {
    const { put, isKept, life } = setUp({ on, nth: 2, effect: 'refused' });
    await put('a');
    await expect(put('b')).rejects.toThrow(StoreUnavailable);
    await put('c');
    expect([await isKept('a'), await isKept('b'), await isKept('c')]).toEqual([true, false, true]);
    expect(life.isOver).toBe(false);
  });

  test('whose answer is lost is done', async () => {
    const { put, isKept, life } = setUp({ on, nth: 1, effect: 'done-but-answer-lost' });
    await expect(put('a')).rejects.toThrow(StoreUnavailable);
    expect(await isKept('a')).toBe(true);
    expect(life.isOver).toBe(false);
  });

  test.each([
    ['crash-before', false],
    ['crash-after', true],
  ] as const)('that ends in a %s leaves a store out of reach', async (effect, isDone) => {
    const { put, isKept, life, faulty } = setUp({ on, nth: 1, effect });
    await expect(put('a')).rejects.toThrow(Crashed);
    expect(await isKept('a')).toBe(isDone);
    expect(life.isOver).toBe(true);
    await expect(put('b')).rejects.toThrow(Crashed);
    await expect(faulty.get(notes, 'a')).rejects.toThrow(Crashed);
    await expect(faulty.getMany(notes, ['a'])).rejects.toThrow(Crashed);
    expect(await isKept('b')).toBe(false);
  });

  test('is counted anew for each sync, and fails no more once the faults are gone', async () => {
    const { put, faults, faulty } = setUp({ on, nth: 2, effect: 'refused' });
    await put('a');
    faults.arm([{ on, nth: 2, effect: 'refused' }]);
    await put('b');
    await expect(put('c')).rejects.toThrow(StoreUnavailable);
    expect(faults.count('store-write')).toBe(2);
    faults.arm([]);
    await faulty.commit([write(notes, 'f', { text: 'f' }, 'any')]);
    expect(faults.count('store-write')).toBe(0);
    await put('d');
    await put('e');
    expect(faults.count('sheet-write')).toBe(0);
  });
});

describe('a request to the sheet', () => {
  const withSheets = async (
    armed: readonly Fault[],
    run: (it: {
      send: (method: string, path?: string) => Promise<number>;
      done: string[];
      life: ReturnType<typeof createLife>;
    }) => Promise<void>,
  ) => {
    const faults = createFaults();
    const life = createLife();
    faults.arm(armed);
    const done: string[] = [];
    const door = ({ method }: Request) => {
      done.push(method);
      return new Response('{}');
    };
    const { url, close } = await listen(faultySheets(door, faults, life), 0);
    const send = async (method: string, path = '/v4/spreadsheets/b:batchUpdate') =>
      (await fetch(`${url}${path}`, { method })).status;
    await faults.during(() => run({ send, done, life })).finally(close);
  };

  test('that is refused is not done', async () => {
    await withSheets([{ on: 'sheet-write', nth: 1, effect: 'refused' }], async (it) => {
      expect(await it.send('POST')).toBe(503);
      expect(it.done).toEqual([]);
      expect(await it.send('POST')).toBe(200);
    });
  });

  test('whose answer is lost is done', async () => {
    const fault = { on: 'sheet-write', nth: 1, effect: 'done-but-answer-lost' } as const;
    await withSheets([fault], async ({ send, done, life }) => {
      await expect(send('POST')).rejects.toThrow('fetch failed');
      expect(done).toEqual(['POST']);
      expect(await send('POST')).toBe(200);
      expect(life.isOver).toBe(false);
    });
  });

  test.each([
    ['crash-before', []],
    ['crash-after', ['POST']],
  ] as const)('that ends in a %s is the last', async (effect, isDone) => {
    await withSheets([{ on: 'sheet-write', nth: 1, effect }], async ({ send, done, life }) => {
      await expect(send('POST')).rejects.toThrow('fetch failed');
      expect(done).toEqual(isDone);
      expect(life.isOver).toBe(true);
      await expect(send('GET')).rejects.toThrow('fetch failed');
      expect(done).toEqual(isDone);
    });
  });

  test('is a reading also where it is a search', async () => {
    const path = '/v4/spreadsheets/b/developerMetadata:search';
    await withSheets([{ on: 'sheet-read', nth: 2, effect: 'refused' }], async ({ send }) => {
      expect(await send('POST')).toBe(200);
      expect(await send('GET', '/v4/spreadsheets/b')).toBe(200);
      expect(await send('POST', path)).toBe(503);
    });
  });
});
