import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { BankFailureCode } from '../../../../cloud/local/bank/control.ts';
import { parseMoney } from '../../../../shared/money.ts';
import { entry, euros } from '../../../contract/bank-connector.ts';
import { type BankServer, startBank } from './bank-server.ts';
import {
  answer,
  logIn,
  logInToAccounts,
  markOf,
  openEntries,
  readRows,
  type Visitor,
} from './read-page.ts';
import { createVisitor, type Visit } from './visit-bank.ts';

let bank: BankServer;
let visitor: Visitor;
let accounts: Visit;
beforeEach(async () => {
  bank = await startBank({ traits: { pageSize: 3 } });
});
afterEach(() => bank.stop());

/** Clara, by SMS. */
async function arrive() {
  visitor = createVisitor();
  const methods = await logIn(bank, visitor, 'clara');
  const code = await visitor.submit(methods, new URL(methods.url).pathname, { method: 'sms' });
  accounts = await answer(visitor, code, bank.control.answers('clara')?.code ?? '');
}

function idOf(row: number): string {
  return readRows(accounts, 'accounts')[row]?.['id'] ?? '';
}

describe('the accounts on the bank’s own pages', () => {
  test('are all that the customer has, those that open banking does not show too', async () => {
    await arrive();
    const rows = readRows(accounts, 'accounts');
    expect(rows.map(({ type, currency, name }) => [type, currency, name])).toEqual([
      ['current', 'EUR', 'Current Account'],
      ['savings', 'EUR', 'Savings'],
      ['current', 'USD', 'Dollar Account'],
      ['card', 'EUR', 'Credit Card'],
      ['loan', 'EUR', 'Car Loan'],
      ['investment', 'EUR', 'Depot Cash'],
    ]);
    expect(rows[0]).toMatchObject({
      holder: 'Clara Beispiel',
      product: 'Konto Plus',
      iban: 'DE89 3704 0044 0532 0130 00',
    });
    expect(rows[3]).toMatchObject({ mask: '···· ···· ···· 8806' });
    for (const { balance } of rows) expect(balance).toMatch(/^-?\d{1,3}(\.\d{3})*,\d\d [A-Z]{3}$/);
  });

  test('are shown after a login alone, which leads back to them', async () => {
    const page = await createVisitor().open(`${bank.url}/accounts`);
    expect(page.url).toBe(`${bank.url}/`);
    expect(page.html).toContain('<input type="hidden" name="next" value="/accounts">');
  });

  test('are told in detail, without what the bank does not tell', async () => {
    bank.control.show('current', { entries: [], balance: { booked: euros(-123_456_789) } });
    await arrive();
    const [details] = readRows(await visitor.open(`${bank.url}/accounts/${idOf(0)}`), 'details');
    expect(details).toEqual({
      name: 'Current Account',
      type: 'Current account',
      holder: 'Clara Beispiel',
      product: 'Konto Plus',
      iban: 'DE89 3704 0044 0532 0130 00',
      currency: 'EUR',
      booked: '-1.234.567,89 EUR',
    });
    const gone = await visitor.open(`${bank.url}/accounts/another`);
    expect([gone.status, markOf(gone, 'code')]).toEqual([404, 'account-gone']);
  });

  test('keep their ids over logins until the bank gives out new ones', async () => {
    const ids = async () => {
      const { page } = await logInToAccounts(bank);
      return readRows(page, 'accounts').map(({ id }) => id);
    };
    const before = await ids();
    expect(await ids()).toEqual(before);
    expect(Object.keys(bank.control.accountIds())).toEqual(before);
    bank.control.issueAccountIds('new');
    const after = await ids();
    expect(after).not.toEqual(before);
    expect(bank.control.accountIds()).toEqual({ [after[0] ?? '']: 'david' });
  });

  test('of another customer are not shown', async () => {
    await arrive();
    const other = await logInToAccounts(bank, 'david');
    const gone = await other.visitor.open(`${bank.url}/accounts/${idOf(0)}`);
    expect(markOf(gone, 'code')).toBe('account-gone');
  });
});

