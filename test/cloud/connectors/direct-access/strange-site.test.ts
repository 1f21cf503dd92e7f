import { type AddressInfo, connect, createServer as createTcpServer } from 'node:net';
import { afterEach, expect, test } from '@jest/globals';
import { openHostGate } from '../../../../cloud/connectors/direct-access/host-gate.ts';
import { sandboxBankLogin } from '../../../../cloud/connectors/direct-access/logins/sandbox-bank.ts';
import type { BankSession } from '../../../../cloud/ports/bank-connector.ts';
import { collect } from '../../../contract/bank-connector.ts';
import { createTestClock } from '../../local/bank/bank-server.ts';
import { describeInChromium, shareChromium } from './in-chromium.ts';
import { clara, readSite } from './online-bank.ts';
import {
  type Answer,
  entriesPage,
  entryRow,
  loginForm,
  logOutForm,
  page,
  redirect,
  silence,
  startSite,
} from './strange-site.ts';

const describe = await describeInChromium();
const launch = shareChromium();
const clock = createTestClock('2026-03-10T12:00:00.000Z');
const since = { from: '2026-03-01' };
const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

async function site(answers: Readonly<Record<string, Answer>> = {}) {
  const started = await startSite(answers);
  closers.push(started.close);
  return started;
}

type SiteOptions = Omit<Parameters<typeof readSite>[1], 'clock'>;

function read(url: string, options: SiteOptions = {}) {
  const reading = readSite(url, { clock, launch, stepMs: 4_000, ...options });
  closers.push(() => reading.connector.close());
  return reading;
}

/** A session at a site that answers so; it was not entered yet. */
async function visit(
  answers: Readonly<Record<string, Answer>>,
  options: SiteOptions = {},
): Promise<BankSession & { readonly asked: readonly string[] }> {
  const { url, asked } = await site(answers);
  const grant = {
    institutionId: 'direct-access:sandbox-bank',
    credentials: JSON.stringify(clara),
    cookies: '[]',
  };
  const session = await read(url, options).connector.open(grant, undefined);
  closers.push(() => session.close());
  return { ...session, asked };
}

const entriesOf = (session: BankSession) => collect(session.entries('a1', since));

describe('a page that leads elsewhere', () => {
  test.each<[string, string, (elsewhere: string) => Readonly<Record<string, Answer>>]>([
    [
      'a redirect of the login',
      'bank-unavailable',
      (url) => ({ 'POST /login': redirect(`${url}/login`, 307) }),
    ],
    [
      'a redirect of the start page',
      'bank-unavailable',
      (url) => ({ 'GET /': redirect(`${url}/`) }),
    ],
    ['a form', 'bank-unavailable', (url) => ({ 'GET /': page(loginForm(`${url}/login`)) })],
    [
      'a redirect after a redirect',
      'bank-unavailable',
      (url) => ({ 'POST /login': redirect('/hop', 307), 'POST /hop': redirect(`${url}/x`, 307) }),
    ],
    [
      'a script',
      'reply-unreadable',
      (url) => ({ 'GET /home': page(`${logOutForm}<script>location.href = '${url}/'</script>`) }),
    ],
  ])('takes nothing there: %s', async (_, code, answers) => {
    const elsewhere = await site();
    const { url } = await site({ ...answers(elsewhere.url), 'GET /accounts': page('') });
    const reading = read(url);
    const step = await reading.start().catch((error: unknown) => error);
    expect(step).toMatchObject({ code });
    expect(elsewhere.connections()).toBe(0);
  });

  test('has nothing loaded from there, whatever it holds', async () => {
    const elsewhere = await site();
    const { host } = new URL(elsewhere.url);
    const body = `${loginForm()}
      <img src="${elsewhere.url}/i.png"><iframe src="${elsewhere.url}/f"></iframe>
      <script src="${elsewhere.url}/s.js"></script>
      <script>
        fetch('${elsewhere.url}/fetch', { mode: 'no-cors' }).catch(() => {});
        new WebSocket('ws://${host}/socket');
        navigator.sendBeacon('${elsewhere.url}/beacon', 'x');
        window.open('${elsewhere.url}/window');
        alert('Hello');
      </script>`;
    const head = `<link rel="preconnect" href="${elsewhere.url}"><link rel="prefetch" href="${elsewhere.url}/p">
      <link rel="stylesheet" href="${elsewhere.url}/c.css">`;
    const session = await visit({ 'GET /': page(body, { head }) });
    expect(await session.accounts()).toHaveLength(1);
    expect(elsewhere.connections()).toBe(0);
  });

  test('has no pictures loaded, and those of the bank’s other hosts are not missed', async () => {
    const other = await site({ 'GET /draw.js': (_, response) => response.end('draw()') });
    const script = `<script>function draw() { document.body.innerHTML = \`${loginForm()}\` }</script>`;
    const body = `<img src="/logo.png">${script}<script src="${other.url}/draw.js"></script>`;
    const login = { ...sandboxBankLogin, hosts: [new URL(other.url).host] };
    const session = await visit({ 'GET /': page(body) }, { login });
    expect(await session.accounts()).toHaveLength(1);
    expect(session.asked.filter((path) => path.includes('logo'))).toEqual([]);
  });
});

