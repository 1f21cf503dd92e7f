import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener, type HttpBindings } from '@hono/node-server';

/** Longer than a client of this machine keeps a connection that it does not use. */
const keepAliveMs = 10 * 60_000;

/** A server on loopback that is up. */
export interface Listening {
  /** Without a slash at the end: http://127.0.0.1:4711 */
  readonly url: string;
  /** Ends every connection, idle or not. */
  close(): Promise<void>;
}

/** Thrown when the port is another program's; the message says which, and what to do. */
export class PortTaken extends Error {
  override readonly name = 'PortTaken';
}

/**
 * Serves on 127.0.0.1 alone. Port 0 takes any free one. A request whose Host is not this server's own is answered with
 * 421: a web page that points its name at 127.0.0.1 reaches nothing.
 * @throws PortTaken
 */
export async function listen(
  fetchApp: (request: Request, env: HttpBindings) => Response | Promise<Response>,
  port: number,
): Promise<Listening> {
  const hosts = new Set<string>();
  const app = getRequestListener((request, env) => fetchApp(request, env as HttpBindings), {
    overrideGlobalObjects: false,
  });
  const guarded: RequestListener = (request, response) => {
    if (hosts.has(request.headers.host ?? '')) {
      app(request, response);
      return;
    }
    response.writeHead(421).end('This server answers on loopback only.\n');
  };
  // Node closes an idle connection after five seconds: a request that sets out in that very moment is lost.
  const server = createServer({ keepAliveTimeout: keepAliveMs }, guarded);
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EADDRINUSE') return reject(error);
      const message = `Port ${port} on 127.0.0.1 is taken by another program.`;
      reject(new PortTaken(message, { cause: error }));
    });
    server.listen(port, '127.0.0.1', resolve);
  });
  const { port: taken } = server.address() as AddressInfo;
  hosts.add(`127.0.0.1:${taken}`).add(`localhost:${taken}`);
  return {
    url: `http://127.0.0.1:${taken}`,
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()));
        server.closeAllConnections();
      }),
  };
}
