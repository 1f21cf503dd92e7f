import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { gunzipSync } from 'node:zlib';
import { describe, expect } from '@jest/globals';
import type { Page } from 'playwright-core';
import type { ApiArgs } from '../../shared/api.ts';
import { viewFailure } from '../../shared/failures.ts';
import type { FilePreview, ImportView } from '../../shared/statement-files.ts';
import { screenshot } from '../browser/chromium.ts';
import {
  asking,
  dayOrMonth,
  fileAccount,
  fileChange,
  filePreview,
  importView,
  longRows,
  undecided,
} from './sidebar-files.ts';
import { argsOf, called, type FakeCloud, growToContent } from './sidebar-page.ts';
import { later, sidebarTests } from './sidebar-tests.ts';
import { accountView, overview, runView } from './sidebar-views.ts';

const sidebarTest = sidebarTests();
const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const importing = {
  appended: '<meta name="bookfeed-start" content="import">',
  answers: { putFile: null, dropFile: null, previewFile: filePreview() } as FakeCloud['answers'],
};

async function check(page: Page, name: string): Promise<void> {
  await growToContent(page);
  await screenshot(page, name);
  await page.evaluate(axe);
  const found = await page.evaluate(`axe.run(document, { rules: { region: { enabled: false } } })
    .then(({ violations }) => violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }) => id + ': ' + nodes.map(({ html }) => html).join(' ')))`);
  expect({ name, found }).toEqual({ name, found: [] });
}

const file = (name: string, bytes: string | Buffer = 'Date,Text,Amount\n') => ({
  name,
  mimeType: '',
  buffer: Buffer.from(bytes),
});

const choose = (page: Page, ...files: readonly ReturnType<typeof file>[]) =>
  page.getByLabel('Choose files').setInputFiles(files);

/** As by mouse, somewhere on the screen; a number is how many bytes the file has. */
const drop = (page: Page, ...files: readonly (readonly [string, string | number])[]) =>
  page.evaluate(`
    const data = new DataTransfer();
    for (const [name, of] of ${JSON.stringify(files)}) {
      data.items.add(new File([typeof of === 'number' ? new ArrayBuffer(of) : of], name));
    }
    const drop = new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true });
    document.querySelector('h1').dispatchEvent(drop);
  `);

/** What the cloud got of each file, put together as it does it. */
function sent(cloud: FakeCloud): Buffer[] {
  const parts = argsOf(cloud, 'putFile') as ApiArgs<'putFile'>[];
  const byFile = Map.groupBy(parts, ({ fileId }) => fileId);
  return [...byFile.values()].map((of) => {
    const byPart = new Map(of.map(({ part, content }) => [part, Buffer.from(content, 'base64')]));
    return Buffer.concat([...byPart.values()]);
  });
}

const focused = (page: Page) =>
  page.evaluate('document.activeElement.ariaLabel ?? document.activeElement.textContent');

