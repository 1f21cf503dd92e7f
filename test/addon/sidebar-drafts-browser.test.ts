import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { describe, expect } from '@jest/globals';
import type { Page } from 'playwright-core';
import type { AcceptedDraft } from '../../shared/suggestions.ts';
import { screenshot } from '../browser/chromium.ts';
import { argsOf, called, type FakeCloud, growToContent } from './sidebar-page.ts';
import {
  draftReview,
  draftView,
  proposalView,
  receiptRow,
  rulesReview,
  ruleView,
} from './sidebar-reviews.ts';
import { sidebarTests } from './sidebar-tests.ts';
import { overview } from './sidebar-views.ts';

const sidebarTest = sidebarTests();
const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const bakery = draftView();
const electricity = draftView({
  id: 'd2',
  description:
    'SEPA-Lastschrift Stadtwerke Musterstadt-Beispielhausen GmbH & Co. KG Abschlag Strom 03/2026',
  amount: '-1234567.89',
  counterAccount: '',
  certainty: 'likely',
  candidates: [
    { counterAccount: 'Expenses:Utilities:Electricity and water', probability: 0.71 },
    { counterAccount: 'Expenses:Food', probability: 0.12 },
  ],
  receipt: {
    sentence:
      'You posted 5 of 6 rows with “2026-02-02” to Electricity and water, last on 2026-03-02.',
    rows: [receiptRow({ counterAccount: 'Expenses:Utilities:Electricity and water' })],
    against: '1 of 6 went to Expenses:Food.',
    rowsAgainst: [
      receiptRow({ description: 'Stadtwerke Bistro', date: '2026-01-12' }),
      receiptRow({ description: 'Nowhere yet', counterAccount: '', amount: '-1.00' }),
    ],
  },
});
const transfer = draftView({
  id: 'd3',
  description: 'Umbuchung',
  amount: '500.00',
  by: 'transfer',
  candidates: [{ counterAccount: 'Assets:Sandbox Bank:Tagesgeld', probability: 1 }],
  otherSide: 'd9',
});
const { receipt: _, ...unexplained } = draftView();
const unknown = {
  ...unexplained,
  id: 'd4',
  description: 'PAYPAL *XQZ 4711',
  certainty: 'none',
  counterAccount: '',
  candidates: [],
} as const;
const pending = draftView({ id: 'd5', description: 'Tankstelle Muster', isPending: true });
/** Stands where the bakery stood, once that is gone. */
const sameAgain = draftView({ id: 'd6' });
const drafts = [bakery, electricity, transfer, unknown, pending];
const openDrafts = '<meta name="bookfeed-start" content="drafts">';
const openRules = '<meta name="bookfeed-start" content="rules">';

/** Posts what is accepted, so that the next review no longer has it. */
function posting(cloud: FakeCloud): void {
  cloud.on['acceptDrafts'] = (accepted: readonly AcceptedDraft[]) => {
    const ids = accepted.map(({ id }) => id);
    const left = drafts.filter(({ id }) => !ids.includes(id));
    cloud.answers['acceptDrafts'] = { posted: ids.length, left: [] };
    cloud.answers['reviewDrafts'] = draftReview(left);
  };
}

async function check(page: Page, name: string): Promise<void> {
  await growToContent(page);
  await screenshot(page, name);
  await page.evaluate(axe);
  const found = await page.evaluate(`axe.run(document, { rules: { region: { enabled: false } } })
    .then(({ violations }) => violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }) => id + ': ' + nodes.map(({ html }) => html).join(' ')))`);
  expect({ name, found }).toEqual({ name, found: [] });
}

const focused = (page: Page) =>
  page.evaluate(
    'document.activeElement.getAttribute("aria-label") ?? document.activeElement.tagName',
  );
const shown = (page: Page) => page.locator('li .top button').allTextContents();

