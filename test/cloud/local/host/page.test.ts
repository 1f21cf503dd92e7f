import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { launchChromium, screenshot } from '../../../browser/chromium.ts';
import {
  appendRows,
  type BookFixture,
  builtForTests,
  openBookFixture,
  rowOf,
  transactionsId,
} from './book-fixture.ts';
import { holdReading, letTimersWait } from './busy-page.ts';
import { createGridDriver, eventually, type GridDriver, readRows } from './grid-driver.ts';

const addonDir = join(import.meta.dirname, '../../../fixtures/host-addon');
const browser: Browser | null = await launchChromium();
const describeInBrowser = browser ? describe : describe.skip;

const [date, description, amount, counterAccount, posted] = [0, 1, 2, 3, 4];

describeInBrowser("the book's page", () => {
  let book: BookFixture;
  let context: BrowserContext;
  let page: Page;
  let grid: GridDriver;
  const defects: string[] = [];

  beforeEach(async () => {
    book = await openBookFixture({ addonDir, pageDir: builtForTests().pageDir });
    context = await (browser as Browser).newContext({
      viewport: { width: 1400, height: 700 },
      permissions: ['clipboard-read', 'clipboard-write'],
    });
    page = await context.newPage();
    page.on('pageerror', (error) => defects.push(error.message));
    await page.goto(`${book.url}/#${book.sessionToken}`);
    grid = await createGridDriver(page);
  });
  afterEach(async () => {
    await context.close();
    await book.close();
    expect(defects.splice(0)).toEqual([]);
  });
  afterAll(() => browser?.close());

  const rows = () => readRows(book, transactionsId);
  const cell = async (column: number, row: number) => (await rows())[row]?.[column];
  async function deleteInOtherWindow(row: number): Promise<void> {
    const other = await context.newPage();
    await other.goto(book.url);
    await (await createGridDriver(other)).chooseFromRowMenu(row, 'Delete Selected Row');
    await page.bringToFront();
  }
  const saveState = () => page.locator('#save-state').textContent();

  test('opens without the token in its address, and again without being given it', async () => {
    expect(page.url()).toBe(`${book.url}/`);
    expect(await page.title()).toBe('Books of Example Street');
    await page.reload();
    grid = await createGridDriver(page);
    expect(await grid.textOf(description, 1)).toBe('Bakery Example, card payment');
    await screenshot(page, 'host-book');
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

  test('numbers and days are typed and shown as in the country of the book', async () => {
    const properties = { locale: 'de_DE' };
    await book.write({ updateSpreadsheetProperties: { properties, fields: 'locale' } });
    await page.reload();
    grid = await createGridDriver(page);
    await grid.type(date, 6, '14.03.2026');
    await grid.type(amount, 6, '1.234,50');
    await eventually(async () => expect((await rows())[6]).toMatchObject([46_095, '', 1234.5]));
    await grid.type(description, 6, '1.5');
    await eventually(async () => expect(await cell(description, 6)).toBe('1.5'));
    expect(await grid.textOf(amount, 2)).toBe('2.500,00');
    await screenshot(page, 'host-german');
  });

  test('rows of a delivery appear while a cell is being edited, which stays as it is typed', async () => {
    await grid.click(description, 2);
    await page.keyboard.type('Half a sen');
    await book.write(appendRows(rowOf(46_060, 'Kiosk Example', -3.2, 'tx-4')));
    await page.waitForTimeout(800);
    await screenshot(page, 'host-arrival');
    await page.keyboard.type('tence');
    await page.keyboard.press('Enter');
    await eventually(async () => expect(await cell(description, 2)).toBe('Half a sentence'));
    expect(await cell(description, 4)).toBe('Kiosk Example');
    expect(await grid.textOf(description, 4)).toBe('Kiosk Example');
  });

  test('what is typed or undone just when a reading ends is kept', async () => {
    await page.addInitScript(letTimersWait);
    await page.reload();
    grid = await createGridDriver(page);
    const type = () => grid.type(description, 1, 'Typed meanwhile');
    const undo = () => page.keyboard.press('Control+z');
    for (const [act, wanted] of [
      [type, 'Typed meanwhile'],
      [undo, 'Bakery Example, card payment'],
    ] as const) {
      const reading = await holdReading(page);
      await book.write(appendRows(rowOf(46_060, 'Kiosk Example', -3.2, 'tx-4')));
      await reading.begun;
      await act();
      await reading.end();
      await eventually(async () => expect(await cell(description, 1)).toBe(wanted));
      await eventually(async () => expect(await saveState()).toBe('Saved'));
      expect(await grid.textOf(description, 1)).toBe(wanted);
    }
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

  test('a choice that is typed into a list is kept and looks as text of ten points', async () => {
    const values = rowOf(46_060, 'Kiosk Example', -3.2, 'tx-4').values ?? [];
    const unfiled = values.map((value, column) =>
      column === counterAccount ? { ...value, userEnteredValue: {} } : value,
    );
    const written = { sheetId: transactionsId, startRowIndex: 3, endRowIndex: 4 };
    const tenPoints = { userEnteredFormat: { textFormat: { fontSize: 10 } } };
    const fields = 'userEnteredFormat.textFormat.fontSize';
    await book.write(appendRows({ values: unfiled }), {
      repeatCell: { range: written, cell: tenPoints, fields },
    });
    await page.reload();
    grid = await createGridDriver(page);
    await grid.type(counterAccount, 4, 'Expenses:Food');
    await eventually(async () => expect(await cell(counterAccount, 4)).toBe('Expenses:Food'));
    await grid.click(description, 9);
    const [typed, tenPointed] = [
      await grid.picture(counterAccount, 4),
      await grid.picture(counterAccount, 3),
    ];
    expect(typed.equals(tenPointed)).toBe(true);
    const cells = (await book.read()).sheets?.[0]?.data?.[0]?.rowData?.[4]?.values;
    expect(cells?.[counterAccount]?.userEnteredFormat?.textFormat).toBeUndefined();
  });

  test('columns that another writer widens look as when the page is opened anew', async () => {
    const widened = { sheetId: transactionsId, dimension: 'COLUMNS', startIndex: 0, endIndex: 3 };
    await book.write({
      updateDimensionProperties: {
        range: widened,
        properties: { pixelSize: 160 },
        fields: 'pixelSize',
      },
    });
    await page.waitForTimeout(1000);
    const arrived = await page.locator('#grid').screenshot();
    await screenshot(page, 'host-widened');
    await page.reload();
    grid = await createGridDriver(page);
    expect(arrived.equals(await page.locator('#grid').screenshot())).toBe(true);
  });

  test('a tab that another writer makes, fills and deletes comes and goes', async () => {
    const tab = { sheetId: 303, title: 'Rules' };
    await book.write({ addSheet: { properties: tab } });
    await page.getByText('Rules', { exact: true }).waitFor();
    await book.write({ deleteSheet: { sheetId: 303 } });
    await page.getByText('Rules', { exact: true }).waitFor({ state: 'detached' });
  });

  test('a row that the add-on selects is gone to, from another tab', async () => {
    const arrived = Array.from({ length: 150 }, (_, at) =>
      rowOf(46_100, `Payment ${at}`, -at, `p-${at}`),
    );
    await book.write(appendRows(...arrived));
    await page.getByText('Accounts', { exact: true }).click();
    const sidebar = page.frameLocator('iframe').locator('body');
    await sidebar.evaluate('google.script.run.selectRow(0, 120)');
    await page.locator('input[value="A120:G120"]').waitFor();
    // The row stands below the frozen one now.
    await eventually(async () => expect(await grid.textOf(description, 1)).toBe('Payment 115'));
  });

  test('what is typed while Bookfeed is stopped is saved when it is back', async () => {
    await book.stopHost();
    await page.getByText('what you type is kept here and saved then').waitFor();
    await grid.type(description, 1, 'Typed in between');
    await eventually(async () => expect(await saveState()).toMatch(/^Not saved yet/));
    await screenshot(page, 'host-stopped');
    await book.startHost();
    await eventually(async () => expect(await cell(description, 1)).toBe('Typed in between'));
    await page.getByText('Bookfeed is not running').waitFor({ state: 'hidden' });
    await page.reload();
    grid = await createGridDriver(page);
    expect(await grid.textOf(description, 1)).toBe('Typed in between');
  });

  test('an edit that the spreadsheet refuses is taken back with the reason', async () => {
    await page.route('**/book/changes', (route) =>
      route.fulfill({ json: { kind: 'refused', message: 'The cell is protected.' } }),
    );
    await grid.type(description, 1, 'Not to be');
    await page.getByText('Your last change was not saved: The cell is protected.').waitFor();
    expect(await grid.textOf(description, 1)).toBe('Bakery Example, card payment');
    expect(await cell(description, 1)).toBe('Bakery Example, card payment');
  });

  test('an undo does not write over the row that another window has moved there', async () => {
    await grid.type(description, 2, 'Salary, February');
    await eventually(async () => expect(await cell(description, 2)).toBe('Salary, February'));
    await deleteInOtherWindow(1);
    await eventually(async () =>
      expect(await grid.textOf(description, 1)).toBe('Salary, February'),
    );
    await page.keyboard.press('Control+z');
    // What the undo would write comes before this.
    await grid.type(description, 3, 'Typed after it');
    await eventually(async () => expect(await cell(description, 3)).toBe('Typed after it'));
    expect(await cell(description, 2)).toBe('Rent of Example Street 5');
  });

  test('a window whose rows another window has moved does not write over others', async () => {
    const reading = await holdReading(page);
    await deleteInOtherWindow(1);
    await reading.begun;
    await grid.click(description, 1);
    await page.keyboard.type('For the ');
    await page.waitForTimeout(300);
    await reading.end();
    await page.waitForTimeout(300);
    await page.keyboard.type('bakery');
    await page.keyboard.press('Enter');
    await page.getByText('Rows or columns were moved in another window').waitFor();
    expect(await cell(description, 1)).toBe('Salary of Example Works Ltd');
    await eventually(async () =>
      expect(await grid.textOf(description, 1)).toBe('Salary of Example Works Ltd'),
    );
  });
});

async function ruleTypes(book: BookFixture): Promise<unknown> {
  const rows = (await book.read()).sheets?.[0]?.data?.[0]?.rowData ?? [];
  return rows.map(({ values }) =>
    (values ?? []).map(({ dataValidation, note }) => [dataValidation?.condition?.type, note]),
  );
}
