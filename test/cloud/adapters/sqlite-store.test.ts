import { type ChildProcess, type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Readable } from 'node:stream';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { openSqliteStore } from '../../../cloud/adapters/sqlite-store.ts';
import { type Collection, StoreUnavailable, write } from '../../../cloud/ports/store.ts';
import { storeContract } from '../../contract/store.ts';

storeContract('the SQLite store', (onOperation) => openSqliteStore(':memory:', onOperation));

const notes: Collection<{ readonly n: number; readonly owner?: string }> = {
  name: 'notes',
  indexed: ['owner'],
};

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'bookfeed-sqlite-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the file of the SQLite store', () => {
  test('is made with its folder, for its user alone, and holds what was written', async () => {
    const path = join(folder, 'made', 'deep', 'store.sqlite');
    const store = openSqliteStore(path);
    const [version] = await store.commit([write(notes, 'a', { n: 1, owner: 'ann' }, 'absent')]);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(statSync(`${path}-wal`).mode & 0o777).toBe(0o600);
    expect(statSync(join(folder, 'made', 'deep')).mode & 0o777).toBe(0o700);
    await store.close();
    const again = openSqliteStore(path);
    expect(await again.get(notes, 'a')).toEqual({
      key: 'a',
      version,
      value: { n: 1, owner: 'ann' },
    });
    await again.close();
  });

  test('finds by an index, not by reading everything', async () => {
    const path = join(folder, 'indexed.sqlite');
    const store = openSqliteStore(path);
    await store.find(notes, { field: 'owner', op: '<=', value: 'z', limit: 5 });
    await store.close();
    const database = new DatabaseSync(path);
    const plan = database
      .prepare(
        `EXPLAIN QUERY PLAN SELECT * FROM docs_notes WHERE json_extract(value, '$.owner') <= 'z'
         ORDER BY json_extract(value, '$.owner'), key LIMIT 5`,
      )
      .all()
      .map((row) => row['detail']);
    database.close();
    expect(plan).toEqual(['SEARCH docs_notes USING INDEX docs_notes_owner (<expr><?)']);
  });

  test('is for one Bookfeed at a time, across processes too', async () => {
    const path = join(folder, 'used.sqlite');
    const store = openSqliteStore(path);
    expect(failureOf(() => openSqliteStore(path))).toContain(`${path} is in use by another`);
    await store.close();
    const other = writer(path);
    await once(other.stdout, 'data');
    expect(failureOf(() => openSqliteStore(path))).toContain(`${path} is in use by another`);
    await kill(other);
    await openSqliteStore(path).close();
  });

  test.each<[string, (path: string) => void | Promise<void>, string]>([
    ['some other file', (path) => writeFileSync(path, 'Dear diary, '.repeat(99)), 'is no store of'],
    ['another program’s database', makeForeign, 'is no store of Bookfeed. Move it away'],
    [
      'an older Bookfeed’s',
      makeOf(1),
      'was written by an older Bookfeed, which kept entries otherwise.',
    ],
    ['a newer Bookfeed’s', makeOf(99), 'was written by a newer Bookfeed. Update this one.'],
    ['cut off', cutOff, 'is damaged. Put a copy of it back'],
    ['overwritten in its middle', overwrite, 'is damaged. Put a copy of it back'],
  ])(
    'that is %s is named in one line with what to do, and left as it is',
    async (_, make, line) => {
      const path = join(mkdtempSync(join(folder, 'fault-')), 'store.sqlite');
      await make(path);
      const before = readFileSync(path);
      expect(failureOf(() => openSqliteStore(path))).toContain(`${path} ${line}`);
      expect(readFileSync(path).equals(before)).toBe(true);
    },
  );

  test('that cannot be made or opened is named with the reason', () => {
    const place = mkdtempSync(join(folder, 'place-'));
    writeFileSync(join(place, 'file'), '');
    mkdirSync(join(place, 'locked'), { mode: 0o500 });
    const why = (path: string) => {
      const line = failureOf(() => openSqliteStore(path));
      expect(line).toMatch(/^\/.* cannot be opened for writing \(\w+\)\. Check the permissions/);
      return line;
    };
    expect(why(join(place, 'file', 'store.sqlite'))).toContain('EEXIST');
    expect(why(place)).toContain('EISDIR');
    asOrdinaryUser(() => {
      expect(why(join(place, 'locked', 'store.sqlite'))).toContain('EACCES');
      expect(why(join(place, 'locked', 'deeper', 'store.sqlite'))).toContain('EACCES');
    });
  });

  test('is made by the next start when the first was killed before it wrote', async () => {
    const path = join(folder, 'empty.sqlite');
    writeFileSync(path, '');
    const store = openSqliteStore(path);
    await store.commit([write(notes, 'a', { n: 1 }, 'absent')]);
    await store.close();
  });
});

