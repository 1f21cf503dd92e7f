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

  test('of a balance is none where it goes on behind a blank', () => {
    const [statement] = read(':62F:C260131EUR1 234,56');
    expect(statement?.closing).toBeUndefined();
    expect(statement?.problems.map(({ line }) => line)).toEqual([5]);
  });
});

describe('what a line of an entry says besides', () => {
  test.each([
    ['NTRFNONREF//2601A', '2601A'],
    ['NTRF2601A//NONREF', undefined],
    ['NTRF2601A', undefined],
    ['NTRFNONREF//nota', undefined],
    ['NONREF', undefined],
    ['//19239782213', '19239782213'],
    [' NTRFNONREF//2109025460313532', '2109025460313532'],
  ])('%s: the reference of the bank is one', (rest, reference) => {
    expect(entryOf(`:61:260105C5,00${rest}`, ':86:Text')?.reference).toBe(reference);
  });

  test('its customer reference is the text where there is no other', () => {
    expect(entryOf(':61:260105C5,00NTRFRechnung 4711')?.text).toBe('Rechnung 4711');
    expect(entryOf(':61:260105C5,00NTRFRechnung 4711', ':86:Text')?.text).toBe('Text');
    expect(entryOf(':61:260105C5,00NTRFKREF+')?.text).toBe('');
  });

  test('its details are text, unless they are code words, numbers or said already', () => {
    const details = ['Card payment', '/TRCD/00100/', '20260105007602198765', 'TEXT of it'];
    const entry = entryOf(':61:260105C5,00NTRFNONREF', ...details, ':86:TEXT of it');
    expect(entry?.text).toBe('TEXT of it\nCard payment');
  });

  test('an IBAN in its details is whose it is, and never the own account', () => {
    const entry = entryOf(':61:260105C5,00N541EREF', 'NL20INGB0001234567', ':86:Text');
    expect(entry?.counterpartyAccount).toBe('NL20INGB0001234567');
    const own = entryOf(':61:260105C5,00NTRFNONREF', ':86:166?00X?20Y?310532013000');
    expect(own).not.toHaveProperty('counterpartyAccount');
  });

  test('the original amount has the sign of the entry', () => {
    const entry = entryOf(':61:260105D5,00NTRFNONREF', '/OCMT/JPY850,/EXCH/0,0059', ':86:Text');
    expect(entry?.original).toEqual({ minor: -850, currency: 'JPY' });
    const same = entryOf(':61:260105D5,00NTRFNONREF', '/OCMT/EUR5,50/', ':86:Text');
    expect(same).not.toHaveProperty('original');
  });
});

describe('the purpose of a structured entry', () => {
  const told = (...lines: string[]) => {
    const entry = entryOf(':61:260105C5,00NTRFNONREF', ...lines);
    return [entry?.counterparty, entry?.text, entry?.counterpartyAccount];
  };

  test.each([
    ['SVWZ+Miete EREF+7', 'Miete', undefined],
    ['EREF+RE-17 MREF+M1', 'RE-17', undefined],
    ['EREF+NOTPROVIDED KREF+K-1', 'K-1', undefined],
    ['SVWZ+Miete IBAN: DE02120300000000202051 BIC: B', 'Miete', 'DE02120300000000202051'],
    ['Vorweg EREF+7 SVWZ+Miete', 'Vorweg\nMiete', undefined],
    ['Wahl zwischen A+B', 'Wahl zwischen A+B', undefined],
  ])('%s is told from its keys', (purpose, text, account) => {
    const parts = (purpose.match(/.{1,27}/g) ?? []).map((part, index) => `?2${index}${part}`);
    expect(told(`:86:166${parts.join('')}?32Ada`)).toEqual(['Ada', text, account]);
  });

  test('the one for whom the bank pays is named where there is no other', () => {
    expect(told(':86:166?20ABWA+Ada?21SVWZ+Miete')).toEqual(['Ada', 'Miete', undefined]);
    expect(told(':86:166?20ABWA+Ada?21SVWZ+Miete?32Bank')).toEqual([
      'Bank',
      'Miete\nAda',
      undefined,
    ]);
  });

  test('an IBAN goes before an account number, wherever it stands', () => {
    const iban = 'PL61109010140000071219812874';
    expect(told(`:86:020~00X~20Y~310000071219812874~32Ada~38${iban}`)[2]).toBe(iban);
  });

  test('a second copy of the information is left out', () => {
    const copy = ':86:166?00GUTSCHRIFT?20Miete?32Ada';
    expect(told(copy, copy)).toEqual(['Ada', 'Miete\nGUTSCHRIFT', undefined]);
  });

  test('a line that begins with a code goes on with the same information', () => {
    expect(told(':86:166?00GUTSCHRIFT', '?20Miete', '?32Ada')).toEqual([
      'Ada',
      'Miete\nGUTSCHRIFT',
      undefined,
    ]);
  });

  test('a mark without a code is text', () => {
    expect(told(':86:166?20Wann? Heute?32Ada')).toEqual(['Ada', 'Wann? Heute', undefined]);
  });

  test('Dutch banks have the other account in 10, or among the purpose', () => {
    const dutch = (text: string) => told(`:86:000${text}>310532013000`);
    expect(dutch('>100987654321>20Huur')).toEqual(['', 'Huur', '0987654321']);
    expect(dutch('>100000000000>20INGBNL2A>21NL20INGB0001234567>22Huur')).toEqual([
      '',
      'Huur',
      'NL20INGB0001234567',
    ]);
  });

  test('code words that SWIFT has itself', () => {
    expect(told(':86:/OCMT/USD5,00/', 'PAYMENT OF INVOICE 17')).toEqual([
      '',
      'PAYMENT OF INVOICE 17',
      undefined,
    ]);
    expect(told(':86:/BENM/300000003998473', '/TELEKOM AD - SKOPJE', '/usluga 17')).toEqual([
      'TELEKOM AD - SKOPJE',
      'usluga 17',
      '300000003998473',
    ]);
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
