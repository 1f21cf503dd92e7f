import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { bankCells, bankColumns, shows } from '../../../cloud/core/bank-cells.ts';
import type { Draft, EntryFacts } from '../../../cloud/core/documents.ts';
import type { Cell } from '../../../cloud/ports/sheet.ts';
import { type TransactionColumn, transactionColumns } from '../../../shared/book.ts';
import { createBook, draft, eur, facts } from './book-at-work.ts';
import type { MemoryRow } from './memory-sheet.ts';

type Row = MemoryRow<TransactionColumn>;
type Book = ReturnType<typeof createBook>;
type Told = Map<string, EntryFacts | null>;

type Step =
  | { readonly kind: 'deliver'; readonly news: readonly News[] }
  | { readonly kind: 'edit'; readonly row: number; readonly column: TransactionColumn }
  | { readonly kind: 'post' | 'delete' | 'copy' | 'insert' | 'add'; readonly row: number }
  | { readonly kind: 'sort'; readonly column: TransactionColumn };

/** What the bank says of an entry next; null: it no longer shows it. */
interface News {
  readonly id: string;
  readonly now: EntryFacts | null;
}

const someFacts: fc.Arbitrary<EntryFacts> = fc
  .record({
    day: fc.integer({ min: 1, max: 4 }),
    text: fc.constantFrom('', 'COFFEE', 'TEA'),
    minor: fc.integer({ min: -3, max: 3 }),
    pending: fc.boolean(),
    balance: fc.option(fc.integer({ min: 0, max: 2 })),
    original: fc.option(fc.integer({ min: -2, max: 2 })),
  })
  .map(({ day, text, minor, pending, balance, original }) =>
    facts({
      date: `2026-03-0${day}`,
      text,
      amount: eur(minor),
      pending,
      ...(balance !== null && { balanceAfter: eur(balance) }),
      ...(original !== null && { original: { minor: original, currency: 'USD' } }),
    }),
  );

const someNews: fc.Arbitrary<News> = fc.record({
  id: fc.constantFrom('e1', 'e2', 'e3', 'e4'),
  now: fc.option(someFacts, { freq: 4 }),
});
const delivering = fc.record({
  kind: fc.constant('deliver' as const),
  news: fc.array(someNews, { minLength: 1, maxLength: 5 }),
});
const row = fc.nat({ max: 9 });
const column = fc.constantFrom(...transactionColumns);
const someStep: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: delivering },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('edit' as const), row, column }) },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constantFrom('post', 'post', 'delete', 'copy', 'insert', 'add'),
      row,
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('sort' as const), column }) },
);

const textIn = (cell: Cell | undefined) => (cell?.kind === 'text' ? cell.text : '');
const nothing: Cell = { kind: 'empty' };
const cellAt = (cells: Row | undefined, name: TransactionColumn): Cell => {
  const { note: _, ...cell } = cells?.[name] ?? { ...nothing, note: '' };
  return cell as Cell;
};

/** The drafts of some news, each from what was told of its entry before. */
function draftsOf(news: readonly News[], told: Told): readonly Draft[] {
  return news.flatMap(({ id, now }) => {
    const was = told.get(id) ?? null;
    told.set(id, now);
    return was || now ? [draft(id, was, now)] : [];
  });
}

/** A user at work, who knows every row by what stands in Notes, and of each what the last delivery left in it. */
function createUser({ state, hand }: Book) {
  const left = new Map<string, Row>();
  let written = 0;
  const rows = () => state.transactions ?? [];
  const tagOf = (cells: Row) => textIn(cells.notes);
  const tag = (cells: Row, before: Row) => {
    written += 1;
    cells.notes = { kind: 'text', text: `row ${written}` };
    left.set(tagOf(cells), { ...before, notes: cells.notes });
  };
  return {
    rows,
    tagOf,
    left: (cells: Row) => left.get(tagOf(cells)),
    /** Looks at all rows after a delivery. */
    look() {
      for (const cells of rows()) {
        if (tagOf(cells) === '') tag(cells, cells);
        left.set(tagOf(cells), { ...cells });
      }
    },
    async act(step: Exclude<Step, { kind: 'deliver' }>) {
      if (step.kind === 'sort') return hand.sortBy(step.column);
      if (step.kind === 'add') {
        const own: Row = {};
        rows().push(own);
        tag(own, {});
        own.amount = { kind: 'number', number: -0.01 };
        own.description = { kind: 'text', text: 'Cafe Rot · COFFEE' };
        return;
      }
      const at = rows().length === 0 ? 0 : (step.row % rows().length) + 1;
      const cells = rows()[at - 1];
      if (!cells) return;
      written += 1;
      if (step.kind === 'delete') return hand.deleteRow(at);
      if (step.kind === 'insert') {
        await hand.insertRow(at);
        tag(rows()[at - 1] ?? {}, {});
      } else if (step.kind === 'copy') {
        const copy = { ...cells };
        rows().push(copy);
        tag(copy, left.get(tagOf(cells)) ?? {});
      } else if (step.kind === 'post') {
        const isPosted = cells.posted?.kind === 'check' && cells.posted.checked;
        await hand.write(at, 'posted', !isPosted);
      } else if (step.kind !== 'edit') {
        return;
      } else if (step.column === 'date' || step.column === 'amount' || step.column === 'balance') {
        await hand.write(at, step.column, 1_000_000 + written);
      } else if (step.column !== 'notes' && step.column !== 'posted') {
        await hand.write(at, step.column, written % 3 === 0 ? '' : `mine ${written}`);
      }
    },
  };
}

