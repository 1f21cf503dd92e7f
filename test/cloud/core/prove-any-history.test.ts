import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { proveBalance } from '../../../cloud/core/prove-balance.ts';
import type { Entry, Proof } from '../../../shared/bank.ts';
import { addDays } from '../../../shared/calendar-date.ts';
import { booked, sumOf } from './proofs.ts';

/** Entries of some days with true balances, mixed within each day. */
interface History {
  readonly start: number;
  readonly end: number;
  readonly entries: readonly Entry[];
  /** The order in which the bank booked them. */
  readonly inOrder: readonly Entry[];
}

function historyOf(
  start: number,
  lines: readonly { day: number; minor: number; place: number; hasBalance: boolean }[],
): History {
  let at = start;
  const inOrder = lines
    .toSorted((a, b) => a.day - b.day)
    .map(({ day, minor, place, hasBalance }, number) => {
      at += minor;
      const shown = booked(`e${number}`, addDays('2026-03-01', day), '0');
      const balanceAfter = { minor: at, currency: 'EUR' };
      const entry = { ...shown, amount: { minor, currency: 'EUR' } };
      return { place, entry: hasBalance ? { ...entry, balanceAfter } : entry };
    });
  const mixed = inOrder.toSorted(
    (a, b) =>
      (a.entry.bookingDate ?? '').localeCompare(b.entry.bookingDate ?? '') || a.place - b.place,
  );
  return {
    start,
    end: at,
    entries: mixed.map(({ entry }) => entry),
    inOrder: inOrder.map(({ entry }) => entry),
  };
}

const line = (minor: fc.Arbitrary<number>, hasBalance: fc.Arbitrary<boolean>) =>
  fc.record({ day: fc.nat(4), minor, place: fc.nat(9), hasBalance });

const histories = (lines: fc.Arbitrary<Parameters<typeof historyOf>[1]>) =>
  fc.tuple(fc.integer({ min: -20, max: 20 }), lines).map(([start, some]) => historyOf(start, some));

/** Small amounts among others: balances meet again, days come back to where they began. */
const history = (hasBalance: fc.Arbitrary<boolean>) => {
  const minor = fc.oneof(fc.integer({ min: -3, max: 3 }), fc.integer({ min: -500, max: 500 }));
  return histories(fc.array(line(minor, hasBalance), { minLength: 1, maxLength: 14 }));
};

/** No balance is ever met again, so that there is one way alone to read a day. */
const plainHistory = histories(
  fc
    .array(line(fc.constantFrom(1, -1), fc.constant(true)), { minLength: 1, maxLength: 14 })
    .map((lines) => lines.map((it, at) => ({ ...it, minor: it.minor * 2 ** at }))),
);

const always = fc.constant(true);
const sometimes = fc.boolean();
const runs = { numRuns: 1000 };

/** The same history without one entry that had an amount. */
const withHidden = (histories: fc.Arbitrary<History>) =>
  fc
    .tuple(histories, fc.nat(99))
    .filter(([{ inOrder }]) => inOrder.some(({ amount }) => amount.minor !== 0))
    .map(([whole, choice]) => {
      const some = whole.inOrder.filter(({ amount }) => amount.minor !== 0);
      const hidden = some[choice % some.length] as Entry;
      const next = whole.inOrder[whole.inOrder.indexOf(hidden) + 1];
      return { whole, hidden, next, shown: whole.entries.filter((entry) => entry !== hidden) };
    });

const proveAll = (
  entries: readonly Entry[],
  end: number | undefined,
  start?: number,
  windowFrom = '2026-03-01',
) =>
  proveBalance({
    ledger: {
      bookedMinor: sumOf(entries),
      ...(start !== undefined && { opening: { minor: start, from: '2026-03-01' } }),
    },
    currency: 'EUR',
    entries,
    windowFrom,
    ...(end !== undefined && { balance: { booked: { minor: end, currency: 'EUR' } } }),
  }).proof;

const offMinor = (proof: Proof) => (proof.kind === 'off' ? proof.offBy.minor : 0);
const badDay = (proof: Proof) => (proof.kind === 'off' ? proof.firstBadDay : undefined);

describe('for any history', () => {
  test('what the bank shows whole ties, first seen or known, in any order within the day', () => {
    fc.assert(
      fc.property(history(sometimes), ({ entries, start, end }) => {
        expect(proveAll(entries, end)).toEqual({ kind: 'ties' });
        expect(proveAll(entries, end, start)).toEqual({ kind: 'ties' });
        expect(['ties', 'unknown']).toContain(proveAll(entries, undefined).kind);
        expect(['ties', 'unknown']).toContain(proveAll(entries, undefined, start).kind);
      }),
      runs,
    );
  });

  test('true balances never point at a day, whatever balance the bank tells in the end', () => {
    fc.assert(
      fc.property(history(sometimes), fc.integer(), ({ entries, start, end }, error) => {
        expect(badDay(proveAll(entries, end + error, start))).toBeUndefined();
      }),
      runs,
    );
  });

  test('any hidden entry is the difference, found on its day or that of the next one shown', () => {
    fc.assert(
      fc.property(withHidden(plainHistory), ({ whole: { start, end }, hidden, next, shown }) => {
        const proof = proveAll(shown, end, start);
        expect(offMinor(proof)).toBe(hidden.amount.minor);
        const day = badDay(proof);
        if (!next) return expect(day).toBeUndefined();
        expect(day).toBeDefined();
        expect([hidden.bookingDate, next.bookingDate]).toContain(day);
        const bad = shown.find(({ id }) => proof.kind === 'off' && proof.entryId === id);
        expect(bad?.bookingDate).toBe(day);
      }),
      runs,
    );
  });

  test('no day before that of a hidden entry is blamed, whatever balances are missing', () => {
    fc.assert(
      fc.property(withHidden(history(sometimes)), ({ whole: { start, end }, hidden, shown }) => {
        const proof = proveAll(shown, end, start);
        expect(offMinor(proof)).toBe(hidden.amount.minor);
        const day = badDay(proof);
        if (day) expect(day >= (hidden.bookingDate ?? '')).toBe(true);
      }),
      runs,
    );
  });

  test('in the first window a hidden entry is told by its exact amount or not at all', () => {
    let told = 0;
    fc.assert(
      fc.property(withHidden(history(sometimes)), ({ whole: { end }, hidden, shown }) => {
        for (const minor of [proveAll(shown, end), proveAll(shown, undefined)].map(offMinor)) {
          expect([0, hidden.amount.minor]).toContain(minor);
          if (minor !== 0) told++;
        }
      }),
      runs,
    );
    expect(told).toBeGreaterThan(200);
  });

  test('in the first window an entry hidden after a first day of one entry is always told', () => {
    fc.assert(
      fc.property(withHidden(history(always)), ({ whole: { start, end }, hidden, shown }) => {
        const balanceAfter = { minor: start, currency: 'EUR' };
        const entries = [{ ...booked('f', '2026-02-28', '0.07'), balanceAfter }, ...shown];
        const proof = proveAll(entries, end, undefined, '2026-02-28');
        expect(offMinor(proof)).toBe(hidden.amount.minor);
      }),
      runs,
    );
  });
});
