import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { openSqliteStore } from '../../../../cloud/adapters/sqlite-store.ts';
import { sampleCustomers } from '../../../../cloud/local/bank/sample-customers.ts';
import { type BankServer, startBank } from './bank-server.ts';
import { answer, logIn, logInToAccounts, markOf, openEntries, readRows } from './read-page.ts';
import { createVisitor, type Visit } from './visit-bank.ts';

let bank: BankServer;
beforeEach(async () => {
  bank = await startBank();
});
afterEach(() => bank.stop());

/** The code that the phone page shows to a person. */
async function codeOnPhone(): Promise<string> {
  const { html } = await createVisitor().open(`${bank.url}/phone`);
  return /data-field="code">([^<]*)</.exec(html)?.[1] ?? '';
}

function wrongCode(right: string): string {
  return right === '000000' ? '000001' : '000000';
}

describe('a login that is to be remembered', () => {
  test('is open only after the code that the phone shows', async () => {
    const visitor = createVisitor();
    const page = await logIn(bank, visitor, 'david');
    expect([page.status, markOf(page, 'step')]).toEqual([200, 'code']);
    expect(page.html).toMatch(/name="code" inputmode="numeric" maxlength="6"/);
    expect((await visitor.open(`${bank.url}/accounts`)).html).toContain('id="login"');
    const accounts = await answer(visitor, page, await codeOnPhone());
    expect([new URL(accounts.url).pathname, readRows(accounts, 'accounts').length]).toEqual([
      '/accounts',
      1,
    ]);
    expect(await codeOnPhone()).toBe('');
  });

  test('needs no code again in the same browser, for as long as the bank grants access', async () => {
    const { visitor, page } = await logInToAccounts(bank);
    await visitor.submit(page, '/logout', {});
    bank.clock.set('2026-09-06T12:00:00.000Z');
    expect((await logIn(bank, visitor, 'david')).url).toBe(`${bank.url}/accounts`);
    bank.clock.set('2026-09-07T12:00:00.000Z');
    expect(markOf(await logIn(bank, visitor, 'david'), 'step')).toBe('code');
  });

  test('is remembered of one customer alone, and by the secret that the browser was given', async () => {
    const { visitor } = await logInToAccounts(bank);
    const [id] = Object.keys(bank.control.accountIds());
    visitor.cookies.delete('sandbox_bank');
    expect(markOf(await logIn(bank, visitor, 'amira'), 'step')).toBe('approval');
    const guesser = createVisitor();
    guesser.cookies.set('sandbox_bank_device', id ?? '');
    expect(markOf(await logIn(bank, guesser, 'david'), 'step')).toBe('code');
  });

  test('is remembered by a bank that was started anew, whose store does not have the secret', async () => {
    const store = openSqliteStore(':memory:');
    const first = await startBank({ store: { ...store, close: async () => {} } });
    const { visitor } = await logInToAccounts(first);
    await first.stop();
    const second = await startBank({ store });
    const secret = visitor.cookies.get('sandbox_bank_device') ?? '';
    expect(await store.get({ name: 'sandboxDevices', indexed: [] }, secret)).toBeNull();
    const again = createVisitor();
    again.cookies.set('sandbox_bank_device', secret);
    expect((await logIn(second, again, 'david')).url).toBe(`${second.url}/accounts`);
    await second.stop();
  });

  test('is remembered in fifty browsers of a customer and no more, the newest among them', async () => {
    const store = openSqliteStore(':memory:');
    const other = await startBank({ store });
    for (let n = 1; n <= 50; n++) await logInToAccounts(other);
    other.clock.passMinutes(24 * 60);
    const { visitor } = await logInToAccounts(other);
    const devices = { name: 'sandboxDevices', indexed: ['customer'] as const };
    const query = { field: 'customer', op: '==', value: 'david', limit: 100 } as const;
    expect(await store.find<{ customer: string }>(devices, query)).toHaveLength(50);
    visitor.cookies.delete('sandbox_bank');
    expect((await logIn(other, visitor, 'david')).url).toBe(`${other.url}/accounts`);
    await other.stop();
  });

  test('of a person who only tries things out asks for no code', async () => {
    const visitor = createVisitor();
    const start = await visitor.open(`${bank.url}/`);
    const home = await visitor.submit(start, '/login', { login: 'david', password: 'sandbox' });
    expect(home.html).toContain('Make a payment');
    expect(visitor.cookies.has('sandbox_bank_device')).toBe(false);
  });
});

