import { describe, expect, test } from '@jest/globals';
import { openSqliteStore } from '../../../cloud/adapters/sqlite-store.ts';
import { createMailOutbox } from '../../../cloud/local/mail-outbox.ts';
import { addMs } from '../../../shared/calendar-date.ts';
import { mail, mailerContract } from '../../contract/mailer.ts';

/** On a clock that goes on by itself. */
function openOutbox() {
  const store = openSqliteStore(':memory:');
  let now = '2026-03-01T08:00:00.000Z';
  const clock = {
    now: () => {
      now = addMs(now, 1);
      return now;
    },
  };
  return { store, ...createMailOutbox({ store, clock }) };
}

mailerContract('the outbox', async () => {
  const { mailer, newest, store } = openOutbox();
  const shown = async () => (await newest()).toReversed().map(({ at: _, ...rest }) => rest);
  return { mailer, shown, close: () => store.close() };
});

describe('the outbox', () => {
  test('shows the newest first, and a mail that is sent again once', async () => {
    const { mailer, newest } = openOutbox();
    for (const id of ['one', 'two', 'one']) await mailer.send(mail({ id, subject: id }));
    expect((await newest()).map(({ subject }) => subject)).toEqual(['one', 'two']);
  });

  test('keeps the last 200', async () => {
    const { mailer, newest } = openOutbox();
    for (let at = 1; at <= 203; at++) await mailer.send(mail({ id: `m${at}`, subject: `${at}` }));
    const subjects = (await newest()).map(({ subject }) => Number(subject));
    expect(subjects).toHaveLength(200);
    expect(subjects.slice(0, 2)).toEqual([203, 202]);
    expect(subjects.at(-1)).toBe(4);
  });
});
