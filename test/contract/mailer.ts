import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Mail, type Mailer, MailFailed } from '../../cloud/ports/mailer.ts';

/** A mailer, and what has come of its mails. */
export interface MailerPlace {
  readonly mailer: Mailer;
  /** What a reader sees, in the order in which it was sent. */
  shown(): Promise<readonly Omit<Mail, 'id'>[]>;
  close(): Promise<void>;
}

/** A mail; `changes` are what the test is about. */
export function mail(changes: Partial<Mail> = {}): Mail {
  return {
    id: 'c1~expired~2026-03-01',
    to: 'erika@example.org',
    subject: 'DKB needs you: the connection has expired',
    text: 'The connection has expired.\n\nRenew it: https://bookfeed.example/connect/abc',
    html: '<p>The connection has expired.</p><p><a href="https://bookfeed.example/connect/abc">Renew it</a></p>',
    ...changes,
  };
}

/** What every mailer promises. */
export function mailerContract(name: string, makePlace: () => Promise<MailerPlace>): void {
  describe(`${name}, as every mailer,`, () => {
    let place: MailerPlace;
    beforeAll(async () => {
      place = await makePlace();
    });
    afterAll(() => place.close());

    async function sendAndShow(sent: Mail) {
      await place.mailer.send(sent);
      return (await place.shown()).at(-1);
    }

    test.each<[string, Partial<Mail>]>([
      ['plain', {}],
      ['in other letters', { subject: 'Größe ☂ 漢字 – prüfen', text: 'Schöne Grüße\n漢字 ☂ 👩‍👧' }],
      ['with lines that mean something on the way', { text: '.\n..\nFrom me\n=3D\n.' }],
      ['with a long subject', { subject: 'The connection has expired '.repeat(12).trim() }],
      ['with a long line', { text: `https://bookfeed.example/${'a'.repeat(3_000)}` }],
    ])('hands over a mail as it is: %s', async (kind, changes) => {
      const sent = mail({ ...changes, id: kind.replaceAll(' ', '-') });
      const { to, subject, text, html } = sent;
      expect(await sendAndShow(sent)).toEqual({ to, subject, text, html });
    });

    test('lets no line of a subject become a header', async () => {
      const subject = 'Hello\r\nBcc: other@example.org';
      const shown = await sendAndShow(mail({ id: 'm-header', subject }));
      expect(shown?.to).toBe('erika@example.org');
    });

    test.each(['', 'erika', 'a@example.org, b@example.org', 'a@example.org\r\nRCPT TO:<b@c.d>'])(
      'sends nothing to what is no address: %j',
      async (to) => {
        const before = (await place.shown()).length;
        const thrown = await place.mailer.send(mail({ id: 'm-nobody', to })).catch((e) => e);
        expect(thrown).toBeInstanceOf(MailFailed);
        expect(thrown).toMatchObject({ next: 'never', message: 'mail never' });
        expect((await place.shown()).length).toBe(before);
      },
    );
  });
}