describe('a page that is not the one described', () => {
  test.each<[string, Answer, string]>([
    ['nothing', page(''), 'reply-unreadable'],
    ['another page', page(logOutForm), 'reply-unreadable'],
    ['no page', (_, response) => response.end('{"a":1}'), 'reply-unreadable'],
    ['a file', (_, response) => attach(response), 'bank-unavailable'],
    ['a closed connection', (request) => request.socket.destroy(), 'bank-unavailable'],
    ['the login again', redirect('/'), 'bank-unavailable'],
    ['a refusal that says nothing', page('', { status: 403 }), 'bank-unavailable'],
    ['too slow a gateway', page('', { status: 504 }), 'timeout'],
    ['nothing at all', silence, 'timeout'],
    ['half a page', (_, response) => response.write('<html>'), 'timeout'],
    ['a redirect in circles', redirect('/accounts/a1/entries'), 'bank-unavailable'],
    ['an amount that is none', entriesPage(entryRow({ amount: 'Haben' })), 'reply-unreadable'],
    ['a day that is none', entriesPage(entryRow({ booking: '31.02.2026' })), 'reply-unreadable'],
    ['an entry without amount', entriesPage('<tr data-status="booked"></tr>'), 'reply-unreadable'],
    ['another status', entriesPage('<tr data-status="new"></tr>'), 'reply-unreadable'],
    ['a text without end', entriesPage(entryRow({ text: 'x'.repeat(5_000) })), 'reply-unreadable'],
    ['rows without end', entriesPage(entryRow().repeat(2_001)), 'reply-unreadable'],
    [
      'a next page elsewhere',
      entriesPage(entryRow(), '<a rel="next" href="http://192.0.2.1/accounts/a1/entries">n</a>'),
      'reply-unreadable',
    ],
    [
      'a next page that is this one',
      entriesPage(entryRow(), '<a rel="next" href="?from=2026-03-01">n</a>'),
      'reply-unreadable',
    ],
  ])('is not believed: %s', async (_, answer, code) => {
    const stepMs = code === 'timeout' ? 700 : 5_000;
    const session = await visit({ 'GET /accounts/a1/entries': answer }, { stepMs });
    const error = await entriesOf(session).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ name: 'BankError', code, cause: undefined });
    expect(String(error)).not.toMatch(/127\.0\.0\.1|Haben|clara|sandbox/);
    expect(await session.accounts()).toHaveLength(1);
  });

  test('ends after as many pages as a visit may have', async () => {
    let n = 0;
    const endless: Answer = (request, response) => {
      n += 1;
      entriesPage(entryRow(), `<a rel="next" href="?page=${n}">n</a>`)(request, response);
    };
    const session = await visit({ 'GET /accounts/a1/entries': endless }, { stepMax: 12 });
    await expect(entriesOf(session)).rejects.toMatchObject({ code: 'reply-unreadable' });
    expect(session.asked.filter((path) => path.includes('entries'))).toHaveLength(10);
  });

  test('ends when the visit has taken as long as it may', async () => {
    const answers = { 'GET /accounts/a1/entries': silence };
    const session = await visit(answers, { stepMs: 20_000, visitMs: 2_500 });
    await session.accounts();
    await expect(entriesOf(session)).rejects.toMatchObject({ code: 'timeout' });
    await expect(session.accounts()).rejects.toMatchObject({ code: 'timeout' });
  });

  test('may draw what it shows after it has loaded, where that is known of the bank', async () => {
    const late = page(`<script>
      setTimeout(() => { document.body.innerHTML = \`${loginForm()}\` }, 400)</script>`);
    const patient = await visit(
      { 'GET /': late },
      { login: { ...sandboxBankLogin, drawsForMs: 2_000 } },
    );
    expect(await patient.accounts()).toHaveLength(1);
    const session = await visit({ 'GET /': late });
    await expect(session.accounts()).rejects.toMatchObject({ code: 'reply-unreadable' });
  });

  test('is not logged in to when no login stands there, or the login comes back', async () => {
    for (const answers of [
      { 'GET /': page(logOutForm) },
      { 'GET /': page('<form id="login"><button>Go</button></form>') },
      { 'POST /login': page(loginForm()) },
    ]) {
      const session = await visit(answers, { stepMs: 1_500 });
      await expect(session.accounts()).rejects.toMatchObject({ code: 'reply-unreadable' });
      await expect(session.accounts()).rejects.toMatchObject({ code: 'reply-unreadable' });
      expect(session.asked.filter((path) => path === 'POST /login').length).toBeLessThan(2);
    }
  });
});

