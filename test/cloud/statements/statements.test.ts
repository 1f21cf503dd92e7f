import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { readStatements } from '../../../cloud/statements/detect.ts';
import { type ReadOptions, StatementUnreadable } from '../../../cloud/statements/statement.ts';
import { statementsOf } from './statements-of.ts';

const fixtures = new URL('../../fixtures/statements/', import.meta.url);

/** Files that have their expected reading beside them, as NAME.json. */
function fixtureNames(folder: URL): string[] {
  const names = readdirSync(folder);
  return names.filter((name) => names.includes(`${name}.json`));
}

function expectedBeside(file: URL): unknown {
  return JSON.parse(readFileSync(new URL(`${file}.json`), 'utf8'));
}

function refusalOf(bytes: Uint8Array): { reason: string; message: string } {
  try {
    statementsOf(bytes);
  } catch (error) {
    if (error instanceof StatementUnreadable) {
      return { reason: error.reason, message: error.message };
    }
    throw error;
  }
  throw new Error('the file was read');
}

describe('statement files', () => {
  test('the fixtures are found', () => {
    expect(fixtureNames(fixtures).length).toBeGreaterThanOrEqual(30);
    expect(fixtureNames(new URL('refused/', fixtures)).length).toBeGreaterThanOrEqual(18);
    expect(fixtureNames(new URL('asked/', fixtures)).length).toBeGreaterThanOrEqual(4);
  });

  test.each(fixtureNames(fixtures))('reads %s as its expected output says', (name) => {
    const file = new URL(name, fixtures);
    expect(statementsOf(readFileSync(file))).toEqual(expectedBeside(file));
  });

  test.each(fixtureNames(new URL('refused/', fixtures)))(
    'refuses %s with what is wrong and what to do',
    (name) => {
      const file = new URL(`refused/${name}`, fixtures);
      expect(refusalOf(readFileSync(file))).toEqual(expectedBeside(file));
    },
  );

  test.each(fixtureNames(new URL('asked/', fixtures)))(
    'asks of %s what only its user knows, and reads it with each answer',
    (name) => {
      const bytes = readFileSync(new URL(`asked/${name}`, fixtures));
      const reading = readStatements(bytes);
      if (reading.kind !== 'question') throw new Error('it does not ask');
      const { key, options } = reading.question;
      const amounts = options.map(({ id }) =>
        statementsOf(bytes, { answers: { [key]: id } }).flatMap(({ entries }) =>
          entries.map(({ bookingDate, amount }) => `${bookingDate} ${amount.minor}`),
        ),
      );
      const expected = expectedBeside(new URL(`asked/${name}`, fixtures));
      expect({ question: reading.question, amounts }).toEqual(expected);
    },
  );

  test('a currency that the file does not name is the one that the caller gives', () => {
    const bytes = readFileSync(new URL('no-currency.ofx', fixtures));
    const [statement] = statementsOf(bytes, { currencyWhereNone: 'EUR' });
    expect(statement?.currency).toBeUndefined();
    expect(statement?.entries[0]?.amount).toEqual({ minor: -1000, currency: 'EUR' });
    expect(statement?.closing?.amount).toEqual({ minor: 9000, currency: 'EUR' });
  });
});

describe('what a caller knows of a CSV file', () => {
  const read = (text: string, options: ReadOptions) => statementsOf(Buffer.from(text), options);
  const deposits =
    'Date,Text,Amount\n2026-02-13,Gift,5.00\n2026-02-14,Gift,6.00\n2026-02-15,Book,-1.00\n';

  test('is its currency', () => {
    const [statement] = read('Date,Amount\n2026-02-13,-5.00\n', { currencyWhereNone: 'CHF' });
    expect(statement?.currency).toBeUndefined();
    expect(statement?.entries[0]?.amount).toEqual({ minor: -500, currency: 'CHF' });
  });

  test('is which of several currencies its account has', () => {
    const text = 'Date,Amount,Currency\n2026-02-13,-1,EUR\n2026-02-13,-2,EUR\n2026-02-13,-3,USD\n';
    const currencies = read(text, { currencyWhereNone: 'USD' }).map(({ currency }) => currency);
    expect(currencies).toEqual(['USD', 'EUR']);
  });

  test('is whether its account is a card, whose charges may be positive', () => {
    expect(() => read(deposits, { accountType: 'card' })).toThrow('it asks');
    const [statement] = read(deposits, { accountType: 'savings' });
    expect(statement?.entries.map(({ amount }) => amount.minor)).toEqual([500, 600, -100]);
  });

  test('a file of more than 20 MB is refused before it is read', () => {
    expect(refusalOf(Buffer.alloc(20_000_001)).reason).toBe('too-large');
  });
});

