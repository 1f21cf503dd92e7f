import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { OAuth2Client } from 'google-auth-library';
import { createGoogleSheets } from '../../cloud/adapters/google-sheets.ts';
import { openSqliteStore } from '../../cloud/adapters/sqlite-store.ts';
import { randomIds } from '../../cloud/adapters/system-clock.ts';
import { type Listening, listen } from '../../cloud/local/listen.ts';
import { createSheetsServer } from '../../cloud/local/sheets/sheets-server.ts';
import type { BookChanges, RowContent, Sheet } from '../../cloud/ports/sheet.ts';
import type { TransactionColumn } from '../../shared/book.ts';
import type { UserAction } from './format.ts';
import type { SheetPlace, ShownRow } from './sheet-view.ts';
import { createSpreadsheet } from './system.ts';
import { createUser, type User } from './user.ts';
import { createUserWrites, type UserWrites } from './user-writes.ts';

const store = openSqliteStore(':memory:');
const token = randomIds.next('');
const server = createSheetsServer({ store, ids: randomIds, token });
let listening: Listening;
let sheet: Sheet;
let place: SheetPlace;
let user: User;
let writes: UserWrites;

beforeAll(async () => {
  listening = await listen(server.app.fetch, 0);
  const auth = new OAuth2Client();
  auth.setCredentials({ access_token: token });
  sheet = createGoogleSheets({ auth, rootUrl: listening.url });
});

/** A book with three rows as the system writes them. */
beforeEach(async () => {
  const { url } = listening;
  place = { url, token, spreadsheetId: await createSpreadsheet(url, token) };
  writes = createUserWrites();
  user = createUser(place, writes);
  await deliver([
    bankRow('e1', '2026-03-01', -450, 'Cafe Rot · COFFEE'),
    bankRow('e2', '2026-03-02', -450, 'Cafe Rot · COFFEE'),
    bankRow('e3', '2026-03-02', 190_000, 'Werk AG · SALARY'),
  ]);
});

afterAll(async () => {
  await listening.close();
  await store.close();
});

function bankRow(
  id: string,
  date: string,
  minor: number,
  text: string,
): RowContent<TransactionColumn> {
  return {
    date: { kind: 'date', date },
    description: { kind: 'text', text },
    amount: { kind: 'amount', amount: { minor, currency: 'EUR' } },
    currency: { kind: 'text', text: 'EUR' },
    account: { kind: 'text', text: 'Assets:Checking' },
    posted: { kind: 'check', checked: false },
    id: { kind: 'text', text: id },
  };
}

async function deliver(append: BookChanges['transactions']['append']): Promise<void> {
  const snapshot = await sheet.readBook(place.spreadsheetId);
  const nothing = { append: [], update: [], remove: [] };
  await sheet.writeBook(place.spreadsheetId, snapshot, {
    batchIds: [randomIds.next('b')],
    transactions: { ...nothing, append },
    accounts: { ...nothing, append: [{ path: { kind: 'text', text: 'Assets:Checking' } }] },
  });
}

const act = <K extends UserAction['kind']>(
  kind: K,
  is: Extract<UserAction, { kind: K }>['is'],
): Promise<void> => user.act({ kind, is } as UserAction);
const ids = (rows: readonly ShownRow[]) => rows.map(({ id }) => id);
const salary = { amount: '1900.00' };

