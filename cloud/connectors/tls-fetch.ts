import { Agent, request } from 'node:https';
import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';

/** What a client shows of itself over TLS, as PEM. */
export interface TlsIdentity {
  /** With those that lead to its authority, where the server does not have them. */
  readonly certificate: string;
  readonly key: string;
  /** Who may have signed the server's certificate; absent: whom Node trusts. */
  readonly authority?: string | undefined;
}

/** Bodies of these statuses are none. */
const bodiless: ReadonlySet<number> = new Set([204, 205, 304]);

/**
 * `fetch` for https addresses that shows a client certificate (mutual TLS), which Node's own has no way to do without
 * another package. Follows no redirect, decompresses nothing, and takes a text as body. A connection for each call: a
 * kept one that the server has closed would be a failed call.
 */
export function createTlsFetch({ certificate, key, authority }: TlsIdentity): typeof fetch {
  const agent = new Agent({
    cert: certificate,
    key,
    minVersion: 'TLSv1.2',
    ...(authority && { ca: authority }),
  });
  return (input, init = {}) =>
    new Promise((resolve, reject) => {
      const { method = 'GET', headers, body, signal } = init;
      const options = {
        agent,
        method,
        headers: Object.fromEntries(new Headers(headers)),
        ...(signal && { signal }),
      };
      const url = new URL(input instanceof Request ? input.url : input);
      const sent = request(url, options, (answer) => {
        const { statusCode: status = 0, headersDistinct } = answer;
        const told = Object.entries(headersDistinct).flatMap(([name, values = []]) =>
          values.map((value) => [name, value] as [string, string]),
        );
        try {
          const stream = bodiless.has(status) ? null : Readable.toWeb(answer);
          resolve(
            new Response(stream as ReadableStream<Uint8Array> | null, { status, headers: told }),
          );
        } catch (error) {
          // A status that is none.
          answer.destroy();
          reject(error);
        }
      });
      sent.on('error', reject);
      sent.end(typeof body === 'string' ? body : undefined);
    });
}
