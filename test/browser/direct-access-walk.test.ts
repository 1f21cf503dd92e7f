import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { launchChromium, screenshot } from './chromium.ts';
import {
  chooseBank,
  chooseFromMenu,
  closeTab,
  comeBackTo,
  hourMs,
  link,
  minuteMs,
  onPhone,
  readCode,
  settledRows,
  typeLogin,
  withDesk,
} from './desk.ts';

let browser: Browser | null = null;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(async () => {
  await browser?.close();
});

test('direct access: log in with a code, link a card and a depot, fetch the history with a photo TAN and an approval', async () => {
  if (!browser) return;
  await withDesk(browser, { bankTraits: { pageSize: 10 } }, async (desk) => {
    const { page, sidebar } = desk;
    const tab = await chooseBank(desk, 'direct access');
    await tab.getByLabel('What you call this connection').fill('Household');
    await typeLogin(tab);
    await tab.getByLabel('Code by SMS').check();
    await tab.getByRole('button', { name: 'Continue' }).click();
    await tab.getByRole('textbox').waitFor();
    await tab.getByRole('textbox').fill(await readCode(desk));
    await tab.getByRole('button', { name: 'Send' }).click();
    await tab.getByRole('heading', { name: 'Household is connected' }).waitFor();
    expect(await tab.locator('.accounts tbody tr').count()).toBe(6);
    await screenshot(tab, 'direct-3-accounts');
    await closeTab(desk, tab);

    await sidebar.getByRole('heading', { name: 'Household' }).waitFor();
    await link(desk, 'Credit Card');
    await link(desk, 'Depot Cash');
    const rows = await settledRows(desk);
    expect(new Set(rows.map(({ account }) => account))).toEqual(
      new Set(['Liabilities:Credit Card', 'Assets:Depot Cash']),
    );
    expect(rows.every(({ balance }) => typeof balance === 'number')).toBe(true);

    await chooseFromMenu(desk, 'Household', 'Access log');
    await sidebar.getByRole('heading', { name: 'Access log' }).waitFor();
    const log = sidebar.getByRole('listitem');
    await log.first().waitFor();
    await screenshot(page, 'direct-5-log');
    const accesses = await log.allInnerTexts();
    expect(accesses.at(-1)).toMatch(
      /^confirmation.*somebody was there · accounts, 6 × balances · complete/s,
    );
    expect(accesses[0]).toMatch(/^sync after a confirmation.*2 × entries.*complete/s);
    await sidebar.getByRole('button', { name: 'Back' }).click();

    const askForHistory = async () => {
      await chooseFromMenu(desk, 'Household', 'Historical sync…');
      await sidebar.getByText('hours or up to two days').waitFor();
      await sidebar.getByLabel('As far as the bank gives').check();
      await sidebar.getByRole('button', { name: 'Save and fetch' }).click();
    };
    await desk.pass(hourMs);
    await askForHistory();
    await sidebar.getByRole('button', { name: 'Enter code: Household' }).click();
    await sidebar.getByLabel('Photo TAN').check();
    await sidebar.getByRole('button', { name: 'Go on' }).click();
    const picture = sidebar.getByRole('img', { name: /Photo TAN/ });
    await picture.waitFor();
    await sidebar.getByLabel(/^Code/).fill('nonono');
    await sidebar.getByRole('button', { name: 'Send' }).click();
    await sidebar.getByRole('alert').getByText('did not accept that code').waitFor();
    await screenshot(page, 'direct-7-wrong-code');

    await page.reload();
    await sidebar.getByRole('button', { name: 'Enter code: Household' }).click();
    await picture.waitFor();
    const width = await picture.evaluate(
      (it: { readonly naturalWidth?: number }) => it.naturalWidth,
    );
    expect(width).toBeGreaterThan(100);
    await sidebar.getByLabel(/^Code/).fill(await readCode(desk));
    await sidebar.getByRole('button', { name: 'Send' }).click();
    await sidebar.getByText(/^entries [\d,]+ of [\d,]+$/).waitFor();
    await screenshot(page, 'direct-8-progress');
    await sidebar.getByText(/^\d+ new/).waitFor();
    await sidebar
      .getByText(/^The bank gave nothing before/)
      .first()
      .waitFor();
    await screenshot(page, 'direct-9-history');
    const history = await settledRows(desk);
    expect(history.length).toBeGreaterThan(rows.length * 2);
    expect(history.slice(0, rows.length)).toEqual(rows);

    await desk.pass(hourMs);
    await askForHistory();
    await sidebar.getByRole('button', { name: 'Enter code: Household' }).waitFor();
    await desk.pass(6 * minuteMs);
    await comeBackTo(desk, sidebar.getByText('The bank no longer waits for this confirmation.'));
    await screenshot(page, 'direct-10-expired');
    await askForHistory();
    await sidebar.getByRole('button', { name: 'Enter code: Household' }).click();
    await sidebar.getByLabel('Approval in the app').check();
    await sidebar.getByRole('button', { name: 'Go on' }).click();
    await sidebar.getByText('Waiting for your approval…').waitFor();
    await screenshot(page, 'direct-11-approval');
    await onPhone(desk, async (message) => {
      const approve = message.getByRole('button', { name: /^Approve/ });
      await approve.click();
      // A tab that is closed while it goes elsewhere may stay open for good.
      await approve.waitFor({ state: 'detached' });
    });
    await page.bringToFront();
    await sidebar.getByRole('heading', { name: 'Banks' }).waitFor();
    await sidebar.getByText(/^nothing new/).waitFor();
    expect(await settledRows(desk)).toEqual(history);
  });
}, 180_000);
