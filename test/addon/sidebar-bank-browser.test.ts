import { describe, expect } from '@jest/globals';
import type { Page } from 'playwright-core';
import type { Overview } from '../../shared/api.ts';
import { viewFailure } from '../../shared/failures.ts';
import { screenshot } from '../browser/chromium.ts';
import { argsOf, called, growToContent } from './sidebar-page.ts';
import { later, sidebarTests } from './sidebar-tests.ts';
import {
  accessView,
  accountView,
  connectionView,
  memberView,
  overview,
  unlinked,
} from './sidebar-views.ts';

const sidebarTest = sidebarTests();
const longName = 'Raiffeisen-Volksbank Musterstadt-Beispielhausen eG Zweigniederlassung Süd';

/** Chooses an item of the menu of the bank. */
async function choose(page: Page, item: string, bank = 'Sandbox Bank'): Promise<void> {
  await page.getByRole('button', { name: `More for ${bank}` }).click();
  await page.getByRole('button', { name: item, exact: true }).click();
}

describe('a historical sync', () => {
  sidebarTest(
    'says beforehand what it may take, and shows its progress',
    { overview: { ...overview, connections: [connectionView({ name: longName })] } },
    async (page, cloud) => {
      await choose(page, 'Historical sync…', longName);
      await page.getByRole('heading', { name: 'Historical period' }).waitFor();
      await page.getByText('hours or up to two days').waitFor();
      await growToContent(page);
      await screenshot(page, 'sidebar-history');
      await page.getByRole('radio', { name: 'From a date' }).check();
      await page.getByLabel('Rows from this day on').fill('2025-12-31');
      await growToContent(page);
      await screenshot(page, 'sidebar-history-date');
      const progress = { step: 'entries', done: 340, total: 1500 } as const;
      cloud.overview = later({ ...overview, connections: [connectionView({ progress })] });
      await page.getByRole('button', { name: 'Save and fetch' }).click();
      await page.getByText('entries 340 of 1.500').waitFor();
      expect(argsOf(cloud, 'syncHistory')).toEqual([{ connectionId: 'c1', from: '2025-12-31' }]);
    },
  );

  const kept = { from: '2026-03-03', to: '2026-03-10' };
  const lacking: Overview = {
    ...overview,
    connections: [connectionView({ accounts: [accountView({ kept })] })],
  };
  sidebarTest('says from when on the bank gave something', { overview: lacking }, async (page) => {
    await page.getByText('The bank gave nothing before 3 Mar 2026.').waitFor();
  });

  sidebarTest(
    'asks which bank where the menu opens it and there are several',
    {
      overview: {
        ...overview,
        connections: [connectionView(), connectionView({ id: 'c2', name: longName })],
      },
      appended: '<meta name="bookfeed-start" content="history">',
    },
    async (page) => {
      await page.getByRole('heading', { name: 'Which bank?' }).waitFor();
      await screenshot(page, 'sidebar-which-bank');
      await page.getByRole('button', { name: longName }).click();
      await page.getByRole('heading', { name: 'Historical period' }).waitFor();
      await page.getByText(longName).waitFor();
    },
  );
});

describe('the accounts of a bank', () => {
  const accounts = [
    accountView({
      product: 'Girokonto Klassik mit Dispositionskredit für Privatkunden',
      available: '2234.50',
      kept: { from: '2026-03-01', to: '2026-03-10' },
    }),
    unlinked({ key: 'depot', name: 'Depot', type: 'investment', iban: '', mask: '1234' }),
  ];
  sidebarTest(
    'are told with all that the bank says of them',
    { overview: { ...overview, connections: [connectionView({ accounts })] } },
    async (page) => {
      await choose(page, 'Get accounts');
      await page.getByRole('heading', { name: 'Accounts' }).waitFor();
      const text = (await page.locator('main').allInnerTexts()).join().replace(/\s+/g, ' ');
      for (const part of [
        'Holder Ada Beispiel',
        'Number DE02 1203 0000 0000 2020 51',
        'Product Girokonto Klassik',
        'Balance 1.234,50 €',
        'Available 2.234,50 €',
        'Complete 1 Mar 2026 – 10 Mar 2026',
        'Fills Assets:Sandbox Bank:Girokonto',
        'Number ···· 1234',
        'Fills not linked yet',
      ]) {
        expect(text).toContain(part);
      }
      expect(text).not.toContain('undefined');
      await growToContent(page);
      await screenshot(page, 'sidebar-accounts');
      await page.getByRole('button', { name: 'Back' }).click();
      await page.getByRole('heading', { name: 'Banks' }).waitFor();
    },
  );
});

