import { expect, test } from '@jest/globals';
import type { ChosenFile, FileStep } from '../../addon/sidebar/chosen-files.ts';
import {
  accountTitle,
  accountWords,
  findTarget,
  importingWords,
  importWords,
  sizeWords,
  stepWords,
  writingWords,
} from '../../addon/sidebar/describe-file.ts';
import { initialState } from '../../addon/sidebar/state.ts';
import { createWording } from '../../addon/sidebar/wording.ts';
import { fileAccount, fileChange, importView, undecided } from './sidebar-files.ts';
import { accountView, overview } from './sidebar-views.ts';

const { number } = createWording('de_DE');

test.each([
  [1, '1 kB'],
  [1001, '2 kB'],
  [340_000, '340 kB'],
  [1_240_000, '1,2 MB'],
  [19_990_000, '20 MB'],
])('%i bytes are %s', (bytes, words) => {
  expect(sizeWords(bytes, number)).toBe(words);
});

test.each<[FileStep, string]>([
  [{ name: 'packing' }, 'Waiting for its turn…'],
  [{ name: 'sending', part: 0, parts: 1 }, 'Sending…'],
  [{ name: 'sending', part: 2, parts: 12 }, 'Sending 3 of 12…'],
  [{ name: 'reading' }, 'Reading…'],
  [{ name: 'starting' }, 'Importing…'],
  [{ name: 'importing' }, 'Importing 1.340 of 20.000 entries…'],
  [{ name: 'read' }, ''],
  [{ name: 'refused' }, ''],
])('what goes on with a file: %j', (step, words) => {
  const view = importView({ progress: { done: 1340, total: 20_000 } });
  const file = { step, import: step.name === 'importing' ? view : null } as ChosenFile;
  expect(stepWords(file, number)).toBe(words);
});

test.each([
  ['DE02120300000000202051', 'DE02 1203 0000 0000 2020 51'],
  ['NL91ABNA0417164300', 'NL91 ABNA 0417 1643 00'],
  ['0000202051', '0000202051'],
  ['Girokonto', 'Girokonto'],
  ['', 'Account of this file'],
])('an account that its file calls "%s"', (name, title) => {
  expect(accountTitle({ name })).toBe(title);
});

test.each([
  [fileAccount({ pending: 2 }), '214 new · 31 already there · 2 pending left out'],
  [fileAccount({ change: fileChange({ known: 0 }) }), '214 new'],
  [
    fileAccount({ change: fileChange({ newRows: 1500, settled: 2, changed: 3, removed: 4 }) }),
    '1.500 new · 2 settled · 3 changed · 4 gone · 31 already there',
  ],
  [
    fileAccount({ change: fileChange({ newRows: 0, known: 245 }) }),
    'Nothing new · 245 already there',
  ],
  [undecided(), '245 entries'],
  [undecided({ entries: 1, pending: 1 }), '1 entry · 1 pending left out'],
  [undecided({ entries: 0, pending: 3 }), 'No booked entries · 3 pending left out'],
])('what an account of a file brings (%#)', (account, words) => {
  expect(accountWords(account, number)).toBe(words);
});

test('an import that brought nothing says so', () => {
  expect(importWords(0)).toBe('Nothing new: all of it was there already.');
  expect(importWords(1340, number)).toBe('1.340 new.');
});

test('the account in which entries go is told by its path, with the day from which on it has rows', () => {
  const kasse = accountView({ key: 'kasse', feed: { bookAccount, from: '2025-01-01' } });
  const state = { ...initialState, overview: { ...overview, fileAccounts: [kasse] } };
  const giro = 'Assets:Sandbox Bank:Girokonto';
  expect(findTarget(state, { accountKey: 'giro' })).toEqual({ path: giro, from: '2026-03-01' });
  expect(findTarget(state, { accountKey: 'kasse' })).toEqual({
    path: 'Assets:Kasse',
    from: '2025-01-01',
  });
  expect(findTarget(state, { bookAccount })?.path).toBe('Assets:Kasse');
  expect(findTarget(state, null)).toBeUndefined();
});

const bookAccount = { path: 'Assets:Kasse', type: 'asset' } as const;

test('an import tells how many entries it has taken in, and how many of its rows stand in the sheet', () => {
  const progress = { done: 3000, total: 214_000 };
  expect(importingWords({ progress }, number)).toBe('Importing 3.000 of 214.000 entries…');
  expect(importingWords({})).toBe('Importing…');
  expect(writingWords(progress, number)).toBe('Writing rows: 3.000 of 214.000…');
});
