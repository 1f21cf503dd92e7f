/** What is wrong with a scenario's end; it has passed when there is nothing. */
export interface ScenarioScore {
  readonly name: string;
  readonly passed: boolean;
  readonly lost: number;
  readonly duplicated: number;
  readonly misMerged: number;
  readonly userEditsLost: number;
  readonly wrongOutcomes: number;
  /** A line for each finding, its kind before it. */
  readonly notes: readonly string[];
}

export const findingKinds = [
  'lost',
  'duplicated',
  'misMerged',
  'userEditsLost',
  'wrongOutcomes',
] as const;
export type FindingKind = (typeof findingKinds)[number];

export interface Finding {
  readonly kind: FindingKind;
  readonly text: string;
}

/** All that was found in one scenario. */
export function scoreScenario(name: string, found: readonly Finding[]): ScenarioScore {
  const count = (kind: FindingKind) => found.filter((it) => it.kind === kind).length;
  return {
    name,
    passed: found.length === 0,
    lost: count('lost'),
    duplicated: count('duplicated'),
    misMerged: count('misMerged'),
    userEditsLost: count('userEditsLost'),
    wrongOutcomes: count('wrongOutcomes'),
    notes: found.map(({ kind, text }) => `${kind}: ${text}`),
  };
}

export interface Totals extends Readonly<Record<FindingKind, number>> {
  readonly scenarios: number;
  readonly passed: number;
}

export function sumScores(scores: readonly ScenarioScore[]): Totals {
  const sum = (kind: FindingKind) => scores.reduce((total, score) => total + score[kind], 0);
  return {
    scenarios: scores.length,
    passed: scores.filter(({ passed }) => passed).length,
    lost: sum('lost'),
    duplicated: sum('duplicated'),
    misMerged: sum('misMerged'),
    userEditsLost: sum('userEditsLost'),
    wrongOutcomes: sum('wrongOutcomes'),
  };
}
