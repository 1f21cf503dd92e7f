import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { cutDrafts, draftRows } from '../../../cloud/core/draft-rows.ts';
import { cellTextMax } from '../../../cloud/ports/sheet.ts';
import type { Entry } from '../../../shared/bank.ts';
import { checking, draft, eur, facts } from './book-at-work.ts';

const nothing = { added: [], changed: [] };

function kept(change: Partial<Entry> = {}): Entry {
  return {
    id: 'e1',
    seenAs: ['ref:E1'],
    firstSeen: '2026-03-02',
    addedBy: 'r1',
    sources: ['bank'],
    status: 'booked',
    bookingDate: '2026-03-01',
    amount: eur(-450),
    counterparty: 'Cafe Rot',
    text: 'COFFEE',
    ...change,
  };
}

const draftsOf = (before: Entry, after: Entry) =>
  draftRows({ ...nothing, changed: [{ before, after }] }, checking);

describe('drafts of a merge', () => {
  test('tell what is new, what the bank tells differently, and what is gone', () => {
    const pending = kept({ id: 'e2', status: 'pending' });
    const merged = {
      added: [kept({ balanceAfter: eur(99550), original: { minor: -500, currency: 'USD' } })],
      changed: [
        { before: pending, after: { ...pending, amount: eur(-500) } },
        { before: kept({ id: 'e3' }), after: kept({ id: 'e3', undone: true }) },
      ],
    };
    const original = { minor: -500, currency: 'USD' };
    expect(draftRows(merged, checking)).toEqual([
      draft('e1', null, facts({ balanceAfter: eur(99550), original })),
      draft('e2', facts({ pending: true }), facts({ pending: true, amount: eur(-500) })),
      draft('e3', facts(), null),
    ]);
  });

  test('are none where only the evidence of an entry has changed', () => {
    const after = kept({ seenAs: ['ref:E1', 'ref:E9'], sources: ['bank', 'r2'], reference: 'E9' });
    expect(draftsOf(kept(), after)).toEqual([]);
  });

  test('are none for fields that a store has given back in another order', () => {
    const after = kept({ amount: { currency: 'EUR', minor: -450 } });
    expect(draftsOf(kept(), after)).toEqual([]);
  });

  test('take the row of an undone entry away, and add it anew once a source shows it again', () => {
    const undone = kept({ undone: true });
    expect(draftsOf(kept(), undone)).toEqual([draft('e1', facts(), null)]);
    expect(draftsOf(undone, kept({ text: 'TEA' }))).toEqual([
      draft('e1', null, facts({ text: 'TEA' })),
    ]);
  });

  test('are none for an undone entry that changes or goes: it has no row', () => {
    const undone = kept({ undone: true });
    expect(draftsOf(undone, kept({ undone: true, text: 'TEA' }))).toEqual([]);
  });

  test('hold no more of a bank’s texts than a cell takes', () => {
    const added = [kept({ counterparty: 'n'.repeat(9_000), text: 't'.repeat(300_000) })];
    const [only] = draftRows({ ...nothing, added }, checking);
    expect(only?.now?.text).toBe(`${'t'.repeat(cellTextMax - 1)}…`);
    expect(only?.now?.counterparty).toBe(`${'n'.repeat(999)}…`);
  });
});

describe('batches of drafts', () => {
  const bytesOf = (value: unknown) => Buffer.byteLength(JSON.stringify(value));

  test('hold all drafts in their order, none too many and none too large', () => {
    const text = fc
      .tuple(fc.constantFrom('x', 'ß', '銀', '🍕', '"'), fc.integer({ min: 0, max: 20_000 }))
      .map(([letter, length]) => letter.repeat(length));
    const drafts = fc
      .array(text, { maxLength: 60 })
      .map((texts) => texts.map((it, i) => draft(`e${i}`, null, facts({ text: it }))));
    fc.assert(
      fc.property(drafts, (all) => {
        const batches = cutDrafts(all);
        expect(batches.flat()).toEqual(all);
        for (const batch of batches) expect(bytesOf(batch)).toBeLessThan(402_000);
        for (const [i, batch] of batches.slice(0, -1).entries()) {
          // As few batches as hold them.
          expect(bytesOf([...batch, batches[i + 1]?.[0]])).toBeGreaterThan(399_000);
        }
      }),
    );
  });

  test('hold a thousand drafts at most', () => {
    const drafts = Array.from({ length: 2_001 }, (_, i) => draft(`e${i}`, null, facts()));
    expect(cutDrafts(drafts).map((batch) => batch.length)).toEqual([1_000, 1_000, 1]);
    expect(cutDrafts([])).toEqual([]);
  });

  test('are documents that the store takes, also where one text fills a cell by itself', () => {
    const entry = kept({ counterparty: '銀'.repeat(9_000), text: '\u0001'.repeat(90_000) });
    const [only] = draftsOf(entry, { ...entry, amount: eur(-1) });
    if (!only) throw new Error('no draft');
    const batches = cutDrafts([only, only]);
    expect(batches).toEqual([[only], [only]]);
    expect(bytesOf(only)).toBeLessThan(700_000);
  });
});
