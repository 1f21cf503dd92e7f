/** A mail on its way. Plain text first, the same in simple HTML. */
export interface Mail {
  /** Of [a-z0-9~.-]: the same mail sent twice has the same, and so the same Message-ID. */
  readonly id: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** Thrown when a mail was not handed over. */
export class MailFailed extends Error {
  override readonly name = 'MailFailed';
  /** `again`: surely not taken, try later; `never`: refused for good; `unknown`: it may have been taken. */
  readonly next: 'again' | 'never' | 'unknown';

  constructor(next: 'again' | 'never' | 'unknown', options?: ErrorOptions) {
    super(`mail ${next}`, options);
    this.next = next;
  }
}

/** Hands mails over to be delivered. */
export interface Mailer {
  /** Returns once the mail is taken. @throws MailFailed */
  send(mail: Mail): Promise<void>;
}
