import { describe, expect, test } from '@jest/globals';
import {
  openingAfter,
  openingWithout,
  type ProofInput,
} from '../../../cloud/core/prove-balance.ts';
import type { Entry } from '../../../shared/bank.ts';
import { parseMoney } from '../../../shared/money.ts';
import { booked, euro, laden, off, opened, prove, sumOf } from './proofs.ts';

describe('proving the balance', () => {
  test('an entry that the bank hides shows as the difference and the day of the next one', () => {
    const first = prove(laden.slice(0, 2), '185.00');
    expect(first.proof).toEqual({ kind: 'ties' });
    expect(first.opening).toEqual({ minor: 20000, from: '2026-03-01' });
    const second = prove(laden, '160.00', {
      ledger: { bookedMinor: sumOf(laden), ...first },
      previous: first.proof,
      previousDay: '2026-03-02',
    });
    const place = { firstBadDay: '2026-03-04', entryId: 'G4' };
    expect(second.proof).toEqual(off('-3.20', { ...place, tiedUntil: '2026-03-02' }));
    expect(second.opening).toEqual(first.opening);
    expect(second.bookBalance).toEqual(euro('163.20'));
  });

  test('a gap inside the very first window is found', () => {
    const place = { firstBadDay: '2026-03-04', entryId: 'G4' };
    expect(prove(laden, '160.00').proof).toEqual(off('-3.20', place));
  });

  test('a gap inside the very first day is found', () => {
    const day = [
      booked('A', '2026-03-01', '-10.00', '190.00'),
      booked('B', '2026-03-01', '-20.00', '166.80'),
    ];
    const place = { firstBadDay: '2026-03-01', entryId: 'B' };
    expect(prove(day, '166.80').proof).toEqual(off('-3.20', place));
    expect(prove(day.toReversed(), '166.80').proof).toEqual(off('-3.20', place));
    const next = booked('C', '2026-03-02', '-6.80', '160.00');
    expect(prove([...day, next], '160.00').proof).toEqual(off('-3.20', place));
  });

  test('the entry named is the one after the gap, in whatever order the day is shown', () => {
    const day = [
      booked('A', '2026-03-01', '-10.00', '190.00'),
      booked('B', '2026-03-01', '-20.00', '166.80'),
      booked('C', '2026-03-01', '-6.80', '160.00'),
    ];
    for (const entries of [day, day.toReversed()]) {
      const { proof } = prove(entries, '160.00', opened(20000, sumOf(day)));
      expect(proof).toEqual(off('-3.20', { firstBadDay: '2026-03-01', entryId: 'B' }));
    }
  });

  test('without balances after entries the first balance tells the opening, and it ties', () => {
    const { proof, opening } = prove([booked('A', '2026-03-03', '-12.00')], '238.00');
    expect(proof).toEqual({ kind: 'ties' });
    expect(opening).toEqual({ minor: 25000, from: '2026-03-01', isAssumed: true });
  });

  test('what was imported before the first fetch is in the opening that it tells', () => {
    const { proof, opening } = prove(laden.slice(0, 2), '185.00', {
      ledger: { bookedMinor: -1500 - 4000 },
    });
    expect(proof).toEqual({ kind: 'ties' });
    expect(opening).toEqual({ minor: 24000, from: '2026-03-01' });
  });

  test('an account whose bank tells no balance at all is unknown', () => {
    const entries = [booked('A', '2026-03-03', '50.00')];
    expect(prove(entries, undefined)).toEqual({ proof: { kind: 'unknown' } });
    expect(prove(entries, undefined, opened(0, 5000)).proof).toEqual({ kind: 'unknown' });
    const dollars = { balance: { booked: parseMoney('50.00', 'USD') } };
    expect(prove(entries, undefined, dollars).proof).toEqual({ kind: 'unknown' });
  });

  test('before the first complete fetch nothing tells the opening', () => {
    expect(prove(laden, '160.00', { windowFrom: undefined })).toEqual({
      proof: { kind: 'unknown' },
    });
  });

  test('without a booked balance the one after the last entry stands for it', () => {
    const place = { firstBadDay: '2026-03-04', entryId: 'G4' };
    expect(prove(laden, undefined).proof).toEqual(off('-3.20', place));
    expect(prove(laden.slice(0, 2), undefined).proof).toEqual({ kind: 'ties' });
    const day = [
      booked('A', '2026-03-05', '-1.00', '160.80'),
      booked('B', '2026-03-05', '-0.80', '156.80'),
    ];
    const gap = { firstBadDay: '2026-03-05', entryId: 'B' };
    const tied = opened(20000, sumOf([...laden.slice(0, 3), ...day]) - 320);
    const late = { ...tied, windowFrom: '2026-03-03', previous: { kind: 'ties' } } as const;
    expect(prove(day, undefined, late).proof).toEqual(off('-3.20', gap));
    const silent = [...laden.slice(0, 2), booked('S', '2026-03-06', '-1.00')];
    expect(prove(silent, undefined).proof).toEqual({ kind: 'unknown' });
  });

  test('pending entries, undone ones and those in another currency are in no sum', () => {
    const counted = booked('A', '2026-03-01', '-10.00', '190.00');
    const others = [
      booked('P', '2026-03-01', '-1.00', undefined, { status: 'pending' }),
      booked('U', '2026-03-01', '-2.00', '188.00', { undone: true }),
      booked('D', '2026-03-01', '0', undefined, { amount: parseMoney('-3.00', 'USD') }),
    ];
    const { proof, opening } = prove([counted, ...others], '190.00', {
      ledger: { bookedMinor: -1000 },
    });
    expect(proof).toEqual({ kind: 'ties' });
    expect(opening).toEqual({ minor: 20000, from: '2026-03-01' });
  });

  test('where no entry carries a balance, a difference tells until when it tied', () => {
    const entries = [booked('A', '2026-03-01', '-10.00'), booked('B', '2026-03-04', '-20.00')];
    const tied = { previous: { kind: 'ties' }, previousDay: '2026-03-02' } as const;
    const { proof } = prove(entries, '166.80', { ...opened(20000, -3000), ...tied });
    expect(proof).toEqual(off('-3.20', { tiedUntil: '2026-03-02' }));
    const still = { previous: proof, previousDay: '2026-03-07' };
    expect(prove(entries, '166.80', { ...opened(20000, -3000), ...still }).proof).toEqual(proof);
  });

  test('an entry that is missing after the last one shown points at no day', () => {
    const { proof } = prove(laden.slice(0, 2), '181.80', opened(20000, -1500));
    expect(proof).toEqual(off('-3.20'));
  });
});

