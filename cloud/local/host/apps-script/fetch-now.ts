import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { text } from 'node:stream/consumers';
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
  return (asked) => {
    Atomics.store(wake, 0, 0);
    port.postMessage(asked);
    // Who was slow to fall asleep may have had the last answer already, and is woken for it once more.
    while (Atomics.load(wake, 0) === 0) Atomics.wait(wake, 0, 0);
    const reply = receiveMessageOnPort(port)?.message as HttpReply | undefined;
    if (!reply?.ok) throw new Error(`Address unavailable: ${new URL(asked.url).origin}`);
    return reply;
  };
}

/** The main thread's end: makes each request that comes in on `port` and wakes the worker. */
export function answerFetchNow(port: MessagePort, wake: Int32Array<SharedArrayBuffer>): void {
  port.on('message', async (asked: HttpRequest) => {
    port.postMessage(await makeRequest(asked));
    Atomics.store(wake, 0, 1);
    Atomics.notify(wake, 0);
  });
}

/**
 * Over a connection of its own, as in Apps Script: one that is kept may be closed by the server while a request sets out on
 * it, and this one alone would be lost.
 */
async function makeRequest({ url, method, headers, body = '' }: HttpRequest): Promise<HttpReply> {
  const length = body === '' ? {} : { 'content-length': Buffer.byteLength(body) };
  const signal = AbortSignal.timeout(timeoutMs);
  try {
    const sent = request(url, { method, headers: { ...headers, ...length }, agent: false, signal });
    sent.end(body);
    const [response] = (await once(sent, 'response')) as [IncomingMessage];
    return { ok: true, status: response.statusCode ?? 0, text: await text(response) };
  } catch {
    // No answer of any kind: the worker throws Apps Script's own words for it.
    return { ok: false };
  }
}
