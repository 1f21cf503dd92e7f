import { readFile } from 'node:fs/promises';
import { describe, expect, test } from '@jest/globals';
import { causesHere } from '../../cloud/web/failure-words.ts';
import { type FailureCode, failures } from '../../shared/failures.ts';
import { provocations } from './provocations.ts';
import { sentences } from './sentences.ts';
import { pagePath, renderPage } from './write-page.ts';

const codes = Object.keys(failures) as FailureCode[];
const cases = codes.map((code) => [code, sentences[code]] as const);

describe('each failure', () => {
  test('has a sentence and a provocation, and nothing else has', () => {
    expect(Object.keys(sentences).sort()).toEqual(codes.toSorted());
    expect(Object.keys(provocations).sort()).toEqual(codes.toSorted());
    expect(new Set(Object.values(sentences)).size).toBe(codes.length);
  });

  test.each(cases)('%s: %s', async (code) => {
    const seen = await provocations[code]();
    if ('page' in seen) {
      const isTold = (it: FailureCode) =>
        seen.page.includes(`<strong>${failures[it].text}</strong>`);
      expect(codes.filter(isTold)).toEqual([code]);
      for (const cause of causesHere[code] ?? []) expect(seen.page).toContain(cause);
      return;
    }
    expect(seen.code).toBe(code);
    if (seen.isScheduled !== undefined) {
      // Without one of its accounts a connection goes on with the others.
      expect(seen.isScheduled).toBe(failures[code].retries || code === 'account-gone');
    }
    if (seen.waitingRows !== undefined) expect(seen.waitingRows).toBe(1);
  });
});

test('the page of failures is the one that the table and these tests make', async () => {
  expect(await readFile(pagePath, 'utf8')).toBe(renderPage());
});
