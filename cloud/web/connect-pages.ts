import type { Context, Hono } from 'hono';
import { setCookie } from 'hono/cookie';
import { askBank } from '../core/connect-bank.ts';
import { isRenewal, loadConnect, openConnectLink, stepOf } from '../core/connect-session.ts';
import type { World } from '../core/world.ts';
import type { UserPresence } from '../ports/bank-connector.ts';
import { goToBank, mountAccessPages } from './access-pages.ts';
import { mountChoicePages } from './choose-pages.ts';
import { cookie, createDoors, sessionOf } from './connect-doors.ts';
import { mountConnectFiles } from './connect-files.ts';
import { privacyPage, termsPage } from './legal-html.ts';

/**
 * The connect page. The one-time link is spent at the first opening and replaced by a cookie, so that a link that leaks is
 * of no use and the bank's answer counts only in the browser that asked for it. Every form is answered with a redirect to
 * the step that comes next: to load a page again never asks a bank.
 */
export function mountConnectPages(
  web: Hono,
  world: World,
  presenceOf: (context: Context) => UserPresence,
): void {
  const doors = createDoors(world);
  const { guard, goOn } = doors;

  web.get(
    '/connect',
    guard(async (context) => {
      const session = await openConnectLink(world, context.req.query('link') ?? '');
      setCookie(context, cookie, session, {
        path: '/connect',
        httpOnly: true,
        sameSite: 'Lax',
        secure: world.publicUrl.startsWith('https:'),
      });
      const toBank = await renewAtOnce(context, session);
      return toBank ?? goOn(context, session);
    }),
  );
  web.get(
    '/connect/next',
    guard((context) => goOn(context, sessionOf(context))),
  );
  mountConnectFiles(web);
  mountChoicePages(web, world, doors);
  mountAccessPages(web, world, doors, presenceOf);
  web.get('/privacy', (context) => context.html(privacyPage()));
  web.get('/terms', (context) => context.html(termsPage()));

  /** The click was in the sidebar: nothing is left to be typed or accepted here. */
  async function renewAtOnce(context: Context, session: string): Promise<Response | undefined> {
    const { value, version } = await loadConnect(world, session);
    const isReady = isRenewal(value) && stepOf(value, world.clock.now()) === 'login';
    const { wayIn, credentials = [] } = value.institution ?? {};
    if (!isReady || wayIn !== 'psd2' || credentials.length > 0) return undefined;
    const request = { name: '', credentials: {} };
    await askBank(world, session, version, request, presenceOf(context));
    return goToBank(context, world, session);
  }
}
