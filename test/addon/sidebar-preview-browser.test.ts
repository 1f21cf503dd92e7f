import { describe, expect } from '@jest/globals';
import type { Overview } from '../../shared/api.ts';
import { screenshot } from '../browser/chromium.ts';
import { argsOf, growToContent } from './sidebar-page.ts';
import { resultAt } from './sidebar-states.ts';
import { later, sidebarTests } from './sidebar-tests.ts';
import { changePreview, connectionView, overview, rowView } from './sidebar-views.ts';

const sidebarTest = sidebarTests();
const longName = 'Raiffeisen-Volksbank Musterstadt-Beispielhausen eG Zweigniederlassung Süd';

describe('a preview of a sync', () => {
  const more = `More for ${longName}`;
  const named: Overview = { ...overview, connections: [connectionView({ name: longName })] };
  const rows = [
    ...changePreview().rows,
    rowView({
      description:
        'SEPA-Lastschrift Stadtwerke Musterstadt-Beispielhausen GmbH & Co. KG Abschlag Strom 03/2026 Vertragskonto',
      amount: '-1234567.89',
    }),
  ];
  const preview = changePreview({ newRows: 1500, rows });
  const asking = Promise.withResolvers();
  const syncing = Promise.withResolvers();

  sidebarTest(
    'is asked for in the menu, tells what would come, and is done with the same answers',
    { overview: named, answers: { previewSync: asking.promise, applySync: syncing.promise } },
    async (page, cloud) => {
      await page.getByRole('button', { name: more }).click();
      await screenshot(page, 'sidebar-menu');
      await page.getByRole('button', { name: 'Preview a sync' }).click();
      await page.getByRole('heading', { name: 'What a sync would do' }).waitFor();
      expect(await page.evaluate('document.activeElement.tagName')).toBe('H1');
      await page.getByRole('progressbar', { name: `Asking ${longName}…` }).waitFor();
      await screenshot(page, 'sidebar-preview-asking');
      expect(await page.getByRole('button', { name: 'Do it' }).count()).toBe(0);
      asking.resolve(preview);
      await page.getByText('1.500 new · 1 settled · 1 changed · 0 gone').waitFor();
      await page.getByText('and 1.496 more').waitFor();
      await growToContent(page);
      await screenshot(page, 'sidebar-preview');
      const synced = connectionView({ lastResult: resultAt(1, { newRows: 1500 }) });
      cloud.overview = later({ ...overview, connections: [synced] });
      await page.getByRole('button', { name: 'Do it' }).click();
      await page.getByRole('button', { name: 'Syncing…' }).waitFor();
      syncing.resolve(cloud.overview);
      await page.getByRole('heading', { name: 'Banks' }).waitFor();
      expect(argsOf(cloud, 'applySync')).toEqual([{ previewId: 'c1~v1' }]);
      expect(await page.getByRole('status').textContent()).toBe('Sandbox Bank: 1500 new.');
    },
  );

  sidebarTest(
    'works by keyboard alone, and leaves all as it is when cancelled',
    { overview: named, answers: { previewSync: preview } },
    async (page, cloud) => {
      await page.getByRole('button', { name: more }).focus();
      await page.keyboard.press('Enter');
      await page.getByRole('button', { name: 'Preview a sync' }).waitFor();
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: 'Preview a sync' }).waitFor({ state: 'hidden' });
      await page.keyboard.press('Enter');
      await page.keyboard.press('Tab');
      await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
      await page.getByRole('button', { name: 'Do it' }).waitFor();
      await page.keyboard.press('Tab');
      await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { name: 'Banks' }).waitFor();
      expect(argsOf(cloud, 'applySync')).toEqual([]);
    },
  );

  sidebarTest(
    'of nothing says so',
    { answers: { previewSync: changePreview({ newRows: 0, settled: 0, changed: 0, rows: [] }) } },
    async (page) => {
      await page.getByRole('button', { name: 'More for Sandbox Bank' }).click();
      await page.getByRole('button', { name: 'Preview a sync' }).click();
      await page.getByText('Nothing new: no row would change.').last().waitFor();
      expect(await page.getByRole('button').allTextContents()).toEqual(['Back']);
      await screenshot(page, 'sidebar-preview-nothing');
    },
  );

  sidebarTest(
    'that the bank does not give says why, and asks again',
    { answers: { previewSync: preview } },
    async (page, cloud) => {
      await page.getByRole('button', { name: 'More for Sandbox Bank' }).click();
      cloud.failure = { code: 'timeout' };
      await page.getByRole('button', { name: 'Preview a sync' }).click();
      await page.getByRole('alert').getByText('The bank did not answer in time.').waitFor();
      await screenshot(page, 'sidebar-preview-failed');
      cloud.failure = null;
      await page.getByRole('button', { name: 'Try again' }).click();
      await page.getByText('1.500 new').waitFor();
      cloud.failure = { code: 'not-found', detail: 'preview' };
      await page.getByRole('button', { name: 'Do it' }).click();
      await page.getByRole('alert').getByText('That is no longer there.').waitFor();
      expect(await page.getByRole('button', { name: 'Do it' }).count()).toBe(0);
      cloud.failure = null;
      await page.getByRole('button', { name: 'Try again' }).click();
      await page.getByRole('button', { name: 'Do it' }).waitFor();
    },
  );
});
