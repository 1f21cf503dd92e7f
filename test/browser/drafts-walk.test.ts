import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { rulesLayout, transactionsLayout } from '../../cloud/adapters/google-sheets-layout.ts';
import { textOf } from '../../cloud/core/bank-cells.ts';
import { createGridDriver, type GridDriver } from '../cloud/local/host/grid-driver.ts';
import { rowsOf, type ShownRow } from '../cloud/local/local-walk.ts';
import { until } from '../walk.ts';
import { launchChromium, screenshot } from './chromium.ts';
import {
  chooseFromBookMenu,
  type Desk,
  kim,
  link,
  pay,
  settledRows,
  type TypedPayment,
  withDesk,
} from './desk.ts';

const widthsOf = <C extends string>(layout: {
  readonly columns: readonly C[];
  readonly widths: Readonly<Record<C, number>>;
}) => layout.columns.map((column) => layout.widths[column]);
const counterAccountAt = transactionsLayout.columns.indexOf('counterAccount');
const postedAt = transactionsLayout.columns.indexOf('posted');

const transit = 'Assets:In transit';
/** Rows of the grid, the header being 0, by what kim's bank tells of the ninety days. */
const [cafeToClear, gym] = [6, 10];
const habits = [
  [1, 'Expenses:Restaurants'],
  [2, 'Expenses:Restaurants'],
  [3, 'Expenses:Groceries'],
] as const;

let browser: Browser | null = null;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(async () => {
  await browser?.close();
});

test('drafts are reviewed, and what is learned, ruled and posted stays with the user', async () => {
  if (!browser) return;
  await withDesk(browser, { connected: kim }, async (desk) => {
    const { page } = desk;
    // The ✓ stands beside an open sidebar.
    await page.setViewportSize({ width: 1440, height: 900 });
    await link(desk, 'Current Account');
    await link(desk, 'Savings');
    await seeTransfers(desk);
    const grid = await createGridDriver(page, widthsOf(transactionsLayout));
    await postInGrid(desk, grid);
    await acceptOneByOne(desk);
    await suggestAgain(desk, grid);
    await acceptAllSure(desk);
    await setSuggestions(desk, 'Quite likely');
    await addProposedRule(desk);
    await typeUnknownAccount(desk);
    await postAutomatically(desk);
  });
}, 180_000);

const drafts = ({ sidebar }: Desk, text: string) =>
  sidebar.getByRole('listitem').filter({ hasText: text });

/** Waits until what the user did is done, and everything that came of it is shown. */
async function settled({ sidebar }: Desk, outcome: RegExp | string): Promise<void> {
  await sidebar.locator('.strip').getByText(outcome).waitFor();
  await sidebar.getByRole('progressbar').waitFor({ state: 'detached' });
}

async function rowsWith({ started }: Desk, text: string): Promise<readonly ShownRow[]> {
  return (await rowsOf(started)).filter(({ description }) => String(description).includes(text));
}

/** Makes payments, syncs from the menu, and gives the rows that come of it. */
async function payAndSync(desk: Desk, ...payments: readonly TypedPayment[]) {
  const before = (await settledRows(desk)).length;
  await pay(desk, ...payments);
  await chooseFromBookMenu(desk, 'Sync now');
  return until(async () => {
    const rows = (await settledRows(desk)).slice(before);
    return rows.length === payments.length && rows;
  });
}

/** Both sides of what kim moves to her savings each month, and one whose sides the bank does not name. */
async function seeTransfers(desk: Desk): Promise<void> {
  const isInTransit = ({ counterAccount }: ShownRow) => counterAccount === transit;
  const found = (await settledRows(desk)).filter(isInTransit);
  expect(found).toHaveLength(6);
  for (const row of found) {
    const other = row['account'] === 'Assets:Savings' ? 'Assets:Current Account' : 'Assets:Savings';
    expect(row['posted']).toBe(false);
    expect(row['why']).toMatch(new RegExp(`^${transit}: transfer with ${other}, its row of 20`));
  }
  expect(found.reduce((sum, { amount }) => sum + Number(amount), 0)).toBe(0);

  const payment = { counterparty: 'Clara Beispiel', text: 'RESERVE', amount: '250.00' };
  const sides = await payAndSync(desk, payment, {
    ...payment,
    account: 'Savings, EUR',
    isIncoming: true,
  });
  expect(sides.map(({ amount }) => amount)).toEqual([-250, 250]);
  for (const side of sides) expect(side).toMatchObject({ counterAccount: transit, posted: false });
  await screenshot(desk.page, 'drafts-1-transfers');
}

