import { randomUUID } from 'node:crypto';
import { request } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { buildPage } from '../../../../cloud/local/host/build.ts';
import type { ChangeResult } from '../../../../cloud/local/host/page-api.ts';
import {
  type BookFixture,
  builtForTests,
  openBookFixture,
  transactionsId,
} from './book-fixture.ts';

const addonDir = join(import.meta.dirname, '../../../fixtures/host-addon');

describe('the host', () => {
  let book: BookFixture;
  beforeAll(async () => {
    book = await openBookFixture({ addonDir, pageDir: builtForTests().pageDir });
  });
  afterAll(() => book.close());

  const own = () => ({ authorization: `Bearer ${book.sessionToken}`, origin: book.url });
  const setCell = (text: string) => ({
    updateCells: {
      start: { sheetId: transactionsId, rowIndex: 1, columnIndex: 1 },
      rows: [{ values: [{ userEnteredValue: { stringValue: text } }] }],
      fields: 'userEnteredValue',
    },
  });
  const insertRow = {
    insertDimension: {
      range: { sheetId: transactionsId, dimension: 'ROWS', startIndex: 5, endIndex: 6 },
    },
  };

  async function readStructure(): Promise<string> {
    const response = await fetch(`${book.url}/book/state`, { headers: own() });
    return ((await response.json()) as { structure: string }).structure;
  }
  function post(path: string, body: unknown, headers: Record<string, string> = own()) {
    return fetch(book.url + path, { method: 'POST', headers, body: JSON.stringify(body) });
  }
  async function change(
    requests: readonly unknown[],
    more: { structure: string; id?: string; isAgain?: boolean },
  ): Promise<ChangeResult> {
    const body = { id: randomUUID(), isAgain: false, ...more, requests };
    return (await (await post('/book/changes', body)).json()) as ChangeResult;
  }

  describe('who may call', () => {
    test.each([['/book/state'], ['/book/events'], ['/script/menu'], ['/mails/list']])(
      'GET %s without the token is refused',
      async (path) => {
        expect((await fetch(book.url + path)).status).toBe(401);
        const headers = { authorization: 'Bearer guessed', cookie: `session=${book.sessionToken}` };
        expect((await fetch(book.url + path, { headers })).status).toBe(401);
      },
    );

    test.each([['/book/changes'], ['/book/formula-values'], ['/script/call']])(
      'POST %s from another origin, or from none, is refused even with the token',
      async (path) => {
        const { authorization } = own();
        for (const origin of ['http://evil.example', 'null', 'http://127.0.0.1:1', undefined]) {
          const headers = origin === undefined ? { authorization } : { authorization, origin };
          expect((await post(path, {}, headers)).status).toBe(403);
        }
      },
    );

    test('what a browser sends for another site is refused', async () => {
      const headers = { ...own(), 'sec-fetch-site': 'same-site' };
      expect((await fetch(`${book.url}/book/state`, { headers })).status).toBe(403);
    });

    test('no answer lets another origin read it or frame the page', async () => {
      const page = await fetch(`${book.url}/`, { headers: { origin: 'http://evil.example' } });
      expect(page.status).toBe(200);
      expect(page.headers.get('access-control-allow-origin')).toBeNull();
      expect(page.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
      expect(await page.text()).not.toContain(book.sessionToken);
    });

    test('a name that points at this machine reaches nothing', async () => {
      const { port } = new URL(book.url);
      const status = await new Promise((resolve, reject) => {
        const headers = { host: `evil.example:${port}`, ...own() };
        request({ host: '127.0.0.1', port, path: '/book/state', headers }, (response) => {
          response.resume();
          resolve(response.statusCode);
        })
          .on('error', reject)
          .end();
      });
      expect(status).toBe(421);
    });

    test.each([
      ['/page/..%2Fcode.js'],
      ['/page/built-from'],
      ['/page/missing.js'],
      ['/sidebar/guess'],
    ])('GET %s is not found', async (path) => {
      expect((await fetch(book.url + path)).status).toBe(404);
    });

    test('the sidebar is a page of its own origin that may load nothing from elsewhere', async () => {
      const body = { from: 'menu', functionName: 'openSidebar', args: [] };
      const answer = (await (await post('/script/call', body)).json()) as {
        effects: { url: string }[];
      };
      const sidebar = await fetch(book.url + answer.effects[0]?.url);
      const policy = sidebar.headers.get('content-security-policy');
      expect(policy).toContain(`connect-src ${new URL(book.sheetsUrl).origin};`);
      expect(policy).toMatch(/^sandbox (?!.*allow-same-origin).*default-src 'none'/);
      expect(await sidebar.text()).toMatch(/<head><script>.*google.*<meta charset/s);
    });
  });

  test('the list of mails shows what a reader needs, to the own page alone, and is not kept', async () => {
    const shown = { at: '2026-03-01T08:00:00.000Z', to: 'a@b.example', subject: 'S', text: 'T' };
    book.mails.push({ ...shown, html: '<p>T</p>' } as typeof shown);
    const response = await fetch(`${book.url}/mails/list`, { headers: own() });
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(await response.json()).toEqual({ sentTo: null, mails: [shown] });
    const page = await fetch(`${book.url}/mails`);
    expect(page.status).toBe(200);
    expect(page.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
  });

  describe('changes of the page', () => {
    test('are written', async () => {
      const result = await change([setCell('new')], { structure: await readStructure() });
      expect(result.kind).toBe('saved');
      const row = (await book.read()).sheets?.[0]?.data?.[0]?.rowData?.[1];
      expect(row?.values?.[1]?.userEnteredValue).toEqual({ stringValue: 'new' });
    });

    test('sent again happen once', async () => {
      const more = { structure: await readStructure(), id: randomUUID() };
      const first = await change([insertRow], more);
      const rows = async () =>
        (await book.read()).sheets?.[0]?.properties?.gridProperties?.rowCount;
      const before = await rows();
      expect(await change([insertRow], { ...more, isAgain: true })).toEqual(first);
      expect(await rows()).toBe(before);
    });

    test('of rows that another window has moved are stale and change nothing', async () => {
      const structure = await readStructure();
      expect((await change([insertRow], { structure })).kind).toBe('saved');
      expect(await change([setCell('elsewhere')], { structure })).toEqual({ kind: 'stale' });
    });

    test('that the spreadsheet does not take are refused with its words', async () => {
      const wrong = { updateCells: { ...setCell('x').updateCells, fields: 'noSuchField' } };
      const result = await change([setCell('half'), wrong], { structure: await readStructure() });
      expect(result).toEqual({ kind: 'refused', message: expect.stringContaining('requests[1]') });
      const row = (await book.read()).sheets?.[0]?.data?.[0]?.rowData?.[1];
      expect(row?.values?.[1]?.userEnteredValue).not.toEqual({ stringValue: 'half' });
    });

    test('outlive a restart of the host, but a move that may have happened is not made twice', async () => {
      const structure = await readStructure();
      await book.stopHost();
      await book.startHost();
      expect(await change([insertRow], { structure, isAgain: true })).toEqual({ kind: 'unknown' });
      expect((await change([setCell('kept')], { structure, isAgain: true })).kind).toBe('saved');
    });

    test.each([['{'], ['[]'], ['{"requests":[]}']])('%s is no change', async (body) => {
      const response = await fetch(`${book.url}/book/changes`, {
        method: 'POST',
        headers: own(),
        body,
      });
      expect(response.status).toBe(400);
    });
  });

  test('a change by others is told to who listens', async () => {
    const response = await fetch(`${book.url}/book/events`, { headers: own() });
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    expect((await reader?.read())?.value).toBe('connected\n');
    await book.write(setCell('by others'));
    expect((await reader?.read())?.value).toBe('changed\n');
    await reader?.cancel();
  });

  test('a page that is built already is not built again', async () => {
    const started = performance.now();
    await buildPage(builtForTests().pageDir);
    expect(performance.now() - started).toBeLessThan(500);
  });
});
