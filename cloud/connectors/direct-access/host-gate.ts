import {
  createServer,
  type IncomingMessage,
  request as requestHttp,
  type ServerResponse,
} from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import type { Duplex } from 'node:stream';

/** What a visit may take in from a bank, all its pages together. */
const bytesMax = 200_000_000;

/** The one way out for the browser of a visit, to be given to it as its proxy. */
export interface HostGate {
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Lets through what goes to `hosts` (as `bank.example.org:443`) and ends every other connection. A browser's own
 * interception sees neither the hops of a redirect nor sockets; whatever a page does must pass here.
 */
export async function openHostGate(hosts: ReadonlySet<string>): Promise<HostGate> {
  const tunnels = new Set<Duplex>();
  let bytes = 0;
  const count = (chunk: Buffer) => {
    bytes += chunk.byteLength;
    if (bytes > bytesMax) closeAll();
  };
  const server = createServer((request, response) => forward(request, response, hosts, count));
  server.on('connect', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const [, host = '', port = ''] = /^\[?(.*?)\]?:(\d+)$/.exec(request.url ?? '') ?? [];
    if (!hosts.has(request.url ?? '')) {
      socket.destroy();
      return;
    }
    const onward = connect(Number(port), host, () => {
      socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
      onward.write(head);
      socket.pipe(onward).pipe(socket);
    });
    onward.on('data', count);
    for (const [one, other] of [
      [socket, onward],
      [onward, socket],
    ] as const) {
      tunnels.add(one);
      one.on('error', () => other.destroy());
      one.on('close', () => {
        tunnels.delete(one);
        other.destroy();
      });
    }
  });

  function closeAll(): void {
    for (const tunnel of tunnels) tunnel.destroy();
    server.closeAllConnections();
  }

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        closeAll();
      }),
  };
}

/** A request in the clear, as a bank on this very machine takes it. */
function forward(
  request: IncomingMessage,
  response: ServerResponse,
  hosts: ReadonlySet<string>,
  count: (chunk: Buffer) => void,
): void {
  const url = URL.parse(request.url ?? '');
  if (url?.protocol !== 'http:' || !hosts.has(hostOf(url))) {
    response.destroy();
    return;
  }
  const { 'proxy-connection': _, ...headers } = request.headers;
  const onward = requestHttp(
    url,
    { method: request.method ?? 'GET', headers, agent: false },
    (answer) => {
      const { connection, 'keep-alive': __, 'transfer-encoding': ___, ...kept } = answer.headers;
      response.writeHead(answer.statusCode ?? 502, kept);
      answer.on('data', count);
      answer.on('error', () => response.destroy());
      answer.pipe(response);
    },
  );
  onward.on('error', () => response.destroy());
  response.on('close', () => onward.destroy());
  request.pipe(onward);
}

/** Host and port of an address, the port always named. */
export function hostOf({ hostname, port, protocol }: URL): string {
  return `${hostname}:${port || (protocol === 'https:' ? '443' : '80')}`;
}
