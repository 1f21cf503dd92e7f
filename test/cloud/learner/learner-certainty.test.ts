import { describe, expect, test } from '@jest/globals';
import { createLearner } from '../../../cloud/learner/create-learner.ts';
import { madeUpHistory } from './made-up-histories.ts';

interface Asked {
  readonly probability: number;
  readonly isRight: boolean;
  readonly isSure: boolean;
}

/** What was suggested for each row before it was learned. */
function askAll(rows: ReturnType<typeof madeUpHistory>): Asked[] {
  const learner = createLearner();
  return rows.map(({ counterAccount, ...row }) => {
    const sureFrom = learner.sureFrom();
    const [first] = learner.suggest(row).candidates;
    learner.learn({ ...row, counterAccount });
    const probability = first?.probability ?? 0;
    const isRight = first?.counterAccount === counterAccount;
    return { probability, isRight, isSure: probability >= sureFrom };
  });
}

describe.each([
  ['few rows are posted anywhere', 0.03],
  ['some rows are posted anywhere', 0.12],
])('where %s', (_, noise) => {
  const asked = askAll(madeUpHistory(1500, noise));

  test('probabilities are true', () => {
    let off = 0;
    for (let tenth = 0; tenth < 10; tenth++) {
      const of = asked.filter(
        ({ probability }) => Math.min(9, Math.floor(probability * 10)) === tenth,
      );
      off += Math.abs(
        of.reduce((sum, { probability, isRight }) => sum + probability - (isRight ? 1 : 0), 0),
      );
    }
    expect(off / asked.length).toBeLessThan(0.05);
    const said = (isRight: boolean) => {
      const of = asked.slice(100).filter((one) => one.isRight === isRight);
      return of.reduce((sum, { probability }) => sum + probability, 0) / of.length;
    };
    expect(said(true) - said(false)).toBeGreaterThan(0.15);
  });

  test('the first five are never sure, and nothing that is more likely wrong ever is', () => {
    expect(asked.slice(0, 5).some(({ isSure }) => isSure)).toBe(false);
    expect(asked.some(({ isSure, probability }) => isSure && probability < 0.5)).toBe(false);
  });
});

test('of the sure ones 95 in 100 are right, and most are sure where the rows are plain', () => {
  const asked = askAll(madeUpHistory(1500, 0.03));
  const sure = asked.filter(({ isSure }) => isSure);
  expect(sure.length).toBeGreaterThan(0.8 * asked.length);
  const right = sure.filter(({ isRight }) => isRight);
  expect(right.length).toBeGreaterThanOrEqual(0.95 * sure.length);
});

test('hardly anything is sure where more than 5 in 100 are posted anywhere', () => {
  const asked = askAll(madeUpHistory(1500, 0.12)).slice(-700);
  expect(asked.filter(({ isSure }) => isSure).length).toBeLessThan(0.1 * asked.length);
});

test('where the habits change all at once, it takes time to be sure again', () => {
  const rows = madeUpHistory(1200, 0);
  const turned = rows.map((row, at) => {
    const number = Number(row.counterAccount.replace(/\D/g, ''));
    return at < 800 ? row : { ...row, counterAccount: `Expenses:Kind ${(number + 5) % 12}` };
  });
  const asked = askAll(turned);
  const shareSure = (from: number, to: number) =>
    asked.slice(from, to).filter(({ isSure }) => isSure).length / (to - from);
  expect(shareSure(700, 800)).toBeGreaterThan(0.9);
  expect(shareSure(810, 860)).toBeLessThan(0.7);
});

test('the reliability counts what was said before each row was learned', () => {
  const rows = madeUpHistory(300, 0.1);
  const learner = createLearner();
  let said = 0;
  let right = 0;
  for (const row of rows) {
    const [first] = learner.suggest(row).candidates;
    if (first) said++;
    if (first?.counterAccount === row.counterAccount) right++;
    learner.learn(row);
  }
  const tenths = learner.reliability();
  expect(tenths.reduce((sum, { count }) => sum + count, 0)).toBe(said);
  expect(tenths.reduce((sum, tenth) => sum + tenth.right, 0)).toBe(right);
  for (const { from, to } of tenths) expect(to - from).toBeCloseTo(0.1);
});
