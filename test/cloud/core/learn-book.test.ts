import { describe, expect, test } from '@jest/globals';
import { openSqliteStore } from '../../../cloud/adapters/sqlite-store.ts';
import { learnerKey, learnerParts } from '../../../cloud/core/documents.ts';
import { learnBook } from '../../../cloud/core/learn-book.ts';
import type { PostedRow } from '../../../cloud/learner/book-row.ts';
import { saveLearner } from '../../../cloud/learner/save-learner.ts';
import { type Store, write } from '../../../cloud/ports/store.ts';
import { addDays } from '../../../shared/calendar-date.ts';

const payees = ['Rewe', 'Stadtwerke', 'Cafe Rot', 'Nora Beispiel', 'Kino Nord'];

function posted(count: number): readonly PostedRow[] {
  return Array.from({ length: count }, (_, at) => ({
    date: addDays('2024-01-01', Math.floor(at / 2)),
    description: `${payees[at % 5]} · KARTE ${at * 7919}`,
    amount: { minor: -100 * (1 + (at % 13)), currency: 'EUR' },
    account: 'Assets:Checking',
    counterAccount: `Expenses:${payees[at % 5]}`,
  }));
}

async function withStore(run: (store: Store) => Promise<void>): Promise<void> {
  const store = openSqliteStore(':memory:');
  await run(store);
  await store.close();
}

async function bytesOf(store: Store, bookId: string, rows: readonly PostedRow[]) {
  const { learner, writes } = await learnBook(store, bookId, rows);
  if (writes.length > 0) await store.commit(writes);
  expect(learner.rowCount).toBe(rows.length);
  return { bytes: Buffer.from(saveLearner(learner)).toString('base64'), kept: writes.length };
}

const rows = posted(1010);
const changed = (at: number) =>
  rows.map((row, index) => (index === at ? { ...row, counterAccount: 'Expenses:Other' } : row));

describe('what a book has taught', () => {
  test('is the same from what is kept and from the book alone, whatever was posted, changed or taken back since', async () => {
    await withStore(async (store) => {
      const steps = [
        ['first', rows.slice(0, 510)],
        ['some more', rows.slice(0, 520)],
        ['many more', rows],
        ['a late one', [...rows.slice(0, 970), ...rows.slice(980)]],
        ['an old one corrected', changed(20)],
        ['nothing new', changed(20)],
        ['one of the first taken back', rows.slice(1)],
      ] as const;
      const kept: number[] = [];
      for (const [, step] of steps) {
        const here = await bytesOf(store, 'book', step);
        kept.push(here.kept);
        const anew = await bytesOf(store, `book-${kept.length}`, step);
        expect(here.bytes).toBe(anew.bytes);
      }
      expect(kept).toEqual([1, 0, 1, 0, 1, 0, 1]);
    });
  });

  test('belongs to that book alone', async () => {
    await withStore(async (store) => {
      await bytesOf(store, 'one', rows);
      const { learner } = await learnBook(store, 'other', []);
      expect(learner.rowCount).toBe(0);
      expect(learner.suggest(rows[0] as PostedRow).candidates).toEqual([]);
    });
  });

  test.each([
    ['damaged', { bytes: 'AAAA' }],
    ['of rows that are others now', { digest: '0.0' }],
    ['with a part that is missing', { parts: 2 }],
    ['of more parts than there can be', { parts: 4000 }],
    ['further than the book', { rows: 5000 }],
  ])('is learned anew where what is kept is %s', async (_, wrong) => {
    await withStore(async (store) => {
      const { bytes } = await bytesOf(store, 'book', rows);
      const part = await store.get(learnerParts, learnerKey('book', 0));
      if (!part) throw new Error('nothing is kept');
      const value = { ...part.value, ...wrong };
      await store.commit([write(learnerParts, part.key, value, 'any')]);
      expect((await bytesOf(store, 'book', rows)).bytes).toBe(bytes);
    });
  });

  test('is not kept of a small book, which is learned in a moment', async () => {
    await withStore(async (store) => {
      expect((await bytesOf(store, 'book', rows.slice(0, 499))).kept).toBe(0);
      expect((await bytesOf(store, 'book', rows.slice(0, 500))).kept).toBe(1);
    });
  });
});
