import { Hono } from 'hono';
import { z } from 'zod';
import type { Accounts } from './accounts.ts';
import { askerOf, targetsOf } from './authorisation.ts';
import type { BankCustomer } from './bank-customer.ts';
import { deviceSecretOf, readForm, sendPage, startSession } from './browser-session.ts';
import { type ConfirmationParts, redirectToConfirmation } from './confirmation-pages.ts';
import type { Consents } from './consents.ts';
import type { Failures } from './control.ts';
import { loginPage } from './pages/login-page.ts';
import type { LoginResult } from './sessions.ts';

export interface LoginParts extends ConfirmationParts {
  readonly accounts: Accounts;
  readonly consents: Consents;
  readonly failures: Failures;
  readonly customers: readonly BankCustomer[];
}

const loginForm = z.object({
  login: z.string().max(100),
  password: z.string().max(100),
  next: z.string().regex(/^\/(accounts|authorise\/[a-z0-9]{1,100})?$/),
  device: z.literal('1').optional(),
});

/**
 * The door of the bank's own pages. To be remembered a browser is confirmed once; a login that is not to be remembered
 * needs no confirmation, so that what open banking asks is tried out quickly.
 */
export function createLogin(parts: LoginParts): Hono {
  const { accounts, consents, sessions, confirmations, devices } = parts;
  const app = new Hono();

  app.post('/login', async (c) => {
    const { session, form } = await readForm(c, sessions, loginForm);
    const { login, next } = form;
    const customer = accounts.customer(login);
    const result = arrangedFor(form) ?? sessions.check(customer, login, form.password);
    if (result === 'ok' && customer) {
      const device = await devices.find(deviceSecretOf(c), login);
      if (!form.device || device) {
        startSession(c, sessions, { customer: login, ...(device && { device }) });
        return c.redirect(next, 303);
      }
      const asked = { customer, session: startSession(c, sessions), onward: next, isLogin: true };
      return redirectToConfirmation(c, confirmations, asked);
    }
    const asker = await askerBehind(next);
    const page = loginPage({
      formToken: session.formToken,
      next,
      typedLogin: login,
      ...(result !== 'ok' && { problem: result }),
      ...(asker && { asker: asker.name }),
      examples: parts.customers,
    });
    return sendPage(c, page, 422, asker?.targets);
  });

  /** A refusal that somebody arranged for who logs in to read accounts; it is no try of the password. */
  function arrangedFor({ device, next }: z.infer<typeof loginForm>): LoginResult | undefined {
    if (!device && next !== '/accounts') return undefined;
    const codes = ['login-rejected', 'account-locked'] as const;
    const failure = parts.failures.take({ call: 'accounts', page: 1 }, codes);
    if (!failure) return undefined;
    return failure.with === 'login-rejected' ? 'login-wrong' : 'login-locked';
  }

  /** Who asked for the consent that is decided after this login. */
  async function askerBehind(next: string) {
    const doc = await consents.byAuthorisation(next.replace('/authorise/', ''));
    if (!doc) return undefined;
    return { name: askerOf(doc.value), targets: targetsOf(doc.value) };
  }

  return app;
}
