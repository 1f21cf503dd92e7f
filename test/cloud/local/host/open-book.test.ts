import { expect, test } from '@jest/globals';
import { openBook, readTabNow } from '../../../../cloud/local/host/apps-script/open-book.ts';
import type { SheetsNow } from '../../../../cloud/local/host/apps-script/sheets-now.ts';

/** A book with one tab that another renames while a call of the add-on runs. */
function openRenamed() {
  let title = 'Sheet1';
  const sheets = {
    get: () => ({ sheets: [{ properties: { sheetId: 0, title } }] }),
    formulas: (range: string) => {
      if (range !== `'${title}'`) throw new Error(`Unable to parse range: ${range}`);
      return [['=1']];
    },
  } as unknown as SheetsNow;
  const book = openBook(
    'b1',
    sheets,
    () => null,
    () => {},
  );
  book.outline();
  return {
    book,
    sheets,
    rename: () => {
      title = 'Transactions';
    },
  };
}

test('a tab that another has renamed meanwhile is read, as Apps Script goes by its id', () => {
  const { book, sheets, rename } = openRenamed();
  rename();
  expect(readTabNow(book, 0, (title) => sheets.formulas(title))).toEqual([['=1']]);
});

test('what fails otherwise fails with its own words', () => {
  const { book } = openRenamed();
  const refuse = () => {
    throw new Error('no permission');
  };
  expect(() => readTabNow(book, 0, refuse)).toThrow('no permission');
});