describe('a difference that stays', () => {
  const found = prove(laden, '160.00').proof;
  const quiet = { entries: [], ...opened(20000, sumOf(laden)), previous: found };

  test('keeps its day on a sync without news', () => {
    expect(prove([], '160.00', quiet).proof).toEqual(found);
    expect(prove([], undefined, quiet).proof).toEqual(found);
  });

  test('names no day once it is another difference', () => {
    expect(prove([], '150.00', quiet).proof).toEqual(off('-13.20'));
  });

  test('keeps its day once that lies before the entries that are loaded', () => {
    const later = [
      booked('H1', '2026-03-20', '-10.00', '150.00'),
      booked('H2', '2026-03-21', '-10.00', '140.00'),
    ];
    const input = {
      ...opened(20000, sumOf([...laden, ...later])),
      windowFrom: '2026-03-18',
    };
    const place = { firstBadDay: '2026-03-04', entryId: 'G4' };
    expect(prove(later, '140.00', { ...input, previous: found }).proof).toEqual(
      off('-3.20', place),
    );
    expect(prove(later, '140.00', input).proof).toEqual(off('-3.20'));
    const tied: Partial<ProofInput> = { ...input, previous: { kind: 'ties' } };
    expect(prove(later, '140.00', tied).proof).toMatchObject({ firstBadDay: '2026-03-20' });
  });

  test('names no day where days without balances come first and it may be older', () => {
    const later = [
      booked('S', '2026-03-19', '-1.00'),
      booked('H1', '2026-03-20', '-10.00', '149.00'),
    ];
    const { proof } = prove(later, '149.00', {
      ...opened(20000, sumOf([...laden, ...later])),
      windowFrom: '2026-03-18',
    });
    expect(proof).toEqual(off('-3.20'));
  });

  test('names no day when the entries follow again and the last one is missing', () => {
    const later = [booked('H1', '2026-03-20', '-10.00', '153.20')];
    const { proof } = prove(later, '150.00', {
      ...opened(20000, sumOf([...laden, ...later])),
      windowFrom: '2026-03-18',
      previous: found,
    });
    expect(proof).toEqual(off('-3.20'));
  });

  test('is another one when the old gap is filled and a new one has come', () => {
    const later = [
      booked('H1', '2026-03-20', '-10.00', '150.00'),
      booked('H2', '2026-03-21', '-10.00', '136.80'),
    ];
    const { proof } = prove(later, '136.80', {
      ...opened(20000, sumOf([...laden, ...later]) - 320),
      windowFrom: '2026-03-18',
      previous: found,
    });
    expect(proof).toEqual(off('-3.20', { firstBadDay: '2026-03-21', entryId: 'H2' }));
  });
});

