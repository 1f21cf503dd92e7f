import { describe, expect, test } from '@jest/globals';
import {
  dismissRule,
  rejectTransfer,
  setSuggestions,
} from '../../../cloud/core/change-suggestions.ts';
import { reviewDrafts, suggestAgain } from '../../../cloud/core/review-drafts.ts';
import { addRule, reviewRules } from '../../../cloud/core/review-rules.ts';
import { accountColumns, ruleColumns, transactionColumns } from '../../../shared/book.ts';
import { toSerial } from '../../../shared/calendar-date.ts';
import type { BookReading, PlainCell } from '../../../shared/delivery.ts';
import { bookId, connectGiro, createTestWorld, giro } from './world.ts';

/** A row of the Transactions tab as a user sees it. */
interface Shown {
  readonly id?: string;
  readonly day: string;
  readonly description: string;
  readonly amount: number;
  readonly account?: string;
  readonly counterAccount?: string;
  readonly posted?: boolean;
  readonly why?: string;
}

const checking = 'Assets:Checking';
const groceries = 'Expenses:Groceries';

function readingOf(
  rows: readonly Shown[],
  rules: readonly (readonly PlainCell[])[] = [],
): BookReading {
  const columns = <C extends string>(names: readonly C[]) =>
    names.map((name, position) => ({ name, position }));
  const paths = [checking, 'Assets:Savings', groceries, 'Expenses:Housing', 'Expenses:Other'];
  return {
    title: 'Book',
    locale: 'en_US',
    transactions: {
      sheetId: 1,
      title: 'Transactions',
      columns: columns(transactionColumns),
      rows: rows.map((row, at) => {
        const cells: Record<string, PlainCell> = {
          date: toSerial(row.day),
          description: row.description,
          amount: row.amount,
          currency: 'EUR',
          account: row.account ?? checking,
          counterAccount: row.counterAccount ?? null,
          posted: row.posted ?? false,
          why: row.why ?? null,
          id: row.id ?? null,
        };
        return [at + 1, ...transactionColumns.map((name) => cells[name] ?? null)];
      }),
    },
    accounts: {
      sheetId: 2,
      title: 'Accounts',
      columns: columns(accountColumns),
      rows: paths.map((path, at) => [at + 1, path, null, path, null, null, null, null]),
    },
    rules: {
      sheetId: 3,
      title: 'Rules',
      columns: columns(ruleColumns),
      rows: rules.map((cells, at) => [at + 1, ...cells]),
    },
    deliveredBatches: [],
    otherTitles: [],
  };
}

const shop = 'Hofladen Krause · KARTE 77';
const posted = (count: number): readonly Shown[] =>
  Array.from({ length: count }, (_, at) => ({
    id: `p${at}`,
    day: `2026-01-${String(at + 1).padStart(2, '0')}`,
    description: shop,
    amount: -20 - at / 10,
    counterAccount: groceries,
    posted: true,
  }));
const waiting = (id: string, change: Partial<Shown> = {}): Shown => ({
  id,
  day: '2026-03-01',
  description: shop,
  amount: -21.5,
  ...change,
});

async function openWorld() {
  const it = createTestWorld();
  await connectGiro(it.world);
  return it.world;
}

describe('drafts to review', () => {
  test('come newest first, each with its candidates, how sure they are, and the rows that say so', async () => {
    const world = await openWorld();
    const review = await reviewDrafts(
      world,
      bookId,
      readingOf([
        ...posted(20),
        waiting('a'),
        waiting('b', { day: '2026-03-05', why: 'Pending at the bank' }),
        waiting('c', { day: '2026-03-03', counterAccount: 'Expenses:Other' }),
      ]),
    );
    expect(review.drafts.map(({ id }) => id)).toEqual(['b', 'c', 'a']);
    expect(review.total).toBe(3);
    const [pending, chosen, open] = review.drafts;
    expect(pending).toMatchObject({ isPending: true, isChosen: false });
    expect(chosen).toMatchObject({ isChosen: true, counterAccount: 'Expenses:Other' });
    expect(open).toMatchObject({
      by: 'learner',
      amount: '-21.50',
      currency: 'EUR',
      counterAccount: '',
      candidates: [{ counterAccount: groceries }],
    });
    expect(open?.receipt?.sentence).toContain('20 of 20');
    expect(open?.receipt?.rows).toHaveLength(5);
    expect(open?.receipt?.rows[0]).toMatchObject({ date: '2026-01-20', counterAccount: groceries });
    for (const { candidates } of review.drafts) {
      expect(candidates.length).toBeLessThanOrEqual(3);
    }
  });

  test('that are sure can be accepted together: none that is pending, chosen or only likely', async () => {
    const world = await openWorld();
    const rows = [
      ...posted(28),
      waiting('sure'),
      waiting('pending', { why: 'Pending at the bank' }),
      waiting('chosen', { counterAccount: 'Expenses:Other' }),
      waiting('new', { description: 'Nora Beispiel · DANKE', amount: 900 }),
    ];
    const { sure } = await reviewDrafts(world, bookId, readingOf(rows));
    expect(sure).toEqual([{ id: 'sure', counterAccount: groceries, stood: '' }]);
  });

  test('are shown 200 at once, and counted all', async () => {
    const world = await openWorld();
    const many = Array.from({ length: 230 }, (_, at) => waiting(`d${at}`));
    const review = await reviewDrafts(world, bookId, readingOf([...posted(3), ...many]));
    expect([review.drafts.length, review.total]).toEqual([200, 230]);
  });

  test('know what In transit holds', async () => {
    const world = await openWorld();
    const row = waiting('t', { amount: -500, counterAccount: 'Assets:In transit', posted: true });
    const { inTransit } = await reviewDrafts(world, bookId, readingOf([row]));
    expect(inTransit).toEqual([{ amount: '500.00', currency: 'EUR' }]);
  });
});

