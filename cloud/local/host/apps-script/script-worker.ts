import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Script } from 'node:vm';
import { type MessagePort, parentPort, threadId, workerData } from 'node:worker_threads';
import { createFetchNow } from './fetch-now.ts';
import { runScript } from './script-context.ts';
import type { ScriptCall, ScriptSettings } from './script-messages.ts';

/** What a worker is given when it starts. */
export interface ScriptWorkerStart {
  /** Folder of code.js. */
  readonly addonDir: string;
  readonly port: MessagePort;
  readonly wake: SharedArrayBuffer;
}

/** A call, and for whom it is made. */
export interface ScriptWork {
  readonly call: ScriptCall;
  readonly settings: ScriptSettings;
  /** Shared by all calls of one spreadsheet: who holds the document's lock. */
  readonly lock: SharedArrayBuffer;
}

const { addonDir, port, wake } = workerData as ScriptWorkerStart;
const file = join(addonDir, 'code.js');
const bundle = new Script(readFileSync(file, 'utf8'), { filename: file });
const fetchNow = createFetchNow(port, new Int32Array(wake));

parentPort?.on('message', ({ call, settings, lock }: ScriptWork) => {
  const documentLock = { cell: new Int32Array(lock), holder: threadId };
  parentPort?.postMessage(runScript(bundle, call, settings, fetchNow, documentLock));
});
