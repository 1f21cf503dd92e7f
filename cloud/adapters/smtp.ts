import { isIP } from 'node:net';
import { Readable } from 'node:stream';
import MailComposer from 'nodemailer/lib/mail-composer';
import SMTPConnection from 'nodemailer/lib/smtp-connection';
import { type Mail, type Mailer, MailFailed } from '../ports/mailer.ts';

export interface SmtpOptions {
  /** smtps://user:password@host:465, or smtp:// with STARTTLS; what is special in user and password is %-encoded. */
  readonly url: string;
  /** `bookfeed@example.org` or `Bookfeed <bookfeed@example.org>` */
  readonly from: string;
  /** Of each single wait: for the connection, the greeting, an answer. */
  readonly timeoutMs?: number;
  /** Of the whole mail. */
  readonly limitMs?: number;
}

/**
 * Mails by SMTP, a connection for each. Always over TLS, unless the server is this machine. Nothing of it is logged.
 * @throws TypeError from the call itself when the URL or the sender is none; its message quotes neither.
 */
export function createSmtp(options: SmtpOptions): Mailer {
  const { url, from, timeoutMs = 20_000, limitMs = 60_000 } = options;
  const server = readServer(url);
  const sender = readSender(from);
  return {
    async send(mail) {
      if (!isMailAddress(mail.to)) throw new MailFailed('never');
      const message = await compose(mail, from, sender);
      const connection = new SMTPConnection({
        ...server.options,
        connectionTimeout: timeoutMs,
        greetingTimeout: timeoutMs,
        socketTimeout: timeoutMs,
        dnsTimeout: timeoutMs,
        socketCloseTimeout: 1_000,
        logger: false,
      });
      await handOver(connection, {
        auth: server.auth,
        envelope: { from: sender, to: mail.to, size: message.length },
        message,
        limitMs,
      });
    },
  };
}

function readServer(url: string) {
  const parsed = URL.canParse(url) ? new URL(url) : null;
  const isSecure = parsed?.protocol === 'smtps:';
  if (!parsed?.hostname || !(isSecure || parsed.protocol === 'smtp:')) {
    throw new TypeError('the address of the SMTP server is no smtps:// or smtp:// URL');
  }
  const host = parsed.hostname.replace(/^\[(.*)\]$/, '$1');
  const isLoopback = host === 'localhost' || host === '::1' || (isIP(host) && /^127\./.test(host));
  const options = {
    host,
    port: Number(parsed.port) || (isSecure ? 465 : 587),
    secure: isSecure,
    ...(isLoopback ? { tls: { rejectUnauthorized: false } } : { requireTLS: true }),
  };
  const auth = {
    user: decodeURIComponent(parsed.username),
    pass: decodeURIComponent(parsed.password),
  };
  return { options, auth: auth.user ? auth : null };
}

/** The bare address, by which the server knows the sender. */
function readSender(from: string): string {
  const address = /<([^<>]*)>\s*$/.exec(from)?.[1] ?? from.trim();
  if (!isMailAddress(address)) throw new TypeError('the sender is no mail address');
  return address;
}

/** One bare address, nothing around it. */
export function isMailAddress(text: string): boolean {
  return /^[^\s<>@,;:]+@[^\s<>@,;:]+$/.test(text);
}

function compose(mail: Mail, from: string, sender: string): Promise<Buffer> {
  const { id, to, subject, text, html } = mail;
  return new MailComposer({
    from,
    to,
    subject,
    text,
    html,
    messageId: `<${id}@${sender.split('@')[1]}>`,
    // So that no absence notice answers it (RFC 3834).
    headers: { 'Auto-Submitted': 'auto-generated' },
    disableFileAccess: true,
    disableUrlAccess: true,
  })
    .compile()
    .build();
}

interface HandOver {
  readonly auth: { readonly user: string; readonly pass: string } | null;
  readonly envelope: { readonly from: string; readonly to: string; readonly size: number };
  readonly message: Buffer;
  readonly limitMs: number;
}

/** @throws MailFailed */
async function handOver(
  connection: SMTPConnection,
  { auth, envelope, message, limitMs }: HandOver,
): Promise<void> {
  let stage: Stage = 'before';
  // Read only once the server has said that it takes the mail's text: from then on it may have it.
  const body = new Readable({
    read() {
      stage = 'text';
      this.push(message);
      this.push(null);
    },
  });
  let limit: NodeJS.Timeout | undefined;
  try {
    await new Promise<void>((resolve, reject) => {
      const next = (go: () => void) => (error?: Error | null) => (error ? reject(error) : go());
      limit = setTimeout(() => reject(new Error('overdue')), limitMs);
      connection.on('error', reject);
      connection.once('end', () => reject(new Error('ended')));
      const send = () => {
        stage = 'envelope';
        connection.send(envelope, body, next(resolve));
      };
      connection.connect(next(() => (auth ? connection.login(auth, next(send)) : send())));
    });
    connection.quit();
  } catch (error) {
    connection.close();
    // Not as a cause: nodemailer's errors quote addresses and the server's own words.
    throw new MailFailed(nextAfter(stage, error));
  } finally {
    clearTimeout(limit);
  }
}

/** How far a mail has come: before it, its addresses, its text. */
type Stage = 'before' | 'envelope' | 'text';

/** Without a login, or one that it does not take (RFC 4954, 6). */
const aboutUs = new Set([530, 534, 535, 538]);

/**
 * A server that refuses us (no TLS, wrong password) may take the mail once the operator has mended it; a 5xx for the mail
 * itself is for good (RFC 5321, 4.2.1). Without an answer to its text nobody knows.
 */
function nextAfter(stage: Stage, error: unknown): MailFailed['next'] {
  const { code, responseCode } = error as { code?: string; responseCode?: number };
  if (stage === 'before') return 'again';
  if (responseCode !== undefined && responseCode >= 400) {
    return responseCode < 500 || aboutUs.has(responseCode) ? 'again' : 'never';
  }
  if (stage === 'text') return 'unknown';
  // Without an answer of the server: an address that cannot be written, a mail larger than it takes.
  return code === 'EENVELOPE' || code === 'EMESSAGE' ? 'never' : 'again';
}
