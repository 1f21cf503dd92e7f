import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { openSqliteStore } from '../../../../cloud/adapters/sqlite-store.ts';
import { randomIds } from '../../../../cloud/adapters/system-clock.ts';
import { createKeptSpreadsheets } from '../../../../cloud/local/sheets/kept-spreadsheets.ts';
import { createSheetsServer } from '../../../../cloud/local/sheets/sheets-server.ts';
import type { Store } from '../../../../cloud/ports/store.ts';
import { StoreUnavailable } from '../../../../cloud/ports/store.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'bookfeed-sheets-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const token = 'token';
const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };

type Fetch = (request: Request) => Response | Promise<Response>;

async function call(fetchApp: Fetch, http: string, path: string, body?: unknown) {
  const init = { method: http, headers, ...(body !== undefined && { body: JSON.stringify(body) }) };
  const response = await fetchApp(new Request(`http://sheets/v4/spreadsheets${path}`, init));
  return { status: response.status, body: (await response.json()) as never };
}

const rowsOf = (texts: readonly string[]) =>
  texts.map((stringValue) => ({ values: [{ userEnteredValue: { stringValue } }] }));

const appendCells = (texts: readonly string[]) => ({
  requests: [{ appendCells: { sheetId: 0, rows: rowsOf(texts), fields: 'userEnteredValue' } }],
});

async function readColumn(fetchApp: Fetch, id: string): Promise<string[]> {
  const { body } = await call(fetchApp, 'GET', `/${id}/values/A:A`);
  return ((body as { values?: string[][] }).values ?? []).flat();
}

function serve(store: Store): Fetch {
  return createSheetsServer({ store, ids: randomIds, token }).app.fetch;
}

async function create(fetchApp: Fetch): Promise<string> {
  const { body } = await call(fetchApp, 'POST', '', {});
  return (body as { spreadsheetId: string }).spreadsheetId;
}

