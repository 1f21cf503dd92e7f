import { describe, expect, test } from '@jest/globals';
import type { Actions } from '../../addon/sidebar/actions.ts';
import { bankMenu } from '../../addon/sidebar/bank-menu.ts';
import { tellNeeds, urgencyOf } from '../../addon/sidebar/tell-needs.ts';
import { createWording } from '../../addon/sidebar/wording.ts';
import type { ConnectionView } from '../../shared/api.ts';
import { viewFailure } from '../../shared/failures.ts';
import type { Role } from '../../shared/roles.ts';
import { at, loaded, stateOf } from './sidebar-states.ts';
import { confirmationView, connectionView, unlinked } from './sidebar-views.ts';

const words = createWording('en_GB', 'Europe/Berlin');

function needsOf(change: Partial<ConnectionView>, role: Role = 'owner') {
  const connection = connectionView(change);
  const state = stateOf(...loaded({ ...at(0, connection), role }));
  return tellNeeds(state, connection, words).map(({ notice, button }) => ({
    text: notice.text,
    advice: notice.advice,
    button: button || null,
  }));
}

describe('a connection', () => {
  test('that works needs nothing', () => {
    expect(needsOf({})).toEqual([]);
  });

  test('that has stopped needs to be reconnected', () => {
    const failure = viewFailure({ code: 'consent-expired' });
    expect(needsOf({ state: 'expired', failure })).toEqual([
      { text: failure.text, advice: failure.advice, button: 'Reconnect' },
    ]);
  });

  test('that heals by itself says when it is tried next, and can be forced', () => {
    const failure = viewFailure({ code: 'timeout' });
    expect(needsOf({ state: 'failing', failure })).toEqual([
      {
        text: failure.text,
        advice: `${failure.advice} It is tried again 14:10.`,
        button: 'Reconnect',
      },
    ]);
  });

  test('whose sync is under way is not told of what the last one met', () => {
    const failure = viewFailure({ code: 'timeout' });
    expect(needsOf({ state: 'failing', failure, progress: { step: 'waiting' } })).toEqual([]);
  });

  test.each([
    ['rate-limited', 'the bank would refuse whoever forces it'],
    ['provider-not-configured', 'only the operator can mend it'],
  ] as const)('with %s offers nothing to its user: %s', (code, _) => {
    const [need] = needsOf({ failure: viewFailure({ code }) });
    expect(need).toMatchObject({ button: null });
  });

  test('that is to be renewed says until when, and that nothing stops meanwhile', () => {
    expect(needsOf({ state: 'expiring', renewBy: '2026-05-14' })).toEqual([
      {
        text: 'Renew by 14 May 2026',
        advice: 'The access of today stays until the new one works.',
        button: 'Renew',
      },
    ]);
  });

  test('that has stopped is not to be renewed as well', () => {
    const failure = viewFailure({ code: 'consent-revoked' });
    expect(needsOf({ state: 'broken', failure, renewBy: '2026-05-14' })).toHaveLength(1);
  });

  test.each([
    ['code', 'Enter code'],
    ['method', 'Enter code'],
    ['approval', 'Approve'],
    ['redirect', 'Go on'],
  ] as const)('whose bank asks for %s offers "%s" and the time left', (kind, button) => {
    const failure = viewFailure({ code: 'needs-confirmation' });
    const confirmation = confirmationView(kind);
    expect(needsOf({ state: 'needs-user', failure, confirmation })).toEqual([
      { text: 'Your bank asks for a confirmation.', advice: '4 min left.', button },
    ]);
  });

  test.each([
    ['has stopped', { state: 'broken', failure: viewFailure({ code: 'login-rejected' }) }],
    ['waits for a code', { state: 'needs-user', confirmation: confirmationView('code') }],
    ['is to be renewed', { renewBy: '2026-05-14' }],
  ] as const)('of somebody else that %s says who can help, and offers nothing', (_, change) => {
    const advice = 'Only who connected this bank can do that: ask them.';
    expect(needsOf({ ...change, isMine: false })).toMatchObject([{ advice, button: null }]);
  });

  test('of one who may connect no more says whom to ask', () => {
    const failure = viewFailure({ code: 'consent-expired' });
    const advice = 'Your role does not allow that: ask an admin.';
    const needs = needsOf({ state: 'expired', failure }, 'bookkeeper');
    expect(needs).toMatchObject([{ advice, button: null }]);
  });
});

test('red comes before a bank that waits, that before what ends or heals, and that before the rest', () => {
  const ordered: Partial<ConnectionView>[] = [
    { state: 'broken' },
    { state: 'needs-user', confirmation: confirmationView('code') },
    { state: 'connected', renewBy: '2026-05-14' },
    { state: 'connected' },
  ];
  const urgencies = ordered.map((change) => urgencyOf(connectionView(change)));
  expect(urgencies).toEqual([...urgencies].sort((a, b) => a - b));
  expect(new Set(urgencies).size).toBe(ordered.length);
});

describe('the menu of a bank', () => {
  function itemsFor(role: Role, change: Partial<ConnectionView> = {}): string[] {
    const connection = connectionView({ otherWaysIn: ['login'], ...change });
    const state = stateOf(...loaded({ ...at(0, connection), role }));
    return bankMenu(state, connection, {} as Actions).map(({ text }) => text);
  }
  const viewers = ['Get accounts', 'Access log'];
  const bookkeepers = [
    'Sync now',
    'Preview a sync',
    'Historical sync…',
    'Get accounts',
    'Fill from a file…',
    'Access log',
  ];
  const admins = [
    'Sync now',
    'Preview a sync',
    'Historical sync…',
    'Get accounts',
    'Find new accounts',
    'Fill from a file…',
    'Rename…',
    'Schedule…',
    'Access log',
    'Change the way in…',
    'Unsync…',
  ];

  test.each([
    ['viewer', viewers],
    ['bookkeeper', bookkeepers],
    ['admin', admins],
    ['owner', admins],
  ] as const)('offers a %s what the role allows', (role, items) => {
    expect(itemsFor(role)).toEqual(items);
  });

  test('offers no other way in where there is none, or where the access is somebody else’s', () => {
    expect(itemsFor('owner', { otherWaysIn: [] })).not.toContain('Change the way in…');
    expect(itemsFor('owner', { isMine: false })).not.toContain('Change the way in…');
  });

  test('asks a bank for nothing that would not answer', () => {
    const rest = [
      'Get accounts',
      'Fill from a file…',
      'Rename…',
      'Schedule…',
      'Access log',
      'Change the way in…',
      'Unsync…',
    ];
    expect(itemsFor('owner', { state: 'expired' })).toEqual(rest);
    expect(itemsFor('owner', { state: 'needs-user' })).toEqual(rest);
  });

  test('asks a bank anew that asks as one logs in, and syncs nothing that fills no account', () => {
    expect(itemsFor('owner', { state: 'needs-user', wayIn: 'login' })).toContain('Sync now');
    const unused = itemsFor('owner', { accounts: [unlinked()] });
    expect(unused).not.toContain('Sync now');
    expect(unused).toContain('Find new accounts');
  });
});
