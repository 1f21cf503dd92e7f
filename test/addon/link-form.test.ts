import { describe, expect, test } from '@jest/globals';
import { tellEffects } from '../../addon/sidebar/link-effects.ts';
import {
  accountTree,
  changeForm,
  completeForm,
  freeAccounts,
  type LinkForm,
  placesFor,
  startDay,
  startForm,
} from '../../addon/sidebar/link-form.ts';
import { initialState } from '../../addon/sidebar/state.ts';
import type { AccountView } from '../../shared/api.ts';
import { apiCalls } from '../../shared/api.ts';
import { accountView, book, overview, unlinked } from './sidebar-views.ts';

const today = '2026-03-10';
const { accounts } = book;

function formOf(change: Partial<LinkForm>): LinkForm {
  return { ...startForm(unlinked(), freeAccounts(accounts, []), today), ...change };
}

function complete(change: Partial<LinkForm>, others: readonly AccountView[] = []) {
  const form = formOf(change);
  const free = freeAccounts(accounts, others);
  return completeForm(form, accounts, free, startDay(form, today, 90), today);
}

describe('the form opens', () => {
  test('with this month and no account chosen for an account without link', () => {
    expect(formOf({})).toMatchObject({ source: 'existing', path: null, period: 'month' });
  });

  test('with a new account where the book has none that is free', () => {
    expect(startForm(unlinked({ name: 'Giro: EUR' }), [], today)).toMatchObject({
      source: 'new',
      name: 'Giro  EUR',
      type: 'asset',
      under: 'Assets',
    });
  });

  test.each(['card', 'loan'] as const)('with a liability for a %s', (type) => {
    expect(startForm(unlinked({ type }), accounts, today)).toMatchObject({
      type: 'liability',
      under: 'Liabilities',
    });
  });

  test('with what a link is now', () => {
    expect(startForm(accountView(), accounts, today)).toMatchObject({
      source: 'existing',
      path: 'Assets:Sandbox Bank:Girokonto',
      period: 'date',
      date: '2026-03-01',
    });
  });
});

test('another type brings its own place', () => {
  expect(changeForm(formOf({}), { type: 'liability' }).under).toBe('Liabilities');
  expect(changeForm(formOf({ under: 'Assets:Plants' }), { name: 'x' }).under).toBe('Assets:Plants');
});

test.each([
  ['month', '2026-03-01'],
  ['year', '2026-01-01'],
  ['all', '2025-12-10'],
  ['date', '2025-05-04'],
] as const)('the period %s starts on %s', (period, day) => {
  expect(startDay({ period, date: '2025-05-04' }, today, 90)).toBe(day);
});

test('a date that is none starts nothing', () => {
  expect(startDay({ period: 'date', date: '2026-02-30' }, today, 90)).toBeNull();
});

describe('what is asked of the cloud', () => {
  test('is a feed that its schema takes', () => {
    for (const change of [
      { path: 'Assets:Cash' },
      { source: 'new', name: ' Daily money ', under: 'Assets:Plants' },
    ] as const) {
      const done = complete(change);
      if (!('feed' in done)) throw new Error(done.toDo);
      const args = { connectionId: 'c1', accountKey: 'giro', ...done.feed };
      expect(apiCalls.linkAccount.safeParse(args).success).toBe(true);
    }
  });

  test('names the place and the name of a new account without outer spaces', () => {
    expect(complete({ source: 'new', name: ' Daily money ', under: 'Assets:Plants' })).toEqual({
      feed: {
        bookAccount: { path: 'Assets:Plants:Daily money', type: 'asset' },
        from: '2026-03-01',
      },
    });
  });

  test.each([
    ['an account', {}, 'Choose an account'],
    ['one that is there', { path: 'Assets:Gone' }, 'Choose an account'],
    ['a name', { source: 'new', name: '  ' }, 'name'],
    ['a name without colon', { source: 'new', name: 'a:b' }, 'colon'],
    ['a shorter name', { source: 'new', name: 'x'.repeat(200) }, 'shorter'],
    ['a new name', { source: 'new', name: 'cash' }, 'Assets:Cash is in your book already'],
    ['a day', { path: 'Assets:Cash', period: 'date', date: '' }, 'Give the day'],
    ['a day that has come', { path: 'Assets:Cash', period: 'date', date: '2026-03-11' }, 'to come'],
  ] as const)('waits for %s', (_, change, toDo) => {
    expect(complete(change)).toEqual({ toDo: expect.stringContaining(toDo) });
  });

  test('is no account that another bank account fills', () => {
    const others = [accountView({ key: 'other' })];
    const path = 'Assets:Sandbox Bank:Girokonto';
    expect(complete({ path }, others)).toEqual({ toDo: 'Choose an account of your book.' });
    expect(complete({ path })).toHaveProperty('feed.bookAccount.path', path);
  });
});

