import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import { openSqliteStore } from '../../../../cloud/adapters/sqlite-store.ts';
import { sampleCustomers } from '../../../../cloud/local/bank/sample-customers.ts';
import type { Grant } from '../../../../cloud/ports/bank-connector.ts';
import { collect, entry, euros } from '../../../contract/bank-connector.ts';
import { type BankServer, startBank, user } from './bank-server.ts';
import { loadBerlinGroupSpec } from './berlin-group-spec.ts';
import { decideAtBank } from './visit-bank.ts';

const spec = loadBerlinGroupSpec();
const problems: string[] = [];
const running: BankServer[] = [];
afterEach(async () => {
  for (const bank of running.splice(0)) await bank.stop();
  expect(problems.splice(0)).toEqual([]);
});

async function start(options: Parameters<typeof startBank>[0] = {}): Promise<BankServer> {
  const bank = await startBank({
    ...options,
    async watch(request, response) {
      const isOfStandard = new URL(request.url).pathname.startsWith('/xs2a');
      if (!spec || !isOfStandard || !request.headers.has('X-Request-ID')) return;
      problems.push(...(await spec.problemsOf(request, response)));
    },
  });
  running.push(bank);
  return bank;
}

async function connect(bank: BankServer, accounts = ['current']) {
  const { grant, confirmation } = await bank.startConsent();
  await decideAtBank(confirmation.url, 'allow', accounts);
  const [account] = await bank.read.accounts(grant, user);
  return { grant, account: account?.externalId ?? '' };
}

/** A call as any client makes it; `headers` of null are left out. */
async function call(
  bank: BankServer,
  path: string,
  headers: Record<string, string> = {},
  init: RequestInit = {},
) {
  const standard = { 'X-Request-ID': crypto.randomUUID(), 'PSU-IP-Address': '192.0.2.7' };
  const response = await fetch(`${bank.baseUrl}${path}`, {
    ...init,
    headers: { ...standard, ...headers },
  });
  const text = await response.text();
  const body = text === '' ? undefined : JSON.parse(text);
  return { status: response.status, body, code: body?.tppMessages?.[0]?.code, response };
}

const withConsent = ({ consentId = '' }: Grant) => ({ 'Consent-ID': consentId });