describe('a file', () => {
  const name = 'Umsaetze_Girokonto_DE02120300000000202051_2026-03-31.csv';
  const problems = [
    { line: 7, message: 'The date is none that exists.' },
    { line: 1209, message: 'The amount is no number.' },
  ];

  sidebarTest(
    'is asked what it leaves open and where it goes, by keyboard, then imported, and can be undone',
    importing,
    async (page, cloud) => {
      await check(page, 'sidebar-import');
      cloud.answers['previewFile'] = asking();
      await choose(page, file(name));
      await page.getByText('05/04/2026 is 5 April 2026').waitFor();
      await check(page, 'sidebar-import-question');
      const open = undecided({ pending: 2, problemCount: 3, problems });
      cloud.answers['previewFile'] = filePreview([open]);
      expect(await page.getByRole('button', { name: 'Go on' }).isDisabled()).toBe(true);
      await page.getByLabel('Month first').focus();
      await page.keyboard.press('ArrowUp');
      await page.keyboard.press('Enter');
      await page.getByText('Where do these entries go?').waitFor();
      expect(await focused(page)).toBe('Use this account');
      await page.getByText('3 lines to look at').click();
      await page.getByText('Line 1.209: The amount is no number.').waitFor();
      await check(page, 'sidebar-import-where');
      await page.getByLabel('A new account').check();
      await page.getByLabel('Name').fill('Kasse');
      await check(page, 'sidebar-import-new-account');
      const change = fileChange({ beforeStart: 12, rows: longRows });
      const remembered = [{ question: dayOrMonth, answer: 'day-first' }];
      const found = fileAccount({ targetBy: 'user', change });
      cloud.answers['previewFile'] = filePreview([found], { remembered });
      await page.keyboard.press('Enter');
      await page.getByRole('button', { name: 'Import 214 entries' }).waitFor();
      expect(await page.locator('b').count()).toBe(0);
      await check(page, 'sidebar-import-ready');
      await page.getByLabel('Also the 12 from before 1 Mar 2026').check();
      const bookAccount = { path: 'Assets:Kasse', type: 'asset' };
      const choices = {
        answers: { 'date-order': 'day-first' },
        targets: { a1: { bookAccount } },
        isFromStart: true,
      };
      await page.getByText('Reading…').waitFor({ state: 'detached' });
      expect(argsOf(cloud, 'previewFile').at(-1)).toMatchObject({ choices });
      await see(page, cloud);
      expect(argsOf(cloud, 'importFile')).toMatchObject([{ choices }]);
    },
  );

  /** From the click to the way back. */
  async function see(page: Page, cloud: FakeCloud): Promise<void> {
    const [{ fileId } = { fileId: '' }] = argsOf(cloud, 'putFile') as ApiArgs<'putFile'>[];
    const tell = (view: Partial<ImportView>) => {
      const runs = [runView({ id: 'r9', kind: 'import', newRows: 214 })];
      cloud.overview = later({ ...overview, runs, imports: [importView({ fileId, ...view })] });
    };
    tell({ progress: { done: 100, total: 245 } });
    await page.getByRole('button', { name: 'Import 214 entries' }).click();
    await page.getByText('Importing 100 of 245 entries…').waitFor();
    expect(await page.getByRole('button', { name: 'Undo' }).count()).toBe(0);
    await check(page, 'sidebar-import-importing');
    tell({ state: 'done', runId: 'r9', newRows: 214 });
    await page.getByText('214 new.', { exact: true }).waitFor();
    expect(await page.getByRole('status').textContent()).toBe(`${name}: 214 new.`);
    await check(page, 'sidebar-import-done');
    cloud.answers['undoRun'] = { removed: 214, stays: [] };
    await page.getByRole('button', { name: 'Undo: import of' }).click();
    await page.getByRole('button', { name: 'Undo now' }).click();
    await page.getByText('214 rows taken away.').last().waitFor();
    cloud.overview = { ...cloud.overview, runs: [] };
    await page.getByRole('button', { name: 'Back' }).click();
    await page.getByText('Undone: its rows are taken away.').waitFor();
  }

  const statement = randomBytes(1_300_000);

  sidebarTest(
    'is packed and sent in parts, goes on where one failed, and is cancelled',
    importing,
    async (page, cloud) => {
      cloud.on['putFile'] = ({ part }: ApiArgs<'putFile'>) => {
        // The next one fails.
        if (part === 1) cloud.failure = { code: 'cloud-unreachable' };
      };
      cloud.failingCall = 'putFile';
      await choose(page, file('giro.sta', statement));
      await page.getByText('Bookfeed could not be reached.', { exact: true }).waitFor();
      expect(await page.getByRole('alert').count()).toBe(0);
      await check(page, 'sidebar-import-stopped');
      cloud.failure = null;
      cloud.on['putFile'] = () => undefined;
      const last = Promise.withResolvers<null>();
      await page.getByRole('button', { name: 'Try again: giro.sta' }).click();
      await page.getByRole('button', { name: 'Import 214 entries' }).waitFor();
      const parts = (argsOf(cloud, 'putFile') as ApiArgs<'putFile'>[]).map(({ part }) => part);
      expect(parts).toEqual([0, 1, 2, 2]);
      expect(sent(cloud).every((it) => gunzipSync(it).equals(statement))).toBe(true);
      cloud.answers['putFile'] = last.promise;
      await choose(page, file('second.sta', statement));
      await page.getByText('Sending 1 of 3…').waitFor();
      await screenshot(page, 'sidebar-import-sending');
      await page.getByRole('button', { name: 'Cancel: second.sta' }).click();
      await page.getByRole('heading', { name: 'second.sta' }).waitFor({ state: 'detached' });
      last.resolve(null);
      await called(cloud, 'dropFile');
      expect(argsOf(cloud, 'putFile')).toHaveLength(5);
    },
  );

  sidebarTest(
    'is taken where it is dropped, and sent as it is where the browser cannot pack',
    importing,
    async (page, cloud) => {
      await page.getByLabel('Choose files').waitFor();
      await page.evaluate('delete globalThis.CompressionStream');
      await drop(page, ['a.csv', 'of a.csv'], ['b.csv', 'of b.csv']);
      await page.getByRole('button', { name: 'Import up to 428 entries' }).waitFor();
      expect(sent(cloud).map(String)).toEqual(['of a.csv', 'of b.csv']);
    },
  );
});

