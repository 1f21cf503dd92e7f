import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { collect, entry } from '../../../contract/bank-connector.ts';
import { type BankServer, redirectUrl, startBank, user } from './bank-server.ts';
import { createVisitor, decideAtBank } from './visit-bank.ts';

let bank: BankServer;
beforeEach(async () => {
  bank = await startBank();
});
afterEach(() => bank.stop());

const login = { login: 'clara', password: 'sandbox' };
const payment = {
  account: 'current',
  direction: 'out',
  counterparty: 'Corner Cafe',
  text: 'Coffee',
  amount: '7.80',
  status: 'booked',
};

async function logIn() {
  const visitor = createVisitor();
  const home = await visitor.submit(await visitor.open(`${bank.url}/`), '/login', login);
  return { visitor, home };
}

async function connect() {
  const { grant, confirmation } = await bank.startConsent();
  await decideAtBank(confirmation.url, 'allow');
  const accounts = await bank.read.accounts(grant, user);
  const fetchEntries = (externalId = accounts[0]?.externalId ?? '') =>
    collect(bank.read.entries(grant, externalId, { from: '2026-03-01' }, user));
  return { grant, accounts, fetchEntries };
}

describe('the login of the Sandbox Bank', () => {
  test('says that the bank is made up, and which made-up login to use', async () => {
    const page = await createVisitor().open(`${bank.url}/`);
    expect(page.html).toContain('This bank is made up');
    expect(page.html).toMatch(/name\s*<b><code>clara<\/code><\/b>, password\s*<b><code>sandbox</);
  });

  test('tells of a wrong password, keeps the name, and asks again', async () => {
    const visitor = createVisitor();
    const page = await visitor.open(`${bank.url}/`);
    const wrong = await visitor.submit(page, '/login', { login: 'clara', password: 'Sandbox' });
    expect(wrong.status).toBe(422);
    expect(wrong.html).toContain('Login name or password is wrong');
    expect(wrong.html).toContain('value="clara"');
    const home = await visitor.submit(wrong, '/login', login);
    expect(home.html).toContain('Current Account');
  });

  test('is locked for ten minutes after five wrong tries, for the right password too', async () => {
    const visitor = createVisitor();
    let page = await visitor.open(`${bank.url}/`);
    for (let n = 1; n <= 5; n++) {
      expect(page.html).not.toContain('locked');
      page = await visitor.submit(page, '/login', { login: 'clara', password: `wrong ${n}` });
    }
    expect(page.html).toContain('locked for ten minutes');
    expect((await visitor.submit(page, '/login', login)).html).toContain('locked');
    bank.clock.passMinutes(10);
    expect((await visitor.submit(page, '/login', login)).html).toContain('Current Account');
  });

  test('ends after a quarter of an hour without use, and when the customer says so', async () => {
    const { visitor, home } = await logIn();
    bank.clock.passMinutes(14);
    expect((await visitor.open(`${bank.url}/`)).html).toContain('Current Account');
    bank.clock.passMinutes(15);
    expect((await visitor.open(`${bank.url}/`)).html).toContain('Log in to online banking');
    const again = await logIn();
    await again.visitor.submit(again.home, '/logout', {});
    expect((await again.visitor.open(`${bank.url}/`)).html).toContain('Log in to online banking');
    expect((await visitor.submit(home, '/payments', payment)).status).toBe(403);
  });
});

describe('the decision about a consent', () => {
  test('is asked on a page that names who asks, the accounts and the end', async () => {
    const { confirmation } = await bank.startConsent('2026-06-30');
    const visitor = createVisitor();
    const page = await visitor.open(confirmation.url);
    expect(page.html).toContain('<b>Bookfeed</b> asks to see your accounts');
    const consent = await visitor.submit(page, '/login', login);
    for (const text of [
      'Bookfeed',
      '127.0.0.1:4711',
      'DE89 3704 0044 0532 0130 00',
      '2026-06-30',
    ]) {
      expect(consent.html).toContain(text);
    }
    expect(consent.headers.get('Content-Security-Policy')).toContain(
      "form-action 'self' http://127.0.0.1:4711;",
    );
  });

  test('leads back to who asked, and is made once', async () => {
    const { grant, confirmation } = await bank.startConsent();
    expect(await decideAtBank(confirmation.url, 'allow', ['savings'])).toBe(redirectUrl);
    const accounts = await bank.read.accounts(grant, user);
    expect(accounts.map(({ name }) => name)).toEqual(['Savings']);
    const again = await createVisitor().open(confirmation.url);
    expect([again.status, again.html.includes('Nothing to decide')]).toEqual([404, true]);
    expect((await createVisitor().open(`${bank.url}/authorise/nothing`)).status).toBe(404);
  });

  test('is not made without an account', async () => {
    const { grant, confirmation } = await bank.startConsent();
    const visitor = createVisitor();
    const consent = await visitor.submit(await visitor.open(confirmation.url), '/login', login);
    const page = await visitor.submit(consent, '', { decision: 'allow', account: ['another'] });
    expect([page.status, page.html.includes('Choose at least one account')]).toEqual([422, true]);
    await expect(bank.finishConsent(grant)).rejects.toMatchObject({
      code: 'needs-confirmation',
    });
  });

  test('can be to decline before any login', async () => {
    const { grant, confirmation } = await bank.startConsent();
    const visitor = createVisitor();
    const page = await visitor.open(confirmation.url);
    const path = new URL(confirmation.url).pathname;
    const back = await visitor.submit(page, path, { decision: 'decline' });
    expect(back.url).toBe(redirectUrl);
    await expect(bank.finishConsent(grant)).rejects.toMatchObject({
      code: 'confirmation-declined',
    });
  });

  test('is taken back by the customer, and by nobody else', async () => {
    const { grant } = await connect();
    const { visitor, home } = await logIn();
    expect(home.html).toContain('Bookfeed, until 2026-08-31');
    const after = await visitor.submit(home, '/consents/revoke', {});
    expect(after.html).toContain('The access was taken back.');
    expect(after.html).toContain('Nobody.');
    await expect(bank.read.accounts(grant, user)).rejects.toMatchObject({
      code: 'consent-revoked',
    });
  });
});

