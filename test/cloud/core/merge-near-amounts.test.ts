import { describe, expect, test } from '@jest/globals';
import { booked, counts, pending, settle } from './kept-entries.ts';

const settled = (count: number) => ({ added: 0, changed: count, removed: 0, unclear: 0 });
const from = (counterparty: string) => ({ counterparty });

describe('a pending entry that is booked with a near amount', () => {
  test.each([
    ['a meal with its tip', '-40.00', '-46.00', 0],
    ['half as much again', '-40.00', '-60.00', 0],
    ['more than that', '-40.00', '-60.40', 1],
    ['a fuel hold that was used to a third', '-150.00', '-45.00', 0],
    ['less than that', '-150.00', '-44.00', 1],
    ['money back', '-40.00', '38.00', 1],
  ])('%s', (_what, hold, sum, added) => {
    const { result } = settle(
      [pending(hold, 1, 'HOLD', from('Shell'))],
      [booked(sum, 2, 'SHELL OIL 5744', from('Shell'))],
    );
    expect(result.added).toHaveLength(added);
  });

  test('settles by a word that names one of the two', () => {
    const { result } = settle(
      [pending('-40.00', 1, 'CARD PENDING TRATTORIA ROMA')],
      [booked('-46.00', 2, 'KARTE 1234', from('Trattoria Roma'))],
    );
    expect(counts(result)).toEqual(settled(1));
  });

  test.each([
    [
      'pending',
      pending('-40.00', 1, 'VORGEMERKT', from('Trattoria Roma')),
      'Nexi',
      'TRATTORIA ROMA',
    ],
    [
      'booked',
      pending('-40.00', 1, 'TRATTORIA ROMA', from('Nexi')),
      'Trattoria Roma',
      'KARTE 1234',
    ],
  ])(
    'settles by the name of the %s one that stands in the text of the other',
    (_which, hold, name, text) => {
      const { result } = settle([hold], [booked('-46.00', 2, text, from(name))]);
      expect(counts(result)).toEqual(settled(1));
    },
  );

  test('a town that both texts name is no name', () => {
    const { result } = settle(
      [pending('-40.00', 1, 'KINO BERLIN', from('Kino Astoria'))],
      [booked('-46.00', 2, 'PIZZA BERLIN', from('Pizza Blitz'))],
    );
    expect(counts(result)).toMatchObject({ added: 1, removed: 1 });
  });

  test('not eleven days later', () => {
    const hold = pending('-40.00', 1, 'HOLD', from('Shell'));
    const { result } = settle([hold], [booked('-46.00', 12, 'SHELL', from('Shell'))]);
    expect(result.added).toHaveLength(1);
  });

  test('with a second candidate on either side nothing is guessed, and it is said', () => {
    const roma = (amount: string, day: number) =>
      pending(amount, day, 'VORGEMERKT', from('Trattoria Roma'));
    const paid = (amount: string) => booked(amount, 3, 'KARTE 1234', from('Trattoria Roma'));
    expect(counts(settle([roma('-40.00', 1), roma('-42.00', 1)], [paid('-46.00')]).result)).toEqual(
      { added: 1, changed: 0, removed: 2, unclear: 1 },
    );
    expect(counts(settle([roma('-40.00', 1)], [paid('-46.00'), paid('-44.00')]).result)).toEqual({
      added: 2,
      changed: 0,
      removed: 1,
      unclear: 2,
    });
  });
});
