import { parentPort } from 'node:worker_threads';
import { checkReading, type Outcome } from './check-reading.ts';
import { damageOf, type FuzzFormatName, fuzzCase } from './fuzz-formats.ts';
import { repeatedPieces, repeatPiece } from './repeated-pieces.ts';

/** What the thread is given, once for each format. */
export interface FuzzTask {
  /** Damaged files of a format; or what is repeated, each once. */
  readonly format: FuzzFormatName | 'repeated';
  readonly seed: number;
  readonly cases: number;
  /** One number: the index of the case that is being read. */
  readonly at: Int32Array;
}

/** What it gives back. */
export interface FuzzReport {
  readonly outcomes: Readonly<Record<Outcome, number>>;
  /** The first ten: index and what came of it. */
  readonly failures: readonly string[];
  /** Of the slowest case. */
  readonly slowestMs: number;
  readonly slowestIndex: number;
}

const suspiciousMs = 200;

parentPort?.on('message', (task: FuzzTask) => parentPort?.postMessage(fuzz(task)));

function fuzz({ format, seed, cases, at }: FuzzTask): FuzzReport {
  const fileOf = filesOf(format, seed);
  const outcomes = { read: 0, asked: 0, refused: 0 };
  const failures: string[] = [];
  let [slowestMs, slowestIndex] = [0, 0];
  for (let index = 0; index < cases && failures.length < 10; index++) {
    Atomics.store(at, 0, index);
    const file = fileOf(index);
    const from = performance.now();
    try {
      outcomes[checkReading(file)] += 1;
    } catch (error) {
      failures.push(`${index}: ${error instanceof Error ? error.stack : error}`);
      continue;
    }
    const ms = performance.now() - from;
    if (ms <= slowestMs) continue;
    const taken = ms > suspiciousMs ? coreMs(file) : ms;
    if (taken > slowestMs) [slowestMs, slowestIndex] = [taken, index];
  }
  return { outcomes, failures, slowestMs, slowestIndex };
}

function filesOf(format: FuzzTask['format'], seed: number): (index: number) => Buffer {
  if (format === 'repeated') {
    return (index) => repeatPiece(repeatedPieces[index] ?? { what: 'nothing', piece: ' ' });
  }
  const damage = damageOf(format);
  return (index) => fuzzCase(damage, seed, index);
}

/** Read once more: a busy machine gives its thread less time than has gone by. */
function coreMs(file: Uint8Array): number {
  const before = process.threadCpuUsage();
  checkReading(file);
  const { user, system } = process.threadCpuUsage(before);
  return (user + system) / 1000;
}
