import { describe, expect, test } from '@jest/globals';
import type { Entry } from '../../../shared/bank.ts';
import { parseMoney } from '../../../shared/money.ts';
import { booked, laden, off, opened, prove, sumOf } from './proofs.ts';

describe('days of which a bank tells less', () => {
  const wrong = (entries: readonly Entry[], start = 20000) =>
    prove(entries, '1.00', opened(start, sumOf(entries))).proof;

  test('a bank that writes the closing balance on each entry of the day is followed', () => {
    const entries = [
      booked('A', '2026-03-01', '-10.00', '170.00'),
      booked('B', '2026-03-01', '-20.00', '170.00'),
      booked('C', '2026-03-02', '-5.00', '165.00'),
    ];
    expect(wrong(entries)).not.toHaveProperty('firstBadDay');
    expect(prove(entries, '165.00').proof).toEqual({ kind: 'ties' });
    expect(prove(entries, undefined).proof).toEqual({ kind: 'ties' });
    const first = entries.slice(0, 2);
    expect(prove(first, undefined, opened(20000, -3000)).proof).toEqual({ kind: 'ties' });
  });

  test('a bank that writes a balance on the last entry of the day alone is followed', () => {
    const shown = (second: string) => [
      booked('A', '2026-03-01', '-10.00'),
      booked('B', '2026-03-01', '-20.00', '170.00'),
      booked('C', '2026-03-02', '-5.00'),
      booked('D', '2026-03-02', '-5.00', second),
    ];
    expect(wrong(shown('160.00'))).not.toHaveProperty('firstBadDay');
    const place = { firstBadDay: '2026-03-02', entryId: 'D' };
    expect(wrong(shown('156.80'))).toMatchObject(place);
    const late = { ...opened(50000, -34000), windowFrom: '2026-02-20' };
    const { proof } = prove(shown('156.80'), '156.80', {
      ...late,
      ledger: { ...late.ledger, opening: { minor: 50000, from: '2026-01-01' } },
    });
    expect(proof).toEqual(off('-3.20', place));
    const told = opened(20000, -4000);
    expect(prove(shown('160.00'), undefined, told).proof).toEqual({ kind: 'ties' });
    expect(prove(shown('156.80'), undefined, told).proof).toEqual({ kind: 'unknown' });
  });

  test('an entry whose balance only its own amount would explain does not follow', () => {
    const entries = [
      booked('A', '2026-03-01', '-5.00'),
      booked('K', '2026-03-01', '7.00', '14.00'),
    ];
    expect(wrong(entries, 0)).toMatchObject({ firstBadDay: '2026-03-01', entryId: 'K' });
  });

  test('a day that comes back to another balance than the one before it does not follow', () => {
    const entries = [
      booked('A', '2026-03-01', '-10.00', '190.00'),
      booked('B', '2026-03-02', '5.00', '185.00'),
      booked('C', '2026-03-02', '-5.00', '180.00'),
    ];
    expect(wrong(entries)).toMatchObject({ firstBadDay: '2026-03-02', entryId: 'B' });
  });

  test('a day of which two ways cross names an entry all the same', () => {
    const entries = [
      booked('A', '2026-03-01', '-1.00', '99.00'),
      booked('B', '2026-03-01', '-1.00', '98.00'),
      booked('C', '2026-03-01', '4.00', '99.00'),
      booked('D', '2026-03-01', '6.00', '105.00'),
    ];
    expect(wrong(entries, 10000)).toMatchObject({ firstBadDay: '2026-03-01', entryId: 'C' });
  });

  test('balances in another currency, and days before the first fetch, are not judged', () => {
    const dollars = { balanceAfter: parseMoney('7.00', 'USD') };
    const entries = [
      booked('O', '2026-02-10', '-1.00', '333.00'),
      booked('A', '2026-03-01', '-10.00', undefined, dollars),
    ];
    expect(wrong(entries)).not.toHaveProperty('firstBadDay');
  });

  test('a gap in days without balances shows at the next entry that has one', () => {
    const entries = [
      booked('A', '2026-03-01', '-10.00', '190.00'),
      booked('B', '2026-03-02', '-5.00'),
      booked('C', '2026-03-04', '-20.00', '161.80'),
    ];
    expect(wrong(entries)).toMatchObject({ firstBadDay: '2026-03-04', entryId: 'C' });
  });

  test('a day too full to try every order of is left open where balances are missing', () => {
    const many = Array.from({ length: 20 }, (_, at) => booked(`M${at}`, '2026-03-01', '-1.00'));
    const last = booked('Z', '2026-03-01', '-1.00', '3.33');
    expect(wrong([...many, last])).not.toHaveProperty('firstBadDay');
  });

  test('a day that comes back to where it began is passed from the balance before it', () => {
    const round = [
      booked('A', '2026-03-01', '5.00', '105.00'),
      booked('B', '2026-03-01', '-5.00', '100.00'),
      booked('C', '2026-03-02', '-1.00', '99.00'),
    ];
    expect(prove(round, '99.00')).toMatchObject({
      proof: { kind: 'ties' },
      opening: { minor: 10000 },
    });
    expect(prove(round.slice(0, 2), undefined, opened(10000, 0)).proof).toEqual({ kind: 'ties' });
  });

  test('a newest day that comes back to another balance than ours tells nothing', () => {
    const round = [
      booked('A', '2026-03-02', '5.00', '105.00'),
      booked('B', '2026-03-02', '-5.00', '100.00'),
    ];
    expect(prove(round, undefined, opened(10000, 0)).proof).toEqual({ kind: 'ties' });
    expect(prove(round, undefined, opened(9000, 0)).proof).toEqual({ kind: 'unknown' });
  });

  test('a newest day that comes back to where the bank was before it is read from there', () => {
    const entries = [
      ...laden.slice(0, 3),
      booked('A', '2026-03-06', '5.00', '166.80'),
      booked('B', '2026-03-06', '-5.00', '161.80'),
    ];
    const place = { firstBadDay: '2026-03-04', entryId: 'G4' };
    expect(prove(entries, undefined).proof).toEqual(off('-3.20', place));
    const back = [
      booked('A', '2026-03-06', '4.00', '94.00'),
      booked('B', '2026-03-06', '6.00', '100.00'),
    ];
    const proof = off('-10.00', { firstBadDay: '2026-03-06', entryId: 'A' });
    expect(prove(back, undefined, opened(10000, 1000)).proof).toEqual(proof);
  });

  test('a day in pieces that do not tell their order tells no balance', () => {
    const [a, b, c] = [
      booked('A', '2026-03-01', '-10.00', '190.00'),
      booked('B', '2026-03-01', '-20.00', '160.00'),
      booked('C', '2026-03-01', '-30.00', '100.00'),
    ];
    expect(prove([b, c, a], '100.00').proof).toEqual({ kind: 'ties' });
    expect(prove([a, b, c], undefined, opened(20000, -6000)).proof).toEqual({ kind: 'unknown' });
    expect(prove([a, b], undefined, opened(50000, -3000)).proof).toEqual({ kind: 'unknown' });
  });

  test('a gap that may lie inside the newest day or after it is not guessed at', () => {
    const torn = [
      booked('A', '2026-03-02', '1.00', '1.00'),
      booked('B', '2026-03-02', '-3.00', '0.00'),
    ];
    expect(prove(torn, undefined, opened(0, -200)).proof).toEqual({ kind: 'unknown' });
    expect(prove(torn, '0.00').proof).toEqual({ kind: 'ties' });
    const silent = booked('S', '2026-03-01', '-1.00');
    expect(prove([silent, ...torn], undefined, opened(100, -300)).proof.kind).toBe('unknown');
    const last = booked('L', '2026-03-03', '-1.00');
    expect(prove([...torn, last], '-1.00').proof).toEqual({ kind: 'ties' });
  });
});
