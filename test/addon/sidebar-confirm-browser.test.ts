import { describe, expect } from '@jest/globals';
import type { Overview } from '../../shared/api.ts';
import type { Confirmation } from '../../shared/confirmation.ts';
import { viewFailure } from '../../shared/failures.ts';
import { screenshot } from '../browser/chromium.ts';
import { argsOf, called, growToContent } from './sidebar-page.ts';
import { later, sidebarTests } from './sidebar-tests.ts';
import { accountView, confirmationView, connectionView, overview } from './sidebar-views.ts';

const sidebarTest = sidebarTests();

function asking(kind: Confirmation['kind']): Overview {
  const failure = viewFailure({ code: 'needs-confirmation' });
  const confirmation = confirmationView(kind);
  const bank = connectionView({ state: 'needs-user', wayIn: 'login', failure, confirmation });
  return { ...overview, connections: [connectionView({ id: 'c2', name: 'Kreditbank' }), bank] };
}

/** The bank has let the user in, and the sync that waited goes on. */
const letIn: Overview = later({
  ...overview,
  connections: [
    connectionView({
      confirmedAt: '2026-03-10T12:00:01.000Z',
      progress: { step: 'entries', done: 340, total: 1500 },
    }),
  ],
});

describe('a bank that asks for a code', () => {
  sidebarTest(
    'stands on top, takes a choice of method and the code by keyboard, and goes on with the sync',
    { overview: asking('method') },
    async (page, cloud) => {
      await page.getByText('4 min left.').waitFor();
      expect((await page.locator('h2').allInnerTexts())[0]).toBe('Sandbox Bank');
      await growToContent(page);
      await screenshot(page, 'sidebar-asked');
      await page.getByRole('button', { name: 'Enter code' }).focus();
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { name: 'Your bank asks' }).waitFor();
      expect(await page.evaluate('document.activeElement.tagName')).toBe('H1');
      await page.getByText('How do you want to confirm?').waitFor();
      await screenshot(page, 'sidebar-method');
      await page.keyboard.press('Tab');
      await page.keyboard.press('Space');
      cloud.overview = later(asking('code'));
      await page.keyboard.press('Enter');
      await page.getByRole('img', { name: 'Photo TAN' }).waitFor();
      const method = { connectionId: 'c1', answer: { kind: 'method', id: 'sms' } };
      expect(argsOf(cloud, 'answerConfirmation')).toEqual([method]);
      await growToContent(page);
      await screenshot(page, 'sidebar-code');
      const input = page.getByLabel('Code, 6 digits');
      expect(await input.getAttribute('inputmode')).toBe('numeric');
      await input.fill('123456');
      cloud.overview = letIn;
      await page.keyboard.press('Enter');
      await page.getByText('entries 340 of 1.500').waitFor();
      const code = { connectionId: 'c1', answer: { kind: 'code', text: '123456' } };
      expect(argsOf(cloud, 'answerConfirmation').at(-1)).toEqual(code);
      expect(cloud.calls.find(({ name }) => name === 'answerConfirmation')?.presence).toBe(
        'ada is here',
      );
    },
  );

  sidebarTest(
    'that it refuses keeps the question open, and says so',
    { overview: asking('code') },
    async (page, cloud) => {
      await page.getByRole('button', { name: 'Enter code' }).click();
      await page.getByLabel('Code, 6 digits').fill('000000');
      cloud.failure = { code: 'code-rejected' };
      await page.getByRole('button', { name: 'Send' }).click();
      await page.getByRole('alert').getByText('The bank did not accept that code.').waitFor();
      expect(await page.getByRole('button', { name: 'Try again' }).count()).toBe(0);
      await growToContent(page);
      await screenshot(page, 'sidebar-code-rejected');
      cloud.failure = null;
      await page.getByLabel('Code, 6 digits').fill('123456');
      cloud.overview = letIn;
      await page.getByRole('button', { name: 'Send' }).click();
      await page.getByText('entries 340 of 1.500').waitFor();
      expect(await page.getByRole('alert').count()).toBe(0);
    },
  );

  sidebarTest(
    'of somebody else says who can give it',
    {
      overview: {
        ...asking('code'),
        connections: asking('code').connections.map((it) => ({ ...it, isMine: false })),
      },
    },
    async (page) => {
      await page.getByText('Only who connected this bank can do that: ask them.').waitFor();
      expect(await page.getByRole('button', { name: 'Enter code' }).count()).toBe(0);
    },
  );
});

