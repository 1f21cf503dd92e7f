import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  createScriptCalls,
  type ScriptCalls,
} from '../../cloud/local/host/apps-script/script-calls.ts';
import { tabMetadataKey } from '../../shared/book.ts';
import {
  type BookFixture,
  builtForTests,
  openBookFixture,
  transactionsId,
} from '../cloud/local/host/book-fixture.ts';

describe('showing a row', () => {
  let book: BookFixture;
  let scripts: ScriptCalls;

  beforeAll(async () => {
    book = await openBookFixture(builtForTests());
    scripts = createScriptCalls({
      addonDir: builtForTests().addonDir,
      sheetsUrl: book.sheetsUrl,
      sheetsToken: book.sheetsToken,
      spreadsheetId: book.spreadsheetId,
      identityToken: 'who-i-am',
      scriptProperties: {},
    });
  });
  afterAll(async () => {
    await scripts.close();
    await book.close();
  });

  const showRow = (id: string) =>
    scripts.run({ from: 'sidebar', functionName: 'showRow', args: [id] });
  const nothing = { ok: true, value: false, effects: [] };

  test('finds none in a book without the tab of transactions', async () => {
    expect(await showRow('tx-2')).toEqual(nothing);
  });

  test('selects the row that has the id, in its tab, and no other', async () => {
    await book.write({
      createDeveloperMetadata: {
        developerMetadata: {
          metadataKey: tabMetadataKey,
          metadataValue: 'transactions',
          visibility: 'DOCUMENT',
          location: { sheetId: transactionsId },
        },
      },
    });
    expect(await showRow('tx-2')).toEqual({
      ok: true,
      value: true,
      effects: [
        { kind: 'selection', sheetId: transactionsId },
        {
          kind: 'selection',
          sheetId: transactionsId,
          range: { row: 3, column: 1, numRows: 1, numColumns: 7 },
        },
      ],
    });
    expect(await showRow('tx')).toEqual(nothing);
  });

  test('finds the row where the user has moved it and its column', async () => {
    const dimension = { sheetId: transactionsId, startIndex: 0, endIndex: 1 };
    await book.write(
      { insertDimension: { range: { ...dimension, dimension: 'COLUMNS' } } },
      { moveDimension: { source: rowRange(2), destinationIndex: 4 } },
    );
    expect(await showRow('tx-2')).toMatchObject({
      effects: [{}, { range: { row: 4, column: 1, numColumns: 8 } }],
    });
  });

  test('finds none once the user has deleted it', async () => {
    await book.write({ deleteDimension: { range: rowRange(3) } });
    expect(await showRow('tx-2')).toEqual(nothing);
  });
});

/** The row of that index, from 0. */
function rowRange(index: number) {
  const dimension = 'ROWS';
  return { sheetId: transactionsId, dimension, startIndex: index, endIndex: index + 1 };
}
