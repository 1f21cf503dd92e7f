import { randomUUID } from 'node:crypto';
import {
  type DocumentReference,
  type DocumentSnapshot,
  type Firestore,
  Timestamp,
  type WriteBatch,
} from 'firebase-admin/firestore';
import {
  type Collection,
  type Doc,
  type OnOperation,
  type Query,
  type Store,
  StoreConflict,
  StoreUnavailable,
} from '../ports/store.ts';
import {
  type AnyCollection,
  type CheckedWrite,
  checkCommit,
  checkKeys,
  checkQuery,
} from '../ports/store-limits.ts';
import { isConflict, toStoreError } from './firestore-errors.ts';

/**
 * How a document lies in Firestore. The value is one field, so that an update replaces it as a whole and queries reach
 * into it. The id of the commit makes every write a change: one that changes nothing would keep the update time, which
 * is our version. It also settles a commit whose answer was lost.
 */
interface StoredDocument {
  readonly value: unknown;
  readonly commitId: string;
}

/**
 * A store in Firestore. A version is the time of the last write, `seconds.nanoseconds`. What is not answered within
 * `timeoutMs` is unavailable; such a commit may still come through.
 */
export function createFirestoreStore(
  firestore: Firestore,
  onOperation: OnOperation = () => {},
  timeoutMs = 20_000,
): Store {
  let isClosed = false;
  const refOf = ({ name }: AnyCollection, key: string) => firestore.collection(name).doc(key);

  async function ask<R>(request: () => Promise<R>): Promise<R> {
    if (isClosed) throw new StoreUnavailable('The store is closed.');
    try {
      return await withinTime(request(), timeoutMs);
    } catch (error) {
      throw toStoreError(error);
    }
  }

  async function read<T>(refs: readonly DocumentReference[]): Promise<readonly Doc<T>[]> {
    onOperation('read', refs.length);
    const found = await ask(() => firestore.getAll(...refs));
    return found.filter(({ exists }) => exists).map(toDoc<T>);
  }

  /**
   * The client sends a commit again when the connection breaks. If the first one had come through, the second meets
   * its own documents and fails: then they carry the id of this commit.
   * @returns their version, or undefined where another commit stands there.
   */
  async function settledVersion(
    writes: readonly CheckedWrite[],
    commitId: string,
  ): Promise<string | undefined> {
    const kept = writes.find(({ text }) => text !== null);
    if (!kept) return undefined;
    onOperation('read', 1);
    const doc = await ask(() => refOf(kept.collection, kept.key).get());
    return doc.get('commitId') === commitId ? versionOf(doc) : undefined;
  }

  return {
    async get<T>(collection: Collection<T>, key: string) {
      checkKeys(collection, [key]);
      const [doc] = await read<T>([refOf(collection, key)]);
      return doc ?? null;
    },
    async getMany<T>(collection: Collection<T>, keys: readonly string[]) {
      checkKeys(collection, keys);
      return keys.length === 0 ? [] : read<T>(keys.map((key) => refOf(collection, key)));
    },
    async find<T>(collection: Collection<T>, query: Query<T>) {
      checkQuery(collection, query);
      const field = `value.${query.field}`;
      const found = await ask(() =>
        firestore
          .collection(collection.name)
          .where(field, query.op, query.value)
          .orderBy(field)
          .limit(query.limit)
          .get(),
      );
      onOperation('read', Math.max(1, found.size));
      return found.docs.map(toDoc<T>);
    },
    async commit(writes) {
      const checked = checkCommit(writes);
      if (checked.length === 0) return [];
      const commitId = randomUUID();
      const batch = firestore.batch();
      for (const write of checked) {
        addToBatch(batch, refOf(write.collection, write.key), write, commitId);
      }
      onOperation('write', checked.length);
      const version = await ask(() =>
        batch.commit().then(
          ([first]) => first && toVersion(first.writeTime),
          async (error) => {
            if (!isConflict(error)) throw error;
            const settled = await settledVersion(checked, commitId);
            if (settled) return settled;
            throw new StoreConflict('a document is not as expected', { cause: error });
          },
        ),
      );
      return checked.map(({ text }) => (text === null ? '' : (version ?? '')));
    },
    async close() {
      if (isClosed) return;
      isClosed = true;
      await firestore.terminate();
    },
  };
}

/** The client itself tries a read again for minutes. @throws StoreUnavailable */
async function withinTime<R>(work: Promise<R>, timeoutMs: number): Promise<R> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    const error = new StoreUnavailable('Firestore did not answer in time. Try again.');
    timer = setTimeout(reject, timeoutMs, error);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

function addToBatch(
  batch: WriteBatch,
  ref: DocumentReference,
  { expect, text }: CheckedWrite,
  commitId: string,
): void {
  if (text === null) {
    if (expect === 'any') batch.delete(ref);
    else if (expect === 'absent') batch.delete(ref, { exists: false });
    else batch.delete(ref, { lastUpdateTime: toUpdateTime(expect.version) });
    return;
  }
  // Parsed anew: what SQLite keeps as text has lost -0 and prototypes too.
  const stored: StoredDocument = { value: JSON.parse(text), commitId };
  if (expect === 'any') batch.set(ref, stored);
  else if (expect === 'absent') batch.create(ref, stored);
  else batch.update(ref, { ...stored }, { lastUpdateTime: toUpdateTime(expect.version) });
}

function toDoc<T>(doc: DocumentSnapshot): Doc<T> {
  return { key: doc.id, version: versionOf(doc), value: doc.get('value') };
}

function versionOf({ updateTime }: DocumentSnapshot): string {
  if (!updateTime) throw new TypeError('a document that exists has an update time');
  return toVersion(updateTime);
}

function toVersion({ seconds, nanoseconds }: Timestamp): string {
  return `${seconds}.${nanoseconds}`;
}

/** @throws StoreConflict for what is no version of this store. */
function toUpdateTime(version: string): Timestamp {
  const [, seconds, nanoseconds] = /^(\d{1,11})\.(\d{1,9})$/.exec(version) ?? [];
  if (!seconds || !nanoseconds) throw new StoreConflict('no document has this version');
  return new Timestamp(Number(seconds), Number(nanoseconds));
}
