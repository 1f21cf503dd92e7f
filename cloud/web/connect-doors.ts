import type { Context } from 'hono';
import { getCookie } from 'hono/cookie';
import { FailureError, toFailure } from '../../shared/failures.ts';
import { type ConnectStep, isRenewal, loadConnect, stepOf } from '../core/connect-session.ts';
import type { ConnectDoc } from '../core/documents.ts';
import type { World } from '../core/world.ts';
import { failurePage, type Html } from './page-layout.ts';
import { readBody } from './read-body.ts';

/** Firebase Hosting passes cookies of this name alone. */
export const cookie = '__session';

export const sessionOf = (context: Context): string => getCookie(context, cookie) ?? '';

/** A request of a browser whose session is open. */
export interface Visit {
  readonly context: Context;
  readonly session: string;
  readonly connect: ConnectDoc;
  /** Of the session, as it was when the page was made. */
  readonly version: string;
  /** What the bank is called on the pages. */
  readonly bank: string;
  readonly bookUrl: string;
}

type Answer = (context: Context) => Promise<Response>;

/** How each page of the connect page is reached. */
export interface Doors {
  /** Shows a page of one step; who stands elsewhere is led there. */
  page(step: ConnectStep, show: (visit: Visit) => Html | Promise<Html>): Answer;
  /** Takes a form, and leads to the step that comes next, or where `take` leads. */
  form(take: (visit: Visit, fields: URLSearchParams) => Promise<Response | undefined>): Answer;
  /** Answers with the page of what failed. */
  guard(answer: Answer): Answer;
  /** To the step that comes next. */
  goOn(context: Context, session: string): Promise<Response>;
}

export function createDoors(world: World): Doors {
  const { clock } = world;

  const guard =
    (answer: Answer): Answer =>
    async (context) => {
      try {
        return await answer(context);
      } catch (error) {
        if (!(error instanceof FailureError)) world.log.defect('connect page', error);
        const failure = toFailure(error);
        const back = await bookUrlOf(world, sessionOf(context));
        return context.html(failurePage(failure, back), failure.code === 'internal' ? 500 : 400);
      }
    };

  async function visit(context: Context): Promise<Visit> {
    const session = sessionOf(context);
    const { value, version } = await loadConnect(world, session);
    const bank = value.institution?.name ?? '';
    const bookUrl = world.bookUrl(value.bookId);
    return { context, session, connect: value, version, bank, bookUrl };
  }

  async function goOn(context: Context, session: string): Promise<Response> {
    const { value } = await loadConnect(world, session);
    return context.redirect(`/connect/${stepOf(value, clock.now())}`, 303);
  }

  return {
    guard,
    goOn,
    page: (step, show) =>
      guard(async (context) => {
        const it = await visit(context);
        if (!mayShow(step, it.connect, stepOf(it.connect, clock.now()))) {
          return goOn(context, it.session);
        }
        return context.html(await show(it));
      }),
    form: (take) =>
      guard(async (context) => {
        const it = await visit(context);
        const body = await readBody(context.req.raw);
        if (body === undefined) throw new FailureError('bad-request', 'the form is too long');
        return (await take(it, new URLSearchParams(body))) ?? goOn(context, it.session);
      }),
  };
}

const choices: readonly ConnectStep[] = ['country', 'terms', 'bank', 'login'];

/** Whoever has come further may go back to what they chose, but not past what they have not accepted. */
function mayShow(page: ConnectStep, connect: ConnectDoc, current: ConnectStep): boolean {
  if (page === current) return true;
  if (!choices.includes(page) || current === 'waiting') return false;
  if (current === 'accounts') return page === 'country' || page === 'bank';
  if (isRenewal(connect) && page !== 'login') return false;
  return !choices.includes(current) || choices.indexOf(page) < choices.indexOf(current);
}

async function bookUrlOf(world: World, session: string): Promise<string | null> {
  const connect = await loadConnect(world, session).catch(() => null);
  return connect && world.bookUrl(connect.value.bookId);
}
