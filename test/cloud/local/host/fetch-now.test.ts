import { once } from 'node:events';
import { createServer } from 'node:net';
import { MessageChannel } from 'node:worker_threads';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import {
  answerFetchNow,
  createFetchNow,
} from '../../../../cloud/local/host/apps-script/fetch-now.ts';

/** Would keep each connection. */
let connections = 0;
const server = createServer((socket) => {
  connections += 1;
  socket.on('error', () => {});
  socket.on('data', () => {
    socket.write('HTTP/1.1 200 OK\r\nConnection: keep-alive\r\nContent-Length: 3\r\n\r\n€');
  });
});
let url = '';

beforeAll(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as { port: number }).port}/`;
});
afterAll(() => void server.close());

test('each request has a connection of its own, which no server closes before it comes', async () => {
  const { port1, port2 } = new MessageChannel();
  answerFetchNow(port1, new Int32Array(new SharedArrayBuffer(4)));
  const replies: unknown[] = [];
  for (let asked = 0; asked < 3; asked++) {
    port2.postMessage({ url, method: 'POST', headers: {}, body: 'é' });
    const [reply] = await once(port2, 'message');
    replies.push(reply);
  }
  expect(new Set(replies.map((reply) => JSON.stringify(reply)))).toEqual(
    new Set([JSON.stringify({ ok: true, status: 200, text: '€' })]),
  );
  expect(connections).toBe(3);
  port1.close();
});

test('who is woken before there is an answer waits on', () => {
  const { port1, port2 } = new MessageChannel();
  const wake = new Int32Array(new SharedArrayBuffer(4));
  let waits = 0;
  const { wait } = Atomics;
  // The first wake is that of the request before.
  Atomics.wait = ((...args: Parameters<typeof wait>) => {
    waits += 1;
    if (waits === 1) return 'ok';
    port1.postMessage({ ok: true, status: 200, text: 'late' });
    Atomics.store(wake, 0, 1);
    return wait(...args);
  }) as typeof wait;
  try {
    const fetchNow = createFetchNow(port2, wake);
    expect(fetchNow({ url, method: 'GET', headers: {} }).text).toBe('late');
    expect(waits).toBe(2);
  } finally {
    Atomics.wait = wait;
    port1.close();
  }
});
