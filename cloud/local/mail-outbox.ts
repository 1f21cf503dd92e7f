import type { Instant } from '../../shared/calendar-date.ts';
import { isMailAddress } from '../adapters/smtp.ts';
import type { Clock } from '../ports/clock.ts';
import { type Mail, type Mailer, MailFailed } from '../ports/mailer.ts';
import { type Collection, type Store, write } from '../ports/store.ts';

/** A mail that would have been sent; key: its id. The core's own `mails` are those that wait, and marks without a text. */
export interface KeptMail extends Omit<Mail, 'id'> {
  readonly at: Instant;
}
const keptMails: Collection<KeptMail> = { name: 'keptMails', indexed: ['at'] };

const keptMax = 200;

/** In the place of a mail server: mails are kept in the store, to be looked at. */
export interface MailOutbox {
  readonly mailer: Mailer;
  /** The last ones, the newest first. */
  newest(): Promise<readonly KeptMail[]>;
}

export function createMailOutbox({
  store,
  clock,
}: {
  readonly store: Store;
  readonly clock: Clock;
}): MailOutbox {
  const oldestFirst = () =>
    store.find(keptMails, { field: 'at', op: '<=', value: clock.now(), limit: keptMax * 2 });
  return {
    mailer: {
      async send({ id, ...mail }) {
        if (!isMailAddress(mail.to)) throw new MailFailed('never');
        await store.commit([write(keptMails, id, { ...mail, at: clock.now() }, 'any')]);
        const kept = await oldestFirst();
        const tooMany = kept.slice(0, Math.max(0, kept.length - keptMax));
        await store.commit(tooMany.map(({ key }) => write(keptMails, key, null, 'any')));
      },
    },
    newest: async () => (await oldestFirst()).map(({ value }) => value).reverse(),
  };
}