describe('the user', () => {
  test('edits a row by what it shows, and what was written is remembered', async () => {
    const set = {
      date: '2026-02-28',
      description: '=Wages',
      amount: '1900.01',
      counterAccount: 'Income:Salary',
      posted: true,
      notes: '007',
    };
    await act('edit', { edit: { ...salary, textHas: 'SALARY' }, set });
    const rows = await user.rows();
    expect(rows.at(-1)).toMatchObject({ id: 'e3', ...set, amount: 1900.01 });
    expect(writes.lost(rows, true)).toEqual([]);
    expect(writes.lost(rows.slice(0, 2), true)).toHaveLength(6);
  });

  test('finds exactly one row, or says so', async () => {
    const edit = { amount: '-4.50' };
    const notes = (mine: string) => ({ set: { notes: mine } });
    await expect(act('edit', { edit, ...notes('x') })).rejects.toThrow(/^2 rows are .*"-4.50"/);
    const tea = { ...edit, textHas: 'TEA' };
    await expect(act('edit', { edit: tea, ...notes('x') })).rejects.toThrow(/^0 rows are/);
    const third = { ...edit, nth: 3 };
    await expect(act('edit', { edit: third, ...notes('x') })).rejects.toThrow(/^2 rows are/);
    await act('edit', { edit: { ...edit, date: '2026-03-01' }, ...notes('first') });
    await act('edit', { edit: { ...edit, nth: 2 }, ...notes('second') });
    expect((await user.rows()).map((row) => row.notes)).toEqual(['first', 'second', '']);
  });

  test('deletes a row, and the others stay', async () => {
    await act('delete', { delete: { amount: '-4.50', nth: 1 } });
    expect(ids(await user.rows())).toEqual(['e2', 'e3']);
  });

  test('sorts upwards', async () => {
    await act('sortBy', { sortBy: 'description' });
    await act('edit', { edit: salary, set: { date: '2026-01-01' } });
    await act('sortBy', { sortBy: 'date' });
    expect(ids(await user.rows())).toEqual(['e3', 'e1', 'e2']);
  });

  test('inserts an empty row, counted from the headers’', async () => {
    await act('insertEmptyRowAt', { insertEmptyRowAt: 2 });
    await act('insertEmptyRowAt', { insertEmptyRowAt: 4 });
    expect((await user.rows()).map(({ index }) => index)).toEqual([2, 4, 5]);
  });

  test.each([
    [1, 0],
    [2, 1],
    [3, 2],
    [5, 4],
    [11, 10],
  ])('moves a column to place %i', async (to, position) => {
    await act('moveColumn', { moveColumn: 'amount', to });
    const { transactions } = await sheet.readBook(place.spreadsheetId);
    expect(transactions?.columns.amount).toBe(position);
    expect(await user.rows()).toMatchObject([{ amount: -4.5 }, { amount: -4.5 }, { amount: 1900 }]);
  });

  test('renames and hides columns and renames the tab, and all are found again', async () => {
    await act('renameColumn', { renameColumn: 'notes', to: 'Memo' });
    await act('hideColumn', { hideColumn: 'notes' });
    await act('renameTab', { renameTab: 'Ledger' });
    await act('edit', { edit: salary, set: { notes: 'mine' } });
    expect((await user.rows()).at(-1)).toMatchObject({ notes: 'mine' });
    const fields = 'sheets(properties.title,data(columnMetadata.hiddenByUser,rowData.values))';
    const query = new URLSearchParams({ fields, includeGridData: 'true' });
    const url = `${place.url}/v4/spreadsheets/${place.spreadsheetId}?${query}`;
    const response = await fetch(url, { headers: { authorization: `Bearer ${token}` } });
    const [tab] = ((await response.json()) as { sheets: unknown[] }).sheets;
    expect(tab).toMatchObject({ properties: { title: 'Ledger' } });
    expect(JSON.stringify(tab)).toContain('"Memo"');
  });

  test('filters, and rows that do not fit are hidden but there', async () => {
    await act('edit', { edit: salary, set: { counterAccount: 'Income:Salary' } });
    await act('filterBy', { filterBy: { counterAccount: 'Income:Salary' } });
    expect(ids(await user.rows())).toEqual(['e1', 'e2', 'e3']);
    const fields = 'sheets.data(rowMetadata.hiddenByUser)';
    const query = new URLSearchParams({ fields, includeGridData: 'true' });
    const url = `${place.url}/v4/spreadsheets/${place.spreadsheetId}?${query}`;
    const response = await fetch(url, { headers: { authorization: `Bearer ${token}` } });
    const hidden = JSON.stringify(await response.json()).match(/"hiddenByUser":true/g);
    expect(hidden?.length).toBeGreaterThanOrEqual(2);
  });

  test('copies a row with its hidden id', async () => {
    await act('copyRow', { copyRow: salary });
    await act('copyRow', { copyRow: { amount: '-4.50', date: '2026-03-01' } });
    expect(ids(await user.rows())).toEqual(['e1', 'e1', 'e2', 'e3', 'e3']);
  });

  test('adds a row below the last, without an id', async () => {
    const row = {
      date: '2026-03-02',
      amount: '-6.00',
      description: 'Tip',
      account: 'Assets:Cash',
      counterAccount: 'Expenses:Food',
    };
    await act('addRow', { addRow: row });
    await deliver([bankRow('e4', '2026-03-03', -100, 'Kiosk')]);
    const rows = await user.rows();
    expect(ids(rows)).toEqual(['e1', 'e2', 'e3', '', 'e4']);
    expect(rows[3]).toMatchObject({ ...row, amount: -6 });
    expect(writes.lost(rows, true)).toEqual([]);
  });

  test('adds the book’s accounts that are not there yet', async () => {
    const wanted = [
      { name: 'Assets:Checking', type: 'asset' },
      { name: 'Expenses:Coffee', type: 'expense' },
    ] as const;
    expect(await user.addBookAccounts([...wanted])).toBe(true);
    expect(await user.addBookAccounts([...wanted])).toBe(true);
    const { accounts } = await sheet.readBook(place.spreadsheetId);
    expect(accounts?.rows.map(({ cells }) => cells.path)).toEqual([
      { kind: 'text', text: 'Assets:Checking' },
      { kind: 'text', text: 'Expenses:Coffee' },
    ]);
  });

  test('can do nothing where there is no tab yet', async () => {
    const spreadsheetId = await createSpreadsheet(place.url, token);
    const stranger = createUser({ ...place, spreadsheetId }, createUserWrites());
    await expect(stranger.act({ kind: 'sortBy', is: { sortBy: 'date' } })).rejects.toThrow(
      'there is no Transactions tab yet',
    );
    expect(await stranger.rows()).toEqual([]);
    expect(await stranger.addBookAccounts([])).toBe(false);
  });
});
