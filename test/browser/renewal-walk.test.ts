import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import type { ConnectionView } from '../../shared/api.ts';
import { dayOf, daysBetween } from '../../shared/calendar-date.ts';
import { callerOf } from '../cloud/local/local-walk.ts';
import { connectSandboxBank } from '../walk.ts';
import { launchChromium, screenshot } from './chromium.ts';
import {
  allowAtBank,
  chooseBank,
  closeTab,
  comeBackTo,
  consentsAtBank,
  dayMs,
  hourMs,
  link,
  mailsOf,
  settledRows,
  tabOf,
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

test('a consent is renewed after reminders, the old one holds until the new one does; one that ends is told as such', async () => {
  if (!browser) return;
  await withDesk(browser, { connected: david }, async (desk) => {
    const { started, page, sidebar } = desk;
    const call = callerOf(started);
    const connection = async () => {
      const { connections } = await call('overview', {});
      const [found, ...others] = connections.filter(({ name }) => name === 'Giro');
      if (!found || others.length > 0) throw new Error('there is not one Giro');
      return found;
    };
    const [other] = (await call('overview', {})).connections;
    const tab = await chooseBank(desk, 'open banking');
    await tab.getByLabel('What you call this connection').fill('Giro');
    await allowAtBank(tab);
    await closeTab(desk, tab);
    await sidebar.getByRole('heading', { name: 'Banks' }).waitFor();
    const names = sidebar.getByRole('article').getByRole('heading', { level: 2 });
    expect(await names.allInnerTexts()).toHaveLength(2);
    await link(desk, 'Savings');
    const before = await connection();
    const rows = await settledRows(desk);
    expect(rows.length).toBeGreaterThan(2);

    const mails = async () => (await mailsOf(desk)).filter((subject) => subject.startsWith('Giro'));
    const passUntil = async (left: number) => {
      const { validUntil = '' } = await connection();
      await desk.pass((daysBetween(dayOf(desk.now()), validUntil) - left) * dayMs);
    };
    await passUntil(31);
    expect(await mails()).toEqual([]);
    for (const [told, left] of [30, 14, 7, 1].entries()) {
      await passUntil(left);
      await desk.pass(hourMs);
      expect(await mails()).toEqual(Array(told + 1).fill('Giro: renew by 5 September'));
    }
    const renew = sidebar.getByRole('button', { name: 'Renew: Giro' });
    await comeBackTo(desk, renew);
    await sidebar
      .getByText(`Renew by ${words.day('2026-09-05')}`)
      .first()
      .waitFor();
    await screenshot(page, 'renewal-1-notice');

    const tabOfRenewal = await tabOf(desk, renew);
    // One click leads to the bank's own page; meanwhile the old consent is there alone.
    await tabOfRenewal.getByLabel('Login name').waitFor();
    await call('syncNow', { connectionId: before.id });
    await started.idle();
    expect((await connection()).lastResult).toMatchObject({ outcome: 'complete' });
    expect(await consentsAtBank(desk)).toEqual(['2026-09-05']);
    await tabOfRenewal.reload();
    await allowAtBank(tabOfRenewal);
    await closeTab(desk, tabOfRenewal);
    await sidebar.getByRole('heading', { name: 'Banks' }).waitFor();
    await started.idle();
    const renewed = await connection();
    expect(renewed).toMatchObject({ id: before.id, state: 'connected', validUntil: '2027-03-03' });
    expect(feedsOf(renewed)).toEqual(feedsOf(before));
    expect(await consentsAtBank(desk)).toEqual(['2027-03-03']);
    const kept = await settledRows(desk);
    expect(kept.slice(0, rows.length)).toEqual(rows);
    expect(new Set(kept.map(({ id }) => id)).size).toBe(kept.length);

    await passUntil(1);
    await connectSandboxBank(call, david, { ...(other && { connectionId: other.id }) });
    const reminded = await mails();
    await desk.pass(2 * dayMs);
    await desk.pass(dayMs);
    const expired = 'Giro needs you: the connection has expired';
    expect(await mails()).toEqual([expired, ...reminded]);
    const reconnect = sidebar.getByRole('button', { name: 'Reconnect: Giro' });
    await comeBackTo(desk, reconnect);
    await sidebar.getByText(`access ended on ${words.day('2027-03-03')}`).waitFor();
    expect(await names.allInnerTexts()).toEqual(['Giro', 'Sandbox Bank']);
    await screenshot(page, 'renewal-3-expired');
    const tabOfReturn = await tabOf(desk, reconnect);
    await allowAtBank(tabOfReturn);
    await closeTab(desk, tabOfReturn);
    await sidebar.getByRole('heading', { name: 'Banks' }).waitFor();
    await started.idle();
    expect(await connection()).toMatchObject({ id: before.id, state: 'connected' });
    const after = await settledRows(desk);
    expect(after.slice(0, kept.length)).toEqual(kept);
    expect(new Set(after.map(({ id }) => id)).size).toBe(after.length);
  });
}, 120_000);

const david = { login: 'david', password: 'sandbox' };

function feedsOf({ accounts }: ConnectionView) {
  return accounts.map(({ key, feed }) => [key, feed]);
}
