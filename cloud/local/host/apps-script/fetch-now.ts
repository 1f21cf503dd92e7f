import { type MessagePort, receiveMessageOnPort } from 'node:worker_threads';
import type { HttpReply, HttpRequest } from './script-messages.ts';

/** Makes a request and waits for its answer without returning, as every call in Apps Script does. */
export type FetchNow = (request: HttpRequest) => Extract<HttpReply, { ok: true }>;

/** Apps Script gives up on an address after a minute. */
const timeoutMs = 60_000;

/**
 * The worker's end: sleeps on `wake` until the main thread has answered on `port`.
 * @throws Error with Apps Script's words when the address does not answer.
 */
export function createFetchNow(port: MessagePort, wake: Int32Array<SharedArrayBuffer>): FetchNow {
  return (request) => {
    Atomics.store(wake, 0, 0);
    port.postMessage(request);
    Atomics.wait(wake, 0, 0);
    const reply = receiveMessageOnPort(port)?.message as HttpReply | undefined;
    if (!reply?.ok) throw new Error(`Address unavailable: ${new URL(request.url).origin}`);
    return reply;
  };
}

/** The main thread's end: makes each request that comes in on `port` and wakes the worker. */
export function answerFetchNow(port: MessagePort, wake: Int32Array<SharedArrayBuffer>): void {
  port.on('message', async (request: HttpRequest) => {
    port.postMessage(await makeRequest(request));
    Atomics.store(wake, 0, 1);
    Atomics.notify(wake, 0);
  });
}

async function makeRequest({ url, method, headers, body }: HttpRequest): Promise<HttpReply> {
  try {
    const response = await fetch(url, {
      method,
      headers,
      signal: AbortSignal.timeout(timeoutMs),
      ...(body === undefined ? {} : { body }),
    });
    return { ok: true, status: response.status, text: await response.text() };
  } catch {
    // No answer of any kind: the worker throws Apps Script's own words for it.
    return { ok: false };
  }
}
