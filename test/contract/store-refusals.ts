import { expect, test } from '@jest/globals';
import { type Store, StoreRefusal, write } from '../../cloud/ports/store.ts';
import { freshCollection, type Note } from './store-notes.ts';
import { refusedValues } from './store-values.ts';

/** What every store refuses, having written nothing. */
export function refusing(theStore: () => Store): void {
  test.each(refusedValues)(
    'refuses a document that holds %s, and writes nothing',
    async (_, more) => {
      const [store, notes] = [theStore(), freshCollection()];
      const both = [
        write(notes, 'good', { text: 'x' }, 'any'),
        write(notes, 'bad', { more }, 'any'),
      ];
      await expect(store.commit(both)).rejects.toThrow(StoreRefusal);
      expect(await store.getMany(notes, ['good', 'bad'])).toEqual([]);
    },
  );

  test.each(['', '.', '..', 'a/b', 'a b', 'ä', '__a__', 'k'.repeat(401)])(
    'refuses the key %j',
    async (key) => {
      const [store, notes] = [theStore(), freshCollection()];
      await expect(store.commit([write(notes, key, {}, 'any')])).rejects.toThrow(StoreRefusal);
      await expect(store.get(notes, key)).rejects.toThrow(StoreRefusal);
      await expect(store.getMany(notes, ['a', key])).rejects.toThrow(StoreRefusal);
    },
  );

  test('refuses a document over a million bytes, and an indexed text over 1,400', async () => {
    const [store, notes] = [theStore(), freshCollection()];
    const big = [write(notes, 'n', { text: 'x'.repeat(1_000_000) }, 'any')];
    await expect(store.commit(big)).rejects.toThrow(StoreRefusal);
    const long = [write(notes, 'n', { owner: 'é'.repeat(701) }, 'any')];
    await expect(store.commit(long)).rejects.toThrow(StoreRefusal);
    const odd = [write(notes, 'n', { owner: 7 } as unknown as Note, 'any')];
    await expect(store.commit(odd)).rejects.toThrow(StoreRefusal);
  });

  test('refuses two writes to one document, and a query by a field that is not indexed', async () => {
    const [store, notes] = [theStore(), freshCollection()];
    const twice = [write(notes, 'n', {}, 'any'), write(notes, 'n', null, 'any')];
    await expect(store.commit(twice)).rejects.toThrow(StoreRefusal);
    const unindexed = { field: 'text', op: '==', value: 'a', limit: 1 } as const;
    await expect(store.find(notes, unindexed)).rejects.toThrow(StoreRefusal);
    const long = { field: 'owner', op: '==', value: 'x'.repeat(1_401), limit: 1 } as const;
    await expect(store.find(notes, long)).rejects.toThrow(StoreRefusal);
    expect(await store.commit([])).toEqual([]);
  });
}

export function limitingCommits(theStore: () => Store, commitBytesMax: number): void {
  test('takes 500 writes in one commit, and no more', async () => {
    const [store, notes] = [theStore(), freshCollection()];
    const keys = Array.from({ length: 501 }, (_, n) => `n${n}`);
    const writes = keys.map((key) => write(notes, key, { owner: 'ann' }, 'absent'));
    await expect(store.commit(writes)).rejects.toThrow(StoreRefusal);
    const versions = await store.commit(writes.slice(0, 500));
    expect(versions).toHaveLength(500);
    expect(await store.getMany(notes, keys.slice(0, 500))).toHaveLength(500);
    await expect(store.getMany(notes, keys)).rejects.toThrow(StoreRefusal);
    const all = { field: 'owner', op: '==', value: 'ann', limit: 500 } as const;
    expect(await store.find(notes, all)).toHaveLength(500);
    await expect(store.find(notes, { ...all, limit: 501 })).rejects.toThrow(StoreRefusal);
  });

  test('takes eight million bytes in one commit, and no more', async () => {
    const [store, notes] = [theStore(), freshCollection()];
    const bytes = 950_000;
    const writes = Array.from({ length: 9 }, (_, n) =>
      write(notes, `n${n}`, { text: 'x'.repeat(bytes) }, 'absent'),
    );
    await expect(store.commit(writes)).rejects.toThrow(StoreRefusal);
    const most = writes.slice(0, Math.floor(commitBytesMax / bytes));
    expect(await store.commit(most)).toHaveLength(most.length);
    expect((await store.get(notes, `n${most.length - 1}`))?.value.text).toHaveLength(bytes);
  });
}
