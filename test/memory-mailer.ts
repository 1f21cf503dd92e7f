import type { Mail, Mailer } from '../cloud/ports/mailer.ts';

/** Takes every mail, and keeps it to be looked at. */
export function createMemoryMailer() {
  const sent: Mail[] = [];
  const mailer: Mailer = { send: async (mail) => void sent.push(mail) };
  return { mailer, sent };
}
