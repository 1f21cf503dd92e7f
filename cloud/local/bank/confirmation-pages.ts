import { type Context, Hono } from 'hono';
import { z } from 'zod';
import type { BankCustomer } from './bank-customer.ts';
import {
  giveDeviceSecret,
  readForm,
  sendPage,
  sessionOf,
  startSession,
} from './browser-session.ts';
import type { Confirmation, Confirmations } from './confirmations.ts';
import type { Devices } from './devices.ts';
import { confirmationOverPage, confirmPage } from './pages/confirm-page.ts';
import { phonePage } from './pages/phone-page.ts';
import type { BankSession, Sessions } from './sessions.ts';

export interface ConfirmationParts {
  readonly confirmations: Confirmations;
  readonly devices: Devices;
  readonly sessions: Sessions;
}

const answerForm = z.union([
  z.object({ method: z.enum(['sms', 'photo', 'app']) }),
  z.object({ code: z.string().max(100) }),
]);
const phoneForm = z.object({
  confirmation: z.string().regex(/^[a-z0-9]{1,100}$/),
  answer: z.enum(['approve', 'decline']),
});

/** The pages on which a customer confirms, and the made-up phone that shows what the bank sent. */
export function createConfirmationPages(parts: ConfirmationParts): Hono {
  const { confirmations, devices, sessions } = parts;
  const app = new Hono();

  app.get('/confirm/:id', async (c) => {
    const session = sessionOf(c, sessions);
    return sendStep(c, session, ofSession(c.req.param('id'), session));
  });

  app.post('/confirm/:id', async (c) => {
    const id = c.req.param('id');
    const asked = ofSession(id, sessionOf(c, sessions));
    if (!asked || asked.step.kind === 'over') return sendOver(c, asked);
    const { session, form } = await readForm(c, sessions, answerForm);
    if ('method' in form) confirmations.choose(id, form.method);
    const isWrong = 'code' in form && !confirmations.answer(id, form.code);
    return sendStep(c, session, confirmations.find(id), isWrong);
  });

  app.get('/phone', (c) => {
    const { formToken } = sessionOf(c, sessions);
    return sendPage(c, phonePage(confirmations.open(), formToken));
  });

  app.post('/phone', async (c) => {
    const { form } = await readForm(c, sessions, phoneForm);
    const waits = confirmations
      .open()
      .some(({ id, step }) => id === form.confirmation && step.kind === 'approval');
    if (waits) confirmations.answerOnPhone(form.confirmation, form.answer);
    return c.redirect('/phone', 303);
  });

  /** One of another browser is none. */
  function ofSession(id: string, session: BankSession): Confirmation | undefined {
    const found = confirmations.find(id);
    return found?.sessionId === session.id ? found : undefined;
  }

  async function sendStep(
    c: Context,
    session: BankSession,
    confirmation: Confirmation | undefined,
    isWrong = false,
  ) {
    if (!confirmation || confirmation.step.kind === 'over') return sendOver(c, confirmation);
    if (confirmation.step.kind === 'done') return c.redirect(confirmation.onward, 303);
    if (confirmation.step.kind === 'approved') return finish(c, confirmation);
    const page = confirmPage({ confirmation, formToken: session.formToken, isWrong });
    return sendPage(c, page, isWrong ? 422 : 200);
  }

  async function finish(c: Context, { id, customer, isLogin, onward }: Confirmation) {
    const isFirst = confirmations.finish(id);
    if (isLogin && isFirst) {
      const { secret, device } = await devices.remember(customer.login);
      giveDeviceSecret(c, secret);
      startSession(c, sessions, { customer: customer.login, device });
    }
    return c.redirect(onward, 303);
  }

  function sendOver(c: Context, confirmation: Confirmation | undefined) {
    const declined = confirmation?.step.kind === 'over' ? confirmation.step.code : undefined;
    return sendPage(c, confirmationOverPage(declined ?? 'confirmation-over'), 410);
  }

  return app;
}

/** Sends the browser to confirm that it is the customer who asks for a page, which it leads on to. */
export function redirectToConfirmation(
  c: Context,
  confirmations: Confirmations,
  asked: {
    readonly customer: BankCustomer;
    readonly session: BankSession;
    readonly onward: string;
    readonly isLogin: boolean;
  },
): Response {
  const { customer, session, onward, isLogin } = asked;
  const { id } = confirmations.begin({ customer, sessionId: session.id, onward, isLogin });
  return c.redirect(`/confirm/${id}`, 303);
}
