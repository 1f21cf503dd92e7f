import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { type BankServer, startBank } from '../cloud/local/bank/bank-server.ts';
import { launchChromium, screenshot } from './chromium.ts';
import './try-twice.ts';

let browser: Browser | null = null;
let bank: BankServer;
let axe: string;
beforeAll(async () => {
  bank = await startBank({ traits: { pageSize: 12 } });
  browser = await launchChromium();
  axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
});
afterAll(async () => {
  await browser?.close();
  await bank.stop();
});

test.each([
  ['phone', { width: 360, height: 740 }],
  ['desktop', { width: 1280, height: 900 }],
])('a customer confirms and reads statements by keyboard, on a %s', async (name, viewport) => {
  if (!browser) return;
  const context = await browser.newContext({ viewport });
  const page = await context.newPage();
  const look = (picture: string) => check(page, `bank-${name}-${picture}`);

  await page.goto(`${bank.url}/accounts`);
  await look('login');
  await page.keyboard.type('clara');
  await page.keyboard.press('Tab');
  await page.keyboard.type('sandbox');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Space');
  await page.keyboard.press('Enter');

  await page.getByRole('heading', { name: 'Confirm your login' }).waitFor();
  await look('method');
  await page.getByLabel('Code by SMS').focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');

  await page.getByRole('img', { name: /Photo TAN/ }).waitFor();
  await look('photo');
  expect(await isPictureShown(page)).toBe(true);
  await page.keyboard.type('nothing');
  await page.keyboard.press('Enter');
  await page.getByRole('alert').waitFor();
  await look('wrong-code');
  const phone = await context.newPage();
  await phone.goto(`${bank.url}/phone`);
  await check(phone, `bank-${name}-phone`);
  const code = (await phone.locator('[data-field=code]').textContent()) ?? '';
  await page.bringToFront();
  await page.keyboard.type(code);
  await page.keyboard.press('Enter');

  await page.getByRole('heading', { name: 'All accounts' }).waitFor();
  await look('accounts');
  expect(await page.locator('#accounts tbody tr').count()).toBe(6);
  await page.getByRole('link', { name: 'Details of Credit Card' }).press('Enter');
  await page.getByRole('heading', { name: 'Credit Card' }).waitFor();
  await look('details');
  await page.getByRole('link', { name: 'Entries' }).press('Enter');
  await page.getByRole('heading', { name: 'Entries of Credit Card' }).waitFor();
  await look('entries');
  await page.getByLabel('From').fill('2026-01-05');
  await page.getByRole('button', { name: 'Show' }).press('Enter');
  await page.getByRole('link', { name: 'Next page' }).press('Enter');
  await page.waitForURL(/page=2/);
  bank.clock.passMinutes(10);
  await page.goto(page.url().replace('2026-01-05', '2024-01-05'));
  await page.getByLabel('Approval in the app').check();
  await page.keyboard.press('Enter');
  await page.getByRole('link', { name: 'I have approved it' }).waitFor();
  await look('approval');
  await phone.reload();
  await check(phone, `bank-${name}-phone-approval`);
  await phone.getByRole('button', { name: 'Approve for Clara Beispiel' }).press('Enter');
  await phone.getByText('Nothing is being asked.').waitFor();
  await page.bringToFront();
  await page.getByRole('link', { name: 'I have approved it' }).press('Enter');
  await page.getByRole('heading', { name: 'Not that far back' }).waitFor();
  await look('not-that-far');
  await context.close();
});

test('the question in words, and what is over, are pages that everybody can read', async () => {
  if (!browser) return;
  const context = await browser.newContext({ viewport: { width: 360, height: 740 } });
  const page = await context.newPage();
  await page.goto(`${bank.url}/`);
  await page.getByLabel('Login name').fill('jonas');
  await page.getByLabel('Password').fill('sandbox');
  await page.getByLabel('Remember this browser').check();
  await page.getByRole('button', { name: 'Log in' }).click();
  await check(page, 'bank-phone-question');
  for (const text of ['a', 'b', 'c']) {
    await page.getByLabel('Answer').fill(text);
    const answered = page.waitForEvent('domcontentloaded');
    await page.keyboard.press('Enter');
    await answered;
  }
  await page.getByRole('heading', { name: 'Not confirmed' }).waitFor();
  await check(page, 'bank-phone-over');
  bank.control.failNext({ call: 'accounts', with: 'login-rejected' });
  await page.goto(`${bank.url}/accounts`);
  await page.getByLabel('Login name').fill('jonas');
  await page.getByLabel('Password').fill('sandbox');
  await page.keyboard.press('Enter');
  await page.getByRole('alert').getByText('is wrong').waitFor();
  await check(page, 'bank-phone-rejected');
  await context.close();
});

/** Keeps a picture, and holds the page to fitting its window and to having no serious finding of axe. */
async function check(page: Page, picture: string): Promise<void> {
  await screenshot(page, picture);
  const scrolls = await page.evaluate('document.documentElement.scrollWidth > innerWidth');
  expect([picture, scrolls]).toEqual([picture, false]);
  // The page's own policy forbids scripts: axe comes in by the debugger.
  await page.evaluate(axe);
  const findings = (await page.evaluate(
    'axe.run().then(({ violations }) => violations.map(({ impact, id, nodes }) => [impact, id, nodes[0].html]))',
  )) as readonly (readonly [string, string, string])[];
  const serious = findings.filter(([impact]) => impact === 'serious' || impact === 'critical');
  expect([picture, serious]).toEqual([picture, []]);
}

async function isPictureShown(page: Page): Promise<boolean> {
  return page.evaluate(
    "(() => { const it = document.querySelector('#challenge'); return it.complete && it.naturalWidth === 198; })()",
  );
}
