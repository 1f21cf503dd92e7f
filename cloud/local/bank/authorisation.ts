import { type Context, Hono } from 'hono';
import { z } from 'zod';
import type { Accounts } from './accounts.ts';
import { authorisePath } from './addresses.ts';
import type { BankAccountBook, BankCustomer } from './bank-customer.ts';
import { readForm, sendPage, sessionOf } from './browser-session.ts';
import type { ConsentDoc, Consents } from './consents.ts';
import { consentPage, noConsentPage } from './pages/consent-page.ts';
import { loginPage } from './pages/login-page.ts';
import type { Sessions } from './sessions.ts';
import type { BankTraits } from './traits.ts';

export interface AuthorisationParts {
  readonly accounts: Accounts;
  readonly consents: Consents;
  readonly sessions: Sessions;
  readonly traits: BankTraits;
  readonly customers: readonly BankCustomer[];
}

const many = z
  .union([z.string(), z.array(z.string())])
  .default([])
  .transform((value) => [value].flat());

const decisionForm = z.object({ decision: z.enum(['allow', 'decline']), account: many });

/** The pages behind scaRedirect: log in, see who asks for what, decide, and go back. */
export function createAuthorisation(parts: AuthorisationParts): Hono {
  const { accounts, consents, sessions, traits } = parts;
  const app = new Hono();

  app.get('/authorise/:id', async (c) => {
    const open = await openConsent(c.req.param('id'));
    if (!open) return sendPage(c, noConsentPage(), 404);
    const { consent } = open;
    const session = sessionOf(c, sessions);
    const customer = accounts.customer(session.customer ?? '');
    if (customer) return sendDecision(c, consent, { ...customer, ...session }, false);
    const page = loginPage({
      formToken: session.formToken,
      next: authorisePath(consent.authorisationId),
      asker: askerOf(consent),
      examples: parts.customers,
    });
    return sendPage(c, page, 200, targetsOf(consent));
  });

  app.post('/authorise/:id', async (c) => {
    const { session, form } = await readForm(c, sessions, decisionForm);
    const open = await openConsent(c.req.param('id'));
    if (!open) return sendPage(c, noConsentPage(), 404);
    const { id, consent } = open;
    if (form.decision === 'decline') {
      await consents.decide(id, undefined, []);
      return c.redirect(consent.nokRedirectUrl, 303);
    }
    const customer = accounts.customer(session.customer ?? '');
    if (!customer) return c.redirect(authorisePath(consent.authorisationId), 303);
    const chosen = choiceOf(consent, customer.login)
      .map(({ key }) => key)
      .filter((key) => form.account.includes(key));
    if (chosen.length === 0) return sendDecision(c, consent, { ...customer, ...session }, true);
    const isAll = chosen.length === accounts.inOpenBanking(customer.login).length;
    await consents.decide(id, customer.login, chosen, isAll);
    return c.redirect(consent.redirectUrl, 303);
  });

  async function openConsent(authorisationId: string) {
    if (!/^[a-z0-9]{1,100}$/.test(authorisationId)) return undefined;
    const doc = await consents.byAuthorisation(authorisationId);
    if (!doc || consents.statusOf(doc.value) !== 'received') return undefined;
    return { id: doc.key, consent: doc.value };
  }

  /** The accounts that were asked for, as far as they are this customer's; all where none was named. */
  function choiceOf({ askedAccounts }: ConsentDoc, login: string): readonly BankAccountBook[] {
    const own = accounts.inOpenBanking(login);
    if (askedAccounts.length === 0) return own;
    return own.filter(({ iban, bban }) => askedAccounts.includes(iban ?? bban ?? ''));
  }

  function sendDecision(
    c: Context,
    consent: ConsentDoc,
    customer: { readonly login: string; readonly name: string; readonly formToken: string },
    noneChosen: boolean,
  ) {
    const page = consentPage({
      customer,
      asker: askerOf(consent),
      askerHost: new URL(consent.redirectUrl).host,
      validUntil: consent.validUntil,
      unattendedPerDay: traits.unattendedPerDay,
      accounts: choiceOf(consent, customer.login),
      noneChosen,
    });
    return sendPage(c, page, noneChosen ? 422 : 200, targetsOf(consent));
  }

  return app;
}

export function askerOf({ brand, redirectUrl }: ConsentDoc): string {
  return brand ?? new URL(redirectUrl).host;
}

/** The form ends in a redirect to the asker, which browsers hold against form-action too. */
export function targetsOf({ redirectUrl, nokRedirectUrl }: ConsentDoc): string[] {
  return [...new Set([new URL(redirectUrl).origin, new URL(nokRedirectUrl).origin])];
}
