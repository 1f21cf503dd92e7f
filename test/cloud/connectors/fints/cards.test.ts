import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  toCardBalance,
  toCardEntries,
} from '../../../../cloud/connectors/fints/to-card-entries.ts';
import { type BankCustomer, fixedStatement } from '../../../../cloud/local/bank/bank-customer.ts';
import { ConfirmationNeeded } from '../../../../cloud/ports/bank-connector.ts';
import type { ObservedEntry } from '../../../../shared/bank.ts';
import { collect, entry, euros } from '../../../contract/bank-connector.ts';
import type { FinTsDress } from '../../../providers/fints/server.ts';
import { type FinTsWorld, startFinTs } from '../../../providers/fints/start-fints.ts';

/** Made up, in the form in which answers of BW-Bank, of another savings bank and of comdirect are published. */
const sample = [
  'DIKKU:5:2:3+4111110000001234++D:1234,5:EUR:20260309:184152+20260304+',
  '4111110000001234:20260302:20260303::12,34:EUR:D:1,:12,34:EUR:D:Backstube Muster:MUSTERSTADT 4111********1234' +
    '::::::::J:1000000000000001:5411:20260304',
  '4111110000001234:20260301:20260302::75,:CAD:D:1,608206:47,53:EUR:D:MAPLE BOOKS:75,00 CAD, EURO-KURS  1,608206' +
    '::::::::J:1000000000000002:9399:20260304::inkl. 1,90% Einsatz Fremdw. EUR   0,89-',
  '4111110000001234:20260304:20260304::1.059,87:EUR:C:1,:1.059,87:EUR:C:Einzug des Rechnungsbetrages:::::::::J:1000000000000003',
  "4111110000001234:20260305:20260306::8,6:EUR:D:1,:8,6:EUR:D: Caf\xe9 M\xfcller?: Ulm?+Co:Zeile ?'2??::::::::N:1000000000000004:5812",
  '4111110000001234:20260308:::0,:USD:D::20,:EUR:D:TANKSTELLE:::::::::N:',
  '::::::::::',
].join('+');

describe('what DIKKU holds', () => {
  test('are entries with days, amounts, lines and references', () => {
    const at = { status: 'booked', counterparty: 'Backstube Muster' } as const;
    expect(toCardEntries(sample)).toEqual([
      {
        ...at,
        reference: '1000000000000001',
        bookingDate: '2026-03-03',
        valueDate: '2026-03-02',
        amount: euros(-1_234),
        text: 'MUSTERSTADT 4111********1234',
      },
      {
        ...at,
        reference: '1000000000000002',
        bookingDate: '2026-03-02',
        valueDate: '2026-03-01',
        amount: euros(-4_753),
        original: { minor: -7_500, currency: 'CAD' },
        counterparty: 'MAPLE BOOKS',
        text: '75,00 CAD, EURO-KURS  1,608206\ninkl. 1,90% Einsatz Fremdw. EUR   0,89-',
      },
      {
        ...at,
        reference: '1000000000000003',
        bookingDate: '2026-03-04',
        valueDate: '2026-03-04',
        amount: euros(105_987),
        counterparty: 'Einzug des Rechnungsbetrages',
        text: '',
      },
      {
        ...at,
        reference: '1000000000000004',
        bookingDate: '2026-03-06',
        valueDate: '2026-03-05',
        amount: euros(-860),
        counterparty: 'Café Müller: Ulm+Co',
        text: "Zeile '2?",
      },
      {
        status: 'pending',
        valueDate: '2026-03-08',
        amount: euros(-2_000),
        counterparty: 'TANKSTELLE',
        text: '',
      },
    ]);
  });

  test('is a balance, of what is owed with a minus', () => {
    expect(toCardBalance(sample)).toEqual({ booked: euros(-123_450) });
    expect(toCardBalance('DIKKU:5:2:3+4111++C:123,45:EUR:20190609:184152')).toEqual({
      booked: euros(12_345),
    });
    expect(toCardBalance('DIKKU:5:2:3+4111')).toEqual({});
    expect(toCardEntries('DIKKU:5:2:3+4111++C:123,45:EUR:20190609')).toEqual([]);
  });

  test('may tell another currency without what was paid in it', () => {
    const [first] = toCardEntries(sample.replace('12,34:EUR:D:1,', ':USD:D:1,'));
    expect(first).not.toHaveProperty('original');
  });

  test.each([
    ['RC', -860],
    ['RD', 860],
  ])('knows what takes back another one (%s)', (mark, minor) => {
    const part = sample.replace('8,6:EUR:D: Caf', `8,6:EUR:${mark}: Caf`);
    expect(toCardEntries(part)[3]?.amount).toEqual(euros(minor));
  });

  test.each([
    ['8,6:EUR:D: Caf', '8.6:EUR:D: Caf'],
    ['8,6:EUR:D: Caf', '8,6:EUR:X: Caf'],
    ['8,6:EUR:D: Caf', ':EUR:D: Caf'],
    ['8,6:EUR:D: Caf', '1.05,9:EUR:D: Caf'],
    ['8,6:EUR:D: Caf', '8,6:E:D: Caf'],
    [':20260306:', ':20260231:'],
    [':20260306:', ':6.3.2026:'],
  ])('is not read in part, nor quoted: %s as %s', (right, wrong) => {
    const read = () => toCardEntries(sample.replace(right, wrong));
    expect(read).toThrow(expect.objectContaining({ code: 'reply-unreadable' }));
    expect(read).not.toThrow(/M.ller|8[.,]6|2026|4111/);
  });
});