describe('a site that is another than the Sandbox Bank’s', () => {
  test('may show the newest entries first: they come oldest first', async () => {
    const login = {
      ...sandboxBankLogin,
      entries: { ...sandboxBankLogin.entries, order: 'newest-first' as const },
    };
    const newestFirst: Answer = (request, response) => {
      const isLast = request.url?.includes('page=2');
      const texts = isLast ? ['TWO', 'ONE'] : ['FOUR', 'THREE'];
      const foot = isLast ? '' : '<a rel="next" href="?page=2">n</a>';
      const rows = texts.map((text) => entryRow({ text })).join('');
      entriesPage(rows, foot)(request, response);
    };
    const session = await visit({ 'GET /accounts/a1/entries': newestFirst }, { login });
    const texts = (await entriesOf(session)).map(({ text }) => text);
    expect(texts).toEqual(['ONE', 'TWO', 'THREE', 'FOUR']);
  });

  const codeForm = (picture: string) =>
    page(`<main data-step="code"><form id="code" method="post" action="/code"><p id="prompt">Type  it<br>
      now</p>${picture}<input name="code"><button>Go</button></form></main>`);
  const png = Buffer.from('89504e470d0a1a0a', 'hex');
  const sendPng = (content: Buffer, type = 'image/png'): Answer => {
    return (request, response) => {
      const isKnown = request.headers.cookie === 'visit=v1';
      response.writeHead(isKnown ? 200 : 403, { 'Content-Type': type }).end(content);
    };
  };
  const withCookie: Answer = (_, response) => {
    response.writeHead(303, { Location: '/home', 'Set-Cookie': 'visit=v1; HttpOnly' }).end();
  };

  test('may have its picture at an address: it is loaded once, as the browser would', async () => {
    const { url, asked } = await site({
      'POST /login': withCookie,
      'GET /home': codeForm('<img id="challenge" src="/tan.png" alt="TAN">'),
      'GET /tan.png': sendPng(png),
    });
    expect(await read(url).start()).toMatchObject({
      confirmation: {
        prompt: 'Type it\nnow',
        format: 'text',
        picture: { mimeType: 'image/png', alt: 'TAN', content: png.toString('base64') },
      },
    });
    expect(asked.filter((path) => path === 'GET /tan.png')).toHaveLength(1);
  });

  test.each<[string, string, Answer]>([
    ['too large', '/tan.png', sendPng(Buffer.alloc(200_001))],
    ['too large a part of the page', `data:image/png;base64,${'A'.repeat(280_000)}`, silence],
    ['no picture', '/tan.png', sendPng(png, 'text/html')],
    ['not there', '/none.png', sendPng(png)],
    ['elsewhere', 'http://127.0.0.1:9/tan.png', sendPng(png)],
    ['no address', 'http://[', sendPng(png)],
    ['a page', 'data:text/html,x', sendPng(png)],
    ['badly encoded', 'data:image/svg+xml,%', sendPng(png)],
  ])('is not believed with a picture that is %s', async (_, source, answer) => {
    const { url } = await site({
      'POST /login': withCookie,
      'GET /home': codeForm(`<img id="challenge" src="${source}" alt="TAN">`),
      'GET /tan.png': answer,
    });
    const code = expect.stringMatching(/^(reply-unreadable|bank-unavailable)$/);
    await expect(read(url).start()).rejects.toMatchObject({ name: 'BankError', code });
  });
});

