import { createServer } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createSmtp } from '../../../cloud/adapters/smtp.ts';
import { type Mailer, MailFailed } from '../../../cloud/ports/mailer.ts';
import { mail, mailerContract } from '../../contract/mailer.ts';
import { type SmtpFault, type SmtpServer, startSmtpServer } from '../../smtp-server.ts';

const from = 'Bookfeed <bookfeed@bookfeed.example>';
const mailerOf = (url: string, limitMs = 4_000): Mailer =>
  createSmtp({ url, from, timeoutMs: 1_000, limitMs });

mailerContract('SMTP', async () => {
  const { address, received, close } = await startSmtpServer();
  return {
    mailer: mailerOf(`smtp://${address}`),
    shown: async () =>
      received.map(({ to: [to = ''], headers: { subject = '' }, text, html }) => {
        return { to, subject, text, html };
      }),
    close,
  };
});

describe('SMTP', () => {
  let server: SmtpServer;
  let mailer: Mailer;
  beforeEach(async () => {
    server = await startSmtpServer();
    mailer = mailerOf(`smtp://${server.address}`);
  });
  afterEach(() => server.close());

  test('says who sends, that no human does, and the same Message-ID for the same mail', async () => {
    await mailer.send(mail());
    await mailer.send(mail());
    expect(server.received).toHaveLength(2);
    for (const { from: sender, to, headers } of server.received) {
      expect(sender).toBe('bookfeed@bookfeed.example');
      expect(to).toEqual(['erika@example.org']);
      expect(headers).toMatchObject({
        from,
        to: 'erika@example.org',
        'message-id': '<c1~expired~2026-03-01@bookfeed.example>',
        'auto-submitted': 'auto-generated',
      });
    }
  });

  test.each<[SmtpFault['at'], SmtpFault['answer'], MailFailed['next']]>([
    ['greeting', 421, 'again'],
    ['greeting', 554, 'again'],
    ['greeting', 'drop', 'again'],
    ['greeting', 'silence', 'again'],
    ['sender', 451, 'again'],
    ['sender', 550, 'never'],
    ['sender', 'drop', 'again'],
    ['sender', 'silence', 'again'],
    ['recipient', 450, 'again'],
    ['recipient', 550, 'never'],
    ['recipient', 'drop', 'again'],
    ['text', 'drop', 'unknown'],
    ['text', 'silence', 'unknown'],
    ['taken', 451, 'again'],
    ['taken', 554, 'never'],
    ['taken', 'drop', 'unknown'],
    ['taken', 'silence', 'unknown'],
  ])('after %s meets %s, what is next is: %s', async (at, answer, next) => {
    server.fault = { at, answer };
    await expectFailed(mailer, next);
    expect(server.received).toHaveLength(at === 'taken' ? 1 : 0);
    server.fault = null;
    await mailer.send(mail());
  });

  test('tries again where no server is', async () => {
    const gone = await startSmtpServer();
    await gone.close();
    await expectFailed(mailerOf(`smtp://${gone.address}`), 'again');
  });

  test('does not wait for ever for a server that answers a letter at a time', async () => {
    const slow = createServer((socket) => {
      socket.write('220 slow\r\n');
      const timer = setInterval(() => socket.write('2'), 50);
      socket.on('error', () => {}).once('close', () => clearInterval(timer));
    });
    await new Promise<void>((resolve) => slow.listen(0, '127.0.0.1', resolve));
    const { port } = slow.address() as { port: number };
    const startedAt = performance.now();
    await expectFailed(mailerOf(`smtp://127.0.0.1:${port}`, 400), 'again');
    expect(performance.now() - startedAt).toBeLessThan(2_000);
    await new Promise((resolve) => slow.close(resolve));
  });

  describe('with a password', () => {
    const onAuth: NonNullable<Parameters<typeof startSmtpServer>[0]>['onAuth'] = (auth, _, done) =>
      auth.username === 'erika@example.org' && auth.password === 'p@ss/w:rd'
        ? done(null, { user: auth.username })
        : done(null, {});
    beforeEach(async () => {
      await server.close();
      server = await startSmtpServer({ onAuth, authOptional: false });
    });

    test('signs in, over TLS', async () => {
      const login = 'erika%40example.org:p%40ss%2Fw%3Ard';
      await mailerOf(`smtp://${login}@${server.address}`).send(mail());
      expect(server.received).toMatchObject([{ user: 'erika@example.org', isSecure: true }]);
    });

    test.each(['erika%40example.org:wrong@', ''])(
      'tries again when the server does not let us in: %j',
      async (login) => {
        await expectFailed(mailerOf(`smtp://${login}${server.address}`), 'again');
      },
    );
  });

  test('sends nothing in the clear to a server that is not this machine', async () => {
    // 0.0.0.0 leads here, and is no address by which we know ourselves.
    const elsewhere = () => `smtp://${server.address.replace('127.0.0.1', '0.0.0.0')}`;
    await server.close();
    server = await startSmtpServer({ hideSTARTTLS: true, disabledCommands: ['STARTTLS'] });
    await expectFailed(mailerOf(elsewhere()), 'again');
    await mailerOf(`smtp://${server.address}`).send(mail());
    expect(server.received).toMatchObject([{ isSecure: false }]);
    await server.close();
    server = await startSmtpServer();
    // Its certificate is nobody's.
    await expectFailed(mailerOf(elsewhere()), 'again');
    expect(server.received).toEqual([]);
  });

  test.each(['http://mail.example:25', 'mail.example', 'smtp:', 'smtp://', ''])(
    'takes no address of a server that is none: %j',
    (url) => {
      expect(() => mailerOf(url)).toThrow(/no smtps:\/\/ or smtp:\/\/ URL$/);
    },
  );

  test.each(['', 'Bookfeed', 'Bookfeed <bookfeed>', 'a@b.example, c@d.example'])(
    'takes no sender that is none: %j',
    (sender) => {
      const url = 'smtp://127.0.0.1:1';
      expect(() => createSmtp({ url, from: sender })).toThrow('the sender is no mail address');
    },
  );
});

/** Its message and causes hold nothing of the mail, the password or the server's words: they are logged. */
async function expectFailed(mailer: Mailer, next: MailFailed['next']): Promise<void> {
  const thrown = await mailer.send(mail()).then(
    () => null,
    (error: unknown) => error,
  );
  expect(thrown).toBeInstanceOf(MailFailed);
  expect(thrown).toMatchObject({ next, message: `mail ${next}` });
  expect((thrown as Error).cause).toBeUndefined();
}
