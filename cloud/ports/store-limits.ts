import { type Expect, StoreRefusal, type Write } from './store.ts';

/**
 * What every store refuses alike, so that what runs on one machine runs in the cloud. The numbers are Firestore's
 * (https://firebase.google.com/docs/firestore/quotas) with room left for what it adds: 1 MiB a document, 10 MiB a
 * request, 20 levels, under 1,500 bytes of an indexed string.
 */
export const storeLimits = {
  keyLength: 400,
  documentBytes: 1_000_000,
  commitBytes: 8_000_000,
  commitWrites: 500,
  readDocuments: 500,
  indexedBytes: 1_400,
  levels: 16,
} as const;

/** A Collection or a Query, whatever its documents are. */
export type AnyCollection = { readonly name: string; readonly indexed: readonly string[] };
export type AnyQuery = {
  readonly field: string;
  readonly op: string;
  readonly value: string;
  readonly limit: number;
};

/** A write that keeps every limit; `text` is its value as JSON, null to delete the document. */
export interface CheckedWrite {
  readonly collection: AnyCollection;
  readonly key: string;
  readonly expect: Expect;
  readonly text: string | null;
}

/** The writes as they may be stored. @throws StoreRefusal */
export function checkCommit(writes: readonly Write[]): readonly CheckedWrite[] {
  if (writes.length > storeLimits.commitWrites) {
    throw new StoreRefusal(`${writes.length} writes; a commit takes ${storeLimits.commitWrites}`);
  }
  const places = new Set<string>();
  let bytes = 0;
  return writes.map(({ collection, key, expect, value }) => {
    checkCollection(collection);
    checkKey(key);
    const place = `${collection.name}/${key}`;
    if (places.has(place)) throw new StoreRefusal(`${place}: written twice in one commit`);
    places.add(place);
    if (value === null) return { collection, key, expect, text: null };
    bytes += checkValue(place, collection, value);
    if (bytes > storeLimits.commitBytes) {
      throw new StoreRefusal(`a commit takes ${storeLimits.commitBytes} bytes of documents`);
    }
    return { collection, key, expect, text: JSON.stringify(value) };
  });
}

/** @throws StoreRefusal */
export function checkKeys(collection: AnyCollection, keys: readonly string[]): void {
  checkCollection(collection);
  if (keys.length > storeLimits.readDocuments) {
    throw new StoreRefusal(`${keys.length} keys; a read takes ${storeLimits.readDocuments}`);
  }
  for (const key of keys) checkKey(key);
}

/** @throws StoreRefusal */
export function checkQuery(collection: AnyCollection, { field, value, limit }: AnyQuery): void {
  checkCollection(collection);
  if (!collection.indexed.includes(field)) {
    throw new StoreRefusal(`${collection.name} is not found by ${field}`);
  }
  if (!value.isWellFormed() || Buffer.byteLength(value) > storeLimits.indexedBytes) {
    throw new StoreRefusal(
      `${collection.name} is found by ${storeLimits.indexedBytes} bytes at most`,
    );
  }
  if (!Number.isInteger(limit) || limit < 1 || limit > storeLimits.readDocuments) {
    throw new StoreRefusal(`limit ${limit}; a find takes 1 to ${storeLimits.readDocuments}`);
  }
}

const collectionName = /^[a-z][A-Za-z0-9]{0,99}$/;
const fieldName = /^[a-z][A-Za-z0-9]{0,99}$/;

function checkCollection({ name, indexed }: AnyCollection): void {
  if (!collectionName.test(name)) throw new StoreRefusal(`no name of a collection: ${name}`);
  const odd = indexed.find((field) => !fieldName.test(field));
  if (odd !== undefined) throw new StoreRefusal(`${name}: cannot be found by ${odd}`);
}

function checkKey(key: string): void {
  const fits = /^[A-Za-z0-9._~-]+$/.test(key) && key.length <= storeLimits.keyLength;
  // Firestore keeps these names for itself.
  const isReserved = /^(\.|\.\.|__.*__)$/.test(key);
  if (!fits || isReserved) throw new StoreRefusal(`no key of a document: ${key}`);
}

/** Bytes of the document as Firestore counts them. */
function checkValue(place: string, { indexed }: AnyCollection, value: unknown): number {
  if (!isPlainObject(value)) throw new StoreRefusal(`${place}: a document is an object`);
  for (const field of indexed) {
    const found = value[field];
    if (found === undefined && !(field in value)) continue;
    if (typeof found !== 'string' || Buffer.byteLength(found) > storeLimits.indexedBytes) {
      const limit = `a string of at most ${storeLimits.indexedBytes} bytes`;
      throw new StoreRefusal(`${place}: ${field} is indexed and takes ${limit}`);
    }
  }
  const bytes = measure(value, place, 1);
  if (bytes > storeLimits.documentBytes) {
    const limit = `a document takes ${storeLimits.documentBytes} bytes`;
    throw new StoreRefusal(`${place}: ${bytes} bytes; ${limit}`);
  }
  return bytes;
}

function measure(value: unknown, place: string, level: number): number {
  const refuse = (reason: string) => new StoreRefusal(`${place}: ${reason}`);
  if (level > storeLimits.levels) throw refuse(`nested deeper than ${storeLimits.levels} levels`);
  if (value === null || typeof value === 'boolean') return 1;
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw refuse(`holds ${value}`);
    return 8;
  }
  if (typeof value === 'string') return measureText(value, refuse);
  if (Array.isArray(value)) {
    let bytes = 0;
    // By index: what a sparse array lacks is undefined, and refused as such.
    for (let index = 0; index < value.length; index++) {
      if (Array.isArray(value[index])) throw refuse('holds a list directly in a list');
      bytes += measure(value[index], place, level + 1);
    }
    return bytes;
  }
  if (!isPlainObject(value)) throw refuse(`holds what is no JSON: ${typeof value}`);
  let bytes = 32;
  for (const [name, held] of Object.entries(value)) {
    if (name === '' || /^__.*__$/s.test(name)) throw refuse('holds a field of a reserved name');
    bytes += measureText(name, refuse) + measure(held, place, level + 1);
  }
  return bytes;
}

function measureText(text: string, refuse: (reason: string) => StoreRefusal): number {
  // Half a surrogate pair has no UTF-8: it would not come back as it went.
  if (!text.isWellFormed()) throw refuse('holds text that is no Unicode');
  return Buffer.byteLength(text) + 1;
}

/** Also for objects of another realm, as a JSON reply parsed by the runtime itself. */
function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