describe('the entries on the bank’s own pages', () => {
  test('stand as they are printed, oldest first, pending ones last', async () => {
    const { bookingDate: _day, reference: _none, ...unsettled } = entry({ amount: euros(-1) });
    const pending = { ...unsettled, status: 'pending' } as const;
    bank.control.show('current', {
      entries: [
        entry({
          reference: 'E1',
          amount: euros(-123_456),
          text: 'FIRST  LINE\nSECOND',
          counterparty: 'A & B',
        }),
        pending,
        entry({
          reference: 'E2',
          original: parseMoney('-5.00', 'USD'),
          counterpartyAccount: 'DE02120300000000202051',
        }),
      ],
      balance: { booked: euros(1_000_000) },
    });
    await arrive();
    const page = await openEntries(visitor, accounts, 'from=2026-01-01&to=2026-03-10');
    expect(markOf(page, 'total')).toBe('3');
    const rows = readRows(page, 'entries');
    expect(rows).toMatchObject([
      {
        status: 'booked',
        reference: 'E1',
        counterparty: 'A &amp; B',
        text: 'FIRST  LINE<br>SECOND',
        amount: '-1.234,56 EUR',
        account: '',
        original: '',
      },
      { status: 'booked', original: '-5,00 USD', account: 'DE02120300000000202051' },
      { status: 'pending', booking: '', amount: '-0,01 EUR', balance: '' },
    ]);
    expect(rows[0]?.['booking']).toMatch(/^\d\d\.\d\d\.2026$/);
    expect(rows[2]).not.toHaveProperty('reference');
    expect(rows[1]?.['balance']).toBe('10.000,00 EUR');
  });

  test('carry the balances that the bank tells, and none where it tells no balance', async () => {
    const entries = [
      entry({ amount: euros(-500) }),
      entry({ reference: 'E2', amount: euros(-300) }),
    ];
    bank.control.show('current', {
      entries: entries.map((one) => ({ ...one, balanceAfter: euros(7_700) })),
      balance: { booked: euros(9_900) },
    });
    bank.control.show('savings', { entries });
    await arrive();
    const balances = async (row: number) =>
      readRows(await openEntries(visitor, accounts, 'from=2026-01-01', row), 'entries').map(
        ({ balance }) => balance,
      );
    expect(await balances(0)).toEqual(['77,00 EUR', '77,00 EUR']);
    expect(await balances(1)).toEqual(['', '']);
  });

  test('carry no balances where one is in another currency than the account', async () => {
    const dollars = entry({ amount: parseMoney('-5.00', 'USD') });
    const balance = { booked: euros(9_900) };
    bank.control.show('current', { entries: [entry({ reference: 'E1' }), dollars], balance });
    await arrive();
    const rows = readRows(await openEntries(visitor, accounts, 'from=2026-01-01'), 'entries');
    expect(rows.map(({ amount }) => amount?.slice(-3))).toEqual(['EUR', 'USD']);
    expect(rows.map((row) => row['balance'])).toEqual(['', '']);
  });

  test('come in pages that show the account as it was at the first', async () => {
    const all = Array.from({ length: 7 }, (_, n) => entry({ reference: `E${n}` }));
    bank.control.show('current', { entries: all });
    await arrive();
    let page = await openEntries(visitor, accounts, 'from=2026-01-01');
    bank.control.show('current', { entries: [] });
    const seen: (string | undefined)[] = [];
    for (;;) {
      seen.push(...readRows(page, 'entries').map(({ reference }) => reference));
      const next = /<a rel="next" href="([^"]*)"/.exec(page.html)?.[1];
      if (!next) break;
      page = await visitor.open(`${bank.url}${next.replaceAll('&amp;', '&')}`);
    }
    expect(seen).toEqual(all.map(({ reference }) => reference));
    expect(bank.control.calls()).toContainEqual({ call: 'entries', account: 'current', count: 1 });
  });

  test('change their references with the login where the bank does so', async () => {
    await bank.stop();
    bank = await startBank({ traits: { entryReference: 'perSession' } });
    const first = await logInToAccounts(bank);
    const references = async () =>
      readRows(await openEntries(first.visitor, first.page, 'from=2026-02-20'), 'entries').map(
        ({ reference }) => reference,
      );
    const before = await references();
    expect(before.length).toBeGreaterThan(2);
    expect(await references()).toEqual(before);
    const second = await logInToAccounts(bank);
    const after = readRows(
      await openEntries(second.visitor, second.page, 'from=2026-02-20'),
      'entries',
    );
    expect(after.map(({ reference }) => reference)).not.toEqual(before);
  });

  test('of long ago need a confirmation, which leads on to them, and some are gone', async () => {
    await arrive();
    bank.clock.passMinutes(10);
    const ordinary = await openEntries(visitor, accounts, 'from=2025-12-10');
    expect(readRows(ordinary, 'entries')).toHaveLength(3);
    const asked = await openEntries(visitor, accounts, 'from=2025-12-09&to=2026-01-01');
    expect(markOf(asked, 'step')).toBe('method');
    const path = new URL(asked.url).pathname;
    const code = await visitor.submit(asked, path, { method: 'sms' });
    const page = await answer(visitor, code, bank.control.answers('clara')?.code ?? '');
    expect(new URL(page.url).search).toBe('?from=2025-12-09&to=2026-01-01');
    expect(readRows(page, 'entries')).toHaveLength(3);
    expect((await visitor.open(asked.url)).url).toBe(page.url);
    const gone = await openEntries(visitor, accounts, 'from=2024-03-09');
    expect([gone.status, markOf(gone, 'code'), markOf(gone, 'earliest')]).toEqual([
      200,
      'period-not-available',
      '2024-03-10',
    ]);
    expect(
      readRows(await openEntries(visitor, accounts, 'from=2024-03-10'), 'entries'),
    ).toHaveLength(3);
    bank.clock.passMinutes(10);
    expect(markOf(await openEntries(visitor, accounts, 'from=2025-12-09'), 'step')).toBe('method');
  });
});

