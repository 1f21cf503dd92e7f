import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { launchChromium, screenshot } from '../../../browser/chromium.ts';
import {
  appendRows,
  type BookFixture,
  columnWidths,
  rowOf,
  transactionsId,
} from './book-fixture.ts';
import { holdReading, letTimersWait } from './busy-page.ts';
import { createGridDriver, eventually, type GridDriver, readRows } from './grid-driver.ts';
import { type OpenPage, openPage } from './open-page.ts';

const browser: Browser | null = await launchChromium();
const describeInBrowser = browser ? describe : describe.skip;

const [date, description, amount, counterAccount] = [0, 1, 2, 3];

describeInBrowser("the book's page", () => {
  let opened: OpenPage;
  let book: BookFixture;
  let context: BrowserContext;
  let page: Page;
  let grid: GridDriver;

  async function start(): Promise<void> {
    opened = await openPage(browser as Browser);
    ({ book, context, page } = opened);
  }
  afterEach(() => expect(opened.defects.splice(0)).toEqual([]));
  afterAll(() => browser?.close());

  /** After what is to be there before the page. */
  async function open(): Promise<void> {
    await page.goto(opened.url);
    grid = await createGridDriver(page);
  }
  const rows = () => readRows(book, transactionsId);
  const cell = async (column: number, row: number) => (await rows())[row]?.[column];
  async function deleteInOtherWindow(row: number): Promise<void> {
    const other = await context.newPage();
    await other.goto(book.url);
    await (await createGridDriver(other)).chooseFromRowMenu(row, 'Delete Selected Row');
    await page.bringToFront();
  }
  const saveState = () => page.locator('#save-state').textContent();

  describe('opened for one test', () => {
    beforeEach(start);
    afterEach(() => opened.close());

    test('numbers and days are typed and shown as in the country of the book', async () => {
      const properties = { locale: 'de_DE' };
      await book.write({ updateSpreadsheetProperties: { properties, fields: 'locale' } });
      await open();
      await grid.type(date, 6, '14.03.2026');
      await grid.type(amount, 6, '1.234,50');
      await eventually(async () => expect((await rows())[6]).toMatchObject([46_095, '', 1234.5]));
      await grid.type(description, 6, '1.5');
      await eventually(async () => expect(await cell(description, 6)).toBe('1.5'));
      expect(await grid.textOf(amount, 2)).toBe('2.500,00');
      await screenshot(page, 'host-german');
    });

    test('what is typed or undone just when a reading ends is kept', async () => {
      await page.addInitScript(letTimersWait);
      await open();
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
      await open();
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

    test('an undo does not write over the row that another window has moved there', async () => {
      await open();
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
      await open();
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

  /** It takes three seconds to open: each test goes on where the one before has left it. */
  describe('that stays open', () => {
    /** Once the first test has widened three. */
    const widths = columnWidths.map((width, at) => (at < 3 ? 160 : width));
    beforeAll(async () => {
      await start();
      await open();
    });
    afterAll(() => opened?.close());

    // Before a cell is copied, around which a border then runs.
    test('columns that another writer widens look as when the page is opened anew', async () => {
      // Not the bar of tools, which has not always room for as many.
      const picture = () => page.locator('canvas[id^="univer-sheet"]').screenshot();
      const before = await picture();
      const widened = { sheetId: transactionsId, dimension: 'COLUMNS', startIndex: 0, endIndex: 3 };
      await book.write({
        updateDimensionProperties: {
          range: widened,
          properties: { pixelSize: 160 },
          fields: 'pixelSize',
        },
      });
      let arrived = before;
      await eventually(async () => {
        const last = arrived;
        arrived = await picture();
        expect({ isNew: !arrived.equals(before), isWhole: arrived.equals(last) }).toEqual({
          isNew: true,
          isWhole: true,
        });
      });
      await screenshot(page, 'host-widened');
      await page.reload();
      grid = await createGridDriver(page, widths);
      await eventually(async () => expect((await picture()).equals(arrived)).toBe(true));
    });

    test('an edit that the spreadsheet refuses is taken back with the reason', async () => {
      await page.route('**/book/changes', (route) =>
        route.fulfill({ json: { kind: 'refused', message: 'The cell is protected.' } }),
      );
      await grid.type(description, 1, 'Not to be');
      await page.getByText('Your last change was not saved: The cell is protected.').waitFor();
      expect(await grid.textOf(description, 1)).toBe('Bakery Example, card payment');
      expect(await cell(description, 1)).toBe('Bakery Example, card payment');
      await page.unroute('**/book/changes');
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
      grid = await createGridDriver(page, widths);
      expect(await grid.textOf(description, 1)).toBe('Typed in between');
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
      await eventually(async () =>
        expect(await grid.textOf(description, 1, 'B120')).toBe('Payment 115'),
      );
    });
  });
});
