import { type Context, Hono } from 'hono';
import { z } from 'zod';
import {
  addDays,
  type CalendarDate,
  dayOf,
  isCalendarDate,
} from '../../../shared/calendar-date.ts';
import type { Clock } from '../../ports/clock.ts';
import { type AccountIds, onlineAccountIdOf } from './account-ids.ts';
import type { Accounts } from './accounts.ts';
import type { BankAccountBook, BankCustomer } from './bank-customer.ts';
import { sendPage, sessionOf, startSession } from './browser-session.ts';
import { type ConfirmationParts, redirectToConfirmation } from './confirmation-pages.ts';
import {
  type BankFailure,
  type DataCall,
  type Failures,
  keepSilent,
  unreadableReply,
} from './control.ts';
import type { Fetches } from './fetches.ts';
import { accountPage, accountsPage } from './pages/accounts-page.ts';
import { entriesPage } from './pages/entries-page.ts';
import { accountGonePage, busyPage, noPeriodPage, periodPage } from './pages/refused-page.ts';
import type { BankSession, LoginProblem } from './sessions.ts';
import type { BankTraits } from './traits.ts';

export interface AccountPagesParts extends ConfirmationParts {
  readonly accounts: Accounts;
  readonly accountIds: AccountIds;
  readonly fetches: Fetches;
  readonly failures: Failures;
  readonly traits: BankTraits;
  readonly clock: Clock;
}

/** A customer in a browser. */
interface Visitor {
  readonly session: BankSession;
  readonly customer: BankCustomer;
}

/** What was asked for, once the customer is known. */
interface Asked extends Visitor {
  readonly account?: BankAccountBook;
  readonly page?: number;
  readonly from?: CalendarDate;
}

const day = z.string().refine(isCalendarDate);
/** An empty last day, as a form without one sends it, is none. */
const entriesQuery = z
  .object({
    from: day.optional(),
    to: z.union([day, z.literal('').transform(() => undefined)]).optional(),
    page: z.coerce.number().int().min(1).max(100_000).default(1),
  })
  .refine(({ from, to }) => !from || !to || from <= to);

/** How far back entries are shown where nobody says from when. */
const daysShown = 30;

