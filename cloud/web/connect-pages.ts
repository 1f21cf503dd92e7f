import type { Context, Hono } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import { FailureError, toFailure } from '../../shared/failures.ts';
import {
  chooseInstitution,
  finishConnect,
  goToBank,
  listInstitutions,
  loadConnect,
  openConnectLink,
} from '../core/connect-bank.ts';
import type { World } from '../core/world.ts';
import type { UserPresence } from '../ports/bank-connector.ts';
import { accountsPage, banksPage, failurePage, privacyPage } from './connect-html.ts';
import { readBody } from './read-body.ts';

/** Firebase Hosting passes cookies of this name alone. */
const cookie = '__session';

/**
 * The connect page: bank, privacy policy, the bank's own page, and back with the accounts found. The one-time link is
 * spent at the first opening and replaced by a cookie, so that a link that leaks is of no use and the bank's answer
 * counts only in the browser that asked for it.
 */
export function mountConnectPages(
  web: Hono,
  world: World,
  presenceOf: (context: Context) => UserPresence,
): void {
  const sessionOf = (context: Context) => getCookie(context, cookie) ?? '';
  const guard =
    (page: (context: Context) => Promise<Response>) =>
    async (context: Context): Promise<Response> => {
      try {
        return await page(context);
      } catch (error) {
        if (!(error instanceof FailureError)) world.log.defect('connect page', error);
        const failure = toFailure(error);
        const back = await bookUrlOf(world, sessionOf(context));
        const status = failure.code === 'internal' ? 500 : 400;
        return context.html(failurePage(failure, back), status);
      }
    };

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
      return context.redirect('/connect/bank', 303);
    }),
  );
  web.get(
    '/connect/bank',
    guard(async (context) => {
      await loadConnect(world, sessionOf(context));
      return context.html(banksPage(await listInstitutions(world), context.req.query('q') ?? ''));
    }),
  );
  web.post(
    '/connect/bank',
    guard(async (context) => {
      const institution = new URLSearchParams(await readBody(context.req.raw)).get('institution');
      if (!institution) throw new FailureError('bad-request', 'bank');
      await chooseInstitution(world, sessionOf(context), institution);
      return context.redirect('/connect/privacy', 303);
    }),
  );
  web.get(
    '/connect/privacy',
    guard(async (context) => {
      const { value } = await loadConnect(world, sessionOf(context));
      if (!value.institution) return context.redirect('/connect/bank', 303);
      return context.html(privacyPage(value.institution));
    }),
  );
  web.post(
    '/connect/privacy',
    guard(async (context) =>
      context.redirect(await goToBank(world, sessionOf(context), presenceOf(context)), 303),
    ),
  );
  web.get(
    '/connect/callback',
    guard(async (context) => {
      const state = context.req.query('state') ?? '';
      const session = sessionOf(context);
      const { key, value } = await finishConnect(world, session, state, presenceOf(context));
      if (value.dueAt) {
        await world.tasks.enqueue({ kind: 'sync', connectionId: key, cause: 'connected' });
      }
      return context.redirect('/connect/accounts', 303);
    }),
  );
  web.get(
    '/connect/accounts',
    guard(async (context) => {
      const session = sessionOf(context);
      const { value } = await loadConnect(world, session);
      const { value: connection } = await finishConnect(
        world,
        session,
        value.state ?? '',
        presenceOf(context),
      );
      return context.html(
        accountsPage(connection.name, connection.accounts, world.bookUrl(value.bookId)),
      );
    }),
  );
}

async function bookUrlOf(world: World, session: string): Promise<string | null> {
  const connect = await loadConnect(world, session).catch(() => null);
  return connect && world.bookUrl(connect.value.bookId);
}
