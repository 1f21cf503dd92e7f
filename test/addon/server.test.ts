import { describe, expect, test } from '@jest/globals';
import { cloudUnreachable } from '../../shared/failures.ts';
import { builtAddon, runCode } from './built-addon.ts';

const outDir = builtAddon();

describe('menu', () => {
  test('is built on opening and after the installation without touching another service', async () => {
    for (const trigger of ['onOpen', 'onInstall']) {
      const { items, getUi } = menuFake();
      // Any other service, even one that is only looked at, throws for want of the name.
      const { [trigger]: run } = await runCode(outDir(), { SpreadsheetApp: { getUi } });
      run?.({ authMode: 'NONE' });
      expect(items).toEqual([
        ['Open Bookfeed', 'openSidebar'],
        ['Sync now', 'syncNow'],
        ['Review drafts', 'openDrafts'],
        ['Import a file…', 'openImport'],
        ['Settings ▸ Historical period…', 'openHistory'],
        ['Settings ▸ Schedule…', 'openSchedule'],
        ['Settings ▸ Suggestions and rules…', 'openSuggestions'],
        ['Settings ▸ Members…', 'openMembers'],
        ['Settings ▸ Notifications…', 'openNotifications'],
        ['Help', 'showHelp'],
      ]);
    }
  });

  test('names functions that the bundle has', async () => {
    const { items, getUi } = menuFake();
    const code = await runCode(outDir(), { SpreadsheetApp: { getUi } });
    code['onOpen']?.();
    for (const [, name] of items) expect(typeof code[name]).toBe('function');
  });

  test('opens the sidebar, and all others one that carries the wish', async () => {
    const shown: { file: string; title: string; added: string }[] = [];
    const HtmlService = {
      createHtmlOutputFromFile(file: string) {
        const page = {
          file,
          title: '',
          added: '',
          setTitle: (title: string) => Object.assign(page, { title }),
          append: (text: string) => Object.assign(page, { added: text }),
        };
        return page;
      },
    };
    const getUi = () => ({ showSidebar: (page: (typeof shown)[0]) => shown.push({ ...page }) });
    const code = await runCode(outDir(), { SpreadsheetApp: { getUi }, HtmlService });
    code['openSidebar']?.();
    expect(shown).toEqual([
      expect.objectContaining({ file: 'sidebar', title: 'Bookfeed', added: '' }),
    ]);
    const wishes = {
      syncNow: 'sync',
      openDrafts: 'drafts',
      openImport: 'import',
      openHistory: 'history',
      openSchedule: 'schedule',
      openSuggestions: 'rules',
      openMembers: 'members',
      openNotifications: 'mails',
    };
    for (const [name, wish] of Object.entries(wishes)) {
      code[name]?.();
      const added = `<meta name="bookfeed-start" content="${wish}">`;
      expect(shown.at(-1)).toMatchObject({ file: 'sidebar', title: 'Bookfeed', added });
    }
  });

  test('helps with a text', async () => {
    const alerts: string[] = [];
    const getUi = () => ({ alert: (text: string) => alerts.push(text) });
    const code = await runCode(outDir(), { SpreadsheetApp: { getUi } });
    code['showHelp']?.();
    expect(alerts).toEqual([expect.stringContaining('Connect a bank')]);
    for (const way of ['open banking', 'direct access', 'Import a file'])
      expect(alerts[0]).toContain(way);
  });
});

