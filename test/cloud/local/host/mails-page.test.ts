import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { launchChromium, screenshot } from '../../../browser/chromium.ts';
import { type BookFixture, builtForTests, openBookFixture } from './book-fixture.ts';
import '../../../browser/try-twice.ts';

const addonDir = join(import.meta.dirname, '../../../fixtures/host-addon');
const browser: Browser | null = await launchChromium();
const describeInBrowser = browser ? describe : describe.skip;

const link = 'https://bookfeed.example/connect/abc?x=1';
const expired = {
  at: '2026-03-01T08:00:00.000Z',
  to: 'erika@example.org',
  subject: 'DKB needs you <b>now</b>',
  text: `The connection <i>DKB</i> has expired.\n\nRenew it (${link}).\nThank you`,
};

describeInBrowser('the page of mails', () => {
  let book: BookFixture;
  let context: BrowserContext;
  let page: Page;
  const defects: string[] = [];

  beforeEach(async () => {
    book = await openBookFixture({ addonDir, pageDir: builtForTests().pageDir });
    context = await (browser as Browser).newContext({ viewport: { width: 360, height: 640 } });
    page = await context.newPage();
    page.on('pageerror', (error) => defects.push(error.message));
    page.on('console', (line) => line.type() === 'error' && defects.push(line.text()));
  });
  afterEach(async () => {
    await context.close();
    await book.close();
    expect(defects.splice(0)).toEqual([]);
  });
  afterAll(() => browser?.close());

  const articles = () => page.locator('article');

  test('opens from the book by its link, and shows each mail as text with its link to click', async () => {
    book.mails.push(expired);
    await page.setViewportSize({ width: 1440, height: 700 });
    await page.goto(`${book.url}/#${book.sessionToken}`);
    const [opened] = await Promise.all([
      context.waitForEvent('page'),
      page.getByRole('link', { name: 'Mails' }).click(),
    ]);
    page = opened;
    await articles().waitFor();
    expect(await articles().getByRole('heading').textContent()).toBe(expired.subject);
    expect(await articles().locator('.mail-text').textContent()).toBe(expired.text);
    expect(await articles().locator('.mail-head').textContent()).toContain(expired.to);
    const links = articles().getByRole('link');
    expect(await links.count()).toBe(1);
    expect(await links.getAttribute('href')).toBe(link);
    await screenshot(page, 'mails-wide');
  });

  test('opened by the address with the token it keeps no token in its own, and shows the newest first as they come', async () => {
    await page.goto(`${book.url}/mails#${book.sessionToken}`);
    await page.getByText('There are none yet.').waitFor();
    expect(page.url()).toBe(`${book.url}/mails`);
    book.mails.unshift(expired);
    await articles().waitFor();
    book.mails.unshift({ ...expired, subject: 'Newer', text: `${'long-'.repeat(60)} ${link}` });
    await page.getByText('Newer').waitFor();
    expect(await articles().getByRole('heading').allTextContents()).toEqual([
      'Newer',
      expired.subject,
    ]);
    const width = await page.evaluate('document.documentElement.scrollWidth');
    expect(width).toBeLessThanOrEqual(360);
    await screenshot(page, 'mails-narrow');
  });

  test('without the token it shows nothing and says what to open', async () => {
    book.mails.push(expired);
    await page.goto(`${book.url}/mails`);
    await page.getByText('Open the address that npm start has printed').waitFor();
    expect(await articles().count()).toBe(0);
  });
});
