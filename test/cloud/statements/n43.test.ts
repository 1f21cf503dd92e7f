import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { looksLikeN43, readN43 } from '../../../cloud/statements/n43.ts';
import { StatementUnreadable } from '../../../cloud/statements/statement.ts';
import { madeN43 } from './made-n43.ts';
import { statementsOf } from './statements-of.ts';

const account = `11210004180200051332260301260331200000000100000978${'3EJEMPLO SL'.padEnd(30)}`;
const movement = (rest = '') => `22    0418260302260303040161${'12345'.padStart(14, '0')}${rest}`;

describe('a file of Norma 43', () => {
  test('written in any manner is read to exactly its entries and balances', () => {
    const property = fc.property(madeN43, ({ accounts, bytes }) => {
      const told = statementsOf(bytes).map(({ opening, closing, entries, problems }) => ({
        opening: opening?.amount.minor,
        closing: closing?.amount.minor,
        movements: entries.map((entry) => ({
          day: entry.bookingDate,
          valueDay: entry.valueDate,
          minor: entry.amount.minor,
          text: entry.text,
        })),
        problems,
      }));
      expect(told).toEqual(accounts.map((each) => ({ ...each, problems: [] })));
    });
    fc.assert(property, { seed: 20261121, numRuns: 200 });
  });

  test('may begin with a header of its own', () => {
    expect(looksLikeN43(`00B12345674\n${account}\n`)).toBe(true);
    expect(looksLikeN43(`\n${account}\n`)).toBe(true);
    expect(looksLikeN43('11;2026-03-01;12,50\n')).toBe(false);
    expect(looksLikeN43(movement())).toBe(false);
  });

  test('without an account is refused', () => {
    expect(() => readN43('00B12345674\n')).toThrow(StatementUnreadable);
  });

  test('has the text of a movement in its references, where no record of concepts follows', () => {
    const read = (rest: string) => readN43(`${account}\n${movement(rest)}\n`)[0]?.entries[0]?.text;
    expect(read('6871166755TRANSFERENCIA48555633617')).toBe('TRANSFERENCIA48555633617');
    expect(read('0000000000000000000000000000000001')).toBe(
      'Giros, transferencias, traspasos, cheques',
    );
  });

  test('has the amount before exchange in another currency than its own', () => {
    const read = (currency: string) =>
      readN43(`${account}\n${movement()}\n2401${currency}${'14000'.padStart(14, '0')}\n`)[0]
        ?.entries[0];
    expect(read('840')?.original).toEqual({ minor: -14000, currency: 'USD' });
    expect(read('978')).not.toHaveProperty('original');
    expect(read('000')).not.toHaveProperty('original');
  });

  test('has at most twenty lines of text in a movement', () => {
    const concepts = Array.from({ length: 30 }, (_, index) => `2301LINEA ${index}`);
    const [statement] = readN43([account, movement(), ...concepts].join('\n'));
    expect(statement?.entries[0]?.text.split('\n')).toHaveLength(20);
  });

  test('counts what was left out', () => {
    const end = `3321000418020005133200001${'12345'.padStart(14, '0')}00000${'0'.repeat(14)}200000000087655978`;
    const lines = (...records: string[]) =>
      readN43([account, ...records].join('\n'))[0]?.problems.map(({ line }) => line);
    expect(lines(movement(), end, `88${'9'.repeat(18)}000003`)).toEqual([]);
    expect(lines(movement(), end)).toEqual([3]);
    expect(lines(movement(), end, `88${'9'.repeat(18)}000004`)).toEqual([4]);
    expect(lines(movement(), end.replace('12345', '12346'), `88${'9'.repeat(18)}000003`)).toEqual([
      3,
    ]);
    expect(
      lines(movement(), end.replace('133200001', '133200002'), `88${'9'.repeat(18)}000003`),
    ).toEqual([3]);
    expect(lines(end, `88${'9'.repeat(18)}000002`)).toEqual([2, 2]);
  });

  test.each([
    ['2100', '0418', '0200051332', 'ES9121000418450200051332'],
    ['0081', '5398', '0001414452', 'ES0600815398730001414452'],
    ['2100', '0418', '0200051314', 'ES4921000418410200051314'],
  ])('%s %s %s is an account with right check digits', (bank, branch, number, iban) => {
    const [statement] = readN43(account.replace('210004180200051332', bank + branch + number));
    expect(statement?.account.iban).toBe(iban);
    expect(statement?.account.bank).toBe(bank);
  });

  test('an account with letters, or without a bank, keeps its number', () => {
    const read = (number: string) =>
      readN43(account.replace('210004180200051332', number))[0]?.account;
    expect(read('2100041802AB051332')?.number).toBe('2100041802AB051332');
    expect(read('000000000200051332')?.number).toBe('000000000200051332');
  });
});

describe('letters of code page 850', () => {
  const holder = (bytes: Buffer) => statementsOf(bytes)[0]?.account.holder;
  const file = (name: string) => account.replace('EJEMPLO SL', name.padEnd(10));

  test('are told from those of windows-1252', () => {
    expect(holder(Buffer.from(file('PE\xa5A'), 'latin1'))).toBe('PEÑA');
    expect(holder(Buffer.from(file('PEÑA'), 'latin1'))).toBe('PEÑA');
    expect(holder(Buffer.from(file('PEÑA €5'), 'utf8'))).toBe('PEÑA €5');
    expect(holder(Buffer.from(file('ŁAŁA P¥A'), 'utf8'))).toBe('ŁAŁA P¥A');
  });

  test('are none where only signs speak for them', () => {
    const bytes = Buffer.from(file('A \x80 5 \xa35'), 'latin1');
    expect(holder(bytes)).toBe('A € 5 £5');
  });
});