describe('a call to the cloud', () => {
  const overview = { now: '2026-03-01T08:00:00.000Z', serviceAccount: null, connections: [] };

  test('names the spreadsheet and carries the identity token', async () => {
    const world = cloudFake(() => ({ ok: true, value: overview }));
    const code = await runCode(outDir(), world.services);
    expect(code['callCloud']?.('syncNow', { connectionId: 'c1' })).toEqual({
      ok: true,
      value: overview,
    });
    expect(world.requests).toEqual([
      {
        url: 'https://feed.example.org/api/syncNow',
        authorization: 'Bearer token-of-ada',
        body: { spreadsheetId: 'sheet-0123456789', args: { connectionId: 'c1' } },
        metadata: [],
      },
    ]);
  });

  test('says that the user is there where the sidebar knows it, before and after a proof', async () => {
    const world = cloudFake(({ metadata }) =>
      metadata.length > 0
        ? { ok: true, value: overview }
        : { ok: false, failure: { code: 'prove-editor' }, proof: 'p1' },
    );
    const code = await runCode(outDir(), world.services);
    code['callCloud']?.('syncNow', {}, 'ada is here');
    code['callCloud']?.('syncNow', {}, null);
    const sent = { spreadsheetId: 'sheet-0123456789', args: {} };
    const present = { ...sent, presence: 'ada is here' };
    expect(world.requests.map(({ body }) => body)).toEqual([present, present, sent, sent]);
  });

  test('proves the right to edit once, and leaves nothing of the proof', async () => {
    const world = cloudFake(({ metadata }) =>
      metadata.includes('bookfeed-proof=p1 DOCUMENT')
        ? { ok: true, value: overview }
        : { ok: false, failure: { code: 'prove-editor' }, proof: 'p1' },
    );
    const code = await runCode(outDir(), world.services);
    expect(code['callCloud']?.('overview', {})).toEqual({ ok: true, value: overview });
    expect(world.requests).toHaveLength(2);
    expect(world.flushedBefore).toEqual([false, true]);
    expect(world.metadata).toEqual([]);
  });

  test('takes the proof away when the second call fails as well, and asks no third time', async () => {
    const refusal = { ok: false, failure: { code: 'prove-editor' }, proof: 'p1' };
    const world = cloudFake(() => refusal);
    const code = await runCode(outDir(), world.services);
    expect(code['callCloud']?.('overview', {})).toEqual({
      ok: false,
      failure: { code: 'prove-editor' },
    });
    expect(world.requests).toHaveLength(2);
    expect(world.metadata).toEqual([]);
  });

  test('tells a user who may only read that Bookfeed is for those who may edit', async () => {
    const world = cloudFake(() => ({
      ok: false,
      failure: { code: 'prove-editor' },
      proof: 'p1',
    }));
    world.readOnly = true;
    const code = await runCode(outDir(), world.services);
    expect(code['callCloud']?.('overview', {})).toEqual({
      ok: false,
      failure: { code: 'prove-editor' },
    });
    expect(world.requests).toHaveLength(1);
  });

  test('hands on a failure of the cloud as it is', async () => {
    const failure = { code: 'rate-limited', detail: 'Sandbox Bank' };
    const world = cloudFake(() => ({ ok: false, failure }));
    const code = await runCode(outDir(), world.services);
    expect(code['callCloud']?.('overview', {})).toEqual({ ok: false, failure });
  });

  test.each([
    ['nothing answers', { throws: true }, 'no answer'],
    ['a page answers in its place', { text: '<html>Sign in</html>' }, 'status 200'],
    ['JSON of something else answers', { text: '{"error":1}', status: 404 }, 'status 404'],
    ['null answers', { text: 'null' }, 'status 200'],
    ['no address is set', { cloudUrl: null }, 'cloudUrl is not set'],
  ])('is unreachable when %s', async (_, broken, detail) => {
    const world = cloudFake(() => ({ ok: true, value: overview }), broken);
    const code = await runCode(outDir(), world.services);
    expect(code['callCloud']?.('overview', {})).toEqual({
      ok: false,
      failure: {
        ...cloudUnreachable,
        code: 'cloud-unreachable',
        detail: expect.stringContaining(detail),
      },
    });
  });
});

test('the screens that are opened seldom come as code without their tag', async () => {
  const createHtmlOutputFromFile = (file: string) => ({
    getContent: () => `<script>var ${file} = "</p>";</script>`,
  });
  const code = await runCode(outDir(), { HtmlService: { createHtmlOutputFromFile } });
  expect(code['readScreens']?.('reviews')).toBe('var reviews = "</p>";');
});

describe('reading the book', () => {
  const columns = { 2: 'type', 3: 'currency', 5: 'path' };

  test('finds the accounts by what the columns mean, whatever stands around them', async () => {
    const code = await runCode(
      outDir(),
      bookFake(columns, [
        ['mine', 'asset', 'eur', '', 'Assets:Checking'],
        ['', 'Expense', '', '', ' Expenses:Plants '],
        ['', '', '', '', 'Liabilities:Card'],
        ['', 'Vermögen', '', '', 'Bank:Giro'],
        ['', '', '', '', ''],
        ['twice', 'income', '', '', 'Assets:Checking'],
      ]),
    );
    expect(code['readBook']?.()).toEqual({
      title: 'Ada’s book',
      locale: 'de_DE',
      timeZone: 'Europe/Berlin',
      accounts: [
        { path: 'Assets:Checking', type: 'asset', currency: 'EUR' },
        { path: 'Expenses:Plants', type: 'expense' },
        { path: 'Liabilities:Card', type: 'liability' },
        { path: 'Bank:Giro', type: 'asset' },
      ],
    });
  });

  test.each([
    ['there is no Accounts tab yet', undefined, []],
    ['the tab holds its header alone', columns, []],
    ['the column of paths is gone', { 2: 'type' }, [['x', 'asset', '', '', 'Assets:A']]],
  ])('gives no accounts when %s', async (_, present, rows) => {
    const code = await runCode(outDir(), bookFake(present, rows));
    expect(code['readBook']?.()).toMatchObject({ title: 'Ada’s book', accounts: [] });
  });
});

