import { describe, expect } from '@jest/globals';
import type { Overview } from '../../shared/api.ts';
import { viewFailure } from '../../shared/failures.ts';
import { screenshot } from '../browser/chromium.ts';
import { argsOf, growToContent } from './sidebar-page.ts';
import { later, sidebarTests } from './sidebar-tests.ts';
import {
  accountView,
  connectionView,
  overview,
  rowView,
  runView,
  unlinked,
} from './sidebar-views.ts';

const sidebarTest = sidebarTests();
const longName = 'Raiffeisen-Volksbank Musterstadt-Beispielhausen eG Zweigniederlassung Süd';

const proven: Overview = {
  ...overview,
  connections: [
    connectionView({
      name: longName,
      accounts: [
        accountView({ proof: { kind: 'ties' } }),
        accountView({
          key: 'tagesgeld',
          name: 'Tagesgeldkonto Plus für Rücklagen der Hausverwaltung Beispielstraße',
          holder: 'Ada Beispiel und Grace Beispiel-Mustermann',
          type: 'savings',
          proof: {
            kind: 'off',
            offBy: '3.20',
            firstBadDay: '2026-03-02',
            entryId: 'e1',
            tiedUntil: '2026-03-01',
          },
        }),
        accountView({
          key: 'card',
          name: 'Karte',
          proof: { kind: 'off', offBy: '-1234567.89', tiedUntil: '2026-02-28' },
        }),
        accountView({ key: 'depot', name: 'Depot', proof: { kind: 'unknown' } }),
      ],
    }),
  ],
};

describe('the proof of an account', () => {
  sidebarTest(
    'says what ties, what does not and since when',
    { overview: proven },
    async (page) => {
      const bank = page.getByRole('article', { name: longName });
      await bank.getByText('ties', { exact: true }).waitFor();
      const text = ((await bank.textContent()) ?? '').replaceAll('\u00a0', ' ');
      expect(text).toContain('off by 3,20 € since 2 Mar 2026');
      expect(text).toContain('off by -1.234.567,89 €, tied until 28 Feb 2026');
      await page.getByTitle('The bank tells too little to check the balance').waitFor();
      await growToContent(page);
      await screenshot(page, 'sidebar-proof');
    },
  );

  sidebarTest(
    'is a link to the row that it begins at',
    { overview: proven, rowIds: ['e1'] },
    async (page, cloud) => {
      await page.getByRole('button', { name: 'off by 3,20' }).click();
      await page.waitForTimeout(300);
      expect(cloud.shown).toEqual(['e1']);
      expect(await page.getByRole('alert').count()).toBe(0);
    },
  );

  sidebarTest('says so when the book has no such row', { overview: proven }, async (page) => {
    await page.setViewportSize({ width: 300, height: 300 });
    await page.getByRole('button', { name: 'off by 3,20' }).click();
    const notice = page.getByText('Your book has no row for that entry.');
    await notice.waitFor();
    expect((await notice.boundingBox())?.y).toBeGreaterThan(0);
    expect(await page.getByRole('button', { name: 'Try again' }).count()).toBe(0);
    await growToContent(page);
    await screenshot(page, 'sidebar-no-row');
  });
});

describe('the newest sync', () => {
  const stays = [rowView({ description: 'Stadtwerke Musterstadt-Beispielhausen GmbH & Co. KG' })];
  const undo = { removed: 14, stays };

  sidebarTest(
    'can be undone, after it is told what goes and which posted rows stay',
    { answers: { undoRun: undo } },
    async (page, cloud) => {
      await page.getByRole('button', { name: 'Undo: sync of Sandbox Bank' }).click();
      await page.getByRole('heading', { name: 'Undo this sync?' }).waitFor();
      await page.getByText('Sandbox Bank · 14 new · 12 min ago').waitFor();
      await page.getByText('Takes 14 rows away. 1 posted row stays:').last().waitFor();
      await page.getByText('Stadtwerke').waitFor();
      expect(argsOf(cloud, 'undoRun')).toEqual([{ runId: 'r1', preview: true }]);
      await growToContent(page);
      await screenshot(page, 'sidebar-undo');
      cloud.overview = later({ ...overview, runs: [] });
      await page.getByRole('button', { name: 'Undo now' }).click();
      await page.getByRole('heading', { name: 'This sync is undone' }).waitFor();
      expect(await page.evaluate('document.activeElement.tagName')).toBe('H1');
      await page.getByText('14 rows taken away. 1 posted row stays:').last().waitFor();
      await growToContent(page);
      await screenshot(page, 'sidebar-undone');
      expect(argsOf(cloud, 'undoRun').at(-1)).toEqual({ runId: 'r1', preview: false });
      await page.getByRole('button', { name: 'Back' }).click();
      await page.getByRole('heading', { name: 'Banks' }).waitFor();
      expect(await page.getByRole('button', { name: 'Undo' }).count()).toBe(0);
    },
  );

  sidebarTest(
    'is kept if the user says so',
    { answers: { undoRun: undo } },
    async (page, cloud) => {
      await page.getByRole('button', { name: 'Undo: sync of Sandbox Bank' }).click();
      await page.getByRole('button', { name: 'Keep' }).click();
      await page.getByRole('heading', { name: 'Banks' }).waitFor();
      expect(argsOf(cloud, 'undoRun')).toEqual([{ runId: 'r1', preview: true }]);
    },
  );

  sidebarTest('cannot be undone twice', { overview: { ...overview, runs: [] } }, async (page) => {
    await page.getByText('14 new · 2 settled').waitFor();
    expect(await page.getByRole('button', { name: 'Undo' }).count()).toBe(0);
  });

  sidebarTest(
    'of a bank that may no longer be asked can be undone as well',
    { overview: { ...overview, connections: [connectionView({ state: 'expired' })] } },
    async (page) => {
      await page.getByRole('button', { name: 'Undo: sync of Sandbox Bank' }).waitFor();
      expect(await page.getByRole('button', { name: 'Sync Sandbox Bank now' }).count()).toBe(0);
    },
  );

  const older = runView({ id: 'r0', at: '2026-03-10T09:00:00.000Z', newRows: 115 });
  sidebarTest(
    'is that of this bank, and named where a later one has brought nothing',
    { overview: { ...overview, runs: [runView({ connectionId: 'c2' }), older] } },
    async (page, cloud) => {
      cloud.answers['undoRun'] = undo;
      await page.getByRole('button', { name: 'Undo 115 new · 3 h ago: sync of' }).click();
      await page.getByRole('button', { name: 'Undo now' }).waitFor();
      expect(argsOf(cloud, 'undoRun')).toEqual([{ runId: 'r0', preview: true }]);
    },
  );
});

