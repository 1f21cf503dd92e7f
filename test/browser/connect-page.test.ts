import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser, Locator, Page } from 'playwright-core';
import type { Started } from '../../cloud/local/start.ts';
import { callerOf, withFolder, withLocal } from '../cloud/local/local-walk.ts';
import { launchChromium, screenshot } from './chromium.ts';
import './try-twice.ts';

/** Nothing takes so many steps of the Tab key. */
const tabMax = 60;

let browser: Browser | null = null;
let axe = '';
beforeAll(async () => {
  browser = await launchChromium();
  axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
});
afterAll(async () => {
  await browser?.close();
});

/** The connect page in a window of that width, with what its pages complain of. */
async function withConnectPage(
  width: number,
  run: (walk: {
    page: Page;
    started: Started;
    look: (name: string) => Promise<void>;
  }) => Promise<void>,
): Promise<void> {
  await withFolder((folder) =>
    withLocal({ folder }, async (started) => {
      const context = await browser?.newContext({ viewport: { width, height: 740 } });
      if (!context) return;
      const page = await context.newPage();
      const complaints: string[] = [];
      page.on('console', (message) => {
        if (message.type() === 'error') complaints.push(message.text());
      });
      context.on('weberror', (error) => complaints.push(error.error().message));
      try {
        const { url } = await callerOf(started)('startConnect', {});
        await page.goto(url);
        await run({ page, started, look: (name) => lookAt(page, `connect-${width}-${name}`) });
        expect(complaints).toEqual([]);
      } finally {
        await context.close();
      }
    }),
  );
}

/** Nothing of the page is out of sight to the side, and axe finds nothing serious. */
async function lookAt(page: Page, name: string): Promise<void> {
  await page.getByRole('heading', { level: 1 }).waitFor();
  await screenshot(page, name);
  const tooWide = await page.evaluate('document.documentElement.scrollWidth - window.innerWidth');
  await page.evaluate(axe);
  const found = await page.evaluate(`axe.run().then(({ violations }) => violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => id + ': ' + nodes.map(({ html }) => html).join(' ')))`);
  expect({ name, tooWide, found }).toEqual({ name, tooWide: 0, found: [] });
}

/** Goes on with the Tab key until it stands on that, as one without a mouse does. */
async function tabTo(page: Page, wanted: Locator): Promise<void> {
  await wanted.waitFor();
  for (let step = 0; step < tabMax; step++) {
    if (await wanted.evaluate((it) => it === it.ownerDocument.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`the Tab key does not come to ${wanted}`);
}

async function press(page: Page, wanted: Locator, key = 'Enter'): Promise<void> {
  await tabTo(page, wanted);
  await page.keyboard.press(key);
}

async function type(page: Page, label: string, text: string): Promise<void> {
  await tabTo(page, page.getByLabel(label));
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type(text);
}

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name });

/** Of a picture that the browser could read; 0 otherwise. */
const widthOf = (it: unknown) => (it as { readonly naturalWidth: number }).naturalWidth;

/** From the country to the choice of the way in. */
async function chooseSandboxBank(page: Page, look: (name: string) => Promise<void>) {
  await look('1-country');
  await press(page, button(page, /Germany/));
  await page.getByRole('checkbox').waitFor();
  await look('2-terms');
  await press(page, page.getByRole('checkbox'), 'Space');
  await press(page, button(page, 'Continue'));
  await page.getByLabel(/^Name, IBAN/).waitFor();
  await look('3-bank');
  await type(page, 'Name, IBAN', 'nosuchbank');
  await page.getByText('No bank like that is known here').waitFor();
  await look('3-none');
  await type(page, 'Name, IBAN', 'sandbx bnak');
  await press(page, button(page, /Sandbox Bank/));
  await button(page, 'Use direct access').waitFor();
  await look('4-way-in');
}