test.each(['from=2026-02-30', 'from=2026-03-02&to=2026-03-01', 'page=0', 'page=x'])(
  'the period %s is none, and no call is counted',
  async (query) => {
    await arrive();
    const page = await openEntries(visitor, accounts, query);
    expect([page.status, page.html.includes('<table')]).toEqual([422, false]);
    expect(bank.control.calls().map(({ call }) => call)).toEqual(['accounts']);
  },
);

describe('what was arranged to go wrong', () => {
  const paths = { accounts: '', balances: '/ID', entries: '/ID/entries?from=2026-03-01' };
  const open = (call: keyof typeof paths) =>
    visitor.open(`${bank.url}/accounts${paths[call].replace('ID', idOf(0))}`);

  test.each(['accounts', 'balances', 'entries'] as const)('goes wrong at %s', async (call) => {
    await arrive();
    const told: Partial<Record<BankFailureCode, [number, string | undefined]>> = {
      'rate-limited': [429, undefined],
      'bank-unavailable': [503, undefined],
      'account-gone': [404, 'account-gone'],
      'reply-unreadable': [200, undefined],
      'period-not-available': [200, 'period-not-available'],
    };
    for (const [code, expected] of Object.entries(told)) {
      bank.control.failNext({ call, with: code as BankFailureCode, retryAfterSeconds: 60 });
      const page = await open(call);
      expect([code, page.status, markOf(page, 'code')]).toEqual([code, ...expected]);
      expect(page.headers.get('Retry-After')).toBe(expected[0] >= 429 ? '60' : null);
      expect(page.html).not.toContain('<table id');
      expect((await open(call)).status).toBe(200);
    }
    expect(bank.control.calls().find((it) => it.call === call)?.count).toBeGreaterThan(9);
  });

  test.each([
    ['consent-expired', 'access-ended'],
    ['consent-revoked', 'access-revoked'],
  ] as const)('ends the session at %s, and the start page says so', async (code, mark) => {
    await arrive();
    bank.control.failNext({ call: 'entries', with: code });
    const page = await open('entries');
    expect([page.url, markOf(page, 'code')]).toEqual([`${bank.url}/`, mark]);
    expect((await open('accounts')).html).toContain('id="login"');
    expect((await logIn(bank, visitor, 'clara')).url).toBe(`${bank.url}/accounts`);
  });

  test.each([
    ['login-rejected', 'login-wrong'],
    ['account-locked', 'login-locked'],
  ] as const)('refuses the login at %s, without using up its tries', async (code, mark) => {
    await arrive();
    bank.control.failNext({ call: 'any', with: code, times: 8 });
    for (let n = 1; n <= 8; n++) {
      visitor.cookies.delete('sandbox_bank');
      const page = await logIn(bank, visitor, 'clara');
      expect([page.status, markOf(page, 'code')]).toEqual([422, mark]);
    }
    expect((await logIn(bank, visitor, 'clara')).url).toBe(`${bank.url}/accounts`);
  });

  test('asks for a confirmation until the customer has given one', async () => {
    await arrive();
    bank.control.failNext({ call: 'any', with: 'needs-confirmation' });
    const asked = await open('balances');
    expect(markOf(asked, 'step')).toBe('method');
    expect(markOf(await open('accounts'), 'step')).toBe('method');
    const code = await visitor.submit(asked, new URL(asked.url).pathname, { method: 'sms' });
    const text = /data-field="code">([^<]*)</.exec(
      (await createVisitor().open(`${bank.url}/phone`)).html,
    )?.[1];
    const page = await answer(visitor, code, text ?? '');
    expect(readRows(page, 'details')[0]).toMatchObject({ name: 'Current Account' });
    expect(readRows(await open('accounts'), 'accounts')).toHaveLength(6);
  });

  test('says nothing at all at timeout', async () => {
    await arrive();
    bank.control.failNext({ call: 'balances', with: 'timeout' });
    const cookie = `sandbox_bank=${visitor.cookies.get('sandbox_bank')}`;
    const silent = fetch(`${bank.url}/accounts/${idOf(0)}`, {
      headers: { cookie },
      signal: AbortSignal.timeout(200),
    });
    await expect(silent).rejects.toMatchObject({ name: 'TimeoutError' });
  });

  test('goes wrong on the second page, and at another account only there', async () => {
    const all = Array.from({ length: 5 }, (_, n) => entry({ reference: `E${n}` }));
    bank.control.show('current', { entries: all });
    await arrive();
    bank.control.failNext({
      call: 'entries',
      account: 'current',
      with: 'bank-unavailable',
      afterPage: 1,
    });
    const first = await openEntries(visitor, accounts, 'from=2026-01-01');
    const next = /<a rel="next" href="([^"]*)"/.exec(first.html)?.[1]?.replaceAll('&amp;', '&');
    expect((await openEntries(visitor, accounts, 'from=2026-03-01', 1)).status).toBe(200);
    expect((await visitor.open(`${bank.url}${next}`)).status).toBe(503);
  });
});
