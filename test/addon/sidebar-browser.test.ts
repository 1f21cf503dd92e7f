import { describe, expect } from '@jest/globals';
import type { Overview } from '../../shared/api.ts';
import { viewFailure } from '../../shared/failures.ts';
import { screenshot } from '../browser/chromium.ts';
import { called, growToContent } from './sidebar-page.ts';
import { later, sidebarTests } from './sidebar-tests.ts';
import { accountView, connectionView, overview, unlinked } from './sidebar-views.ts';

const sidebarTest = sidebarTests();

const unshared: Overview = {
  ...overview,
  serviceAccount: 'bookfeed@my-own-books-project.iam.gserviceaccount.example',
  sheetFailure: viewFailure({ code: 'sheet-not-writable' }),
};

const troubled: Overview = {
  ...overview,
  connections: [
    connectionView({
      accounts: [
        accountView(),
        unlinked({
          key: 'tagesgeld',
          name: 'Tagesgeldkonto mit einem Namen, den sich nur eine Bank ausdenken kann',
          holder: 'Ada Beispiel und Grace Beispiel-Mustermann',
          type: 'savings',
          balance: '-1234567.89',
        }),
      ],
    }),
    connectionView({
      id: 'c2',
      name: 'Kreditbank',
      state: 'failing',
      failure: viewFailure({ code: 'timeout' }),
      accounts: [
        unlinked({
          key: 'card',
          name: 'Gold Card',
          type: 'card',
          iban: '',
          mask: '1234',
          currency: 'JPY',
          balance: '-5000',
        }),
      ],
    }),
    connectionView({
      id: 'c3',
      name: 'Volksbank Musterstadt',
      state: 'expired',
      validUntil: '2026-03-09',
      failure: viewFailure({ code: 'consent-expired' }),
      accounts: [accountView({ key: 'vb' })],
    }),
  ],
};

const none: Overview = { ...overview, connections: [] };

describe('the sidebar before the first bank', () => {
  sidebarTest(
    'says what Bookfeed does and offers to connect a bank',
    { overview: none },
    async (page) => {
      await page.getByRole('button', { name: 'Connect a bank' }).waitFor();
      await screenshot(page, 'sidebar-start');
    },
  );

  sidebarTest('says what goes on while the book is read', { delayMs: 400 }, async (page) => {
    await page.getByText('Opening your book…').waitFor();
    await page.getByRole('heading', { name: 'Banks' }).waitFor();
  });

  sidebarTest(
    'tells a failure with what to do, and tries again',
    { isDown: true },
    async (page, cloud) => {
      await page.getByRole('alert').getByText('Bookfeed could not be reached.').waitFor();
      await screenshot(page, 'sidebar-unreachable');
      cloud.isDown = false;
      await page.getByRole('button', { name: 'Try again' }).click();
      await page.getByRole('heading', { name: 'Banks' }).waitFor();
      expect(await page.getByRole('alert').count()).toBe(0);
    },
  );
});

describe('connecting a bank', () => {
  sidebarTest(
    'opens the connect page in a tab and goes on when the bank is there',
    { overview: none },
    async (page, cloud) => {
      const tabOpens = page.context().waitForEvent('page');
      await page.getByRole('button', { name: 'Connect a bank' }).click();
      const tab = await tabOpens;
      await tab.getByText('The connect page').waitFor();
      expect(await tab.evaluate('window.opener')).toBeNull();
      await page.getByRole('heading', { name: 'Waiting for you in the other tab' }).waitFor();
      expect(await page.getByRole('link').getAttribute('href')).toBe('http://localhost/connect/1');
      await screenshot(page, 'sidebar-connect');
      const fresh = connectionView({ accounts: [unlinked()] });
      cloud.overview = later({ ...overview, connections: [fresh] });
      await tab.close();
      await page.getByRole('heading', { name: 'Banks' }).waitFor();
      await page.getByRole('button', { name: 'Link Girokonto to an account' }).waitFor();
    },
  );

  sidebarTest(
    'shows the link where the browser would block the tab',
    { overview: none },
    async (page, cloud) => {
      await page.getByRole('button', { name: 'Connect a bank' }).waitFor();
      // As it is seconds after a click; whatever Playwright does in the page counts as a click anew.
      await page.evaluate('Object.defineProperty(navigator, "userActivation", { value: {} })');
      cloud.delayMs = 300;
      await page.getByRole('button', { name: 'Connect a bank' }).click();
      await page.getByText('Making a link for you…').waitFor();
      await page.getByRole('link', { name: 'Open the connect page' }).waitFor();
      expect(await page.getByText('No tab opened?').count()).toBe(0);
      await screenshot(page, 'sidebar-connect-link');
      const tabOpens = page.context().waitForEvent('page');
      await page.getByRole('link').click();
      await (await tabOpens).getByText('The connect page').waitFor();
      await page.getByRole('heading', { name: 'Waiting for you in the other tab' }).waitFor();
    },
  );

  sidebarTest(
    'that cannot begin says so and leaves the way back',
    { overview: none },
    async (page, cloud) => {
      await page.getByRole('button', { name: 'Connect a bank' }).waitFor();
      cloud.failure = { code: 'cloud-unreachable', detail: 'no answer' };
      await page.getByRole('button', { name: 'Connect a bank' }).click();
      await page.getByRole('alert').getByText('no answer').waitFor();
      expect(page.context().pages()).toHaveLength(1);
      await page.getByRole('button', { name: 'Back' }).click();
      await page.getByRole('button', { name: 'Connect a bank' }).waitFor();
    },
  );
});

