import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { looksLikeMt940, readMt940 } from '../../../cloud/statements/mt940.ts';
import { StatementUnreadable } from '../../../cloud/statements/statement.ts';
import { madeMt940 } from './made-mt940.ts';
import { statementsOf } from './statements-of.ts';

const head = [':20:STARTUMSE', ':25:37040044/0532013000', ':28C:1/1', ':60F:C260101EUR0,00'];
const read = (...lines: string[]) => statementsOf(Buffer.from([...head, ...lines, ''].join('\n')));

/** The one entry of a message with these lines. */
function entryOf(...lines: string[]) {
  const [statement] = read(...lines, ':62F:C260131EUR0,00');
  expect(statement?.entries).toHaveLength(1);
  return statement?.entries[0];
}

describe('an MT940 statement', () => {
  test('written in any manner is read to exactly its entries and balances', () => {
    const property = fc.property(madeMt940, ({ text, entries, opening, closing }) => {
      const statements = statementsOf(Buffer.from(text));
      expect(statements).toHaveLength(1);
      const [statement] = statements;
      expect(statement?.problems).toEqual([]);
      expect(statement?.opening?.amount.minor).toBe(opening || 0);
      expect(statement?.closing?.amount.minor).toBe(closing || 0);
      const told = statement?.entries.map((entry) => ({
        day: entry.bookingDate,
        valueDay: entry.valueDate,
        minor: entry.amount.minor,
        isPending: entry.status === 'pending',
        reference: entry.reference,
        name: entry.counterparty,
        purpose: entry.text.replace(/\n12$/, ''),
      }));
      expect(told).toEqual(entries.map(({ mark, amount, entryDay, ...entry }) => entry));
    });
    fc.assert(property, { seed: 20261121, numRuns: 200 });
  });

  test.each([
    ['CSV with times', 'Time,Text\n10:20:15,11:25:30,:60F:\n'],
    ['one field alone', ':20:STARTUMSE\nDear customer\n'],
    ['a letter', 'Reference :20:25:30 of your account\n'],
  ])('%s is none', (_, text) => {
    expect(looksLikeMt940(text)).toBe(false);
  });

  test('may stand below a letter', () => {
    expect(looksLikeMt940(`Dear customer,\n\n----\n${head.join('\n')}`)).toBe(true);
  });

  test('may be in a code page of DOS', () => {
    const bytes = Buffer.from(
      [...head, ':61:260105C5,00NMSC', ':86:M\x81ller'].join('\n'),
      'latin1',
    );
    expect(statementsOf(bytes)[0]?.entries[0]?.text).toBe('Müller');
  });

  test('of which nothing but the head is there is refused', () => {
    expect(() => readMt940(head.slice(0, 3).join('\n'))).toThrow(StatementUnreadable);
  });

  test('takes the currency behind the account where no balance names one', () => {
    const text = ':20:1\n:25:123456 PLN\n:28C:1\n:61:260102C5,00NMSC\n';
    const [statement] = readMt940(text, { currencyWhereNone: 'CHF' });
    expect(statement?.currency).toBe('PLN');
    expect(statement?.entries[0]?.amount).toEqual({ minor: 500, currency: 'PLN' });
  });

  test('takes the currency that the caller gives where the file has none', () => {
    const text = ':20:1\n:25:123456\n:60F:C2601021,00\n:61:260102C5,00NMSC\n';
    const [statement] = readMt940(text, { currencyWhereNone: 'JPY' });
    expect(statement?.currency).toBeUndefined();
    expect(statement?.opening?.amount).toEqual({ minor: 1, currency: 'JPY' });
    expect(statement?.entries[0]?.amount).toEqual({ minor: 5, currency: 'JPY' });
  });

  test('of the same account again is no page of the one before, unless it says so', () => {
    const day = (tag: string, mark: string) =>
      `:20:1\n:25:1\n:28C:1\n:60${mark}:C260101EUR1,00\n:62${tag}:C260101EUR1,00\n`;
    const count = (text: string) => readMt940(text).length;
    expect(count(day('F', 'F') + day('F', 'F'))).toBe(2);
    expect(count(day('F', 'F') + day('F', 'M'))).toBe(2);
    expect(count(day('M', 'F') + day('F', 'M'))).toBe(1);
    expect(count(day('M', 'F') + day('F', 'M').replace(':25:1', ':25:2'))).toBe(2);
  });

  test('whose last page has lost its closing balance has none', () => {
    const pages =
      ':20:1\n:25:1\n:60F:C260101EUR1,00\n:62M:C260101EUR1,00\n:20:1\n:25:1\n:60M:C260101EUR1,00\n';
    const [statement] = readMt940(pages);
    expect(statement?.closing).toBeUndefined();
    expect(statement?.problems).toHaveLength(1);
  });

  test('ends at its mark, whatever stands between it and the next', () => {
    const next = [':20:2', ...head.slice(1), ':62F:C260102EUR0,00'];
    const [first, second] = read(
      ':61:260102C0,00NMSC',
      ':86:Text',
      '-',
      'ABNANL2A',
      '940',
      ...next,
    );
    expect(first?.entries[0]?.text).toBe('Text');
    expect(second?.entries).toEqual([]);
  });

  test('is read behind block headers in one line, and with small letters in its tags', () => {
    const text = '{1:F01}{2:I940}{4::25:123456\n:28c:1\n:60f:C260101EUR0,00\n-}{5:}\n';
    const [statement] = readMt940(text);
    expect([statement?.account.number, statement?.currency]).toEqual(['123456', 'EUR']);
  });

  test('between @@ has the line of the whole', () => {
    const [statement] = readMt940(
      `\n\n${[...head, ':61:26', ':62F:C260101EUR0,00'].join('@@')}@@\n`,
    );
    expect(statement?.problems.map(({ line }) => line)).toEqual([3]);
  });

  test('begins anew at a second opening balance', () => {
    const [first, second] = read(
      ':61:260102C5,00NMSC',
      ':62F:C260102EUR5,00',
      ':60F:C260102EUR5,00',
      ':61:260103C1,00NMSC',
      ':62F:C260103EUR6,00',
    );
    expect([first?.problems, second?.problems]).toEqual([[], []]);
    expect(second?.account).toEqual(first?.account);
  });
});