describe('several files', () => {
  const failure = viewFailure({ code: 'file-unreadable', detail: 'It is another currency’s.' });
  const previews: Readonly<Record<string, FilePreview>> = {
    'a.csv': filePreview(),
    'b.sta': filePreview(
      [fileAccount({ change: fileChange({ newRows: 0, rows: [], known: 245 }) })],
      { format: 'MT940' },
    ),
    'c.xml': filePreview([
      undecided({ name: 'Tagesgeld', entries: 0, period: null, pending: 3 }),
      undecided({ key: 'a2', name: 'Depot', failure }),
    ]),
  };
  const failed = importView({
    fileId: 'y',
    name: 'earlier-still.ofx',
    state: 'failed',
    failure: viewFailure({ code: 'internal' }),
  });

  sidebarTest(
    'stand each with its own state, and what cannot be taken stops no other',
    {
      ...importing,
      overview: {
        ...overview,
        runs: [runView({ id: 'r1', kind: 'import', newRows: 12 })],
        imports: [importView({ fileId: 'x', name: 'earlier.ofx', state: 'done' }), failed],
      },
    },
    async (page, cloud) => {
      cloud.on['previewFile'] = ({ fileId }: ApiArgs<'previewFile'>) => {
        const parts = argsOf(cloud, 'putFile') as ApiArgs<'putFile'>[];
        const { name = '' } = parts.find((it) => it.fileId === fileId) ?? {};
        cloud.answers['previewFile'] = previews[name];
      };
      await page.getByLabel('Choose files').waitFor();
      const read = Object.keys(previews).map((name) => [name, 'text'] as const);
      await drop(page, ...read, ['huge.csv', 20_000_001], ['empty.csv', '']);
      await page.getByText('No booked entries · 3 pending left out').waitFor();
      const card = page.getByRole('listitem');
      await card.filter({ hasText: 'b.sta' }).getByText('Nothing new · 245').waitFor();
      await card.filter({ hasText: 'c.xml' }).getByText('It is another currency’s.').waitFor();
      await card.filter({ hasText: 'huge.csv' }).getByText('larger than 20 MB').waitFor();
      await card.filter({ hasText: 'empty.csv' }).getByText('It is empty.').waitFor();
      await check(page, 'sidebar-import-several');
      await page.getByRole('button', { name: 'Remove: huge.csv' }).click();
      expect(await focused(page)).toBe('empty.csv');
      await page.getByLabel('A new account').check();
      expect(await page.getByLabel('Name').inputValue()).toBe('Depot');
      await page.getByLabel('One of your accounts').check();
      await page.getByLabel('Assets:Plants:Solar 3').check();
      await page.getByRole('button', { name: 'Use this account' }).click();
      const bookAccount = { path: 'Assets:Plants:Solar 3', type: 'asset', currency: 'EUR' };
      await page.getByText('Reading…').waitFor({ state: 'detached' });
      expect(argsOf(cloud, 'previewFile').at(-1)).toMatchObject({
        choices: { targets: { a2: { bookAccount } } },
      });
      await page.getByRole('button', { name: 'Do not import' }).click();
      await page.getByRole('button', { name: 'Import 214 entries' }).click();
      await called(cloud, 'importFile');
      expect(argsOf(cloud, 'importFile')).toHaveLength(1);
      expect(sent(cloud)).toHaveLength(3);
      await page.getByRole('button', { name: 'Undo: import of 12 new' }).waitFor();
      cloud.calls.length = 0;
      await page.getByRole('button', { name: 'Try again: earlier-still.ofx' }).click();
      expect(await called(cloud, 'importFile')).toEqual({ fileId: 'y' });
    },
  );
});

