import { describe, expect, test } from '@jest/globals';
import { booked, counts, createKeptEntries, idsOf, march, pending, rowOf } from './kept-entries.ts';

const nothing = { added: 0, changed: 0, removed: 0, unclear: 0 };
const kino = booked('-12.00', 2, 'KINO ASTORIA SAAL 2');
const books = booked('-12.00', 2, 'BUCHHANDLUNG AM TOR');

describe('the bank beside what stood in a file', () => {
  test('the first file’s facts stay until the bank tells its own', () => {
    const kept = createKeptEntries();
    kept.importFile([booked('-12.00', 2, 'ASTORIA FILMTHEATER')], { runId: 'f1' });
    kept.importFile([booked('-12.00', 2, 'KINO A')], { runId: 'f2' });
    expect(kept.rows().get('e1')).toBe('-12.00 2026-03-02 ASTORIA FILMTHEATER');
    const { added } = kept.sync([kino], { runId: 's1' });
    expect(added).toEqual([]);
    expect(kept.entries()).toMatchObject([
      { id: 'e1', text: kino.text, addedBy: 'f1', sources: ['f1', 'f2', 'bank'] },
    ]);
  });

  test('like words keep two of one amount and day apart', () => {
    const kept = createKeptEntries();
    kept.importFile([
      booked('-2.80', 2, 'CAFE ROT FILIALE 2'),
      booked('-2.80', 2, 'CAFE BLAU FILIALE 1'),
    ]);
    kept.sync([booked('-2.80', 2, 'CAFE'), booked('-2.80', 2, 'CAFE ROT')]);
    expect(idsOf(kept.entries(), 'CAFE ROT', 'CAFE')).toEqual(['e1', 'e2']);
  });

  test('it may book three days later than the file, but not what lies before the window', () => {
    const kept = createKeptEntries();
    kept.importFile([booked('-2.80', 2, 'CAFE ROT'), booked('-2.80', 5, 'CAFE ROT')]);
    const { added } = kept.sync(
      [booked('-2.80', 6, 'CAFE ROT BERLIN'), booked('-2.80', 8, 'CAFE ROT BERLIN')],
      { from: march(4) },
    );
    expect(added.map(rowOf)).toEqual(['-2.80 2026-03-08 CAFE ROT BERLIN']);
    expect(kept.rows().get('e1')).toBe('-2.80 2026-03-02 CAFE ROT');
  });

  test('of two that are as near it is the earlier one, and four days off it is none', () => {
    const kept = createKeptEntries();
    kept.importFile([
      booked('-19.00', 12, 'PIZZA'),
      booked('-19.00', 14, 'PIZZA'),
      booked('-7.00', 12, 'KIOSK'),
    ]);
    const { added } = kept.sync([
      booked('-19.00', 13, 'PIZZA BLITZ'),
      booked('-7.00', 16, 'KIOSK'),
    ]);
    expect(added.map(({ text }) => text)).toEqual(['KIOSK']);
    expect(kept.rows().get('e1')).toBe('-19.00 2026-03-13 PIZZA BLITZ');
  });

  test('before the window only the value date of what the bank has not shown tells, in like words', () => {
    const kept = createKeptEntries();
    kept.importFile([
      booked('-2.80', 2, 'CAFE ROT'),
      booked('-9.90', 2, 'KIOSK'),
      booked('-5.00', 2, 'POST'),
    ]);
    kept.sync([booked('-5.00', 2, 'POST')], { from: march(1) });
    const valueDate = march(2);
    const { added } = kept.sync(
      [
        booked('-2.80', 4, 'CAFE ROT BERLIN', { valueDate }),
        booked('-9.90', 4, 'EINKAUF', { valueDate }),
        booked('-5.00', 4, 'POST BERLIN', { valueDate }),
      ],
      { from: march(4) },
    );
    expect(added.map(({ text }) => text)).toEqual(['EINKAUF', 'POST BERLIN']);
  });

  test('what it still shows as pending stays booked as the file said', () => {
    const kept = createKeptEntries();
    kept.importFile([booked('-40.00', 3, 'TRATTORIA ROMA')]);
    const hold = pending('-40.00', 1, 'VORGEMERKT TRATTORIA ROMA');
    const { added, changed } = kept.sync([hold], { from: march(1) });
    expect(added).toEqual([]);
    expect(changed.map(({ after }) => [rowOf(after), after.sources.length])).toEqual([
      ['-40.00 2026-03-03 TRATTORIA ROMA', 2],
    ]);
    expect(counts(kept.sync([hold], { from: march(1) }))).toEqual(nothing);
  });

  test('a pending entry of days after the file’s, or of other words, is another one', () => {
    const kept = createKeptEntries();
    kept.importFile([booked('-40.00', 3, 'TRATTORIA ROMA')]);
    const { added } = kept.sync([
      booked('-1.00', 3, 'ELSE'),
      pending('-40.00', 5, 'TRATTORIA ROMA'),
      pending('-40.00', 3, 'KINO'),
    ]);
    expect(added).toHaveLength(3);
  });

  test('a pending entry is another one where the bank itself has shown the booked one, or no file has', () => {
    const hold = pending('-2.80', 4, 'VORGEMERKT CAFE ROT');
    const told = createKeptEntries();
    told.importFile([booked('-2.80', 3, 'CAFE ROT')]);
    told.sync([booked('-2.80', 3, 'CAFE ROT')]);
    expect(told.sync([hold], { from: march(4) }).added).toHaveLength(1);
    const shown = createKeptEntries();
    shown.sync([booked('-2.80', 4, 'CAFE ROT')]);
    expect(shown.sync([hold], { from: march(4) }).added).toHaveLength(1);
  });

  test('an import that was undone comes back under its ids, with what the bank or the file shows', () => {
    const kept = createKeptEntries();
    kept.importFile([kino, books], { runId: 'f1' });
    kept.undo('f1');
    kept.sync([booked('-12.00', 2, 'FILMPALAST'), booked('-12.00', 2, 'AM TOR')]);
    expect(idsOf(kept.entries(), 'FILMPALAST', 'AM TOR')).toEqual(['e1', 'e2']);
    kept.importFile([kino, books], { runId: 'f2' });
    expect(kept.entries().map(({ undone }) => undone)).toEqual([undefined, undefined]);
    expect(kept.entries()).toHaveLength(2);
  });
});
