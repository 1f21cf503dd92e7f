import { describe, expect, test } from '@jest/globals';
import { booked, counts, createKeptEntries, idsOf, march, pending, rowOf } from './kept-entries.ts';

const nothing = { added: 0, changed: 0, removed: 0, unclear: 0 };

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

  test('a pending entry from before the window is another one: it may not have been asked for', () => {
    const kept = createKeptEntries();
    kept.sync([pending('-20.00', 2, 'KINO')]);
    expect(kept.sync([pending('-20.00', 6, 'KINO')], { from: march(5) }).added).toHaveLength(1);
  });

  test('a bank that leaves out a value date or a balance takes back nothing that was told', () => {
    const kept = createKeptEntries();
    const told = { valueDate: march(3), balanceAfter: booked('90', 1, '').amount };
    kept.sync([booked('-5.60', 3, 'BAECKER', told)]);
    expect(counts(kept.sync([booked('-5.60', 3, 'BAECKER')]))).toEqual(nothing);
  });
});