describe('a bank', () => {
  sidebarTest('gets another name', {}, async (page, cloud) => {
    await choose(page, 'Rename…');
    const field = page.getByLabel('Name of this bank');
    expect(await field.inputValue()).toBe('Sandbox Bank');
    await field.fill('');
    expect(await page.getByRole('button', { name: 'Save' }).getAttribute('aria-disabled')).toBe(
      'true',
    );
    await field.fill('Giro of Ada');
    await screenshot(page, 'sidebar-rename');
    cloud.overview = later({ ...overview, connections: [connectionView({ name: 'Giro of Ada' })] });
    await page.keyboard.press('Enter');
    await page.getByRole('article', { name: 'Giro of Ada' }).waitFor();
    expect(argsOf(cloud, 'renameConnection')).toEqual([
      { connectionId: 'c1', name: 'Giro of Ada' },
    ]);
  });

  sidebarTest(
    'is synced as often as the user says, by the arrow keys',
    { appended: '<meta name="bookfeed-start" content="schedule">' },
    async (page, cloud) => {
      const six = page.getByRole('radio', { name: 'Every 6 hours' });
      await six.waitFor();
      expect(await six.isChecked()).toBe(true);
      await six.focus();
      await page.keyboard.press('ArrowDown');
      await screenshot(page, 'sidebar-schedule');
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { name: 'Banks' }).waitFor();
      expect(argsOf(cloud, 'setSchedule')).toEqual([{ connectionId: 'c1', everyHours: 8 }]);
    },
  );

  sidebarTest('goes with its access, once that is said and asked', {}, async (page, cloud) => {
    await choose(page, 'Unsync…');
    await page.getByText('every row of your book').waitFor();
    await screenshot(page, 'sidebar-unsync');
    expect(argsOf(cloud, 'unsync')).toEqual([]);
    cloud.overview = later({ ...overview, connections: [] });
    await page.getByRole('button', { name: 'Unsync', exact: true }).click();
    await page.getByRole('button', { name: 'Connect a bank' }).waitFor();
    expect(argsOf(cloud, 'unsync')).toEqual([{ connectionId: 'c1' }]);
  });

  const failing = connectionView({
    wayIn: 'login',
    otherWaysIn: ['psd2'],
    state: 'failing',
    failure: viewFailure({ code: 'timeout' }),
    advice: 'open-banking',
  });
  sidebarTest(
    'whose direct access fails often is offered open banking, with what that changes',
    { overview: { ...overview, connections: [failing] } },
    async (page, cloud) => {
      await page.getByText('It is tried again 14:10.').waitFor();
      await growToContent(page);
      await screenshot(page, 'sidebar-advice');
      await page.getByRole('button', { name: 'See what changes' }).click();
      await page.getByRole('heading', { name: 'Change to open banking' }).waitFor();
      await growToContent(page);
      await screenshot(page, 'sidebar-way-in');
      const tabOpens = page.context().waitForEvent('page');
      await page.getByRole('button', { name: 'Go on' }).click();
      await tabOpens;
      expect(argsOf(cloud, 'startConnect')).toEqual([{ connectionId: 'c1', wayIn: 'psd2' }]);
    },
  );

  sidebarTest(
    'that is to be renewed says until when, and goes to the bank for it',
    {
      overview: {
        ...overview,
        connections: [connectionView({ state: 'expiring', renewBy: '2026-05-14' })],
      },
    },
    async (page, cloud) => {
      await page.getByText('Renew by 14 May 2026').waitFor();
      await growToContent(page);
      await screenshot(page, 'sidebar-renew');
      const tabOpens = page.context().waitForEvent('page');
      await page.getByRole('button', { name: 'Renew' }).click();
      await tabOpens;
      await page.getByRole('button', { name: 'Make a new one' }).click();
      await page.getByText('No tab opened?').waitFor();
      const args = { connectionId: 'c1' };
      expect(argsOf(cloud, 'startConnect')).toEqual([args, args]);
    },
  );
});

describe('the access log', () => {
  const accesses = [
    accessView(),
    accessView({ at: '2026-03-10T06:00:00.000Z', result: 'bank-unavailable', calls: [] }),
    accessView({ at: '2026-02-28T09:00:00.000Z', cause: 'manual', isUserPresent: true }),
  ];
  sidebarTest(
    'tells when, why, for what, whether somebody was there, and the result; older ones follow',
    { answers: { accessLog: { accesses, isEnd: false } } },
    async (page, cloud) => {
      await choose(page, 'Access log');
      await page.getByText('bank unavailable').waitFor();
      const lines = (await page.locator('li').allInnerTexts()).map((it) => it.replace(/\s+/g, ' '));
      expect(lines).toEqual([
        'sync by schedule 12:48 nobody was there · accounts, balances, 2 × entries · complete',
        'sync by schedule 07:00 nobody was there · bank unavailable',
        'sync by hand 28 Feb 10:00 somebody was there · accounts, balances, 2 × entries · complete',
      ]);
      await growToContent(page);
      await screenshot(page, 'sidebar-log');
      const older = accessView({ at: '2026-02-01T09:00:00.000Z', cause: 'consent', calls: [] });
      cloud.answers['accessLog'] = { accesses: [older], isEnd: true };
      await page.getByRole('button', { name: 'Load older' }).click();
      await page.getByText('confirmation', { exact: true }).waitFor();
      expect(await page.locator('li').count()).toBe(4);
      expect(await page.getByRole('button', { name: 'Load older' }).count()).toBe(0);
      expect(argsOf(cloud, 'accessLog').at(-1)).toEqual({
        connectionId: 'c1',
        before: '2026-02-28T09:00:00.000Z',
      });
    },
  );
});

