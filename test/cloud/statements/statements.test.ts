import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { readStatements } from '../../../cloud/statements/detect.ts';
import { StatementUnreadable } from '../../../cloud/statements/statement.ts';

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
    readStatements(bytes);
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
    expect(fixtureNames(fixtures).length).toBeGreaterThanOrEqual(11);
    expect(fixtureNames(new URL('refused/', fixtures)).length).toBeGreaterThanOrEqual(12);
  });

  test.each(fixtureNames(fixtures))('reads %s as its expected output says', (name) => {
    const file = new URL(name, fixtures);
    expect(readStatements(readFileSync(file))).toEqual(expectedBeside(file));
  });

  test.each(fixtureNames(new URL('refused/', fixtures)))(
    'refuses %s with what is wrong and what to do',
    (name) => {
      const file = new URL(`refused/${name}`, fixtures);
      expect(refusalOf(readFileSync(file))).toEqual(expectedBeside(file));
    },
  );

  test('a currency that the file does not name is the one that the caller gives', () => {
    const bytes = readFileSync(new URL('no-currency.ofx', fixtures));
    const [statement] = readStatements(bytes, { currencyWhereNone: 'EUR' });
    expect(statement?.currency).toBeUndefined();
    expect(statement?.entries[0]?.amount).toEqual({ minor: -1000, currency: 'EUR' });
    expect(statement?.closing?.amount).toEqual({ minor: 9000, currency: 'EUR' });
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
    expect(readStatements(bytes)).toEqual(expected);
  });

  test('a declared encoding is used where the bytes are not UTF-8', () => {
    const xml = readFileSync(new URL('camt052-v01-report.xml', fixtures), 'utf8');
    const cyrillic = xml
      .replace('Exempel AB', 'XX')
      .replace('ö', 'o')
      .replace('UTF-8', 'windows-1251');
    const bytes = Buffer.from(cyrillic, 'latin1');
    bytes.set([0xc4, 0xe0], bytes.indexOf('XX'));
    expect(readStatements(bytes)[0]?.account.holder).toBe('Да');
  });

  test('a declared encoding that does not exist counts as none', () => {
    const odd = text.replace('CHARSET:1252', 'CHARSET:9999');
    expect(readStatements(Buffer.from(odd, 'latin1'))).toEqual(expected);
  });
});
