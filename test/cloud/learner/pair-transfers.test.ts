import { describe, expect, test } from '@jest/globals';
import {
  pairKey,
  pairTransfers,
  type TransferContext,
  transitBalance,
} from '../../../cloud/learner/pair-transfers.ts';
import type { LegRow, OwnAccount, TransferFinding } from '../../../cloud/learner/transfer.ts';
import { parseMoney } from '../../../shared/money.ts';

const transit = 'Assets:In transit';
const checking = 'Assets:Checking';
const savings = 'Assets:Savings';
const card = 'Liabilities:Card';
const dollars = 'Assets:Dollars';

const ibanOf = {
  [checking]: 'DE89370400440532013000',
  [savings]: 'AT611904300234573201',
  [dollars]: 'GB29NWBK60161331926819',
};
const stranger = 'FR1420041010050500013M02606';
const holder = 'Ida Exempel';
const own: readonly OwnAccount[] = [
  { path: checking, numbers: [ibanOf[checking]], holder },
  { path: savings, numbers: [ibanOf[savings]], holder },
  { path: dollars, numbers: [ibanOf[dollars]], holder },
  { path: card, numbers: ['4444'], holder },
];

/** A draft of checking, on the 10th. */
function row({
  id,
  sum,
  currency = 'EUR',
  day = 10,
  ...rest
}: { readonly id: string; readonly sum: string; currency?: string; day?: number } & Partial<
  Omit<LegRow, 'amount' | 'date'>
>): LegRow {
  return {
    id,
    date: new Date(Date.UTC(2026, 2, day)).toISOString().slice(0, 10),
    amount: parseMoney(sum, currency),
    description: '',
    account: checking,
    counterAccount: '',
    isPosted: false,
    isPending: false,
    isChosen: false,
    ...rest,
  };
}

const find = (rows: readonly LegRow[], context: Partial<TransferContext> = {}) =>
  pairTransfers(rows, { own, transit, rejected: new Set(), isOther: () => false, ...context });

/** Findings in short: 'out>in leftover', 'id waits other', 'id booked by', 'id? others'. */
const told = (rows: readonly LegRow[], context: Partial<TransferContext> = {}) =>
  find(rows, context).map(inShort);

function inShort(finding: TransferFinding): string {
  if (finding.kind === 'waiting') return `${finding.id} waits ${finding.other}`;
  if (finding.kind === 'booked') return `${finding.id} booked ${finding.by}`;
  if (finding.kind === 'unclear') return `${finding.id}? ${finding.others.join(' ')}`;
  const left = finding.leftover.map(({ minor, currency }) => ` ${minor} ${currency}`);
  return `${finding.outgoing}>${finding.incoming}${left.join('')}`;
}

const byNumber = (path: keyof typeof ibanOf) => ({ counterpartyAccount: ibanOf[path] });

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
    const shared = [...own, { path: 'Assets:Pounds', numbers: [ibanOf[dollars]], holder }];
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

describe('what the user decided', () => {
  const out = row({ id: 'o', sum: '-500', ...byNumber(savings) });
  const incoming = row({ id: 'i', account: savings, sum: '500' });

  test('rows against other accounts and cleared ones are in no pair', () => {
    for (const counterAccount of ['Expenses:Rent', '']) {
      const decided = { ...incoming, counterAccount, isChosen: true };
      expect(told([out, decided])).toEqual([`o waits ${savings}`]);
      expect(told([{ ...out, counterAccount, isChosen: true }])).toEqual([]);
    }
    expect(told([out, { ...incoming, counterAccount: 'Income:Gifts' }])).toEqual(['o>i']);
  });

  test('rows in transit stay in their pair, posted or not', () => {
    const inTransit = { counterAccount: transit, isPosted: true };
    expect(told([out, { ...incoming, ...inTransit }])).toEqual(['o>i']);
    expect(
      told([
        { ...out, ...inTransit },
        { ...incoming, ...inTransit },
      ]),
    ).toEqual(['o>i']);
    expect(told([{ ...out, ...inTransit, isPosted: false, isChosen: true }])).toEqual([
      `o waits ${savings}`,
    ]);
  });

  test('a rejected pair is not found again; each row may pair with another', () => {
    const rejected = new Set([pairKey('i', 'o')]);
    expect(pairKey('o', 'i')).toBe(pairKey('i', 'o'));
    expect(told([out, incoming], { rejected })).toEqual([`o waits ${savings}`]);
    expect(told([out, incoming, { ...incoming, id: 'k' }], { rejected })).toEqual(['o>k']);
    const rows = [out, incoming, { ...out, id: 'p' }, { ...incoming, id: 'k' }];
    expect(told(rows, { rejected })).toEqual(['o>k', 'p>i']);
  });

  test('a transfer that is booked directly on one side is booked', () => {
    const direct = { ...out, counterAccount: savings, isPosted: true };
    expect(told([direct, incoming])).toEqual(['i booked o']);
    expect(told([{ ...direct, isPosted: false, isChosen: true }, incoming])).toEqual([
      'i booked o',
    ]);
    expect(told([{ ...direct, isPosted: false }, incoming])).toEqual(['o>i']);
    const back = { ...incoming, counterAccount: checking, isPosted: true };
    expect(told([out, back])).toEqual(['o booked i']);
    expect(told([direct, back])).toEqual([]);
  });

  test('booked directly against another account, or another sum, it is not', () => {
    const direct = row({ id: 'o', sum: '-500', counterAccount: savings, isPosted: true });
    expect(told([direct, { ...incoming, account: card }])).toEqual([]);
    expect(told([direct, row({ id: 'i', account: savings, sum: '498' })])).toEqual([]);
    const telling = row({ id: 'i', account: savings, sum: '498', ...byNumber(checking) });
    expect(told([direct, telling])).toEqual(['i booked o']);
  });

  test('one booking is for one row, and a row of the user’s own account may be it', () => {
    const cash = { account: 'Assets:Cash', counterAccount: checking, isPosted: true };
    const taken = row({ id: 'c', sum: '60', ...cash });
    expect(told([row({ id: 'o', sum: '-60' }), taken])).toEqual(['o booked c']);
    expect(told([row({ id: 'o', sum: '-60' }), row({ id: 'p', sum: '-60' }), taken])).toEqual([
      'o? c p',
      'p? c o',
    ]);
    const twice = [taken, { ...taken, id: 'd' }];
    expect(told([row({ id: 'o', sum: '-60' }), ...twice])).toEqual(['o booked c']);
  });
});

