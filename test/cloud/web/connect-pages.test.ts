import { describe, expect, test } from '@jest/globals';
import { startConnect } from '../../../cloud/core/connect-bank.ts';
import { connections, connects } from '../../../cloud/core/documents.ts';
import { termsVersion } from '../../../cloud/core/terms.ts';
import { BankError } from '../../../cloud/ports/bank-connector.ts';
import { createWeb } from '../../../cloud/web/web.ts';
import type { ApiArgs } from '../../../shared/api.ts';
import { failures } from '../../../shared/failures.ts';
import { connectAs } from '../core/connecting.ts';
import { code, createLoginBank, login, loginInstitution, wantsCode } from '../core/login-bank.ts';
import { bookId, createTestWorld, institution } from '../core/world.ts';

const typed = { 'login.user': login.user, 'login.pin': login.pin };

/** A browser with a link of its own; it follows redirects to pages of ours, as browsers do. */
async function openBrowser(args: ApiArgs<'startConnect'> = {}, before = createWorld()) {
  const { world } = before;
  const web = createWeb(world, () => ({ ipAddress: '127.0.0.1' }));
  let cookie = '';
  let page = '';
  let place = '';
  let status = 0;
  async function go(path: string, init: RequestInit = {}): Promise<string> {
    const response = await web.request(path, { ...init, headers: { Cookie: cookie } });
    cookie = response.headers.get('Set-Cookie')?.split(';')[0] ?? cookie;
    status = response.status;
    const location = response.headers.get('Location');
    place = location ?? path;
    if (location?.startsWith('/')) return go(location);
    page = await response.text();
    return page;
  }
  const post = (path: string, fields: Record<string, string> = {}) =>
    go(path, { method: 'POST', body: new URLSearchParams(fields) });
  const send = (path: string, fields: Record<string, string> = {}) =>
    post(path, { version: /name="version" value="([^"]*)"/.exec(page)?.[1] ?? '', ...fields });
  const open = async (more = args) => {
    const { pathname, search } = new URL(await startConnect(world, bookId, 'erika', more));
    return go(pathname + search);
  };
  await open();
  return { ...before, web, go, post, send, open, place: () => place, status: () => status };
}

function createWorld() {
  const it = createTestWorld();
  const { bank: loginBank, connector } = createLoginBank();
  const connectors = new Map([...it.world.connectors, [connector.id, connector]]);
  return { ...it, world: { ...it.world, connectors }, loginBank };
}

type Browser = Awaited<ReturnType<typeof openBrowser>>;

async function toBanks(browser: Browser): Promise<string> {
  await browser.post('/connect/country', { country: 'DE' });
  return browser.send('/connect/terms', { accepted: 'yes' });
}

async function toLogin(institutionId = institution.id): Promise<Browser> {
  const browser = await openBrowser();
  await toBanks(browser);
  await browser.post('/connect/way-in', { institution: institutionId });
  return browser;
}

