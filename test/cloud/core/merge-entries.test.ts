import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { mergeEntries } from '../../../cloud/core/merge-entries.ts';
import type { Entry, ObservedEntry } from '../../../shared/bank.ts';
import { entry } from './world.ts';

let number = 0;
const merge = (kept: readonly Entry[], observed: readonly ObservedEntry[], from = '2026-01-01') =>
  mergeEntries({ kept, observed, from, today: '2026-03-02', nextId: () => `e${++number}` });
const keep = (...observed: readonly ObservedEntry[]) => merge([], observed).entries;

describe('merging what a bank shows into what is kept', () => {
  test('the same answer again changes nothing', () => {
    const shown = [entry('-4.50', { reference: 'E1' }), entry('-4.50'), entry('-4.50')];
    const kept = keep(...shown);
    const again = merge(kept, shown);
    expect(again).toMatchObject({ added: [], changed: [], removed: [] });
    expect(again.entries.map(({ id }) => id).sort()).toEqual(kept.map(({ id }) => id).sort());
  });

  test('two equal coffees on one day are two entries, and a third is one more', () => {
    const kept = keep(entry('-4.50'), entry('-4.50'));
    expect(kept).toHaveLength(2);
    expect(merge(kept, [entry('-4.50'), entry('-4.50'), entry('-4.50')]).added).toHaveLength(1);
  });

  test('references that change at every fetch double nothing', () => {
    const kept = keep(entry('-4.50', { reference: 'R1' }), entry('-9.00', { reference: 'R2' }));
    const again = merge(kept, [
      entry('-4.50', { reference: 'R7' }),
      entry('-9.00', { reference: 'R8' }),
    ]);
    expect(again.added).toEqual([]);
    expect(again.removed).toEqual([]);
  });

  test('a reference used again for another amount and counterparty is another entry', () => {
    const kept = keep(entry('-4.50', { reference: 'R1' }));
    const other = entry('-80.00', { reference: 'R1', counterparty: 'Stadtwerke', text: 'POWER' });
    expect(merge(kept, [other]).added).toHaveLength(1);
  });

  test('a pending entry settles under a new reference and text by its amount and a word they share', () => {
    const pending = entry('-40.00', {
      status: 'pending',
      reference: 'P-1',
      counterparty: '',
      text: 'CARD PENDING TRATTORIA ROMA',
    });
    const kept = keep(pending);
    const booked = entry('-40.00', {
      reference: 'B-1',
      bookingDate: '2026-03-03',
      counterparty: '',
      text: 'TRATTORIA ROMA MUENCHEN',
    });
    const { added, changed, removed } = merge(kept, [booked]);
    expect({ added, removed }).toEqual({ added: [], removed: [] });
    expect(changed[0]?.after).toMatchObject({
      id: kept[0]?.id,
      status: 'booked',
      text: booked.text,
    });
  });

  test('where two pending entries could be it, none is taken', () => {
    const kept = keep(
      entry('-40.00', { status: 'pending', text: 'ROMA ONE', counterparty: '' }),
      entry('-40.00', { status: 'pending', text: 'ROMA TWO', counterparty: '' }),
    );
    const booked = entry('-40.00', { text: 'ROMA', counterparty: '' });
    expect(merge(kept, [booked, ...kept]).added).toHaveLength(1);
  });

  test('a pending entry that is no longer shown goes, a booked one stays, and none before the window', () => {
    const kept = keep(
      entry('-1.00', { status: 'pending', text: 'HOLD' }),
      entry('-2.00', { text: 'RENT' }),
      entry('-3.00', { status: 'pending', text: 'OLD', bookingDate: '2026-02-01' }),
    );
    const { removed, entries } = merge(kept, [], '2026-02-20');
    expect(removed.map(({ text }) => text)).toEqual(['HOLD']);
    expect(entries.map(({ text }) => text)).toEqual(['OLD', 'RENT']);
  });

  test('what a store gives back with its fields in another order is not a change', () => {
    const shown = [entry('-4.50', { reference: 'E1', balanceAfter: entry('9').amount })];
    const stored = JSON.parse(
      JSON.stringify(keep(...shown), (_key, value) =>
        value && typeof value === 'object' && !Array.isArray(value)
          ? Object.fromEntries(Object.entries(value).reverse())
          : value,
      ),
    );
    expect(merge(stored, shown).changed).toEqual([]);
  });

  test('any booked history, shown in any overlapping parts and orders, ends as if shown once', () => {
    const line = fc.record({
      amount: fc.constantFrom('-4.50', '-9.00', '12.00'),
      day: fc.integer({ min: 1, max: 6 }),
      text: fc.constantFrom('COFFEE', 'RENT'),
    });
    fc.assert(
      fc.property(fc.array(line, { maxLength: 14 }), fc.array(fc.nat(6)), (lines, cuts) => {
        const history = lines
          .map(({ amount, day, text }) => entry(amount, { text, bookingDate: `2026-03-0${day}` }))
          .sort((a, b) => ((a.bookingDate ?? '') < (b.bookingDate ?? '') ? -1 : 1));
        let kept: readonly Entry[] = [];
        // Each fetch shows all of some last days; the last one shows everything.
        for (const cut of [...cuts, 0]) {
          const from = `2026-03-0${cut}`;
          const shown = history.filter((it) => (it.bookingDate ?? '') >= from);
          kept = merge(kept, shown, from).entries;
        }
        const facts = ({ amount, bookingDate, text }: ObservedEntry) =>
          `${bookingDate} ${amount.minor} ${text}`;
        expect(kept.map(facts).sort()).toEqual(history.map(facts).sort());
      }),
    );
  });
});