describe('the people of the book', () => {
  const me = memberView({ id: 'u1', email: 'ada@example.org', role: 'owner', isMe: true });
  const members = [
    me,
    memberView({ email: 'grace.beispiel-mustermann@hausverwaltung.example.org' }),
  ];

  sidebarTest(
    'stand with their roles, which the owner changes',
    {
      answers: { members: { members } },
      appended: '<meta name="bookfeed-start" content="members">',
    },
    async (page, cloud) => {
      await page.getByText('Owner · you').waitFor();
      expect(await page.getByRole('button', { name: 'Change the role of' }).count()).toBe(1);
      await screenshot(page, 'sidebar-members');
      await page.getByRole('button', { name: 'Change the role of' }).click();
      await page.getByRole('radio', { name: 'Admin' }).check();
      await growToContent(page);
      await screenshot(page, 'sidebar-role');
      cloud.answers['setRole'] = { members: [me, memberView({ role: 'admin' })] };
      await page.getByRole('button', { name: 'Save' }).click();
      await page.getByText('Admin', { exact: true }).waitFor();
      await page.getByRole('heading', { name: 'Members' }).waitFor();
      expect(argsOf(cloud, 'setRole')).toEqual([{ memberId: 'u2', role: 'admin' }]);
    },
  );

  sidebarTest(
    'choose which mails they get',
    { appended: '<meta name="bookfeed-start" content="mails">' },
    async (page, cloud) => {
      await page.getByRole('radio', { name: 'No reminders' }).check();
      await screenshot(page, 'sidebar-mails');
      await page.getByRole('button', { name: 'Save' }).click();
      await page.getByRole('heading', { name: 'Banks' }).waitFor();
      expect(argsOf(cloud, 'setMails')).toEqual([{ reminders: false }]);
    },
  );

  sidebarTest(
    'who only look are offered nothing that changes something',
    {
      overview: {
        ...overview,
        role: 'viewer',
        connections: [connectionView({ accounts: [accountView(), unlinked({ key: 'b' })] })],
      },
    },
    async (page) => {
      await page.getByRole('heading', { name: 'Banks' }).waitFor();
      expect(await page.getByRole('button').allTextContents()).toEqual(['Review drafts', '⋮']);
      await page.getByRole('button', { name: 'More for' }).click();
      expect(await page.locator('[popover] button').allTextContents()).toEqual([
        'Get accounts',
        'Access log',
      ]);
    },
  );
});

describe('whether the user is there', () => {
  sidebarTest(
    'is told with a call that asks a bank, and with no other',
    {},
    async (page, cloud) => {
      await page.getByRole('button', { name: 'Sync Sandbox Bank now' }).click();
      await called(cloud, 'syncNow');
      const told = (name: string) => cloud.calls.find((it) => it.name === name)?.presence;
      expect(told('syncNow')).toBe('ada is here');
      expect(told('overview')).toBeNull();
    },
  );

  sidebarTest('is left out where it cannot be known', { presence: null }, async (page, cloud) => {
    await page.getByRole('button', { name: 'Sync Sandbox Bank now' }).click();
    await called(cloud, 'syncNow');
    expect(cloud.calls.find(({ name }) => name === 'syncNow')?.presence).toBeNull();
  });
});

describe('a screen that is opened seldom', () => {
  sidebarTest('is loaded when it is first opened, or says why not', {}, async (page, cloud) => {
    await page.getByRole('heading', { name: 'Banks' }).waitFor();
    expect(await page.evaluate('typeof bookfeedScreens')).toBe('undefined');
    cloud.isDown = true;
    await choose(page, 'Rename…');
    await page.getByRole('alert').getByText('Bookfeed could not be reached.').waitFor();
    await screenshot(page, 'sidebar-not-opened');
    cloud.isDown = false;
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByLabel('Name of this bank').waitFor();
    expect(await page.getByRole('alert').count()).toBe(0);
  });
});
