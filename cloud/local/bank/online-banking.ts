import { type Context, Hono } from 'hono';
import { z } from 'zod';
import { MoneyError, parseMoney } from '../../../shared/money.ts';
import { type AccountPagesParts, createAccountPages } from './account-pages.ts';
import type { AuthorisationParts } from './authorisation.ts';
import { askerOf, createAuthorisation } from './authorisation.ts';
import type { BankCustomer } from './bank-customer.ts';
import {
  FormRefused,
  formRefusedPage,
  readForm,
  sendPage,
  sessionOf,
  startSession,
} from './browser-session.ts';
import { createConfirmationPages } from './confirmation-pages.ts';
import { createLogin, type LoginParts } from './login.ts';
import type { Notices } from './notices.ts';
import { homePage, type PaymentForm } from './pages/home-page.ts';
import { loginPage } from './pages/login-page.ts';
import type { Payments } from './payments.ts';
import type { BankSession } from './sessions.ts';

export interface OnlineBankingParts extends AuthorisationParts, LoginParts, AccountPagesParts {
  readonly payments: Payments;
  readonly notices: Notices;
  readonly onDefect: (error: Error) => void;
}

/** A browser that is remembered for so many days is so for good. */
const forGoodDays = 3650;
/** Entries of an account that the start page shows. */
const entriesShown = 8;

const paymentForm = z.object({
  account: z.string(),
  direction: z.enum(['out', 'in']),
  counterparty: z.string().trim().max(70),
  text: z.string().trim().max(140),
  amount: z.string().trim().max(20),
  status: z.enum(['booked', 'pending']),
});
const bookForm = z.object({
  account: z.string(),
  reference: z.string().regex(/^[a-z0-9]{1,100}$/),
});
const revokeForm = z.object({ authorisationId: z.string().regex(/^[a-z0-9]{1,100}$/) });

/** The bank's own pages: login, accounts, a payment to try, and decisions about consents. */
export function createOnlineBanking(parts: OnlineBankingParts): Hono {
  const { accounts, consents, payments, sessions, traits } = parts;
  const app = new Hono();
  app.route('/', createAuthorisation(parts));
  app.route('/', createLogin(parts));
  app.route('/', createConfirmationPages(parts));
  app.route('/', createAccountPages(parts));
  app.onError((error, c) => {
    if (error instanceof FormRefused) return sendPage(c, formRefusedPage(), 403);
    parts.onDefect(error);
    return c.text('The Sandbox Bank has a defect here.', 500);
  });

  app.get('/', async (c) => {
    const session = sessionOf(c, sessions);
    const customer = accounts.customer(session.customer ?? '');
    if (customer) return sendHome(c, session, customer, { done: c.req.query('done') });
    const { formToken, ended: problem, goingTo: next = '/' } = session;
    return sendPage(c, loginPage({ formToken, next, problem, examples: parts.customers }));
  });

  app.post('/logout', async (c) => {
    await readForm(c, sessions, z.object({}));
    startSession(c, sessions);
    return c.redirect('/', 303);
  });

  app.post('/payments', async (c) => {
    const { session, form } = await readForm(c, sessions, paymentForm);
    const customer = requireCustomer(session);
    const account = accounts.ofCustomer(customer.login).find(({ key }) => key === form.account);
    if (!account) throw new FormRefused();
    const amount = amountOf(form, account.currency);
    if (!amount) {
      const problem = `The amount is digits with an optional point, above zero: 12.50 ${account.currency}.`;
      return sendHome(c, session, customer, { typed: form, problem });
    }
    const { counterparty, text } = form;
    const pending = form.status === 'pending';
    const isAdded = await payments.add({
      account: account.key,
      amount,
      counterparty,
      text,
      pending,
    });
    if (isAdded) {
      tellOf(account.key);
      return c.redirect(`/?done=${form.status}`, 303);
    }
    const problem = 'This account holds as many payments as this made-up bank keeps.';
    return sendHome(c, session, customer, { typed: form, problem });
  });

  app.post('/payments/book', async (c) => {
    const { session, form } = await readForm(c, sessions, bookForm);
    const customer = requireCustomer(session);
    const own = accounts.ofCustomer(customer.login).some(({ key }) => key === form.account);
    if (own && (await payments.book(form.account, form.reference))) tellOf(form.account);
    return c.redirect('/?done=booked', 303);
  });

  app.post('/consents/revoke', async (c) => {
    const { session, form } = await readForm(c, sessions, revokeForm);
    const customer = requireCustomer(session);
    const doc = await consents.byAuthorisation(form.authorisationId);
    if (doc?.value.customer === customer.login) await consents.end(doc.key, 'revokedByPsu');
    return c.redirect('/?done=revoked', 303);
  });

  /** The page does not wait for those who are told. */
  function tellOf(account: string): void {
    parts.notices.notify(account).catch(parts.onDefect);
  }

  function requireCustomer(session: BankSession): BankCustomer {
    const customer = accounts.customer(session.customer ?? '');
    if (!customer) throw new FormRefused();
    return customer;
  }

  async function sendHome(
    c: Context,
    session: BankSession,
    customer: BankCustomer,
    more: { done?: string | undefined; typed?: PaymentForm; problem?: string },
  ) {
    const books = await Promise.all(
      accounts.ofCustomer(customer.login).map(async (account) => {
        const { entries, balance = {} } = await accounts.statement(account);
        const made = new Set(
          (await payments.entries(account.key)).map(({ reference }) => reference),
        );
        const newest = entries.slice(-entriesShown).reverse();
        return {
          account,
          balance,
          entries: newest.map((entry) => ({ entry, isMade: made.has(entry.reference) })),
        };
      }),
    );
    const held = (await consents.heldBy(customer.login)).map(({ value: consent }) => ({
      asker: askerOf(consent),
      validUntil: consent.validUntil,
      authorisationId: consent.authorisationId,
    }));
    const { done, typed, problem } = more;
    const page = homePage({
      customer: { name: customer.name, formToken: session.formToken },
      books,
      consents: held,
      knownUntil: traits.consentDays < forGoodDays ? session.device?.knownUntil : undefined,
      done,
      typed,
      problem,
    });
    return sendPage(c, page, problem ? 422 : 200);
  }

  return app;
}

/** A comma is read as a point; undefined for what is no amount above zero. */
function amountOf({ amount, direction }: PaymentForm, currency: string) {
  try {
    const { minor } = parseMoney(amount.replace(',', '.'), currency);
    if (minor <= 0) return undefined;
    return { minor: direction === 'out' ? -minor : minor, currency };
  } catch (error) {
    if (error instanceof MoneyError) return undefined;
    throw error;
  }
}
