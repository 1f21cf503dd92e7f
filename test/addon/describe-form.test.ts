import { describe, expect, test } from '@jest/globals';
import { describeForm } from '../../addon/sidebar/describe-form.ts';
import { startValue } from '../../addon/sidebar/start-value.ts';
import type { FormName } from '../../addon/sidebar/state.ts';
import { createWording } from '../../addon/sidebar/wording.ts';
import type { ConnectionView, MemberView, Overview } from '../../shared/api.ts';
import { at, loaded, stateOf } from './sidebar-states.ts';
import { confirmationView, connectionView, memberView, overview } from './sidebar-views.ts';

const words = createWording('en_GB', 'Europe/Berlin');

function formOf(
  form: FormName,
  value: string,
  change: Partial<ConnectionView> = {},
  view: Partial<Overview> = {},
) {
  const state = stateOf(...loaded({ ...at(0, connectionView(change)), ...view }));
  return describeForm(state, { name: 'form', form, about: 'c1', value }, words);
}

describe('the historical period', () => {
  test.each([
    ['all', { connectionId: 'c1', from: '2016-03-10' }],
    ['again', { connectionId: 'c1' }],
    ['2025-12-31', { connectionId: 'c1', from: '2025-12-31' }],
  ])('of "%s" asks for %j', (value, args) => {
    expect(formOf('history', value).asked).toEqual({ call: 'syncHistory', args });
  });

  test.each([[''], ['2026-13-01'], ['2026-03-11']])('of "%s" asks for nothing', (value) => {
    expect(formOf('history', value).asked).toBeNull();
  });

  test('says beforehand how long it may take, and that nothing is doubled', () => {
    const texts = formOf('history', 'all').texts.join(' ');
    for (const part of ['not doubled', 'two days', 'a mail tells you when a code is needed']) {
      expect(texts).toContain(part);
    }
  });

  test('asks for the day where one is to be chosen, and begins with the first of the feeds', () => {
    expect(formOf('history', 'all').input).toBeUndefined();
    const [, again, day] = formOf('history', 'all').options ?? [];
    expect(again?.note).toBe('1 Mar 2026');
    expect(day?.value).toBe('2026-03-01');
    expect(formOf('history', '').input).toMatchObject({ isDay: true });
  });
});

describe('what the bank asks', () => {
  const asked = (kind: Parameters<typeof confirmationView>[0], value = '') =>
    formOf('confirm', value, { confirmation: confirmationView(kind) });

  test('for a code is shown in its words, with picture, length and time left', () => {
    const form = asked('code');
    expect(form.texts).toEqual(['Photo TAN for the access of today', '4 min left.']);
    expect(form.picture?.alt).toBe('Photo TAN');
    expect(form.input).toEqual({ label: 'Code, 6 digits', isDigits: true, max: 6 });
    expect(form.asked).toBeNull();
    expect(asked('code', '123456').asked).toEqual({
      call: 'answerConfirmation',
      args: { connectionId: 'c1', answer: { kind: 'code', text: '123456' } },
    });
  });

  test('in words takes words', () => {
    const confirmation = {
      ...confirmationView('code'),
      confirmation: { kind: 'code', prompt: 'Your first pet?', format: 'text' },
    } as const;
    const { input } = formOf('confirm', '', { confirmation });
    expect(input).toEqual({ label: 'Answer', isDigits: false, max: undefined });
  });

  test('as a choice of method is answered with one', () => {
    expect(asked('method').options).toEqual([
      { value: 'sms', text: 'SMS to ···· 42' },
      { value: 'app', text: 'Approve in the app' },
    ]);
    expect(asked('method').asked).toBeNull();
    const answer = { kind: 'method', id: 'app' };
    expect(asked('method', 'app').asked).toMatchObject({ args: { answer } });
  });

  test('to be approved in its app waits, with nothing to send', () => {
    expect(asked('approval')).toMatchObject({ waiting: 'Waiting for your approval…', asked: null });
    expect(asked('approval').doIt).toBeUndefined();
  });

  test('on its own page leads there', () => {
    const args = { connectionId: 'c1' };
    expect(asked('redirect').asked).toEqual({ call: 'startConnect', args });
  });

  test('no longer says so, and takes no answer', () => {
    const expired = { ...confirmationView('code'), expiresAt: overview.now };
    for (const confirmation of [{ confirmation: expired }, {}]) {
      const form = formOf('confirm', '123456', confirmation);
      expect(form.texts.join()).toContain('no longer waits');
      expect(form).toMatchObject({ asked: null });
      expect(form.doIt).toBeUndefined();
    }
  });
});

test.each([
  ['rename', 'Giro of Ada', { name: 'Giro of Ada' }, 'renameConnection'],
  ['schedule', '12', { everyHours: 12 }, 'setSchedule'],
  ['unsync', '', {}, 'unsync'],
  ['wayIn', '', { wayIn: 'login' }, 'startConnect'],
] as const)('%s with "%s" asks for %j', (form, value, args, call) => {
  const { asked } = formOf(form, value, { otherWaysIn: ['login'] });
  expect(asked).toEqual({ call, args: { connectionId: 'c1', ...args } });
});

test('an unsync says what goes and what stays', () => {
  const texts = formOf('unsync', '').texts;
  expect(texts[0]).toContain('Girokonto');
  expect(texts[1]).toContain('every row of your book');
});

test('a name that is empty is none', () => {
  expect(formOf('rename', '  ').asked).toBeNull();
});

test('mails are on or off', () => {
  const reminders = (value: string) => formOf('mails', value).asked;
  expect(reminders('true')).toEqual({ call: 'setMails', args: { reminders: true } });
  expect(reminders('false')).toEqual({ call: 'setMails', args: { reminders: false } });
});

test('a form that the role does not allow says so', () => {
  const form = formOf('schedule', '12', {}, { role: 'bookkeeper' });
  expect(form).toMatchObject({ texts: ['Your role does not allow that.'], asked: null });
});

test('a form about a bank that is gone says so', () => {
  const form = formOf('rename', 'Giro', { state: 'removed' });
  expect(form).toMatchObject({ texts: ['That is no longer there.'], asked: null });
});

describe('the role of a member', () => {
  function roleOf(value: string, role: Overview['role'], member: MemberView = memberView()) {
    const state = {
      ...stateOf(...loaded({ ...overview, role })),
      members: [member],
    };
    return describeForm(state, { name: 'form', form: 'role', about: 'u2', value }, words);
  }

  test('is any for the owner, and what is below an admin for an admin', () => {
    const offered = (role: Overview['role']) =>
      roleOf('viewer', role).options?.map(({ value }) => value);
    expect(offered('owner')).toEqual(['viewer', 'bookkeeper', 'admin', 'owner', '']);
    expect(offered('admin')).toEqual(['viewer', 'bookkeeper', '']);
  });

  test('can be taken away with the member', () => {
    const setRole = (role: string | null) => ({ call: 'setRole', args: { memberId: 'u2', role } });
    expect(roleOf('admin', 'owner').asked).toEqual(setRole('admin'));
    expect(roleOf('', 'owner').asked).toEqual(setRole(null));
  });
});

test.each([
  ['rename', 'Sandbox Bank'],
  ['schedule', '6'],
  ['history', 'all'],
  ['mails', 'true'],
  ['confirm', ''],
] as const)('%s begins with "%s"', (form, value) => {
  expect(startValue(stateOf(...loaded()), form, 'c1')).toBe(value);
});
