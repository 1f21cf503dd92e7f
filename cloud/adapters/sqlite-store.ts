import type { DatabaseSync, SQLOutputValue, StatementSync } from 'node:sqlite';
import { setImmediate } from 'node:timers/promises';
import {
  type Collection,
  type Doc,
  type Expect,
  type OnOperation,
  type Query,
  type Store,
  StoreConflict,
} from '../ports/store.ts';
import {
  type AnyCollection,
  type AnyQuery,
  type CheckedWrite,
  checkCommit,
  checkKeys,
  checkQuery,
} from '../ports/store-limits.ts';
import { openSqliteFile, orUnavailable } from './sqlite-file.ts';

/**
 * A store in one file of this machine, of which this process is then the only user; ':memory:' for one that is gone
 * with the process. A version is the number of the commit.
 * @throws StoreUnavailable naming the file and what to do.
 */
export function openSqliteStore(path: string, onOperation: OnOperation = () => {}): Store {
  const database = openSqliteFile(path);
  const tableOf = createTables(database);
  const nextVersion = orUnavailable(path, () => prepareNextVersion(database));

  // Async functions, so that what is refused rejects the promise and never throws at the call.
  return {
    async get(collection, key) {
      checkKeys(collection, [key]);
      onOperation('read', 1);
      return orUnavailable(path, () => readOne(tableOf(collection), key));
    },
    async getMany<T>(collection: Collection<T>, keys: readonly string[]) {
      checkKeys(collection, keys);
      if (keys.length === 0) return [];
      onOperation('read', keys.length);
      return orUnavailable(path, () => {
        const table = tableOf(collection);
        return keys.map((key) => readOne<T>(table, key)).filter((doc) => doc !== null);
      });
    },
    async find<T>(collection: Collection<T>, query: Query<T>) {
      checkQuery(collection, query);
      const found = orUnavailable(path, () =>
        tableOf(collection)
          .find(query)
          .all(query.value, query.limit)
          .map(toDoc<T>),
      );
      onOperation('read', Math.max(1, found.length));
      return found;
    },
    async commit(writes) {
      const checked = checkCommit(writes);
      if (checked.length === 0) return [];
      onOperation('write', checked.length);
      const versions = orUnavailable(path, () => {
        const tables = checked.map(({ collection }) => tableOf(collection));
        return inTransaction(database, () => {
          const version = nextVersion();
          return checked.map((write, index) => apply(tables[index], write, version));
        });
      });
      // The file answers at once: without a pause a long work of many commits would let nobody else be answered.
      await setImmediate();
      return versions;
    },
    async close() {
      if (database.isOpen) orUnavailable(path, () => database.close());
    },
  };
}

interface Table {
  readonly get: StatementSync;
  readonly version: StatementSync;
  readonly put: StatementSync;
  readonly remove: StatementSync;
  find(query: AnyQuery): StatementSync;
}

/** A table for each collection, made and indexed when it is first used. */
function createTables(database: DatabaseSync): (collection: AnyCollection) => Table {
  const tables = new Map<string, Table>();
  return ({ name, indexed }) => {
    const known = tables.get(name);
    if (known) return known;
    // Names and fields are checked identifiers; the prefix keeps them apart from tables of our own.
    const table = `docs_${name}`;
    const column = (field: string) => `json_extract(value, '$.${field}')`;
    inTransaction(database, () => {
      database.exec(`CREATE TABLE IF NOT EXISTS ${table}
        (key TEXT PRIMARY KEY NOT NULL, version INTEGER NOT NULL, value TEXT NOT NULL)`);
      for (const field of indexed) {
        database.exec(`CREATE INDEX IF NOT EXISTS ${table}_${field}
          ON ${table} (${column(field)}, key)`);
      }
    });
    const finders = new Map<string, StatementSync>();
    const made: Table = {
      get: database.prepare(`SELECT key, version, value FROM ${table} WHERE key = ?`),
      version: database.prepare(`SELECT version FROM ${table} WHERE key = ?`),
      put: database.prepare(`INSERT INTO ${table} (key, version, value) VALUES (?, ?, ?)
        ON CONFLICT (key) DO UPDATE SET version = excluded.version, value = excluded.value`),
      remove: database.prepare(`DELETE FROM ${table} WHERE key = ?`),
      find({ field, op }) {
        const sql = `SELECT key, version, value FROM ${table}
          WHERE ${column(field)} ${op === '==' ? '=' : '<='} ? ORDER BY ${column(field)}, key LIMIT ?`;
        const finder = finders.get(sql) ?? database.prepare(sql);
        finders.set(sql, finder);
        return finder;
      },
    };
    tables.set(name, made);
    return made;
  };
}

function readOne<T>(table: Table, key: string): Doc<T> | null {
  const row = table.get.get(key);
  return row === undefined ? null : toDoc<T>(row);
}

function toDoc<T>(row: Record<string, SQLOutputValue>): Doc<T> {
  return {
    key: String(row['key']),
    version: String(row['version']),
    value: JSON.parse(String(row['value'])) as T,
  };
}

function prepareNextVersion(database: DatabaseSync): () => number {
  const next = database.prepare('UPDATE commits SET latest = latest + 1 RETURNING latest');
  return () => Number(next.get()?.['latest']);
}

/** @returns the version that the document has now. */
function apply(table: Table | undefined, write: CheckedWrite, version: number): string {
  if (!table) throw new TypeError('a write without its table');
  const { key, expect, text } = write;
  if (expect !== 'any' && !isAsExpected(expect, table.version.get(key)?.['version'])) {
    throw new StoreConflict(`${write.collection.name}: a document is not as expected`);
  }
  if (text === null) {
    table.remove.run(key);
    return '';
  }
  table.put.run(key, version, text);
  return String(version);
}

/** `version`: of the document that stands there; undefined where none does. */
function isAsExpected(
  expect: Exclude<Expect, 'any'>,
  version: SQLOutputValue | undefined,
): boolean {
  if (expect === 'absent') return version === undefined;
  return version !== undefined && String(version) === expect.version;
}

function inTransaction<R>(database: DatabaseSync, work: () => R): R {
  database.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    database.exec('COMMIT');
    return result;
  } catch (error) {
    // A full disk has rolled back by itself already.
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  }
}
