import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { launchChromium, screenshot } from '../../../browser/chromium.ts';
import { appendRows, type BookFixture, rowOf, transactionsId } from './book-fixture.ts';
import { createGridDriver, eventually, type GridDriver, readRows } from './grid-driver.ts';
import { type OpenPage, openPage } from './open-page.ts';

const browser: Browser | null = await launchChromium();
const describeInBrowser = browser ? describe : describe.skip;

const [date, description, amount, counterAccount, posted] = [0, 1, 2, 3, 4];

/** One page for all, since it takes two seconds to open: each test goes on where the one before has left it. */
describeInBrowser("the book's page", () => {
  let opened: OpenPage;
  let book: BookFixture;
  let page: Page;
  let grid: GridDriver;

  beforeAll(async () => {
    opened = await openPage(browser as Browser);
    ({ book, page } = opened);
  });
  afterEach(() => expect(opened.defects.splice(0)).toEqual([]));
  afterAll(async () => {
    await opened?.close();
    await browser?.close();
  });

  const rows = () => readRows(book, transactionsId);
  const cell = async (column: number, row: number) => (await rows())[row]?.[column];
  const saveState = () => page.locator('#save-state').textContent();

  test('opens without the token in its address, and again without being given it', async () => {
    await page.goto(opened.url);
    await createGridDriver(page);
    expect(page.url()).toBe(`${book.url}/`);
    expect(await page.title()).toBe('Books of Example Street');
    await page.reload();
    grid = await createGridDriver(page);
    expect(await grid.textOf(description, 1)).toBe('Bakery Example, card payment');
    await screenshot(page, 'host-book');
  });

  test('a column that is deleted and brought back means what it meant', async () => {
    const meanings = async () =>
      (await book.read()).sheets?.[0]?.data?.[0]?.columnMetadata?.map(
        ({ developerMetadata }) => developerMetadata?.[0]?.metadataValue,
      );
    const before = { meanings: await meanings(), rows: await rows(), rules: await ruleTypes(book) };
    await grid.chooseFromColumnMenu(posted, 'Delete Selected Column');
    await eventually(async () => expect(await meanings()).not.toContain('✓'));
    await page.keyboard.press('Control+z');
    await eventually(async () =>
      expect({
        meanings: await meanings(),
        rows: await rows(),
        rules: await ruleTypes(book),
      }).toEqual(before),
    );
  });

  test('a tab that another writer makes, fills and deletes comes and goes', async () => {
    const tab = { sheetId: 303, title: 'Rules' };
    await book.write({ addSheet: { properties: tab } });
    await page.getByText('Rules', { exact: true }).waitFor();
    await book.write({ deleteSheet: { sheetId: 303 } });
    await page.getByText('Rules', { exact: true }).waitFor({ state: 'detached' });
  });

  test('rows of a delivery appear while a cell is being edited, which stays as it is typed', async () => {
    await grid.click(description, 2);
    await page.keyboard.type('Half a sen');
    const read = page.waitForResponse('**/book/state');
    await book.write(appendRows(rowOf(46_060, 'Kiosk Example', -3.2, 'tx-4')));
    await (await read).finished();
    await page.waitForTimeout(200);
    await screenshot(page, 'host-arrival');
    await page.keyboard.type('tence');
    await page.keyboard.press('Enter');
    await eventually(async () => expect(await cell(description, 2)).toBe('Half a sentence'));
    expect(await cell(description, 4)).toBe('Kiosk Example');
    expect(await grid.textOf(description, 4)).toBe('Kiosk Example');
  });

  test('a tick, a choice from the list and typed values go to the spreadsheet', async () => {
    await grid.click(posted, 1);
    await eventually(async () => expect(await cell(posted, 1)).toBe(true));
    await grid.click(counterAccount, 1, 0.96);
    await page.getByText('Expenses:Rent').last().click();
    await eventually(async () => expect(await cell(counterAccount, 1)).toBe('Expenses:Rent'));
    await grid.type(description, 2, 'Salary, February');
    await grid.type(date, 6, '3/14/2026');
    await grid.type(amount, 6, '1234.5');
    await grid.type(amount, 7, '=C7*2');
    await eventually(async () => {
      expect(await cell(description, 2)).toBe('Salary, February');
      expect((await rows())[6]).toMatchObject([46_095, '', 1234.5]);
      expect(await cell(amount, 7)).toBe('=C7*2');
    });
    await eventually(async () => {
      const shown = (await book.read()).sheets?.[0]?.data?.[0]?.rowData?.[7]?.values?.[amount];
      expect(shown?.effectiveValue).toEqual({ numberValue: 2469 });
    });
    await eventually(async () => expect(await saveState()).toBe('Saved'));
    await page.keyboard.press('Control+z');
    await eventually(async () => expect((await cell(amount, 7)) ?? '').toBe(''));
  });

  test('rows are inserted, deleted and hidden where the user sees them', async () => {
    await grid.chooseFromRowMenu(2, 'Delete Selected Row');
    await eventually(async () =>
      expect(await cell(description, 2)).toBe('Rent of Example Street 5'),
    );
    await page.keyboard.press('Control+z');
    await eventually(async () => expect((await rows())[2]?.[6]).toBe('tx-2'));
    await grid.chooseFromRowMenu(3, 'Hide Selected Row');
    await eventually(async () => {
      const metadata = (await book.read()).sheets?.[0]?.data?.[0]?.rowMetadata;
      expect(metadata?.[3]?.hiddenByUser).toBe(true);
    });
  });

  test('has the menu that onOpen builds, by keyboard, and the sidebar that calls the bundle', async () => {
    await page.getByRole('menuitem', { name: 'Probe NONE' }).focus();
    await page.keyboard.press('ArrowDown');
    expect(await page.getByRole('menu').getByRole('menuitem').allTextContents()).toEqual([
      'Open',
      'Greet',
    ]);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog');
    await dialog.getByText('from the probe').waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('menuitem', { name: 'Probe NONE' }).click();
    await page.getByRole('menuitem', { name: 'Open' }).click();
    await page.frameLocator('iframe').getByText('hello to you').waitFor();
    await screenshot(page, 'host-sidebar');
    expect(await page.locator('#sidebar').boundingBox()).toMatchObject({ width: 300 });
    await page.getByRole('button', { name: 'Close the sidebar' }).click();
    expect(await page.locator('#sidebar').isVisible()).toBe(false);
  });
});

async function ruleTypes(book: BookFixture): Promise<unknown> {
  const rows = (await book.read()).sheets?.[0]?.data?.[0]?.rowData ?? [];
  return rows.map(({ values }) =>
    (values ?? []).map(({ dataValidation, note }) => [dataValidation?.condition?.type, note]),
  );
}
