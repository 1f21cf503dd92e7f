import type { AddressInfo, Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';

/** A mail as it arrived. */
export interface ReceivedMail {
  readonly from: string;
  readonly to: readonly string[];
  /** Decoded, by their names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  readonly html: string;
  readonly isSecure: boolean;
  readonly user?: string;
}

/** What the server does instead of taking a mail. */
export interface SmtpFault {
  /** `taken`: it has the mail, and its answer is lost. */
  readonly at: 'greeting' | 'sender' | 'recipient' | 'text' | 'taken';
  /** It answers with this status; `drop` ends the connection, `silence` answers nothing. */
  readonly answer: number | 'drop' | 'silence';
}

export interface SmtpServer {
  /** host:port */
  readonly address: string;
  readonly received: ReceivedMail[];
  /** What every mail meets until it is taken away. */
  fault: SmtpFault | null;
  close(): Promise<void>;
}

/** A real SMTP server (npm's smtp-server) on loopback. */
export async function startSmtpServer(options: SMTPServerOptions = {}): Promise<SmtpServer> {
  const sockets = new Set<Socket>();
  const endAll = () => {
    for (const socket of sockets) socket.destroy();
  };
  const place: Omit<SmtpServer, 'address' | 'close'> = { received: [], fault: null };
  /** Goes on, or does what the fault of this moment says. */
  function meet(at: SmtpFault['at'], done: (error?: Error | null) => void): void {
    const { fault } = place;
    if (fault?.at !== at) {
      done();
    } else if (fault.answer === 'drop') {
      endAll();
    } else if (fault.answer !== 'silence') {
      done(Object.assign(new Error('as the test wants it'), { responseCode: fault.answer }));
    }
  }
  const server = new SMTPServer({
    authOptional: true,
    logger: false,
    disableReverseLookup: true,
    onConnect: (_session, done) => meet('greeting', done),
    onMailFrom: (_address, _session, done) => meet('sender', done),
    onRcptTo: (_address, _session, done) => meet('recipient', done),
    onData(stream, { envelope, secure, user }, done) {
      if (place.fault?.at === 'text') {
        stream.once('data', () => meet('text', done));
        return;
      }
      void text(stream).then((raw) => {
        place.received.push({
          ...readMessage(raw),
          from: envelope.mailFrom ? envelope.mailFrom.address : '',
          to: envelope.rcptTo.map(({ address }) => address),
          isSecure: secure,
          ...(user && { user: String(user) }),
        });
        meet('taken', done);
      });
    },
    ...options,
  });
  server.server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  // What a client breaks off is the client's business.
  server.on('error', () => {});
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.server.address() as AddressInfo;
  return Object.assign(place, {
    address: `127.0.0.1:${port}`,
    close: () =>
      new Promise<void>((resolve) => {
        endAll();
        server.close(() => resolve());
      }),
  });
}

/** Of a message in two parts, text and HTML, as the adapter writes it. */
function readMessage(raw: string): Pick<ReceivedMail, 'headers' | 'text' | 'html'> {
  const { headers, body } = splitPart(raw);
  const boundary = /boundary="([^"]+)"/.exec(headers['content-type'] ?? '')?.[1];
  const parts = boundary ? body.split(`--${boundary}`).slice(1, -1).map(splitPart) : [];
  const partOf = (type: string) => {
    const part = parts.find((it) => it.headers['content-type']?.startsWith(type));
    return part ? decodeBody(part).replace(/\r\n/g, '\n').trimEnd() : '';
  };
  return { headers, text: partOf('text/plain'), html: partOf('text/html') };
}

function splitPart(part: string) {
  const [head = '', ...rest] = part.replace(/^\r\n/, '').split('\r\n\r\n');
  const lines = head.replace(/\r\n[ \t]+/g, ' ').split('\r\n');
  const headers = Object.fromEntries(
    lines.map((line) => {
      const [name = '', ...value] = line.split(':');
      return [name.toLowerCase(), decodeWords(value.join(':').trim())];
    }),
  );
  return { headers, body: rest.join('\r\n\r\n') };
}

function decodeBody({ headers, body }: ReturnType<typeof splitPart>): string {
  const encoding = headers['content-transfer-encoding'];
  if (encoding === 'base64') return Buffer.from(body, 'base64').toString();
  return encoding === 'quoted-printable' ? decodeQuoted(body.replace(/=\r\n/g, '')) : body;
}

/** Encoded words of a header (RFC 2047). */
function decodeWords(value: string): string {
  return value
    .replace(/\?=\s+=\?/g, '?==?')
    .replace(/=\?utf-8\?([QB])\?([^?]*)\?=/gi, (_, kind: string, word: string) =>
      kind.toUpperCase() === 'B'
        ? Buffer.from(word, 'base64').toString()
        : decodeQuoted(word.replaceAll('_', ' ')),
    );
}

function decodeQuoted(quoted: string): string {
  const bytes = quoted.replace(/=([0-9A-F]{2})/g, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
  return Buffer.from(bytes, 'latin1').toString();
}
