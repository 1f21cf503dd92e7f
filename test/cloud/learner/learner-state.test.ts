import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { PostedRow } from '../../../cloud/learner/book-row.ts';
import { countContext, findContext } from '../../../cloud/learner/context-counts.ts';
import { createLearner } from '../../../cloud/learner/create-learner.ts';
import { createLearnerMemory, numberOf } from '../../../cloud/learner/learner-memory.ts';
import { mixHash } from '../../../cloud/learner/row-words.ts';
import {
  LearnerBytesError,
  loadLearner,
  saveLearner,
} from '../../../cloud/learner/save-learner.ts';
import { madeUpHistory, madeUpRow } from './made-up-histories.ts';

const history = madeUpHistory(240, 0.1);

function learned(rows: readonly PostedRow[]) {
  const learner = createLearner();
  for (const row of rows) learner.learn(row);
  return learner;
}

describe('what is kept of a learner', () => {
  test('goes on exactly as if it had never been saved, at whatever row', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat({ max: 119 }), { minLength: 1, maxLength: 8 }),
        fc.integer({ min: 0, max: 120 }),
        (stops, from) => {
          const rows = history
            .slice(from, from + 120)
            .map((row, at) => (at % 9 ? row : { ...row, isCorrection: true as const }));
          const whole = createLearner();
          let kept = createLearner();
          for (const [at, row] of rows.entries()) {
            if (stops.includes(at)) {
              kept = loadLearner(saveLearner(kept));
              expect(kept.suggest(row)).toEqual(whole.suggest(row));
              expect(kept.sureFrom()).toBe(whole.sureFrom());
            }
            whole.learn(row);
            kept.learn(row);
          }
          expect(Buffer.compare(saveLearner(kept), saveLearner(whole))).toBe(0);
          expect(kept.reliability()).toEqual(whole.reliability());
        },
      ),
      { numRuns: 10 },
    );
  });

  test('is the same for the same rows, suggestions between them or not', () => {
    const asked = createLearner();
    for (const row of history) {
      asked.suggest(row);
      asked.suggest(madeUpRow('Something else', 12_345, ''));
      asked.learn(row);
    }
    expect(Buffer.compare(saveLearner(asked), saveLearner(learned(history)))).toBe(0);
  });

  test('an empty one is kept, too', () => {
    const learner = loadLearner(saveLearner(createLearner()));
    expect(learner.rowCount).toBe(0);
    learner.learn(madeUpRow('Rewe', -1, 'Expenses:Food'));
    expect(learner.suggest(madeUpRow('Rewe', -1, '')).candidates).toHaveLength(1);
  });

  test('forgets what was seen once and long ago when it is full, and is small even so', () => {
    const memory = createLearnerMemory();
    const { contexts } = memory;
    const often = 7;
    const keyAt = (row: number) => mixHash(row, 5);
    for (let row = 0; row < 60_000; row++) {
      countContext(contexts, keyAt(row), row % 40, row, false);
      if (row % 10_000 === 0) countContext(contexts, often, row % 3, row, false);
      memory.rowCount++;
    }
    expect(contexts.size).toBeLessThanOrEqual(44_000);
    expect(findContext(contexts, keyAt(0))).toBe(-1);
    expect(findContext(contexts, often)).toBeGreaterThanOrEqual(0);
    expect(findContext(contexts, keyAt(59_999))).toBeGreaterThanOrEqual(0);
    for (let account = 0; account < 40; account++) numberOf(memory, `Expenses:Kind ${account}`);
    const bytes = saveLearner(createLearner(memory));
    expect(bytes.length).toBeLessThan(500_000);
    expect(Buffer.compare(saveLearner(loadLearner(bytes)), bytes)).toBe(0);
  });

  test('takes bytes in proportion to its rows', () => {
    expect(saveLearner(learned(madeUpHistory(1500, 0.02))).length).toBeLessThan(150_000);
  });

  test('is refused where it is damaged, cut short, longer, of another version or none at all', () => {
    const bytes = saveLearner(learned(history.slice(0, 50)));
    const changed = (change: (copy: Uint8Array) => void) => {
      const copy = bytes.slice();
      change(copy);
      return copy;
    };
    const damaged = [
      new Uint8Array(),
      bytes.slice(0, 1),
      bytes.slice(0, 4),
      bytes.slice(0, -1),
      Uint8Array.of(...bytes, 0),
      changed((copy) => copy.fill(0, 200, 201).fill(255, 300, 301)),
      changed((copy) => copy.fill(99, 0, 1)),
    ];
    for (const copy of damaged) expect(() => loadLearner(copy)).toThrow(LearnerBytesError);
  });

  test('of another learner than ours is not saved', () => {
    expect(() => saveLearner({ ...createLearner() })).toThrow(TypeError);
  });
});
