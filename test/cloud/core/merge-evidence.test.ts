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

  test('under the same reference a pending entry is booked with another day and another text', () => {
    const kept = createKeptEntries();
    kept.sync([
      pending('-27.00', 1, 'THEATERKASSE', { reference: 'U2', counterparty: 'Theaterkasse' }),
    ]);
    const { added, changed } = kept.sync([
      booked('-27.00', 24, 'STAATSTHEATER', { reference: 'U2', counterparty: 'Staatstheater' }),
    ]);
    expect(added).toEqual([]);
    expect(changed[0]?.after).toMatchObject({ id: 'e1', status: 'booked', text: 'STAATSTHEATER' });
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
});

describe('booked entries that the bank tells anew', () => {
  test('a booking date may move by up to five days, the nearest first', () => {
    const kept = createKeptEntries();
    kept.sync([booked('-5.60', 3, 'BAECKER'), booked('-5.60', 7, 'BAECKER')]);
    const { added } = kept.sync([booked('-5.60', 12, 'BAECKER'), booked('-5.60', 4, 'BAECKER')]);
    expect(added).toEqual([]);
    expect([...kept.rows()]).toEqual([
      ['e1', '-5.60 2026-03-04 BAECKER'],
      ['e2', '-5.60 2026-03-12 BAECKER'],
    ]);
    expect(
      kept.sync([booked('-5.60', 4, 'BAECKER'), booked('-5.60', 18, 'BAECKER')]).added,
    ).toHaveLength(1);
  });

  test('the value date tells which of two moved', () => {
    const kept = createKeptEntries();
    kept.sync([booked('-5.60', 7, 'BAECKER', { valueDate: march(7) })]);
    kept.sync([
      booked('-5.60', 9, 'BAECKER', { reference: 'NEW', valueDate: march(9) }),
      booked('-5.60', 9, 'BAECKER', { reference: 'SAME', valueDate: march(7) }),
    ]);
    expect(kept.entries().map(({ id, reference }) => [id, reference])).toEqual([
      ['e1', 'SAME'],
      ['e2', 'NEW'],
    ]);
  });

  test('nothing has moved from the first day of the window, nor from before it', () => {
    const kept = createKeptEntries();
    kept.sync([booked('-5.60', 4, 'BAECKER'), booked('-5.60', 5, 'BAECKER')]);
    expect(kept.sync([booked('-5.60', 6, 'BAECKER')], { from: march(5) }).added).toHaveLength(1);
  });

  test('a text that the bank completes on the same day is the same entry, also for two bare twins', () => {
    const kept = createKeptEntries();
    const bare = (amount: string) => booked(amount, 2, 'KARTENZAHLUNG VISA');
    kept.sync([bare('-89.90'), bare('-12.00'), bare('-12.00')]);
    const { added, changed, unclear } = kept.sync([
      booked('-89.90', 2, 'KARTENZAHLUNG VISA MOEBELHAUS LINDE'),
      booked('-12.00', 2, 'KARTENZAHLUNG VISA BUECHEREI'),
      booked('-12.00', 2, 'KARTENZAHLUNG VISA EISDIELE'),
    ]);
    expect({ added, changed: changed.length, unclear }).toEqual({
      added: [],
      changed: 3,
      unclear: 0,
    });
  });

  test('of two texts of one day and amount each keeps the words that it had', () => {
    const kept = createKeptEntries();
    kept.sync([booked('-50.00', 2, 'BLUMEN'), booked('-50.00', 2, 'STADTWERKE')]);
    kept.sync([
      booked('-50.00', 2, 'STADTWERKE STROM MAERZ'),
      booked('-50.00', 2, 'BLUMEN ROSE KOELN'),
    ]);
    expect(idsOf(kept.entries(), 'BLUMEN ROSE KOELN', 'STADTWERKE STROM MAERZ')).toEqual([
      'e1',
      'e2',
    ]);
  });

  test('where no word tells two of one day and amount, nothing is guessed, and it is said', () => {
    const kept = createKeptEntries();
    kept.sync([booked('-50.00', 2, 'BLUMEN'), booked('-50.00', 2, 'STADTWERKE')]);
    const { added, unclear } = kept.sync([
      booked('-50.00', 2, 'ROSE KOELN'),
      booked('-50.00', 2, 'STROM MAERZ'),
    ]);
    expect({ added: added.length, unclear }).toEqual({ added: 2, unclear: 2 });
  });

  test('a pending entry whose day moves with each fetch stays the same, as long as it is pending', () => {
    const kept = createKeptEntries();
    kept.sync([pending('-20.00', 8, 'KINO')]);
    expect(counts(kept.sync([pending('-20.00', 9, 'KINO')], { from: march(3) }))).toEqual({
      ...nothing,
      changed: 1,
    });
    // Booked it is rather than moved: what is pending now is another one.
    const { added } = kept.sync([booked('-20.00', 10, 'KINO'), pending('-20.00', 10, 'KINO')]);
    expect(added.map(rowOf)).toEqual(['-20.00 2026-03-10 KINO ?']);
  });

  test('a bank that leaves out a value date or a balance takes back nothing that was told', () => {
    const kept = createKeptEntries();
    const told = { valueDate: march(3), balanceAfter: booked('90', 1, '').amount };
    kept.sync([booked('-5.60', 3, 'BAECKER', told)]);
    expect(counts(kept.sync([booked('-5.60', 3, 'BAECKER')]))).toEqual(nothing);
  });
});
