import type { NewRule } from './rule.ts';
import type { FoldedRow } from './rules.ts';
import { findWordRuns, type WordRun } from './word-runs.ts';

/** So long a text may be that a rule has. */
const textMax = 200;

/** Rows by what they have in common, before it is known what was done with them. */
export interface Group {
  readonly conditions: Pick<NewRule, 'text' | 'counterparty'>;
  readonly rows: readonly number[];
  /** Of several groups of the same rows the one that reads best, compared part by part. */
  readonly rank: readonly number[];
  readonly isName: boolean;
  readonly payees: number;
}

/** Groups of at least `rowsMin` rows, no two of the same rows. `labels`: their counter-accounts. */
export function groupRows(
  folded: readonly FoldedRow[],
  labels: readonly string[],
  rowsMin: number,
): readonly Group[] {
  const texts = folded.map(({ text }) => text.trim());
  const { runs, beginsTelling } = findWordRuns(texts, labels, rowsMin);
  const byCounterparty = Map.groupBy(folded.keys(), (at) => folded[at]?.counterparty.trim() ?? '');
  const parties = [...byCounterparty].flatMap(([counterparty, at]): Group[] => {
    if (at.length < rowsMin || counterparty.length > textMax) return [];
    if (!/\p{L}/u.test(counterparty)) return [];
    const isName = beginsTelling(counterparty) && !/\p{N}{3}/u.test(counterparty);
    const rank = [isName ? 4 : 0];
    return [{ conditions: { counterparty }, rows: at, rank, isName: true, payees: 1 }];
  });
  return mergeGroups([...parties, ...runs.flatMap((run) => groupOfRun(folded, run) ?? [])]);
}

/** One group of those that have the same rows: the one that reads best, a name if one of them is. */
function mergeGroups(groups: readonly Group[]): readonly Group[] {
  const merged = new Map<string, Group>();
  for (const group of groups) {
    const key = keyOfRows(group.rows);
    const other = merged.get(key);
    if (!other) {
      merged.set(key, group);
      continue;
    }
    const best = compareRanks(other.rank, group.rank) <= 0 ? other : group;
    merged.set(key, { ...best, isName: group.isName || other.isName });
  }
  return [...merged.values()];
}

function keyOfRows(rows: readonly number[]): string {
  let hash = 0;
  let sum = 0;
  for (const row of rows) {
    hash = (Math.imul(hash, 31) + row) | 0;
    sum += row * row;
  }
  return `${rows.length} ${rows[0]} ${rows.at(-1)} ${sum} ${hash}`;
}

/** The higher first; what one lacks is 0. */
export function compareRanks(a: readonly number[], b: readonly number[]): number {
  const differing = a.findIndex((part, at) => part !== (b[at] ?? 0));
  return differing < 0 ? 0 : (b[differing] ?? 0) - (a[differing] ?? 0);
}

/** Short words stand in others, too: they are a counterparty's first one, or nothing to go by. */
function groupOfRun(folded: readonly FoldedRow[], run: WordRun): Group | null {
  const { text, wordCount, rows, heads, payees, telling } = run;
  const isLong = text.replace(/[^\p{L}]/gu, '').length >= lettersMin(text);
  if (text.length > textMax) return null;
  if (!isLong && !rows.every((row) => folded[row]?.counterparty.startsWith(` ${text} `)))
    return null;
  const isName = heads >= rows.length * 0.8;
  const kind = telling <= 0 ? 0 : !isLong ? 1 : isName ? 3 : 2;
  return {
    conditions: isLong ? { text } : { counterparty: `${text} *` },
    rows,
    rank: [kind, telling, -wordCount, text.length],
    isName,
    payees,
  };
}

/** Of a script that writes a word with two signs, two are enough. */
const lettersMin = (text: string) => (/[\u2e80-\u9fff\uac00-\ud7af]/.test(text) ? 2 : 4);
