import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  type OnOperation,
  type Store,
  StoreConflict,
  StoreUnavailable,
  type Write,
  write,
} from '../../cloud/ports/store.ts';
import { storeLimits } from '../../cloud/ports/store-limits.ts';
import { checkAgainstModel } from './store-model.ts';
import { freshCollection, type Note } from './store-notes.ts';
import { limitingCommits, refusing } from './store-refusals.ts';
import { storableValues } from './store-values.ts';

type Open = (onOperation?: OnOperation) => Store | Promise<Store>;

/**
 * What every store promises. `open` gives one; it is called again by the tests that close their own.
 * `commitBytesMax` is less than the promise where the test's server takes less than the real one.
 */
export function storeContract(
  name: string,
  open: Open,
  { commitBytesMax = storeLimits.commitBytes as number } = {},
): void {
  describe(`${name} keeps the promises of a store`, () => {
    let store: Store;
    beforeAll(async () => {
      store = await open();
    });
    afterAll(() => store.close());

    readingAndWriting(() => store);
    expecting(() => store);
    finding(() => store);
    refusing(() => store);
    limitingCommits(() => store, commitBytesMax);
    operating(open);
    test('does what a map in memory would do, whatever the order of commits', () =>
      checkAgainstModel(store, freshCollection));
  });
}

function readingAndWriting(theStore: () => Store): void {
  test('gives back what was written, and null for what was not', async () => {
    const [store, notes] = [theStore(), freshCollection()];
    const value: Note = {
      text: 'Rent',
      more: [{ lines: ['März', '付款', '👩‍🌾', ''] }, null, true],
    };
    const [version] = await store.commit([write(notes, 'n1', value, 'absent')]);
    expect(await store.get(notes, 'n1')).toEqual({ key: 'n1', version, value });
    expect(await store.get(notes, 'n2')).toBeNull();
  });

  test('replaces a document as a whole and leaves no old field', async () => {
    const [store, notes] = [theStore(), freshCollection()];
    const first = { text: 'a', owner: 'o', more: { deep: { kept: 1 }, 'a.b': 2 } };
    const [version = ''] = await store.commit([write(notes, 'n', first, 'any')]);
    const [second] = await store.commit([write(notes, 'n', { more: { deep: {} } }, { version })]);
    expect(await store.get(notes, 'n')).toEqual({
      key: 'n',
      version: second,
      value: { more: { deep: {} } },
    });
    await store.commit([write(notes, 'n', {}, 'any')]);
    expect((await store.get(notes, 'n'))?.value).toEqual({});
  });

  test('deletes a document, and one that is absent without complaint', async () => {
    const [store, notes] = [theStore(), freshCollection()];
    await store.commit([write(notes, 'n', { text: 'a' }, 'absent')]);
    expect(await store.commit([write(notes, 'n', null, 'any')])).toEqual(['']);
    expect(await store.get(notes, 'n')).toBeNull();
    await store.commit([write(notes, 'n', null, 'any')]);
    expect(await store.get(notes, 'n')).toBeNull();
  });

  test('reads many in the order of the keys, without those that are absent', async () => {
    const [store, notes] = [theStore(), freshCollection()];
    await store.commit(['a', 'b', 'c'].map((key) => write(notes, key, { text: key }, 'absent')));
    const found = await store.getMany(notes, ['c', 'none', 'a', 'c']);
    expect(found.map(({ key, value }) => [key, value.text])).toEqual([
      ['c', 'c'],
      ['a', 'a'],
      ['c', 'c'],
    ]);
    expect(await store.getMany(notes, [])).toEqual([]);
  });

  test('keeps collections apart that use the same key', async () => {
    const [store, notes, others] = [theStore(), freshCollection(), freshCollection()];
    await store.commit([
      write(notes, 'n', { text: 'note' }, 'absent'),
      write(others, 'n', { text: 'other' }, 'absent'),
    ]);
    expect((await store.get(notes, 'n'))?.value.text).toBe('note');
    expect((await store.get(others, 'n'))?.value.text).toBe('other');
  });

  test('takes every sign that a key may hold', async () => {
    const [store, notes] = [theStore(), freshCollection()];
    const keys = ['0', 'A.b-c_d~e', '...', '__a', '-', '~', 'k'.repeat(400)];
    await store.commit(keys.map((key) => write(notes, key, { text: key }, 'absent')));
    expect((await store.getMany(notes, keys)).map(({ value }) => value.text)).toEqual(keys);
  });

  test.each(storableValues)('stores %s unchanged', async (_, more) => {
    const [store, notes] = [theStore(), freshCollection()];
    await store.commit([write(notes, 'n', { more }, 'absent')]);
    expect((await store.get(notes, 'n'))?.value).toEqual({ more });
  });

  test('stores a document of nearly a million bytes', async () => {
    const [store, notes] = [theStore(), freshCollection()];
    const entries = Array.from({ length: 9_000 }, (_, n) => ({ n, text: `é${'x'.repeat(40)}` }));
    await store.commit([write(notes, 'n', { more: entries }, 'absent')]);
    const [kept] = await store.getMany(notes, ['n']);
    expect(kept?.value.more).toEqual(entries);
  });
}

