import { performance } from 'node:perf_hooks';
import type { PostedRow } from '../../cloud/learner/book-row.ts';
import { createLearner } from '../../cloud/learner/create-learner.ts';
import { saveLearner } from '../../cloud/learner/save-learner.ts';
import { type History, HistoryError, readHistories } from './learner-histories.ts';

export interface LearnerBenchOptions {
  /** Folder of CSV files. */
  readonly data?: string | undefined;
  /** stream: learn each row before the next is suggested; month: a calendar month at a time. */
  readonly protocol?: string | undefined;
}

/** Figures of one file; shares from 0 to 1. */
export interface LearnerFigures {
  readonly file: string;
  readonly rows: number;
  readonly top1: number;
  readonly top3: number;
  /** Share of rows suggested with at least `sureFrom()` as it stood before the row was suggested. */
  readonly coverage95: number;
  readonly precision95: number;
  readonly first50: number;
  readonly first100: number;
  readonly first200: number;
  readonly calibrationError: number;
  readonly suggestUs: number;
  readonly updateUs: number;
  readonly stateBytes: number;
}

/** A tenth of the probabilities: how many, how sure on average, how many of them right. */
interface ReliabilityBin {
  rows: number;
  sure: number;
  right: number;
}

/** Best of other programs on the same rows: top-1 and coverage at 95 % with hindsight; and the first approach. In %. */
type Peers = Readonly<Record<string, readonly [number, number, number, number]>>;
const peers: Peers = {
  harrogate_uk: [77.0, 47, 78.1, 58],
  fr_treasury: [47.9, 28, 53.7, 31],
  beanexample_us: [98.5, 100, 98.7, 100],
  messy_de: [76.6, 69, 87.2, 84],
  messy_uk: [82.0, 61, 86.5, 86],
  messy_us: [83.4, 77, 87.2, 84],
};

const timedFrom = 5000;
const timedRows = 1000;

/** Replays histories as a user would have posted them, and prints what the learner would have suggested. */
export async function measureLearner(
  options: LearnerBenchOptions,
): Promise<{ files: readonly Omit<LearnerFigures, 'precision95'>[] }> {
  const { data, protocol = 'stream' } = options;
  if (!data) throw new HistoryError('learner needs --data DIR, a folder of CSV files');
  if (protocol !== 'stream' && protocol !== 'month') {
    throw new HistoryError(`--protocol is stream or month, not "${protocol}"`);
  }
  const histories = await readHistories(data);
  const scored = histories.map((history) => scoreHistory(history, protocol));
  // Others were measured row by row.
  printFigures(
    scored.map(({ figures }) => figures),
    protocol === 'stream' ? peers : {},
  );
  for (const { figures, bins } of scored) printReliability(figures.file, bins);
  return { files: scored.map(({ figures: { precision95: _, ...figures } }) => figures) };
}

function scoreHistory({ file, rows }: History, protocol: 'stream' | 'month') {
  const learner = createLearner();
  const bins = Array.from({ length: 10 }, (): ReliabilityBin => ({ rows: 0, sure: 0, right: 0 }));
  const right: boolean[] = [];
  let amongThree = 0;
  let covered = 0;
  let coveredRight = 0;
  for (const batch of batchesOf(rows, protocol)) {
    for (const { counterAccount, ...row } of batch) {
      const sureFrom = learner.sureFrom();
      const { candidates } = learner.suggest(row);
      const [first] = candidates;
      const isRight = first?.counterAccount === counterAccount;
      right.push(isRight);
      if (candidates.some((candidate) => candidate.counterAccount === counterAccount)) amongThree++;
      if (!first) continue;
      const bin = bins[Math.min(9, Math.floor(first.probability * 10))];
      if (bin) {
        bin.rows++;
        bin.sure += first.probability;
        if (isRight) bin.right++;
      }
      if (first.probability < sureFrom) continue;
      covered++;
      if (isRight) coveredRight++;
    }
    for (const row of batch) learner.learn(row);
  }
  const shareRight = (most: number) => {
    const counted = right.slice(0, most);
    return counted.filter(Boolean).length / counted.length;
  };
  let off = 0;
  for (const bin of bins) off += Math.abs(bin.sure - bin.right);
  const figures: LearnerFigures = {
    file,
    rows: rows.length,
    top1: shareRight(rows.length),
    top3: amongThree / rows.length,
    coverage95: covered / rows.length,
    precision95: covered > 0 ? coveredRight / covered : 1,
    first50: shareRight(50),
    first100: shareRight(100),
    first200: shareRight(200),
    calibrationError: off / rows.length,
    ...timeLearner(rows),
    stateBytes: saveLearner(learner).length,
  };
  return { figures, bins };
}

