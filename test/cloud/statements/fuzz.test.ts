import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { afterAll, describe, expect, test } from '@jest/globals';
import { fuzzFormatNames } from './fuzz-formats.ts';
import type { FuzzReport, FuzzTask } from './fuzz-worker.ts';
import { repeatedPieces } from './repeated-pieces.ts';

const seed = 20261121;
const casesOfFormat = 10_000;
const caseMsMax = 2000;
/** As long a case may stand: a busy machine gives its thread less. */
const stoppedAfterMs = 10_000;
const heapMegabytesMax = 200;
/** Beside the heap: what is unpacked, and what the test itself has. */
const memoryBytesMax = 400_000_000;

const script = fileURLToPath(new URL('fuzz-worker.ts', import.meta.url));

/** One for all formats: each would compile all readers again. One that was stopped is followed by another. */
let thread: Worker | undefined;
const openThread = () =>
  new Worker(script, { resourceLimits: { maxOldGenerationSizeMb: heapMegabytesMax } });
afterAll(() => thread?.terminate());

/** Reads all cases in the thread, which is stopped where one of them takes too long or too much. */
function fuzz(format: FuzzTask['format'], cases: number): Promise<FuzzReport> {
  const at = new Int32Array(new SharedArrayBuffer(4));
  const task: FuzzTask = { format, seed, cases, at };
  thread ??= openThread();
  const worker = thread;
  const start = process.memoryUsage.rss();
  let [seen, since] = [-1, performance.now()];
  return new Promise((resolve, reject) => {
    const where = () => `format ${format}, seed ${seed}, index ${at[0]}`;
    const stop = (why: string) => {
      clearInterval(watch);
      thread = undefined;
      worker.terminate();
      reject(new Error(`${why}: ${where()}`));
    };
    const watch = setInterval(() => {
      const now = performance.now();
      if (at[0] !== seen) [seen, since] = [at[0] ?? 0, now];
      if (now - since > stoppedAfterMs) stop(`no end after ${stoppedAfterMs} ms`);
      if (process.memoryUsage.rss() - start > memoryBytesMax) stop('too much memory');
    }, 100);
    worker.removeAllListeners();
    worker.on('message', (report: FuzzReport) => {
      clearInterval(watch);
      resolve(report);
    });
    worker.on('error', (error) => stop(String(error)));
    worker.postMessage(task);
  });
}

describe('ten thousand damaged files', () => {
  test.each(fuzzFormatNames)(
    'of %s are read, asked about or refused, each soon',
    async (format) => {
      const { outcomes, failures, slowestMs } = await fuzz(format, casesOfFormat);
      expect(failures).toEqual([]);
      expect(slowestMs).toBeLessThan(caseMsMax);
      const { read, asked, refused } = outcomes;
      expect(read + asked + refused).toBe(casesOfFormat);
      expect(Math.min(read, refused)).toBeGreaterThan(casesOfFormat / 50);
    },
    120_000,
  );
});

test('half a megabyte of one thing takes no longer than two seconds', async () => {
  const { failures, slowestMs, slowestIndex } = await fuzz('repeated', repeatedPieces.length);
  expect(failures).toEqual([]);
  const { what } = repeatedPieces[slowestIndex] ?? {};
  expect({ what, isSoon: slowestMs < caseMsMax }).toEqual({ what, isSoon: true });
}, 120_000);