describe('suggestions asked for again', () => {
  test('fill drafts that their user has not decided, and those alone', async () => {
    const world = await openWorld();
    const ours = 'Expenses:Housing: 62 %, as the one row of “Hofladen” ⓘ';
    const rows = [
      ...posted(20),
      waiting('empty'),
      waiting('ours', { counterAccount: 'Expenses:Housing', why: ours }),
      waiting('chosen', { counterAccount: 'Expenses:Other', why: ours }),
      waiting('cleared', { why: ours }),
      waiting('noted', { why: 'ask Nora' }),
    ];
    const changes = await suggestAgain(world, bookId, readingOf(rows));
    const updates = changes?.transactions.update ?? [];
    expect(updates.map(({ index }) => index)).toEqual([21, 22, 25]);
    for (const { cells } of updates) expect(cells['counterAccount']).toEqual({ value: groceries });
    expect(updates[0]?.cells['why']?.value).toMatch(/^Expenses:Groceries: \d\d %, /);
    expect(updates[2]?.cells['why']).toBeUndefined();
    expect(changes?.transactions.append).toEqual([]);
    expect(changes?.markers).toEqual([]);
  });

  test('change nothing where today’s suggestions stand already', async () => {
    const world = await openWorld();
    const rows = [...posted(20), waiting('a')];
    const changes = await suggestAgain(world, bookId, readingOf(rows));
    const { counterAccount, why } = changes?.transactions.update[0]?.cells ?? {};
    const standing = waiting('a', {
      counterAccount: String(counterAccount?.value),
      why: String(why?.value),
    });
    expect(await suggestAgain(world, bookId, readingOf([...posted(20), standing]))).toBeNull();
  });

  test('post nothing: what is posted by itself is posted as it comes', async () => {
    const world = await openWorld();
    const settings = { certainty: 0.5, postFrom: 0.9, transit: 'Assets:In transit' };
    await setSuggestions(world.store, bookId, settings);
    const rule = ['kino', null, null, null, null, 'Expenses:Other', null, true, null] as const;
    const rows = [...posted(28), waiting('a'), waiting('b', { description: 'Kino Nord' })];
    const changes = await suggestAgain(world, bookId, readingOf(rows, [rule]));
    const updates = changes?.transactions.update ?? [];
    expect(updates.map(({ cells }) => cells['counterAccount']?.value)).toEqual([
      groceries,
      'Expenses:Other',
    ]);
    for (const { cells } of updates) {
      expect(cells['posted']).toBeUndefined();
      expect(cells['why']?.value).not.toContain('automatically');
    }
  });

  test('leave one that stands where nothing is certain enough today, and take back a rule’s that is gone', async () => {
    const world = await openWorld();
    const stale = (id: string, why: string) =>
      waiting(id, {
        description: 'Nora Beispiel · DANKE',
        amount: 900,
        counterAccount: 'Expenses:Housing',
        why,
      });
    await setSuggestions(world.store, bookId, {
      certainty: 0.99,
      postFrom: null,
      transit: 'Assets:In transit',
    });
    const rows = [
      stale('a', 'Expenses:Housing: 97 %, as 3 of 3 rows of “Nora Beispiel” ⓘ'),
      stale('b', 'Expenses:Housing: by your rule in row 3 ⓘ'),
    ];
    const changes = await suggestAgain(world, bookId, readingOf(rows));
    expect(changes?.transactions.update).toEqual([
      { index: 2, cells: { counterAccount: { value: null }, why: { value: null, note: '' } } },
    ]);
  });
});

