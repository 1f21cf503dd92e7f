import type { Mail, Mailer } from '../cloud/ports/mailer.ts';

/** Takes every mail, and keeps it to be looked at. */
export function createMemoryMailer(): Mailer & { readonly sent: readonly Mail[] } {
  const sent: Mail[] = [];
  return {
    sent,
    send: async (mail) => {
      sent.push(mail);
    },
  };
}