async function postInGrid(desk: Desk, grid: GridDriver): Promise<void> {
  for (const [row, counterAccount] of habits) {
    await grid.type(counterAccountAt, row, counterAccount);
    await grid.click(postedAt, row);
  }
  await grid.type(counterAccountAt, gym, 'Expenses:Health');
  await until(async () => (await rowsOf(desk.started))[gym - 1]?.['counterAccount'] !== undefined);
  const rows = await settledRows(desk);
  expect(rows.filter(({ posted }) => posted)).toHaveLength(habits.length);
}

/** One as suggested, after a look at its receipt; one otherwise, which the next of its kind follow. */
async function acceptOneByOne(desk: Desk): Promise<void> {
  const { page, sidebar } = desk;
  await chooseFromBookMenu(desk, 'Review drafts');
  await sidebar.getByText(/^\d+ to review$/).waitFor();
  const newest = drafts(desk, 'Cafe Morgenrot').first();
  await newest.getByRole('button', { name: /^Why/ }).click();
  await newest.getByText('2 of 2 rows of “Cafe Morgenrot” to Expenses:Restaurants').waitFor();
  await newest.getByText('last on Dec 10, 2025').waitFor();
  expect(await newest.getByRole('table', { name: 'Rows that say so' }).textContent()).toMatch(
    /Dec 10, 2025 · Restaurants.*-€6\.31.*Dec 9, 2025 · Restaurants.*-€6\.37/,
  );
  await screenshot(page, 'drafts-2-receipt');
  await acceptThree(desk, 'Cafe Morgenrot', 'Expenses:Restaurants');
  await acceptThree(desk, 'Frischmarkt Lindenplatz', 'Expenses:Groceries');
  await newest.getByRole('button', { name: /^Why/ }).click();
  await newest.getByText('5 of 5 rows').waitFor();

  const wholesale = drafts(desk, 'Grossmarkt').first();
  const before = await drafts(desk, 'Grossmarkt').nth(1).textContent();
  await wholesale.getByRole('button', { name: /account: Grossmarkt/ }).click();
  await wholesale.getByRole('searchbox').fill('oth');
  await wholesale.getByRole('radio', { name: 'Expenses:Other' }).check();
  await screenshot(page, 'drafts-3-another');
  await wholesale.getByRole('button', { name: 'Accept with Expenses:Other' }).click();
  await settled(desk, '1 posted.');
  expect(await rowsWith(desk, 'Grossmarkt').then((rows) => rows.at(-1))).toMatchObject({
    counterAccount: 'Expenses:Other',
    posted: true,
  });
  const after = await wholesale.textContent();
  expect(before).not.toContain('Expenses:Other');
  expect(after).toContain('Expenses:Other');
  await screenshot(page, 'drafts-4-anew');
}

/** The newest of a payee's, one click after the other while those before it are being posted. */
async function acceptThree(desk: Desk, payee: string, counterAccount: string): Promise<void> {
  const offered = drafts(desk, payee).getByRole('button', { name: `Accept ${counterAccount} for` });
  for (const _time of [1, 2, 3]) await offered.first().click();
  await settled(desk, /posted\.$/);
  const newest = (await rowsWith(desk, payee)).slice(-3);
  for (const row of newest) expect(row).toMatchObject({ counterAccount, posted: true });
}