describe('the connect page by keyboard alone', () => {
  test('leads over the bank’s own page to the accounts, on a desktop', async () => {
    if (!browser) return;
    await withConnectPage(1440, async ({ page, look }) => {
      await chooseSandboxBank(page, look);
      await press(page, button(page, 'Use open banking'));
      await page.getByLabel('What you call').waitFor();
      await look('5-name');
      await type(page, 'What you call', 'Household');
      await press(page, button(page, 'Continue to Sandbox Bank'));
      await type(page, 'Login name', 'clara');
      await type(page, 'Password', 'sandbox');
      await press(page, button(page, 'Log in'));
      await press(page, button(page, 'Allow'));
      await page.getByRole('heading', { name: 'Household is connected' }).waitFor();
      await look('7-accounts');
      await press(page, page.getByRole('link', { name: 'Back to your book' }));
      await page.waitForURL((url) => url.pathname === '/');
    });
  }, 60_000);

  test('leads over login, method, picture and code to the accounts, on a phone', async () => {
    if (!browser) return;
    await withConnectPage(360, async ({ page, started, look }) => {
      await chooseSandboxBank(page, look);
      await press(page, button(page, 'Use direct access'));
      await page.getByLabel('Password').waitFor();
      await look('5-login');
      await type(page, 'Login name', 'clara');
      await type(page, 'Password', 'Sandbox');
      await press(page, button(page, 'Log in'));
      await page.getByRole('alert').getByText('The bank did not accept the login.').waitFor();
      expect(await page.getByLabel('Password').inputValue()).toBe('');
      await look('5-wrong');
      await type(page, 'Login name', 'clara');
      await type(page, 'Password', 'sandbox');
      await page.keyboard.press('Enter');
      await tabTo(page, page.getByRole('radio').first());
      await look('6-method');
      await page.keyboard.press('ArrowDown');
      expect(await page.getByRole('radio', { name: /photo/i }).isChecked()).toBe(true);
      await page.keyboard.press('Enter');
      await page.getByRole('img').waitFor();
      expect(await page.getByRole('img').evaluate(widthOf)).toBeGreaterThan(10);
      await look('6-picture');
      await page.keyboard.type('000000');
      await page.keyboard.press('Enter');
      await page.getByRole('alert').getByText('The bank did not accept that code.').waitFor();
      await look('6-wrong');
      await page.getByRole('textbox').focus();
      await page.keyboard.type(started.bank.control.answers('clara')?.code ?? '');
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { name: 'Sandbox Bank is connected' }).waitFor();
      await look('7-accounts');
    });
  }, 90_000);

  test('goes on by itself once the login was approved in the app, and says so when it was declined', async () => {
    if (!browser) return;
    await withConnectPage(360, async ({ page, started, look }) => {
      await chooseSandboxBank(page, async () => {});
      await press(page, button(page, 'Use direct access'));
      const logIn = async () => {
        await type(page, 'Login name', 'amira');
        await type(page, 'Password', 'sandbox');
        await page.keyboard.press('Enter');
        await page.getByText('Waiting for your approval').waitFor();
      };
      await logIn();
      await look('6-approval');
      started.bank.control.answers('amira')?.decline();
      await page.getByRole('alert').getByText('The access was not allowed at the bank.').waitFor();
      await look('6-declined');
      await logIn();
      started.bank.control.answers('amira')?.approve();
      await page.getByRole('heading', { name: 'Sandbox Bank is connected' }).waitFor();
    });
  }, 90_000);

  test('waits on a page of its own where the bank takes longer than a request may', async () => {
    if (!browser) return;
    await withConnectPage(360, async ({ page }) => {
      await chooseSandboxBank(page, async () => {});
      await press(page, button(page, 'Use direct access'));
      await page.getByLabel('Password').waitFor();
      // The request arrives, its answer does not.
      await page.route('**/connect/login', async (route) => {
        await route.fetch({ maxRedirects: 0 });
      });
      await page.evaluate(`
        const { setTimeout } = globalThis;
        globalThis.setTimeout = (done, ms) => setTimeout(done, ms / 50);
      `);
      await type(page, 'Login name', 'amira');
      await type(page, 'Password', 'sandbox');
      await page.keyboard.press('Enter');
      await page.getByText('Waiting for your approval').waitFor();
      expect(new URL(page.url()).pathname).toBe('/connect/confirm');
    });
  }, 60_000);

  test('shows the policy, the terms and a link that is spent', async () => {
    if (!browser) return;
    await withConnectPage(360, async ({ page, started, look }) => {
      for (const path of ['privacy', 'terms']) {
        await page.goto(`${started.world.publicUrl}/${path}`);
        await look(path);
      }
      const spent = await page.request.get(`${started.world.publicUrl}/connect?link=l1`);
      expect(spent.status()).toBe(400);
    });
  });
});
