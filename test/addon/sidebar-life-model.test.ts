import { describe, expect, test } from '@jest/globals';
import { type Action, reduce } from '../../addon/sidebar/model.ts';
import { nextPoll, pollDelayMs } from '../../addon/sidebar/next-poll.ts';
import { type Asked, type FormName, isSyncing, mayChangeRole } from '../../addon/sidebar/state.ts';
import type { Access } from '../../shared/access.ts';
import { viewFailure } from '../../shared/failures.ts';
import { at, came, loaded, poll, stateOf } from './sidebar-states.ts';
import {
  accessView,
  accountView,
  confirmationView,
  connectionView,
  memberView,
  overview,
} from './sidebar-views.ts';

const form = (name: FormName, about: string | null = 'c1', value = ''): Action => ({
  type: 'opened',
  screen: { name: 'form', form: name, about, value },
});
const answerWith = (answer: 'poll' | string): Asked => ({
  call: 'answerConfirmation',
  args: {
    connectionId: 'c1',
    answer: answer === 'poll' ? { kind: 'poll' } : { kind: 'code', text: answer },
  },
});

describe('a form', () => {
  const rename: Asked = { call: 'renameConnection', args: { connectionId: 'c1', name: 'Giro' } };

  test('keeps what is typed while polls come in, and closes with its answer', () => {
    const typed = stateOf(
      ...loaded(),
      form('rename'),
      { type: 'valueChanged', value: 'Giro' },
      came(at(1)),
    );
    expect(typed.screen).toMatchObject({ name: 'form', value: 'Giro' });
    const saved = reduce(typed, came(at(2), rename));
    expect(saved.screen).toEqual({ name: 'banks' });
    expect(saved.said).toBe('Saved.');
  });

  test('that fails stays open with what was typed', () => {
    const state = stateOf(...loaded(), form('rename', 'c1', 'Giro'), {
      type: 'failed',
      asked: rename,
      failure: viewFailure({ code: 'internal' }),
    });
    expect(state.screen).toMatchObject({ name: 'form', value: 'Giro' });
    expect(state.trouble?.asked).toEqual(rename);
  });

  test('of the historical period waits for the sync of that bank alone', () => {
    const history: Asked = { call: 'syncHistory', args: { connectionId: 'c1' } };
    const other = connectionView({ id: 'c2' });
    const view = { ...overview, connections: [connectionView(), other] };
    const asked = stateOf(...loaded(view), form('history'), { type: 'asked', asked: history });
    expect(isSyncing(asked, connectionView())).toBe(true);
    expect(isSyncing(asked, other)).toBe(false);
    const failure = viewFailure({ code: 'bad-request' });
    const failed = reduce(asked, { type: 'failed', asked: history, failure });
    expect(isSyncing(failed, connectionView())).toBe(false);
  });

  test('of a role leads back to the members', () => {
    const members = [memberView({ role: 'admin' })];
    const asked: Asked = { call: 'setRole', args: { memberId: 'u2', role: 'admin' } };
    const state = stateOf(...loaded(), form('role', 'u2'), {
      type: 'membersCame',
      asked,
      members,
    });
    expect(state).toMatchObject({ screen: { name: 'members' }, members, said: 'Saved.' });
  });
});

describe('what a bank asks', () => {
  const waiting = (kind: Parameters<typeof confirmationView>[0], seconds = 0) =>
    at(seconds, connectionView({ state: 'needs-user', confirmation: confirmationView(kind) }));
  const opened = (kind: Parameters<typeof confirmationView>[0]) =>
    stateOf(...loaded(waiting(kind)), form('confirm', 'c1', '123456'));

  test('stays open while the bank waits, with what is typed', () => {
    const state = reduce(opened('code'), came(waiting('code', 5)));
    expect(state.screen).toMatchObject({ form: 'confirm', value: '123456' });
  });

  test('leads to the progress of the sync once the bank has let the user in', () => {
    const letIn = connectionView({ confirmedAt: '2026-03-10T12:00:04.000Z' });
    const state = reduce(opened('code'), came(at(5, letIn), answerWith('123456')));
    expect(state.screen).toEqual({ name: 'banks' });
    expect(isSyncing(state, letIn)).toBe(true);
  });

  test('begins anew with the next question', () => {
    const state = reduce(opened('method'), came(waiting('code', 1), answerWith('x')));
    expect(state.screen).toMatchObject({ form: 'confirm', value: '' });
    expect(state.said).toBe('Your bank asks for more.');
  });

  test('and no longer waits for leads back to the banks, and to no sync', () => {
    const state = reduce(opened('code'), came(at(5, connectionView({ state: 'needs-user' }))));
    expect(state.screen).toEqual({ name: 'banks' });
    expect(isSyncing(state, connectionView())).toBe(false);
  });

  test('to approve is asked for every few seconds, and nothing else is', () => {
    expect(nextPoll(opened('approval'))).toEqual(answerWith('poll'));
    expect(pollDelayMs(opened('approval'))).toBe(2000);
    expect(nextPoll(opened('code'))).toEqual(poll);
    expect(nextPoll(stateOf(...loaded(waiting('approval'))))).toEqual(poll);
  });

  test('is asked for no more once its time is over', () => {
    const state = reduce(opened('approval'), came(waiting('approval', 300)));
    expect(nextPoll(state)).toEqual(poll);
  });

  test('that cannot be polled is polled less often, and told once', () => {
    const failure = viewFailure({ code: 'cloud-unreachable' });
    const asked = answerWith('poll');
    const state = reduce(opened('approval'), { type: 'failed', asked, failure });
    expect(pollDelayMs(state)).toBe(20_000);
    expect(reduce(state, { type: 'asked', asked }).trouble).toEqual(state.trouble);
    expect(reduce(state, came(waiting('approval', 30), asked)).trouble).toBeNull();
  });

  test('that was refused is told even where an earlier poll had failed', () => {
    const asked = answerWith('poll');
    const failed = (code: 'cloud-unreachable' | 'confirmation-declined'): Action => ({
      type: 'failed',
      asked,
      failure: viewFailure({ code }),
    });
    const state = reduce(opened('approval'), failed('cloud-unreachable'));
    const declined = reduce(state, failed('confirmation-declined'));
    expect(declined.trouble?.failure.code).toBe('confirmation-declined');
  });
});

