import { afterEach, describe, expect, test } from '@jest/globals';
import { BankError } from '../../../../cloud/ports/bank-connector.ts';
import { collect } from '../../../contract/bank-connector.ts';
import { discountSite, operation } from '../../../providers/israel/discount.ts';
import { shareBrowser } from '../../../providers/israel/in-browser.ts';
import { deal, maxSite } from '../../../providers/israel/max.ts';
import {
  calApi,
  calSite,
  hapoalimSite,
  isracardSite,
  leumiSite,
} from '../../../providers/israel/other-sites.ts';
import { type Answer, html, json } from '../../../providers/israel/websites.ts';

const browser = await shareBrowser();
const inChromium = browser.isThere ? describe : describe.skip;

const ils = (minor: number) => ({ minor, currency: 'ILS' });
const since = { from: '2026-02-01' };

afterEach(() => {
  expect(browser.contexts()).toBe(0);
});

inChromium('a bank that is read in the browser', () => {
  const credentials = { id: '000000018', password: 'hidden-word', num: 'AB12' };
  const account = {
    CurrentAccountInfo: { AccountBalance: 1_234.5 },
    OperationEntry: [
      operation('20260301', -42.9, 'סופר דמיון'),
      operation('20260201', 10_000, 'משכורת', { OperationNumber: 0, ValueDate: '20260202' }),
      operation('20260131', -1, 'לפני החלון'),
    ],
    FutureTransactionsBlock: {
      FutureTransactionEntry: [
        operation('20260310', -5, 'היום'),
        operation('20260402', -900, 'חיוב עתידי'),
      ],
    },
  };
  const empty = { CurrentAccountInfo: {}, OperationEntry: null };
  const site = { ...credentials, accounts: { '0123456789': account, '0000000042': empty } };
  const transactions = '/Titan/gatewayAPI/lastTransactions/0123456789';

  test('gives accounts, balances and entries after one login', async () => {
    let logins = 0;
    const onLogin = () => {
      logins += 1;
    };
    const visit = await browser.visit('discount', credentials, discountSite({ ...site, onLogin }));
    const session = await visit.open();
    const [shown] = await session.accounts();
    expect(shown).toEqual({
      externalId: '0123456789',
      identification: 'discount:0123456789',
      mask: '6789',
      name: 'Discount Bank (בנק דיסקונט)',
      holder: '',
      type: 'current',
      currency: 'ILS',
    });
    expect(await session.balance('0123456789')).toEqual({ booked: ils(123_450) });
    const booked = { status: 'booked', counterparty: '' };
    expect(await collect(session.entries('0123456789', since))).toEqual([
      {
        ...booked,
        bookingDate: '2026-02-01',
        valueDate: '2026-02-02',
        amount: ils(1_000_000),
        text: 'משכורת',
      },
      {
        ...booked,
        reference: '1000',
        bookingDate: '2026-03-01',
        valueDate: '2026-03-01',
        amount: ils(-4_290),
        text: 'סופר דמיון',
      },
      {
        status: 'pending',
        reference: '1000',
        valueDate: '2026-03-10',
        amount: ils(-500),
        counterparty: '',
        text: 'היום',
      },
    ]);
    expect(await session.balance('0000000042')).toEqual({});
    expect(await collect(session.entries('0000000042', since))).toEqual([]);
    await expect(session.balance('42')).rejects.toMatchObject({ code: 'account-gone' });
    expect(logins).toBe(1);
    expect(visit.leaks).toEqual([]);
    await session.close();
  });

  test('logs in with a wrong password once, whatever else is asked', async () => {
    let logins = 0;
    const onLogin = () => {
      logins += 1;
    };
    const wrong = { ...credentials, password: 'other-word' };
    const visit = await browser.visit('discount', wrong, discountSite({ ...site, onLogin }));
    const session = await visit.open();
    const refused = { code: 'login-rejected' };
    await expect(session.accounts()).rejects.toMatchObject(refused);
    await expect(session.balance('0123456789')).rejects.toMatchObject(refused);
    await expect(collect(session.entries('0123456789', since))).rejects.toMatchObject(refused);
    expect(logins).toBe(1);
    expect(visit.leaks).toEqual([]);
    await session.close();
  });

  const passwordPage =
    'https://start.telebank.co.il/apollo/core/templates/lobby/masterPage.html#/PWD_RENEW';
  test.each([
    [
      'a password that is to be changed',
      { home: passwordPage },
      {},
      'login-rejected',
      'new password',
    ],
    ['a page that never comes', { '/login/': 'silence' }, { stepMs: 500 }, 'timeout', ''],
    [
      'a wall in front of the login',
      { '/login/': html('Forbidden', 403) },
      {},
      'bank-unavailable',
      'programs',
    ],
    [
      'too many calls',
      { [transactions]: json({}, { 'Retry-After': '90' }, 429) },
      {},
      'rate-limited',
      '429',
    ],
    [
      'a service that is silent',
      { [transactions]: 'silence' },
      { scrapeMs: 1_000 },
      'timeout',
      'too long',
    ],
    [
      'an answer that is a page',
      {
        [transactions]: html('Soon again'),
        '/apollo/': html(
          `<img src="/busy"><script>const early = new XMLHttpRequest();
          early.open('GET', '/busy', false); early.send();</script>`,
        ),
        '/busy': { status: 503 },
      },
      {},
      'reply-unreadable',
      '',
    ],
  ] as const)('tells of %s', async (_, { home, ...instead }: Arranged, options, code, detail) => {
    const arranged = discountSite({ ...site, instead, ...(home && { home }) });
    const visit = await browser.visit('discount', credentials, arranged, options);
    const session = await visit.open();
    const error = await session.accounts().catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(BankError);
    expect(error).toMatchObject({ code, detail: expect.stringContaining(detail) });
    const told = JSON.stringify([error, String(error), (error as Error).stack]);
    for (const secret of [credentials.password, '0123456789', 'סופר']) {
      expect(told).not.toContain(secret);
    }
    expect(visit.leaks).toEqual([]);
    await session.close();
  });

  test('loads what its pages want from the web, and nothing of this network', async () => {
    const tells = (path: string) => `onload="fetch('${path}/yes')" onerror="fetch('${path}/no')"`;
    const picture = '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>';
    const home = html(
      `<img src="https://10.0.0.7/a.svg" ${tells('/inside')}>
      <img src="https://cdn.example.net/a.svg" ${tells('/outside')}>`,
    );
    const svg = () => ({ contentType: 'image/svg+xml', body: picture });
    const instead = { '/apollo/': home, '/inside/': json({}), '/outside/': json({}) };
    const visit = await browser.visit('discount', credentials, {
      ...discountSite({ ...site, instead }),
      'https://10.0.0.7': svg,
      'https://cdn.example.net': svg,
    });
    const session = await visit.open();
    expect(await session.accounts()).toHaveLength(2);
    const told = visit.asked.filter((it) => /side\//.test(it)).sort();
    const host = 'GET start.telebank.co.il';
    expect(told).toEqual([`${host}/inside/no`, `${host}/outside/yes`]);
    expect(visit.leaks).toEqual([]);
  });

  test('is not left for the page of somebody else', async () => {
    const elsewhere = 'https://collect.example.net';
    const visit = await browser.visit('discount', credentials, {
      ...discountSite({ ...site, home: `${elsewhere}/login` }),
      [elsewhere]: () => html("<script>fetch('/typed')</script>"),
    });
    const session = await visit.open();
    await expect(session.accounts()).rejects.toMatchObject({
      code: 'bank-unavailable',
      detail: expect.stringContaining('collect.example.net'),
    });
    expect(visit.asked).not.toContain('GET collect.example.net/typed');
  });

  test('gives what Hapoalim tells of a payee, and no closed account', async () => {
    const beneficiaryDetailsData = {
      partyHeadline: 'לטובת',
      partyName: 'דנה דמיון',
      messageHeadline: 'עבור',
      messageDetail: 'שכירות מרץ',
    };
    const rent = {
      eventDate: 20260301,
      valueDate: 20260302,
      eventAmount: 4_500,
      eventActivityTypeCode: 2,
      activityDescription: 'העברה',
      referenceNumber: 77,
      serialNumber: 3,
      beneficiaryDetailsData,
    };
    const login = { 'user-code': 'AB12345', password: 'hidden-word' };
    const website = hapoalimSite({ balance: -10.25, transactions: [rent] });
    const visit = await browser.visit('hapoalim', login, website);
    const session = await visit.open();
    const entries = await collect(session.entries('12-600-123456', since));
    expect(entries).toEqual([
      {
        status: 'booked',
        reference: '77',
        bookingDate: '2026-03-01',
        valueDate: '2026-03-02',
        amount: ils(-450_000),
        counterparty: '',
        text: 'העברה\nלטובת דנה דמיון. עבור שכירות מרץ.',
      },
    ]);
    expect(await session.balance('12-600-123456')).toEqual({ booked: ils(-1_025) });
    expect(await session.accounts()).toHaveLength(1);
    expect(visit.leaks).toEqual([]);
  });

  test('tells of an access that Leumi has blocked, and of one that it refuses', async () => {
    const login = { username: 'dana', password: 'hidden-word' };
    const blocked = '<div class="main-content"><p class="errHeader">המנוי חסום</p></div>';
    const visit = await browser.visit('leumi', login, leumiSite(blocked));
    const session = await visit.open();
    await expect(session.accounts()).rejects.toMatchObject({ code: 'account-locked' });
    expect(visit.leaks).toEqual([]);
  });
});

inChromium('a card company that is read in the browser', () => {
  const credentials = { username: 'dana', password: 'hidden-word' };
  const sofa = {
    planName: 'תשלומים',
    planTypeId: 2,
    merchantName: 'רהיטי דמיון',
    purchaseDate: '2026-01-15T00:00:00',
    originalAmount: 1_200,
    actualPaymentAmount: 100,
    dealData: { arn: '7001' },
  };

  test('gives instalments month by month, and no debit that is still to come', async () => {
    const months = {
      '2026-2': [
        deal({ ...sofa, comments: 'תשלום 1 מתוך 12', paymentDate: '2026-02-10T00:00:00' }),
      ],
      '2026-3': [
        deal({ ...sofa, comments: 'תשלום 2 מתוך 12', paymentDate: '2026-03-10T00:00:00' }),
        deal(),
      ],
      '2026-4': [
        deal({ ...sofa, comments: 'תשלום 3 מתוך 12', paymentDate: '2026-04-10T00:00:00' }),
        deal({
          shortCardNumber: '9911',
          merchantName: 'Imaginary Books',
          purchaseDate: '2026-03-09T00:00:00',
          paymentDate: null,
          originalAmount: 12.99,
          originalCurrency: 'USD',
          actualPaymentAmount: 48.2,
          dealData: {},
        }),
      ],
    };
    const visit = await browser.visit('max', credentials, maxSite({ ...credentials, months }));
    const session = await visit.open();
    const entries = await collect(session.entries('4580', since));
    const instalment = {
      status: 'booked',
      amount: ils(-10_000),
      counterparty: 'רהיטי דמיון',
    };
    expect(entries).toEqual([
      {
        ...instalment,
        reference: '7001_2',
        bookingDate: '2026-02-15',
        valueDate: '2026-03-10',
        text: 'תשלום 2 מתוך 12',
      },
      {
        status: 'booked',
        reference: '70000000000000000000001',
        bookingDate: '2026-03-01',
        valueDate: '2026-03-10',
        amount: ils(-1_850),
        counterparty: 'קפה דמיון',
        text: '',
      },
    ]);
    expect(await collect(session.entries('9911', since))).toEqual([
      {
        status: 'pending',
        valueDate: '2026-03-09',
        amount: ils(-4_820),
        original: { minor: -1_299, currency: 'USD' },
        counterparty: 'Imaginary Books',
        text: '',
      },
    ]);
    expect(await session.balance('4580')).toEqual({});
    // A card that was not used in these months is not shown, and not gone.
    expect(await collect(session.entries('1234', since))).toEqual([]);
    const numbers = (await session.accounts()).map(({ mask, type }) => [mask, type]);
    expect(numbers).toEqual([
      ['4580', 'card'],
      ['9911', 'card'],
    ]);
    expect(visit.leaks).toEqual([]);
  });

  test('gives what Cal tells without the browser, from a month before the first day on', async () => {
    const { fetch, asked } = calApi();
    const visit = await browser.visit('visa-cal', credentials, calSite(), { fetch });
    const session = await visit.open();
    const entries = await collect(session.entries('4711', since));
    expect(entries).toEqual([
      {
        status: 'booked',
        reference: '81',
        bookingDate: '2026-02-05',
        valueDate: '2026-03-10',
        amount: ils(-3_000),
        counterparty: 'מאפיית דמיון',
        text: '',
      },
      {
        status: 'pending',
        valueDate: '2026-03-09',
        amount: { minor: -700, currency: 'USD' },
        counterparty: 'מאפיית דמיון',
        text: '',
      },
    ]);
    const months = ['2026-4', '2026-3', '2026-2', '2026-1', '2025-12'];
    expect(asked).toEqual(['GetFrameStatus', 'getClearanceRequests', ...months]);
    expect(visit.leaks).toEqual([]);
  });

  const card = { id: '000000018', 'card-6-digits': '123456', password: 'hidden-word' };
  const block = { status: 429, contentType: 'text/plain', body: 'Block Automation' };
  test.each([
    ['a wall in front of its page', { page: html('Forbidden', 403) }, 'bank-unavailable'],
    ['a wall in front of its service', { validate: block }, 'bank-unavailable'],
    ['a card that it does not know', { validate: json(validatedAs('2')) }, 'login-rejected'],
    ['a wrong password', { logon: json({ status: '0' }) }, 'login-rejected'],
    ['a password that has run out', { logon: json({ status: '3' }) }, 'login-rejected'],
  ] as const)('tells of %s', async (_, answers, code) => {
    const visit = await browser.visit('isracard', card, isracardSite(answers));
    const session = await visit.open();
    await expect(session.accounts()).rejects.toMatchObject({ code });
    expect(visit.leaks).toEqual([]);
  });
});

function validatedAs(returnCode: string) {
  return { Header: { Status: '1' }, ValidateIdDataBean: { returnCode, userName: 'u' } };
}

type Arranged = Readonly<Record<string, Answer>> & { readonly home?: string };
