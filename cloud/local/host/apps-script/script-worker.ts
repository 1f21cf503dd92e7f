import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Script } from 'node:vm';
import { type MessagePort, parentPort, threadId, workerData } from 'node:worker_threads';
import { createFetchNow } from './fetch-now.ts';
import { runScript } from './script-context.ts';
import type { ScriptCall, ScriptSettings } from './script-messages.ts';

/** What a worker is given when it starts. */
export interface ScriptWorkerStart {
  readonly settings: ScriptSettings;
  readonly port: MessagePort;
  readonly wake: SharedArrayBuffer;
  /** Shared by all workers: who holds the document's lock. */
  readonly lock: SharedArrayBuffer;
}

const { settings, port, wake, lock } = workerData as ScriptWorkerStart;
const file = join(settings.addonDir, 'code.js');
const bundle = new Script(readFileSync(file, 'utf8'), { filename: file });
const fetchNow = createFetchNow(port, new Int32Array(wake));
const documentLock = { cell: new Int32Array(lock), holder: threadId };

parentPort?.on('message', (call: ScriptCall) => {
  parentPort?.postMessage(runScript(bundle, call, settings, fetchNow, documentLock));
});
