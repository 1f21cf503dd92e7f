import { expect, test } from '@jest/globals';
import {
  acceptDraft,
  certaintyWords,
  offeredAccount,
  otherCandidates,
  percentWords,
  tellUnderWay,
} from '../../addon/sidebar/describe-draft.ts';
import {
  certaintyLevels,
  postLevels,
  transitAccounts,
} from '../../addon/sidebar/describe-settings.ts';
import { initialState } from '../../addon/sidebar/state.ts';
import { backtestWords, filledWords, postedWords } from '../../addon/sidebar/tell-outcome.ts';
import { createWording } from '../../addon/sidebar/wording.ts';
import type { DraftView } from '../../shared/suggestions.ts';
import { draftView } from './sidebar-reviews.ts';

const words = createWording('de_DE', 'Europe/Berlin');
const plain = (text: string) => text.replace(/\s/g, ' ');
const foodOnly = [{ counterAccount: 'Expenses:Food', probability: 1 }];

test.each<[string, Partial<DraftView>, string, string | undefined]>([
  ['what was learned', {}, 'sure · 97 % · learned', 'Expenses:Food'],
  ['what is likely', { certainty: 'likely' }, 'likely · 97 % · learned', 'Expenses:Food'],
  ['a rule', { by: 'rule', candidates: foodOnly }, 'sure · by your rule', 'Expenses:Food'],
  ['a transfer', { by: 'transfer', candidates: foodOnly }, 'sure · transfer', 'Expenses:Food'],
  ['too little', { certainty: 'none' }, 'no idea', undefined],
  ['nothing', { certainty: 'none', candidates: [] }, 'no idea', undefined],
  [
    'the user’s choice',
    { isChosen: true, counterAccount: 'Expenses:Travel', certainty: 'none', candidates: [] },
    'your choice',
    'Expenses:Travel',
  ],
  ['the user’s no', { isChosen: true, counterAccount: '' }, 'you left it open', undefined],
])('a draft with %s reads as what it is, and offers that', (_, change, text, offered) => {
  const draft = draftView(change);
  expect(plain(certaintyWords(draft, words))).toBe(text);
  expect(offeredAccount(draft)).toBe(offered);
});

test.each([
  [0.97, '97 %'],
  [0.29, '29 %'],
  [0.969, '96 %'],
  [0.998, '99 %'],
  [1, '99 %'],
])('a probability of %d is never told as more than it is: %s', (probability, text) => {
  expect(plain(percentWords(probability, words))).toBe(text);
});

test('what is not offered may be chosen instead', () => {
  const others = (change: Partial<DraftView>) =>
    otherCandidates(draftView(change)).map(({ counterAccount }) => counterAccount);
  expect(others({})).toEqual(['Expenses:Office:Software']);
  expect(others({ certainty: 'none' })).toEqual(['Expenses:Food', 'Expenses:Office:Software']);
  expect(others({ isChosen: true, counterAccount: 'Expenses:Office:Software' })).toEqual([
    'Expenses:Food',
  ]);
});

test('a draft is accepted as it stood when it was shown', () => {
  expect(acceptDraft(draftView({ counterAccount: '' }), 'Expenses:Food')).toEqual({
    id: 'd1',
    counterAccount: 'Expenses:Food',
    stood: '',
  });
});

test.each([
  [31, 0, '31 posted.'],
  [30, 1, '30 posted. 1 was changed meanwhile and stays.'],
  [0, 2, '0 posted. 2 were changed meanwhile and stay.'],
])('%i posted and %i left read so', (posted, left, text) => {
  expect(postedWords({ posted, left: Array.from({ length: left }, String) })).toBe(text);
});

test('drafts that were filled anew are counted', () => {
  expect([0, 1, 12].map(filledWords)).toEqual([
    'No row changes.',
    '1 row filled anew.',
    '12 rows filled anew.',
  ]);
});

test.each([
  [415, 412, 1430, 'Would have filled 412 of 1.430 as you did, 3 otherwise.'],
  [12, 12, 12, 'Would have filled 12 of 12 as you did.'],
  [0, 0, 3, 'Would have filled none of your rows.'],
])('a rule that fills %i, %i of them right, of %i is told so', (filled, right, of, text) => {
  expect(backtestWords({ filled, right, of, wrong: [] }, words.number)).toBe(text);
});

test('what waits for its turn is counted with what is being posted', () => {
  const [draft] = [acceptDraft(draftView(), 'Expenses:Food')];
  const state = {
    ...initialState,
    toAccept: [draft],
    asked: [{ call: 'acceptDrafts', drafts: [draft, draft] }] as const,
  };
  expect(tellUnderWay(state, words)).toBe('Posting 3 rows…');
  expect(tellUnderWay({ ...state, toAccept: [], asked: [] }, words)).toBe('');
});

test('a level that is set and none of ours is among them, in its place', () => {
  const notes = certaintyLevels(0.62, words).map(({ text, note }) => plain(`${text}, ${note}`));
  expect(notes).toEqual([
    'A guess, from 30 %',
    'More likely than not, from 50 %',
    'As it is set, from 62 %',
    'Quite likely, from 70 %',
    'Nearly certain, from 90 %',
  ]);
  expect(certaintyLevels(0.5, words)).toHaveLength(4);
  expect(postLevels(0.9, words).map(({ value }) => value)).toEqual([null, 0.9, 0.95, 0.97, 0.99]);
  expect(postLevels(null, words)).toHaveLength(4);
});

test('transfers stand against no account that is earned or spent', () => {
  expect(transitAccounts(['Assets:Cash', 'Expenses:Food', 'Income:Pay', 'Transit'])).toEqual([
    'Assets:Cash',
    'Transit',
  ]);
});
