import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import type { Overview } from '../../shared/api.ts';
import { launchChromium, screenshot } from '../browser/chromium.ts';
import { builtAddon } from './built-addon.ts';
import { type FakeCloud, growToContent, openSidebar } from './sidebar-page.ts';
import { accountView, book, connectionView, overview, unlinked } from './sidebar-views.ts';

const outDir = builtAddon();
let browser: Browser | null = null;
let opened: Awaited<ReturnType<typeof openSidebar>> | null = null;

beforeAll(async () => {
  browser = await launchChromium();
}, 60_000);
afterAll(() => browser?.close());
afterEach(async () => {
  const { page, errors } = opened ?? {};
  const wider = page && (await page.evaluate('document.documentElement.scrollWidth'));
  await opened?.close();
  opened = null;
  expect(errors ?? []).toEqual([]);
  if (page) expect(wider).toBe(300);
});

/** A test with the sidebar open; where there is no browser, launchChromium has said so in a line. */
function sidebarTest(
  name: string,
  change: Partial<FakeCloud>,
  run: (page: Page, cloud: FakeCloud) => Promise<void>,
): void {
  test(name, async () => {
    if (!browser) return;
    opened = await openSidebar(browser, outDir(), change);
    await run(opened.page, opened.cloud);
  });
}

const unshared: Overview = {
  ...overview,
  serviceAccount: 'bookfeed@my-own-books-project.iam.gserviceaccount.example',
  sheetFailure: { code: 'sheet-not-writable' },
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
      failure: { code: 'timeout' },
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
      failure: { code: 'consent-expired' },
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
    expect(cloud.calls.at(-1)).toEqual({ name: 'syncNow', args: { connectionId: 'c1' } });
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

  test('starts by itself when the menu’s Sync now opens the sidebar', async () => {
    if (!browser) return;
    opened = await openSidebar(
      browser,
      outDir(),
      {},
      '<meta name="bookfeed-start" content="sync">',
    );
    await opened.page.getByText('waiting for the bank').waitFor();
    expect(opened.cloud.calls.at(-1)).toEqual({ name: 'syncNow', args: {} });
  });
});

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
      expect(lastCall(cloud, 'linkAccount')).toEqual({
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
      expect(lastCall(cloud, 'linkAccount')).toMatchObject({
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
      expect(lastCall(cloud, 'linkAccount')).toBeUndefined();
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

function later(view: Overview): Overview {
  return { ...view, now: view.now > '2026-03-10T12:00:02' ? view.now : '2026-03-10T12:00:02.000Z' };
}

function lastCall(cloud: FakeCloud, name: string): unknown {
  return cloud.calls.findLast((call) => call.name === name)?.args;
}
