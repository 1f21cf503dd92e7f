import { MessageChannel, Worker } from 'node:worker_threads';
import { answerFetchNow } from './fetch-now.ts';
import { releaseLock } from './lock-service.ts';
import type { ScriptAnswer, ScriptCall, ScriptSettings } from './script-messages.ts';
import type { ScriptWork, ScriptWorkerStart } from './script-worker.ts';

export interface ScriptCalls {
  /** Never throws for what the script does: that is an answer with `ok: false`. */
  run(call: ScriptCall): Promise<ScriptAnswer>;
  /** Ends running calls too; they are answered with `ok: false`. */
  close(): Promise<void>;
}

/** Apps Script runs so many calls of one user at once; more wait. */
const workersMax = 10;
/** Apps Script ends a call after six minutes. */
const callMaxMs = 360_000;

/** Worker threads of one add-on, for any spreadsheet: each runs one call at a time and is kept for the next. */
export interface ScriptWorkers {
  take(): Worker;
  giveBack(worker: Worker): void;
  /** Ends those that run nothing. */
  close(): Promise<void>;
}

export function createScriptWorkers(addonDir: string): ScriptWorkers {
  const idle: Worker[] = [];
  return {
    take: () => idle.pop() ?? startWorker(addonDir),
    giveBack: (worker) => void idle.push(worker),
    close: async () => {
      await Promise.all(idle.splice(0).map((worker) => worker.terminate()));
    },
  };
}

/**
 * Runs functions of the add-on's bundle in worker threads, because a call of Apps Script blocks while it waits. They are
 * its own unless `shared` are given, which stay when these calls are closed.
 */
export function createScriptCalls(settings: ScriptSettings, shared?: ScriptWorkers): ScriptCalls {
  const workers = shared ?? createScriptWorkers(settings.addonDir);
  const busy = new Set<Worker>();
  const waiting: (() => void)[] = [];
  const lock = new SharedArrayBuffer(4);

  async function takeWorker(): Promise<Worker> {
    while (busy.size >= workersMax) {
      await new Promise<void>((resolve) => waiting.push(resolve));
    }
    const worker = workers.take();
    busy.add(worker);
    return worker;
  }

  function release(worker: Worker, isAlive: boolean): void {
    busy.delete(worker);
    if (isAlive) workers.giveBack(worker);
    waiting.shift()?.();
  }

  return {
    run: async (call) => {
      const worker = await takeWorker();
      const { answer, isAlive } = await callWorker(worker, { call, settings, lock });
      release(worker, isAlive);
      return answer;
    },
    close: async () => {
      await Promise.all([...busy].map((worker) => worker.terminate()));
      if (!shared) await workers.close();
    },
  };
}

/** A worker that took too long, failed to start or was closed is no longer alive. */
function callWorker(
  worker: Worker,
  work: ScriptWork,
): Promise<{ readonly answer: ScriptAnswer; readonly isAlive: boolean }> {
  return new Promise((resolve) => {
    const { threadId: holder } = worker;
    let message = 'The call was ended before it was done.';
    const timer = setTimeout(() => void worker.terminate(), callMaxMs);
    const onError = (error: Error) => {
      message = error.message;
    };
    const onMessage = (answer: ScriptAnswer) => settle(answer, true);
    const onExit = () => {
      releaseLock({ cell: new Int32Array(work.lock), holder });
      settle({ ok: false, message, effects: [] }, false);
    };
    const settle = (answer: ScriptAnswer, isAlive: boolean) => {
      clearTimeout(timer);
      worker.off('error', onError).off('message', onMessage).off('exit', onExit);
      resolve({ answer, isAlive });
    };
    worker.on('error', onError).on('message', onMessage).on('exit', onExit);
    worker.postMessage(work);
  });
}

function startWorker(addonDir: string): Worker {
  const { port1, port2 } = new MessageChannel();
  const wake = new SharedArrayBuffer(4);
  answerFetchNow(port1, new Int32Array(wake));
  const start: ScriptWorkerStart = { addonDir, port: port2, wake };
  const worker = new Worker(new URL('./script-worker.ts', import.meta.url), {
    workerData: start,
    transferList: [port2],
  });
  worker.once('exit', () => port1.close());
  return worker;
}