/** What a delivery may do to the rows that stood there, and what it may add. */
function checkDelivery(
  before: readonly Row[],
  after: readonly Row[],
  drafts: readonly Draft[],
  user: ReturnType<typeof createUser>,
): void {
  const byTag = new Map(after.map((cells) => [user.tagOf(cells), cells]));
  const count = (rows: readonly Row[], id: string) =>
    rows.filter((cells) => textIn(cells.id) === id).length;
  const stayed = before.filter((cells) => byTag.has(user.tagOf(cells)));
  const added = after.slice(stayed.length);
  expect(after.slice(0, stayed.length).map(user.tagOf)).toEqual(stayed.map(user.tagOf));
  for (const cells of added) {
    const first = drafts.find(({ id }) => id === textIn(cells.id));
    expect(first && !first.was).toBe(true);
    expect(count(before, textIn(cells.id))).toBe(0);
  }
  for (const id of new Set([...before, ...after].map((cells) => textIn(cells.id)))) {
    const news = drafts.findLast((it) => it.id === id);
    const gone = count(before, id) - count(after, id);
    expect(gone).toBeLessThanOrEqual(news && !news.now ? 1 : 0);
    if (id !== '' && count(before, id) === 0) expect(count(after, id)).toBeLessThanOrEqual(1);
  }
  for (const cells of before) {
    const now = byTag.get(user.tagOf(cells));
    const isPosted = cells.posted?.kind === 'check' && cells.posted.checked;
    const isTold = drafts.some(({ id }) => id === textIn(cells.id));
    if (!now) expect({ isTold, isPosted }).toEqual({ isTold: true, isPosted: false });
    else if (!isTold) expect(now).toEqual(cells);
    else checkCells(cells, now, user.left(cells), isPosted);
  }
}

function checkCells(before: Row, after: Row, left: Row | undefined, isPosted: boolean): void {
  for (const name of transactionColumns) {
    const mine = cellAt(before, name);
    const isMine = JSON.stringify(mine) !== JSON.stringify(cellAt(left, name));
    // What Bookfeed proposed may change as long as the user has not decided.
    const isOurs = name === 'counterAccount' || bankColumns.some((it) => it === name);
    // Why is Bookfeed's: there, what the user has written stays behind the marks.
    if (name === 'why' && isMine) {
      expect(textIn(after.why).endsWith(textIn(before.why))).toBe(true);
    } else if (name !== 'why' && (isMine || isPosted || !isOurs)) {
      expect([name, cellAt(after, name)]).toEqual([name, mine]);
    }
  }
}

describe('whatever the user does to the rows between deliveries', () => {
  test('what the user changed stays, rows without our id are not touched, no id gets a second row, and twice is once', async () => {
    const seen = { kept: 0, followed: 0, removed: 0, marked: 0 };
    await fc.assert(
      fc.asyncProperty(fc.array(someStep, { minLength: 5, maxLength: 40 }), async (steps) => {
        const book = createBook();
        const told: Told = new Map();
        const user = createUser(book);
        await book.deliver();
        for (const step of steps) {
          if (step.kind !== 'deliver') {
            await user.act(step);
            continue;
          }
          const before = user.rows().map((cells) => ({ ...cells }));
          const drafts = draftsOf(step.news, told);
          const { transactions } = await book.deliver(...drafts);
          const after = user.rows().map((cells) => ({ ...cells }));
          checkDelivery(before, after, drafts, user);
          expect(await book.deliverAgain(drafts)).toMatchObject({ batchIds: [] });
          expect(user.rows()).toEqual(after);
          seen.removed += transactions.remove.length;
          seen.followed += transactions.update.filter(({ cells }) => cells.amount).length;
          seen.marked += after.filter(({ why }) => textIn(why).includes('Bank now says')).length;
          seen.kept += after.filter(({ description }) =>
            textIn(description).startsWith('mine'),
          ).length;
          user.look();
        }
      }),
      { numRuns: 400 },
    );
    // Else the property would hold of a planner that does nothing.
    for (const times of Object.values(seen)) expect(times).toBeGreaterThan(20);
  });

  test('where the user does nothing, the rows are what the bank last told, however its news is cut into deliveries', async () => {
    const deliveries = fc.array(fc.array(someNews, { maxLength: 5 }), { maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(deliveries, async (all) => {
        const book = createBook();
        const told: Told = new Map();
        for (const news of all) await book.deliver(...draftsOf(news, told));
        const shown = [...told].flatMap(([id, now]) => (now ? [{ id, now }] : []));
        const rows = await book.read();
        const idOf = ({ id }: { readonly id?: Cell }) => textIn(id);
        expect(rows.map(({ cells }) => idOf(cells)).sort()).toEqual(
          shown.map(({ id }) => id).sort(),
        );
        for (const { id, now } of shown) {
          const { index = 0, cells = {} } = rows.find((it) => idOf(it.cells) === id) ?? {};
          const wrong = bankColumns.filter((name) => !shows(cells[name], bankCells(now)[name]));
          expect([id, wrong]).toEqual([id, []]);
          expect(textIn(cells.why)).toBe(now.pending ? 'Pending at the bank' : '');
          const note = now.original ? `USD ${(now.original.minor / 100).toFixed(2)}` : '';
          expect(await book.hand.readNote(index, 'amount')).toBe(note);
        }
      }),
      { numRuns: 300 },
    );
  });
});