describe('spreadsheets are kept', () => {
  test('with everything in them, over a restart', async () => {
    const path = join(folder, 'restart.sqlite');
    const store = openSqliteStore(path);
    const app = serve(store);
    const id = await create(app);
    const cell = {
      userEnteredValue: { formulaValue: '=A1' },
      userEnteredFormat: { textFormat: { bold: true } },
      dataValidation: { condition: { type: 'BOOLEAN' } },
      note: 'n\ud800',
    };
    const range = { sheetId: 0, dimension: 'COLUMNS', startIndex: 3, endIndex: 4 };
    const rule = { ranges: [{ sheetId: 0 }], booleanRule: { condition: { type: 'BLANK' } } };
    const location = { dimensionRange: range };
    await call(app, 'POST', `/${id}:batchUpdate`, {
      requests: [
        {
          updateCells: {
            start: { sheetId: 0, rowIndex: 5, columnIndex: 2 },
            rows: [{ values: [cell, {}, { userEnteredValue: { boolValue: false } }] }],
            fields: '*',
          },
        },
        {
          updateDimensionProperties: {
            range: { ...range, dimension: 'ROWS' },
            properties: { hiddenByUser: true },
            fields: '*',
          },
        },
        {
          updateDimensionProperties: { range, properties: { pixelSize: 9 }, fields: 'pixelSize' },
        },
        { addConditionalFormatRule: { rule } },
        {
          createDeveloperMetadata: {
            developerMetadata: { metadataKey: 'k', location, visibility: 'DOCUMENT' },
          },
        },
      ],
    });
    const before = await call(app, 'GET', `/${id}?includeGridData=true`);
    await store.close();
    const again = openSqliteStore(path);
    expect(before.status).toBe(200);
    expect(await call(serve(again), 'GET', `/${id}?includeGridData=true`)).toEqual(before);
    await again.close();
  });

  test('through kill -9: what was answered is there, and no batch is there in part', async () => {
    const path = join(folder, 'killed.sqlite');
    const script = fileURLToPath(new URL('./serve-sheets.ts', import.meta.url));
    const child = spawn(process.execPath, [script, path, token], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [line] = (await once(child.stdout, 'data')) as [Buffer];
    const url = line.toString().trim();
    const remote: Fetch = async (request) => {
      const { pathname, search } = new URL(request.url);
      const { method } = request;
      const body = method === 'GET' ? null : await request.text();
      return fetch(`${url}${pathname}${search}`, { method, headers, body });
    };
    const id = await create(remote);
    const answered: string[] = [];
    const batch = (n: number) => [1, 2, 3].map((i) => `${n}.${i}`);
    const sending = Array.from({ length: 60 }, async (_, n) => {
      const { status } = await call(remote, 'POST', `/${id}:batchUpdate`, appendCells(batch(n)));
      if (status === 200) answered.push(...batch(n));
      if (answered.length >= 60) child.kill('SIGKILL');
    });
    const results = await Promise.allSettled(sending);
    expect(results.some((result) => result.status === 'rejected')).toBe(true);
    const store = openSqliteStore(path);
    const kept = await readColumn(serve(store), id);
    expect(kept).toEqual(expect.arrayContaining(answered));
    const whole = kept
      .filter((name) => name.endsWith('.1'))
      .flatMap((name) => batch(Number.parseInt(name, 10)));
    expect(kept).toEqual(whole);
    await store.close();
  });

  test('in pieces: a change of one cell among 20,000 rows writes one piece and the head', async () => {
    let writes = 0;
    const store = openSqliteStore(':memory:', (kind, count) => {
      if (kind === 'write') writes += count;
    });
    const app = serve(store);
    const id = await create(app);
    const texts = Array.from({ length: 20_000 }, (_, i) => `row ${i}`);
    await call(app, 'POST', `/${id}:batchUpdate`, appendCells(texts));
    writes = 0;
    const { status } = await call(app, 'PUT', `/${id}/values/A777?valueInputOption=RAW`, {
      values: [['other']],
    });
    expect(status).toBe(200);
    expect(writes).toBe(3);
    const kept = await readColumn(app, id);
    expect(kept).toEqual(texts.with(776, 'other'));
    await store.close();
  });

  test('also where one change is larger than one commit, and where rows are very long', async () => {
    const store = openSqliteStore(':memory:');
    const id = await create(serve(store));
    const texts = Array.from({ length: 250 }, (_, i) => `${i} ${'ä"'.repeat(24_000)}`);
    const { status } = await call(serve(store), 'POST', `/${id}:batchUpdate`, appendCells(texts));
    expect(status).toBe(200);
    expect(await readColumn(serve(store), id)).toEqual(texts);
    await store.close();
  });

  test('a row that is too long for a piece is refused, and nothing is changed', async () => {
    const store = openSqliteStore(':memory:');
    const app = serve(store);
    const id = await create(app);
    const userEnteredValue = { stringValue: '長'.repeat(50_000) };
    const answer = await call(app, 'POST', `/${id}:batchUpdate`, {
      requests: [
        {
          repeatCell: {
            range: { sheetId: 0, endRowIndex: 1 },
            cell: { userEnteredValue },
            fields: 'userEnteredValue',
          },
        },
      ],
    });
    expect(answer.status).toBe(400);
    expect(await readColumn(app, id)).toEqual([]);
    await store.close();
  });

  test('a store that fails changes nothing: the answer is 503, and the next request finds the old rows', async () => {
    const store = openSqliteStore(':memory:');
    let isFailing = false;
    const failing: Store = {
      ...store,
      commit: async (writes) => {
        if (isFailing) throw new StoreUnavailable('the disk is full');
        return store.commit(writes);
      },
    };
    const app = serve(failing);
    const id = await create(app);
    await call(app, 'POST', `/${id}:batchUpdate`, appendCells(['a']));
    isFailing = true;
    const answer = await call(app, 'POST', `/${id}:batchUpdate`, appendCells(['b']));
    expect(answer).toMatchObject({ status: 503, body: { error: { status: 'UNAVAILABLE' } } });
    isFailing = false;
    expect(await readColumn(app, id)).toEqual(['a']);
    await store.close();
  });

  test('a removed spreadsheet leaves no document behind', async () => {
    const store = openSqliteStore(':memory:');
    const stored = new Set<string>();
    const watched: Store = {
      ...store,
      commit: async (writes) => {
        for (const { collection, key, value } of writes) {
          const place = `${collection.name}/${key}`;
          if (value === null) stored.delete(place);
          else stored.add(place);
        }
        return store.commit(writes);
      },
    };
    const app = serve(watched);
    const id = await create(app);
    for (let i = 0; i < 5; i += 1) {
      const texts = Array.from({ length: 300 }, (_, n) => `${i} ${n}`);
      await call(app, 'POST', `/${id}:batchUpdate`, appendCells(texts));
    }
    expect(stored.size).toBeLessThan(14);
    await createKeptSpreadsheets(watched).remove(id);
    expect([...stored]).toEqual([]);
    await store.close();
  });
});