describe('the banks', () => {
  sidebarTest(
    'stand with state, times, consent and accounts in the book’s locale',
    {},
    async (page) => {
      const bank = page.getByRole('article', { name: 'Sandbox Bank' });
      await bank.waitFor();
      const text = ((await bank.textContent()) ?? '').replaceAll('\u00a0', ' ');
      for (const part of [
        'connected',
        'access until 27 Aug 2026',
        'synced 12 min ago · next 14:10',
        '14 new · 2 settled',
        '1.234,50 €',
        'Current account · Ada Beispiel',
        'DE02 1203 0000 0000 2020 51',
        'Assets:Sandbox Bank:Girokonto since 1 Mar 2026',
      ]) {
        expect(text).toContain(part);
      }
      await growToContent(page);
      await screenshot(page, 'sidebar-banks');
    },
  );

  sidebarTest(
    'put what needs the user on top, with the one thing to do',
    { overview: troubled },
    async (page) => {
      await page.getByRole('heading', { name: 'Banks' }).waitFor();
      const names = await page.locator('h2').allInnerTexts();
      expect(names).toEqual(['Volksbank Musterstadt', 'Kreditbank', 'Sandbox Bank']);
      const first = page.getByRole('article', { name: 'Volksbank Musterstadt' });
      await first.getByText('Your permission for this bank has ended.').waitFor();
      await first.getByRole('button', { name: 'Reconnect' }).waitFor();
      expect(await first.getByRole('button', { name: 'Sync' }).count()).toBe(0);
      await growToContent(page);
      await screenshot(page, 'sidebar-troubled');
    },
  );

  sidebarTest(
    'tell why rows wait, and whom to share the sheet with',
    { overview: unshared },
    async (page) => {
      const field = page.getByRole('textbox', { name: 'Share it with' });
      await field.waitFor();
      await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
      await page.getByRole('button', { name: 'Copy' }).click();
      await page.getByRole('button', { name: 'Copied' }).waitFor();
      expect(await page.evaluate('navigator.clipboard.readText()')).toBe(unshared.serviceAccount);
      await screenshot(page, 'sidebar-unshared');
    },
  );

  sidebarTest(
    'tell whom to share the sheet with before anything else can be shown',
    { failure: { code: 'sheet-not-writable', detail: unshared.serviceAccount ?? '' } },
    async (page, cloud) => {
      const field = page.getByRole('textbox', { name: 'Share it with' });
      expect(await field.inputValue()).toBe(unshared.serviceAccount);
      cloud.failure = null;
      await page.getByRole('button', { name: 'Try again' }).click();
      await page.getByRole('heading', { name: 'Banks' }).waitFor();
    },
  );

  sidebarTest(
    'show what comes meanwhile when somebody comes back to the page',
    {},
    async (page, cloud) => {
      await page.getByText('synced 12 min ago').waitFor();
      cloud.overview = { ...overview, now: '2026-03-10T12:05:00.000Z' };
      await page.waitForTimeout(1100);
      await page.evaluate("window.dispatchEvent(new Event('focus'))");
      await page.getByText('synced 17 min ago').waitFor();
    },
  );
});

describe('a sync', () => {
  sidebarTest('shows its progress and then its result', { on: {} }, async (page, cloud) => {
    await page.getByRole('button', { name: 'Sync Sandbox Bank now' }).click();
    await page.getByText('waiting for the bank').waitFor();
    expect(await called(cloud, 'syncNow')).toEqual({ connectionId: 'c1' });
    const progress = { step: 'entries', done: 340, total: 1500 } as const;
    cloud.overview = later({ ...overview, connections: [connectionView({ progress })] });
    await page.getByText('entries 340 of 1.500').waitFor();
    await growToContent(page);
    await screenshot(page, 'sidebar-sync');
    const at = '2026-03-10T12:00:05.000Z';
    const lastResult = { at, outcome: 'complete', newRows: 0, settled: 0, removed: 0 } as const;
    const done = connectionView({ lastSyncedAt: at, lastResult });
    cloud.overview = later({ ...overview, now: at, connections: [done] });
    await page.getByText('nothing new').first().waitFor();
    expect(await page.getByRole('status').textContent()).toBe('Sandbox Bank: nothing new.');
  });

  sidebarTest(
    'that cannot be asked for says so and can be tried again',
    {},
    async (page, cloud) => {
      const button = page.getByRole('button', { name: 'Sync Sandbox Bank now' });
      await button.waitFor();
      cloud.failure = { code: 'internal' };
      await button.click();
      await page.getByRole('alert').getByText('Something went wrong inside Bookfeed.').waitFor();
      cloud.failure = null;
      await page.getByRole('button', { name: 'Try again' }).click();
      await page.getByText('waiting for the bank').waitFor();
    },
  );

  sidebarTest(
    'starts by itself when the menu’s Sync now opens the sidebar',
    { appended: '<meta name="bookfeed-start" content="sync">' },
    async (page, cloud) => {
      await page.getByText('waiting for the bank').waitFor();
      expect(await called(cloud, 'syncNow')).toEqual({});
    },
  );
});
