import { afterEach, expect, test } from '@jest/globals';
import { FinTsRefusal, toBankError } from '../../../../cloud/connectors/fints/to-bank-error.ts';
import { BankError, type BankErrorCode } from '../../../../cloud/ports/bank-connector.ts';
import type { FinTsDress } from '../../../providers/fints/server.ts';
import {
  clara,
  type FinTsWorld,
  oneMethod,
  startFinTs,
} from '../../../providers/fints/start-fints.ts';
import { user } from '../../local/bank/bank-server.ts';

let bank: FinTsWorld | undefined;
afterEach(async () => {
  await bank?.stop();
  bank = undefined;
});

/** Return codes, as banks send them together. */
const rows: readonly (readonly [string, readonly number[], BankErrorCode])[] = [
  ['a wrong PIN', [9050, 9910, 9800], 'login-rejected'],
  ['a PIN that is not valid', [9050, 9340], 'login-rejected'],
  ['a user who is not known', [9050, 9930], 'login-rejected'],
  ['a user whom the bank shut out', [9050, 9931, 9800], 'login-rejected'],
  ['a PIN that must be changed', [9050, 9942], 'login-rejected'],
  ['a login that is blocked for now', [3938, 9800], 'account-locked'],
  ['a blocked login whose PIN was wrong, too', [9050, 9910, 3938], 'account-locked'],
  ['a warning alone that the login is blocked', [3938], 'account-locked'],
  ['a wrong TAN', [9050, 9941], 'code-rejected'],
  ['a product that is not registered', [9050, 9078, 9800], 'provider-not-configured'],
  ['an anonymous dialog that is not wanted', [9050, 9400, 9800], 'provider-not-configured'],
  ['a TAN method that is not known', [9050, 9380], 'consent-expired'],
  ['a device that is not known', [9050, 9955], 'consent-expired'],
  ['a dialog that wants a TAN first', [9050, 9075], 'needs-confirmation'],
  ['the same, and that the order is rejected', [9050, 9075, 9800, 9340], 'needs-confirmation'],
  ['a program that the bank does not know any more', [9050, 9800, 9391], 'consent-expired'],
  ['a product that the bank does not want', [9050, 9800, 9952], 'provider-not-configured'],
  ['a dialog that was ended', [9050, 9800], 'bank-unavailable'],
  ['a dialog that is not known', [9050, 9010, 9800], 'bank-unavailable'],
  ['errors without a reason', [9050], 'bank-unavailable'],
  ['an error that nobody has heard of', [9999], 'bank-unavailable'],
];

test.each(rows)('tells of %s (%j)', (_, codes, code) => {
  const error = toBankError(new FinTsRefusal('login', codes));
  expect(error).toBeInstanceOf(BankError);
  expect(error).toMatchObject({ code });
});

/** The bank answers the first message that has such a segment with these codes, and then as ever. */
function refusing(segId: string, codes: readonly number[]): FinTsDress {
  let isDone = false;
  return {
    asksAtLogin: 'never',
    spoil(segments, came) {
      if (isDone || !came.some(({ id }) => id === segId)) return segments;
      isDone = true;
      const said = 'Erika Muster, PIN 12345';
      return [
        { id: 'HIRMG', version: 2, elements: [[9050, '', said]] },
        { id: 'HIRMS', version: 2, about: 3, elements: codes.map((code) => [code, '', said]) },
      ];
    },
  };
}

test.each([
  [[9910], 'login-rejected'],
  [[3938], 'account-locked'],
  [[9078], 'provider-not-configured'],
] as const)('tells at the login of %j, and of nothing that the bank says', async (codes, code) => {
  bank = await startFinTs({ customers: oneMethod, dress: refusing('HKIDN', codes) });
  const error = await bank.start().catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ code });
  expect(JSON.stringify([error, String(error)])).not.toMatch(/Erika|12345|sandbox|clara/);
});

test('never sends a rejected PIN twice, neither to end the dialog nor for the next call', async () => {
  bank = await startFinTs({ customers: oneMethod, dress: refusing('HKSAL', [9910]) });
  const session = await bank.connector.open(await bank.connect(), undefined);
  const [account] = await session.accounts();
  const { length } = bank.server.messages();
  for (let times = 0; times < 2; times += 1) {
    await expect(session.balance(account?.externalId ?? '')).rejects.toMatchObject({
      code: 'login-rejected',
    });
    await expect(session.accounts()).rejects.toMatchObject({ code: 'login-rejected' });
  }
  await session.close();
  expect(bank.server.messages()).toHaveLength(length + 1);
});

test('counts one wrong try at the bank for a wrong PIN, and none for what no message can carry', async () => {
  bank = await startFinTs();
  await expect(bank.start({ ...clara, pin: 'wrong' })).rejects.toMatchObject({
    code: 'login-rejected',
  });
  expect(bank.server.wrongPins('clara')).toBe(1);
  expect(bank.server.messages()).toHaveLength(1);
  for (const login of [
    { ...clara, pin: '' },
    { ...clara, pin: 'Ω' },
    { ...clara, pin: 'a\nb' },
    { ...clara, 'user-id': 'x'.repeat(31) },
    { ...clara, 'user-id': 'Ω' },
    { ...clara, 'customer-id': 'Ω' },
    { ...clara, 'customer-id': 'x'.repeat(31) },
    {},
  ]) {
    await expect(bank.start(login)).rejects.toMatchObject({ code: 'login-rejected' });
  }
  expect(bank.server.messages()).toHaveLength(1);
});

