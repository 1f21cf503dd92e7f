import { describe, expect, test } from '@jest/globals';
import { pairKey } from '../../../../cloud/learner/transfers/pair-transfers.ts';
import type { LegRow } from '../../../../cloud/learner/transfers/transfer.ts';
import { parseMoney } from '../../../../shared/money.ts';
import {
  byNumber,
  card,
  checking,
  dollars,
  find,
  row,
  savings,
  told,
  transit,
} from './transfer-rows.ts';

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
    const fromTwo = [
      row({ id: 'b', sum: '500', account: card, counterAccount: checking, isPosted: true }),
      row({ id: 'c', sum: '500', account: savings, counterAccount: checking, isPosted: true }),
    ];
    for (const description of ['', 'Übertrag']) {
      const sent = [row({ id: 'o', sum: '-500' }), row({ id: 'p', sum: '-500', description })];
      const findings = told([...fromTwo, ...sent]).map((it) => it.slice(0, 8));
      expect(findings).toEqual(['o booked', 'p booked']);
      const received = sent.map((it) => ({ ...it, amount: parseMoney('500', 'EUR') }));
      const paid = fromTwo.map((it) => ({ ...it, amount: parseMoney('-500', 'EUR') }));
      expect(told([...paid, ...received]).map((it) => it.slice(0, 8))).toEqual(findings);
    }
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

  test('equal rows that the user decided differently are told apart', () => {
    const plain = row({ id: 'a', sum: '-500' });
    const posted = { ...plain, id: 'b', counterAccount: transit, isPosted: true };
    const late = incoming('x', { day: 14 });
    expect(told([plain, posted, late])).toEqual(['b>x']);
    expect(told([posted, plain, late])).toEqual(['b>x']);
    const direct = { ...posted, counterAccount: savings };
    expect(told([plain, direct, late])).toEqual(['x booked b']);
    expect(told([direct, plain, late])).toEqual(['x booked b']);
  });

  test('of which one the learner is sure does not change who meets whom', () => {
    const rows = [out('b'), out('a'), incoming('y'), incoming('x')];
    const isOther = ({ id }: { readonly id: string }) => id === 'b' || id === 'y';
    expect(told(rows, { isOther })).toEqual(['a>x', 'b>y']);
  });

  test('of many that are unclear some are named', () => {
    const rows = Array.from({ length: 12 }, (_, at) => out(`o${at}`));
    expect(told([incoming('x'), ...rows])).toContain('o3? x o0 o1 o10 o11 o2 o4 o5');
  });

  test('the other side with its number goes before a nearer one without', () => {
    const telling = incoming('y', { day: 12, ...byNumber(checking) });
    expect(told([out('a'), incoming('x'), telling])).toEqual(['a>y']);
  });

  test('no pair is given up for two with less evidence', () => {
    const telling = incoming('x', byNumber(checking));
    const rows = [out('a'), row({ id: 'b', sum: '-500' }), telling, incoming('y')];
    const rejected = new Set([pairKey('b', 'y')]);
    expect(told(rows, { rejected })).toEqual(['a>x']);
  });

  test('one reading in doubt leaves those in doubt that hang on it', () => {
    const rows = [out('a'), out('b'), out('c'), incoming('x'), incoming('y')];
    const rejected = new Set([pairKey('a', 'y'), pairKey('c', 'x')]);
    expect(told(rows, { rejected }).map((it) => it.slice(0, 2))).toEqual([
      'a?',
      'b?',
      'c?',
      'x?',
      'y?',
    ]);
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

  test('two accounts do not exchange partners that are days apart, or that say which', () => {
    const words = { description: 'Übertrag' };
    const later = [
      row({ id: 'a', sum: '-500', ...words }),
      row({ id: 'b', sum: '-500', ...words, account: card, day: 12 }),
      row({ id: 'x', account: savings, sum: '500' }),
      row({ id: 'y', account: dollars, sum: '500', day: 12 }),
    ];
    expect(told(later)).toEqual(['a>x', 'b>y']);
    const saying = [
      row({ id: 'a', sum: '-500', description: 'Übertrag an x4444' }),
      row({ id: 'b', sum: '-500', ...words, account: dollars }),
      row({ id: 'x', account: card, sum: '500' }),
      row({ id: 'y', account: savings, sum: '500' }),
    ];
    expect(told(saying)).toEqual(['a>x', 'b>y']);
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
