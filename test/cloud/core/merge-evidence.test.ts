import { describe, expect, test } from '@jest/globals';
import { booked, counts, createKeptEntries, idsOf, march, pending, rowOf } from './kept-entries.ts';

const nothing = { added: 0, changed: 0, removed: 0, unclear: 0 };
const ref = (reference: string) => ({ reference });

describe('references and facts', () => {
  test('twins keep their references, also those that they had before', () => {
    const kept = createKeptEntries();
    kept.sync([booked('-18.20', 9, 'BAECKER', ref('A')), booked('-18.20', 9, 'BAECKER', ref('B'))]);
    kept.sync([booked('-18.20', 9, 'BAECKER', ref('B')), booked('-18.20', 9, 'BAECKER', ref('A'))]);
    expect(kept.entries().map(({ id, reference }) => [id, reference])).toEqual([
      ['e1', 'A'],
      ['e2', 'B'],
    ]);
    kept.sync([booked('-18.20', 9, 'BAECKER', ref('C')), booked('-18.20', 9, 'BAECKER', ref('D'))]);
    kept.sync([booked('-18.20', 9, 'BAECKER', ref('B')), booked('-18.20', 9, 'BAECKER', ref('A'))]);
    expect(kept.entries().map(({ id, reference }) => [id, reference])).toEqual([
      ['e1', 'A'],
      ['e2', 'B'],
    ]);
  });

  test('a reference that moved to another entry of the same amount and day moves no row', () => {
    const kept = createKeptEntries();
    kept.sync([
      booked('-50.00', 2, 'TANKSTELLE', ref('001')),
      booked('-50.00', 2, 'KONZERT', ref('002')),
    ]);
    const { added } = kept.sync([
      booked('-50.00', 2, 'AUSLAGE INES', ref('001')),
      booked('-50.00', 2, 'TANKSTELLE', ref('002')),
      booked('-50.00', 2, 'KONZERT', ref('003')),
    ]);
    expect(added.map(({ text }) => text)).toEqual(['AUSLAGE INES']);
    expect(idsOf(kept.entries(), 'TANKSTELLE', 'KONZERT')).toEqual(['e1', 'e2']);
  });

  test('a booked entry and a pending one with the same facts do not change places', () => {
    const kept = createKeptEntries();
    kept.sync([booked('-2.90', 2, 'FARE'), pending('-2.90', 2, 'FARE')]);
    expect(counts(kept.sync([pending('-2.90', 2, 'FARE'), booked('-2.90', 2, 'FARE')]))).toEqual(
      nothing,
    );
  });

  test('a bank that answers from its cache makes nothing pending again, and no second row', () => {
    const kept = createKeptEntries();
    const hold = pending('-12.90', 1, 'VORGEMERKT PIZZA BLITZ');
    kept.sync([hold]);
    kept.sync([booked('-12.90', 2, 'PIZZA BLITZ BERLIN')]);
    expect(counts(kept.sync([hold]))).toEqual(nothing);
    expect(kept.rows()).toEqual(new Map([['e1', '-12.90 2026-03-02 PIZZA BLITZ BERLIN']]));
  });

  test.each([
    ['its amount', pending('-46.00', 1, 'VORGEMERKT KARTE', ref('A'))],
    [
      'its counterparty',
      pending('-40.00', 1, 'VORGEMERKT', { reference: 'A', counterparty: 'Roma' }),
    ],
  ])(
    'nor does one that shows it as pending for the first time, under its reference and %s',
    (_by, hold) => {
      const kept = createKeptEntries();
      const paid = booked('-46.00', 2, 'TRATTORIA', { reference: 'A', counterparty: 'Roma' });
      kept.sync([paid]);
      expect(kept.sync([hold]).added).toEqual([]);
      expect([...kept.rows()]).toEqual([['e1', '-46.00 2026-03-02 TRATTORIA']]);
      const other = createKeptEntries();
      other.sync([paid]);
      expect(other.sync([paid, hold]).added).toHaveLength(1);
      const anew = createKeptEntries();
      anew.sync([paid, booked('-9.00', 2, 'KIOSK', ref('B'))]);
      expect(
        anew.sync([
          hold,
          booked('-9.00', 2, 'KIOSK', ref('C')),
          booked('-3.00', 2, 'BAR', ref('B')),
        ]).added,
      ).toHaveLength(2);
    },
  );

  test('a reference makes nothing pending of what is booked again under another one', () => {
    const kept = createKeptEntries();
    kept.sync([booked('-4.50', 4, 'CAFE', ref('2'))]);
    const shown = [
      pending('-4.50', 4, 'VORGEMERKT KIOSK', ref('2')),
      booked('-4.50', 4, 'CAFE BERLIN'),
    ];
    expect(kept.sync(shown).added.map(({ text }) => text)).toEqual(['VORGEMERKT KIOSK']);
  });

  test('under the same reference a pending entry is booked with another day and another text', () => {
    const kept = createKeptEntries();
    kept.sync([
      pending('-27.00', 1, 'THEATERKASSE', { reference: 'U2', counterparty: 'Theaterkasse' }),
    ]);
    const theatre = { reference: 'U2', counterparty: 'Staatstheater' };
    const shown = [booked('-27.00', 24, 'STAATSTHEATER', theatre)];
    const { added, changed } = kept.sync(shown, { from: march(20) });
    expect(added).toEqual([]);
    expect(changed[0]?.after).toMatchObject({ id: 'e1', status: 'booked', text: 'STAATSTHEATER' });
  });

  test('under the same reference a pending entry stays the same with another day and another text', () => {
    const kept = createKeptEntries();
    kept.sync([pending('-40.00', 1, 'CARD 1234', ref('A'))]);
    expect(counts(kept.sync([pending('-40.00', 3, 'FARMERS MARKET', ref('A'))]))).toEqual({
      ...nothing,
      changed: 1,
    });
  });

  test('under the same reference and counterparty the amount may change: a tip, or a hold of another sum', () => {
    const kept = createKeptEntries();
    const roma = { reference: 'A1', counterparty: 'Trattoria Roma' };
    kept.sync([
      pending('-40.00', 1, 'ROMA', roma),
      pending('-9.00', 1, 'CARD 9', { reference: 'A2' }),
    ]);
    const { added } = kept.sync([
      booked('-99.00', 2, 'TRATTORIA', roma),
      booked('-31.00', 1, 'CARD 9', { reference: 'A2' }),
    ]);
    expect(added).toEqual([]);
    expect([...kept.rows()]).toEqual([
      ['e2', '-31.00 2026-03-01 CARD 9'],
      ['e1', '-99.00 2026-03-02 TRATTORIA'],
    ]);
  });

  test.each([
    ['another sign', booked('40.00', 2, 'ROMA', { reference: 'A1', counterparty: 'Roma' })],
    ['another amount and counterparty', booked('-84.00', 2, 'POWER', ref('A1'))],
  ])('the same reference with %s is another entry', (_what, other) => {
    const kept = createKeptEntries();
    const roma = booked('-40.00', 2, 'ROMA', { reference: 'A1', counterparty: 'Roma' });
    kept.sync([roma]);
    expect(kept.sync([other]).added).toHaveLength(1);
  });

  test('a reference of every day or month takes no entry from before the window', () => {
    const kept = createKeptEntries();
    const club = { reference: '4711', counterparty: 'Sportverein' };
    kept.sync([
      booked('-15.00', 1, 'BEITRAG', club),
      booked('-3.20', 1, 'KIOSK', { reference: '1', counterparty: 'Kiosk' }),
    ]);
    const { added } = kept.sync(
      [
        booked('-15.00', 9, 'BEITRAG', club),
        booked('-4.00', 9, 'KIOSK', { reference: '1', counterparty: 'Kiosk' }),
      ],
      { from: march(5) },
    );
    expect(added).toHaveLength(2);
    expect(kept.rows().get('e1')).toBe('-15.00 2026-03-01 BEITRAG');
  });

  test('a reference that several entries of an answer bear is no evidence', () => {
    const kept = createKeptEntries();
    kept.sync([booked('-10.00', 2, 'KIOSK', ref('NOTPROVIDED'))], { from: march(2) });
    const { added } = kept.sync(
      [
        booked('-10.00', 3, 'KINO', ref('NOTPROVIDED')),
        booked('-80.00', 3, 'SCHUHE', ref('NOTPROVIDED')),
      ],
      { from: march(2) },
    );
    expect(added).toHaveLength(2);
  });

  test('where the bank numbers anew, references say nothing about the entries that changed either', () => {
    const kept = createKeptEntries();
    kept.sync([
      pending('-50.00', 8, 'VORGEMERKT TANKSTELLE', ref('001')),
      booked('-19.99', 8, 'FUNKNETZ', ref('002')),
    ]);
    const { added } = kept.sync([
      booked('-50.00', 9, 'AUSLAGE INES', ref('001')),
      booked('-50.00', 9, 'TANKSTELLE WEST', ref('002')),
      booked('-19.99', 8, 'FUNKNETZ', ref('003')),
    ]);
    expect(added.map(({ text }) => text)).toEqual(['AUSLAGE INES']);
    expect(idsOf(kept.entries(), 'TANKSTELLE WEST', 'FUNKNETZ')).toEqual(['e1', 'e2']);
  });

  test('what is told word for word is found before what only bears the reference', () => {
    const kept = createKeptEntries();
    kept.sync([pending('-4.50', 8, 'CAFE ROT', ref('001'))]);
    const { added } = kept.sync([
      booked('-4.50', 9, 'KIOSK', ref('001')),
      booked('-4.50', 9, 'CAFE ROT', ref('002')),
    ]);
    expect(added.map(({ text }) => text)).toEqual(['KIOSK']);
  });

  test('where there is another pending entry for what is told word for word, the reference tells', () => {
    const kept = createKeptEntries();
    kept.sync([
      pending('-4.50', 8, 'CAFE ROT', ref('A')),
      pending('-4.50', 8, 'CAFE ROT', ref('B')),
    ]);
    const { added } = kept.sync([
      booked('-4.50', 9, 'KAFFEEHAUS', ref('A')),
      booked('-4.50', 9, 'CAFE ROT', ref('X')),
    ]);
    expect(added).toEqual([]);
    expect(idsOf(kept.entries(), 'KAFFEEHAUS', 'CAFE ROT')).toEqual(['e1', 'e2']);
  });

  test('a reference of earlier sights still tells', () => {
    const kept = createKeptEntries();
    const holds = (one: string, two: string) => [
      pending('-40.00', 1, 'HOLD ONE', ref(one)),
      pending('-40.00', 1, 'HOLD TWO', ref(two)),
    ];
    kept.sync(holds('A', 'C'));
    kept.sync(holds('B', 'D'));
    kept.sync([booked('-40.00', 2, 'MARKET', ref('A')), booked('-40.00', 2, 'CINEMA', ref('C'))]);
    expect(idsOf(kept.entries(), 'MARKET', 'CINEMA')).toEqual(['e1', 'e2']);
  });

  test('twins that are booked in the same words keep their references', () => {
    const kept = createKeptEntries();
    const twin = (reference: string) => pending('-4.50', 8, 'CAFE ROT', ref(reference));
    kept.sync([twin('A'), twin('B')]);
    kept.sync([booked('-4.50', 9, 'CAFE ROT', ref('B')), booked('-4.50', 9, 'CAFE ROT', ref('A'))]);
    expect(kept.entries().map(({ id, reference }) => [id, reference])).toEqual([
      ['e1', 'A'],
      ['e2', 'B'],
    ]);
  });

  test('of two of one day and amount that both get other texts the references tell before the words', () => {
    const kept = createKeptEntries();
    kept.sync([
      booked('-50.00', 2, 'KASSE EINS', ref('A')),
      booked('-50.00', 2, 'STROM', ref('B')),
    ]);
    kept.sync([
      booked('-50.00', 2, 'STADTWERKE EINS', ref('B')),
      booked('-50.00', 2, 'BLUMEN', ref('A')),
    ]);
    expect(idsOf(kept.entries(), 'BLUMEN', 'STADTWERKE EINS')).toEqual(['e1', 'e2']);
  });

  test('a reference takes no booked entry away from what is shown of its day and amount', () => {
    const kept = createKeptEntries();
    kept.sync([booked('-4.50', 7, 'CAFE ROT', ref('X'))]);
    const { added } = kept.sync([
      booked('-4.50', 1, 'CAFE ROT', ref('X')),
      booked('-4.50', 7, 'CAFE ROT BERLIN', ref('Y')),
    ]);
    expect(added.map(rowOf)).toEqual(['-4.50 2026-03-01 CAFE ROT']);
  });

  test('what a file told as booked is not there once more as the pending entry of the same reference', () => {
    const kept = createKeptEntries();
    const roma = { reference: 'E2', counterparty: 'Trattoria Roma' };
    kept.sync([pending('-9.00', 1, 'VORGEMERKT', roma)]);
    kept.importFile([booked('-10.00', 2, 'EINKAUF')]);
    kept.sync([booked('-10.00', 2, 'KARTE 1234', roma)], { from: march(1) });
    expect([...kept.rows()]).toEqual([['e2', '-10.00 2026-03-02 KARTE 1234']]);
  });

  test('a reference tells after all where what is told word for word is of another time', () => {
    const kept = createKeptEntries();
    kept.sync([pending('-4.50', 1, 'CAFE ROT', ref('A'))]);
    const { added } = kept.sync([
      booked('-4.50', 1, 'CAFE ROT', { reference: 'X', bookingDate: '2026-02-01' }),
      booked('-4.50', 25, 'KAFFEEHAUS', ref('A')),
    ]);
    expect(added.map(({ text }) => text)).toEqual(['CAFE ROT']);
  });

  test('but not where the bank numbers anew', () => {
    const kept = createKeptEntries();
    kept.sync([
      pending('-50.00', 1, 'TANKSTELLE', ref('001')),
      booked('-19.99', 8, 'FUNK', ref('002')),
    ]);
    const { added } = kept.sync([
      booked('-50.00', 25, 'AUSLAGE INES', ref('001')),
      booked('-7.00', 8, 'KIOSK', ref('002')),
      booked('-19.99', 8, 'FUNK', ref('003')),
    ]);
    expect(added.map(({ text }) => text)).toEqual(['AUSLAGE INES', 'KIOSK']);
  });
});
