import { describe, expect, test } from '@jest/globals';
import { bankOf, groupBanks } from '../../../cloud/core/banks.ts';
import { createBankSearch } from '../../../cloud/core/search-banks.ts';
import type { Institution } from '../../../shared/bank.ts';

function bank(name: string, facts: Partial<Institution> = {}): Institution {
  const id = facts.id ?? `made-up:${name}:${facts.wayIn ?? 'psd2'}`;
  return {
    id,
    connector: 'made-up',
    name,
    country: 'DE',
    wayIn: 'psd2',
    historyDays: 90,
    ...facts,
  };
}

const list: readonly Institution[] = [
  bank('Sparkasse Köln-Beispiel', {
    bic: 'COKBDE33XXX',
    city: 'Köln',
    routingNumbers: ['37050999'],
  }),
  bank('Sparkasse Kolberg', { bic: 'KOLBDE21', city: 'Kolberg', routingNumbers: ['15050999'] }),
  bank('Musterbank', { bic: 'MUSTDEFF', city: 'Düsseldorf', routingNumbers: ['30010111'] }),
  bank('Bank für Musterleute eG', { city: 'Überlingen', routingNumbers: ['69090111'] }),
  bank('Volksbank Beispielhausen', { bic: 'GENODEF1BEI', routingNumbers: ['51190999'] }),
  bank('Caja Rural de Ejemplo', { country: 'ES', city: 'León', routingNumbers: ['3099'] }),
  bank('Crédit d’Exemple', { country: 'FR', bic: 'CREXFRPP', routingNumbers: ['30999'] }),
  bank('Voorbeeldbank', { country: 'NL', bic: 'VOORNL2A' }),
  bank('Sample Bank', { country: 'GB', bic: 'SAMPGB2L', routingNumbers: ['200999'] }),
  bank('Kantonalbank Beispiel', { country: 'CH', routingNumbers: ['999'] }),
  bank('Banka Przykład', { country: 'PL', city: 'Łódź', routingNumbers: ['10209999'] }),
];
const search = createBankSearch(groupBanks(list));
const namesOf = (text: string, country?: string) =>
  search(text, country).banks.map(({ name }) => name);
const first = (text: string, country?: string) => namesOf(text, country)[0];

describe('the search for a bank', () => {
  test.each([
    ['its name', 'Musterbank', 'Musterbank'],
    ['the beginning of its name', 'must', 'Musterbank'],
    ['one letter', 'm', 'Musterbank'],
    ['words in another order', 'beispiel köln sparkasse', 'Sparkasse Köln-Beispiel'],
    ['capitals', 'MUSTERBANK', 'Musterbank'],
    ['a name without its accents', 'credit exemple', 'Crédit d’Exemple'],
    ['a name with ue in the place of ü', 'bank fuer musterleute', 'Bank für Musterleute eG'],
    ['a name with u in the place of ü', 'fur muster', 'Bank für Musterleute eG'],
    ['an accent that stands apart from its letter', 'ko\u0308ln', 'Sparkasse Köln-Beispiel'],
    ['letters without a plain form', 'lodz', 'Banka Przykład'],
    ['a slip', 'Musterbnak', 'Musterbank'],
    ['two slips in a long word', 'Voorbeldbaank', 'Voorbeeldbank'],
    ['a slip in one of two words', 'sparkase koln', 'Sparkasse Köln-Beispiel'],
    ['a word too many', 'meine musterbank', 'Musterbank'],
    ['its city', 'düsseldorf', 'Musterbank'],
    ['its city, without accents', 'ueberlingen', 'Bank für Musterleute eG'],
    ['its BIC', 'COKBDE33XXX', 'Sparkasse Köln-Beispiel'],
    ['the beginning of its BIC', 'kolbde', 'Sparkasse Kolberg'],
    ['its BLZ', '37050999', 'Sparkasse Köln-Beispiel'],
    ['its BLZ with blanks', '370 509 99', 'Sparkasse Köln-Beispiel'],
    ['the beginning of its BLZ', '3705', 'Sparkasse Köln-Beispiel'],
    ['a German IBAN', 'DE89 3705 0999 0532 0130 00', 'Sparkasse Köln-Beispiel'],
    ['the beginning of an IBAN', 'de89 3705', 'Sparkasse Köln-Beispiel'],
    ['a Spanish IBAN', 'ES91 3099 0418 4502 0005 1332', 'Caja Rural de Ejemplo'],
    ['a French IBAN', 'FR14 3099 9010 0505 0001 3M02 606', 'Crédit d’Exemple'],
    ['a Dutch IBAN, by its letters', 'NL91 VOOR 0417 1643 00', 'Voorbeeldbank'],
    ['a British IBAN, by its sort code', 'GB29 XXXX 2009 9931 9268 19', 'Sample Bank'],
    [
      'a Swiss IBAN, whose list has no zeros in front',
      'CH93 0099 9011 6238 5295 7',
      'Kantonalbank Beispiel',
    ],
  ])('finds it by %s', (_, text, name) => {
    expect(first(text)).toBe(name);
  });

  test('puts a whole word of the name before the beginning of one, and both before a city', () => {
    const banks = groupBanks([
      bank('Kreditbank', { city: 'Berg' }),
      bank('Bergbank'),
      bank('Sparkasse Berg'),
      bank('Berg Bank'),
    ]);
    const found = createBankSearch(banks)('berg').banks.map(({ name }) => name);
    expect(found).toEqual(['Berg Bank', 'Sparkasse Berg', 'Bergbank', 'Kreditbank']);
  });

  test('with slips finds what has all the words, not what has one of them', () => {
    expect(namesOf('sparkase kolberk')).toEqual(['Sparkasse Kolberg']);
  });

  test('shows those of the country, and others only where it has none', () => {
    expect(namesOf('beispiel', 'CH')).toEqual(['Kantonalbank Beispiel']);
    expect(search('voorbeeldbank', 'DE')).toMatchObject({ isElsewhere: true, more: 0 });
    expect(search('', 'ES').banks).toHaveLength(1);
    expect(search('', 'US').banks).toHaveLength(0);
    expect(search('NL91 VOOR 0417', 'DE')).toMatchObject({ isElsewhere: true });
  });

  test('finds nothing where nothing is like it, and nothing breaks on strange text', () => {
    for (const text of [
      'zzzz',
      '99999999',
      'DE99 9999 9999',
      '***',
      '(',
      '\u0000',
      'x'.repeat(10_000),
    ]) {
      expect(namesOf(text)).toEqual([]);
    }
  });

  test('shows twenty, and says how many more there are', () => {
    const many = groupBanks(Array.from({ length: 25 }, (_, at) => bank(`Sparkasse ${at}`)));
    expect(createBankSearch(many)('spark')).toMatchObject({ more: 5, isElsewhere: false });
    expect(createBankSearch(many)('spark').banks).toHaveLength(20);
  });
});