/** Fills what nobody has decided: not what the user chose, cleared, or said is no transfer. */
async function suggestAgain(desk: Desk, grid: GridDriver): Promise<void> {
  const { page, sidebar, started } = desk;
  const again = sidebar.getByRole('button', { name: 'Suggest again' });
  const unpaired = drafts(desk, 'RESERVE');
  await unpaired
    .first()
    .getByRole('button', { name: /^Not a transfer/ })
    .click();
  await settled(desk, 'No transfer any more.');
  expect(await unpaired.getByRole('button', { name: /^Not a transfer/ }).count()).toBe(0);
  const undecided = await settledRows(desk);
  await again.click();
  await settled(desk, /rows filled anew\.$/);
  await screenshot(page, 'drafts-5-filled');
  const filled = await settledRows(desk);
  expect(filled[cafeToClear - 1]).toMatchObject({
    counterAccount: 'Expenses:Restaurants',
    why: expect.stringMatching(
      /^Expenses:Restaurants: \d\d %, as 5 of 5 rows of “Cafe Morgenrot”, last 2026-03-02 ⓘ$/,
    ),
    posted: false,
  });
  const decided = [gym, ...habits.map(([row]) => row)];
  for (const row of decided) expect(filled[row - 1]).toEqual(undecided[row - 1]);
  for (const { counterAccount, why = '' } of await rowsWith(desk, 'RESERVE')) {
    expect(counterAccount).not.toBe(transit);
    expect(String(why)).not.toContain('transfer');
  }

  await grid.click(counterAccountAt, cafeToClear);
  await page.keyboard.press('Delete');
  await until(async () => !(await rowsOf(started))[cafeToClear - 1]?.['counterAccount']);
  const cleared = await settledRows(desk);
  await again.click();
  await settled(desk, 'No row changes.');
  expect(await settledRows(desk)).toEqual(cleared);
  const choices = drafts(desk, 'Sportstudio').filter({ hasText: 'your choice' });
  expect(await choices.textContent()).toContain('Expenses:Health');
  const open = drafts(desk, 'Cafe Morgenrot').filter({ hasText: 'you left it open' });
  expect(await open.textContent()).toContain('Dec 15, 2025');
  await open.scrollIntoViewIfNeeded();
  await screenshot(page, 'drafts-6-decided');
}

async function acceptAllSure(desk: Desk): Promise<void> {
  const before = await settledRows(desk);
  const all = desk.sidebar.getByRole('button', { name: /^Accept all sure/ });
  const count = Number(/\d+/.exec((await all.textContent()) ?? '')?.[0]);
  await all.click();
  await settled(desk, `${count} posted.`);
  const rows = await settledRows(desk);
  const isPosted = ({ posted }: ShownRow) => posted === true;
  expect(rows.filter(isPosted)).toHaveLength(before.filter(isPosted).length + count);
  for (const [at, row] of rows.entries())
    expect(row).toEqual({ ...before[at], posted: row['posted'] });
  expect(rows[cafeToClear - 1]).toEqual(before[cafeToClear - 1]);
  expect(rows[gym - 1]).toEqual(before[gym - 1]);
  const moved = rows.filter((row) => isPosted(row) && row['counterAccount'] === transit);
  expect(moved).toHaveLength(6);
  expect(moved.reduce((sum, { amount }) => sum + Number(amount), 0)).toBe(0);
  await screenshot(desk.page, 'drafts-7-sure-posted');
}

/** Chooses in the settings of suggestions, opened from the menu, and saves. */
async function setSuggestions(desk: Desk, choice: string): Promise<void> {
  const { page, sidebar } = desk;
  await chooseFromBookMenu(desk, 'Suggestions and rules…');
  await sidebar.getByRole('radio', { name: choice }).check();
  await screenshot(page, `drafts-8-${choice.toLowerCase().replaceAll(/\W+/g, '-')}`);
  await sidebar.getByRole('button', { name: 'Save' }).click();
  await sidebar.getByText('Saved.').waitFor({ state: 'attached' });
  await sidebar.getByRole('progressbar').waitFor({ state: 'detached' });
  expect(await sidebar.getByRole('radio', { name: choice }).isChecked()).toBe(true);
}