describe('drafts', () => {
  const reading = Promise.withResolvers();

  sidebarTest(
    'open from the menu, and are accepted one after the other by keyboard alone',
    { appended: openDrafts, answers: { reviewDrafts: reading.promise } },
    async (page, cloud) => {
      await page.getByRole('progressbar', { name: 'Reading your book for suggestions…' }).waitFor();
      posting(cloud);
      reading.resolve(draftReview(drafts, { inTransit: [{ amount: '1.50', currency: 'EUR' }] }));
      await page.getByText('In transit holds 1,50 €.').waitFor();
      await page.getByText('sure · 97 % · learned').first().waitFor();
      await check(page, 'sidebar-drafts');
      const slow = Promise.withResolvers();
      const first = page.getByRole('button', { name: /^Accept Expenses:Food for Bäckerei/ });
      await first.focus();
      cloud.on['acceptDrafts'] = () => undefined;
      cloud.answers['acceptDrafts'] = slow.promise;
      await page.keyboard.press('Enter');
      await page.getByText('Posting 1 row…').waitFor();
      expect(await first.count()).toBe(0);
      expect(await focused(page)).toMatch(/^Accept Expenses:Utilities.* for SEPA/);
      await page.keyboard.press('Enter');
      await page.getByText('Posting 2 rows…').waitFor();
      await screenshot(page, 'sidebar-drafts-posting');
      posting(cloud);
      slow.resolve({ posted: 1, left: [] });
      await page.getByText('Posting 1 row…').waitFor({ state: 'detached' });
      await page.getByRole('progressbar').waitFor({ state: 'detached' });
      expect(argsOf(cloud, 'acceptDrafts')).toEqual([
        [{ id: 'd1', counterAccount: 'Expenses:Food', stood: 'Expenses:Food' }],
        [{ id: 'd2', counterAccount: 'Expenses:Utilities:Electricity and water', stood: '' }],
      ]);
      // One review for each time that nothing was being posted any more.
      expect(argsOf(cloud, 'reviewDrafts')).toHaveLength(2);
      expect(await page.getByRole('status').textContent()).toBe('1 posted.');
      expect(await focused(page)).toMatch(/^Accept Assets:Sandbox Bank:Tagesgeld for Umbuchung/);
    },
  );

  sidebarTest(
    'that are sure are posted with one click, and those that stay are told',
    { answers: { reviewDrafts: draftReview(drafts, { total: 231 }) } },
    async (page, cloud) => {
      await page.getByRole('button', { name: 'Review drafts' }).click();
      await page.getByText('231 to review, the newest 5 are shown').waitFor();
      cloud.answers['acceptDrafts'] = { posted: 1, left: ['d3'] };
      cloud.answers['reviewDrafts'] = draftReview([transfer, unknown], { total: 2 });
      await page.getByRole('button', { name: 'Accept all sure (2)' }).click();
      await page.getByText('2 to review').waitFor();
      await page.getByText('1 posted. 1 was changed meanwhile and stays.').last().waitFor();
      expect(await called(cloud, 'acceptDrafts')).toEqual([
        { id: 'd1', counterAccount: 'Expenses:Food', stood: 'Expenses:Food' },
        {
          id: 'd3',
          counterAccount: 'Assets:Sandbox Bank:Tagesgeld',
          stood: 'Expenses:Food',
        },
      ]);
      await page.getByText('The row still shows Expenses:Food.').waitFor();
      cloud.answers['reviewDrafts'] = draftReview([]);
      cloud.answers['suggestAgain'] = 12;
      await page.getByRole('button', { name: 'Suggest again' }).click();
      await page.getByText('Nothing to review. New entries come here').waitFor();
      await page.getByText('12 rows filled anew.').last().waitFor();
      await screenshot(page, 'sidebar-drafts-none');
    },
  );

  sidebarTest(
    'show why, and go to another account or the row',
    { appended: openDrafts, answers: { reviewDrafts: draftReview(drafts) }, rowIds: ['d2'] },
    async (page, cloud) => {
      const why = page.getByRole('button', { name: /^Why: SEPA/ });
      await why.click();
      expect(await why.getAttribute('aria-expanded')).toBe('true');
      const sentence =
        'You posted 5 of 6 rows with “2026-02-02” to Electricity and water, last on 2 Mar 2026.';
      await page.getByText(sentence, { exact: true }).waitFor();
      const against = page.getByRole('table', { name: 'Rows against it' });
      expect(await against.textContent()).toContain('Stadtwerke Bistro12 Jan 2026 · Food');
      expect(await against.textContent()).toContain('Nowhere yet2 Mar 2026-1,00');
      await check(page, 'sidebar-drafts-why');
      await page.getByRole('button', { name: /^SEPA-Last.*show the row$/ }).click();
      posting(cloud);
      await page.getByRole('button', { name: /^Another account: SEPA/ }).click();
      await page.getByText('A click accepts it with that account:').waitFor();
      await check(page, 'sidebar-drafts-accounts');
      await page.getByRole('button', { name: 'Expenses:Food 12 %' }).click();
      expect(await called(cloud, 'acceptDrafts')).toEqual([
        { id: 'd2', counterAccount: 'Expenses:Food', stood: '' },
      ]);
      expect(cloud.shown).toEqual(['d2']);
    },
  );

  sidebarTest(
    'without an idea are posted to what is found among all accounts',
    { appended: openDrafts, answers: { reviewDrafts: draftReview(drafts) } },
    async (page, cloud) => {
      await page.getByRole('button', { name: 'Choose an account: PAYPAL' }).click();
      await page.getByRole('radio', { name: 'Assets:Sandbox Bank:Tagesgeld' }).waitFor();
      const own = page.getByRole('radio', { name: 'Assets:Sandbox Bank:Girokonto' });
      expect(await own.count()).toBe(0);
      await page.getByRole('searchbox').fill('soft');
      await page.getByRole('radio', { name: 'Expenses:Office:Software' }).check();
      posting(cloud);
      await page.getByRole('button', { name: 'Accept with Expenses:Office:Software' }).click();
      expect(await called(cloud, 'acceptDrafts')).toEqual([
        { id: 'd4', counterAccount: 'Expenses:Office:Software', stood: '' },
      ]);
    },
  );

  sidebarTest(
    'are ordered by certainty, parted when they are no transfer, and pending ones wait',
    { appended: openDrafts, answers: { reviewDrafts: draftReview(drafts) } },
    async (page, cloud) => {
      await page.getByRole('radio', { name: 'Surest first' }).check();
      expect((await shown(page)).at(-1)).toBe('PAYPAL *XQZ 4711');
      const fuel = page.getByRole('listitem').filter({ hasText: 'Tankstelle' });
      await fuel.getByText('you can accept it once it is booked').waitFor();
      expect(await fuel.getByRole('button').allTextContents()).toEqual([
        'Tankstelle Muster',
        'Why',
      ]);
      cloud.answers['rejectTransfer'] = null;
      cloud.answers['reviewDrafts'] = draftReview([transfer]);
      await page.getByRole('button', { name: 'Not a transfer: Umbuchung' }).click();
      await page.getByText('No transfer any more.').last().waitFor();
      expect(argsOf(cloud, 'rejectTransfer')).toEqual([{ ids: ['d3', 'd9'] }]);
    },
  );

  sidebarTest(
    'that could not be posted are there again, and a double click takes only one',
    { appended: openDrafts, answers: { reviewDrafts: draftReview([bakery, sameAgain]) } },
    async (page, cloud) => {
      const accept = page.getByRole('button', { name: /^Accept Expenses:Food for Bäckerei/ });
      await accept.nth(1).waitFor();
      cloud.isDown = true;
      await accept.first().dblclick();
      await page.getByRole('alert').getByText('could not be reached').waitFor();
      await accept.nth(1).waitFor();
      cloud.isDown = false;
      posting(cloud);
      await page.getByRole('button', { name: 'Try again' }).click();
      await page.getByText('1 posted.').last().waitFor();
      expect(await called(cloud, 'acceptDrafts')).toHaveLength(1);
      expect((await shown(page))[0]).toBe(electricity.description);
    },
  );

  sidebarTest(
    'are for viewers to look at',
    {
      appended: openDrafts,
      overview: { ...overview, role: 'viewer' },
      answers: { reviewDrafts: draftReview([bakery, transfer]) },
    },
    async (page) => {
      await page.getByText('2 to review').waitFor();
      expect(await page.getByRole('button').allTextContents()).toEqual([
        '‹ Back',
        bakery.description,
        'Why',
        transfer.description,
        'Why',
        'Suggestions and rules',
      ]);
    },
  );
});

