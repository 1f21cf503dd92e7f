import { parentPort, workerData } from 'node:worker_threads';
import { checkReading, type Outcome } from './check-reading.ts';
import { type FuzzFormatName, fuzzCase, fuzzFormat } from './fuzz-formats.ts';

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
  /** Time of a core that the slowest case took. */
  readonly slowestMs: number;
}

const { format, seed, cases, at } = workerData as FuzzTask;
const files = fuzzFormat(format);
const outcomes = { read: 0, asked: 0, refused: 0 };
const failures: string[] = [];
let slowestMs = 0;
for (let index = 0; index < cases && failures.length < 10; index++) {
  Atomics.store(at, 0, index);
  const file = fuzzCase(files, seed, index);
  const from = cpuMs();
  try {
    outcomes[checkReading(file)] += 1;
  } catch (error) {
    failures.push(`${index}: ${error instanceof Error ? error.stack : error}`);
  }
  slowestMs = Math.max(slowestMs, cpuMs() - from);
}
const report: FuzzReport = { outcomes, failures, slowestMs };
parentPort?.postMessage(report);

/** Of this thread: what else runs on the machine does not count. */
function cpuMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}