describe('an account in MT940', () => {
  test.each([
    ['DE89370400440532013000', { iban: 'DE89370400440532013000' }],
    ['NL91 ABNA 0417 1643 00 EUR', { iban: 'NL91ABNA0417164300' }],
    ['NL91ABNA0417164300EUR', { iban: 'NL91ABNA0417164300' }],
    ['DE89370400440532013001', { number: 'DE89370400440532013001' }],
    ['37040044/0532013000EUR', { bank: '37040044', number: '0532013000' }],
    [
      'MALTMTMT/MT84MALT011000012345MTLCAST001S',
      { bank: 'MALTMTMT', iban: 'MT84MALT011000012345MTLCAST001S' },
    ],
    ['ABCDEFGH/123ABC/HUF', { bank: 'ABCDEFGH', number: '123ABC' }],
    ['MU17BOMM0101101030300200000MUR', { iban: 'MU17BOMM0101101030300200000MUR' }],
    ['/123456', { number: '123456' }],
    ['2121.21.211EUR   ', { number: '2121.21.211' }],
    ['123456\nCOBADEFFXXX', { bank: 'COBADEFFXXX', number: '123456' }],
  ])('%s is told', (value, account) => {
    const [statement] = readMt940(`:20:1\n:25:${value}\n:28C:1\n:60F:C260101EUR0,00\n`);
    expect(statement?.account).toEqual({ ...account, type: 'current' });
  });
});

describe('the dates of an entry', () => {
  test.each([
    ['2512310102', '2026-01-02', '2025-12-31'],
    ['2601021231', '2025-12-31', '2026-01-02'],
    ['2402280229', '2024-02-29', '2024-02-28'],
    ['2602280229', '2026-02-28', '2026-02-28'],
    ['260105', '2026-01-05', '2026-01-05'],
    ['260105    ', '2026-01-05', '2026-01-05'],
    ['260105 0106', '2026-01-06', '2026-01-05'],
    ['20260105', '2026-01-05', '2026-01-05'],
    ['202601050106', '2026-01-06', '2026-01-05'],
    ['2602300301', '2026-03-01', undefined],
    ['2512320102', '2026-01-02', undefined],
    ['991231', '1999-12-31', '1999-12-31'],
    ['791231', '2079-12-31', '2079-12-31'],
  ])('%s', (digits, bookingDate, valueDate) => {
    const entry = entryOf(`:61:${digits}C5,00NTRFNONREF`);
    expect([entry?.bookingDate, entry?.valueDate]).toEqual([bookingDate, valueDate]);
  });

  test.each(['260230', '2602300000', '26013', '261301', '0000000105', ''])(
    '%s is none',
    (digits) => {
      const [statement] = read(`:61:${digits}C5,00NTRFNONREF`);
      expect(statement?.entries).toEqual([]);
      expect(statement?.problems[0]?.line).toBe(5);
    },
  );
});

