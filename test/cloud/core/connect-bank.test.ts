import { describe, expect, test } from '@jest/globals';
import {
  answerBank,
  askBank,
  finishConnect,
  returnFromBank,
  startConnect,
} from '../../../cloud/core/connect-bank.ts';
import {
  acceptTerms,
  chooseCountry,
  chooseInstitution,
  dropOldConnects,
  loadConnect,
  openConnectLink,
  stepOf,
} from '../../../cloud/core/connect-session.ts';
import { connections, connects } from '../../../cloud/core/documents.ts';
import { openGrant } from '../../../cloud/core/grants.ts';
import { linkAccount } from '../../../cloud/core/link-account.ts';
import { overviewOf } from '../../../cloud/core/overview.ts';
import { termsVersion } from '../../../cloud/core/terms.ts';
import { BankError } from '../../../cloud/ports/bank-connector.ts';
import { write } from '../../../cloud/ports/store.ts';
import type { ConfirmationAnswer } from '../../../shared/confirmation.ts';
import {
  ask,
  chooseBank,
  comeBack,
  connectAs,
  connectionOf,
  openSession,
  sessionOf,
  user,
} from './connecting.ts';
import {
  askApproval,
  askCode,
  code,
  createLoginBank,
  login,
  loginInstitution,
  wantsCode,
} from './login-bank.ts';
import { bookId, createTestWorld, giro, institution } from './world.ts';

/** A user at the bank's own page. */
async function atTheBank() {
  const it = createTestWorld();
  const session = await chooseBank(it.world);
  const { state = '' } = await ask(it.world, session);
  return { ...it, session, state };
}

/** A user before the login form of the bank. */
async function atTheLogin() {
  const it = createTestWorld();
  const { bank: loginBank, connector } = createLoginBank();
  const connectors = new Map([...it.world.connectors, [connector.id, connector]]);
  const world = { ...it.world, connectors };
  const session = await chooseBank(world, 'erika', loginInstitution.id);
  const answer = async (answered: ConfirmationAnswer) => {
    const { version } = await loadConnect(world, session);
    await answerBank(world, session, answered, user, version);
    return sessionOf(world, session);
  };
  return { ...it, world, loginBank, session, answer };
}

const asMethod = (id: string) => ({ kind: 'method', id }) as const;
const asCode = (text: string) => ({ kind: 'code', text }) as const;

function linkGiro(world: Parameters<typeof linkAccount>[0], connectionId: string, key: string) {
  const bookAccount = { path: 'Assets:Checking', type: 'asset' } as const;
  return linkAccount(world, bookId, {
    connectionId,
    accountKey: key,
    bookAccount,
    from: '2026-01-01',
  });
}

