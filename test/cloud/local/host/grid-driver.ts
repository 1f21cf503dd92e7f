import { setTimeout as delay } from 'node:timers/promises';
import type { sheets_v4 } from '@googleapis/sheets';
import type { Page } from 'playwright-core';
import { type BookFixture, columnWidths } from './book-fixture.ts';

/** A user before the grid: it is a canvas, so cells are found by their place, as the eye does. */
export interface GridDriver {
  /** `column` and `row` count from 0; `place` is where in the cell, from 0 at its left to 1. */
  click(column: number, row: number, place?: number): Promise<void>;
  type(column: number, row: number, text: string): Promise<void>;
  chooseFromColumnMenu(column: number, item: string): Promise<void>;
  chooseFromRowMenu(row: number, item: string): Promise<void>;
  /** What the grid holds in a cell, by copying it; `name` as the grid has it, where rows above are out of sight. */
  textOf(column: number, row: number, name?: string): Promise<string>;
  /** A cell as it is drawn, as a PNG. */
  picture(column: number, row: number): Promise<Buffer>;
}

const rowHeaderWidth = 46;
const columnHeaderHeight = 24;
const rowHeight = 21;

/** @param widths of the tab's columns in pixels */
export async function createGridDriver(
  page: Page,
  widths: readonly number[] = columnWidths,
): Promise<GridDriver> {
  await page.locator('canvas').first().waitFor();
  await page.locator('#sidebar-body iframe').waitFor();
  await untilDrawn(page);

  async function origin() {
    const boxes = await Promise.all(
      (await page.locator('canvas').all()).map((canvas) => canvas.boundingBox()),
    );
    const grid = boxes.toSorted((a, b) => (b?.height ?? 0) - (a?.height ?? 0))[0];
    return { x: grid?.x ?? 0, y: grid?.y ?? 0 };
  }
  async function placeOf(column: number, row: number, place: number) {
    const { x, y } = await origin();
    const left = widths.slice(0, column).reduce((sum, width) => sum + width, 0);
    return {
      x: x + rowHeaderWidth + left + (widths[column] ?? 100) * place,
      y: y + columnHeaderHeight + rowHeight * (row + 0.5),
    };
  }
  async function press(column: number, row: number, place: number, name: string): Promise<void> {
    const at = await placeOf(column, row, place);
    // Buttons in cells show themselves to a pointer that comes near.
    await page.mouse.move(at.x - 3, at.y);
    await page.mouse.click(at.x, at.y);
    await page.waitForFunction(isNamed(name));
  }
  /** Not by a second click: soon after another it would be a double one. */
  async function select(column: number, row: number, name = nameOf(column, row)): Promise<void> {
    if (!(await page.evaluate(isReady(name)))) await press(column, row, 0.3, name);
    await page.waitForFunction(isReady(name));
  }
  async function chooseFromMenu(x: number, y: number, item: string): Promise<void> {
    const choice = page.getByText(item, { exact: true }).last();
    await eventually(async () => {
      await page.mouse.click(x, y, { button: 'right' });
      // A grid that draws itself anew closes its menu.
      await choice.waitFor({ timeout: 1000 });
    });
    await choice.click();
  }

  return {
    click: (column, row, place = 0.5) => press(column, row, place, nameOf(column, row)),
    type: async (column, row, text) => {
      await select(column, row);
      // The first letter opens the cell's editor, which a person is not quick enough to outrun.
      await page.keyboard.type(text.slice(0, 1));
      await page.waitForFunction(isEditorOpen);
      await page.keyboard.type(text.slice(1), { delay: 5 });
      await page.keyboard.press('Enter');
    },
    chooseFromColumnMenu: async (column, item) => {
      const { x, y } = await placeOf(column, 0, 0.5);
      await chooseFromMenu(x, y - rowHeight, item);
    },
    chooseFromRowMenu: async (row, item) => {
      const { x, y } = await placeOf(0, row, 0);
      await chooseFromMenu(x - rowHeaderWidth / 2, y, item);
    },
    textOf: async (column, row, name) => {
      await select(column, row, name);
      await page.evaluate(`navigator.clipboard.writeText('${notCopied}')`);
      await page.keyboard.press('Control+c');
      let copied = notCopied;
      await eventually(async () => {
        copied = (await page.evaluate('navigator.clipboard.readText()')) as string;
        if (copied === notCopied) throw new Error('nothing was copied');
      });
      return copied;
    },
    picture: async (column, row) => {
      const { x, y } = await placeOf(column, row, 0);
      const size = { width: widths[column] ?? 100, height: rowHeight };
      return page.screenshot({ clip: { x, y: y - rowHeight / 2, ...size } });
    },
  };
}

/** What the clipboard holds before a cell is copied. */
const notCopied = 'nothing is copied yet';

/** As the box of names calls a cell: B3. */
function nameOf(column: number, row: number): string {
  return `${String.fromCharCode(65 + column)}${row + 1}`;
}

const editorId = '__editor___INTERNAL_EDITOR__DOCS_NORMAL';
/** The cell has been gone to. */
const isNamed = (name: string) =>
  `[...document.querySelectorAll('#grid input')].some(({ value }) => value === '${name}')`;
/** A cell is being typed into; otherwise its editor stands outside the window. */
const isEditorOpen = `document.querySelector('#${editorId}').getBoundingClientRect().left >= 0`;
/** What is typed goes to the cell, and opens its editor. */
const isReady = (name: string) =>
  `${isNamed(name)} && document.activeElement?.id === '${editorId}' && !(${isEditorOpen})`;

/** The sidebar takes its place beside the grid, which then draws itself anew, in steps. */
async function untilDrawn(page: Page): Promise<void> {
  const looks: string[] = [];
  await eventually(async () => {
    const { isWide, look } = (await page.evaluate(lookOfGrid)) as GridLook;
    looks.push(look);
    const last = looks.slice(-calmLooks);
    const isCalm = last.length === calmLooks && new Set(last).size === 1;
    if (!isWide || !isCalm) throw new Error('the grid is not drawn');
  });
}

/** As many alike, one after the other, show that nothing is drawn any more. */
const calmLooks = 4;
interface GridLook {
  readonly isWide: boolean;
  readonly look: string;
}
const lookOfGrid = `(() => {
  const grid = document.querySelector('#grid');
  const sizes = [...grid.querySelectorAll('canvas')].map(({ width, height }) => width + ' ' + height);
  const isWide = sizes.some((size) => size.startsWith(grid.clientWidth + ' '));
  return { isWide, look: [...sizes, grid.innerHTML.length].join() };
})()`;

/** Values of the rows of a tab as the server has them. */
export async function readRows(book: BookFixture, sheetId: number): Promise<unknown[][]> {
  const tab = (await book.read()).sheets?.find(({ properties }) => properties?.sheetId === sheetId);
  return (tab?.data?.[0]?.rowData ?? []).map(({ values }) => (values ?? []).map(valueOfCell));
}

function valueOfCell({ userEnteredValue }: sheets_v4.Schema$CellData): unknown {
  return Object.values(userEnteredValue ?? {})[0] ?? '';
}

/** Asks until `check` holds; its last error when it does not within ten seconds. */
export async function eventually(check: () => Promise<void>): Promise<void> {
  for (const end = performance.now() + 10_000; ; await delay(100)) {
    try {
      await check();
      return;
    } catch (error) {
      if (performance.now() > end) throw error;
    }
  }
}
