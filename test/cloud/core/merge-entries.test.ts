import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import type { Entry, ObservedEntry } from '../../../shared/bank.ts';
import { booked, counts, createKeptEntries, march, pending, rowOf } from './kept-entries.ts';
import { entry } from './world.ts';

const nothing = { added: 0, changed: 0, removed: 0, unclear: 0 };

function undated({ bookingDate: _, ...rest }: ObservedEntry): ObservedEntry {
  return rest;
}

describe('merging what a bank shows into what is kept', () => {
  test('a new entry is kept with its run, its source, its first day and what it was seen under', () => {
    const kept = createKeptEntries();
    const { added } = kept.sync([booked('-4.50', 1, 'COFFEE', { reference: 'E1' })], {
      runId: 'r7',
    });
    expect(added).toEqual([
      {
        ...booked('-4.50', 1, 'COFFEE', { reference: 'E1' }),
        id: 'e1',
        firstSeen: '2026-03-10',
        addedBy: 'r7',
        sources: ['bank'],
        seenAs: ['ref:E1', expect.stringMatching(/^fp2:/)],
      },
    ]);
  });

  test('the same answer again changes nothing, and every entry stays the very same object', () => {
    const shown = [entry('-4.50', { reference: 'E1' }), entry('-4.50'), entry('-4.50')];
    const kept = createKeptEntries();
    const before = kept.sync(shown).entries;
    const again = kept.sync(shown);
    expect(counts(again)).toEqual(nothing);
    expect(again.entries.every((it, at) => it === before[at])).toBe(true);
  });

  test('entries are in order of day, new ones after those of their day', () => {
    const kept = createKeptEntries();
    kept.sync([booked('-3.00', 3, 'C'), booked('-1.00', 1, 'A')]);
    kept.sync([
      booked('-2.00', 1, 'B'),
      booked('-1.00', 1, 'A'),
      booked('-3.00', 3, 'C'),
      booked('-9.00', 2, 'NEW'),
    ]);
    expect(kept.entries().map(({ text }) => text)).toEqual(['A', 'B', 'NEW', 'C']);
  });

  test('what a store gives back with its fields in another order is not a change', () => {
    const shown = [entry('-4.50', { reference: 'E1', balanceAfter: entry('9').amount })];
    const stored = JSON.parse(
      JSON.stringify(createKeptEntries().sync(shown).entries, (_key, value) =>
        value && typeof value === 'object' && !Array.isArray(value)
          ? Object.fromEntries(Object.entries(value).reverse())
          : value,
      ),
    );
    expect(counts(createKeptEntries(stored).sync(shown))).toEqual(nothing);
  });

  test('a fact that is told anew is a change: the account of the other side', () => {
    const kept = createKeptEntries();
    kept.sync([entry('-4.50')]);
    const { changed } = kept.sync([
      entry('-4.50', { counterpartyAccount: 'DE02120300000000202051' }),
    ]);
    expect(changed[0]?.after.counterpartyAccount).toBe('DE02120300000000202051');
    expect(changed[0]?.before.counterpartyAccount).toBeUndefined();
  });

  test('of an entry under ever new references the newest are kept, and its fingerprint with them', () => {
    const kept = createKeptEntries();
    for (let fetch = 1; fetch <= 20; fetch++) {
      kept.sync([entry('-4.50', { reference: `R${fetch}` })]);
    }
    expect(kept.entries()).toHaveLength(1);
    const [{ seenAs }] = kept.entries() as [Entry];
    expect(seenAs).toHaveLength(12);
    expect(seenAs.slice(-2)).toEqual(['ref:R20', expect.stringMatching(/^fp2:/)]);
  });

  test('entries without any date are told apart by how many there are, and keep their first day', () => {
    const kept = createKeptEntries();
    const kiosk = undated(booked('-4.20', 1, 'KIOSK'));
    kept.sync([kiosk, kiosk], { today: march(2) });
    const hold = undated(pending('-30.00', 1, 'VORGEMERKT SCHUHMACHER'));
    const second = kept.sync([kiosk, kiosk, kiosk, hold], { today: march(4), from: march(3) });
    expect(counts(second)).toEqual({ ...nothing, added: 2 });
    const soles = undated(booked('-30.00', 1, 'SCHUHMACHER ABSAETZE'));
    const third = kept.sync([kiosk, kiosk, kiosk, soles], { today: march(6), from: march(5) });
    expect(counts(third)).toEqual({ ...nothing, changed: 1 });
    expect(third.changed[0]?.after).toMatchObject({ status: 'booked', firstSeen: march(4) });
  });

  test('a pending entry without any date goes once it is no longer shown, whenever it was first seen', () => {
    const kept = createKeptEntries();
    kept.sync([undated(pending('-1.00', 1, 'VORGEMERKT PRUEFUNG'))], { today: march(2) });
    const { removed } = kept.sync([], { today: march(20), from: march(13) });
    expect(removed).toHaveLength(1);
  });

  test('a pending entry that is no longer shown goes; a booked one and one before the window stay', () => {
    const kept = createKeptEntries();
    const hold = pending('-1.00', 9, 'HOLD');
    kept.sync([hold, booked('-2.00', 9, 'RENT'), pending('-3.00', 8, 'OLD')]);
    const { removed, entries } = kept.sync([], { from: march(9) });
    expect(removed.map(({ text }) => text)).toEqual(['HOLD']);
    const shown = entries.filter(({ undone }) => !undone);
    expect(shown.map(({ text }) => text)).toEqual(['OLD', 'RENT']);
  });

  test('one that went comes back under its id where the bank books it days later', () => {
    const kept = createKeptEntries();
    kept.sync([pending('-40.00', 1, 'TRATTORIA ROMA')]);
    expect(counts(kept.sync([]))).toEqual({ added: 0, changed: 0, removed: 1, unclear: 0 });
    expect(counts(kept.sync([]))).toEqual({ added: 0, changed: 0, removed: 0, unclear: 0 });
    kept.sync([booked('-40.00', 4, 'TRATTORIA ROMA KARTE 1234')]);
    expect([...kept.rows()]).toEqual([['e1', '-40.00 2026-03-04 TRATTORIA ROMA KARTE 1234']]);
  });

  test('and is let go a month later', () => {
    const kept = createKeptEntries();
    kept.sync([pending('-40.00', 1, 'TRATTORIA ROMA')]);
    kept.sync([]);
    expect(kept.sync([], { today: '2026-03-31' }).entries).toHaveLength(1);
    const late = booked('-40.00', 4, 'TRATTORIA ROMA', { reference: 'E1' });
    const known = createKeptEntries();
    known.sync([pending('-40.00', 1, 'TRATTORIA ROMA', { reference: 'E1' })]);
    known.sync([]);
    known.sync([late], { today: '2026-04-10' });
    expect([...known.rows().keys()]).toEqual(['e1']);
    expect(kept.sync([], { today: '2026-04-01' }).entries).toEqual([]);
  });

  test('a pending entry that was undone and is no longer shown has no row to take away', () => {
    const kept = createKeptEntries();
    kept.sync([pending('-7.00', 9, 'HOLD')], { runId: 'r1' });
    kept.undo('r1');
    expect(counts(kept.sync([]))).toEqual({ added: 0, changed: 0, removed: 0, unclear: 0 });
  });

  test('what was undone comes back under its id, as brought by the run that saw it again', () => {
    const kept = createKeptEntries();
    kept.sync([entry('-4.50'), entry('-4.50')], { runId: 'r1' });
    kept.undo('r1');
    const { added, changed, entries } = kept.sync([entry('-4.50')], { runId: 'r2' });
    expect(added).toEqual([]);
    expect(changed).toHaveLength(1);
    expect(changed[0]?.before).toMatchObject({ id: 'e1', undone: true });
    expect(changed[0]?.after).toMatchObject({ id: 'e1', addedBy: 'r2', sources: ['bank'] });
    expect(changed[0]?.after).not.toHaveProperty('undone');
    expect(entries.map(({ undone }) => undone)).toEqual([undefined, true]);
  });

  test('what is undone comes back also where its sources still name the bank', () => {
    const kept = createKeptEntries();
    kept.sync([entry('-4.50')], { runId: 'r1' });
    kept.undo('r1', ['bank']);
    expect(kept.sync([entry('-4.50')]).changed[0]?.after).not.toHaveProperty('undone');
  });

  test('of two equal ones the one that has a row comes before the one that was undone', () => {
    const kept = createKeptEntries();
    kept.sync([entry('-4.50')], { runId: 'r1' });
    kept.undo('r1');
    const [undone] = kept.entries() as [Entry];
    const { undone: _, ...live } = { ...undone, id: 'live', sources: ['bank'], addedBy: 'r0' };
    expect(counts(createKeptEntries([undone, live]).sync([entry('-4.50')]))).toEqual(nothing);
  });
});