describe('encodings of statement files', () => {
  const name = 'sgml-bank-and-card.ofx';
  const text = readFileSync(new URL(name, fixtures), 'utf8');
  const expected = expectedBeside(new URL(name, fixtures));
  const utf16 = Buffer.from(text, 'utf16le');

  test.each([
    ['UTF-8 under CHARSET:1252', Buffer.from(text)],
    ['windows-1252', Buffer.from(text, 'latin1')],
    ['UTF-8 with a byte order mark', Buffer.from(`\ufeff${text}`)],
    ['UTF-16 with a byte order mark', Buffer.from(`\ufeff${text}`, 'utf16le')],
    ['UTF-16 without one', utf16],
    ['big-endian UTF-16', Buffer.from(utf16).swap16()],
    ['CRLF line ends', Buffer.from(text.replaceAll('\n', '\r\n'))],
    ['CR line ends', Buffer.from(text.replaceAll('\n', '\r'))],
    ['padding with zero bytes and Ctrl-Z', Buffer.from(`${text}\u001a${'\0'.repeat(100)}`)],
  ])('%s is read to the same statements', (_, bytes) => {
    expect(statementsOf(bytes)).toEqual(expected);
  });

  test('a declared encoding is used where the bytes are not UTF-8', () => {
    const xml = readFileSync(new URL('camt052-v01-report.xml', fixtures), 'utf8');
    const cyrillic = xml
      .replace('Exempel AB', 'XX')
      .replace('ö', 'o')
      .replace('UTF-8', 'windows-1251');
    const bytes = Buffer.from(cyrillic, 'latin1');
    bytes.set([0xc4, 0xe0], bytes.indexOf('XX'));
    expect(statementsOf(bytes)[0]?.account.holder).toBe('Да');
  });

  test('a declared encoding that does not exist counts as none', () => {
    const odd = text.replace('CHARSET:1252', 'CHARSET:9999');
    expect(statementsOf(Buffer.from(odd, 'latin1'))).toEqual(expected);
  });
});

describe('encodings of CSV files', () => {
  const name = 'csv-french-debit-and-credit.csv';
  const expected = expectedBeside(new URL(name, fixtures));
  const text = new TextDecoder('windows-1252').decode(readFileSync(new URL(name, fixtures)));
  const utf16 = Buffer.from(text, 'utf16le');

  test.each([
    ['UTF-8', Buffer.from(text)],
    ['UTF-8 with a byte order mark', Buffer.from(`\ufeff${text}`)],
    ['UTF-16 with a byte order mark', Buffer.from(`\ufeff${text}`, 'utf16le')],
    ['UTF-16 without one', utf16],
    ['big-endian UTF-16', Buffer.from(utf16).swap16()],
    ['CRLF line ends', Buffer.from(text.replaceAll('\n', '\r\n'))],
    ['CR line ends', Buffer.from(text.replaceAll('\n', '\r'))],
    ['padding with zero bytes', Buffer.from(`${text}${'\0'.repeat(100)}`)],
  ])('%s is read to the same statements', (_, bytes) => {
    expect(statementsOf(bytes)).toEqual(expected);
  });

  test('the first line of Excel names the delimiter', () => {
    const withDelimiter = Buffer.from(`sep=;\n${text}`);
    expect(statementsOf(withDelimiter)[0]?.entries).toHaveLength(3);
  });

  test('accents side by side are no Hebrew', () => {
    const table = 'Date,Text,Amount\n2026-02-05,créée,-5\n2026-02-06,größte,-5\n';
    const [statement] = statementsOf(Buffer.from(table, 'latin1'));
    expect(statement?.entries.map(({ text }) => text)).toEqual(['créée', 'größte']);
  });

  test('Cyrillic is told from Western letters', () => {
    const header = 'Дата операции;Описание;Сумма;Остаток\n';
    const rows = '05.02.2026;Магазин;-5,00;95,00\n04.02.2026;Зарплата;100,00;100,00\n';
    const bytes = [...(header + rows)].map((letter) => {
      const code = letter.codePointAt(0) ?? 0;
      return code < 128 ? code : code - 0x0410 + 0xc0;
    });
    expect(statementsOf(Uint8Array.from(bytes))[0]?.entries[0]?.text).toBe('Магазин');
  });
});
