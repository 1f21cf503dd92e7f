import { describe, expect, test } from '@jest/globals';
import { parseMoney } from '../../../../shared/money.ts';
import {
  byNumber,
  card,
  checking,
  dollars,
  find,
  holder,
  own,
  row,
  savings,
  stranger,
  told,
  transit,
} from './transfer-rows.ts';

describe('what tells that two rows are one transfer', () => {
  test('the own account number of the counterparty, whatever the bank writes it like', () => {
    const incoming = row({ id: 'i', account: savings, sum: '500', day: 12 });
    for (const counterpartyAccount of [
      'AT611904300234573201',
      'at61 1904 3002 3457 3201',
      '234573201',
      '00234573201',
    ]) {
      const out = row({ id: 'o', sum: '-500', counterpartyAccount });
      expect(find([incoming, out])).toEqual([
        {
          kind: 'pair',
          outgoing: 'o',
          incoming: 'i',
          leftover: [],
          evidence: ['number', 'amount', 'day'],
        },
      ]);
    }
  });

  test('the name of a holder together with words for a transfer', () => {
    const out = row({ id: 'o', sum: '-500', description: 'EXEMPEL, IDA · Umbuchung' });
    const incoming = row({ id: 'i', account: savings, sum: '500', day: 15 });
    expect(find([out, incoming])).toMatchObject([{ evidence: ['name', 'words', 'amount'] }]);
  });

  test.each([
    'Übertrag',
    'UEBERTRAG',
    'Virement interne',
    'Giroconto',
    'Eigen rekening',
    'Przelew własny',
    'העברה',
    'Перевод между своими счетами',
    '口座振替',
    'Online Transfer to x4444',
  ])('the words: %s', (description) => {
    const out = row({ id: 'o', sum: '-500', description });
    expect(told([out, row({ id: 'i', account: card, sum: '500', day: 14 })])).toEqual(['o>i']);
  });

  test('the name of one of two who hold an account together, without its legal form', () => {
    const incoming = row({ id: 'i', account: savings, sum: '500', day: 14 });
    const shared = { own: own.map((it) => ({ ...it, holder: 'Ida & Max Exempel GmbH' })) };
    const short = { own: own.map((it) => ({ ...it, holder: 'Li' })) };
    expect(told([row({ id: 'o', sum: '-500', description: 'Li 5' }), incoming], short)).toEqual([]);
    const middle = { own: own.map((it) => ({ ...it, holder: 'Dr. Ida M. Exempel' })) };
    const plain = row({ id: 'o', sum: '-500', description: 'Ida Exempel' });
    expect(told([plain, incoming], middle)).toEqual(['o>i']);
    for (const [description, expected] of [
      ['IDA EXEMPEL', ['o>i']],
      ['Max Exempel', ['o>i']],
      ['Ida Muster', []],
      ['Exempel GmbH', []],
    ] as const) {
      expect(told([row({ id: 'o', sum: '-500', description }), incoming], shared)).toEqual(
        expected,
      );
    }
  });

  test('the last digits of an own card', () => {
    const out = row({ id: 'o', sum: '-80', counterpartyAccount: '**** 4444' });
    const incoming = row({ id: 'i', account: card, sum: '80', day: 14 });
    expect(told([out, incoming])).toEqual(['o>i']);
    // Too little for a row without its partner.
    expect(told([out])).toEqual([]);
  });

  test('that its user put a row in transit', () => {
    const out = row({ id: 'o', sum: '-80', counterAccount: transit, isPosted: true });
    expect(told([out, row({ id: 'i', account: savings, sum: '80', day: 15 })])).toEqual(['o>i']);
  });

  test('the sum in the currency of the other account', () => {
    const out = row({ id: 'o', sum: '-92.10', original: parseMoney('-100', 'USD') });
    const incoming = row({ id: 'i', account: dollars, sum: '100', currency: 'USD', day: 12 });
    const expected = ['o>i 9210 EUR -10000 USD'];
    expect(told([out, incoming])).toEqual(expected);
    expect(told([{ ...out, original: parseMoney('-101', 'USD') }, incoming])).toEqual([]);
    const converted = { ...incoming, original: parseMoney('92.10', 'EUR') };
    expect(told([row({ id: 'o', sum: '-92.10' }), converted])).toEqual(expected);
    expect(find([out, incoming])).toMatchObject([{ evidence: ['original', 'day'] }]);
  });

  test('nothing between rows of one account, of one sign, without an amount or of accounts of others', () => {
    const out = row({ id: 'o', sum: '-5', description: 'Übertrag' });
    expect(told([out, row({ id: 'i', sum: '5' })])).toEqual([]);
    expect(told([out, row({ id: 'i', sum: '-5', account: savings })])).toEqual([]);
    expect(told([out, row({ id: 'i', sum: '5', account: 'Assets:Cash' })])).toEqual([]);
    const nothing = row({ id: 'z', sum: '0', ...byNumber(savings) });
    expect(told([nothing, row({ id: 'i', sum: '0', account: savings })])).toEqual([]);
  });

  test('a number that leads to another own account leads nowhere else', () => {
    const out = row({ id: 'o', sum: '-500', ...byNumber(savings) });
    const incoming = row({ id: 'i', account: card, sum: '500', description: 'Übertrag' });
    expect(told([out, incoming])).toEqual([`o waits ${savings}`]);
  });

  test('not the number of the row’s own account', () => {
    expect(told([row({ id: 'o', sum: '-500', ...byNumber(checking) })])).toEqual([]);
  });

  test('two accounts with one number are told apart by where the row is', () => {
    const shared = [...own, { path: 'Assets:Pounds', numbers: own[2]?.numbers ?? [], holder }];
    const out = row({ id: 'o', sum: '-5', account: dollars, ...byNumber(dollars) });
    expect(told([out], { own: shared })).toEqual(['o waits Assets:Pounds']);
  });
});

