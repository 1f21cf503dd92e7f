import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser, BrowserContext, Frame, Page } from 'playwright-core';
import { transactionsLayout } from '../../cloud/adapters/google-sheets-layout.ts';
import { readStatementCustomer } from '../../cloud/local/bank/statement-customer.ts';
import type { Started } from '../../cloud/local/start.ts';
import { transactionColumns } from '../../shared/book.ts';
import { createGridDriver } from '../cloud/local/host/grid-driver.ts';
import { rowsOf, withFolder, withLocal } from '../cloud/local/local-walk.ts';
import { until } from '../walk.ts';
import { drawCalmly, launchChromium, screenshot } from './chromium.ts';
import { comeBackTo } from './desk.ts';

/** What a new user does, as the README says it, in a real browser. */
const widths = transactionsLayout.columns.map((column) => transactionsLayout.widths[column]);
const columnOf = (name: (typeof transactionColumns)[number]) => transactionColumns.indexOf(name);
const fixtures = resolve(import.meta.dirname, '../fixtures/statements');

let browser: Browser | null = null;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(async () => {
  await browser?.close();
});

interface Desk {
  readonly context: BrowserContext;
  readonly page: Page;
  readonly errors: readonly string[];
}

/** A new browser window before the book; what its pages complain of is collected. */
async function withDesk(run: (desk: Desk) => Promise<void>): Promise<void> {
  const context = await browser?.newContext({ viewport: { width: 1440, height: 900 } });
  if (!context) return;
  await drawCalmly(context);
  const errors: string[] = [];
  context.on('weberror', (error) => errors.push(error.error().message));
  try {
    await run({ context, page: await context.newPage(), errors });
    expect(errors).toEqual([]);
  } finally {
    await context.close();
  }
}

/** The sidebar opens with the page. */
async function sidebarOf(page: Page): Promise<Frame> {
  const frame = await until(async () => page.frames().find((it) => it.url().includes('/sidebar')));
  await frame.getByRole('heading').first().waitFor();
  return frame;
}

/** From the sidebar's button to the accounts that the bank gives access to. */
async function connect({ context, page }: Desk, sidebar: Frame, login: string, shots: string) {
  const opened = context.waitForEvent('page');
  await sidebar.getByRole('button', { name: /^Connect a/ }).click();
  const tab = await opened;
  await tab.getByRole('button', { name: /Germany/ }).click();
  await tab.getByRole('checkbox').check();
  await screenshot(tab, `${shots}-terms`);
  await tab.getByRole('button', { name: 'Continue' }).click();
  await tab.getByRole('button', { name: /Sandbox Bank/ }).waitFor();
  await screenshot(tab, `${shots}-bank`);
  await tab.getByRole('button', { name: /Sandbox Bank/ }).click();
  await tab.waitForURL(/\/connect\/(way-in|login)/);
  if (tab.url().includes('way-in')) {
    await tab.getByRole('button', { name: 'Use open banking' }).click();
  }
  const bookfeed = new URL(tab.url()).origin;
  await tab.getByRole('button', { name: 'Continue to Sandbox Bank' }).click();
  await tab.getByLabel('Login name').fill(login);
  expect(new URL(tab.url()).origin).not.toBe(bookfeed);
  await tab.getByLabel('Password').fill('sandbox');
  await screenshot(tab, `${shots}-login`);
  await tab.getByRole('button', { name: 'Log in' }).click();
  await tab.getByRole('button', { name: 'Allow' }).waitFor();
  await screenshot(tab, `${shots}-consent`);
  await tab.getByRole('button', { name: 'Allow' }).click();
  await tab.getByRole('heading', { name: 'Sandbox Bank is connected' }).waitFor();
  await screenshot(tab, `${shots}-accounts`);
  await tab.close();
  await page.bringToFront();
  await sidebar.getByRole('heading', { name: 'Banks' }).waitFor();
}

async function link(sidebar: Frame, account: string | RegExp): Promise<void> {
  const name = typeof account === 'string' ? `Link ${account} to an account` : account;
  await sidebar.getByRole('button', { name }).first().click();
  await sidebar.getByLabel('As far as the bank gives').check();
  await sidebar.getByRole('button', { name: 'Link and sync' }).click();
  await sidebar
    .getByText(/\d+ new/)
    .first()
    .waitFor();
}