test('a bank account may fill what the book has of assets and liabilities', () => {
  const types = new Set(freeAccounts(accounts, []).map(({ type }) => type));
  expect([...types]).toEqual(['asset', 'liability']);
});

describe('the tree of accounts', () => {
  test('stands in the order of its parts, each place right above what is under it', () => {
    const paths = ['B:B', 'A b', 'A:C', 'A:B:C', 'A'].map(
      (path) => ({ path, type: 'asset' }) as const,
    );
    expect(accountTree(paths, '').map(({ path, depth }) => `${depth} ${path}`)).toEqual([
      '0 A',
      '1 A:B',
      '2 A:B:C',
      '1 A:C',
      '0 A b',
      '0 B',
      '1 B:B',
    ]);
  });

  test('tells places that are no account from those that are', () => {
    const lines = accountTree(accounts, 'giro');
    expect(lines.map(({ name, account }) => [name, account !== undefined])).toEqual([
      ['Assets', false],
      ['Sandbox Bank', false],
      ['Girokonto', true],
    ]);
  });

  test('keeps what contains all words of a search, in any order', () => {
    expect(accountTree(accounts, ' GIRO sand ').at(-1)?.path).toBe('Assets:Sandbox Bank:Girokonto');
    expect(accountTree(accounts, 'giro solar')).toEqual([]);
  });
});

test('a new account goes under the root of its type or any place of the book that holds such accounts', () => {
  expect(placesFor('liability', accounts)).toEqual(['Liabilities', 'Liabilities:Card']);
  expect(placesFor('asset', [])).toEqual(['Assets']);
});

describe('the effects of a change', () => {
  const state = { ...initialState, book, overview };
  const effects = (path: string, from: string) =>
    tellEffects(state, accountView({ currency: 'EUR' }), {
      bookAccount: { path, type: 'asset' },
      from,
    });

  test('are none when nothing changes', () => {
    expect(effects('Assets:Sandbox Bank:Girokonto', '2026-03-01')).toEqual([]);
    expect(effects('Assets:Sandbox Bank:Girokonto', '2026-02-01')).toEqual([]);
  });

  test('name the account that rows keep', () => {
    expect(effects('Assets:Cash', '2026-03-01')).toEqual([
      'Rows that stand already keep Assets:Sandbox Bank:Girokonto; new rows go to Assets:Cash.',
    ]);
  });

  test('say that a later start takes no row away', () => {
    expect(effects('Assets:Sandbox Bank:Girokonto', '2026-03-05')).toEqual([
      'Rows of earlier days that stand already stay.',
    ]);
  });

  test('tell of another currency', () => {
    const yen = unlinked({ currency: 'JPY' });
    const bookAccount = { path: 'Assets:Plants:Solar 3', type: 'asset' } as const;
    expect(tellEffects(state, yen, { bookAccount, from: today })).toEqual([
      'Assets:Plants:Solar 3 is kept in EUR, this account is in JPY.',
    ]);
  });
});
