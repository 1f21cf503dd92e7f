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

test('letters at the ends of the pieces in which a long text is read stay whole', () => {
  const text = `a${'é'.repeat(20_000)}\r\n${'x€'.repeat(9)}`;
  for (const each of [text, text.replaceAll('€', 'ü')]) {
    expect(decodeText(Buffer.from(each))).toBe(plain(each));
  }
});

/** Text in an encoding of one byte a letter. */
function encode(text: string, label: string): Buffer {
  const letters = new TextDecoder(label).decode(
    Uint8Array.from({ length: 256 }, (_, byte) => byte),
  );
  return Buffer.from([...text].map((letter) => letters.indexOf(letter)));
}

test.each(['windows-1250', 'windows-1257', 'iso-8859-2'])(
  'what a page declares is believed: %s',
  (label) => {
    const page = `<html><META http-equiv="Content-Type" content="text/html; charset=${label}"><p>Žemė`;
    const text = label === 'windows-1257' ? page : page.replace('ė', 'ě');
    expect(decodeText(encode(text, label))).toBe(text);
  },
);

test.each([
  ['windows-1250', 'Wpłata gotówki; Opłata za kartę; Książka'],
  ['iso-8859-2', 'Wpłata gotówki; Mąka i kiełbasa'],
  ['windows-1250', 'Název protiúčtu; příspěvek; Důvod neprovedení; přeplatek, směna'],
  ['iso-8859-2', 'Název protiúčtu; příspěvek; Přijatá položka; směna'],
  ['windows-1252', 'Crèche Gîte Noël; così, Übergröße; Smørrebrød på Østerbro; 30 m³ gás, 5 ±1'],
])('the letters within words tell %s', (label, text) => {
  expect(decodeText(encode(text, label))).toBe(text);
});