describe('account numbers', () => {
  const incoming = row({ id: 'i', account: savings, sum: '500', day: 18 });
  const isNamed = (
    counterpartyAccount: string,
    numbers: readonly string[] = ['AT611904300234573201'],
  ) =>
    told([row({ id: 'o', sum: '-500', counterpartyAccount }), incoming], {
      own: own.map((it) => (it.path === savings ? { ...it, numbers } : it)),
    }).includes('o>i');

  test('a national number may be known, and have zeros before it', () => {
    expect(isNamed('12345678', ['0012345678'])).toBe(true);
    expect(isNamed('DE91100000000012345678', ['12345678'])).toBe(true);
    expect(isNamed('20041010050500013M026', [stranger])).toBe(true);
  });

  test('the bank’s part of it, a short or a masked one is not it', () => {
    expect(isNamed('1904300')).toBe(false);
    expect(isNamed('0073201')).toBe(false);
    expect(isNamed('***234573201')).toBe(false);
    expect(isNamed('AT021904300234573201')).toBe(false);
  });

  test('the digits that a card shows do not hide its full number', () => {
    expect(isNamed('AT611904300234573201', ['AT611904300234573201', '3201'])).toBe(true);
  });

  test('another IBAN with the same digits at its end is a stranger', () => {
    const paid = row({ id: 'o', sum: '-500', counterpartyAccount: 'GB94BARC60161331926819' });
    expect(told([paid, row({ id: 'i', account: dollars, sum: '500' })])).toEqual([]);
  });

  test('its own number as the counterparty’s makes no stranger', () => {
    const paid = row({ id: 'o', sum: '-500', ...byNumber(checking) });
    expect(told([paid, row({ id: 'i', account: savings, sum: '500' })])).toEqual(['o>i']);
  });

  test('a number in the text is as good as words', () => {
    const description = 'Auf AT61 1904 3002 3457 3201';
    const near = { ...incoming, date: '2026-03-14' };
    expect(told([row({ id: 'o', sum: '-500', description }), near])).toEqual(['o>i']);
    expect(told([row({ id: 'o', sum: '-500', description })])).toEqual([]);
  });
});
