import { chmodSync, closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { StoreUnavailable } from '../ports/store.ts';

/** 'BkFd': tells our files from those of other programs. */
const applicationId = 0x426b4664;
/**
 * Of the documents in the tables; a file of a higher one is a newer Bookfeed's. Since 2 entries are kept by ledger: without
 * one, those of an older file would not be known again, and all come twice.
 */
const layoutVersion = 3;
/** A program that is being stopped has given its file up by then. */
const lockWaitMs = 1_000;

/**
 * Opens the file for this process alone, making it (and its folder) where it is missing. What a statement wrote is on
 * the disk before it returns: neither kill -9 nor a power cut takes it back.
 * @throws StoreUnavailable naming the file and what to do; a file that is not ours stays as it is.
 */
export function openSqliteFile(path: string): DatabaseSync {
  return orUnavailable(path, () => {
    if (path !== ':memory:') makeFile(path);
    const database = new DatabaseSync(path, { timeout: lockWaitMs });
    try {
      // Exclusive from the first read on: a second program on the same file is told so.
      database.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE');
      claim(path, database);
      database.exec('COMMIT; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL');
      return database;
    } catch (error) {
      database.close();
      throw error;
    }
  });
}

/** Runs `work`, and turns what SQLite or the file system refuses into one line for the user. @throws StoreUnavailable */
export function orUnavailable<R>(path: string, work: () => R): R {
  try {
    return work();
  } catch (error) {
    const sentence = sentenceOf(path, error);
    if (sentence === undefined) throw error;
    throw new StoreUnavailable(sentence, { cause: error });
  }
}

function makeFile(path: string): void {
  const folder = dirname(path);
  if (mkdirSync(folder, { recursive: true, mode: 0o700 }) !== undefined) chmodSync(folder, 0o700);
  // SQLite gives the files that it lays beside this one the same mode.
  closeSync(openSync(path, 'a', 0o600));
}

/** Checks that the file is ours, or makes an empty one so. */
function claim(path: string, database: DatabaseSync): void {
  const read = (sql: string) => Number(Object.values(database.prepare(sql).get() ?? {})[0]);
  const owner = read('PRAGMA application_id');
  const version = read('PRAGMA user_version');
  if (owner === 0 && version === 0 && read('SELECT count(*) FROM sqlite_schema') === 0) {
    database.exec(`PRAGMA application_id = ${applicationId}; PRAGMA user_version = ${layoutVersion};
      CREATE TABLE commits (id INTEGER PRIMARY KEY CHECK (id = 1), latest INTEGER NOT NULL);
      INSERT INTO commits VALUES (1, 0)`);
    return;
  }
  if (owner !== applicationId) throw new StoreUnavailable(foreign(path));
  if (version > layoutVersion) {
    throw new StoreUnavailable(`${path} was written by a newer Bookfeed. Update this one.`);
  }
  if (version < layoutVersion) throw new StoreUnavailable(older(path));
  const faults = database.prepare('PRAGMA quick_check(1)').all();
  if (Object.values(faults[0] ?? {})[0] !== 'ok') throw new StoreUnavailable(damaged(path));
}

const foreign = (path: string) =>
  `${path} is no store of Bookfeed. Move it away, or start Bookfeed in another folder.`;
const older = (path: string) =>
  `${path} was written by an older Bookfeed, which kept entries otherwise. Move its folder away to begin anew.`;
const damaged = (path: string) =>
  `${path} is damaged. Put a copy of it back, or move it away to begin with an empty store.`;

function sentenceOf(path: string, error: unknown): string | undefined {
  const { code, errcode } = error as { code?: string; errcode?: number };
  if (code === 'ERR_INVALID_STATE') return `${path} is closed.`;
  if (code === 'ERR_SQLITE_ERROR' && errcode !== undefined) {
    // The low byte is the result code, the rest its subtype: https://www.sqlite.org/rescode.html
    return sqliteSentences[errcode & 0xff]?.(path);
  }
  if (code !== undefined && fileErrors.has(code)) return notWritable(path, code);
  return undefined;
}

const notWritable = (path: string, reason: string) =>
  `${path} cannot be opened for writing (${reason}). Check the permissions of the file and its folder.`;

const fileErrors = new Set(['EACCES', 'EPERM', 'EROFS', 'ENOENT', 'ENOTDIR', 'EISDIR', 'EEXIST']);

const inUse = (path: string) =>
  `${path} is in use by another Bookfeed. Stop that one, or start this one in another folder.`;

const sqliteSentences: Readonly<Record<number, (path: string) => string>> = {
  3: (path) => notWritable(path, 'permission'),
  5: inUse,
  6: inUse,
  8: (path) => notWritable(path, 'read-only'),
  10: (path) => `${path} could not be read or written. Check the disk, then start again.`,
  11: damaged,
  13: (path) => `The disk is full: ${path} could not be written. Free some space.`,
  14: (path) => notWritable(path, 'cannot open'),
  26: foreign,
};
