import { describe, expect, test } from '@jest/globals';
import { transitBalance } from '../../../../cloud/learner/transfers/pair-transfers.ts';
import type { LegRow } from '../../../../cloud/learner/transfers/transfer.ts';
import {
  byNumber,
  card,
  checking,
  dollars,
  find,
  row,
  savings,
  stranger,
  told,
  transit,
} from './transfer-rows.ts';

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

  test('of two rows of one account the nearest is in, before it went out last', () => {
    const words = { description: 'Übertrag' };
    const out = (id: string, day: number) => row({ id, sum: '-500', day, ...words });
    const incoming = row({ id: 'i', sum: '500', day: 10, account: savings });
    expect(told([out('a', 9), out('b', 8), incoming])).toEqual(['a>i']);
    expect(told([out('a', 11), out('b', 8), incoming])).toEqual(['b>i']);
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
    const toCard = { description: 'Ida Exempel', counterpartyAccount: '4444' };
    expect(told([{ ...out, ...toCard }, incoming('4990')])).toEqual([]);
  });

  test('a sum less a fee is believed ten days of a number, and five of name and words', () => {
    const late = incoming('4990', { date: '2026-03-20' });
    const numbered = row({ id: 'o', sum: '-5000', ...byNumber(savings) });
    expect(told([numbered, late])).toEqual(['o>i 1000 EUR']);
    const named = row({ id: 'o', sum: '-5000', description: 'Ida Exempel · transfer' });
    expect(told([named, late])).toEqual([]);
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
    const named = { ...dollar('k', 13), description: 'Ida Exempel · transfer' };
    expect(told([out, dollar('i'), named])).toEqual([`o waits ${dollars}`]);
    expect(told([out, dollar('i'), row({ id: 'n', sum: '-500' })])).toEqual([
      'o>i 50000 EUR -54000 USD',
    ]);
    const both = { ...dollar('i'), ...byNumber(checking) };
    expect(told([out, both])).toEqual(['o>i 50000 EUR -54000 USD']);
    expect(told([{ ...out, counterpartyAccount: '' }, dollar('i')])).toEqual([]);
  });

  test('the interest of the week is not what the money was changed into', () => {
    const out = row({ id: 'o', sum: '-500', ...byNumber(dollars) });
    const changed = (sum: string, currency: string) =>
      told([out, row({ id: 'i', sum, currency, account: dollars })]).includes(`o waits ${dollars}`);
    expect(changed('1.20', 'USD')).toBe(true);
    expect(changed('80000', 'JPY')).toBe(false);
    expect(changed('540', 'JPY')).toBe(true);
    expect(changed('1', 'XAF')).toBe(false);
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

  test('is enough beside one that is booked', () => {
    const booked = { account: card, counterAccount: dollars, isPosted: true };
    expect(told([out, incoming, row({ id: 'k', sum: '-500', ...booked })])).toEqual(['o>i']);
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

  test('it is asked once, and only of rows that may be in a pair', () => {
    const asked: string[] = [];
    const rows = [
      row({ id: 'o', sum: '-500' }),
      row({ id: 'i', account: savings, sum: '500' }),
      row({ id: 'k', account: savings, sum: '500', day: 11 }),
      row({ id: 'n', sum: '-77' }),
    ];
    told(rows, { isOther: ({ id }) => asked.push(id) > 9 });
    expect(asked.toSorted()).toEqual(['i', 'k', 'o']);
  });

  test('it gives way to what the user chose', () => {
    const chosen = row({ id: 'i', account: savings, sum: '500', counterAccount: transit });
    const rows = [row({ id: 'o', sum: '-500' }), { ...chosen, isChosen: true }];
    expect(told(rows, { isOther })).toEqual(['o>i']);
    const direct = row({ id: 'o', sum: '-500', counterAccount: savings, isPosted: true });
    const plain = row({ id: 'i', account: savings, sum: '500' });
    expect(told([direct, plain], { isOther: () => true })).toEqual(['i booked o']);
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

  test('a stranger’s number is believed of a row that names its holder, unless another does without', () => {
    const top = { description: 'Ida Exempel', counterpartyAccount: stranger };
    const paid = row({ id: 'o', sum: '-500', ...top });
    const incoming = row({ id: 'i', account: savings, sum: '500' });
    expect(told([paid, incoming])).toEqual(['o>i']);
    expect(told([paid, incoming], { isOther: ({ id }) => id === 'o' })).toEqual([]);
    const plain = row({ id: 'p', sum: '-500', description: 'Ida Exempel' });
    expect(told([paid, plain, incoming])).toEqual(['p>i']);
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
