import type { Context } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import { html } from 'hono/html';
import type { z } from 'zod';
import { readBody } from '../../web/read-body.ts';
import { bankPage, type Markup } from './pages/layout.ts';
import type { BankSession, SessionStart, Sessions } from './sessions.ts';

// Cookies of one host are shared by all its ports, so this one must be told from Bookfeed's own.
const cookieName = 'sandbox_bank';
const deviceCookieName = 'sandbox_bank_device';
/** The longest that browsers keep a cookie; until when the bank knows it, the bank decides. */
const cookieMaxDays = 400;

/** The session of a browser; one is opened where there is none. */
export function sessionOf(c: Context, sessions: Sessions): BankSession {
  return sessions.find(getCookie(c, cookieName)) ?? startSession(c, sessions);
}

/** A new session, in the place of the one the browser had. */
export function startSession(
  c: Context,
  sessions: Sessions,
  start: SessionStart = {},
): BankSession {
  sessions.close(getCookie(c, cookieName) ?? '');
  const session = sessions.open(start);
  setCookie(c, cookieName, session.id, { httpOnly: true, sameSite: 'Lax', path: '/' });
  return session;
}

/** What the bank gave this browser to be known by, in this login and in later ones. */
export function deviceSecretOf(c: Context): string | undefined {
  return getCookie(c, deviceCookieName);
}

export function giveDeviceSecret(c: Context, secret: string): void {
  const maxAge = cookieMaxDays * 24 * 60 * 60;
  setCookie(c, deviceCookieName, secret, { httpOnly: true, sameSite: 'Lax', path: '/', maxAge });
}

/** The fields of a form that this very session was given. @throws FormRefused */
export async function readForm<Schema extends z.ZodType>(
  c: Context,
  sessions: Sessions,
  schema: Schema,
): Promise<{ readonly session: BankSession; readonly form: z.infer<Schema> }> {
  const session = sessions.find(getCookie(c, cookieName));
  const fields = fieldsOf((await readBody(c.req.raw)) ?? '');
  if (!session || fields['formToken'] !== session.formToken) throw new FormRefused();
  const parsed = schema.safeParse(fields);
  if (!parsed.success) throw new FormRefused();
  return { session, form: parsed.data };
}

/** A field that stands there more than once is a list. */
function fieldsOf(body: string): Record<string, string | string[]> {
  const form = new URLSearchParams(body);
  return Object.fromEntries(
    [...new Set(form.keys())].map((name) => {
      const [first = '', ...more] = form.getAll(name);
      return [name, more.length === 0 ? first : [first, ...more]];
    }),
  );
}

/** A form of another site, of a session that is over, or with fields that this bank never gave it. */
export class FormRefused extends Error {
  override readonly name = 'FormRefused';
}

export function formRefusedPage(): Markup {
  return bankPage(
    'Please start again',
    html`<p>You were away for too long, or this page is an old one. Nothing was done.</p>
    <p><a href="/">To the bank's start page</a></p>`,
  );
}

/** Sends a page; nothing from elsewhere runs in it, and its forms go to `formTargets` alone. */
export function sendPage(
  c: Context,
  page: Markup,
  status: 200 | 403 | 404 | 410 | 422 | 429 | 503 = 200,
  formTargets: readonly string[] = [],
): Response | Promise<Response> {
  const forms = ["'self'", ...formTargets].join(' ');
  c.header(
    'Content-Security-Policy',
    `default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action ${forms}; ` +
      "base-uri 'none'; frame-ancestors 'none'",
  );
  c.header('Cache-Control', 'no-store');
  c.header('Referrer-Policy', 'same-origin');
  c.header('X-Content-Type-Options', 'nosniff');
  return c.html(page, status);
}
