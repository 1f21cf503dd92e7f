import { parentPort, workerData } from 'node:worker_threads';
import { checkReading, type Outcome } from './check-reading.ts';
import { damageOf, type FuzzFormatName, fuzzCase } from './fuzz-formats.ts';

/** What the thread is given. */
export interface FuzzTask {
  readonly format: FuzzFormatName;
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
}

const suspiciousMs = 200;

const { format, seed, cases, at } = workerData as FuzzTask;
const damage = damageOf(format);
const outcomes = { read: 0, asked: 0, refused: 0 };
const failures: string[] = [];
let slowestMs = 0;
for (let index = 0; index < cases && failures.length < 10; index++) {
  Atomics.store(at, 0, index);
  const file = fuzzCase(damage, seed, index);
  const from = performance.now();
  try {
    outcomes[checkReading(file)] += 1;
  } catch (error) {
    failures.push(`${index}: ${error instanceof Error ? error.stack : error}`);
    continue;
  }
  const ms = performance.now() - from;
  if (ms > slowestMs) slowestMs = ms > suspiciousMs ? Math.max(slowestMs, coreMs(file)) : ms;
}
const report: FuzzReport = { outcomes, failures, slowestMs };
parentPort?.postMessage(report);

/** Read once more: a busy machine gives its thread less time than has gone by. */
function coreMs(file: Uint8Array): number {
  const before = process.threadCpuUsage();
  checkReading(file);
  const { user, system } = process.threadCpuUsage(before);
  return (user + system) / 1000;
}
