import { describe, expect, test } from '@jest/globals';
import { learnHabits } from '../../../cloud/learner/learn-habits.ts';
import { suggestCounterAccount } from '../../../cloud/learner/suggest-counter-account.ts';

const posted = (description: string, counterAccount: string, date: string) => ({
  description,
  counterAccount,
  date,
});

describe('suggesting a counter-account', () => {
  const habits = learnHabits([
    posted('Cafe Rot · CARD 1', 'Expenses:Coffee', '2026-02-01'),
    posted('Stadtwerke · MAY', 'Expenses:Power', '2026-02-02'),
    posted('cafe  rot · CARD 2', 'Expenses:Restaurants', '2026-02-20'),
    posted('Cafe Rot · CARD 3', 'Expenses:Restaurants', '2026-02-10'),
    posted('Cafe Rot · CARD 4', '', '2026-02-28'),
    posted('', 'Expenses:Other', '2026-02-28'),
  ]);

  test('is what was posted last for the same counterparty, with the reason', () => {
    expect(suggestCounterAccount(habits, 'CAFE ROT · CARD 9')).toEqual({
      counterAccount: 'Expenses:Restaurants',
      why: 'as on 2026-02-20',
      receipt: 'You posted this counterparty to Expenses:Restaurants 2 times, last on 2026-02-20.',
    });
  });

  test('is silent about a counterparty that was never posted, or is not named', () => {
    expect(suggestCounterAccount(habits, 'Bakery · CARD 9')).toBeNull();
    expect(suggestCounterAccount(habits, '')).toBeNull();
  });
});
