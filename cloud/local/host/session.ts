import { createHash, timingSafeEqual } from 'node:crypto';
import type { MiddlewareHandler } from 'hono';

/**
 * Lets through only the book's own page. It proves itself by the session token in `Authorization: Bearer`, never by a
 * cookie: cookies of 127.0.0.1 go to every port of the machine and come along when another site sends the request.
 * Besides, what a browser says of a request's origin has to be this server's own.
 */
export function requireSession(sessionToken: string): MiddlewareHandler {
  const expected = digest(`Bearer ${sessionToken}`);
  return async (c, next) => {
    const origin = c.req.header('origin');
    const site = c.req.header('sec-fetch-site');
    const isWrite = c.req.method !== 'GET' && c.req.method !== 'HEAD';
    const isOwnOrigin = origin === new URL(c.req.url).origin || (!isWrite && origin === undefined);
    if (!isOwnOrigin || (site !== undefined && site !== 'same-origin')) {
      return c.json({ message: 'Another page may not do this.' }, 403);
    }
    if (!timingSafeEqual(digest(c.req.header('authorization') ?? ''), expected)) {
      return c.json({ message: 'Open the address that npm start has printed.' }, 401);
    }
    return next();
  };
}

/** Of one length, as timingSafeEqual asks. */
function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