describe('an account that a reconnect left unclear', () => {
  const path = 'Assets:Cards:Kreditkarte der Hausverwaltung';
  const unclear = accountView({
    key: 'card',
    name: 'Kreditkarte',
    type: 'card',
    feed: { bookAccount: { path, type: 'asset' }, from: '2026-03-01' },
    candidates: [
      { externalId: 'x1', name: 'Visa Gold der Hausverwaltung Beispielstraße', balance: '-120.00' },
      { externalId: 'x2', name: 'Mastercard' },
    ],
  });
  const two: Overview = {
    ...overview,
    runs: [],
    connections: [
      connectionView({
        id: 'c0',
        name: 'Kreditbank',
        state: 'failing',
        failure: viewFailure({ code: 'timeout' }),
      }),
      connectionView({ accounts: [unclear, unlinked({ key: 'x2', name: 'Mastercard' })] }),
    ],
  };

  sidebarTest(
    'is asked about first of all, and filled by the one that is chosen',
    { overview: two },
    async (page, cloud) => {
      await page.getByText(`Which of these fills ${path}?`).waitFor();
      expect(await page.locator('h2').allInnerTexts()).toEqual(['Sandbox Bank', 'Kreditbank']);
      await growToContent(page);
      await screenshot(page, 'sidebar-unclear');
      cloud.overview = later(overview);
      await page.getByRole('button', { name: 'Visa Gold' }).click();
      await page.getByText(`Which of these`).waitFor({ state: 'detached' });
      expect(argsOf(cloud, 'identifyAccount')).toEqual([
        { connectionId: 'c1', accountKey: 'card', externalId: 'x1' },
      ]);
      await page.getByText('waiting for the bank').waitFor();
    },
  );

  sidebarTest(
    'is asked about again when the answer did not arrive',
    { overview: two },
    async (page, cloud) => {
      await page.getByRole('button', { name: 'Mastercard', exact: true }).waitFor();
      cloud.failure = { code: 'internal' };
      await page.getByRole('button', { name: 'Mastercard', exact: true }).click();
      await page.getByRole('alert').getByText('Something went wrong inside Bookfeed.').waitFor();
      await page.getByText(`Which of these fills ${path}?`).waitFor();
    },
  );
});

describe('rows that the cloud may not write', () => {
  const sheetFailure = viewFailure({ code: 'sheet-not-writable', detail: 'feed@example.org' });
  const waiting: Overview = { ...overview, waitingRows: 14, sheetFailure };
  const delivery = Promise.withResolvers();

  sidebarTest(
    'are written by the add-on as soon as the sidebar knows of them',
    { overview: waiting, answers: { deliverRows: delivery.promise } },
    async (page, cloud) => {
      await page.getByRole('progressbar', { name: 'Writing 14 rows into your book…' }).waitFor();
      await screenshot(page, 'sidebar-writing');
      delivery.resolve({ ok: true, value: later(overview) });
      await page.getByRole('progressbar').waitFor({ state: 'detached' });
      expect(await page.getByText('Bookfeed may not write').count()).toBe(0);
      expect(argsOf(cloud, 'deliverRows')).toHaveLength(1);
    },
  );

  sidebarTest(
    'are left to who writes them already, once for each picture',
    { overview: waiting },
    async (page, cloud) => {
      await page.getByText('Bookfeed may not write to this spreadsheet.').waitFor();
      expect(argsOf(cloud, 'deliverRows')).toHaveLength(1);
      cloud.answers['deliverRows'] = { ok: true, value: later(waiting) };
      await page.getByRole('button', { name: 'Try again' }).click();
      await page.waitForTimeout(500);
      expect(argsOf(cloud, 'deliverRows')).toHaveLength(2);
      await page.getByText('Bookfeed may not write to this spreadsheet.').waitFor();
    },
  );
});
