import { type FindingKind, findingKinds, type ScenarioScore, sumScores } from './score.ts';

const titles: Readonly<Record<FindingKind, string>> = {
  lost: 'lost',
  duplicated: 'doubled',
  misMerged: 'mixed up',
  userEditsLost: 'edits lost',
  wrongOutcomes: 'outcomes',
};

/** What people read: a line per scenario, the totals, and a line for each finding. */
export function describeScores(scores: readonly ScenarioScore[]): string {
  const width = Math.max(8, ...scores.map(({ name }) => name.length));
  const totals = sumScores(scores);
  const line = (name: string, verdict: string, counts: Readonly<Record<FindingKind, number>>) =>
    [
      name.padEnd(width),
      verdict.padEnd(8),
      ...findingKinds.map((kind) => String(counts[kind]).padStart(titles[kind].length)),
    ].join('  ');
  const header = [
    'scenario'.padEnd(width),
    ''.padEnd(8),
    ...findingKinds.map((kind) => titles[kind]),
  ].join('  ');
  const findings = scores.flatMap(({ name, notes }) => notes.map((note) => `${name}: ${note}`));
  return [
    header,
    ...scores.map((score) => line(score.name, score.passed ? 'passed' : 'FAILED', score)),
    line('total', `${totals.passed} of ${totals.scenarios}`, totals),
    ...(findings.length > 0 ? ['', ...findings] : []),
    '',
  ].join('\n');
}

/** What programs read. */
export function scoresAsJson(scores: readonly ScenarioScore[]): string {
  return `${JSON.stringify({ scenarios: scores, totals: sumScores(scores) }, null, 2)}\n`;
}