describe('the opening', () => {
  const opening = { minor: 20000, from: '2026-03-01' };
  const page = (before: readonly Entry[], after: readonly Entry[]) => [{ before, after }];
  const old = booked('O', '2026-01-10', '-40.00');
  const late = booked('L', '2026-03-03', '-7.00');

  test('moves back with what a historical sync adds before it', () => {
    const after = openingAfter(opening, page([], [old]), 'EUR', '2026-01-01');
    expect(after).toEqual({ minor: 24000, from: '2026-01-01' });
  });

  test('moves with what an old file adds, and back when that is undone', () => {
    const moved = openingAfter(opening, page([], [old]), 'EUR');
    expect(moved).toEqual({ minor: 24000, from: '2026-03-01' });
    const undone = page([old], [{ ...old, undone: true }]);
    expect(openingAfter(moved, undone, 'EUR')).toEqual(opening);
  });

  test('stays with what comes or goes inside the time it covers', () => {
    expect(openingAfter(opening, page([], [late]), 'EUR', '2026-03-02')).toEqual(opening);
    expect(openingAfter(opening, page([late], []), 'EUR')).toEqual(opening);
  });

  test('is not moved by pending entries, those in another currency, and changes of a text', () => {
    const pending: Entry = { ...old, status: 'pending' };
    const dollars: Entry = { ...old, amount: parseMoney('-40.00', 'USD') };
    const told: Entry = { ...old, text: 'ANDERS' };
    const pages = [...page([], [pending, dollars]), ...page([old], [told])];
    expect(openingAfter(opening, pages, 'EUR', '2026-01-01')).toEqual({
      minor: 20000,
      from: '2026-01-01',
    });
  });

  test('goes back to its day when the historical sync is undone, and with the first sync', () => {
    const moved = openingAfter(opening, page([], [old]), 'EUR', '2026-01-01');
    const undone = page([old], [{ ...old, undone: true }]);
    expect(openingWithout(moved, undone, 'EUR', '2026-03-01')).toEqual(opening);
    expect(openingWithout(opening, [], 'EUR', undefined)).toBeUndefined();
  });

  test('is not made by a change of pages alone', () => {
    expect(openingAfter(undefined, page([], [old]), 'EUR', '2026-01-01')).toBeUndefined();
  });
});
