import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What becomes of an answer on its way. */
export type Fault =
  | 'silent'
  | 'slow'
  | 'cut-off'
  | 'truncated'
  | 'empty'
  | 'html'
  | 'wrong-types'
  | 'unknown-fields'
  | 'bad-gateway'
  | 'limited-without-time'
  | 'limited-until';

/** A server between a connector and its provider, which spoils answers on their way. */
export interface FaultProxy {
  /** In the place of the provider's address. */
  readonly url: string;
  /** Spoils the next answer to a request of which `isMeant` is true. */
  next(fault: Fault, isMeant: (request: ProxiedRequest) => boolean): void;
  /** How many answers were spoiled. */
  spoiled(): number;
  stop(): Promise<void>;
}

export interface ProxiedRequest {
  readonly method: string;
  /** With the query. */
  readonly path: string;
  readonly body: string;
}

/** `until` is when a limited provider says that it answers again. */
export async function startFaultProxy(target: string, until: Date): Promise<FaultProxy> {
  const waiting: { fault: Fault; isMeant: (request: ProxiedRequest) => boolean }[] = [];
  let count = 0;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { method = 'GET', url: path = '/' } = request;
    const asked = { method, path, body: Buffer.concat(chunks).toString('latin1') };
    const at = waiting.findIndex(({ isMeant }) => isMeant(asked));
    const [spoil] = at < 0 ? [] : waiting.splice(at, 1);
    if (spoil) count += 1;
    if (spoil?.fault === 'silent') return;
    if (spoil && isOwn(spoil.fault)) {
      answerInstead(spoil.fault, response, until);
      return;
    }
    const { host: _, connection: __, 'content-length': ___, ...headers } = request.headers;
    const sent = chunks.length > 0 && { body: Buffer.concat(chunks) };
    const told = await fetch(new URL(path, target), {
      method,
      headers: headers as Record<string, string>,
      redirect: 'manual',
      ...sent,
    });
    const body = Buffer.from(await told.arrayBuffer());
    const kept = [...told.headers].filter(
      ([name]) => !/^(content-length|content-encoding|transfer-encoding|connection)$/.test(name),
    );
    const spoiled = spoil ? spoilBody(spoil.fault, body) : body;
    const length = spoil?.fault === 'cut-off' ? body.length : spoiled.length;
    response.writeHead(told.status, [...kept.flat(), 'Content-Length', String(length)]);
    if (spoil?.fault === 'slow') {
      response.write(spoiled.subarray(0, spoiled.length >> 1));
      return;
    }
    if (spoil?.fault !== 'cut-off') {
      response.end(spoiled);
      return;
    }
    response.write(spoiled.subarray(0, spoiled.length >> 1), () => response.destroy());
  }

  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    next: (fault, isMeant) => waiting.push({ fault, isMeant }),
    spoiled: () => count,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function isOwn(fault: Fault): boolean {
  return /^(html|bad-gateway|limited-.*)$/.test(fault);
}

function answerInstead(fault: Fault, response: ServerResponse, until: Date): void {
  const limited = fault.startsWith('limited');
  const status = limited ? 429 : fault === 'html' ? 200 : 502;
  response.writeHead(status, {
    'Content-Type': 'text/html',
    ...(fault === 'limited-until' && { 'Retry-After': until.toUTCString() }),
  });
  response.end('<h1>Dear Erika Muster, we are working on our systems</h1>');
}

function spoilBody(fault: Fault, body: Buffer): Buffer {
  if (fault === 'empty') return Buffer.alloc(0);
  if (fault === 'truncated') return body.subarray(0, body.length - Math.ceil(body.length / 3));
  if (fault !== 'wrong-types' && fault !== 'unknown-fields') return body;
  const change = fault === 'wrong-types' ? withWrongTypes : withUnknownFields;
  return Buffer.from(JSON.stringify(change(JSON.parse(body.toString('utf8')))));
}

/** Every text an object, every list a text. */
function withWrongTypes(value: unknown): unknown {
  if (typeof value === 'string') return { was: value.length };
  if (Array.isArray(value)) return 'a list';
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, withWrongTypes(one)]));
}

/** Every object with a field that nobody has heard of. */
function withUnknownFields(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withUnknownFields);
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).map(([key, one]) => [key, withUnknownFields(one)]);
  return Object.fromEntries([...kept, ['zzNewField', { since: '2026', list: [1, null] }]]);
}