describe('a bank that asks for an approval', () => {
  sidebarTest(
    'is asked every few seconds whether it was given, until it was',
    { overview: asking('approval') },
    async (page, cloud) => {
      await page.getByRole('button', { name: 'Approve' }).click();
      await page.getByRole('progressbar', { name: 'Waiting for your approval…' }).waitFor();
      await page.getByText('Approve “Account access” in your app').waitFor();
      await screenshot(page, 'sidebar-approval');
      const poll = { connectionId: 'c1', answer: { kind: 'poll' } };
      expect(await called(cloud, 'answerConfirmation', 6000)).toEqual(poll);
      cloud.overview = letIn;
      await page.getByText('entries 340 of 1.500').waitFor();
    },
  );
});

describe('a question that the bank takes back', () => {
  sidebarTest(
    'leads to the banks, with what happened',
    { overview: asking('approval') },
    async (page, cloud) => {
      await page.getByRole('button', { name: 'Approve' }).click();
      await page.getByText('Waiting for your approval…').waitFor();
      const failure = viewFailure({ code: 'needs-confirmation' });
      const bank = connectionView({ state: 'needs-user', wayIn: 'login', failure });
      cloud.overview = later({ ...overview, connections: [bank] });
      cloud.failure = { code: 'confirmation-declined' };
      cloud.failingCall = 'answerConfirmation';
      await page.getByRole('alert').getByText('The access was not allowed at the bank.').waitFor();
      await page.getByRole('heading', { name: 'Banks' }).waitFor({ timeout: 2000 });
      await growToContent(page);
      await screenshot(page, 'sidebar-declined');
    },
  );
});

describe('a bank that asks on its own page', () => {
  sidebarTest(
    'is gone to by the connect page',
    { overview: asking('redirect') },
    async (page, cloud) => {
      await page.getByRole('button', { name: 'Go on' }).click();
      const tabOpens = page.context().waitForEvent('page');
      await page.getByRole('button', { name: 'Open the connect page' }).click();
      await (await tabOpens).getByText('The connect page').waitFor();
      expect(argsOf(cloud, 'startConnect')).toEqual([{ connectionId: 'c1' }]);
    },
  );
});

describe('looking for new accounts', () => {
  sidebarTest('asks the bank, and marks what is new', {}, async (page, cloud) => {
    const found = Promise.withResolvers();
    cloud.answers['findAccounts'] = found.promise;
    await page.getByRole('button', { name: 'More for Sandbox Bank' }).click();
    await page.getByRole('button', { name: 'Find new accounts' }).click();
    await page.getByRole('progressbar', { name: 'Asking the bank for accounts…' }).waitFor();
    const card = accountView({ key: 'card', name: 'Visa Gold', type: 'card', mask: '1234' });
    const bank = connectionView({ accounts: [accountView(), card] });
    found.resolve(later({ ...overview, connections: [bank] }));
    await page.getByText('1 account is new.').last().waitFor();
    await page.getByRole('heading', { name: 'Visa Gold' }).waitFor();
    expect(argsOf(cloud, 'findAccounts')).toEqual([{ connectionId: 'c1' }]);
  });

  sidebarTest('goes on to the code that the bank wants first', {}, async (page, cloud) => {
    await page.getByRole('button', { name: 'More for Sandbox Bank' }).click();
    cloud.failure = { code: 'needs-confirmation' };
    cloud.failingCall = 'findAccounts';
    cloud.overview = later(asking('code'));
    await page.getByRole('button', { name: 'Find new accounts' }).click();
    await page.getByLabel('Code, 6 digits').waitFor();
    expect(await page.getByRole('alert').count()).toBe(0);
  });
});
