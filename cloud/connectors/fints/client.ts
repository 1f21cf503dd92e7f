import { createHttpClient, type HttpClientOptions } from '../http-client.ts';

/** Sends one message to a bank and gives its answer; both in ISO 8859-1, a letter a byte. */
export type SendMessage = (call: string, url: URL, message: string) => Promise<string>;

/**
 * FinTS over HTTP: messages in Base64 both ways. Nothing but `url` is ever sent to, for every message has the PIN in it.
 * Source: FinTS 3.0, Security - Sicherheitsverfahren PIN/TAN, chapter B.1.
 */
export function createClient(options: Omit<HttpClientOptions, 'readRefusal'>): SendMessage {
  const { send } = createHttpClient({ ...options, readRefusal: () => ({}) });
  return (call, url, message) =>
    send({
      call,
      url,
      method: 'POST',
      headers: { Accept: '*/*', 'Content-Type': 'text/plain' },
      body: Buffer.from(message, 'latin1').toString('base64'),
      isText: true,
      read: (body) => Buffer.from(String(body ?? ''), 'base64').toString('latin1'),
    });
}