/** A customer's accounts, and the entries of each. */
export function createAccountPages(parts: AccountPagesParts): Hono {
  const { accounts, confirmations, failures, fetches, sessions, traits, clock } = parts;
  const app = new Hono();

  app.get('/accounts', async (c) => {
    const visitor = visitorOf(c);
    if (!visitor) return askForLogin(c);
    const arranged = await admit(c, 'accounts', visitor);
    if (arranged) return arranged;
    const { customer, session } = visitor;
    const rows = await Promise.all(
      accounts.ofCustomer(customer.login).map(async (account) => {
        const { balance = {} } = await accounts.statement(account);
        return { id: idIn(session, account), account, balance };
      }),
    );
    return sendPage(c, accountsPage({ customer: { ...customer, ...session }, rows }));
  });

  app.get('/accounts/:id', async (c) => {
    const visitor = visitorOf(c);
    if (!visitor) return askForLogin(c);
    const id = c.req.param('id');
    const account = accountOf(visitor, id);
    if (!account) return sendPage(c, accountGonePage(), 404);
    const arranged = await admit(c, 'balances', { ...visitor, account });
    if (arranged) return arranged;
    const { balance = {} } = await accounts.statement(account);
    const customer = { ...visitor.customer, ...visitor.session };
    return sendPage(c, accountPage({ customer, id, account, balance }));
  });

  app.get('/accounts/:id/entries', async (c) => {
    const visitor = visitorOf(c);
    if (!visitor) return askForLogin(c);
    const id = c.req.param('id');
    const account = accountOf(visitor, id);
    if (!account) return sendPage(c, accountGonePage(), 404);
    const query = entriesQuery.safeParse(c.req.query());
    if (!query.success) return sendPage(c, noPeriodPage(), 422);
    const { from = addDays(dayOf(clock.now()), -daysShown), to, page } = query.data;
    const request = {
      accessId: visitor.session.device?.id ?? '',
      account,
      from,
      ...(to !== undefined && { to }),
      bookingStatus: 'both' as const,
      showsBalanceAfter: true,
    };
    const isSameFetch = page > 1 && fetches.isUnderWay(request);
    const asked = { ...visitor, account, from, page: isSameFetch ? page : 1 };
    const refused = (await admit(c, 'entries', asked)) ?? refuseHistory(c, asked);
    if (refused) return refused;
    const shown = await fetches.page(request, page - 1);
    const customer = { ...visitor.customer, ...visitor.session };
    return sendPage(c, entriesPage({ ...shown, customer, id, account, from, to, page }));
  });

  function visitorOf(c: Context): Visitor | undefined {
    const session = sessionOf(c, sessions);
    const customer = accounts.customer(session.customer ?? '');
    return customer && { session, customer };
  }

  function askForLogin(c: Context): Response {
    sessions.leadTo('/accounts', sessionOf(c, sessions));
    return c.redirect('/', 303);
  }

  function idIn({ device }: BankSession, { key }: BankAccountBook): string {
    return onlineAccountIdOf(key, device?.idSalt ?? parts.accountIds.salt());
  }

  function accountOf({ customer, session }: Visitor, id: string): BankAccountBook | undefined {
    return accounts.ofCustomer(customer.login).find((account) => idIn(session, account) === id);
  }

  /** Counts the page as a call, and answers it where a failure is arranged; undefined: go on. */
  async function admit(c: Context, call: DataCall, asked: Asked): Promise<Response | undefined> {
    const { account, from, page = 1 } = asked;
    const arrived = {
      call,
      page,
      ...(account && { account: account.key }),
      ...(from !== undefined && { from }),
    };
    failures.count(arrived);
    const failure = failures.take(arrived);
    return failure && answerArranged(c, failure, asked);
  }

  async function answerArranged(c: Context, failure: BankFailure, asked: Asked): Promise<Response> {
    switch (failure.with) {
      case 'timeout':
        return keepSilent(c.req.raw.signal);
      case 'reply-unreadable':
        return unreadableReply();
      case 'rate-limited':
      case 'bank-unavailable':
        if (failure.retryAfterSeconds !== undefined) {
          c.header('Retry-After', String(failure.retryAfterSeconds));
        }
        return sendPage(c, busyPage(), failure.with === 'rate-limited' ? 429 : 503);
      case 'account-gone':
        return sendPage(c, accountGonePage(), 404);
      case 'period-not-available':
        return sendPage(c, periodPage(failure.earliest));
      case 'needs-confirmation':
        return askToConfirm(c, asked);
      default:
        startSession(c, sessions, { ended: endedBy[failure.with] });
        return c.redirect('/', 303);
    }
  }

  /** Far back needs a confirmation, and very far back is not there. */
  function refuseHistory(c: Context, asked: Asked & { readonly from: CalendarDate }) {
    const today = dayOf(clock.now());
    if (asked.from >= addDays(today, -traits.historyDays)) return undefined;
    if (!confirmations.isJustConfirmed(asked.customer.login)) return askToConfirm(c, asked);
    const days = Math.max(traits.historyDays, traits.historyDaysAfterConfirmation);
    const earliest = addDays(today, -days);
    return asked.from < earliest ? sendPage(c, periodPage(earliest)) : undefined;
  }

  function askToConfirm(c: Context, { customer, session }: Asked): Response {
    const { pathname, search } = new URL(c.req.url);
    const onward = `${pathname}${search}`;
    return redirectToConfirmation(c, confirmations, { customer, session, onward, isLogin: false });
  }

  return app;
}

const endedBy = {
  'consent-expired': 'access-ended',
  'consent-revoked': 'access-revoked',
  'login-rejected': 'login-wrong',
  'account-locked': 'login-locked',
} as const satisfies Record<string, LoginProblem>;