describe('a bank', () => {
  const namesAndWays = (institutions: readonly Institution[]) =>
    groupBanks(institutions).map((it) => [it.name, it.institutions.map(({ wayIn }) => wayIn)]);

  test('has both ways in where its BIC is the same without the branch, open banking first', () => {
    const two = [
      bank('Musterbank Online', { bic: 'MUSTDEFFXXX', wayIn: 'login' }),
      bank('Musterbank', { bic: 'MUSTDEFF' }),
    ];
    expect(namesAndWays(two)).toEqual([['Musterbank', ['psd2', 'login']]]);
  });

  test('has both where one is listed without BIC under the same name', () => {
    const two = [bank('Musterbank', { bic: 'MUSTDEFF' }), bank('musterbank', { wayIn: 'login' })];
    expect(namesAndWays(two)).toEqual([['Musterbank', ['psd2', 'login']]]);
  });

  test('of another country with the same name is another one', () => {
    const two = [bank('Musterbank'), bank('Musterbank', { country: 'AT', wayIn: 'login' })];
    expect(groupBanks(two)).toHaveLength(2);
  });

  test('that shares the first eight letters of its BIC with others of its group is one of its own', () => {
    const group = [
      bank('Volksbank Eins', { bic: 'GENODEF1EIN' }),
      bank('Volksbank Zwei', { bic: 'GENODEF1ZWE' }),
      bank('Volksbank Zwei', { bic: 'GENODEF1ZWE', wayIn: 'login' }),
    ];
    expect(namesAndWays(group)).toEqual([
      ['Volksbank Eins', ['psd2']],
      ['Volksbank Zwei', ['psd2', 'login']],
    ]);
  });

  test('that two providers list alike can be chosen at both', () => {
    const one = bank('Musterbank', { id: 'a:1' });
    const other = bank('Musterbank', { id: 'b:1' });
    const login = bank('Musterbank', { id: 'c:2', wayIn: 'login' });
    const banks = groupBanks([one, other, login]);
    expect(banks).toHaveLength(2);
    expect(bankOf(banks, 'a:1')?.institutions).toEqual([one, login]);
    expect(bankOf(banks, 'b:1')?.institutions).toEqual([other]);
    expect(bankOf(banks, 'c:1')).toBeUndefined();
  });
});
