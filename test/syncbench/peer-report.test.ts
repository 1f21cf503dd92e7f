import { describe, expect, test } from '@jest/globals';
import { describePeer, isRight, peerAsJson } from './peer-report.ts';
import type { PeerVerdict } from './peer-run.ts';
import { type Finding, type ScenarioScore, scoreScenario } from './score.ts';

const score = (name: string, ...kinds: Finding['kind'][]): ScenarioScore =>
  scoreScenario(
    name,
    kinds.map((kind) => ({ kind, text: 'a row' })),
  );
const scores = [score('one'), score('two', 'wrongOutcomes'), score('three', 'lost'), score('four')];
const verdicts: readonly PeerVerdict[] = [
  { name: 'one', isJudged: true, score: score('one'), undone: [] },
  {
    name: 'two',
    isJudged: true,
    score: score('two', 'lost', 'duplicated', 'duplicated'),
    undone: ['step 2'],
  },
  {
    name: 'three',
    isJudged: true,
    score: score('three', 'userEditsLost', 'misMerged'),
    undone: [],
  },
  { name: 'four', isJudged: false, reason: 'an undo' },
];

describe('both side by side', () => {
  test('are judged by the same: rows, and what the user wrote', () => {
    expect(isRight(score('it', 'wrongOutcomes'))).toBe(true);
    for (const kind of ['lost', 'duplicated', 'misMerged', 'userEditsLost'] as const) {
      expect(isRight(score('it', kind))).toBe(false);
    }
  });

  test('stand in a line per scenario, with what Actual did otherwise and what is not judged', () => {
    const lines = describePeer('1.2.3', scores, verdicts).split('\n');
    expect(lines.slice(0, 8)).toEqual([
      'scenario  Bookfeed  Actual  notes on Actual',
      'one       right     right',
      'two       right     WRONG   1 lost, 2 doubled',
      'three     WRONG     WRONG   1 mixed up, 1 of the user lost',
      'four      right     -       not judged: an undo',
      '',
      'Actual 1.2.3: 1 of 3 judged. Bookfeed: 2 of these 3, 3 of all 4.',
      expect.stringMatching(/^Right: /),
    ]);
    expect(lines.filter((line) => line.startsWith('two: '))).toHaveLength(3);
    expect(lines.join('\n')).toContain('Not judged of Actual: ');
  });

  test('stand beside each other for programs', () => {
    const { scenarios, totals, peer } = JSON.parse(peerAsJson('1.2.3', scores, verdicts));
    expect(scenarios).toEqual(JSON.parse(JSON.stringify(scores)));
    expect(totals).toMatchObject({ scenarios: 4, passed: 2 });
    expect(peer).toMatchObject({
      name: 'actual',
      version: '1.2.3',
      totals: { judged: 3, right: 1, bookfeedRight: 2 },
    });
    expect(peer.scenarios).toEqual([
      expect.objectContaining({ name: 'one', judged: true, right: true, lost: 0 }),
      expect.objectContaining({ name: 'two', right: false, duplicated: 2, undone: ['step 2'] }),
      expect.objectContaining({ name: 'three', right: false, misMerged: 1, userEditsLost: 1 }),
      { name: 'four', judged: false, reason: 'an undo' },
    ]);
  });
});
