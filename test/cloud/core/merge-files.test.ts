import { describe, expect, test } from '@jest/globals';
import { booked, counts, createKeptEntries, idsOf, march, pending, rowOf } from './kept-entries.ts';

const nothing = { added: 0, changed: 0, removed: 0, unclear: 0 };
const kino = booked('-12.00', 2, 'KINO ASTORIA SAAL 2');
const books = booked('-12.00', 2, 'BUCHHANDLUNG AM TOR');

describe('a file beside what the bank shows', () => {
  test('adds what is new in it, and removes nothing', () => {
    const kept = createKeptEntries();
    kept.sync([kino, pending('-7.00', 3, 'HOLD')]);
    const { added, removed } = kept.importFile([booked('-149.00', 1, 'OPTIKER')], { runId: 'f1' });
    expect(removed).toEqual([]);
    expect(added).toMatchObject([{ text: 'OPTIKER', addedBy: 'f1', sources: ['f1'] }]);
    expect(kept.entries()).toHaveLength(3);
  });

  test('pending entries of a file are left out', () => {
    expect(counts(createKeptEntries().importFile([pending('-7.00', 3, 'HOLD')]))).toEqual(nothing);
  });

  test('the same file again changes nothing but that it was seen, and then nothing at all', () => {
    const kept = createKeptEntries();
    kept.importFile([kino, kino], { runId: 'f1' });
    expect(counts(kept.importFile([kino, kino], { runId: 'f2' }))).toEqual({
      ...nothing,
      changed: 2,
    });
    expect(kept.entries().map(({ sources }) => sources)).toEqual([
      ['f1', 'f2'],
      ['f1', 'f2'],
    ]);
    expect(counts(kept.importFile([kino, kino], { runId: 'f2' }))).toEqual(nothing);
  });

  test('a file worded otherwise tells the same entries, like words first, and the facts stay the bank’s', () => {
    const kept = createKeptEntries();
    kept.sync([kino, books, booked('1900.00', 3, 'GEHALT', { reference: 'E3' })]);
    const { added, changed } = kept.importFile(
      [
        booked('-12.00', 2, 'BUCHHDLG AM TOR', { reference: 'OFX-3' }),
        booked('-12.00', 2, 'ASTORIA FILMTHEATER', { reference: 'OFX-2' }),
        booked('1900.00', 3, 'LOHN 02', { reference: 'OFX-4' }),
      ],
      { runId: 'f1' },
    );
    expect(added).toEqual([]);
    expect(changed.map(({ after }) => [after.text, after.seenAs.includes('ref:OFX-2')])).toEqual([
      ['KINO ASTORIA SAAL 2', true],
      ['BUCHHANDLUNG AM TOR', false],
      ['GEHALT', false],
    ]);
    expect(kept.entries().map(({ sources }) => sources)).toEqual(Array(3).fill(['bank', 'f1']));
    expect(kept.entries()[2]?.reference).toBe('E3');
  });

  test('as many as there are of one amount and day are the same in any words, and one more is new', () => {
    const kept = createKeptEntries();
    kept.sync([booked('-2.80', 2, 'CAFE'), booked('-2.80', 2, 'CAFE')]);
    const line = booked('-2.80', 2, 'EINKAUF 4711');
    expect(kept.importFile([line, line]).added).toEqual([]);
    expect(kept.importFile([line, line, line]).added).toHaveLength(1);
  });

  test('but not where both are another one in like words, as in a file that dates all a day earlier', () => {
    const kept = createKeptEntries();
    kept.sync([booked('-20.00', 3, 'GELDAUTOMAT'), booked('-20.00', 4, 'PIZZA')]);
    const lines = [booked('-20.00', 2, 'GELDAUTOMAT 7'), booked('-20.00', 3, 'PIZZA BLITZ')];
    const { added, changed } = kept.importFile(lines);
    expect({ added, changed: changed.length }).toEqual({ added: [], changed: 2 });
  });

  test('the day of a file may lie up to three days off, in like words, or be the value date', () => {
    const kept = createKeptEntries();
    kept.sync([
      booked('-47.11', 13, 'BUCHHANDLUNG', { valueDate: march(13) }),
      booked('-31.00', 13, 'TANKSTELLE', { valueDate: march(12) }),
      booked('-18.00', 13, 'KIOSK'),
      booked('-19.00', 14, 'PIZZA'),
    ]);
    const { added } = kept.importFile([
      booked('-47.11', 10, 'BUCHHANDLUNG AM TOR'),
      booked('-31.00', 12, 'EINKAUF 4711'),
      booked('-18.00', 12, 'EINKAUF 4711'),
      booked('-19.00', 10, 'PIZZA BLITZ'),
    ]);
    expect(added.map(rowOf)).toEqual([
      '-18.00 2026-03-12 EINKAUF 4711',
      '-19.00 2026-03-10 PIZZA BLITZ',
    ]);
  });

  test('a daily coffee that the bank does not have yet is not the one of the day before the file', () => {
    const kept = createKeptEntries();
    kept.sync([booked('-2.80', 2, 'CAFE ROT'), booked('-2.80', 3, 'CAFE ROT')]);
    const { added } = kept.importFile([
      booked('-2.80', 3, 'CAFE ROT GMBH'),
      booked('-2.80', 4, 'CAFE ROT GMBH'),
    ]);
    expect(added.map(rowOf)).toEqual(['-2.80 2026-03-04 CAFE ROT GMBH']);
  });

  test('an equal value date tells less than an equal day, in whatever words', () => {
    const kept = createKeptEntries();
    const valueDate = march(1);
    kept.sync([booked('-2.80', 2, 'CAFE ROT', { valueDate })]);
    const { added } = kept.importFile([
      booked('-2.80', 3, 'CAFE ROT DE', { valueDate }),
      booked('-2.80', 2, 'EINKAUF 4711', { valueDate }),
    ]);
    expect(added.map(rowOf)).toEqual(['-2.80 2026-03-03 CAFE ROT DE']);
    const alone = createKeptEntries();
    alone.sync([booked('-2.80', 3, 'CAFE ROT', { valueDate })]);
    expect(alone.importFile([booked('-2.80', 2, 'KINO', { valueDate })]).added).toHaveLength(1);
    const other = createKeptEntries();
    other.sync([booked('-2.80', 2, 'CAFE ROT', { valueDate })]);
    const lines = [
      booked('-1.00', 1, 'KIOSK'),
      booked('-2.80', 5, 'EINKAUF 4711', { valueDate }),
      booked('-2.80', 3, 'CAFE ROT DE', { valueDate }),
    ];
    expect(other.importFile(lines).added.map(({ text }) => text)).toEqual([
      'KIOSK',
      'EINKAUF 4711',
    ]);
  });

  test('a missing value date or balance is filled in, and nothing else', () => {
    const kept = createKeptEntries();
    kept.sync([booked('-12.00', 2, 'KINO', { reference: 'E1' })]);
    const balanceAfter = { minor: 9_000, currency: 'EUR' };
    kept.importFile([
      booked('-12.00', 2, 'KINO', { valueDate: march(3), balanceAfter, counterparty: 'Astoria' }),
    ]);
    expect(kept.entries()).toMatchObject([
      { reference: 'E1', counterparty: '', valueDate: march(3), balanceAfter },
    ]);
    expect(counts(kept.sync([booked('-12.00', 2, 'KINO', { reference: 'E1' })]))).toEqual(nothing);
  });

  test('a file’s id of an entry tells across days and words, but not another amount', () => {
    const kept = createKeptEntries();
    kept.importFile([booked('-12.00', 2, 'KINO', { reference: 'FIT-1' })]);
    expect(
      kept.importFile([booked('-12.00', 7, 'FILMPALAST', { reference: 'FIT-1' })]).added,
    ).toEqual([]);
    for (const other of [
      booked('-12.00', 13, 'FILMPALAST', { reference: 'FIT-1' }),
      booked('-13.00', 2, 'KINO', { reference: 'FIT-1' }),
    ]) {
      expect(kept.importFile([other]).added).toHaveLength(1);
    }
    const { added } = kept.importFile([
      booked('-12.00', 6, 'BAR', { reference: 'FIT-2' }),
      booked('-12.00', 5, 'GRILL', { reference: 'FIT-1' }),
    ]);
    expect(added.map(({ text }) => text)).toEqual(['BAR']);
  });

  test('of two that are as near the later one is the same, and of one day the likest', () => {
    const kept = createKeptEntries();
    kept.sync([
      booked('-19.00', 12, 'PIZZA'),
      booked('-19.00', 14, 'PIZZA'),
      booked('-2.80', 13, 'CAFE BLAU'),
      booked('-2.80', 13, 'CAFE ROT'),
    ]);
    const runId = 'f1';
    const first = booked('-1.00', 11, 'KIOSK');
    const lines = [first, booked('-19.00', 13, 'PIZZA BLITZ'), booked('-2.80', 12, 'ROT CAFE 4')];
    expect(kept.importFile(lines, { runId }).added).toHaveLength(1);
    const told = kept.entries().filter(({ sources }) => sources.join() === 'bank,f1');
    expect(told.map(rowOf)).toEqual(['-2.80 2026-03-13 CAFE ROT', '-19.00 2026-03-14 PIZZA']);
  });

  test('settles in like words what is pending before an equal value date tells', () => {
    const kept = createKeptEntries();
    kept.sync([
      booked('-10.00', 3, 'CAFE ROT', { valueDate: march(2) }),
      pending('-10.00', 1, 'VORGEMERKT KINO ASTORIA'),
    ]);
    kept.importFile([booked('-10.00', 2, 'KINO ASTORIA')]);
    expect(idsOf(kept.entries(), 'CAFE ROT', 'KINO ASTORIA')).toEqual(['e1', 'e2']);
  });

  test('settles what the bank shows as pending, which stays booked while the bank lags behind', () => {
    const kept = createKeptEntries();
    const hold = pending('-40.00', 1, 'VORGEMERKT TRATTORIA ROMA');
    const tip = pending('-30.00', 1, 'VORGEMERKT CAFE ROT');
    kept.sync([hold, tip]);
    const { added } = kept.importFile([
      booked('-40.00', 3, 'TRATTORIA ROMA'),
      booked('-33.00', 3, 'CAFE ROT'),
    ]);
    expect(added).toEqual([]);
    expect(counts(kept.sync([hold, tip]))).toEqual(nothing);
    const { changed } = kept.sync([
      booked('-40.00', 3, 'ROMA MUENCHEN'),
      booked('-33.00', 3, 'CAFE ROT BERLIN'),
    ]);
    expect(changed.map(({ after }) => [after.id, rowOf(after)])).toEqual([
      ['e1', '-40.00 2026-03-03 ROMA MUENCHEN'],
      ['e2', '-33.00 2026-03-03 CAFE ROT BERLIN'],
    ]);
  });
});
