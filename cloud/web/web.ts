import { type Context, Hono } from 'hono';
import { secureHeaders } from 'hono/secure-headers';
import type { World } from '../core/world.ts';
import type { UserPresence } from '../ports/bank-connector.ts';
import { mountApi } from './api.ts';
import { mountConnectPages } from './connect-pages.ts';
import { mountNotices } from './notice-door.ts';
import { mountPresence } from './presence.ts';

/** The doors that a browser or the add-on opens: /api/…, /connect…; the same on Firebase and on one machine. */
export function createWeb(world: World, presenceOf: (context: Context) => UserPresence): Hono {
  const web = new Hono();
  web.use(
    secureHeaders({
      contentSecurityPolicy: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        // The pictures of a TAN stand in the page itself.
        imgSrc: ['data:'],
        connectSrc: ["'self'"],
        baseUri: ["'none'"],
        frameAncestors: ["'none'"],
      },
      referrerPolicy: 'no-referrer',
    }),
  );
  web.use(async (context, next) => {
    await next();
    // Firebase Hosting drops the cookie of an answer that is not marked private.
    context.header('Cache-Control', 'private, no-store');
  });
  mountApi(web, world);
  mountPresence(web, world, presenceOf);
  mountNotices(web, world);
  mountConnectPages(web, world, presenceOf);
  return web;
}
