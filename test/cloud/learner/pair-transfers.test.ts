import { describe, expect, test } from '@jest/globals';
import { transitBalance } from '../../../cloud/learner/pair-transfers.ts';
import type { LegRow } from '../../../cloud/learner/transfer.ts';
import { parseMoney } from '../../../shared/money.ts';
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

describe('days', () => {
  const pairs = (days: number, text: Partial<LegRow>) =>
    told([
      row({ id: 'o', sum: '-500', ...text }),
      row({ id: 'i', account: savings, sum: '500', day: 10 + days }),
    ]).includes('o>i');

  test.each([
    ['a number', byNumber(savings), 10],
    ['words', { description: 'Übertrag' }, 5],
    ['the sum alone', {}, 3],
  ] as const)('%s is believed for a while', (_, text, latest) => {
    const days = [-3, -2, 0, latest, latest + 1];
    expect(days.map((it) => pairs(it, text))).toEqual([false, true, true, true, false]);
  });

  test('the nearest day goes first, and later in goes before earlier in', () => {
    const text = byNumber(savings);
    const rows = [
      row({ id: 'o1', sum: '-500', day: 1, ...text }),
      row({ id: 'o2', sum: '-500', day: 4, ...text }),
      row({ id: 'i1', sum: '500', day: 3, account: savings }),
      row({ id: 'i2', sum: '500', day: 6, account: savings }),
    ];
    expect(told(rows)).toEqual(['o1>i1', 'o2>i2']);
  });

  test('no row stays alone for the nearest day', () => {
    const rows = [
      row({ id: 'o1', sum: '-500', day: 1, description: 'Übertrag' }),
      row({ id: 'o2', sum: '-500', day: 4, description: 'Übertrag' }),
      row({ id: 'i1', sum: '500', day: 4, account: savings }),
      row({ id: 'i2', sum: '500', day: 9, account: savings }),
    ];
    expect(told(rows)).toEqual(['o1>i1', 'o2>i2']);
  });
});

describe('fees and currencies', () => {
  const incoming = (sum: string, more: Partial<LegRow> = {}) =>
    row({ id: 'i', account: savings, sum, ...more });

  test('what a fee took stays in transit, as a positive amount', () => {
    const out = row({ id: 'o', sum: '-5000', ...byNumber(savings) });
    expect(find([out, incoming('4900')])).toMatchObject([
      { leftover: [{ minor: 10_000, currency: 'EUR' }], evidence: ['number', 'day'] },
    ]);
    expect(told([out, incoming('4899.99')])).toEqual([`o waits ${savings}`]);
    expect(told([out, incoming('5000.01')])).toEqual([`o waits ${savings}`]);
  });

  test('the incoming side may name the other', () => {
    const out = row({ id: 'o', sum: '-5000' });
    expect(told([out, incoming('4990', byNumber(checking))])).toEqual(['o>i 1000 EUR']);
    expect(told([out, incoming('4990', { description: 'Ida Exempel · transfer' })])).toEqual([
      'o>i 1000 EUR',
    ]);
    expect(told([out, incoming('4990', { description: 'transfer' })])).toEqual([]);
  });

  test('a fee above the share, up to 30 units, needs both sides to say something', () => {
    const out = row({ id: 'o', sum: '-500', ...byNumber(savings) });
    const named = { description: 'Ida Exempel' };
    expect(told([out, incoming('470')])).toEqual([`o waits ${savings}`]);
    expect(told([out, incoming('470', named)])).toEqual(['o>i 3000 EUR']);
    expect(told([out, incoming('469.99', named)])).toEqual([`o waits ${savings}`]);
    const small = row({ id: 'o', sum: '-30', ...byNumber(savings) });
    expect(told([small, incoming('20', named)])).toEqual(['o>i 1000 EUR']);
    expect(told([small, incoming('19.99', named)])).toEqual([`o waits ${savings}`]);
    const looking = incoming('20', byNumber(checking));
    expect(told([row({ id: 'o', sum: '-30', ...named }), looking])).toEqual(['o>i 1000 EUR']);
  });

  test('an equal sum goes before one less a fee', () => {
    const out = row({ id: 'o', sum: '-500', ...byNumber(savings) });
    const less = row({ id: 'l', account: savings, sum: '495', day: 10 });
    expect(told([out, less, incoming('500', { id: 'i' })])).toEqual(['o>i']);
  });

  test('two currencies pair by a number, when there is one candidate', () => {
    const out = row({ id: 'o', sum: '-500', ...byNumber(dollars) });
    const dollar = (id: string, day = 12) =>
      row({ id, sum: '540', currency: 'USD', account: dollars, day });
    expect(told([out, dollar('i')])).toEqual(['o>i 50000 EUR -54000 USD']);
    expect(told([out, dollar('i', 16)])).toEqual([`o waits ${dollars}`]);
    expect(told([out, dollar('i'), dollar('k', 13)])).toEqual([`o waits ${dollars}`]);
    expect(told([{ ...out, counterpartyAccount: '' }, dollar('i')])).toEqual([]);
  });

  test('the interest of the week is not what the money was changed into', () => {
    const out = row({ id: 'o', sum: '-500', ...byNumber(dollars) });
    const changed = (sum: string, currency: string) =>
      told([out, row({ id: 'i', sum, currency, account: dollars })]).includes(`o waits ${dollars}`);
    expect(changed('1.20', 'USD')).toBe(true);
    expect(changed('80000', 'JPY')).toBe(false);
    expect(changed('540', 'JPY')).toBe(true);
    expect(changed('1.20', 'XAF')).toBe(false);
  });
});