describe('fingerprints and their versions', () => {
  // On the first day of the window nothing but the fingerprint tells the same entry.
  const firstDay = { from: march(1) };

  test.each([
    ['case', 'Cafe Rot Berlin'],
    ['blanks', 'CAFE  ROT\nBERLIN'],
    ['punctuation', 'CAFE ROT/BERLIN.'],
    ['the width of letters', 'ＣＡＦＥ ROT BERLIN'],
  ])('%s tells no other entry', (_what, text) => {
    const kept = createKeptEntries();
    kept.sync([booked('-4.50', 1, 'CAFE ROT BERLIN')], firstDay);
    const { added, changed } = kept.sync([booked('-4.50', 1, text)], firstDay);
    expect({ added, text: changed[0]?.after.text }).toEqual({ added: [], text });
  });

  test('another digit tells another entry', () => {
    const kept = createKeptEntries();
    kept.sync([booked('-4.50', 1, 'CARD 1234')], firstDay);
    expect(kept.sync([booked('-4.50', 1, 'CARD 1235')], firstDay).added).toHaveLength(1);
  });

  test('one that is booked and one that is pending keep apart, also when their texts change in case', () => {
    const kept = createKeptEntries();
    kept.sync([pending('-2.90', 1, 'FARE'), booked('-2.90', 1, 'FARE')], firstDay);
    kept.sync([booked('-2.90', 1, 'Fare'), pending('-2.90', 1, 'Fare')], firstDay);
    expect(kept.entries().map(({ id, status }) => [id, status])).toEqual([
      ['e1', 'pending'],
      ['e2', 'booked'],
    ]);
  });

  test('what was kept under version 1 is found by it, and carries version 2 from then on', () => {
    const shown = entry('-4.50', { valueDate: march(1), text: 'COFFEE  to go' });
    const facts = ['2026-03-01', '2026-03-01', '-450 EUR', 'cafe rot', 'coffee to go'];
    const hash = createHash('sha256').update(JSON.stringify(facts)).digest('base64url');
    const print = `fp1:${hash.slice(0, 22)}`;
    // As a version wrote it that knew neither sources nor runs, and told the text otherwise since.
    const old = { ...shown, text: '?', id: 'old', seenAs: [print], firstSeen: march(1) };
    const kept = createKeptEntries([old as unknown as Entry]);
    const { added, changed } = kept.sync([shown], firstDay);
    expect(added).toEqual([]);
    expect(changed[0]?.after).toEqual({
      ...shown,
      id: 'old',
      firstSeen: march(1),
      addedBy: '',
      sources: ['bank'],
      seenAs: [print, expect.stringMatching(/^fp2:/)],
    });
    expect(counts(kept.sync([shown]))).toEqual(nothing);
  });

  test('an entry is found under what it was told as before, but what it is told as now comes first', () => {
    const kept = createKeptEntries();
    kept.sync([booked('-4.50', 2, 'CARD')]);
    kept.sync([booked('-4.50', 2, 'CAFE ROT')]);
    expect(kept.entries()).toHaveLength(1);
    const both = kept.sync([booked('-4.50', 2, 'CARD'), booked('-4.50', 2, 'CAFE ROT')]);
    expect(both.added.map(rowOf)).toEqual(['-4.50 2026-03-02 CARD']);
    const again = createKeptEntries(kept.entries().filter(({ id }) => id === 'e1'));
    const card = again.sync([booked('-4.50', 2, 'CARD')], { from: march(2) });
    expect(counts(card)).toMatchObject({ added: 0 });
  });
});