describe('the open-banking side of the Sandbox Bank', () => {
  test('wants a request id, a consent it knows, and one that holds', async () => {
    const bank = await start();
    const withoutId = await fetch(`${bank.baseUrl}/v1/accounts`);
    expect(withoutId.status).toBe(400);
    expect(await withoutId.json()).toMatchObject({ tppMessages: [{ code: 'FORMAT_ERROR' }] });
    const id = 'f81d4fae-7dec-11d0-a765-00a0c91e6bf6';
    const unknown = await call(bank, '/v1/accounts', {
      'X-Request-ID': id,
      'Consent-ID': 'nobody',
    });
    expect([unknown.status, unknown.code]).toEqual([403, 'CONSENT_UNKNOWN']);
    expect(unknown.response.headers.get('X-Request-ID')).toBe(id);
    const { grant } = await bank.startConsent();
    const undecided = await call(bank, '/v1/accounts', withConsent(grant));
    expect([undecided.status, undecided.code]).toEqual([401, 'CONSENT_INVALID']);
    const headers = { 'X-Request-ID': id };
    const elsewhere = await bank.app.request('/xs2a/v1/cards', { headers });
    expect(elsewhere.status).toBe(404);
    expect(await elsewhere.json()).toMatchObject({ tppMessages: [{ code: 'RESOURCE_UNKNOWN' }] });
  });

  test.each<[string, object, Record<string, string>]>([
    ['no JSON', {}, {}],
    ['no access', { access: {} }, {}],
    ['an end that has passed', { validUntil: '2026-03-09' }, {}],
    ['a frequency of none', { frequencyPerDay: 0 }, {}],
    ['no way back', {}, { 'TPP-Redirect-URI': 'javascript:alert(1)' }],
  ])('refuses to be asked for a consent with %s', async (name, change, headers) => {
    const bank = await start();
    const asked = {
      access: { allPsd2: 'allAccountsWithOwnerName' },
      recurringIndicator: true,
      validUntil: '2026-06-01',
      frequencyPerDay: 4,
      combinedServiceIndicator: false,
    };
    const body = name === 'no JSON' ? '{' : JSON.stringify({ ...asked, ...change });
    const all = {
      'X-Request-ID': crypto.randomUUID(),
      'PSU-IP-Address': '192.0.2.7',
      'Content-Type': 'application/json',
      'TPP-Redirect-URI': 'https://example.org/back',
      ...headers,
    };
    // Not by the standard, so it is not held against it.
    const app = (init: RequestInit) => bank.app.request('/xs2a/v1/consents', init);
    expect((await app({ method: 'POST', headers: all, body })).status).toBe(400);
  });

  test('gives all accounts, or those that were named, with the owner where that was asked', async () => {
    const bank = await start();
    const access = {
      accounts: [{ iban: 'DE89370400440532013000' }],
      balances: [{ iban: 'DE89370400440532013000' }],
      transactions: [{ iban: 'DE89370400440532013000' }],
    };
    const body = JSON.stringify({
      access,
      recurringIndicator: false,
      validUntil: '2026-06-01',
      frequencyPerDay: 1,
      combinedServiceIndicator: false,
    });
    const headers = {
      'Content-Type': 'application/json',
      'TPP-Redirect-URI': 'https://example.org/back',
    };
    const created = await call(bank, '/v1/consents', headers, { method: 'POST', body });
    const back = await decideAtBank(created.body._links.scaRedirect.href, 'allow');
    expect(back).toBe('https://example.org/back');
    const grant = { consentId: created.body.consentId };
    const list = await call(bank, '/v1/accounts?withBalance=true', withConsent(grant));
    expect(list.body.accounts).toHaveLength(1);
    expect(list.body.accounts[0]).toMatchObject({
      iban: 'DE89370400440532013000',
      currency: 'EUR',
    });
    expect(list.body.accounts[0]).not.toHaveProperty('ownerName');
    expect(list.body.accounts[0].balances).toHaveLength(2);
    const { resourceId } = list.body.accounts[0];
    const one = await call(bank, `/v1/accounts/${resourceId}`, withConsent(grant));
    expect(one.body.account).toMatchObject({ resourceId, name: 'Current Account' });
    const told = await call(bank, `/v1/consents/${grant.consentId}`);
    expect(told.body).toMatchObject({
      consentStatus: 'valid',
      validUntil: '2026-06-01',
      frequencyPerDay: 4,
    });
    expect(told.body.access.transactions).toEqual([
      { iban: 'DE89370400440532013000', currency: 'EUR' },
    ]);
  });

  test('shows payment accounts alone, whatever is allowed and whenever it was opened', async () => {
    const bank = await start();
    const [card] = (sampleCustomers[0]?.accounts ?? []).filter(({ key }) => key === 'card');
    const { grant } = await connect(bank, [
      'current',
      'savings',
      'dollars',
      'card',
      'loan',
      'depot',
    ]);
    if (card) bank.control.openAccount('clara', { ...card, key: 'second-card' });
    const names = (await bank.read.accounts(grant, user)).map(({ name }) => name);
    expect(names).toEqual(['Current Account', 'Savings', 'Dollar Account']);
  });

  test('shows an account to those alone whom its holder let see it', async () => {
    const bank = await start();
    const both = await connect(bank, ['current', 'savings']);
    const [, savings] = await bank.read.accounts(both.grant, user);
    const one = await connect(bank, ['current']);
    const path = `/v1/accounts/${savings?.externalId}/balances`;
    expect((await call(bank, path, withConsent(both.grant))).status).toBe(200);
    const refused = await call(bank, path, withConsent(one.grant));
    expect([refused.status, refused.code]).toEqual([404, 'RESOURCE_UNKNOWN']);
  });

  test('lets a consent end after its last day, and an undecided one after half an hour', async () => {
    const bank = await start({ traits: { consentDays: 30 } });
    const { grant } = await connect(bank);
    const { grant: undecided, confirmation } = await bank.startConsent();
    bank.clock.passMinutes(31);
    expect(await statusOf(bank, undecided)).toBe('expired');
    expect(await decideAtBank(confirmation.url, 'allow').catch(String)).toMatch(/no form/);
    bank.clock.set('2026-04-09T23:59:00.000Z');
    expect(await statusOf(bank, grant)).toBe('valid');
    bank.clock.set('2026-04-10T00:00:00.000Z');
    expect(await statusOf(bank, grant)).toBe('expired');
    const refused = await call(bank, '/v1/accounts', withConsent(grant));
    expect([refused.status, refused.code]).toEqual([401, 'CONSENT_EXPIRED']);
  });

  test('answers four calls a day without the user, per account and kind, and a fetch is one', async () => {
    const bank = await start({ traits: { pageSize: 2 } });
    bank.control.show('current', {
      entries: ['a', 'b', 'c', 'd', 'e'].map((reference) => entry({ reference })),
    });
    const { grant, account } = await connect(bank);
    const fetchEntries = () => collect(bank.read.entries(grant, account, { from: '2026-02-01' }));
    for (let n = 0; n < 4; n++) {
      expect(await fetchEntries()).toHaveLength(5);
      bank.clock.passMinutes(60);
    }
    await expect(fetchEntries()).rejects.toMatchObject({
      code: 'rate-limited',
      retryAfterSeconds: 20 * 3_600,
    });
    await bank.read.balance(grant, account);
    const attended = bank.read.entries(grant, account, { from: '2026-02-01' }, user);
    expect(await collect(attended)).toHaveLength(5);
    bank.clock.passMinutes(20 * 60);
    expect(await fetchEntries()).toHaveLength(5);
    expect(bank.control.calls()).toContainEqual({ call: 'entries', account: 'current', count: 7 });
  });

  test('counts calls that come at the same moment', async () => {
    const bank = await start();
    const { grant, account } = await connect(bank);
    const results = await Promise.allSettled(
      Array.from({ length: 8 }, () => bank.read.balance(grant, account)),
    );
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(4);
  });

  test('reaches far back in the minutes after a confirmation, and then no further than 90 days', async () => {
    const bank = await start();
    const days = ['2024-03-10', '2024-03-11', '2025-12-09', '2025-12-10', '2026-03-10'];
    bank.control.show('current', {
      entries: days.map((bookingDate) => entry({ bookingDate, reference: bookingDate })),
    });
    const { grant, account } = await connect(bank);
    const from = (day: string) => collect(bank.read.entries(grant, account, { from: day }, user));
    expect(await from('2024-03-10')).toHaveLength(5);
    await expect(from('2024-03-09')).rejects.toMatchObject({ code: 'period-not-available' });
    bank.clock.passMinutes(11);
    await expect(from('2025-12-09')).rejects.toMatchObject({ code: 'period-not-available' });
    expect(await from('2025-12-10')).toHaveLength(2);
  });

  test('shows a fetch as the account was at its first page, though entries come meanwhile', async () => {
    const bank = await start({ traits: { pageSize: 2 } });
    const three = ['a', 'b', 'c'].map((reference) => entry({ reference }));
    bank.control.show('current', { entries: three });
    const { grant, account } = await connect(bank);
    const pages = bank.read.entries(grant, account, { from: '2026-01-01' }, user);
    const shown = [];
    for await (const page of pages) {
      shown.push(...page.entries);
      bank.control.show('current', { entries: [entry({ reference: 'new' }), ...three] });
    }
    expect(shown.map(({ reference }) => reference)).toEqual(['a', 'b', 'c']);
  });

  test('gives booked or pending entries alone where only they are asked for', async () => {
    const bank = await start();
    const { bookingDate: _, ...waiting } = entry({ status: 'pending', reference: 'p' });
    bank.control.show('current', { entries: [entry(), waiting] });
    const { grant, account } = await connect(bank);
    const ask = async (status: string) =>
      (
        await call(
          bank,
          `/v1/accounts/${account}/transactions?dateFrom=2026-01-01&bookingStatus=${status}`,
          withConsent(grant),
        )
      ).body.transactions;
    expect(await ask('booked')).toMatchObject({ booked: [{ entryReference: 'E1' }] });
    expect(await ask('booked')).not.toHaveProperty('pending');
    expect(await ask('pending')).toMatchObject({ pending: [{ entryReference: 'p' }] });
    expect(await ask('pending')).not.toHaveProperty('booked');
  });

  test('keeps consents, the calls of the day and payments over a restart', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'bank-'));
    try {
      const first = await startBank({ store: openSqliteStore(join(folder, 'bank.sqlite')) });
      const { grant, account } = await connect(first);
      for (let n = 0; n < 4; n++) await first.read.balance(grant, account);
      await first.stop();
      const second = await start({ store: openSqliteStore(join(folder, 'bank.sqlite')) });
      expect(await second.read.accounts(grant, user)).toHaveLength(1);
      await expect(second.read.balance(grant, account)).rejects.toMatchObject({
        code: 'rate-limited',
      });
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe('a trait of the Sandbox Bank', () => {
  const shownBy = async (traits: object) => {
    const bank = await start({ traits });
    bank.control.show('current', {
      entries: [
        entry({ reference: 'E1', amount: euros(-100) }),
        entry({ reference: 'E2', amount: euros(300) }),
        entry({ reference: 'E3', status: 'pending', bookingDate: '2026-03-09' }),
      ],
      balance: { booked: euros(1_000) },
    });
    const { grant, account } = await connect(bank);
    const again = () => collect(bank.read.entries(grant, account, { from: '2026-01-01' }, user));
    const reconnect = async () => {
      const { grant: next, account: nextAccount } = await connect(bank);
      return collect(bank.read.entries(next, nextAccount, { from: '2026-01-01' }, user));
    };
    return { bank, account, first: await again(), second: await again(), reconnect };
  };
  const references = (entries: readonly { reference?: string }[]) =>
    entries.map(({ reference }) => reference);

  test('is whether references are kept, changed by fetch or by consent, or not given', async () => {
    const stable = await shownBy({});
    expect(references(stable.first)).toEqual(['E1', 'E2', 'E3']);
    const none = await shownBy({ entryReference: 'none' });
    expect(references(none.first)).toEqual([undefined, undefined, undefined]);
    const reissued = await shownBy({ entryReference: 'reissued' });
    expect(new Set([...references(reissued.first), ...references(reissued.second)]).size).toBe(6);
    const perSession = await shownBy({ entryReference: 'perSession' });
    expect(references(perSession.second)).toEqual(references(perSession.first));
    expect(references(await perSession.reconnect())).not.toEqual(references(perSession.first));
  });

  test('is whether pending entries are shown', async () => {
    expect(references((await shownBy({ pending: false })).first)).toEqual(['E1', 'E2']);
  });

  test('is whether booked entries carry the balance after them', async () => {
    const { first } = await shownBy({ balanceAfter: true });
    expect(first.map(({ balanceAfter }) => balanceAfter?.minor)).toEqual([700, 1_000, undefined]);
  });

  test('is to keep to itself the balances that its books have after each entry', async () => {
    const bank = await start();
    const { grant, account } = await connect(bank);
    bank.control.show('current', { entries: [entry({ balanceAfter: euros(900) })] });
    const window = { from: '2026-02-01' };
    const [shown] = await collect(bank.read.entries(grant, account, window, user));
    expect(shown).not.toHaveProperty('balanceAfter');
  });

  test.each([
    ['booking', [undefined, '2026-03-01']],
    ['value', ['2026-03-01', undefined]],
    ['none', [undefined, undefined]],
  ])('is the date that is left out: %s', async (minimalDates, [bookingDate, valueDate]) => {
    const [shown] = (await shownBy({ minimalDates })).first;
    expect([shown?.bookingDate, shown?.valueDate]).toEqual([bookingDate, valueDate]);
  });

  test('is not whether account ids last: a test says so, from the next consent on', async () => {
    const { bank, account } = await shownBy({});
    expect((await connect(bank)).account).toBe(account);
    bank.control.issueAccountIds('new');
    const { account: renewed } = await connect(bank);
    expect(renewed).not.toBe(account);
    bank.control.issueAccountIds('same');
    expect((await connect(bank)).account).toBe(renewed);
    expect(bank.control.accountIds()).toEqual({ [renewed]: 'current' });
  });
});

describe('a failure that is arranged', () => {
  test('is for one account, and over by its time', async () => {
    const bank = await start();
    const { grant } = await connect(bank, ['current', 'savings']);
    const [current, savings] = await bank.read.accounts(grant, user);
    bank.control.failNext({
      call: 'any',
      account: 'savings',
      with: 'bank-unavailable',
      until: '2026-03-10T13:00:00.000Z',
    });
    const balanceOf = (id = '') => bank.read.balance(grant, id, user);
    expect(await balanceOf(current?.externalId)).toHaveProperty('booked');
    for (let n = 0; n < 3; n++) {
      await expect(balanceOf(savings?.externalId)).rejects.toMatchObject({
        code: 'bank-unavailable',
      });
    }
    bank.clock.set('2026-03-10T13:00:00.000Z');
    expect(await balanceOf(savings?.externalId)).toHaveProperty('booked');
  });

  test('may be for days before one alone', async () => {
    const bank = await start();
    const { grant, account } = await connect(bank);
    bank.control.failNext({
      call: 'entries',
      with: 'period-not-available',
      earliest: '2026-01-15',
      times: 2,
    });
    const from = (day: string) => collect(bank.read.entries(grant, account, { from: day }, user));
    expect(await from('2026-01-15')).not.toHaveLength(0);
    await expect(from('2026-01-14')).rejects.toMatchObject({ code: 'period-not-available' });
    await expect(from('2026-01-14')).rejects.toMatchObject({ code: 'period-not-available' });
    expect(await from('2026-01-14')).not.toHaveLength(0);
  });
});

describe('a confirmation that the bank asks for anew', () => {
  const ask = { call: 'entries', with: 'needs-confirmation' } as const;

  test('is over once the customer has confirmed, and stays until then', async () => {
    const bank = await start();
    const { grant, account } = await connect(bank);
    bank.control.failNext(ask);
    const fetchFor = ({ grant: it, account: id } = { grant, account }) =>
      collect(bank.read.entries(it, id, { from: '2026-02-01' }, user));
    for (let n = 0; n < 2; n++) {
      await expect(fetchFor()).rejects.toMatchObject({ code: 'needs-confirmation' });
    }
    const { grant: declined, confirmation } = await bank.startConsent();
    await decideAtBank(confirmation.url, 'decline');
    expect(await statusOf(bank, declined)).toBe('rejected');
    await expect(fetchFor()).rejects.toMatchObject({ code: 'needs-confirmation' });
    expect(await fetchFor(await connect(bank))).not.toHaveLength(0);
    expect(await fetchFor()).not.toHaveLength(0);
  });

  test('fails as many calls as it is told, where it is told', async () => {
    const bank = await start();
    const { grant, account } = await connect(bank);
    bank.control.failNext({ ...ask, times: 1 });
    const entries = () => collect(bank.read.entries(grant, account, { from: '2026-02-01' }, user));
    await expect(entries()).rejects.toMatchObject({ code: 'needs-confirmation' });
    expect(await entries()).not.toHaveLength(0);
  });
});

test('an account that is opened joins consents to all accounts, and no others', async () => {
  const bank = await start();
  const all = await connect(bank, ['current', 'savings', 'dollars']);
  const one = await connect(bank, ['current']);
  bank.control.openAccount('clara', {
    key: 'card',
    maskedPan: '************4471',
    name: 'Visa Card',
    holder: 'Clara Beispiel',
    currency: 'EUR',
    type: 'card',
    statement: () => ({ entries: [entry({ reference: 'V1' })] }),
  });
  expect(await bank.read.accounts(one.grant, user)).toHaveLength(1);
  const shown = await bank.read.accounts(all.grant, user);
  expect(shown).toHaveLength(4);
  const { externalId = '' } = shown.find(({ mask }) => mask === '4471') ?? {};
  const window = { from: '2026-02-01' };
  expect(await collect(bank.read.entries(all.grant, externalId, window, user))).toMatchObject([
    { reference: 'V1' },
  ]);
  await expect(
    collect(bank.read.entries(one.grant, externalId, window, user)),
  ).rejects.toMatchObject({ code: 'account-gone' });
});

test('an account that is opened joins, and one that is closed is gone', async () => {
  const bank = await start();
  bank.control.openAccount('clara', {
    key: 'card',
    maskedPan: '************4471',
    name: 'Visa Card',
    holder: 'Clara Beispiel',
    currency: 'EUR',
    type: 'card',
    statement: () => ({ entries: [] }),
  });
  const { grant, account } = await connect(bank, ['current', 'card']);
  const names = async () =>
    (await bank.read.accounts(grant, user)).map(({ name, mask }) => [name, mask]);
  expect(await names()).toEqual([
    ['Current Account', undefined],
    ['Visa Card', '4471'],
  ]);
  bank.control.closeAccount('current');
  expect(await names()).toEqual([['Visa Card', '4471']]);
  await expect(bank.read.balance(grant, account, user)).rejects.toMatchObject({
    code: 'account-gone',
  });
});

async function statusOf(bank: BankServer, grant: Grant): Promise<string> {
  return (await call(bank, `/v1/consents/${grant['consentId']}/status`)).body.consentStatus;
}