const paid = (day: string, minor: number, more: Partial<ObservedEntry> = {}) =>
  entry({ bookingDate: day, valueDate: day, amount: euros(minor), reference: day, ...more });
const { bookingDate: _, ...noted } = paid('2026-03-09', -300, { status: 'pending' });
const entries: readonly ObservedEntry[] = [
  paid('2026-01-02', -1_000),
  paid('2026-02-20', -2_500, { original: { minor: -2_000, currency: 'USD' } }),
  paid('2026-03-04', 3_500, { text: "A: 1+1'\nB?" }),
  paid('2026-03-07', -100),
  noted,
];
const card = {
  currency: 'EUR',
  holder: 'Vera Vorlage',
  type: 'card',
  statement: fixedStatement({ entries, balance: { booked: euros(-100) } }),
} as const;
const vera: BankCustomer = {
  login: 'vera',
  password: 'sandbox',
  name: 'Vera Vorlage',
  accounts: [
    { ...card, key: 'cur', iban: 'DE02120300000000202051', name: 'Girokonto', type: 'current' },
    { ...card, key: 'gold', maskedPan: '************8806', name: 'Karte Gold' },
    {
      ...card,
      key: 'new',
      maskedPan: '************8814',
      name: 'Karte',
      statement: fixedStatement({ entries: [], balance: { booked: euros(0) } }),
    },
  ],
};