describe('connecting a bank', () => {
  test('ends with the accounts and balances that the bank shows', async () => {
    const { world, bank, session } = await atTheBank();
    bank.balance = { booked: { minor: 1200, currency: 'EUR' } };
    const { key, value } = await comeBack(world, session);
    const now = world.clock.now();
    expect(value).toMatchObject({
      bookId,
      ownerId: 'erika',
      state: 'connected',
      name: 'Fake Bank',
      wayIn: 'psd2',
      consent: { validUntil: '2026-08-28', grantedAt: now, confirmedAt: now },
      terms: { version: termsVersion, acceptedAt: now },
      sealedAt: now,
      accesses: [{ at: now, cause: 'consent', isUserPresent: true, result: 'complete' }],
    });
    expect(value.accesses[0]?.calls).toEqual([
      { kind: 'accounts', count: 1 },
      { kind: 'balances', count: 1 },
    ]);
    expect(value.accounts).toMatchObject([{ name: 'Girokonto', balance: bank.balance }]);
    expect(value.dueAt).toBeUndefined();
    expect(value.noticeAt).toBeDefined();
    expect(await openGrant(world, key, value.grant)).toEqual({ consent: 'k1' });
    expect(bank.users).toEqual([user]);
    expect(bank.closed).toBe(1);
  });

  test('a link works once and not after a quarter of an hour', async () => {
    const { world, pass } = createTestWorld();
    const link = async () =>
      new URL(await startConnect(world, bookId, 'erika')).searchParams.get('link') ?? '';
    const spent = await link();
    await openConnectLink(world, spent);
    await expect(openConnectLink(world, spent)).rejects.toMatchObject({ code: 'link-expired' });
    const unopened = await link();
    await expect(loadConnect(world, unopened)).rejects.toMatchObject({ code: 'link-expired' });
    pass(16 * 60_000);
    await expect(openConnectLink(world, unopened)).rejects.toMatchObject({ code: 'link-expired' });
  });

  test("the bank's answer counts only in the browser and with the state that asked", async () => {
    const { world, session, state } = await atTheBank();
    const other = await openSession(world);
    const wrong = { code: 'link-expired' };
    await expect(returnFromBank(world, other, { state }, user)).rejects.toMatchObject(wrong);
    await expect(
      returnFromBank(world, session, { state: `${state}x` }, user),
    ).rejects.toMatchObject(wrong);
    await expect(returnFromBank(world, other, { state: '' }, user)).rejects.toMatchObject(wrong);
    expect(stepOf(await sessionOf(world, session), world.clock.now())).toBe('confirm');
  });

  test('what the bank adds to our address reaches the connector, our own state does not', async () => {
    const { world, bank, session, state } = await atTheBank();
    await returnFromBank(world, session, { state, code: 'c0de', scope: 'AIS' }, user);
    expect(bank.answers).toEqual([{ kind: 'returned', query: { code: 'c0de', scope: 'AIS' } }]);
  });

  test('coming back twice, also at once, makes one connection', async () => {
    const { world, bank, session, state } = await atTheBank();
    const back = () => returnFromBank(world, session, { state }, user);
    await Promise.all([back(), back(), back()]);
    const { key } = await connectionOf(world, session);
    await back();
    expect((await connectionOf(world, session)).key).toBe(key);
    expect(bank.calls).toEqual(['accounts', 'balance']);
    const ofBook = { field: 'bookId', op: '==', value: bookId, limit: 9 } as const;
    expect(await world.store.find(connections, ofBook)).toHaveLength(1);
  });

  test('a user who declines at the bank has no connection, is told so, and can start again', async () => {
    const { world, bank, session } = await atTheBank();
    bank.failing.finish = new BankError('confirmation-declined');
    await expect(comeBack(world, session)).rejects.toMatchObject({ code: 'confirmation-declined' });
    const query = { field: 'bookId', op: '==', value: bookId, limit: 9 } as const;
    expect(await world.store.find(connections, query)).toEqual([]);
    const connect = await sessionOf(world, session);
    expect(stepOf(connect, world.clock.now())).toBe('login');
    bank.failing = {};
    await ask(world, session);
    expect((await comeBack(world, session)).value.state).toBe('connected');
  });

  test('nothing is asked of a bank before the terms are accepted, in the version that is shown', async () => {
    const { world } = createTestWorld();
    const session = await openSession(world);
    await chooseInstitution(world, session, institution.id);
    await expect(ask(world, session)).rejects.toMatchObject({ code: 'bad-request' });
    await expect(acceptTerms(world, session, '2020-01-01')).rejects.toMatchObject({
      code: 'bad-request',
    });
    await acceptTerms(world, session, termsVersion);
    expect((await ask(world, session)).confirmation).toBeDefined();
  });

  test('the Sandbox Bank is gone to with nothing but the terms before it, where there is one', async () => {
    const { world } = createTestWorld();
    await expect(openSession(world, 'erika', { isSandbox: true })).rejects.toMatchObject({
      code: 'not-found',
    });
    expect(await overviewOf(world, bookId, 'erika')).not.toHaveProperty('hasSandbox');
    const sandbox = { ...institution, name: 'Sandbox Bank' };
    const connectors = new Map(
      [...world.connectors].map(([id, connector]) => {
        return [id, { ...connector, institutions: async () => [sandbox] }] as const;
      }),
    );
    const there = { ...createTestWorld().world, connectors };
    expect(await overviewOf(there, bookId, 'erika')).toHaveProperty('hasSandbox', true);
    const session = await openSession(there, 'erika', { isSandbox: true });
    expect(stepOf((await loadConnect(there, session)).value, there.clock.now())).toBe('terms');
    await acceptTerms(there, session, termsVersion);
    expect((await ask(there, session)).confirmation).toBeDefined();
  });

  test('a country without banks and a bank that is not listed cannot be chosen', async () => {
    const { world } = createTestWorld();
    const session = await openSession(world);
    await expect(chooseCountry(world, session, 'FR')).rejects.toMatchObject({ code: 'not-found' });
    await expect(chooseCountry(world, session, '')).rejects.toMatchObject({ code: 'not-found' });
    await expect(chooseInstitution(world, session, 'none')).rejects.toMatchObject({
      code: 'not-found',
    });
    await chooseCountry(world, session, 'DE');
    expect(stepOf(await sessionOf(world, session), world.clock.now())).toBe('terms');
  });

  test('what a bank has granted is kept when its accounts cannot be read, and read again without asking anew', async () => {
    const { world, bank, session, state } = await atTheBank();
    bank.failing.accounts = new BankError('bank-unavailable');
    await returnFromBank(world, session, { state }, user);
    const connect = await sessionOf(world, session);
    expect(connect).toMatchObject({ failure: { code: 'bank-unavailable' } });
    expect(stepOf(connect, world.clock.now())).toBe('finish');
    bank.failing = { finish: new BankError('confirmation-declined') };
    await finishConnect(world, session, user);
    expect((await connectionOf(world, session)).value.consent.validUntil).toBe('2026-08-28');
    expect(bank.closed).toBe(2);
  });

  test('sessions and links that have ended are dropped, the others stay', async () => {
    const { world, pass } = createTestWorld();
    const old = await openSession(world);
    pass(50 * 60_000);
    const young = await openSession(world);
    await dropOldConnects(world);
    expect(await world.store.get(connects, old)).not.toBeNull();
    pass(11 * 60_000);
    await dropOldConnects(world);
    expect(await world.store.get(connects, old)).toBeNull();
    expect(await world.store.get(connects, young)).not.toBeNull();
  });
});