describe('suggestions and rules', () => {
  const problem = { index: 4, message: 'Amount from: "abc" is no number; write one as -20.50.' };
  const review = rulesReview({
    rules: [ruleView(), ruleView({ index: 2, filled: 12, right: 12, of: 12, wrong: [] })],
    problems: [problem],
    proposals: [
      proposalView(),
      proposalView({
        key: 'k2',
        sentence: 'Text has “bahn”: Travel',
        rule: { text: 'bahn', counterAccount: 'Expenses:Travel', post: false },
      }),
    ],
  });

  sidebarTest(
    'show what rules do, and make one of a proposal by the user’s yes alone',
    { appended: openRules, answers: { reviewRules: review, addRule: null, dismissRule: null } },
    async (page, cloud) => {
      await page.getByText('Row 5 is no rule.').waitFor();
      await page.getByText('Would have filled 412 of 430 as you did, 3 otherwise.').waitFor();
      await page.getByText('Show rows that say so').first().click();
      await page.getByText('Abschlag Strom').first().waitFor();
      await page.getByText('Show the newest 1').click();
      await page.getByRole('table', { name: 'posted otherwise' }).getByText('Software').waitFor();
      expect(await page.getByRole('row').last().textContent()).toMatch(/80–90\s%.*34 of 40/);
      await check(page, 'sidebar-rules');
      const adding = Promise.withResolvers();
      cloud.answers['addRule'] = adding.promise;
      await page.getByRole('button', { name: 'Add rule: Counterparty is' }).focus();
      await page.keyboard.press('Enter');
      await page.getByText('Adding…').waitFor();
      expect(await called(cloud, 'addRule')).toEqual(proposalView().rule);
      const left = { ...review, proposals: review.proposals.slice(1) };
      cloud.answers['reviewRules'] = left;
      adding.resolve(null);
      await page.getByText('Adding…').waitFor({ state: 'detached' });
      expect(await focused(page)).toBe('Add rule: Text has “bahn”: Travel');
      cloud.answers['reviewRules'] = { ...review, proposals: [] };
      await page.getByRole('button', { name: 'No: Text has “bahn”' }).click();
      await page.getByText('Proposed rules').waitFor({ state: 'detached' });
      expect(argsOf(cloud, 'dismissRule')).toEqual([{ key: 'k2' }]);
      await page.getByRole('button', { name: 'Open the Rules tab' }).click();
      await page.getByText('The Rules tab is open.').waitFor({ state: 'attached' });
      expect(argsOf(cloud, 'addRule').at(-1)).toBeNull();
    },
  );

  sidebarTest(
    'are set by an admin, who reads what posting at once means',
    { appended: openRules, answers: { reviewRules: review, setSuggestions: null } },
    async (page, cloud) => {
      await page.getByRole('radio', { name: 'Quite likely' }).check();
      await page.getByRole('radio', { name: 'When 97 % sure or more' }).check();
      await page.getByText('of 100, up to 3 may be wrong. Pending rows are never').waitFor();
      await page.getByLabel('In transit').fill('Assets:Underway');
      await screenshot(page, 'sidebar-suggestions');
      const args = { certainty: 0.7, postFrom: 0.97, transit: 'Assets:Underway' };
      cloud.answers['reviewRules'] = { ...review, settings: args };
      await page.getByRole('button', { name: 'Save' }).click();
      await page.getByText('Saved.').waitFor({ state: 'attached' });
      expect(argsOf(cloud, 'setSuggestions')).toEqual([args]);
      expect(await page.getByRole('radio', { name: 'Quite likely' }).isChecked()).toBe(true);
    },
  );

  sidebarTest(
    'are seen by bookkeepers, and changed by admins',
    {
      appended: openRules,
      overview: { ...overview, role: 'bookkeeper' },
      answers: { reviewRules: rulesReview({ rules: [], reliability: [] }) },
    },
    async (page) => {
      await page.getByText('An admin of this book can change this.').waitFor();
      expect(await page.getByRole('radio', { name: 'A guess' }).isDisabled()).toBe(true);
      expect(await page.getByRole('button', { name: 'Save' }).count()).toBe(0);
      await page.getByRole('button', { name: 'Open the Rules tab' }).waitFor();
      await page.getByText('Nothing to count yet').waitFor();
    },
  );
});