describe('transfers to review', () => {
  const pair = [
    waiting('out', { description: 'Ada · Umbuchung', amount: -500 }),
    waiting('in', { description: 'Ada · Umbuchung', amount: 500, account: 'Assets:Savings' }),
  ];

  test('name their other side, and are none after the user has rejected them', async () => {
    const { world } = createTestWorld();
    const fed = (path: string) => ({
      ...giro,
      key: `k-${path}`,
      feed: { bookAccount: { path, type: 'asset' as const }, from: '2026-01-01' },
    });
    await connectGiro(world, { accounts: [fed(checking), fed('Assets:Savings')] });
    const { drafts } = await reviewDrafts(world, bookId, readingOf(pair));
    expect(drafts.map(({ id, by, otherSide }) => [id, by, otherSide]).toSorted()).toEqual([
      ['in', 'transfer', 'out'],
      ['out', 'transfer', 'in'],
    ]);
    await rejectTransfer(world.store, bookId, ['in', 'out']);
    const after = await reviewDrafts(world, bookId, readingOf(pair));
    expect(after.drafts.map(({ by }) => by)).not.toContain('transfer');
  });
});

describe('rules to review', () => {
  const rule = ['hofladen', null, null, null, null, 'Expenses:Other', null, false, null] as const;

  test('say what they do, and how they would have done on the user’s own rows', async () => {
    const world = await openWorld();
    const wrong = ['', null, null, null, null, 'Expenses:Other', null, false, null] as const;
    const { rules, problems } = await reviewRules(
      world,
      bookId,
      readingOf(posted(20), [rule, wrong]),
    );
    expect(rules).toEqual([
      expect.objectContaining({
        index: 1,
        sentence: 'Text has “hofladen”: Expenses:Other',
        filled: 20,
        right: 0,
        of: 0,
      }),
    ]);
    expect(rules[0]?.wrong).toHaveLength(5);
    expect(problems.map(({ index }) => index)).toEqual([2]);
  });

  test('are proposed with their evidence until the user says no, and become none by themselves', async () => {
    const world = await openWorld();
    const { proposals, rules } = await reviewRules(world, bookId, readingOf(posted(20)));
    expect(rules).toEqual([]);
    const [proposal] = proposals;
    expect(proposal).toMatchObject({ filled: 20, right: 20, of: 20, wrong: [] });
    expect(proposal?.rule).toMatchObject({ counterAccount: groceries, post: false });
    expect(proposal?.rows.length).toBeGreaterThanOrEqual(2);
    await dismissRule(world.store, bookId, proposal?.key ?? '');
    const after = await reviewRules(world, bookId, readingOf(posted(20)));
    expect(after.proposals.map(({ key }) => key)).not.toContain(proposal?.key);
  });

  test('are not proposed for an account that the book does not have', async () => {
    const world = await openWorld();
    const rows = posted(20).map((row) => ({ ...row, counterAccount: 'Expenses:Nowhere' }));
    expect((await reviewRules(world, bookId, readingOf(rows))).proposals).toEqual([]);
  });

  test('that are none say why in their rows when the tab is opened', async () => {
    const world = await openWorld();
    const wrong = ['kino', null, null, null, null, 'Expenses:Nowhere', null, false, null] as const;
    const changes = addRule(world, readingOf(posted(2), [rule, wrong]), null);
    expect(changes.rules?.update).toEqual([
      { index: 2, cells: { problem: { value: expect.stringContaining('Expenses:Nowhere') } } },
    ]);
  });

  test('are added below the others, in a tab that is made where there is none', async () => {
    const world = await openWorld();
    const { rules: _, ...reading } = readingOf(posted(2));
    const changes = addRule(
      world,
      { ...reading, rules: null },
      { text: '=HOFLADEN', counterAccount: groceries, post: false },
    );
    expect(changes.rules?.make?.title).toBe('Rules');
    expect(changes.rules?.append).toHaveLength(1);
    expect(changes.rules?.append[0]).toMatchObject({
      whenText: { value: '=HOFLADEN' },
      thenCounterAccount: { value: groceries },
    });
    expect(changes.transactions.append).toEqual([]);
    expect(changes.accounts.append).toEqual([]);
    expect(addRule(world, { ...reading, rules: null }, null).rules?.append).toEqual([]);
  });
});
