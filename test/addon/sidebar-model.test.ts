import { describe, expect, test } from '@jest/globals';
import { type Action, reduce } from '../../addon/sidebar/model.ts';
import { pollDelayMs } from '../../addon/sidebar/next-poll.ts';
import { type Asked, bookAccounts, isAsked, isSyncing, today } from '../../addon/sidebar/state.ts';
import type { Overview } from '../../shared/api.ts';
import { viewFailure } from '../../shared/failures.ts';
import { at, came, loaded, poll, readBook, resultAt, stateOf } from './sidebar-states.ts';
import { accountView, book, connectionView, overview, unlinked } from './sidebar-views.ts';

const connect: Asked = { call: 'startConnect', args: {} };
const syncAll: Asked = { call: 'syncNow', args: {} };

describe('answers', () => {
  test('that were overtaken do not replace a newer picture', () => {
    const state = stateOf(...loaded(at(10)), came(at(5)));
    expect(state.overview).toEqual(at(10));
  });

  test('end the call that they belong to and no other', () => {
    const asked = (call: Asked): Action => ({ type: 'asked', asked: call });
    const state = stateOf(asked(readBook), asked(poll), {
      type: 'bookCame',
      asked: readBook,
      book,
    });
    expect(isAsked(state, readBook)).toBe(false);
    expect(isAsked(state, { call: 'overview' })).toBe(true);
  });
});

describe('a failure', () => {
  const failed = (asked: Asked): Action => ({
    type: 'failed',
    asked,
    failure: viewFailure({ code: 'internal' }),
  });

  test('stays until its call succeeds', () => {
    const state = stateOf(...loaded(), failed(poll));
    expect(state.trouble).toEqual({ asked: poll, failure: viewFailure({ code: 'internal' }) });
    expect(reduce(state, came(at(1), syncAll)).trouble).not.toBeNull();
    expect(reduce(state, came(at(1))).trouble).toBeNull();
  });

  test('of a poll does not hide that of what the user wanted', () => {
    const state = stateOf(...loaded(), failed(syncAll), failed(poll));
    expect(state.trouble?.asked).toEqual(syncAll);
  });

  test('ends the waiting for a sync that was never started', () => {
    const state = stateOf(...loaded(), { type: 'asked', asked: syncAll }, failed(syncAll));
    expect(isSyncing(state, connectionView())).toBe(false);
  });

  test('of the poll makes the next one later', () => {
    const waiting: Action = { type: 'asked', asked: syncAll };
    expect(pollDelayMs(stateOf(...loaded(), waiting))).toBe(1000);
    expect(pollDelayMs(stateOf(...loaded(), waiting, failed(poll)))).toBe(20_000);
  });
});

describe('a sync', () => {
  const asked: Action = { type: 'asked', asked: syncAll };

  test('is waited for from the click until its result is another one', () => {
    const clicked = stateOf(...loaded(), asked);
    expect(clicked.said).toBe('Sync of Sandbox Bank started.');
    expect(isSyncing(reduce(clicked, came(at(2))), connectionView())).toBe(true);
    const done = connectionView({ lastResult: resultAt(4) });
    const state = reduce(clicked, came(at(5, done)));
    expect(isSyncing(state, done)).toBe(false);
    expect(state.said).toBe('Sandbox Bank: 3 new.');
  });

  test('goes on while its rows are being written', () => {
    const writing = connectionView({ lastResult: resultAt(4), progress: { step: 'rows' } });
    const state = stateOf(...loaded(), asked, came(at(5, writing)));
    expect(isSyncing(state, writing)).toBe(true);
    expect(pollDelayMs(state)).toBe(1000);
  });

  test('that shows no sign of itself is given up after a while', () => {
    const state = stateOf(...loaded(), asked, came(at(1), syncAll), came(at(60)));
    expect(isSyncing(state, connectionView())).toBe(false);
    expect(pollDelayMs(state)).toBe(20_000);
  });

  test('is waited for from the answer on, however old the picture was before which the user clicked', () => {
    const looked = stateOf(...loaded(), asked, came(at(3599)));
    expect(isSyncing(looked, connectionView())).toBe(true);
    const answered = reduce(looked, came(at(3600), syncAll));
    expect(isSyncing(answered, connectionView())).toBe(true);
    expect(isSyncing(reduce(answered, came(at(3619))), connectionView())).toBe(true);
    expect(isSyncing(reduce(answered, came(at(3621))), connectionView())).toBe(false);
  });

  test('that failed is read out with what happened', () => {
    const failure = viewFailure({ code: 'timeout' });
    const lastResult = resultAt(4, { outcome: 'failed', newRows: 0, failure });
    const state = stateOf(...loaded(), asked, came(at(5, connectionView({ lastResult }))));
    expect(state.said).toBe('Sandbox Bank: not complete. The bank did not answer in time.');
  });

  test('of all leaves out connections that the bank would not answer', () => {
    const expired = connectionView({ state: 'expired' });
    const unused = connectionView({ accounts: [unlinked()] });
    for (const connection of [expired, unused]) {
      const state = stateOf(...loaded(at(0, connection)), asked);
      expect(isSyncing(state, connection)).toBe(false);
    }
  });
});