describe('a confirmation', () => {
  test('lets choose between methods; a photo TAN comes with a picture', async () => {
    const visitor = createVisitor();
    const page = await logIn(bank, visitor, 'clara');
    expect(markOf(page, 'step')).toBe('method');
    expect([...page.html.matchAll(/name="method" value="([a-z]+)"/g)].map((it) => it[1])).toEqual([
      'sms',
      'photo',
      'app',
    ]);
    expect(bank.control.answers('clara')).toMatchObject({ step: 'method' });
    const path = new URL(page.url).pathname;
    const photo = await visitor.submit(page, path, { method: 'photo' });
    const [, picture = ''] =
      /id="challenge" src="data:image\/png;base64,([^"]*)"/.exec(photo.html) ?? [];
    const png = Buffer.from(picture, 'base64');
    expect(png.toString('latin1', 1, 4)).toBe('PNG');
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([198, 198]);
    expect(bank.control.answers('clara')).toMatchObject({ step: 'code', method: 'photo' });
    const end = await answer(visitor, photo, await codeOnPhone());
    expect(end.url).toBe(`${bank.url}/accounts`);
  });

  test('by a method that the customer does not have is none', async () => {
    const only = sampleCustomers.filter(({ login }) => login === 'clara');
    const two = only.map((customer) => ({ ...customer, methods: ['sms', 'photo'] as const }));
    const other = await startBank({ customers: two });
    const visitor = createVisitor();
    const page = await logIn(other, visitor, 'clara');
    const still = await visitor.submit(page, new URL(page.url).pathname, { method: 'app' });
    expect(markOf(still, 'step')).toBe('method');
    await other.stop();
  });

  test('in the app goes on once it is approved', async () => {
    const visitor = createVisitor();
    const page = await logIn(bank, visitor, 'amira');
    expect([markOf(page, 'step'), markOf(page, 'every-seconds')]).toEqual(['approval', '2']);
    expect(markOf(await visitor.open(page.url), 'step')).toBe('approval');
    const phone = createVisitor();
    const message = await phone.open(`${bank.url}/phone`);
    await phone.submit(message, '/phone', { answer: 'approve' });
    expect((await visitor.open(page.url)).url).toBe(`${bank.url}/accounts`);
    expect(() => bank.control.answers('amira')?.approve()).not.toThrow();
  });

  test('in the app ends when it is declined', async () => {
    const visitor = createVisitor();
    const page = await logIn(bank, visitor, 'amira');
    bank.control.answers('amira')?.decline();
    const over = await visitor.open(page.url);
    expect([over.status, markOf(over, 'step'), markOf(over, 'code')]).toEqual([
      410,
      'over',
      'confirmation-declined',
    ]);
    expect((await visitor.open(`${bank.url}/accounts`)).html).toContain('id="login"');
  });

  test('asks some customers a question in words first', async () => {
    const visitor = createVisitor();
    const page = await logIn(bank, visitor, 'jonas');
    expect([markOf(page, 'step'), markOf(page, 'format')]).toEqual(['code', 'text']);
    expect(page.html).not.toContain('inputmode');
    const [, a = '', b = ''] = /What is (\w+) plus (\w+)\?/.exec(page.html) ?? [];
    const words = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'];
    const sum = words.indexOf(a) + words.indexOf(b) + 2;
    const code = await answer(visitor, page, ` ${sum} `);
    expect([code.status, markOf(code, 'step'), markOf(code, 'format')]).toEqual([
      200,
      'code',
      undefined,
    ]);
    expect((await answer(visitor, code, await codeOnPhone())).url).toBe(`${bank.url}/accounts`);
  });

  test('takes the answer to a question in words too', async () => {
    const visitor = createVisitor();
    const page = await logIn(bank, visitor, 'jonas');
    const words = bank.control.answers('jonas')?.code ?? '';
    expect(words).toMatch(/^[a-z]+$/);
    expect(markOf(await answer(visitor, page, words.toUpperCase()), 'format')).toBeUndefined();
  });

  test('says that a code is wrong, and is over after three', async () => {
    const visitor = createVisitor();
    let page = await logIn(bank, visitor, 'david');
    const right = bank.control.answers('david')?.code ?? '';
    const seen: (string | number | undefined)[][] = [];
    for (let n = 1; n <= 3; n++) {
      page = await answer(visitor, page, wrongCode(right));
      seen.push([page.status, markOf(page, 'step'), markOf(page, 'code')]);
    }
    expect(seen).toEqual([
      [422, 'code', 'code-wrong'],
      [422, 'code', 'code-wrong'],
      [410, 'over', 'confirmation-over'],
    ]);
    expect(bank.control.answers('david')).toBeUndefined();
  });

  test('counts no wrong code as a wrong password', async () => {
    for (let round = 1; round <= 2; round++) {
      const visitor = createVisitor();
      let page = await logIn(bank, visitor, 'david');
      const wrong = wrongCode(bank.control.answers('david')?.code ?? '');
      for (let n = 1; n <= 3; n++) page = await answer(visitor, page, wrong);
    }
    expect((await logInToAccounts(bank)).page.url).toBe(`${bank.url}/accounts`);
  });

  test('is over five minutes after it began, for the right code too', async () => {
    const visitor = createVisitor();
    const page = await logIn(bank, visitor, 'david');
    const code = bank.control.answers('david')?.code ?? '';
    bank.clock.passMinutes(4);
    expect(markOf(await visitor.open(page.url), 'step')).toBe('code');
    bank.clock.passMinutes(1);
    for (const late of [await answer(visitor, page, code), await visitor.open(page.url)]) {
      expect([late.status, markOf(late, 'code')]).toEqual([410, 'confirmation-over']);
    }
  });

  test('is opened again by the browser that began it, and by no other', async () => {
    const visitor = createVisitor();
    const page = await logIn(bank, visitor, 'david');
    const reopened = createVisitor();
    reopened.cookies.set('sandbox_bank', visitor.cookies.get('sandbox_bank') ?? '');
    expect(markOf(await reopened.open(page.url), 'step')).toBe('code');
    const stranger = createVisitor();
    expect(markOf(await stranger.open(page.url), 'step')).toBe('over');
    const code = bank.control.answers('david')?.code ?? '';
    const forged: Visit = { ...page, html: page.html.replace(/form[a-z2-7]{26}/g, 'form') };
    expect((await answer(visitor, forged, code)).status).toBe(403);
    expect((await answer(reopened, page, code)).url).toBe(`${bank.url}/accounts`);
  });

  test('that is asked for twice by a browser is one', async () => {
    const { visitor, page } = await logInToAccounts(bank);
    bank.clock.passMinutes(10);
    const first = await openEntries(visitor, page, 'from=2025-01-01');
    const second = await openEntries(visitor, page, 'from=2025-01-01');
    expect(second.url).toBe(first.url);
    const other = await openEntries(visitor, page, 'from=2025-02-01');
    expect(other.url).not.toBe(first.url);
  });
});