describe('files', () => {
  const fileAccounts = [
    accountView({
      name: 'Old savings',
      feed: { bookAccount: { path: 'Assets:Old savings', type: 'asset' }, from: '2019-01-02' },
      proof: { kind: 'off', offBy: '3.20', firstBadDay: '2026-03-02', entryId: 'e1' },
    }),
  ];

  sidebarTest(
    'are offered before the first bank, and their accounts stand among the banks',
    { overview: { ...overview, connections: [], hasSandbox: true }, answers: importing.answers },
    async (page, cloud) => {
      cloud.answers['startConnect'] = { url: 'https://bookfeed.example/connect?link=l1' };
      await page.getByRole('button', { name: 'Try the Sandbox Bank' }).click();
      expect(await called(cloud, 'startConnect')).toEqual({ isSandbox: true });
      await page.getByRole('button', { name: 'Back' }).click();
      await page.getByRole('button', { name: 'Import a file' }).click();
      await page.getByLabel('Choose files').waitFor();
      expect(await page.evaluate('document.activeElement.tagName')).toBe('H1');
      cloud.overview = later({
        ...overview,
        connections: [],
        fileAccounts,
        imports: [importView({ progress: { done: 3, total: 9 } })],
      });
      await choose(page, file('a.csv'));
      await page.getByRole('button', { name: 'Import 214 entries' }).click();
      await called(cloud, 'importFile');
      await page.getByRole('button', { name: 'Back' }).click();
      const article = page.getByRole('article', { name: 'From files' });
      await article.getByText('off by 3,20 € since 2 Mar 2026').waitFor();
      await article.getByText('Importing giro.csv…').waitFor();
      await page.getByRole('button', { name: 'Review drafts' }).waitFor();
      await page.getByRole('button', { name: 'Connect a bank' }).waitFor();
      await growToContent(page);
      await screenshot(page, 'sidebar-from-files');
      await article.getByRole('button', { name: 'Import a file' }).click();
      await page.getByRole('heading', { name: 'a.csv' }).waitFor();
      await page.getByRole('button', { name: 'Back' }).click();
      await article.getByRole('button', { name: 'Remove Old savings' }).click();
      await page.getByText('Stays: every row of your book.').waitFor();
      cloud.overview = later(later({ ...overview, connections: [] }));
      await page.getByRole('button', { name: 'Remove', exact: true }).click();
      await called(cloud, 'removeFileAccount');
      expect(argsOf(cloud, 'removeFileAccount')).toEqual([{ accountKey: 'giro' }]);
      await article.waitFor({ state: 'detached' });
    },
  );

  sidebarTest(
    'are for those who may import',
    { ...importing, overview: { ...overview, role: 'viewer', fileAccounts } },
    async (page) => {
      await page.getByText('Your role does not allow that: ask an admin.').waitFor();
      expect(await page.getByLabel('Choose files').count()).toBe(0);
      await page.getByRole('button', { name: 'Back' }).click();
      await page.getByRole('article', { name: 'From files' }).waitFor();
      expect(await page.getByRole('button', { name: 'Import a file' }).count()).toBe(0);
    },
  );
});
