import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import type { ConnectionView } from '../../shared/api.ts';
import { callerOf } from '../cloud/local/local-walk.ts';
import { connectSandboxBank, until } from '../walk.ts';
import { launchChromium, screenshot } from './chromium.ts';
import {
  chooseFromBookMenu,
  chooseFromMenu,
  comeBackTo,
  consentsAtBank,
  hourMs,
  kim,
  link,
  openBank,
  settledRows,
  withDesk,
  words,
} from './desk.ts';

let browser: Browser | null = null;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(async () => {
  await browser?.close();
});

test('what can be set of a connection, how it counts its calls, and how it is taken out and comes back', async () => {
  if (!browser) return;
  await withDesk(browser, { connected: kim }, async (desk) => {
    const { started, page, sidebar } = desk;
    const call = callerOf(started);
    const connection = async (): Promise<ConnectionView> => {
      const [found, ...others] = (await call('overview', {})).connections;
      if (!found || others.length > 0) throw new Error('there is not one connection');
      return found;
    };
    await link(desk, 'Savings');
    const rows = await settledRows(desk);

    const bank = sidebar.getByRole('article');
    const shows = (text: string) => comeBackTo(desk, bank.getByText(text));
    await shows('4 of 4 left');
    await sidebar.getByRole('button', { name: 'Sync Sandbox Bank now' }).click();
    await sidebar.getByText(/^nothing new/).waitFor();
    await shows('4 of 4 left');
    await desk.pass(6.3 * hourMs);
    await desk.pass(6.3 * hourMs);
    await shows('2 of 4 left');
    const due = (await connection()).nextSyncAt ?? '';
    await bank.getByText(`next ${words.when(desk.now(), due)}`).waitFor();
    await screenshot(page, 'settings-1-quota');

    const tab = await openBank(desk);
    await tab.getByLabel('Account', { exact: true }).selectOption({ label: 'Savings, EUR' });
    await tab.getByLabel('To or from').fill('Gartenmarkt Weide');
    await tab.getByLabel('Text').fill('TOLD BY THE BANK');
    await tab.getByLabel('Amount').fill('7.30');
    await tab.getByRole('button', { name: 'Make payment' }).click();
    await tab.getByText('TOLD BY THE BANK').first().waitFor();
    await tab.close();
    const told = await until(async () => {
      const now = await settledRows(desk);
      return now.length > rows.length && now;
    });
    expect(told.slice(0, -1)).toEqual(rows);
    expect(told.at(-1)).toMatchObject({ amount: -7.3, posted: false });
    await shows('1 of 4 left');

    await chooseFromBookMenu(desk, 'Schedule…');
    await sidebar.getByLabel('Every 12 hours').check();
    await screenshot(page, 'settings-2-schedule');
    await sidebar.getByRole('button', { name: 'Save' }).click();
    await sidebar.getByRole('heading', { name: 'Banks' }).waitFor();
    expect(await connection()).toMatchObject({ everyHours: 12 });
    const later = (await connection()).nextSyncAt ?? '';
    expect(Date.parse(later) - Date.parse(due)).toBeGreaterThan(5 * hourMs);
    await bank.getByText(`next ${words.when(desk.now(), later)}`).waitFor();

    await chooseFromMenu(desk, 'Sandbox Bank', 'Rename…');
    await sidebar.getByLabel('Name of this bank').fill('Our savings');
    await sidebar.getByRole('button', { name: 'Save' }).click();
    await sidebar.getByRole('heading', { name: 'Our savings' }).waitFor();

    await chooseFromBookMenu(desk, 'Members…');
    await sidebar.getByText('Owner · you').waitFor();
    await chooseFromBookMenu(desk, 'Notifications…');
    await sidebar.getByLabel('No reminders').check();
    await sidebar.getByRole('button', { name: 'Save' }).click();
    await sidebar.getByRole('heading', { name: 'Banks' }).waitFor();
    expect((await call('overview', {})).reminders).toBe(false);

    await chooseFromMenu(desk, 'Our savings', 'Get accounts');
    await sidebar.getByRole('heading', { name: 'Dollar Account' }).waitFor();
    await sidebar.getByText('DE02 1203 0000 0000 2020 51').waitFor();
    await sidebar.getByRole('button', { name: 'Back' }).click();
    const [pattern] = kim.accounts;
    if (!pattern) throw new Error('a customer has an account');
    const opened = { ...pattern, key: 'kim-new', iban: 'DE02500105170137075030', name: 'Rent' };
    started.bank.control.openAccount(kim.login, opened);
    await chooseFromMenu(desk, 'Our savings', 'Find new accounts');
    await sidebar.getByRole('status').getByText('1 account is new.').waitFor();
    await sidebar.getByRole('heading', { name: 'Rent', exact: true }).waitFor();
    await screenshot(page, 'settings-6-new-account');
    await sidebar.getByRole('button', { name: 'Back' }).click();

    expect(await consentsAtBank(desk)).toHaveLength(1);
    await chooseFromMenu(desk, 'Our savings', 'Unsync…');
    await sidebar.getByText('Stays: every row of your book.').waitFor();
    await screenshot(page, 'settings-7-unsync');
    await sidebar.getByRole('button', { name: 'Unsync' }).click();
    await sidebar.getByRole('button', { name: 'Connect a bank' }).waitFor();
    expect(await consentsAtBank(desk)).toEqual([]);
    expect(await settledRows(desk)).toEqual(told);

    await connectSandboxBank(call, kim);
    await page.reload();
    await link(desk, 'Savings', 'Assets:Savings');
    await sidebar.getByText(/^nothing new/).waitFor();
    expect(await settledRows(desk)).toEqual(told);
  });
}, 120_000);