/** On the bank's own website, in another tab. */
async function payAtTheBank({ context, page }: Desk, bankUrl: string, to: string): Promise<void> {
  const tab = await context.newPage();
  await tab.goto(bankUrl);
  if (await tab.getByLabel('Login name').isVisible()) {
    await tab.getByLabel('Login name').fill('clara');
    await tab.getByLabel('Password').fill('sandbox');
    await tab.getByRole('button', { name: 'Log in' }).click();
  }
  await tab.getByLabel('To or from').fill(to);
  await tab.getByLabel('Text').fill('ONE MORE');
  await tab.getByLabel('Amount').fill('7.30');
  await tab.getByRole('button', { name: 'Make payment' }).click();
  await tab.getByText('ONE MORE').first().waitFor();
  await screenshot(tab, 'bank-home');
  await tab.close();
  await page.bringToFront();
}

const shownRows = (started: Started, least: number) =>
  until(async () => {
    const rows = await rowsOf(started);
    return rows.length >= least && rows;
  });

describe('the main job in a real browser', () => {
  test('connect, link, rows, post and correct, sync, restart: what the user did stays', async () => {
    if (!browser) return;
    await withFolder(async (folder) => {
      let kept: readonly unknown[] = [];
      await withLocal({ folder }, (started) =>
        withDesk(async (desk) => {
          const { page } = desk;
          await page.goto(started.url);
          const sidebar = await sidebarOf(page);
          await screenshot(page, 'main-1-start');
          await connect(desk, sidebar, 'clara', 'main-2');
          await screenshot(page, 'main-3-banks');
          for (const shown of ['connected', 'DE89 3704 0044 0532 0130 00', '···· 7731']) {
            await sidebar.getByText(shown, { exact: true }).first().waitFor();
          }
          await link(sidebar, 'Current Account');
          const rows = await shownRows(started, 20);
          await page.getByText('Transactions', { exact: true }).waitFor();
          const grid = await createGridDriver(page, widths);
          await screenshot(page, 'main-4-rows');

          await grid.type(columnOf('counterAccount'), 1, 'Expenses:Coffee');
          await grid.click(columnOf('posted'), 1);
          const posted = await until(async () => {
            const [first] = await rowsOf(started);
            return first?.['posted'] === true && first;
          });
          expect(posted).toMatchObject({
            ...rows[0],
            counterAccount: 'Expenses:Coffee',
            posted: true,
          });

          const [counterparty = ''] = String(posted['description']).split(' · ');
          await payAtTheBank(desk, started.bankUrl, counterparty);
          // The bank tells of it: nobody asks for a sync.
          const after = await shownRows(started, rows.length + 1);
          // Else that is the result which a sync is waited for to bring.
          await comeBackTo({ page, sidebar }, sidebar.getByText(/^1 new/).first());
          await sidebar.getByRole('button', { name: 'Sync Sandbox Bank now' }).click();
          await sidebar.getByText(/^nothing new/i).waitFor();
          await screenshot(page, 'main-5-suggested');
          expect(after[0]).toEqual(posted);
          expect(after.at(-1)).toMatchObject({
            counterAccount: 'Expenses:Coffee',
            why: expect.stringMatching(/^Expenses:Coffee: \d\d %, (as|by) /),
            posted: false,
          });
          kept = after;
        }),
      );
      await withLocal({ folder }, (started) =>
        withDesk(async ({ page }) => {
          await page.goto(started.url);
          const sidebar = await sidebarOf(page);
          await sidebar.getByText('Assets:Current Account').waitFor();
          await page.getByText('Transactions', { exact: true }).waitFor();
          await screenshot(page, 'main-6-restarted');
          expect(await rowsOf(started)).toEqual(kept);
        }),
      );
    });
  }, 120_000);

  test("a statement file's entries come by way of the bank", async () => {
    if (!browser) return;
    const { customer } = await readStatementCustomer([
      join(fixtures, 'camt053-v02-two-statements.xml'),
    ]);
    await withFolder((folder) =>
      withLocal({ folder, statementCustomers: [customer] }, (started) =>
        withDesk(async (desk) => {
          await desk.page.goto(started.url);
          const sidebar = await sidebarOf(desk.page);
          await connect(desk, sidebar, customer.login, 'statement-1');
          await link(sidebar, /^Link .* to an account$/);
          const rows = await shownRows(started, 1);
          expect(rows.every(({ amount }) => typeof amount === 'number')).toBe(true);
          await screenshot(desk.page, 'statement-2-rows');
        }),
      ),
    );
  }, 60_000);
});