describe('the connect page', () => {
  test('is walked from the link to the accounts with forms alone', async () => {
    const browser = await openBrowser();
    expect(browser.place()).toBe('/connect/country');
    expect(await browser.go('/connect/country')).toMatch(/Germany.*1 bank/s);
    expect(await browser.post('/connect/country', { country: 'DE' })).toContain('privacy policy');
    expect(await browser.send('/connect/terms', { accepted: 'yes' })).toContain('Fake Bank');
    const ways = await browser.post('/connect/bank', { institution: institution.id });
    expect(ways).toMatch(/Open banking.*Direct access/s);
    const form = await browser.post('/connect/way-in', { institution: institution.id });
    expect(form).toContain('Continue to Fake Bank');
    await browser.send('/connect/login', { name: ' House  hold ' });
    const back = new URL(new URL(browser.place()).searchParams.get('back') ?? '');
    const accounts = await browser.go(back.pathname + back.search);
    expect(browser.place()).toBe('/connect/accounts');
    expect(accounts).toContain('House hold is connected');
    expect(accounts).toContain('DE89 3704 0044 0532 0130 00');
    expect(accounts).toContain('https://sheets.example/book-of-erika');
    expect(accounts).toContain('28 August 2026'.replace('28 August', 'August 28,'));
  });

  test('keeps its session in a cookie that no script and no other site can use', async () => {
    const { world } = createWorld();
    const web = createWeb(world, () => ({ ipAddress: '127.0.0.1' }));
    const { pathname, search } = new URL(await startConnect(world, bookId, 'erika'));
    const response = await web.request(pathname + search);
    expect(response.headers.get('Set-Cookie')).toMatch(
      /Path=\/connect; HttpOnly; Secure; SameSite=Lax/,
    );
  });

  test('runs no script but its own file, and frames, styles and pictures of nobody else', async () => {
    const { web } = await openBrowser();
    const response = await web.request('/privacy');
    const policy = response.headers.get('Content-Security-Policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self';");
    expect(policy).toContain("style-src 'self';");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(await response.text()).not.toMatch(/<script>|style=|onclick/);
    for (const [file, type] of [
      ['page.js', 'text/javascript'],
      ['page.css', 'text/css'],
    ]) {
      const served = await web.request(`/connect/${file}`);
      expect(served.headers.get('Content-Type')).toContain(type);
      expect(served.status).toBe(200);
    }
  });

  test('says what happened, why, and what to do when a link is spent', async () => {
    const { web } = await openBrowser();
    const response = await web.request('/connect?link=l123');
    expect(response.status).toBe(400);
    const page = await response.text();
    expect(page).toContain(failures['link-expired'].text);
    expect(page).toContain(failures['link-expired'].advice);
    expect(page).toContain('The link works once');
  });

  test.each([
    '/connect/bank',
    '/connect/login',
    '/connect/way-in',
    '/connect/confirm',
    '/connect/finish',
    '/connect/accounts',
  ])('%s leads whoever is not so far to where they are', async (path) => {
    const browser = await openBrowser();
    await browser.go(path);
    expect(browser.place()).toBe('/connect/country');
  });

  test('lets the user go back to what was chosen, and choose another country and bank', async () => {
    const browser = await toLogin();
    for (const path of ['/connect/country', '/connect/terms', '/connect/bank', '/connect/login']) {
      await browser.go(path);
      expect(browser.place()).toBe(path);
    }
    await browser.post('/connect/country', { country: 'DE' });
    expect(browser.place()).toBe('/connect/bank');
  });

  test('keeps which terms were accepted, and when', async () => {
    const browser = await toLogin(loginInstitution.id);
    const ofSession = { field: 'expiresAt', op: '<=', value: '9999', limit: 9 } as const;
    const [session] = await browser.world.store.find(connects, ofSession);
    const acceptedAt = browser.world.clock.now();
    expect(session?.value.terms).toEqual({ version: termsVersion, acceptedAt });
  });
});

describe('a form that cannot be used', () => {
  const wrong: readonly [string, Record<string, string>, string][] = [
    ['/connect/country', { country: 'FR' }, 'banks in that country'],
    ['/connect/country', {}, 'banks in that country'],
    ['/connect/terms', {}, 'terms accepted'],
    ['/connect/terms', { accepted: 'yes', version: '2020-01-01' }, 'the terms have changed'],
    ['/connect/bank', { institution: 'none' }, 'bank'],
    ['/connect/bank', {}, 'bank'],
    ['/connect/way-in', { institution: '__proto__' }, 'bank'],
    ['/connect/login', { name: '  ' }, 'a name'],
    ['/connect/login', { name: 'x'.repeat(81) }, 'a name'],
    ['/connect/login', { name: 'A', 'login.user': 'erika' }, 'PIN is needed'],
    ['/connect/login', { ...typed, name: 'A', 'login.pin': 'x'.repeat(1_001) }, 'PIN is needed'],
    ['/connect/confirm', {}, 'the answer is missing'],
    ['/connect/confirm', { code: '1'.repeat(201) }, 'the answer is missing'],
    ['/connect/banks', { q: 'x'.repeat(200_000) }, 'too long'],
  ];
  test.each(wrong)(
    '%s with %j is refused with the thing named, and no bank is asked',
    async (...it) => {
      const [path, fields, named] = it;
      const browser = await toLogin(loginInstitution.id);
      const page = await browser.send(path, fields);
      expect(browser.status()).toBe(400);
      expect(page).toContain(named);
      expect(page).not.toContain(login.pin);
      expect(browser.loginBank.starts).toEqual([]);
      expect(browser.lines.filter(({ event }) => event === 'defect')).toEqual([]);
    },
  );

  test('without a session is refused', async () => {
    const { web } = await openBrowser();
    for (const path of ['country', 'terms', 'banks', 'bank', 'login', 'confirm', 'finish']) {
      const response = await web.request(`/connect/${path}`, { method: 'POST', body: '' });
      expect(response.status).toBe(400);
      expect(await response.text()).toContain(failures['link-expired'].text);
    }
  });
});

describe('the search for a bank', () => {
  test('shows what is found, for the page and alone for its script, and never as markup', async () => {
    const browser = await openBrowser();
    await toBanks(browser);
    const part = await browser.post('/connect/banks', { q: 'fake', part: 'list' });
    expect(part).toMatch(/^<p role="status"[^>]*>1 bank<\/p>/);
    expect(await browser.post('/connect/banks', { q: 'fake' })).toMatch(/<html.*Fake Bank/s);
    const none = await browser.post('/connect/banks', { q: '<b>"xyz' });
    expect(none).toContain('No bank like that');
    expect(none).toContain('&lt;b&gt;&quot;xyz');
  });
});

describe("a bank's login", () => {
  test('is asked for as the bank asks for it, and what was typed is never sent back', async () => {
    const browser = await toLogin(loginInstitution.id);
    const form = await browser.go('/connect/login');
    expect(form).toMatch(/<label for="login.user">Login name<\/label>/);
    expect(form).toMatch(/name="login.pin" type="password"/);
    expect(form).toContain('As on your card');
    const again = await browser.send('/connect/login', {
      ...typed,
      name: 'Mine',
      'login.pin': 'x',
    });
    expect(browser.place()).toBe('/connect/login');
    expect(again).toContain(failures['login-rejected'].text);
    expect(again).toMatch(/space.*Capitals.*Punctuation.*Another login of the same bank/s);
    expect(again).toContain('value="Mine"');
    expect(again).not.toContain(login.user);
    await browser.go('/connect/login');
    expect(browser.loginBank.starts).toHaveLength(1);
  });

  test('goes over method, picture and code to the accounts', async () => {
    const browser = await toLogin(loginInstitution.id);
    const method = await browser.send('/connect/login', { ...typed, name: 'Mine' });
    expect(method).toMatch(/Which TAN method\?.*Text message.*photoTAN.*App/s);
    const picture = await browser.send('/connect/confirm', { method: 'photo' });
    expect(picture).toContain(
      'src="data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"',
    );
    expect(picture).toContain('alt="Coloured dots"');
    const wrong = await browser.send('/connect/confirm', { code: '000000' });
    expect(wrong).toContain(failures['code-rejected'].text);
    expect(wrong).toContain('Digits that were swapped');
    expect(await browser.send('/connect/confirm', { code: ` ${code} ` })).toContain(
      'Mine is connected',
    );
  });

  test('waits for an approval: its script asks, and without script a button does', async () => {
    const browser = await toLogin(loginInstitution.id);
    await browser.send('/connect/login', { ...typed, name: 'Mine' });
    const asked = await browser.send('/connect/confirm', { method: 'app' });
    expect(asked).toContain('data-poll-seconds="3"');
    expect(JSON.parse(await browser.post('/connect/poll'))).toEqual({ isOpen: true });
    expect(await browser.send('/connect/confirm', { poll: '1' })).toContain('Approve the login');
    browser.loginBank.isApproved = true;
    expect(JSON.parse(await browser.post('/connect/poll'))).toEqual({ isOpen: false });
    expect(await browser.go('/connect/next')).toContain('Mine is connected');
    expect(JSON.parse(await browser.post('/connect/poll'))).toEqual({ isOpen: false });
  });

  test('asks for an approval by button also after the script has looked', async () => {
    const browser = await toLogin(loginInstitution.id);
    await browser.send('/connect/login', { ...typed, name: 'Mine' });
    await browser.send('/connect/confirm', { method: 'app' });
    browser.loginBank.isApproved = true;
    expect(await browser.post('/connect/confirm', { poll: '1', version: 'old' })).toContain(
      'connected',
    );
  });

  test('says that a confirmation came too late, and how to start again', async () => {
    const browser = await toLogin(loginInstitution.id);
    browser.loginBank.expiresAt = '2026-03-02T08:05:00.000Z';
    const asked = await browser.send('/connect/login', { ...typed, name: 'Mine' });
    expect(asked).toContain('5 minutes are left for it');
    browser.pass(5 * 60_000);
    const late = await browser.send('/connect/confirm', { method: 'sms' });
    expect(late).toContain(failures['confirmation-expired'].text);
    expect(late).toContain('Start again: the bank then asks anew.');
    expect(browser.place()).toBe('/connect/login');
  });

  test('shows that the bank is being asked to whoever looks meanwhile', async () => {
    const browser = await toLogin(loginInstitution.id);
    let release = () => {};
    browser.loginBank.before = () => new Promise<void>((resolve) => (release = resolve));
    await browser.go('/connect/login');
    const sent = browser.send('/connect/login', { ...typed, name: 'Mine' });
    while (browser.loginBank.starts.length === 0) await new Promise((go) => setTimeout(go, 1));
    expect(await browser.go('/connect/next')).toContain('Fake Bank is being asked');
    expect(browser.place()).toBe('/connect/waiting');
    await browser.go('/connect/login');
    expect(browser.place()).toBe('/connect/waiting');
    release();
    await sent;
    expect(await browser.go('/connect/waiting')).toContain('Which TAN method?');
  });
});

describe('what a bank has granted', () => {
  test('is kept while its accounts cannot be read, and the page says so', async () => {
    const browser = await toLogin(loginInstitution.id);
    browser.loginBank.failingAccounts = new BankError('bank-unavailable');
    await browser.send('/connect/login', { ...typed, name: 'Mine' });
    await browser.send('/connect/confirm', { method: 'sms' });
    const page = await browser.send('/connect/confirm', { code });
    expect(browser.place()).toBe('/connect/finish');
    expect(page).toContain('Fake Bank has said yes');
    expect(page).toContain(failures['bank-unavailable'].text);
    browser.loginBank.failingAccounts = wantsCode;
    expect(await browser.post('/connect/finish')).toContain('TAN from your phone');
    browser.loginBank.failingAccounts = undefined;
    expect(await browser.send('/connect/confirm', { code })).toContain('Mine is connected');
  });
});

describe('a link that renews', () => {
  test('leads to the bank at once where the login is there, and back to the same connection', async () => {
    const before = createWorld();
    const { key } = await connectAs(before.world);
    const browser = await openBrowser({ connectionId: key }, before);
    expect(browser.place()).toMatch(/^https:\/\/bank\.example\/login/);
    const back = new URL(new URL(browser.place()).searchParams.get('back') ?? '');
    expect(await browser.go(back.pathname + back.search)).toContain('Fake Bank is connected');
    const ofBook = { field: 'bookId', op: '==', value: bookId, limit: 9 } as const;
    expect(await before.world.store.find(connections, ofBook)).toHaveLength(1);
  });

  test('shows the login form alone where the login is typed here', async () => {
    const before = createWorld();
    const { key } = await connectAs(before.world);
    const browser = await openBrowser({ connectionId: key, wayIn: 'login' }, before);
    expect(browser.place()).toBe('/connect/login');
    const form = await browser.go('/connect/login');
    expect(form).toContain('Renew Fake Bank');
    expect(form).not.toContain('name="name"');
    await browser.go('/connect/bank');
    expect(browser.place()).toBe('/connect/login');
    await browser.send('/connect/login', typed);
    expect(browser.place()).toBe('/connect/confirm');
  });

  test('shows the login form where an open bank wants something typed here', async () => {
    const before = createWorld();
    const connector = before.world.connectors.get('fake');
    if (!connector) throw new Error('connector');
    const credentials = [{ name: 'psu-id', label: 'Login name', kind: 'text' }] as const;
    connector.institutions = async () => [{ ...institution, credentials }];
    const { key } = await connectAs(before.world);
    const browser = await openBrowser({ connectionId: key }, before);
    expect(browser.place()).toBe('/connect/login');
    expect(await browser.go('/connect/login')).toContain('Login name');
  });

  test('lets a field empty that may be, and tells the bank what was typed alone', async () => {
    const before = createWorld();
    const connector = before.world.connectors.get('fake');
    if (!connector) throw new Error('connector');
    const credentials = [
      { name: 'psu-id', label: 'Login name', kind: 'text' },
      { name: 'customer', label: 'Customer ID', kind: 'text', isOptional: true },
    ] as const;
    connector.institutions = async () => [{ ...institution, credentials }];
    const { key } = await connectAs(before.world);
    const given: object[] = [];
    connector.startAccess = (request) => {
      given.push(request.credentials);
      return Promise.reject(new BankError('login-rejected'));
    };
    const browser = await openBrowser({ connectionId: key }, before);
    const form = await browser.go('/connect/login');
    expect(form).toMatch(/>Login name<\/label>\s*<input[^>]*\brequired\b/);
    expect(form).toMatch(/>Customer ID \(optional\)<\/label>\s*<input(?![^>]*\brequired\b)/);
    await browser.send('/connect/login', { 'login.psu-id': 'erika', 'login.customer': ' ' });
    await browser.send('/connect/login', { 'login.psu-id': 'erika', 'login.customer': '4711' });
    expect(given).toEqual([{ 'psu-id': 'erika' }, { 'psu-id': 'erika', customer: '4711' }]);
  });

  test('shows a page of its own when the bank cannot be asked, with the button to try again', async () => {
    const before = createWorld();
    const { key } = await connectAs(before.world);
    const connector = before.world.connectors.get('fake');
    if (!connector) throw new Error('connector');
    connector.startAccess = () => Promise.reject(new BankError('bank-unavailable'));
    const browser = await openBrowser({ connectionId: key }, before);
    expect(browser.place()).toBe('/connect/login');
    const page = await browser.go('/connect/login');
    expect(page).toContain(failures['bank-unavailable'].text);
    expect(page).toContain('Continue to Fake Bank');
  });
});
