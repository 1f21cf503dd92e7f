import { describe, expect, test } from '@jest/globals';
import { starterPaths } from '../../../cloud/core/account-rows.ts';
import { createLearner } from '../../../cloud/learner/create-learner.ts';

function suggestIn(paths: readonly string[], description: string, minor = -1200): string {
  const learner = createLearner();
  learner.knowAccounts(paths);
  const amount = { minor, currency: 'EUR' };
  const row = { date: '2026-03-01', description, amount, account: 'Assets:Checking' };
  return learner.suggest(row).candidates[0]?.counterAccount ?? '';
}

describe('in a book without a posted row', () => {
  test.each([
    ['NETTO MARKEN-DISCOUNT 4711', 'Expenses:Groceries'],
    ['Cafe Morgenrot · CARD 4471', 'Expenses:Restaurants'],
    ['Tankstelle Suedring', 'Expenses:Transport'],
    ['Stadtwerke Musterstadt · Abschlag 03', 'Expenses:Housing'],
    ['Apotheke am Tor', 'Expenses:Health'],
    ['Beispiel GmbH · GEHALT MAERZ', 'Income:Salary'],
    ['Nora Beispiel · DANKE', ''],
  ])('the names of the starter accounts suggest for %j %j', (description, path) => {
    expect(suggestIn(starterPaths, description, path.startsWith('Income') ? 250_000 : -1200)).toBe(
      path,
    );
  });

  test('an account of the very name goes before one that keeps such things together', () => {
    const paths = ['Expenses:Transport', 'Expenses:Fuel'];
    expect(suggestIn(paths, 'Tankstelle Suedring')).toBe('Expenses:Fuel');
    expect(suggestIn(paths.toReversed(), 'Tankstelle Suedring')).toBe('Expenses:Fuel');
  });
});