/** `items` are those of the menu that was added to the page. */
function menuFake() {
  const items: [string, string][] = [];
  interface Menu {
    readonly title: string;
    readonly items: [string, string][];
  }
  const createMenu = (title: string) => {
    const menu = {
      title,
      items: [] as [string, string][],
      addItem(label: string, name: string) {
        menu.items.push([label, name]);
        return menu;
      },
      addSeparator: () => menu,
      addSubMenu(child: Menu) {
        for (const [label, name] of child.items)
          menu.items.push([`${child.title} ▸ ${label}`, name]);
        return menu;
      },
      addToUi: () => void items.push(...menu.items),
    };
    return menu;
  };
  return { items, getUi: () => ({ createMenu, createAddonMenu: () => createMenu('Bookfeed') }) };
}

interface Asked {
  url: string;
  authorization: string;
  body: unknown;
  metadata: string[];
}

interface Broken {
  throws?: boolean;
  text?: string;
  status?: number;
  cloudUrl?: null;
}

/** A spreadsheet that keeps developer metadata, and a cloud that answers each request by `answer`. */
function cloudFake(answer: (asked: Asked) => object, broken: Broken = {}) {
  const world = {
    readOnly: false,
    metadata: [] as string[],
    requests: [] as Asked[],
    flushedBefore: [] as boolean[],
    services: {} as object,
  };
  let flushed = false;
  const spreadsheet = {
    getId: () => 'sheet-0123456789',
    addDeveloperMetadata(key: string, value: string, visibility: string) {
      if (world.readOnly) throw new Error('You do not have permission');
      world.metadata.push(`${key}=${value} ${visibility}`);
    },
    createDeveloperMetadataFinder: () => ({
      withKey: (key: string) => ({
        withValue: (value: string) => ({
          find: () =>
            world.metadata
              .filter((text) => text.startsWith(`${key}=${value} `))
              .map((text) => ({
                remove: () => world.metadata.splice(world.metadata.indexOf(text), 1),
              })),
        }),
      }),
    }),
  };
  const fetch = (url: string, options: { headers: Record<string, string>; payload: string }) => {
    if (broken.throws) throw new Error('DNS error: https://feed.example.org');
    const { headers, payload } = options;
    const authorization = headers['Authorization'] ?? '';
    const asked = { url, authorization, body: JSON.parse(payload), metadata: [...world.metadata] };
    world.requests.push(asked);
    world.flushedBefore.push(flushed);
    return {
      getContentText: () => broken.text ?? JSON.stringify(answer(asked)),
      getResponseCode: () => broken.status ?? 200,
    };
  };
  const cloudUrl = broken.cloudUrl === null ? null : 'https://feed.example.org/';
  world.services = {
    SpreadsheetApp: {
      getActive: () => spreadsheet,
      flush: () => {
        flushed = true;
      },
      DeveloperMetadataVisibility: { DOCUMENT: 'DOCUMENT', PROJECT: 'PROJECT' },
    },
    UrlFetchApp: { fetch },
    ScriptApp: { getIdentityToken: () => 'token-of-ada' },
    PropertiesService: { getScriptProperties: () => ({ getProperty: () => cloudUrl }) },
  };
  return world;
}

/** A spreadsheet whose Accounts tab has these meanings of columns, counted from 1, and these rows under a header. */
function bookFake(columns: Record<number, string> | undefined, rows: string[][]) {
  const metadata = (value: string, location: object) => ({
    getValue: () => value,
    getLocation: () => location,
  });
  const tab = {
    getLastRow: () => rows.length + 1,
    getLastColumn: () => 5,
    getRange: (row: number, _column: number, count: number) => ({
      getValues: () => rows.slice(row - 2, row - 2 + count),
    }),
    createDeveloperMetadataFinder: () => ({
      withKey: (key: string) => ({
        find: () =>
          key === 'bookfeed-column'
            ? Object.entries(columns ?? {}).map(([column, value]) =>
                metadata(value, { getColumn: () => ({ getColumn: () => Number(column) }) }),
              )
            : [],
      }),
    }),
  };
  const spreadsheet = {
    getName: () => 'Ada’s book',
    getSpreadsheetLocale: () => 'de_DE',
    getSpreadsheetTimeZone: () => 'Europe/Berlin',
    createDeveloperMetadataFinder: () => ({
      withKey: (key: string) => ({
        withValue: (value: string) => ({
          find: () =>
            columns && key === 'bookfeed-tab' && value === 'accounts'
              ? [metadata(value, { getSheet: () => tab })]
              : [],
        }),
      }),
    }),
  };
  return { SpreadsheetApp: { getActive: () => spreadsheet } };
}
