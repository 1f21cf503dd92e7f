import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { listen } from '../../../../cloud/local/listen.ts';
import { launchChromium, screenshot } from '../../../browser/chromium.ts';
import { type BankServer, startBank, user } from './bank-server.ts';
import '../../../browser/try-twice.ts';

let browser: Browser | null = null;
let bank: BankServer;
beforeAll(async () => {
  bank = await startBank();
  browser = await launchChromium();
});
afterAll(async () => {
  await browser?.close();
  await bank.stop();
});

test.each([
  ['phone', { width: 360, height: 740 }],
  ['desktop', { width: 1440, height: 900 }],
])('a customer decides and pays without JavaScript, on a %s', async (name, viewport) => {
  if (!browser) return;
  const context = await browser.newContext({ viewport, javaScriptEnabled: false });
  const page = await context.newPage();
  const asker = await listen(() => new Response('You are back.'), 0);
  const { grant, confirmation } = await bank.startConsent(
    '2026-06-30',
    `${asker.url}/back?state=s1`,
  );

  await page.goto(confirmation.url);
  await look(page, `bank-${name}-1-login`);
  await page.getByLabel('Login name').fill('clara');
  await page.getByLabel('Password').fill('wrong');
  await page.getByRole('button', { name: 'Log in' }).click();
  expect(await page.getByRole('alert').textContent()).toContain('wrong');
  await look(page, `bank-${name}-2-wrong-login`);
  await page.getByLabel('Password').fill('sandbox');
  await page.keyboard.press('Enter');

  await page.getByRole('heading', { name: 'Allow access to your accounts?' }).waitFor();
  await look(page, `bank-${name}-3-consent`);
  await page.getByLabel('Savings').uncheck();
  await page.getByRole('button', { name: 'Allow' }).click();
  await page.waitForURL(`${asker.url}/back?state=s1`);
  expect(await bank.read.accounts(grant, user)).toHaveLength(2);

  await page.goto(`${bank.url}/`);
  await look(page, `bank-${name}-4-home`);
  await page.getByLabel('To or from').fill(`Bakery on a ${name}`);
  await page.getByLabel('Pending first').check();
  await page.getByRole('button', { name: 'Make payment' }).click();
  await page.getByRole('status').getByText('The payment is pending.').waitFor();
  await look(page, `bank-${name}-5-paid`);
  await page.getByRole('button', { name: `Book Bakery on a ${name} now` }).click();
  await page.getByRole('status').getByText('The payment is booked.').waitFor();
  await page.getByRole('button', { name: 'Log out' }).click();
  await page.getByRole('heading', { name: 'Log in to online banking' }).waitFor();
  await context.close();
  await asker.close();
});

/** Keeps a picture, and holds the page to fitting its window. */
async function look(page: Page, picture: string): Promise<void> {
  await screenshot(page, picture);
  const { width = 0 } = page.viewportSize() ?? {};
  const main = await page.locator('body').boundingBox();
  expect(main?.width).toBe(width);
  for (const box of await page.locator('section, button, input:visible').all()) {
    const { x = 0, width: own = 0 } = (await box.boundingBox()) ?? {};
    expect(x + own).toBeLessThanOrEqual(width);
  }
}
