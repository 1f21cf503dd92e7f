import { Hono } from 'hono';
import type { MailList, ShownMail } from './page-api.ts';

/** What has become of the mails. */
export interface Mails {
  /** Where they go by SMTP; null where they are only kept. */
  readonly sentTo: string | null;
  /** Those that are kept, newest first. */
  newest(): Promise<readonly ShownMail[]>;
}

/** `/mails/list`: what the page at `/mails` shows. */
export function createMailRoutes({ sentTo, newest }: Mails): Hono {
  const app = new Hono();
  app.get('/list', async (c) => {
    const mails = (await newest()).map(({ at, to, subject, text }) => ({ at, to, subject, text }));
    const list: MailList = { sentTo, mails };
    return c.json(list, 200, { 'cache-control': 'no-store' });
  });
  return app;
}
