import { MessageChannel, Worker } from 'node:worker_threads';
import { answerFetchNow } from './fetch-now.ts';
import { releaseLock } from './lock-service.ts';
import type { ScriptAnswer, ScriptCall, ScriptSettings } from './script-messages.ts';
import type { ScriptWorkerStart } from './script-worker.ts';

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

/**
 * Runs functions of the add-on's bundle in worker threads, because a call of Apps Script blocks while it waits. A
 * worker runs one call at a time and is kept for the next.
 */
export function createScriptCalls(settings: ScriptSettings): ScriptCalls {
  const idle: Worker[] = [];
  const busy = new Set<Worker>();
  const waiting: (() => void)[] = [];
  const lock = new SharedArrayBuffer(4);

  async function takeWorker(): Promise<Worker> {
    while (idle.length === 0 && busy.size >= workersMax) {
      await new Promise<void>((resolve) => waiting.push(resolve));
    }
    const worker = idle.pop() ?? startWorker(settings, lock);
    busy.add(worker);
    return worker;
  }

  function release(worker: Worker, isAlive: boolean): void {
    busy.delete(worker);
    if (isAlive) idle.push(worker);
    waiting.shift()?.();
  }

  return {
    run: async (call) => {
      const worker = await takeWorker();
      const { answer, isAlive } = await callWorker(worker, call);
      release(worker, isAlive);
      return answer;
    },
    close: async () => {
      await Promise.all([...idle, ...busy].map((worker) => worker.terminate()));
    },
  };
}

/** A worker that took too long, failed to start or was closed is no longer alive. */
function callWorker(
  worker: Worker,
  call: ScriptCall,
): Promise<{ readonly answer: ScriptAnswer; readonly isAlive: boolean }> {
  return new Promise((resolve) => {
    let message = 'The call was ended before it was done.';
    const timer = setTimeout(() => void worker.terminate(), callMaxMs);
    const onError = (error: Error) => {
      message = error.message;
    };
    const onMessage = (answer: ScriptAnswer) => settle(answer, true);
    const onExit = () => settle({ ok: false, message, effects: [] }, false);
    const settle = (answer: ScriptAnswer, isAlive: boolean) => {
      clearTimeout(timer);
      worker.off('error', onError).off('message', onMessage).off('exit', onExit);
      resolve({ answer, isAlive });
    };
    worker.on('error', onError).on('message', onMessage).on('exit', onExit);
    worker.postMessage(call);
  });
}

function startWorker(settings: ScriptSettings, lock: SharedArrayBuffer): Worker {
  const { port1, port2 } = new MessageChannel();
  const wake = new SharedArrayBuffer(4);
  answerFetchNow(port1, new Int32Array(wake));
  const start: ScriptWorkerStart = { settings, port: port2, wake, lock };
  const worker = new Worker(new URL('./script-worker.ts', import.meta.url), {
    workerData: start,
    transferList: [port2],
  });
  const { threadId: holder } = worker;
  worker.once('exit', () => {
    port1.close();
    releaseLock({ cell: new Int32Array(lock), holder });
  });
  return worker;
}