describe("a bank's login", () => {
  test('leads over method and code to the connection', async () => {
    const { world, loginBank, session, answer } = await atTheLogin();
    const asked = await ask(world, session, login, 'Household');
    expect(asked.confirmation?.confirmation.kind).toBe('method');
    const next = await answer(asMethod('sms'));
    expect(next.confirmation?.confirmation).toEqual(askCode);
    await answer(asCode(code));
    const { key, value } = await connectionOf(world, session);
    expect(value).toMatchObject({ name: 'Household', wayIn: 'login', state: 'connected' });
    expect(value.consent.validUntil).toBeUndefined();
    expect(await openGrant(world, key, value.grant)).toEqual({
      ...login,
      stage: 'done',
      device: 'd1',
    });
    expect(loginBank.users).toEqual([user, user]);
  });

  test('that is wrong is told, and tried again only when the user types it again', async () => {
    const { world, loginBank, session } = await atTheLogin();
    const connect = await ask(world, session, { ...login, pin: 'falsch' });
    expect(connect.failure).toEqual({ code: 'login-rejected' });
    expect(stepOf(connect, world.clock.now())).toBe('login');
    expect(loginBank.starts).toHaveLength(1);
    await ask(world, session, login);
    expect(loginBank.starts).toHaveLength(2);
    expect((await sessionOf(world, session)).failure).toBeUndefined();
  });

  test('is asked of the bank once for a form that is sent twice, one after the other or at once', async () => {
    const { world, loginBank, session } = await atTheLogin();
    const { version } = await loadConnect(world, session);
    const wrong = { name: 'A', credentials: { ...login, pin: 'falsch' } };
    const send = () => askBank(world, session, version, wrong, user);
    await Promise.all([send(), send()]);
    await send();
    expect(loginBank.starts).toHaveLength(1);
  });

  test('is not asked again while the bank is being asked; after three minutes without an answer it may be', async () => {
    const { world, loginBank, session, pass } = await atTheLogin();
    let release = () => {};
    loginBank.before = () => new Promise<void>((resolve) => (release = resolve));
    const first = ask(world, session, login);
    while (loginBank.starts.length === 0) await new Promise((resolve) => setTimeout(resolve, 1));
    expect(stepOf(await sessionOf(world, session), world.clock.now())).toBe('waiting');
    await ask(world, session, login);
    expect(loginBank.starts).toHaveLength(1);
    pass(181_000);
    expect(stepOf(await sessionOf(world, session), world.clock.now())).toBe('login');
    release();
    await first;
  });

  test('a code that is wrong leaves the question open', async () => {
    const { world, loginBank, session, answer } = await atTheLogin();
    await ask(world, session, login);
    await answer(asMethod('sms'));
    const connect = await answer(asCode('000000'));
    expect(connect).toMatchObject({
      failure: { code: 'code-rejected' },
      confirmation: { confirmation: askCode },
    });
    await answer(asCode(code));
    expect((await connectionOf(world, session)).value.wayIn).toBe('login');
    expect(loginBank.starts).toHaveLength(1);
  });

  test('a code that is sent twice is told to the bank once', async () => {
    const { world, loginBank, session, answer } = await atTheLogin();
    await ask(world, session, login);
    await answer(asMethod('sms'));
    const { version } = await loadConnect(world, session);
    const send = () => answerBank(world, session, asCode('000000'), user, version);
    await Promise.all([send(), send()]);
    await send();
    expect(loginBank.answers).toEqual([asMethod('sms'), asCode('000000')]);
  });

  test('an answer to another question than the one that is open is refused, and the bank not asked', async () => {
    const { world, loginBank, session, answer } = await atTheLogin();
    await ask(world, session, login);
    for (const wrong of [
      asCode(code),
      asMethod('pigeon'),
      { kind: 'poll' },
      { kind: 'returned' },
    ]) {
      const refused = answer(wrong as ConfirmationAnswer);
      await expect(refused).rejects.toMatchObject({ code: 'bad-request' });
    }
    expect(loginBank.answers).toEqual([]);
  });

  test('waits for an approval for as long as the bank does, however often it looks', async () => {
    const { world, loginBank, session, answer, pass } = await atTheLogin();
    await ask(world, session, login);
    loginBank.expiresAt = '2026-03-02T08:05:00.000Z';
    await answer(asMethod('app'));
    loginBank.expiresAt = undefined;
    for (const _ of [1, 2, 3]) {
      pass(3_000);
      const connect = await answer({ kind: 'poll' });
      expect(connect.confirmation).toMatchObject({
        confirmation: askApproval,
        askedAt: '2026-03-02T08:00:00.000Z',
        expiresAt: '2026-03-02T08:05:00.000Z',
      });
    }
    loginBank.isApproved = true;
    await answer({ kind: 'poll' });
    expect((await connectionOf(world, session)).value.state).toBe('connected');
  });

  test('a confirmation that came too late is told, without asking the bank, and the login begins again', async () => {
    const { world, loginBank, session, answer, pass } = await atTheLogin();
    loginBank.expiresAt = '2026-03-02T08:05:00.000Z';
    await ask(world, session, login);
    pass(5 * 60_000);
    const connect = await answer(asMethod('sms'));
    expect(connect.failure).toEqual({ code: 'confirmation-expired' });
    expect(connect.confirmation).toBeUndefined();
    expect(stepOf(connect, world.clock.now())).toBe('login');
    expect(loginBank.answers).toEqual([]);
  });

  test('a bank that fails in between keeps the question', async () => {
    const { world, loginBank, session, answer } = await atTheLogin();
    await ask(world, session, login);
    loginBank.before = async () => {
      throw new BankError('timeout');
    };
    expect(await answer(asMethod('sms'))).toMatchObject({
      failure: { code: 'timeout' },
      confirmation: { confirmation: { kind: 'method' } },
    });
    loginBank.before = async () => {};
    expect((await answer(asMethod('sms'))).confirmation?.confirmation).toEqual(askCode);
  });

  test('a bank that asks once more before it shows the accounts is answered, too', async () => {
    const { world, loginBank, session, answer } = await atTheLogin();
    await ask(world, session, login);
    await answer(asMethod('sms'));
    loginBank.failingAccounts = wantsCode;
    const connect = await answer(asCode(code));
    expect(stepOf(connect, world.clock.now())).toBe('confirm');
    expect(connect.confirmation?.confirmation).toEqual(askCode);
    loginBank.failingAccounts = undefined;
    await answer(asCode(code));
    expect((await connectionOf(world, session)).value.accounts).toHaveLength(1);
  });

  test('a defect of a connector is logged without what was typed, and told as one', async () => {
    const { world, loginBank, session, lines } = await atTheLogin();
    loginBank.failing = new Error(`cannot type ${login.pin}`);
    expect((await ask(world, session, login)).failure).toEqual({ code: 'internal' });
    expect(lines).toMatchObject([{ event: 'defect', where: 'connect bank' }]);
    expect(JSON.stringify(lines)).not.toContain(login.pin);
  });

  test('is kept nowhere but sealed, on the whole way', async () => {
    const { world, session, answer, lines } = await atTheLogin();
    const kept: string[] = [];
    const look = async () => {
      const session_ = await world.store.get(connects, session);
      const connectionId = session_?.value.connectionId;
      const made = connectionId ? await world.store.get(connections, connectionId) : null;
      kept.push(JSON.stringify([session_, made]));
    };
    await ask(world, session, { ...login, pin: `${login.pin}x` });
    await look();
    await ask(world, session, login);
    await look();
    await answer(asMethod('sms'));
    await look();
    await answer(asCode(code));
    await look();
    const all = kept.join('') + JSON.stringify(lines);
    for (const secret of [login.user, login.pin, code]) expect(all).not.toContain(secret);
    expect(kept).toHaveLength(4);
  });

  test('another choice of bank drops what was asked and granted before', async () => {
    const { world, session, answer } = await atTheLogin();
    await ask(world, session, login);
    await chooseInstitution(world, session, institution.id);
    const connect = await sessionOf(world, session);
    expect(connect.confirmation).toBeUndefined();
    expect(connect.institution?.id).toBe(institution.id);
    await answer(asMethod('sms'));
    expect((await sessionOf(world, session)).confirmation).toBeUndefined();
  });
});

