import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  bookedWords,
  learnedWords,
  percent,
  postedWords,
  readSuggested,
  ruleWords,
  transferWords,
} from '../../../cloud/core/suggestion-words.ts';

const somePath = fc
  .array(
    fc.stringMatching(/^[A-Za-zäé%ש食 0-9,]{1,12}$/u).map((part) => part.trim() || 'x'),
    {
      minLength: 1,
      maxLength: 3,
    },
  )
  .map((parts) => parts.join(':'));

describe('the words of a suggestion', () => {
  test('name the proposed counter-account, whatever it is called', () => {
    fc.assert(
      fc.property(somePath, fc.double({ min: 0, max: 1, noNaN: true }), (path, probability) => {
        const told = [
          ['learner', learnedWords(path, probability, 'as 2 of 3 times with REWE: 5 %')],
          ['rule', ruleWords(path, 4)],
          ['transfer', transferWords(path, 'Assets:Savings', '2026-03-02')],
          ['transfer', transferWords(path, 'Assets:Savings')],
        ] as const;
        for (const [by, words] of told) {
          const { length } = words;
          const suggested = { counterAccount: path, by, isAuto: false, length };
          expect(readSuggested(words)).toEqual(suggested);
          expect(readSuggested(`${words}, ask Nora ⓘ`)).toEqual(suggested);
          expect(readSuggested(postedWords(words))?.isAuto).toBe(true);
        }
      }),
    );
  });

  test('say where nothing is proposed, and why', () => {
    expect(readSuggested(bookedWords('2026-03-02'))).toEqual({
      counterAccount: '',
      by: 'transfer',
      isAuto: false,
      length: bookedWords('2026-03-02').length,
    });
  });

  test.each([
    '',
    'ask Nora',
    'Expenses:Food',
    'Expenses:Food: ask Nora',
    'Expenses:Food: 50 % private',
    'Transfer? I must ask Nora',
    '97 % ⓘ',
    'as last time ⓘ',
  ])('are not what a user writes: %j', (text) => {
    expect(readSuggested(text)).toBeNull();
  });

  test('never claim to be certain', () => {
    expect([percent(1), percent(0.999), percent(0.97), percent(0.294), percent(0)]).toEqual([
      99, 99, 97, 29, 0,
    ]);
  });
});
