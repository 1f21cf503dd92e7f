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

/**
 * Documents by collection and key, with optimistic versions. Keys are of [A-Za-z0-9._~-], 1 to 400 characters; a
 * document is at most 1 MiB. Reads see every commit that was answered before they began.
 */
export interface Store {
  get<T>(collection: Collection<T>, key: string): Promise<Doc<T> | null>;
  /** In the order of the keys, without those that are absent; at most 500. */
  getMany<T>(collection: Collection<T>, keys: readonly string[]): Promise<readonly Doc<T>[]>;
  find<T>(collection: Collection<T>, query: Query<T>): Promise<readonly Doc<T>[]>;
  /** All or nothing; at most 500 writes, one per document. @throws StoreConflict, StoreUnavailable */
  commit(writes: readonly Write[]): Promise<void>;
  close(): Promise<void>;
}

/** A Write whose value fits its collection. */
export function write<T>(
  collection: Collection<T>,
  key: string,
  value: T | null,
  expect: Expect,
): Write {
  return { collection, key, value, expect } as Write;
}