describe('connecting a bank that is connected already', () => {
  test('renews the connection with its feeds, with new ids of the bank, too, and syncs at once with the user there', async () => {
    const { world, bank, queue, session } = await atTheBank();
    const { key, value } = await comeBack(world, session);
    await linkGiro(world, key, value.accounts[0]?.key ?? '');
    bank.accounts = bank.accounts.map((it) => ({ ...it, externalId: 'another' }));
    const renewed = await connectAs(world);
    expect(renewed.key).toBe(key);
    expect(renewed.value.accounts).toMatchObject([
      { externalId: 'another', feed: { bookAccount: { path: 'Assets:Checking' } } },
    ]);
    expect(renewed.value.dueAt).toBe(world.clock.now());
    expect(queue).toEqual([
      {
        kind: 'sync',
        connectionId: key,
        cause: 'connected',
        user: { ...user, until: '2026-03-02T08:05:00.000Z' },
      },
    ]);
  });

  test('with another login, which shows none of its accounts, makes a connection of its own', async () => {
    const { world, bank, session } = await atTheBank();
    const { key } = await comeBack(world, session);
    const before = await world.store.get(connections, key);
    bank.accounts = [{ ...giro, externalId: 'x9', iban: 'DE02120300000000202051' }];
    const other = await connectAs(world);
    expect(other.key).not.toBe(key);
    expect(await world.store.get(connections, key)).toEqual(before);
    bank.accounts = [giro];
    expect((await connectAs(world)).key).toBe(key);
  });

  test('by the other way in makes a connection of its own', async () => {
    const { world, session, answer } = await atTheLogin();
    const { key } = await connectAs(world);
    await ask(world, session, login);
    await answer(asMethod('sms'));
    await answer(asCode(code));
    expect((await connectionOf(world, session)).key).not.toBe(key);
  });
});

