import { describe, expect, test } from '@jest/globals';
import { readMt940 } from '../../../cloud/statements/mt940.ts';

const head = [':20:STARTUMSE', ':25:37040044/0532013000', ':28C:1/1', ':60F:C260101EUR0,00'];

/** The one entry of a message with these lines. */
function entryOf(...lines: string[]) {
  const [statement] = readMt940([...head, ...lines, ':62F:C260131EUR0,00', ''].join('\n'));
  expect(statement?.entries).toHaveLength(1);
  return statement?.entries[0];
}

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
    expect(entryOf(':61:260105C5,00NONREF')?.text).toBe('');
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
    const short = entryOf(':61:260105C5,00NTRFNONREF', ':86:166?00X?20Y?3113000');
    expect(short?.counterpartyAccount).toBe('13000');
    const iban = 'DE89370400440532013000';
    const fields = [
      ':20:S',
      `:25:${iban}`,
      ':60F:C260101EUR0,00',
      ':61:260105C5,00NTRFNONREF',
      iban,
    ];
    const [statement] = readMt940([...fields, ':86:Text', ':62F:C260131EUR5,00', ''].join('\n'));
    expect(statement?.entries[0]).not.toHaveProperty('counterpartyAccount');
  });

  test('a number before the text is an account where the details say whose', () => {
    const told = (...details: string[]) =>
      entryOf(':61:260105C5,00NIOB0987654321', ...details, ':86:0987654321 a beispiel', 'Miete');
    expect(told('a beispiel')).toMatchObject({ counterparty: 'a beispiel', text: 'Miete' });
    expect(told('b beispiel')?.counterparty).toBe('');
  });

  test('the original amount has the sign of the entry', () => {
    const entry = entryOf(':61:260105D5,00NTRFNONREF', '/OCMT/JPY850,/EXCH/0,0059', ':86:Text');
    expect(entry?.original).toEqual({ minor: -850, currency: 'JPY' });
    const same = entryOf(':61:260105D5,00NTRFNONREF', '/OCMT/EUR5,50/', ':86:Text');
    expect(same).not.toHaveProperty('original');
    const below = entryOf(':61:260105D5,00NTRFNONREF', ':86:/OCMT/USD5,40/', 'INVOICE 17');
    expect(below?.original).toEqual({ minor: -540, currency: 'USD' });
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

  test('a part that is not full ends a word', () => {
    const part = 'Zwei Worte sind hier am Ene';
    expect(told(`:86:166?20${part}?21de?32Ada`)[1]).toBe(`${part}de`);
    expect(told(`:86:166?20${part.slice(1)}?21de?32Ada`)[1]).toBe(`${part.slice(1)} de`);
  });

  test('text before it is none of its code', () => {
    expect(told(':86:Hinweis', ':86:166?20Miete?32Ada')).toEqual([
      '',
      'Hinweis\n166?20Miete?32Ada',
      undefined,
    ]);
  });

  test('a masked account is none', () => {
    expect(told(':86:/TRTP/SEPA/IBAN/NL****/NAME/Ada/REMI/Huur')).toEqual([
      'Ada',
      'Huur\nSEPA',
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
