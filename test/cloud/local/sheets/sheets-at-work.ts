import type { sheets_v4 } from '@googleapis/sheets/build/v4.js';
import { afterAll, afterEach, beforeAll, expect } from '@jest/globals';
import { openSqliteStore } from '../../../../cloud/adapters/sqlite-store.ts';
import { randomIds } from '../../../../cloud/adapters/system-clock.ts';
import { type Listening, listen } from '../../../../cloud/local/listen.ts';
import {
  createSheetsServer,
  type SheetsServer,
} from '../../../../cloud/local/sheets/sheets-server.ts';
import type { Store } from '../../../../cloud/ports/store.ts';
import { type Discovery, readDiscovery } from './discovery.ts';

/** A Sheets-compatible server on loopback, every exchange with which is checked against Google's description. */
export interface SheetsAtWork {
  readonly url: string;
  readonly token: string;
  readonly server: SheetsServer;
  readonly store: Store;
  /** Sends JSON with the token; `path` follows /v4/spreadsheets. */
  call(http: 'GET' | 'POST' | 'PUT', path: string, body?: unknown): Promise<Answer>;
  /** Makes a spreadsheet and returns its id; with one tab, Sheet1 with id 0, unless others are named. */
  create(spreadsheet?: sheets_v4.Schema$Spreadsheet): Promise<string>;
  /** Carries out a batchUpdate that must succeed; returns the replies. */
  batchUpdate(
    id: string,
    ...requests: sheets_v4.Schema$Request[]
  ): Promise<sheets_v4.Schema$Response[]>;
  /** The values of a range that must be readable, as they would be typed. */
  values(id: string, range: string, option?: string): Promise<unknown[][]>;
  /** What did not fit Google's description; a test that expects some takes them out. */
  readonly problems: string[];
  /** Errors that the server calls its own defects. */
  readonly defects: unknown[];
}

export interface Answer {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: what each method answers is checked by the description and the test.
  readonly body: any;
}

/** Starts one server for the tests of a file; a test fails whose exchanges do not fit Google's description. */
export function withSheets(): () => SheetsAtWork {
  let works: SheetsAtWork & { close(): Promise<void> };
  beforeAll(async () => {
    works = await startSheets(readDiscovery());
  });
  afterEach(() => {
    expect(works.problems.splice(0)).toEqual([]);
    expect(works.defects.splice(0)).toEqual([]);
  });
  afterAll(() => works.close());
  return () => works;
}

export async function startSheets(
  discovery: Discovery | null,
): Promise<SheetsAtWork & { close(): Promise<void> }> {
  const store = openSqliteStore(':memory:');
  const token = randomIds.next('');
  const problems: string[] = [];
  const defects: unknown[] = [];
  const onDefect = (error: unknown) => defects.push(error);
  const server = createSheetsServer({ store, ids: randomIds, token, onDefect });
  const listening: Listening = await listen(checked(server, discovery, problems), 0);
  const { url } = listening;

  const call: SheetsAtWork['call'] = async (http, path, body) => {
    const response = await fetch(`${url}/v4/spreadsheets${path}`, {
      method: http,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    return { status: response.status, body: await response.json() };
  };
  const success = async (answer: Promise<Answer>) => {
    const { status, body } = await answer;
    if (status !== 200) throw new Error(`${status}: ${body.error.message}`);
    return body;
  };

  return {
    url,
    token,
    server,
    store,
    problems,
    defects,
    call,
    create: async (spreadsheet = { properties: { title: 'Book' } }) =>
      (await success(call('POST', '', spreadsheet))).spreadsheetId,
    batchUpdate: async (id, ...requests) =>
      (await success(call('POST', `/${id}:batchUpdate`, { requests }))).replies,
    values: async (id, range, option = 'UNFORMATTED_VALUE') => {
      const path = `/${id}/values/${encodeURIComponent(range)}?valueRenderOption=${option}`;
      return (await success(call('GET', path))).values ?? [];
    },
    close: async () => {
      await listening.close();
      await store.close();
    },
  };
}

/** The server's app, with each exchange noted that does not fit. */
function checked(server: SheetsServer, discovery: Discovery | null, problems: string[]) {
  return async (request: Request): Promise<Response> => {
    const text = await request.clone().text();
    const response = await server.app.fetch(request);
    const answer: unknown = await response.clone().json();
    if (discovery && request.headers.has('authorization')) {
      const found = discovery.checkExchange({
        http: request.method,
        url: new URL(request.url),
        request: response.ok && text !== '' ? JSON.parse(text) : undefined,
        status: response.status,
        answer,
      });
      problems.push(...found.slice(0, 5));
    }
    return response;
  };
}
