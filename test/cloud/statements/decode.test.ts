import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { decodeText } from '../../../cloud/statements/decode.ts';

/** What stands in files of banks: Western letters, others, line ends, padding. */
const pieces = fc.array(
  fc.constantFrom(
    'a',
    '\r',
    '\n',
    '\r\n',
    '\0',
    '\u001a',
    '\ufeff',
    'é',
    '\u00a0',
    'ÿ',
    '€',
    'Ж',
    '日',
    'ā',
    'ő',
  ),
  { maxLength: 40 },
);
const western = (piece: string) => !/[\ufeff€Ж日āő]/.test(piece);
/** Without padding, lines ending in \n alone. */
const plain = (text: string) =>
  ['\0', '\u001a', '\ufeff']
    .reduce((left, each) => left.replaceAll(each, ''), text)
    .replace(/\r\n?/g, '\n');

test('text is the same, however its letters are kept', () => {
  const head = 'CHARSET:1252\n';
  fc.assert(
    fc.property(pieces, (some) => {
      const text = head + some.join('');
      expect(decodeText(Buffer.from(text))).toBe(plain(text));
      // Two such letters side by side may be one of UTF-8.
      const latin = `${head}éz${some.filter(western).join('z')}z`;
      expect(decodeText(Buffer.from(latin, 'latin1'))).toBe(plain(latin));
    }),
    { numRuns: 500, seed: 20261121 },
  );
});

test.each([
  [0x80, '€'],
  [0x9f, 'Ÿ'],
  [0xa0, '\u00a0'],
])('the letter %i of windows-1252 is read', (byte, letter) => {
  expect(decodeText(Buffer.from([0x35, 0x20, byte, 0x20, 0xe9, 0x20]))).toBe(`5 ${letter} é `);
});

test('padding within a line end does not make two of it', () => {
  expect(decodeText(Buffer.from('a\r\0\nb\r\u001a\n'))).toBe('a\nb\n');
});