describe('several readings', () => {
  const out = (id: string, more: Partial<LegRow> = {}) =>
    row({ id, sum: '-500', ...byNumber(savings), ...more });
  const incoming = (id: string, more: Partial<LegRow> & { day?: number } = {}) =>
    row({ id, account: savings, sum: '500', ...more });

  test('as many equal rows out as in are paired in order', () => {
    expect(told([out('b'), incoming('y'), out('a'), incoming('x')])).toEqual(['a>x', 'b>y']);
  });

  test('a day later the second one comes', () => {
    expect(told([out('a'), out('b'), incoming('x'), incoming('y', { day: 11 })])).toEqual([
      'a>x',
      'b>y',
    ]);
  });

  test('of equal rows one too many leaves them unclear, with the account where it is known', () => {
    expect(find([out('a'), out('b'), incoming('x')])).toEqual([
      { kind: 'unclear', id: 'a', others: ['x', 'b'], other: savings },
      { kind: 'unclear', id: 'b', others: ['x', 'a'], other: savings },
      { kind: 'unclear', id: 'x', others: ['a', 'b'] },
    ]);
    expect(told([out('a'), incoming('x'), incoming('y')])).toEqual(['a? x y', 'x? a y', 'y? a x']);
  });

  test('words that lead to two accounts are unclear, though one is a day nearer', () => {
    const told3 = (day: number) =>
      told([
        row({ id: 'a', sum: '-500', description: 'Übertrag' }),
        row({ id: 'x', account: savings, sum: '500' }),
        row({ id: 'y', account: card, sum: '500', day }),
      ]);
    expect(told3(10)).toEqual(['a? x y', 'x? a y', 'y? a x']);
    expect(told3(11)).toEqual(['a? x y', 'x? a y', 'y? a x']);
    expect(told3(12)).toEqual(['a>x']);
  });

  test('equal rows that go to two accounts are unclear, unless they tell where', () => {
    const words = (id: string) => row({ id, sum: '-500', description: 'Übertrag' });
    const toTwo = [incoming('x'), row({ id: 'y', account: card, sum: '500' })];
    expect(told([words('a'), words('b'), ...toTwo])).toHaveLength(4);
    expect(told([words('a'), words('b'), ...toTwo]).join()).not.toContain('>');
    const toCard = row({ id: 'b', sum: '-500', description: 'Übertrag an x4444' });
    expect(told([out('a'), toCard, ...toTwo])).toEqual(['a>x', 'b>y']);
  });

  test('of two accounts that could exchange partners nothing is paired', () => {
    const words = { description: 'Übertrag' };
    const rows = [
      row({ id: 'a', sum: '-500', ...words }),
      row({ id: 'b', sum: '-500', ...words, account: card }),
      row({ id: 'x', account: savings, sum: '500' }),
      row({ id: 'y', account: dollars, sum: '500' }),
    ];
    expect(told(rows).map((it) => it.slice(0, 2))).toEqual(['a?', 'b?', 'x?', 'y?']);
  });

  test('money that went on at once is found as two transfers', () => {
    const words = { description: 'Übertrag' };
    const rows = [
      row({ id: 'a', sum: '-500', ...words }),
      row({ id: 'b', sum: '500', account: savings }),
      row({ id: 'c', sum: '-500', account: savings, ...words }),
      row({ id: 'd', sum: '500', account: card }),
    ];
    expect(told(rows)).toEqual(['a>b', 'c>d']);
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