describe('connecting', () => {
  const waiting = (view: Overview) => [
    ...loaded(view),
    { type: 'asked', asked: connect } as Action,
    { type: 'urlCame', asked: connect, url: 'https://feed.example.org/connect?link=1' } as Action,
  ];

  test('waits with the link until a new connection is there', () => {
    const state = stateOf(
      ...waiting({ ...overview, connections: [] }),
      came({ ...at(1), connections: [] }),
    );
    expect(state.screen).toMatchObject({ name: 'connect', url: expect.stringContaining('link=1') });
    const arrived = reduce(state, came(at(2)));
    expect(arrived.screen.name).toBe('banks');
    expect(arrived.said).toBe('Sandbox Bank is connected.');
  });

  test('goes on as well when a connection that was there is confirmed anew', () => {
    const state = stateOf(...waiting(overview), came(at(1)));
    expect(state.screen.name).toBe('connect');
    const renewed = connectionView({ confirmedAt: '2026-03-10T12:00:02.000Z' });
    expect(reduce(state, came(at(2, renewed))).screen.name).toBe('banks');
  });

  test('is not taken up again by a link that comes after the user went back', () => {
    const state = stateOf(
      ...loaded(),
      { type: 'asked', asked: connect },
      { type: 'opened', screen: { name: 'banks' } },
      { type: 'urlCame', asked: connect, url: 'https://feed.example.org/connect?link=1' },
    );
    expect(state.screen).toEqual({ name: 'banks' });
  });
});

describe('linking', () => {
  const open: Action = { type: 'linkOpened', connectionId: 'c1', accountKey: 'giro' };

  test('goes back to the banks and waits for the sync that starts by itself', () => {
    const args = {
      connectionId: 'c1',
      accountKey: 'giro',
      bookAccount: { path: 'Assets:Cash', type: 'asset' },
      from: '2026-03-01',
    } as const;
    const state = stateOf(...loaded(), open, came(at(1), { call: 'linkAccount', args }));
    expect(state.screen.name).toBe('banks');
    expect(isSyncing(state, connectionView())).toBe(true);
  });

  test('keeps what the user has filled in while polls come in', () => {
    const typed: Action = { type: 'formChanged', change: { search: 'cash' } };
    const { screen } = stateOf(...loaded(), open, typed, came(at(30)));
    expect(screen).toMatchObject({ name: 'link', form: { search: 'cash' } });
  });

  test('offers accounts that other feeds name before a row has made them', () => {
    const state = stateOf(...loaded(at(0, connectionView({ accounts: [accountView({ feed })] }))));
    expect(bookAccounts(state).map(({ path }) => path)).toContain('Assets:New');
    expect(bookAccounts(state)).toHaveLength(book.accounts.length + 1);
  });

  test('offers accounts that files fill before a row has made them', () => {
    const fileAccounts = [accountView({ feed })];
    const state = stateOf(...loaded({ ...overview, fileAccounts }));
    expect(bookAccounts(state).map(({ path }) => path)).toContain('Assets:New');
  });

  test('begins with a new account where all of the book are filled', () => {
    const accounts = [accountView({ feed }), unlinked({ key: 'second' })];
    const { screen } = stateOf(
      { type: 'bookCame', asked: readBook, book: { ...book, accounts: [] } },
      came(at(0, connectionView({ accounts }))),
      { type: 'linkOpened', connectionId: 'c1', accountKey: 'second' },
    );
    expect(screen).toMatchObject({ name: 'link', form: { source: 'new' } });
  });

  const feed = { bookAccount: { path: 'Assets:New', type: 'asset' }, from: '2026-03-01' } as const;
});

test('today is the day in the zone of the book', () => {
  const late = { ...overview, now: '2026-02-28T23:30:00.000Z' };
  expect(today({ overview: late, book })).toBe('2026-03-01');
  expect(today({ overview: late, book: { ...book, timeZone: 'America/New_York' } })).toBe(
    '2026-02-28',
  );
});

test('the overview is polled rarely when nothing is under way, more often while a bank is being connected', () => {
  expect(pollDelayMs(stateOf(...loaded()))).toBe(20_000);
  expect(pollDelayMs(stateOf(...loaded(), { type: 'asked', asked: connect }))).toBe(2000);
});