describe('a payment made at the Sandbox Bank', () => {
  test('is an entry at once, and moves the balance', async () => {
    const { grant, accounts, fetchEntries } = await connect();
    const externalId = accounts[0]?.externalId ?? '';
    const before = await bank.read.balance(grant, externalId, user);
    const { visitor, home } = await logIn();
    const done = await visitor.submit(home, '/payments', { ...payment, amount: '7,80' });
    expect(done.html).toContain('The payment is booked.');
    expect(await fetchEntries()).toContainEqual(
      expect.objectContaining({
        status: 'booked',
        bookingDate: '2026-03-10',
        amount: { minor: -780, currency: 'EUR' },
        counterparty: 'Corner Cafe',
        text: 'Coffee',
      }),
    );
    const after = await bank.read.balance(grant, externalId, user);
    expect(after.booked?.minor).toBe((before.booked?.minor ?? 0) - 780);
  });

  test('may be pending first, and is booked by a click or after two days, under its reference', async () => {
    const { fetchEntries } = await connect();
    const { visitor, home } = await logIn();
    const income = { ...payment, direction: 'in', status: 'pending' };
    let page = await visitor.submit(home, '/payments', { ...income, counterparty: 'By click' });
    page = await visitor.submit(page, '/payments/book', {});
    await visitor.submit(page, '/payments', { ...income, counterparty: 'By time' });
    const made = async () =>
      (await fetchEntries())
        .filter(({ counterparty }) => counterparty.startsWith('By '))
        .map(({ counterparty, status, reference }) => ({ counterparty, status, reference }));
    const waiting = await made();
    expect(waiting).toMatchObject([
      { counterparty: 'By click', status: 'booked' },
      { counterparty: 'By time', status: 'pending' },
    ]);
    bank.clock.passMinutes(2 * 24 * 60);
    expect(await made()).toMatchObject([
      { status: 'booked', reference: waiting[0]?.reference },
      { status: 'booked', reference: waiting[1]?.reference },
    ]);
  });

  test.each(['0', '-5', '1.234', 'ten', ''])('is not made of the amount "%s"', async (amount) => {
    const { visitor, home } = await logIn();
    const page = await visitor.submit(home, '/payments', {
      ...payment,
      amount,
      text: 'Kept "as" is',
    });
    expect(page.status).toBe(422);
    expect(page.html).toContain('The amount is digits');
    expect(page.html).toContain('value="Kept &quot;as&quot; is"');
  });
});

describe('the pages of the Sandbox Bank', () => {
  test('show texts as text, whatever stands in them', async () => {
    const evil = '<script>alert("1")</script>';
    bank.control.show('current', { entries: [entry({ counterparty: evil, text: evil })] });
    const { home } = await logIn();
    expect(home.html).not.toContain('<script');
    expect(home.html.split('&lt;script&gt;')).toHaveLength(3);
  });

  test('take forms of their own session alone', async () => {
    const { visitor, home } = await logIn();
    const stranger = createVisitor();
    const loginPage = await stranger.open(`${bank.url}/`);
    const forged = { ...home, html: home.html.replace(/form[a-z2-7]{26}/g, 'form') };
    const astray = { ...loginPage, html: loginPage.html.replace('value="/"', 'value="//x.test"') };
    const never = { ...payment, text: 'Never made' };
    const refused = [
      await visitor.submit(forged, '/payments', never),
      await stranger.submit(home, '/payments', never),
      await stranger.submit(loginPage, '/login', { ...login, formToken: 'a second one' }),
      await stranger.submit(astray, '/login', login),
      await visitor.submit(home, '/payments', { ...never, account: 'other' }),
      await visitor.submit(home, '/payments', { ...never, counterparty: 'x'.repeat(200_000) }),
    ];
    expect(refused.map(({ status }) => status)).toEqual([403, 403, 403, 403, 403, 403]);
    expect((await visitor.open(`${bank.url}/`)).html).not.toContain('Never made');
  });

  test('run nothing, and are framed by nobody', async () => {
    const { home, visitor } = await logIn();
    const policy = home.headers.get('Content-Security-Policy');
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(home.html).not.toContain('<script');
    expect([...visitor.cookies.keys()]).toEqual(['sandbox_bank']);
  });

  test('have a label for every field that is seen', async () => {
    const { confirmation } = await bank.startConsent();
    const visitor = createVisitor();
    const loginPage = await visitor.open(confirmation.url);
    const consentPage = await visitor.submit(loginPage, '/login', login);
    const { home } = await logIn();
    for (const { html } of [loginPage, consentPage, home]) {
      const fields = html.match(/<(input(?! type="hidden")|select)[^>]*>/g) ?? [];
      expect(fields.length).toBeGreaterThan(1);
      for (const field of fields) {
        const id = /id="([^"]*)"/.exec(field)?.[1];
        expect(html).toContain(`<label for="${id}"`);
      }
    }
  });
});