function expecting(theStore: () => Store): void {
  test('creates a document that is expected to be absent once only', async () => {
    const [store, notes] = [theStore(), freshCollection()];
    await store.commit([write(notes, 'n', { text: 'first' }, 'absent')]);
    const again = store.commit([write(notes, 'n', { text: 'second' }, 'absent')]);
    await expect(again).rejects.toThrow(StoreConflict);
    expect((await store.get(notes, 'n'))?.value.text).toBe('first');
  });

  test('refuses a write, a deletion and a creation that expect another version', async () => {
    const [store, notes] = [theStore(), freshCollection()];
    const [old = ''] = await store.commit([write(notes, 'n', { text: '1' }, 'absent')]);
    const [now = ''] = await store.commit([write(notes, 'n', { text: '2' }, { version: old })]);
    const late: readonly Write[] = [
      write(notes, 'n', { text: '3' }, { version: old }),
      write(notes, 'n', null, { version: old }),
      write(notes, 'n', null, 'absent'),
    ];
    for (const one of late) await expect(store.commit([one])).rejects.toThrow(StoreConflict);
    expect(await store.get(notes, 'n')).toEqual({ key: 'n', version: now, value: { text: '2' } });
    await store.commit([write(notes, 'n', null, { version: now })]);
    await store.commit([write(notes, 'n', null, 'absent')]);
    expect(await store.get(notes, 'n')).toBeNull();
  });

  test('refuses a version of a document that is gone, also when it was made again', async () => {
    const [store, notes] = [theStore(), freshCollection()];
    const [version = ''] = await store.commit([write(notes, 'n', { text: '1' }, 'absent')]);
    await store.commit([write(notes, 'n', null, 'any')]);
    const late = [write(notes, 'n', { text: '2' }, { version })];
    await expect(store.commit(late)).rejects.toThrow(StoreConflict);
    await store.commit([write(notes, 'n', { text: '1' }, 'absent')]);
    await expect(store.commit(late)).rejects.toThrow(StoreConflict);
  });

  test('gives a new version also to a write that changes nothing', async () => {
    const [store, notes] = [theStore(), freshCollection()];
    const [first = ''] = await store.commit([write(notes, 'n', { text: 'a' }, 'absent')]);
    const [second] = await store.commit([write(notes, 'n', { text: 'a' }, { version: first })]);
    expect(second).not.toBe(first);
    const late = store.commit([write(notes, 'n', { text: 'a' }, { version: first })]);
    await expect(late).rejects.toThrow(StoreConflict);
  });

  test('writes nothing at all when one of the documents is not as expected', async () => {
    const [store, notes] = [theStore(), freshCollection()];
    await store.commit([write(notes, 'there', { text: 'old' }, 'absent')]);
    const before = await store.get(notes, 'there');
    const half = store.commit([
      write(notes, 'new', { text: 'new' }, 'absent'),
      write(notes, 'there', { text: 'changed' }, 'any'),
      write(notes, 'gone', { text: 'x' }, { version: before?.version ?? '' }),
    ]);
    await expect(half).rejects.toThrow(StoreConflict);
    expect(await store.get(notes, 'new')).toBeNull();
    expect(await store.get(notes, 'there')).toEqual(before);
  });

  test('lets exactly one of many writers win that expect the same version', async () => {
    const [store, notes] = [theStore(), freshCollection()];
    const [version = ''] = await store.commit([write(notes, 'n', { text: 'free' }, 'absent')]);
    const attempts = await Promise.allSettled(
      Array.from({ length: 12 }, (_, writer) =>
        store.commit([
          write(notes, 'n', { text: `holder ${writer}` }, { version }),
          write(notes, `trace-${writer}`, { text: 'won' }, 'absent'),
        ]),
      ),
    );
    const winners = attempts.flatMap(({ status }, n) => (status === 'fulfilled' ? [n] : []));
    expect(winners).toHaveLength(1);
    for (const attempt of attempts) {
      if (attempt.status === 'rejected') expect(attempt.reason).toBeInstanceOf(StoreConflict);
    }
    expect((await store.get(notes, 'n'))?.value.text).toBe(`holder ${winners[0]}`);
    const traces = await store.getMany(
      notes,
      attempts.map((_, writer) => `trace-${writer}`),
    );
    expect(traces.map(({ key }) => key)).toEqual([`trace-${winners[0]}`]);
  });

  test('lets exactly one of many writers create a document', async () => {
    const [store, notes] = [theStore(), freshCollection()];
    const attempts = await Promise.allSettled(
      Array.from({ length: 12 }, () => store.commit([write(notes, 'n', { text: 'x' }, 'absent')])),
    );
    expect(attempts.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });
}

function finding(theStore: () => Store): void {
  const at = (minute: string) => `2026-03-01T08:${minute}:00.000Z`;

  test('finds by equality, in the order of the keys', async () => {
    const [store, notes] = [theStore(), freshCollection()];
    await store.commit([
      write(notes, 'c', { owner: 'ann' }, 'absent'),
      write(notes, 'a', { owner: 'ann' }, 'absent'),
      write(notes, 'b', { owner: 'Ann' }, 'absent'),
      write(notes, 'd', { text: 'nobody’s' }, 'absent'),
    ]);
    const query = { field: 'owner', op: '==', value: 'ann', limit: 10 } as const;
    expect((await store.find(notes, query)).map(({ key }) => key)).toEqual(['a', 'c']);
    expect(await store.find(notes, { ...query, value: 'zoe' })).toEqual([]);
    expect((await store.find(notes, { ...query, limit: 1 })).map(({ key }) => key)).toEqual(['a']);
  });

  test('finds what is due, the longest due first, and by key where that is equal', async () => {
    const [store, notes] = [theStore(), freshCollection()];
    await store.commit([
      write(notes, 'b', { dueAt: at('10') }, 'absent'),
      write(notes, 'z', { dueAt: at('05') }, 'absent'),
      write(notes, 'a', { dueAt: at('10') }, 'absent'),
      write(notes, 'later', { dueAt: at('11') }, 'absent'),
      write(notes, 'never', {}, 'absent'),
    ]);
    const query = { field: 'dueAt', op: '<=', value: at('10'), limit: 10 } as const;
    expect((await store.find(notes, query)).map(({ key }) => key)).toEqual(['z', 'a', 'b']);
    const two = await store.find(notes, { ...query, limit: 2 });
    expect(two.map(({ key, value }) => [key, value.dueAt])).toEqual([
      ['z', at('05')],
      ['a', at('10')],
    ]);
  });

  test('finds what a commit changed, and no longer what it was', async () => {
    const [store, notes] = [theStore(), freshCollection()];
    await store.commit([write(notes, 'n', { owner: 'ann', text: '1' }, 'absent')]);
    const [version] = await store.commit([write(notes, 'n', { owner: 'bob', text: '2' }, 'any')]);
    const query = { field: 'owner', op: '==', value: 'ann', limit: 10 } as const;
    expect(await store.find(notes, query)).toEqual([]);
    expect(await store.find(notes, { ...query, value: 'bob' })).toEqual([
      { key: 'n', version, value: { owner: 'bob', text: '2' } },
    ]);
    await store.commit([write(notes, 'n', { text: '3' }, 'any')]);
    expect(await store.find(notes, { ...query, value: 'bob' })).toEqual([]);
  });

  test('compares text by its UTF-8 bytes', async () => {
    const [store, notes] = [theStore(), freshCollection()];
    // U+FF5E comes before U+1F33B in UTF-8 and after it in UTF-16.
    const owners = ['', '\u0000', 'A', 'Z', 'a', 'z', 'Ä', '～', '🌻', 'x'.repeat(1_400)];
    await store.commit(owners.map((owner, n) => write(notes, `n${n}`, { owner }, 'absent')));
    const query = { field: 'owner', op: '<=', value: '🌻', limit: 50 } as const;
    const found = (await store.find(notes, query)).map(({ value }) => value.owner);
    expect(found).toEqual(['', '\u0000', 'A', 'Z', 'a', 'x'.repeat(1_400), 'z', 'Ä', '～', '🌻']);
    for (const owner of owners) {
      const same = await store.find(notes, { field: 'owner', op: '==', value: owner, limit: 5 });
      expect(same.map(({ value }) => value.owner)).toEqual([owner]);
    }
  });
}

function operating(open: Open): void {
  test('counts the documents that it reads and writes', async () => {
    const counted: string[] = [];
    const store = await open((kind, documents) => counted.push(`${kind} ${documents}`));
    const notes = freshCollection();
    await store.commit(['a', 'b'].map((key) => write(notes, key, { owner: 'ann' }, 'absent')));
    await store.get(notes, 'none');
    await store.getMany(notes, ['a', 'none', 'b']);
    await store.find(notes, { field: 'owner', op: '==', value: 'ann', limit: 10 });
    await store.find(notes, { field: 'owner', op: '==', value: 'bob', limit: 10 });
    await store.close();
    expect(counted).toEqual(['write 2', 'read 1', 'read 3', 'read 2', 'read 1']);
  });

  test('is unavailable once closed, and may be closed again', async () => {
    const [store, notes] = [await open(), freshCollection()];
    await store.close();
    await store.close();
    await expect(store.get(notes, 'n')).rejects.toThrow(StoreUnavailable);
    await expect(store.commit([write(notes, 'n', {}, 'any')])).rejects.toThrow(StoreUnavailable);
  });
}