/** A proposal becomes a row of the new Rules tab, by which the next payment's row is filled. */
async function addProposedRule(desk: Desk): Promise<void> {
  const { page, sidebar } = desk;
  const proposal = drafts(desk, 'Counterparty is “Cafe Morgenrot”: Expenses:Restaurants');
  await proposal.getByText(/^Would have filled (\d+) of \1 as you did\.$/).waitFor();
  await proposal.getByText('Show rows that say so').click();
  await screenshot(page, 'drafts-9-proposals');
  await proposal.getByRole('button', { name: /^Add rule/ }).click();
  await proposal.getByText(/^Row 2\. Would have filled/).waitFor();
  await sidebar.getByRole('progressbar').waitFor({ state: 'detached' });
  expect(await proposal.getByRole('button').count()).toBe(0);
  expect(await rulesOf(desk)).toEqual([['', 'Cafe Morgenrot', 'Expenses:Restaurants', '']]);
  const payment = { counterparty: 'Cafe Morgenrot', text: 'TWO CAKES', amount: '8.40' };
  expect(await payAndSync(desk, payment)).toEqual([
    expect.objectContaining({
      counterAccount: 'Expenses:Restaurants',
      why: 'Expenses:Restaurants: by your rule in row 2 ⓘ',
      posted: false,
    }),
  ]);
}

/** When text has, when counterparty is, then counter-account, and the problem, of each row of the Rules tab. */
async function rulesOf({ started }: Desk): Promise<readonly (readonly string[])[]> {
  const { rules } = await started.world.sheet.readBook(started.bookId);
  const columns = ['whenText', 'whenCounterparty', 'thenCounterAccount', 'problem'] as const;
  return (rules?.rows ?? [])
    .map(({ cells }) => columns.map((column) => textOf(cells[column])))
    .filter((texts) => texts.some(Boolean));
}

async function typeUnknownAccount(desk: Desk): Promise<void> {
  const { page, sidebar } = desk;
  await chooseFromBookMenu(desk, 'Suggestions and rules…');
  await sidebar.getByRole('button', { name: 'Open the Rules tab' }).click();
  await sidebar.getByText('The Rules tab is open.').waitFor({ state: 'attached' });
  const { columns } = rulesLayout;
  const grid = await createGridDriver(page, widthsOf(rulesLayout));
  await grid.type(columns.indexOf('whenText'), 2, 'NOVA');
  await grid.type(columns.indexOf('thenCounterAccount'), 2, 'Expenses:Post');
  await until(async () => (await rulesOf(desk))[1]?.[2] === 'Expenses:Post');
  await sidebar.getByRole('button', { name: 'Open the Rules tab' }).click();
  await sidebar.getByText('Row 3 is no rule.').waitFor();
  await sidebar.getByText(unknownAccount).waitFor();
  await screenshot(page, 'drafts-10-problem');
}

const unknownAccount =
  'Counter-account: the Accounts tab has no “Expenses:Post”; choose one that it has, or add it there.';

/** What the user turned on posts a sure row by itself, and Undo takes it away again; the tab tells of its problem. */
async function postAutomatically(desk: Desk): Promise<void> {
  const { page, sidebar } = desk;
  await setSuggestions(desk, 'When 95% sure or more');
  const before = await settledRows(desk);
  const payment = {
    counterparty: 'Frischmarkt Lindenplatz',
    text: 'CARD 4471 FRISCHMARKT 0318 LINDENPLATZ',
    amount: '33.40',
  };
  expect(await payAndSync(desk, payment)).toEqual([
    expect.objectContaining({
      counterAccount: 'Expenses:Groceries',
      why: expect.stringMatching(/^Expenses:Groceries: 9\d %, .*, posted automatically ⓘ$/),
      posted: true,
    }),
  ]);
  expect((await rulesOf(desk))[1]).toEqual(['NOVA', '', 'Expenses:Post', unknownAccount]);
  await sidebar.getByRole('button', { name: /^Undo: sync of/ }).click();
  await sidebar.getByText('Takes 1 row away.').last().waitFor();
  await screenshot(page, 'drafts-11-undo');
  await sidebar.getByRole('button', { name: 'Undo now' }).click();
  await sidebar.getByRole('heading', { name: 'This sync is undone' }).waitFor();
  expect(await settledRows(desk)).toEqual(before);
  await screenshot(page, 'drafts-12-undone');
}