describe('the amount of an entry', () => {
  test.each([
    ['C1.234,56', 123456],
    ['C 5,00 ', 500],
    ['D,50', -50],
    ['RD5', 500],
    ['DR5,', -500],
    ['C0,', 0],
  ])('%s', (text, minor) => {
    expect(entryOf(`:61:260105${text}NTRFNONREF`)?.amount).toEqual({ minor, currency: 'EUR' });
  });

  test.each(["C1'234,56", 'C1 234,56', 'C-5,00', 'C', 'C5,0,0', 'X5,00', 'C1.234', 'C1,234'])(
    '%s is none',
    (text) => {
      const [statement] = read(`:61:260105${text}NTRFNONREF`, ':86:Text', ':62F:C260131EUR0,00');
      expect(statement?.entries).toEqual([]);
      expect(statement?.problems).toEqual([
        { line: 5, message: expect.stringMatching(/left out/) },
      ]);
    },
  );

  test('may be broken off its date', () => {
    expect(entryOf(':61:2601', '05C5,00NTRFNONREF')?.amount.minor).toBe(500);
  });

  test('of a balance may stand behind a day of eight digits', () => {
    const [statement] = read(':62F:D20260131EUR1,5');
    const amount = { minor: -150, currency: 'EUR' };
    expect(statement?.closing).toEqual({ amount, date: '2026-01-31' });
  });

  test('of a balance is none where it goes on behind a blank', () => {
    const [statement] = read(':62F:C260131EUR1 234,56');
    expect(statement?.closing).toBeUndefined();
    expect(statement?.problems.map(({ line }) => line)).toEqual([5]);
  });
});

describe('an MT942 report', () => {
  const report = (account: string, ...lines: string[]) =>
    readMt940(`:20:1\n:25:${account}\n:28C:1\n:34F:EUR0,\n${lines.join('\n')}\n`)[0];

  test('notes entries at German banks, and has booked ones at others', () => {
    const status = (account: string, mark: string) =>
      report(account, `:61:260105${mark}5,00NMSC`)?.entries[0]?.status;
    expect(status('37040044/0532013000', 'C')).toBe('pending');
    expect(status('DE89370400440532013000', 'C')).toBe('pending');
    expect(status('PL61109010140000071219812874', 'C')).toBe('booked');
    expect(status('PL61109010140000071219812874', 'EC')).toBe('pending');
  });

  test('without entries is a statement without any', () => {
    const statement = report('PL61109010140000071219812874', ':90D:0EUR0,', ':90C:0EUR0,');
    expect([statement?.entries, statement?.problems]).toEqual([[], []]);
  });

  test('says where its own sums are others', () => {
    const entries = [':61:260105D5,00NMSC', ':61:260105D7,00NMSC'];
    const lines = (total: string) =>
      report('PL61', ...entries, total)?.problems.map(({ line }) => line);
    expect(lines(':90D:2EUR12,00')).toEqual([]);
    expect(lines(':90D:3EUR12,00')).toEqual([7]);
    expect(lines(':90D:2EUR12,01')).toEqual([7]);
    const reversed = report('PL61', ':61:260105RC5,00NMSC', ':90D:0EUR0,');
    expect(reversed?.problems).toEqual([]);
  });
});

test.each([
  [
    ':86:166?00',
    [':20:1\n', ':61:', ':61:260105C5,00NMSC\n', '-\n', '{1:', ':20:\n:25:\n', '@@', '?20', '\n '],
  ],
  [':86:', ['/REMI/', ':86:/NAME/', '\n:86:166?00', ' ', 'SEPA IBAN: ', 'A >', '166?']],
  [':61:', [' ', ':61:260105C5,00NMSC\n', '260105', 'a\n', ',']],
  [':25:', [' ', 'A ', '1/']],
  [':86:SEPA X', ['NAAM: ', ' ']],
  [':86:GIRO 123 ', ['  A', ' ']],
  ['', [':20:1:25:', ':25:1\n', ':60F:C260105', ':20:1\n:25:1\n:60M:C2601051\n']],
])('half a megabyte of anything behind %j takes no longer than a second', (start, pieces) => {
  for (const piece of pieces) {
    const text = `${head.join('\n')}\n:61:260105C5,00NMSC\n${start}${piece.repeat(500_000 / piece.length)}`;
    const before = process.cpuUsage();
    readMt940(text);
    const { user } = process.cpuUsage(before);
    expect({ piece, isFast: user < 1_000_000 }).toEqual({ piece, isFast: true });
  }
});
