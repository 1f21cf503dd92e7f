import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import type { ConnectionView } from '../../shared/api.ts';
import { addMs } from '../../shared/calendar-date.ts';
import { callerOf } from '../cloud/local/local-walk.ts';
import { launchChromium, screenshot } from './chromium.ts';
import {
  allowAtBank,
  chooseBank,
  closeTab,
  comeBackTo,
  type Desk,
  dayMs,
  hourMs,
  kim,
  link,
  mailsOf,
  readCode,
  settledRows,
  tabOf,
  typeLogin,
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

/** To the next sync by schedule. */
const nextSyncMs = 6.3 * hourMs;

test('what goes wrong at a bank is told with what to do, heals by itself or by its user, and by the other way in', async () => {
  if (!browser) return;
  await withDesk(browser, {}, async (desk) => {
    const { started, page, sidebar } = desk;
    const { control } = started.bank;
    const call = callerOf(started);
    const connection = async (): Promise<ConnectionView> => {
      const [found, ...others] = (await call('overview', {})).connections;
      if (!found || others.length > 0) throw new Error('there is not one connection');
      return found;
    };
    const shows = (text: string | RegExp) => comeBackTo(desk, sidebar.getByText(text).first());

    const tab = await chooseBank(desk, 'direct access');
    await typeLogin(tab, `${kim.password} `);
    await tab.getByRole('alert').getByText('did not accept the login').waitFor();
    for (const cause of ['A space before or after', 'Capitals', 'Punctuation']) {
      await tab.getByRole('alert').getByText(cause).waitFor();
    }
    expect(await tab.getByRole('alert').textContent()).not.toContain('status');
    await screenshot(tab, 'failures-1-wrong-login');
    await logIn(desk, tab);
    await link(desk, 'Savings');
    const rows = await settledRows(desk);

    control.failNext({ call: 'any', with: 'login-rejected' });
    await desk.pass(nextSyncMs);
    await shows('The bank did not accept the login.');
    await sidebar.getByText('stopped').waitFor();
    const calls = control.calls();
    await desk.pass(dayMs);
    await desk.pass(dayMs);
    expect(control.calls()).toEqual(calls);
    const rejected = 'Sandbox Bank needs you: the bank did not accept the login';
    expect(await mailsOf(desk)).toEqual([rejected]);
    const reconnecting = await tabOf(
      desk,
      sidebar.getByRole('button', { name: 'Reconnect: Sandbox Bank' }),
    );
    await logIn(desk, reconnecting);
    await started.idle();
    expect(await connection()).toMatchObject({ state: 'connected' });

    control.failNext({
      call: 'any',
      with: 'bank-unavailable',
      until: addMs(desk.now(), 20 * hourMs),
    });
    await desk.pass(nextSyncMs);
    await shows('The bank could not answer.');
    const { nextSyncAt = '' } = await connection();
    await sidebar.getByText(`It is tried again ${words.when(desk.now(), nextSyncAt)}.`).waitFor();
    await screenshot(page, 'failures-3-orange');
    await desk.pass(nextSyncMs);
    await desk.pass(nextSyncMs);
    await shows('Direct access to this bank fails often.');
    await screenshot(page, 'failures-4-advice');
    await sidebar.getByRole('button', { name: 'See what changes' }).click();
    await sidebar.getByRole('heading', { name: 'Change to open banking' }).waitFor();
    await desk.pass(2 * hourMs);
    const before = await connection();
    const changing = await tabOf(desk, sidebar.getByRole('button', { name: 'Go on' }));
    await allowAtBank(changing);
    await closeTab(desk, changing);
    await sidebar.getByRole('heading', { name: 'Banks' }).waitFor();
    await started.idle();
    const changed = await connection();
    expect(changed).toMatchObject({ id: before.id, wayIn: 'psd2', state: 'connected' });
    const savingsOf = ({ accounts }: ConnectionView) => accounts.find(({ feed }) => feed);
    expect(savingsOf(changed)).toMatchObject({
      key: savingsOf(before)?.key,
      feed: savingsOf(before)?.feed,
    });
    expect(await settledRows(desk)).toEqual(rows);

    control.failNext({ call: 'entries', with: 'bank-unavailable' });
    await desk.pass(nextSyncMs);
    await shows('The bank could not answer.');
    await desk.pass(nextSyncMs);
    await shows(/^nothing new/);
    expect(await connection()).not.toHaveProperty('failure');

    control.failNext({ call: 'entries', with: 'rate-limited', retryAfterSeconds: 36_000 });
    await desk.pass(nextSyncMs);
    await shows('The bank allows no further call for now.');
    expect(await connection()).toMatchObject({ state: 'connected' });
    const waits = (await connection()).nextSyncAt ?? '';
    expect(Date.parse(waits) - Date.parse(desk.now())).toBeGreaterThan(9 * hourMs);
    expect(await sidebar.getByRole('button', { name: /^Reconnect/ }).count()).toBe(0);
    await screenshot(page, 'failures-6-limited');
    await desk.pass(10.3 * hourMs);
    await shows(/^nothing new/);

    control.closeAccount('kim-savings');
    await desk.pass(nextSyncMs);
    await shows('The bank no longer shows this account.');
    await screenshot(page, 'failures-7-gone');
    await desk.pass(dayMs);
    const gone = 'Sandbox Bank needs you: the bank no longer shows this account';
    expect(await mailsOf(desk)).toEqual([gone, rejected]);
    expect(await settledRows(desk)).toEqual(rows);
  });
}, 180_000);

/** From the page that asks for the login to the accounts, with a code by SMS. */
async function logIn(desk: Desk, tab: Page): Promise<void> {
  await typeLogin(tab);
  await tab.getByLabel('Code by SMS').check();
  await tab.getByRole('button', { name: 'Continue' }).click();
  await tab.getByRole('textbox').waitFor();
  await tab.getByRole('textbox').fill(await readCode(desk));
  await tab.getByRole('button', { name: 'Send' }).click();
  await tab.getByRole('heading', { name: 'Sandbox Bank is connected' }).waitFor();
  await closeTab(desk, tab);
  await desk.sidebar.getByRole('heading', { name: 'Banks' }).waitFor();
}