describe('cards of a bank that tells of them by DKKKU', () => {
  let bank: FinTsWorld;
  let session: Awaited<ReturnType<FinTsWorld['connector']['open']>>;
  let ids: readonly string[] = [];
  beforeAll(async () => {
    const traits = { pageSize: 2, historyDays: 60 };
    bank = await startFinTs({ customers: [vera], dress: { cards: true }, traits });
    session = await bank.connector.open(await bank.connect('vera'), undefined);
    ids = (await session.accounts()).map(({ externalId }) => externalId);
  });
  afterAll(async () => {
    await session.close();
    await bank.stop();
  });
  const last = (id: string) =>
    bank.server
      .messages()
      .flat()
      .filter((segment) => segment.id === id);

  test('are accounts, under ids that do not hold their numbers', async () => {
    const accounts = await session.accounts();
    expect(accounts.slice(1)).toMatchObject([
      { type: 'card', mask: '8806', name: 'Karte Gold', currency: 'EUR' },
      { type: 'card', mask: '8814' },
    ]);
    expect(ids[1]).toMatch(/^[0-9a-f]{32}$/);
    expect(new Set(ids).size).toBe(3);
  });

  test('have their entries, page by page, from and to the day', async () => {
    const shown = await collect(session.entries(ids[1] ?? '', { from: '2026-01-20' }));
    expect(shown).toEqual(entries.slice(1));
    expect(last('DKKKU')).toHaveLength(2);
    expect(last('DKKKU')[1]?.elements[6]?.[0]).toMatch(/8806\+1$/);
    const within = { from: '2026-01-20', to: '2026-03-04' };
    const booked = (await collect(session.entries(ids[1] ?? '', within))).filter(
      ({ status }) => status === 'booked',
    );
    expect(booked).toEqual(entries.slice(1, 3));
  });

  test('have a balance, unless there are no entries with which it is told', async () => {
    expect(await session.balance(ids[1] ?? '')).toEqual({ booked: euros(-100) });
    expect(last('DKKKU').at(-1)?.elements[3]).toEqual(['20260208']);
    expect(await session.balance(ids[2] ?? '')).toEqual({});
    expect(await collect(session.entries(ids[2] ?? '', { from: '2026-03-01' }))).toEqual([]);
    expect(last('HKSAL')).toEqual([]);
    expect(await session.balance(ids[0] ?? '')).toEqual({ booked: euros(-100) });
    expect(last('HKSAL')).toHaveLength(1);
  });

  test('are asked for no day that the bank does not keep', async () => {
    await expect(
      collect(session.entries(ids[1] ?? '', { from: '2020-01-01' })),
    ).rejects.toMatchObject({
      code: 'period-not-available',
    });
  });

  test('have a balance after a TAN, and need no second one for it', async () => {
    bank.control.failNext({ call: 'entries', with: 'needs-confirmation' });
    const error = await session.balance(ids[1] ?? '').catch((thrown: unknown) => thrown);
    if (!(error instanceof ConfirmationNeeded)) throw error;
    const step = await bank.answer({ kind: 'asked', ...error.asked });
    if (step.kind !== 'granted') throw new Error('no access');
    const { length } = last('DKKKU');
    const next = await bank.connector.open(step.grant, undefined);
    expect(await next.balance(ids[1] ?? '')).toEqual({ booked: euros(-100) });
    expect(last('DKKKU')).toHaveLength(length);
    bank.control.failNext({ call: 'entries', with: 'needs-confirmation' });
    const asked = await collect(next.entries(ids[0] ?? '', { from: '2026-02-08' })).catch(
      (thrown: unknown) => thrown,
    );
    if (!(asked instanceof ConfirmationNeeded)) throw asked;
    const told = await bank.answer({ kind: 'asked', ...asked.asked });
    if (told.kind !== 'granted') throw new Error('no access');
    const third = await bank.connector.open(told.grant, undefined);
    expect(await third.balance(ids[0] ?? '')).toEqual({ booked: euros(-100) });
    await third.close();
  });
});

test.each([
  ['without parameters', 'DIKKUS', undefined],
  ['of another version', 'DIKKUS', 1],
  ['not for this account', 'HIUPD', undefined],
])('a card is none of ours where DKKKU is announced %s', async (_, id, version) => {
  const spoil: FinTsDress['spoil'] = (segments) =>
    segments.flatMap((it) => {
      if (it.id !== id) return it;
      if (id === 'DIKKUS') return version ? { ...it, version } : [];
      const elements = it.elements.map((element) =>
        String(element) === 'DKKKU,1' ? ['HKTAB', 1] : element,
      );
      return { ...it, elements };
    });
  const customers = [{ ...vera, methods: ['sms'] as const }];
  const world = await startFinTs({ customers, dress: { cards: true, spoil } });
  const opened = await world.connector.open(await world.connect('vera'), undefined);
  expect((await opened.accounts()).map(({ type }) => type)).toEqual(['current']);
  await opened.close();
  await world.stop();
});
