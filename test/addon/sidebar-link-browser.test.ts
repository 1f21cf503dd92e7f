import { describe, expect } from '@jest/globals';
import type { Overview } from '../../shared/api.ts';
import { screenshot } from '../browser/chromium.ts';
import { argsOf, growToContent } from './sidebar-page.ts';
import { later, sidebarTests } from './sidebar-tests.ts';
import { book, connectionView, overview, unlinked } from './sidebar-views.ts';

const sidebarTest = sidebarTests();

describe('linking an account', () => {
  const open: Overview = { ...overview, connections: [connectionView({ accounts: [unlinked()] })] };

  sidebarTest(
    'to one of the book’s, found by a word, from this month on',
    { overview: open },
    async (page, cloud) => {
      await page.getByRole('button', { name: 'Link Girokonto to an account' }).click();
      await page.getByRole('heading', { name: 'Link Girokonto' }).waitFor();
      expect(await page.evaluate('document.activeElement.tagName')).toBe('H1');
      await page.getByText('Sandbox Bank gives 90 days, back to 10 Dec 2025.').waitFor();
      await growToContent(page);
      await screenshot(page, 'sidebar-link');
      const tree = page.locator('.tree');
      await page.getByRole('searchbox').fill('sand giro');
      await tree.getByText('Tagesgeld').waitFor({ state: 'detached' });
      const lines = await tree.locator(':scope > *').allTextContents();
      expect(lines).toEqual(['Assets', 'Sandbox Bank', 'GirokontoEUR']);
      await page.getByRole('radio', { name: 'Assets:Sandbox Bank:Girokonto' }).check();
      cloud.overview = later(overview);
      await page.getByRole('button', { name: 'Link and sync' }).click();
      await page.getByText('waiting for the bank').waitFor();
      expect(argsOf(cloud, 'linkAccount').at(-1)).toEqual({
        connectionId: 'c1',
        accountKey: 'giro',
        bookAccount: { path: 'Assets:Sandbox Bank:Girokonto', type: 'asset' },
        from: '2026-03-01',
      });
    },
  );

  sidebarTest(
    'to a new one, by keyboard alone, from a date on',
    { overview: open, book: { ...book, accounts: [] } },
    async (page, cloud) => {
      await page.getByRole('button', { name: 'Link Girokonto to an account' }).focus();
      await page.keyboard.press('Enter');
      await page.getByText('Its path: Assets:Girokonto').waitFor();
      await page.getByRole('radio', { name: 'A new account' }).focus();
      await page.keyboard.press('Tab');
      await page.keyboard.press('ControlOrMeta+A');
      await page.keyboard.type('Daily money');
      await page.getByText('Its path: Assets:Daily money').waitFor();
      await page.getByRole('radio', { name: 'The first of this month' }).focus();
      for (let step = 0; step < 3; step++) await page.keyboard.press('ArrowDown');
      await page.getByLabel('Rows from this day on').fill('2025-01-15');
      await page.getByText('Sandbox Bank gives 90 days: rows start on 10 Dec 2025.').waitFor();
      await growToContent(page);
      await screenshot(page, 'sidebar-link-new');
      await page.getByRole('button', { name: 'Link and sync' }).focus();
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { name: 'Banks' }).waitFor();
      expect(argsOf(cloud, 'linkAccount').at(-1)).toMatchObject({
        bookAccount: { path: 'Assets:Daily money', type: 'asset' },
        from: '2025-01-15',
      });
    },
  );

  sidebarTest(
    'says what is missing and asks for nothing until it is there',
    { overview: open },
    async (page, cloud) => {
      await page.getByRole('button', { name: 'Link Girokonto to an account' }).click();
      await page.getByText('Choose an account of your book.').waitFor();
      await page.getByRole('button', { name: 'Link and sync' }).click({ force: true });
      expect(argsOf(cloud, 'linkAccount').at(-1)).toBeUndefined();
    },
  );

  sidebarTest('changed later says what becomes of the rows that stand', {}, async (page, cloud) => {
    await page.getByRole('button', { name: 'Change the link of Girokonto' }).click();
    await page.getByRole('radio', { name: 'Assets:Cash' }).check();
    await page
      .getByText(
        'Rows that stand already keep Assets:Sandbox Bank:Girokonto; new rows go to Assets:Cash.',
      )
      .waitFor();
    await growToContent(page);
    await screenshot(page, 'sidebar-link-change');
    cloud.failure = { code: 'bad-request', detail: 'from' };
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('alert').getByText('That cannot be used.').waitFor();
    await page.getByRole('button', { name: 'Back' }).click();
    await page.getByRole('heading', { name: 'Banks' }).waitFor();
  });
});