describe('renewing a connection', () => {
  /** Erika's connection with a feed, failing for long. */
  async function connected() {
    const it = createTestWorld();
    const { bank: loginBank, connector } = createLoginBank();
    const world = {
      ...it.world,
      connectors: new Map([...it.world.connectors, [connector.id, connector]]),
    };
    const { key, value } = await connectAs(world);
    await linkGiro(world, key, value.accounts[0]?.key ?? '');
    const found = await world.store.get(connections, key);
    if (!found) throw new Error('connection');
    const failing = {
      ...found.value,
      name: 'Household',
      everyHours: 12,
      state: 'failing',
      failure: { code: 'bank-unavailable' },
      failing: { since: value.createdAt, count: 4 },
      lastRunId: 'r1',
      accounts: found.value.accounts.map((account) => ({ ...account, watermark: '2026-02-27' })),
    } as const;
    await world.store.commit([write(connections, key, failing, 'any')]);
    it.pass(3_600_000);
    const revoked: unknown[] = [];
    const fake = world.connectors.get('fake');
    if (!fake) throw new Error('connector');
    fake.revokeAccess = async (grant) => void revoked.push(grant);
    return { ...it, world, key, loginBank, revoked };
  }

  test('keeps its name, feeds, progress and schedule, and clears what was wrong', async () => {
    const { world, key, revoked } = await connected();
    const session = await openSession(world, 'erika', { connectionId: key });
    expect(stepOf(await sessionOf(world, session), world.clock.now())).toBe('login');
    await ask(world, session, {}, 'ignored');
    const renewed = await comeBack(world, session);
    expect(renewed.key).toBe(key);
    expect(renewed.value).toMatchObject({
      name: 'Household',
      everyHours: 12,
      state: 'connected',
      lastRunId: 'r1',
      consent: { confirmedAt: '2026-03-02T09:00:00.000Z' },
      accounts: [{ watermark: '2026-02-27', feed: { from: '2026-01-01' } }],
    });
    expect(renewed.value).not.toHaveProperty('failure');
    expect(renewed.value).not.toHaveProperty('failing');
    expect(renewed.value.accesses).toHaveLength(2);
    // This bank gave the same permission again.
    expect(revoked).toEqual([]);
  });

  test('hands the permission before it to the same bank, as long as it can be opened, and to no other', async () => {
    const { world, key } = await connected();
    const handed: unknown[] = [];
    for (const connector of world.connectors.values()) {
      const { startAccess } = connector;
      connector.startAccess = (request) => {
        handed.push(request.renews);
        return startAccess(request);
      };
    }
    const start = async (args: Parameters<typeof startConnect>[3], typed = {}) =>
      ask(world, await openSession(world, 'erika', args), typed);
    await start({ connectionId: key });
    await start({ connectionId: key, wayIn: 'login' }, login);
    await ask(world, await chooseBank(world));
    const found = await world.store.get(connections, key);
    if (!found) throw new Error('connection');
    const { grant: _, ...unsealed } = found.value;
    await world.store.commit([write(connections, key, unsealed, 'any')]);
    await start({ connectionId: key });
    expect(handed).toEqual([{ consent: 'k1' }, undefined, undefined, undefined]);
  });

  test('gives the permission before it back once the new one is kept; a bank that cannot be told is logged', async () => {
    const { world, key, loginBank, lines, revoked } = await connected();
    const change = { connectionId: key, wayIn: 'login' } as const;
    const session = await openSession(world, 'erika', change);
    expect((await sessionOf(world, session)).institution?.id).toBe(loginInstitution.id);
    await ask(world, session, login);
    expect(revoked).toEqual([]);
    const before = await world.store.get(connections, key);
    expect(before?.value.wayIn).toBe('psd2');
    await answerBank(world, session, asMethod('sms'), user);
    await answerBank(world, session, asCode(code), user);
    const changed = await connectionOf(world, session);
    expect(changed.key).toBe(key);
    expect(changed.value).toMatchObject({
      wayIn: 'login',
      institution: { id: loginInstitution.id },
      accounts: [{ watermark: '2026-02-27', feed: { from: '2026-01-01' } }],
    });
    expect(revoked).toEqual([{ consent: 'k1' }]);
    loginBank.revoked = [];
    const connector = world.connectors.get('direct');
    if (connector) connector.revokeAccess = () => Promise.reject(new BankError('timeout'));
    const back = await openSession(world, 'erika', { connectionId: key, wayIn: 'psd2' });
    await ask(world, back);
    expect((await comeBack(world, back)).value.wayIn).toBe('psd2');
    expect(lines).toContainEqual(
      expect.objectContaining({ event: 'bank-not-told', connectionId: key, code: 'timeout' }),
    );
  });

  test('leaves the old permission as it is when the bank says no, and writes the try into the log', async () => {
    const { world, bank, key, revoked } = await connected();
    const before = await world.store.get(connections, key);
    const session = await openSession(world, 'erika', { connectionId: key });
    await ask(world, session);
    bank.failing.finish = new BankError('confirmation-declined');
    await expect(comeBack(world, session)).rejects.toMatchObject({ code: 'confirmation-declined' });
    const after = await world.store.get(connections, key);
    expect(after?.value.grant).toEqual(before?.value.grant);
    expect(after?.value.accesses.at(-1)).toMatchObject({
      result: 'confirmation-declined',
      calls: [],
    });
    expect(revoked).toEqual([]);
  });

  test("is its giver's alone, and only what stands can be renewed", async () => {
    const { world, key } = await connected();
    const start = (userId: string, args: Parameters<typeof startConnect>[3]) =>
      expect(startConnect(world, bookId, userId, args)).rejects;
    await start('jonas', { connectionId: key }).toMatchObject({ code: 'not-yours' });
    await start('erika', { connectionId: 'none' }).toMatchObject({ code: 'not-found' });
    const alone = { ...world, connectors: new Map([...world.connectors].slice(0, 1)) };
    await expect(
      startConnect(alone, bookId, 'erika', { connectionId: key, wayIn: 'login' }),
    ).rejects.toMatchObject({ code: 'not-found' });
  });

  test('asks for the terms only when they have changed since, and keeps the new acceptance', async () => {
    const { world, key } = await connected();
    const found = await world.store.get(connections, key);
    if (!found) throw new Error('connection');
    const terms = { version: '2020-01-01', acceptedAt: '2020-01-01T00:00:00.000Z' };
    await world.store.commit([write(connections, key, { ...found.value, terms }, 'any')]);
    const session = await openSession(world, 'erika', { connectionId: key });
    expect(stepOf(await sessionOf(world, session), world.clock.now())).toBe('terms');
    await acceptTerms(world, session, termsVersion);
    await ask(world, session);
    const { value } = await comeBack(world, session);
    expect(value.terms).toEqual({ version: termsVersion, acceptedAt: world.clock.now() });
  });

  test('is of that one bank: another one cannot be chosen on its way', async () => {
    const { world, key } = await connected();
    const session = await openSession(world, 'erika', { connectionId: key });
    const refused = { code: 'bad-request' };
    await expect(chooseCountry(world, session, 'DE')).rejects.toMatchObject(refused);
    await expect(chooseInstitution(world, session, institution.id)).rejects.toMatchObject(refused);
  });

  test('of a connection that is taken out meanwhile makes none', async () => {
    const { world, key } = await connected();
    const session = await openSession(world, 'erika', { connectionId: key });
    await ask(world, session);
    const found = await world.store.get(connections, key);
    if (!found) throw new Error('connection');
    const removed = { ...found.value, state: 'removed' } as const;
    await world.store.commit([write(connections, key, removed, 'any')]);
    await expect(comeBack(world, session)).rejects.toMatchObject({ code: 'not-found' });
    expect((await world.store.get(connections, key))?.value.state).toBe('removed');
  });
});

describe('linking an account', () => {
  test('refuses a start to come, an expense account, and a book account that another fills', async () => {
    const { world, bank, session } = await atTheBank();
    bank.accounts = [
      ...bank.accounts,
      { ...bank.accounts[0], externalId: 'x2', currency: 'USD' } as (typeof bank.accounts)[0],
    ];
    const { key, value } = await comeBack(world, session);
    const [euro, dollar] = value.accounts.map((account) => account.key);
    const link = (
      accountKey = '',
      path = 'Assets:A',
      type: 'asset' | 'expense' = 'asset',
      from = '2026-03-01',
    ) =>
      linkAccount(world, bookId, {
        connectionId: key,
        accountKey,
        bookAccount: { path, type },
        from,
      });
    await expect(link(euro, 'Assets:A', 'asset', '2026-03-04')).rejects.toMatchObject({
      code: 'bad-request',
    });
    await expect(link(euro, 'Expenses:A', 'expense')).rejects.toMatchObject({
      code: 'bad-request',
    });
    await expect(link('unknown')).rejects.toMatchObject({ code: 'not-found' });
    await link(euro);
    await expect(link(dollar)).rejects.toMatchObject({ code: 'bad-request' });
    await link(dollar, 'Assets:B');
  });
});
