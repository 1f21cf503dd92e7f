/** A kind of document: its name, and the top-level fields by which it is found. */
export interface Collection<T> {
  readonly name: string;
  /** Fields that find() may filter or order by; each a string, or absent to be left out of the answer. */
  readonly indexed: readonly (keyof T & string)[];
  /** Never read: it ties T to the name. */
  readonly type?: T;
}

/** A stored document with the version that a later write may expect. */
export interface Doc<T> {
  readonly key: string;
  readonly version: string;
  readonly value: T;
}

/** Documents whose `field` is a string that compares so with `value`, ordered by `field`, then by key. */
export interface Query<T> {
  readonly field: keyof T & string;
  readonly op: '==' | '<=';
  readonly value: string;
  readonly limit: number;
}

/** What must be true of the document for the whole commit to happen. */
export type Expect = 'absent' | 'any' | { readonly version: string };

export interface Write<T = unknown> {
  readonly collection: Collection<T>;
  readonly key: string;
  /** The whole new document, plain JSON without undefined; null deletes it. */
  readonly value: T | null;
  readonly expect: Expect;
}

/** Thrown by commit when a document is not as expected: nothing was written; read again and decide anew. */
export class StoreConflict extends Error {
  override readonly name = 'StoreConflict';
}

/** Thrown when the store cannot be opened, read or written; the message says what to do and holds no document. */
export class StoreUnavailable extends Error {
  override readonly name = 'StoreUnavailable';
}

/** Thrown when a caller asks for what no store takes (store-limits.ts): a defect of the caller, nothing was written. */
export class StoreRefusal extends Error {
  override readonly name = 'StoreRefusal';
}

/**
 * Documents by collection and key, with optimistic versions. Keys are of [A-Za-z0-9._~-], 1 to 400 characters, and
 * none of '.', '..', '__…__'. A document is a plain object of JSON without undefined, without a list directly in a
 * list, at most 16 levels deep, of well-formed text, and at most 1,000,000 bytes. Reads see every commit that was
 * answered before they began. Every write gives a new version, also one that changes nothing. Every method throws
 * StoreRefusal and StoreUnavailable.
 */
export interface Store {
  get<T>(collection: Collection<T>, key: string): Promise<Doc<T> | null>;
  /** In the order of the keys, without those that are absent; at most 500. */
  getMany<T>(collection: Collection<T>, keys: readonly string[]): Promise<readonly Doc<T>[]>;
  /** Strings compare by their UTF-8 bytes; `limit` is at most 500. */
  find<T>(collection: Collection<T>, query: Query<T>): Promise<readonly Doc<T>[]>;
  /**
   * All or nothing; at most 500 writes, one per document, and 8,000,000 bytes.
   * @returns the new version of each document in the order of the writes, '' for one that is deleted.
   * @throws StoreConflict
   */
  commit(writes: readonly Write[]): Promise<readonly string[]>;
  close(): Promise<void>;
}

/** Told of each operation, to count them; `documents` is the number that Firestore would bill. */
export type OnOperation = (kind: 'read' | 'write', documents: number) => void;

/** A Write whose value fits its collection. */
export function write<T>(
  collection: Collection<T>,
  key: string,
  value: T | null,
  expect: Expect,
): Write {
  return { collection, key, value, expect } as Write;
}