test('takes the warning alone that a login is blocked for a refusal', async () => {
  const spoil: FinTsDress['spoil'] = () => [
    { id: 'HIRMG', version: 2, elements: [[3060, '', 'Hinweise']] },
    { id: 'HIRMS', version: 2, about: 3, elements: [[3938, '', 'Gesperrt']] },
  ];
  bank = await startFinTs({ customers: oneMethod, dress: { spoil } });
  await expect(bank.start()).rejects.toMatchObject({ code: 'account-locked' });
  expect(bank.server.messages()).toHaveLength(1);
});

test('tells of a login that the bank has locked after wrong tries', async () => {
  bank = await startFinTs();
  for (let times = 0; times < 3; times += 1) {
    await expect(bank.start({ ...clara, pin: 'wrong' })).rejects.toBeInstanceOf(BankError);
  }
  await expect(bank.start()).rejects.toMatchObject({ code: 'account-locked' });
});

test('tells of a customer id that is missing, and is let in with it, time and again', async () => {
  const dress = { asksAtLogin: 'never', customerIds: { clara: '4711' } } as const;
  bank = await startFinTs({ customers: oneMethod, dress });
  await expect(bank.start()).rejects.toMatchObject({ code: 'login-rejected' });
  expect(bank.server.wrongPins('clara')).toBe(0);
  const step = await bank.start({ ...clara, 'customer-id': ' 4711 ' });
  if (step.kind !== 'granted') throw new Error('no access');
  const session = await bank.connector.open(step.grant, undefined);
  expect(await session.accounts()).not.toEqual([]);
  await session.close();
});

test('tells whoever runs it where the product is not registered', async () => {
  bank = await startFinTs({ connector: { productId: 'ANOTHER' } });
  await expect(bank.start()).rejects.toMatchObject({ code: 'provider-not-configured' });
});

test('sends no PIN where the address is not safe, or the bank is not on the list', async () => {
  bank = await startFinTs();
  const { institution } = bank;
  let calls = 0;
  const counting: typeof fetch = () => {
    calls += 1;
    return Promise.reject(new Error('not to be called'));
  };
  for (const url of ['http://bank.example/fints', 'https://clara:sandbox@bank.example/']) {
    const other = await startFinTs({
      connector: { fetch: counting, banks: [{ institution, blz: '12345678', url }] },
    });
    await expect(other.start()).rejects.toMatchObject({ code: 'provider-not-configured' });
    await other.stop();
  }
  const elsewhere = { ...institution, id: 'fints:87654321' };
  await expect(
    bank.connector.startAccess({
      institution: elsewhere,
      redirectUrl: '',
      notificationUrl: '',
      validUntil: '2026-08-31',
      credentials: clara,
      user,
    }),
  ).rejects.toMatchObject({ code: 'provider-not-configured' });
  expect(calls).toBe(0);
});

test('knows of a grant that it never wrote that it is none', async () => {
  bank = await startFinTs();
  const { connector } = bank;
  await expect(connector.open({ institutionId: 'x' }, user)).rejects.toMatchObject({
    code: 'consent-expired',
  });
  await expect(
    connector.answerConfirmation({ login: '{' }, { kind: 'poll' }, user),
  ).rejects.toMatchObject({ code: 'consent-expired' });
});

test('takes a refusal of days long ago for one of these days, and of usual ones for the order’s', async () => {
  bank = await startFinTs({ customers: oneMethod });
  bank.control.failNext({ call: 'entries', with: 'period-not-available', times: 2 });
  const session = await bank.connector.open(await bank.connect(), undefined);
  const [account] = await session.accounts();
  const ask = (from: string) =>
    session
      .entries(account?.externalId ?? '', { from })
      [Symbol.asyncIterator]()
      .next();
  await expect(ask('2026-01-15')).rejects.toMatchObject({ code: 'period-not-available' });
  await expect(ask('2026-02-28')).rejects.toMatchObject({ code: 'bank-unavailable' });
  await session.close();
});

test.each([[[9050, 9130]], [[9050, 9800, 9210]]])(
  'takes %j for no refusal of days, however long ago',
  async (codes) => {
    bank = await startFinTs({ customers: oneMethod, dress: refusing('HKCAZ', codes) });
    const session = await bank.connector.open(await bank.connect(), undefined);
    const [account] = await session.accounts();
    const entries = session.entries(account?.externalId ?? '', { from: '2026-01-15' });
    await expect(entries[Symbol.asyncIterator]().next()).rejects.toMatchObject({
      code: 'bank-unavailable',
    });
    await session.close();
  },
);

test('goes on in the same dialog after a refusal of one order', async () => {
  bank = await startFinTs({ customers: oneMethod, dress: refusing('HKCAZ', [9210]) });
  const session = await bank.connector.open(await bank.connect(), undefined);
  const [account] = await session.accounts();
  const id = account?.externalId ?? '';
  const entries = session.entries(id, { from: '2026-03-01' })[Symbol.asyncIterator]();
  await expect(entries.next()).rejects.toMatchObject({ code: 'bank-unavailable' });
  const logins = () =>
    bank?.server
      .messages()
      .flat()
      .filter((it) => it.id === 'HKIDN').length;
  const before = logins();
  expect(await session.balance(id)).toHaveProperty('booked');
  await session.close();
  expect(logins()).toBe(before);
});
