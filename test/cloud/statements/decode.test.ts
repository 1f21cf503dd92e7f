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
  ),
  { maxLength: 40 },
);
const western = (piece: string) => !/[\ufeff€Ж日]/.test(piece);
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

test('letters of windows-1252 that Latin-1 has not are read', () => {
  expect(decodeText(Buffer.from([0x35, 0x20, 0x80, 0x20, 0x93, 0xe9, 0x94]))).toBe('5 € “é”');
});
