import { describe, expect, test } from '@jest/globals';
import {
  accountNumber,
  createWording,
  resultWords,
  stateWords,
} from '../../addon/sidebar/wording.ts';
import type { SyncResult } from '../../shared/api.ts';
import { changePreview, connectionView, rowView, runView } from './sidebar-views.ts';

const now = '2026-03-10T12:00:00.000Z';
const words = createWording('de_DE', 'Europe/Berlin');
/** What Intl puts between number and currency is a space that does not break. */
const plain = (text: string) => text.replace(/\s/g, ' ');

function timesOf(lastSyncedAt: string | undefined, nextSyncAt?: string): string {
  const { lastSyncedAt: _, nextSyncAt: __, ...rest } = connectionView();
  const times = words.syncTimes(now, {
    ...rest,
    ...(lastSyncedAt && { lastSyncedAt }),
    ...(nextSyncAt && { nextSyncAt }),
  });
  return plain(times);
}

test.each([
  ['2026-03-10T11:59:31.000Z', 'synced just now'],
  ['2026-03-10T12:00:01.000Z', 'synced just now'],
  ['2026-03-10T11:48:00.000Z', 'synced 12 min ago'],
  ['2026-03-10T09:00:00.000Z', 'synced 3 h ago'],
  ['2026-03-08T23:30:00.000Z', 'synced on 9 Mar'],
  [undefined, 'not synced yet'],
])('a sync at %s was %s', (at, text) => {
  expect(timesOf(at)).toBe(`${text} · 2 of 4 left`);
});

test.each([
  ['2026-03-10T13:10:00.000Z', 'next 14:10'],
  ['2026-03-10T23:30:00.000Z', 'next tomorrow 00:30'],
  ['2026-03-12T08:00:00.000Z', 'next 12 Mar 09:00'],
  ['2026-03-10T11:59:00.000Z', 'next in a moment'],
])('a sync at %s is %s', (at, text) => {
  expect(timesOf('2026-03-10T11:48:00.000Z', at)).toBe(`synced 12 min ago · ${text} · 2 of 4 left`);
});

test('times follow the clock of an English locale, days its order', () => {
  const american = createWording('en_US', 'America/New_York');
  const next = connectionView({ nextSyncAt: '2026-03-10T18:10:00.000Z' });
  expect(plain(american.syncTimes(now, next))).toBe(
    'synced 12 min ago · next 2:10 PM · 2 of 4 left',
  );
  expect(american.day('2026-03-01')).toBe('Mar 1, 2026');
});

test('a day of a bank is the same day in every zone', () => {
  expect(createWording('en_GB', 'Pacific/Auckland').day('2026-03-01')).toBe('1 Mar 2026');
  expect(createWording('en_GB', 'America/Los_Angeles').day('2026-03-01')).toBe('1 Mar 2026');
});

test.each([
  ['de_DE', '-1234567.89', 'EUR', '-1.234.567,89 €'],
  ['en_US', '5000', 'JPY', '¥5,000'],
  ['en_US', '0.125', 'KWD', 'KWD 0.125'],
  ['en_US', '90071992547409.93', 'EUR', '€90,071,992,547,409.93'],
  ['no such locale!', '1.50', 'EUR', '€1.50'],
])('in %s, %s %s is written as %s', (locale, amount, currency, text) => {
  expect(plain(createWording(locale).amount(amount, currency))).toBe(text);
});

test.each([
  [{ iban: 'DE02120300000000202051' }, 'DE02 1203 0000 0000 2020 51'],
  [{ iban: 'NO9386011117947' }, 'NO93 8601 1117 947'],
  [{ mask: '1234' }, '···· 1234'],
  [{}, ''],
])('the number of %j is %s', (account, text) => {
  expect(accountNumber(account)).toBe(text);
});

describe('a result', () => {
  const result: SyncResult = { at: now, outcome: 'complete', newRows: 0, settled: 0, removed: 0 };
  const failure = { code: 'timeout' } as const;

  test.each([
    [{}, 'nothing new'],
    [{ newRows: 14, settled: 2 }, '14 new · 2 settled'],
    [{ removed: 1 }, '1 no longer pending'],
    [{ newRows: 3, outcome: 'partial', failure }, '3 new · not complete'],
    [{ outcome: 'failed', failure }, 'not complete'],
  ] as const)('of %j is "%s"', (change, text) => {
    expect(resultWords({ ...result, ...change })).toBe(text);
  });

  test('of many rows is written in the book’s locale', () => {
    expect(words.result({ ...result, newRows: 1500 })).toBe('1.500 new');
  });
});

test.each([
  [{ kind: 'ties' }, 'ties'],
  [{ kind: 'unknown' }, ''],
  [{ kind: 'off', offBy: '3.20' }, 'off by 3,20 €'],
  [{ kind: 'off', offBy: '3.20', tiedUntil: '2026-03-01' }, 'off by 3,20 €, tied until 1 Mar 2026'],
  [
    { kind: 'off', offBy: '-0.01', firstBadDay: '2026-03-02', tiedUntil: '2026-03-01' },
    'off by -0,01 € since 2 Mar 2026',
  ],
] as const)('the proof %j reads "%s"', (proof, text) => {
  expect(plain(words.proof(proof, 'EUR'))).toBe(text);
});

test.each([
  [{}, '3 new · 1 settled · 1 changed · 0 gone'],
  [{ newRows: 1500, removed: 2 }, '1.500 new · 1 settled · 1 changed · 2 gone'],
  [{ newRows: 0, settled: 0, changed: 0 }, 'Nothing new: no row would change.'],
])('a preview with %j reads "%s"', (change, text) => {
  expect(words.changes(changePreview(change))).toBe(text);
});

test.each([
  [14, 0, 'Takes 14 rows away.', '14 rows taken away.'],
  [1, 1, 'Takes 1 row away. 1 posted row stays:', '1 row taken away. 1 posted row stays:'],
  [0, 2, 'Takes 0 rows away. 2 posted rows stay:', '0 rows taken away. 2 posted rows stay:'],
])('an undo that removes %i and leaves %i says so before and after', (removed, left, ...texts) => {
  const told = { removed, stays: Array.from({ length: left }, () => rowView()) };
  expect([words.undo(told, false), words.undo(told, true)]).toEqual(texts);
});

test('a run is known by what it brought and when', () => {
  expect(words.run(now, runView({ newRows: 1500 }))).toBe('1.500 new · 12 min ago');
});

test.each([
  [{ step: 'waiting' }, 'waiting for the bank'],
  [{ step: 'entries' }, 'reading entries'],
  [{ step: 'entries', done: 340 }, 'entries 340'],
  [{ step: 'entries', done: 340, total: 1500 }, 'entries 340 of 1.500'],
  [{ step: 'rows', total: 1500 }, 'writing 1.500 rows'],
  [{ step: 'rows', total: 1 }, 'writing 1 row'],
] as const)('progress %j reads "%s"', (progress, text) => {
  expect(words.progress(progress)).toBe(text);
});

test('access says until when it is given, and when it ended', () => {
  expect(words.access(connectionView())).toBe('access until 27 Aug 2026');
  expect(words.access(connectionView({ state: 'expired' }))).toBe('access ended on 27 Aug 2026');
  const { validUntil: _, ...endless } = connectionView();
  expect(words.access(endless)).toBe('');
});

test('a state has the colour of what it asks of the user', () => {
  expect(stateWords({ state: 'connected' }).colour).toBe('accent');
  expect(stateWords({ state: 'failing' }).colour).toBe('orange');
  expect(stateWords({ state: 'broken' }).colour).toBe('red');
});