describe('looking for new accounts', () => {
  const find: Asked = { call: 'findAccounts', args: { connectionId: 'c1' } };
  const looking = stateOf(...loaded(), {
    type: 'opened',
    screen: { name: 'accounts', connectionId: 'c1', known: ['giro'] },
  });

  test('says how many there are', () => {
    const found = connectionView({ accounts: [accountView(), accountView({ key: 'new' })] });
    expect(reduce(looking, came(at(1, found), find)).said).toBe('1 account is new.');
    expect(reduce(looking, came(at(1), find)).said).toBe('No account is new at the bank.');
  });

  test('goes on to what the bank asks first', () => {
    const asking = connectionView({ confirmation: confirmationView('code') });
    const state = reduce(looking, came(at(1, asking)));
    expect(state.screen).toMatchObject({ name: 'form', form: 'confirm', about: 'c1' });
    const others = connectionView({ ...asking, isMine: false });
    expect(reduce(looking, came(at(1, others))).screen.name).toBe('accounts');
  });

  test('so does a preview, and not one that is there already', () => {
    const asking = connectionView({ confirmation: confirmationView('code') });
    const preview = (told: null | object) =>
      stateOf(
        ...loaded(),
        { type: 'opened', screen: { name: 'preview', connectionId: 'c1', told } as never },
        came(at(1, asking)),
      ).screen.name;
    expect(preview(null)).toBe('form');
    expect(preview({ previewId: 'p1' })).toBe('preview');
  });
});

describe('the access log', () => {
  const log = (before?: string): Asked => ({
    call: 'accessLog',
    args: { connectionId: 'c1', ...(before && { before }) },
  });
  const accesses = (...hours: number[]): Access[] =>
    hours.map((hour) => accessView({ at: `2026-03-10T0${hour}:00:00.000Z` }));
  const open: Action = {
    type: 'opened',
    screen: { name: 'log', connectionId: 'c1', log: null },
  };

  test('goes on under what is there', () => {
    const state = stateOf(
      ...loaded(),
      open,
      { type: 'logCame', asked: log(), log: { accesses: accesses(9, 8), isEnd: false } },
      {
        type: 'logCame',
        asked: log('2026-03-10T08:00:00.000Z'),
        log: { accesses: accesses(7), isEnd: true },
      },
    );
    expect(state.screen).toMatchObject({ log: { accesses: accesses(9, 8, 7), isEnd: true } });
  });

  test('of another bank is not shown', () => {
    const other: Asked = { call: 'accessLog', args: { connectionId: 'c2' } };
    const state = stateOf(...loaded(), open, {
      type: 'logCame',
      asked: other,
      log: { accesses: accesses(9), isEnd: true },
    });
    expect(state.screen).toMatchObject({ log: null });
  });
});

test.each([
  ['owner', 'admin', true],
  ['admin', 'admin', false],
  ['admin', 'owner', false],
  ['admin', 'bookkeeper', true],
  ['bookkeeper', 'viewer', false],
] as const)('a role is changed by an %s of an %s: %s', (mine, role, isAllowed) => {
  const state = stateOf(...loaded({ ...overview, role: mine }));
  expect(mayChangeRole(state, memberView({ role }))).toBe(isAllowed);
});

test('nobody changes their own role', () => {
  expect(mayChangeRole(stateOf(...loaded()), memberView({ isMe: true }))).toBe(false);
});