describe('the browser of a visit', () => {
  async function watchedSite(
    options: SiteOptions = {},
    answers: Readonly<Record<string, Answer>> = {},
  ) {
    const launched: Awaited<ReturnType<NonNullable<SiteOptions['launch']>>>[] = [];
    const { launchChromium } = await import('../../../../cloud/adapters/launch-chromium.ts');
    const launchOwn = async () => {
      const browser = await launchChromium();
      launched.push(browser);
      return browser;
    };
    const started = await site({ 'GET /accounts/a1/entries': silence, ...answers });
    const reading = read(started.url, { launch: launchOwn, stepMs: 1_500, ...options });
    const step = await reading.start();
    if (step.kind !== 'granted') throw new Error('the site asks for nothing');
    const open = () => reading.connector.open(step.grant, undefined);
    return { ...started, ...reading, launched, openSession: open };
  }

  test('is started at the first call, and let go of after the last', async () => {
    const { launched, openSession, open } = await watchedSite({ warmMs: 0 });
    expect(launched.map((browser) => browser.isConnected())).toEqual([false]);
    const session = await openSession();
    expect(launched).toHaveLength(1);
    await session.accounts();
    await expect(entriesOf(session)).rejects.toMatchObject({ code: 'timeout' });
    expect(launched[1]?.isConnected()).toBe(true);
    await session.close();
    expect(launched[1]?.isConnected()).toBe(false);
    expect(open()).toBe(0);
    expect(launched).toHaveLength(2);
  });

  test('may be kept for the next visit, of which it remembers nothing', async () => {
    const { launched, openSession, asked } = await watchedSite({ warmMs: 60_000 });
    const sessions = [await openSession(), await openSession()];
    await Promise.all(sessions.map((session) => session.accounts()));
    expect(launched[0]?.contexts()).toHaveLength(2);
    await Promise.all(sessions.map((session) => session.close()));
    expect(launched.map((browser) => browser.contexts().length)).toEqual([0]);
    expect(asked.filter((path) => path === 'POST /login')).toHaveLength(3);
  });

  test('has one page, whatever that page opens', async () => {
    const opening = `<script>
      document.querySelector('button').addEventListener('click', () => window.open('/popup'));</script>`;
    const { launched, openSession, asked } = await watchedSite(
      {},
      {
        'GET /': page(loginForm() + opening),
        'GET /popup': page('Look here'),
      },
    );
    const session = await openSession();
    expect(await session.accounts()).toHaveLength(1);
    expect(asked).toContain('GET /popup');
    expect(launched[0]?.contexts().map((context) => context.pages().length)).toEqual([1]);
    await session.close();
  });

  test('is started anew where it has died, which that visit is told', async () => {
    const { launched, openSession } = await watchedSite({ warmMs: 60_000 });
    const session = await openSession();
    await session.accounts();
    await launched[0]?.close();
    await expect(session.accounts()).rejects.toMatchObject({ code: 'bank-unavailable' });
    await session.close();
    const next = await openSession();
    expect(await next.accounts()).toHaveLength(1);
    await next.close();
    expect(launched).toHaveLength(2);
  });

  test('is told of where there is none', async () => {
    const launchNone = () => Promise.reject(new Error('/home/clara/chromium is missing'));
    const { url, asked } = await site();
    const error = await read(url, { launch: launchNone })
      .start()
      .catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'provider-not-configured', cause: undefined });
    expect(String(error)).not.toContain('clara');
    expect(asked).toEqual([]);
  });

  test('finds no bank where none listens', async () => {
    const { url, close } = await startSite();
    close();
    await expect(read(url).start()).rejects.toMatchObject({ code: 'bank-unavailable' });
  });
});

describe('the gate of a visit', () => {
  test('has tunnels to the named hosts alone', async () => {
    const server = createTcpServer((socket) => socket.end('hello'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    closers.push(() => server.close());
    const { port } = server.address() as AddressInfo;
    const gate = await openHostGate(new Set([`127.0.0.1:${port}`]));
    closers.push(() => gate.close());
    expect(await tunnel(gate.url, `127.0.0.1:${port}`)).toMatch(/^HTTP\/1\.1 200 .*hello$/s);
    for (const other of [
      `localhost:${port}`,
      '127.0.0.1:9',
      '192.0.2.1:443',
      `@127.0.0.1:${port}`,
    ]) {
      expect(await tunnel(gate.url, other)).toBe('');
    }
  });
});

/** What comes back through a tunnel until it ends. */
function tunnel(gateUrl: string, target: string): Promise<string> {
  return new Promise((resolve) => {
    let came = '';
    const socket = connect(Number(new URL(gateUrl).port), '127.0.0.1', () => {
      socket.write(`CONNECT ${target} HTTP/1.1\r\nHost: ${target}\r\n\r\n`);
    });
    socket.on('data', (chunk) => {
      came += chunk;
    });
    socket.on('error', () => undefined);
    socket.on('close', () => resolve(came));
  });
}

function attach(response: Parameters<Answer>[1]): void {
  response.writeHead(200, {
    'Content-Type': 'application/pdf',
    'Content-Disposition': 'attachment',
  });
  response.end('%PDF');
}
