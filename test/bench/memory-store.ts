import {
  type Collection,
  type Doc,
  type Query,
  type Store,
  StoreConflict,
} from '../../cloud/ports/store.ts';

/** A store that keeps the documents as they are, without a copy: what is measured around it is not its work. */
export function createMemoryStore(): Store {
  const kept = new Map<string, Map<string, Doc<unknown>>>();
  let versions = 0;

  function docsOf<T>({ name }: Collection<T>): Map<string, Doc<T>> {
    const docs = kept.get(name) ?? new Map<string, Doc<unknown>>();
    kept.set(name, docs);
    return docs as Map<string, Doc<T>>;
  }

  function fits<T>({ value }: Doc<T>, { field, op, value: wanted }: Query<T>): boolean {
    const found = value[field];
    if (typeof found !== 'string') return false;
    return op === '==' ? found === wanted : found <= wanted;
  }

  return {
    get: async (collection, key) => docsOf(collection).get(key) ?? null,
    getMany: async (collection, keys) => keys.flatMap((key) => docsOf(collection).get(key) ?? []),
    find: async (collection, query) => {
      const found = [...docsOf(collection).values()].filter((doc) => fits(doc, query));
      const textOf = ({ key, value }: (typeof found)[0]) => `${value[query.field]} ${key}`;
      return found.sort((a, b) => (textOf(a) < textOf(b) ? -1 : 1)).slice(0, query.limit);
    },
    commit: async (writes) => {
      for (const { collection, key, expect } of writes) {
        const version = docsOf(collection).get(key)?.version;
        const isExpected =
          expect === 'any' || version === (expect === 'absent' ? undefined : expect.version);
        if (!isExpected) throw new StoreConflict();
      }
      return writes.map(({ collection, key, value }) => {
        const docs = docsOf(collection);
        if (value === null) {
          docs.delete(key);
          return '';
        }
        const version = String(++versions);
        docs.set(key, { key, version, value });
        return version;
      });
    },
    close: async () => {},
  };
}