test('a Bookfeed killed in the middle of its commits loses none it answered and halves none', async () => {
  const path = join(folder, 'killed.sqlite');
  let kept = -1;
  for (const afterMs of [40, 90, 25, 140, 60]) {
    const answered = await commitUntilKilled(path, afterMs);
    expect(answered).toBeGreaterThan(kept);
    const store = openSqliteStore(path);
    const [first, second] = await store.getMany(notes, ['first', 'second']);
    expect(second?.value).toEqual(first?.value);
    kept = first?.value.n ?? -1;
    // The one that was under way when the signal came may stand there or not.
    expect([answered, answered + 1]).toContain(kept);
    for (let n = 0; n <= kept; n++) {
      expect((await store.get(notes, `entry-${n}`))?.value).toEqual({ n });
    }
    expect(await store.get(notes, `entry-${kept + 1}`)).toBeNull();
    await store.close();
  }
});

/** @returns the number of the last commit that was answered before SIGKILL. */
async function commitUntilKilled(path: string, afterMs: number): Promise<number> {
  const child = writer(path);
  let told = '';
  child.stdout.setEncoding('utf8').on('data', (text) => {
    told += text;
  });
  await once(child.stdout, 'data');
  await setTimeout(afterMs);
  const ended = once(child.stdout, 'end');
  await kill(child);
  await ended;
  return Number(told.split('\n').at(-2));
}

/** Commits without end to the file, and prints the number of each commit that was answered. */
function writer(path: string): ChildProcessByStdio<null, Readable, null> {
  const script = join(import.meta.dirname, 'sqlite-writer.ts');
  return spawn(process.execPath, ['--disable-warning=ExperimentalWarning', script, path], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

async function kill(child: ChildProcess): Promise<void> {
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
}

/** The message of the StoreUnavailable that `work` throws. */
function failureOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    expect(error).toBeInstanceOf(StoreUnavailable);
    return (error as Error).message;
  }
  throw new Error('nothing was thrown');
}

/** Root may do everything: it steps down for the time of `work`. */
function asOrdinaryUser(work: () => void): void {
  if (process.geteuid?.() !== 0) {
    work();
    return;
  }
  process.seteuid?.(65_534);
  try {
    work();
  } finally {
    process.seteuid?.(0);
  }
}

function makeForeign(path: string): void {
  const database = new DatabaseSync(path);
  database.exec('CREATE TABLE songs (title TEXT); INSERT INTO songs VALUES (1)');
  database.close();
}

async function makeStore(path: string): Promise<void> {
  const store = openSqliteStore(path);
  const owner = 'x'.repeat(1_000);
  const writes = Array.from({ length: 100 }, (_, n) => write(notes, `n${n}`, { n, owner }, 'any'));
  await store.commit(writes);
  await store.close();
}

function makeOf(version: number): (path: string) => Promise<void> {
  return async (path) => {
    await makeStore(path);
    const database = new DatabaseSync(path);
    database.exec(`PRAGMA user_version = ${version}`);
    database.close();
  };
}

async function cutOff(path: string): Promise<void> {
  await makeStore(path);
  truncateSync(path, 40_960);
}

async function overwrite(path: string): Promise<void> {
  await makeStore(path);
  const bytes = readFileSync(path);
  writeFileSync(path, bytes.fill(0x5a, 40_000, 60_000));
}