function batchesOf(rows: readonly PostedRow[], protocol: 'stream' | 'month') {
  if (protocol === 'stream') return rows.map((row) => [row]);
  const months: PostedRow[][] = [];
  for (const row of rows) {
    const month = months.at(-1);
    if (month?.[0]?.date.slice(0, 7) === row.date.slice(0, 7)) month.push(row);
    else months.push([row]);
  }
  return months;
}

/** Medians once 5,000 rows are learned; a shorter history is replayed until they are. */
function timeLearner(rows: readonly PostedRow[]): { suggestUs: number; updateUs: number } {
  const learner = createLearner();
  const suggestUs: number[] = [];
  const updateUs: number[] = [];
  for (let count = 0; count < timedFrom + timedRows; count++) {
    const row = rows[count % rows.length];
    if (!row) break;
    const start = performance.now();
    if (count >= timedFrom) {
      const { counterAccount: _, ...asked } = row;
      learner.suggest(asked);
    }
    const between = performance.now();
    learner.learn(row);
    if (count < timedFrom) continue;
    suggestUs.push((between - start) * 1000);
    updateUs.push((performance.now() - between) * 1000);
  }
  return { suggestUs: medianOf(suggestUs), updateUs: medianOf(updateUs) };
}

function medianOf(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return Math.round((sorted[sorted.length >> 1] ?? 0) * 10) / 10;
}

function printFigures(all: readonly LearnerFigures[], others: Peers): void {
  const titles =
    'rows top1 peer tried top3 cov95 prec peer tried f50 f100 f200 calErr sug.us upd.us bytes';
  print(
    `${'file'.padEnd(16)}${titles
      .split(' ')
      .map((title) => title.padStart(7))
      .join('')}`,
  );
  for (const figures of all) printLine(figures.file, figures, others[figures.file]);
  const mean = (figure: (figures: LearnerFigures) => number) =>
    all.reduce((sum, figures) => sum + figure(figures), 0) / all.length;
  printLine(
    'mean',
    {
      file: 'mean',
      rows: Math.round(mean(({ rows }) => rows)),
      top1: mean(({ top1 }) => top1),
      top3: mean(({ top3 }) => top3),
      coverage95: mean(({ coverage95 }) => coverage95),
      precision95: mean(({ precision95 }) => precision95),
      first50: mean(({ first50 }) => first50),
      first100: mean(({ first100 }) => first100),
      first200: mean(({ first200 }) => first200),
      calibrationError: mean(({ calibrationError }) => calibrationError),
      suggestUs: mean(({ suggestUs }) => suggestUs),
      updateUs: mean(({ updateUs }) => updateUs),
      stateBytes: Math.round(mean(({ stateBytes }) => stateBytes)),
    },
    meanOfPeers(all, others),
  );
}

function meanOfPeers(all: readonly LearnerFigures[], others: Peers): readonly number[] | undefined {
  const known = all.map(({ file }) => others[file]).filter((figures) => figures !== undefined);
  if (known.length < all.length) return undefined;
  return [0, 1, 2, 3].map((at) => {
    const mean = known.reduce((sum, figures) => sum + (figures[at] ?? 0), 0) / known.length;
    return Math.round(mean * 10) / 10;
  });
}

function printLine(
  name: string,
  figures: LearnerFigures,
  [top1, coverage, triedTop1, triedCoverage]: readonly number[] = [],
): void {
  const percent = (share: number) => (100 * share).toFixed(1);
  const known = (figure: number | undefined) => (figure === undefined ? '-' : String(figure));
  const cells = [
    String(figures.rows),
    percent(figures.top1),
    known(top1),
    known(triedTop1),
    percent(figures.top3),
    percent(figures.coverage95),
    percent(figures.precision95),
    known(coverage),
    known(triedCoverage),
    percent(figures.first50),
    percent(figures.first100),
    percent(figures.first200),
    figures.calibrationError.toFixed(4),
    figures.suggestUs.toFixed(0),
    figures.updateUs.toFixed(0),
    String(figures.stateBytes),
  ];
  print(`${name.padEnd(16)}${cells.map((cell) => cell.padStart(7)).join('')}`);
}

function printReliability(file: string, bins: readonly ReliabilityBin[]): void {
  print(`\n${file}: of suggestions this sure, so many were right`);
  for (const [at, { rows, sure, right }] of bins.entries()) {
    const range = `${at * 10} to ${at * 10 + 10} %`.padEnd(14);
    const found = rows
      ? `sure ${((100 * sure) / rows).toFixed(1)} %, right ${((100 * right) / rows).toFixed(1)} %`
      : '';
    print(`  ${range}${String(rows).padStart(6)} rows  ${found}`);
  }
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