describe('an equal sum alone', () => {
  const out = row({ id: 'o', sum: '-500' });
  const incoming = row({ id: 'i', account: savings, sum: '500', day: 11 });

  test('is enough for the only two rows of it', () => {
    expect(find([out, incoming])).toMatchObject([{ evidence: ['amount', 'day'] }]);
  });

  test('is not enough beside a second candidate', () => {
    const second = row({ id: 'k', account: card, sum: '500', day: 9 });
    expect(told([out, incoming, second])).toEqual(['k? o i', 'o? k i', 'i? o k']);
  });

  test('is not enough beside a second row of the sum, on whatever account', () => {
    expect(told([out, incoming, row({ id: 'k', account: savings, sum: '-500' })])).toEqual([]);
    expect(told([out, incoming, row({ id: 'k', sum: '500', day: 13 })])).toEqual([]);
    expect(told([out, incoming, row({ id: 'k', sum: '500', day: 15 })])).toEqual(['o>i']);
  });

  test('is enough where better evidence explains the second row', () => {
    const rows = [
      row({ id: 'o2', sum: '-500', ...byNumber(savings) }),
      row({ id: 'i2', account: savings, sum: '500', ...byNumber(checking) }),
      row({ id: 'o', account: card, sum: '-500' }),
      row({ id: 'i', account: savings, sum: '500', day: 11 }),
    ];
    expect(told(rows)).toEqual(['o>i', 'o2>i2']);
  });

  test('is not enough for a row with another certain counter-account, or from a stranger', () => {
    expect(told([out, incoming], { isOther: ({ id }) => id === 'i' })).toEqual([]);
    expect(told([out, incoming], { isOther: ({ id }) => id === 'o' })).toEqual([]);
    expect(told([{ ...out, counterpartyAccount: stranger }, incoming])).toEqual([]);
  });
});

describe('rows that may well be something else', () => {
  const isOther = ({ id }: LegRow) => id === 'i';
  const named = row({ id: 'o', sum: '-500', ...byNumber(savings) });

  test('a certain counter-account gives way to a number on either side, and to name and words', () => {
    const plain = row({ id: 'i', account: savings, sum: '500' });
    expect(told([named, plain], { isOther })).toEqual(['o>i']);
    const out = row({ id: 'o', sum: '-500', description: 'Ida Exempel · Übertrag' });
    expect(told([out, plain], { isOther })).toEqual([]);
    expect(told([out, { ...plain, ...byNumber(checking) }], { isOther })).toEqual(['o>i']);
    const telling = { ...plain, description: 'Ida Exempel · Umbuchung' };
    expect(told([row({ id: 'o', sum: '-500' }), telling], { isOther })).toEqual(['o>i']);
  });

  test('it does not give way to a sum less a fee that only the other side tells', () => {
    const less = row({ id: 'i', account: savings, sum: '495' });
    expect(told([named, less])).toEqual(['o>i 500 EUR']);
    expect(told([named, less], { isOther })).toEqual([`o waits ${savings}`]);
  });

  test('it gives way to what the user chose', () => {
    const chosen = row({ id: 'i', account: savings, sum: '500', counterAccount: transit });
    const rows = [row({ id: 'o', sum: '-500' }), { ...chosen, isChosen: true }];
    expect(told(rows, { isOther })).toEqual(['o>i']);
  });

  test('a payment from a stranger is no transfer for the words of the other side', () => {
    const out = row({ id: 'o', sum: '-500', description: 'Ida Exempel · Übertrag' });
    const salary = row({
      id: 'i',
      account: savings,
      sum: '500',
      description: 'Muster AG · SEPA credit transfer',
      counterpartyAccount: stranger,
    });
    expect(told([out, salary])).toEqual([]);
    expect(told([{ ...out, ...byNumber(savings) }, salary])).toEqual(['o>i']);
    expect(told([{ ...out, ...byNumber(savings) }, salary], { isOther })).toEqual([
      `o waits ${savings}`,
    ]);
  });

  test('a card whose number is not known may be paid by way of its bank', () => {
    const paid = row({ id: 'o', sum: '-500', counterpartyAccount: stranger });
    expect(told([paid, row({ id: 'i', account: savings, sum: '500' })])).toEqual([]);
    expect(told([paid, row({ id: 'i', account: card, sum: '500' })])).toEqual(['o>i']);
  });
});

test('what is in transit returns to zero when both sides are there', () => {
  const against = { counterAccount: transit };
  const out = row({ id: 'o', sum: '-500', ...against });
  const less = row({ id: 'i', account: savings, sum: '498', ...against });
  const dollar = row({ id: 'd', account: dollars, sum: '-20', currency: 'USD', ...against });
  const euro = (minor: number) => ({ minor, currency: 'EUR' });
  expect(transitBalance([out], transit)).toEqual([euro(50_000)]);
  expect(transitBalance([dollar, out, less, row({ id: 'x', sum: '-9' })], transit)).toEqual([
    euro(200),
    { minor: 2000, currency: 'USD' },
  ]);
  const fee = { ...row({ id: 'f', sum: '-2' }), account: transit, counterAccount: 'Expenses:Fees' };
  expect(transitBalance([out, less, fee], transit)).toEqual([]);
  expect(find([out, less])).toEqual([]);
});
