import { describe, expect, test } from '@jest/globals';
import { booked, counts, createKeptEntries, idsOf, march, pending, rowOf } from './kept-entries.ts';

const nothing = { added: 0, changed: 0, removed: 0, unclear: 0 };
const settled = (count: number) => ({ ...nothing, changed: count });
const from = (counterparty: string) => ({ counterparty });

/** Merges what is pending, then what is shown afterwards. */
function settle(
  before: Parameters<ReturnType<typeof createKeptEntries>['sync']>[0],
  after: typeof before,
  window = march(1),
) {
  const kept = createKeptEntries();
  kept.sync(before);
  return { kept, result: kept.sync(after, { from: window }) };
}

describe('a pending entry that is booked under no reference that is known, by an equal amount', () => {
  test('settles in the same words or in like ones', () => {
    const { kept, result } = settle(
      [pending('-40.00', 1, 'CARD PENDING TRATTORIA RÖMER'), pending('-12.00', 1, 'SPOTIFY AB')],
      [booked('-40.00', 3, 'TRATTORIA ROEMER MUENCHEN'), booked('-12.00', 2, 'SPOTIFY AB')],
    );
    expect(counts(result)).toEqual(settled(2));
    expect(idsOf(kept.entries(), 'TRATTORIA ROEMER MUENCHEN', 'SPOTIFY AB')).toEqual(['e1', 'e2']);
  });

  test('settles with the likest of several, whatever their order', () => {
    const { kept, result } = settle(
      [pending('-20.00', 1, 'REWE MARKT KOELN'), pending('-20.00', 1, 'REWE SAGT DANKE KOELN')],
      [booked('-20.00', 2, 'REWE SAGT DANKE'), booked('-20.00', 2, 'REWE MARKT')],
    );
    expect(counts(result)).toEqual(settled(2));
    expect(idsOf(kept.entries(), 'REWE MARKT', 'REWE SAGT DANKE')).toEqual(['e1', 'e2']);
  });

  test('where two that can be told apart fit equally, nothing is guessed, and it is said', () => {
    const { result } = settle(
      [pending('-40.00', 1, 'ROMA ONE'), pending('-40.00', 1, 'ROMA TWO')],
      [booked('-40.00', 2, 'ROMA')],
    );
    expect(counts(result)).toEqual({ added: 1, changed: 0, removed: 2, unclear: 1 });
  });

  test('where two booked ones fit equally, nothing is guessed either', () => {
    const { result } = settle(
      [pending('-40.00', 1, 'ROMA')],
      [booked('-40.00', 2, 'ROMA ONE'), booked('-40.00', 2, 'ROMA TWO')],
    );
    expect(counts(result)).toEqual({ added: 2, changed: 0, removed: 1, unclear: 2 });
  });

  test('of identical twins the first is taken, and of equal words the one of the value date or the oldest', () => {
    const blitz = (day: number) => pending('-12.90', day, 'VORGEMERKT PIZZA BLITZ');
    const twins = settle([blitz(1), blitz(1)], [booked('-12.90', 2, 'PIZZA BLITZ'), blitz(1)]);
    expect(counts(twins.result)).toEqual(settled(1));
    const days = settle(
      [blitz(1), blitz(2), blitz(3)],
      [
        booked('-12.90', 5, 'PIZZA BLITZ', { valueDate: march(2) }),
        booked('-12.90', 5, 'PIZZA BLITZ'),
        blitz(3),
      ],
    );
    expect(days.result.added).toEqual([]);
    const valueDates = new Map(days.kept.entries().map((it) => [it.id, it.valueDate]));
    expect(valueDates.get('e2')).toBe(march(2));
    expect(days.kept.rows().get('e1')).toBe('-12.90 2026-03-05 PIZZA BLITZ');
  });

  test('as many as there are of equal pending ones settle with booked ones in different words', () => {
    const { result } = settle(
      [pending('-12.90', 1, 'PIZZA BLITZ'), pending('-12.90', 1, 'PIZZA BLITZ')],
      [booked('-12.90', 2, 'PIZZA BLITZ BERLIN'), booked('-12.90', 2, 'PIZZA BLITZ HAMBURG')],
    );
    expect(counts(result)).toEqual(settled(2));
  });

  test.each([
    [
      'words of payments',
      'KARTENZAHLUNG VISA DEBIT KINO GMBH',
      'KARTENZAHLUNG VISA DEBIT BAD GMBH',
    ],
    ['short words', 'AM EC KINO', 'AM EC BAD'],
  ])('%s tell nothing', (_what, one, other) => {
    const { kept } = settle(
      [pending('-40.00', 1, one), pending('-40.00', 1, 'LADEN')],
      [booked('-40.00', 2, other)],
    );
    expect(kept.entries().map(rowOf)).toEqual([`-40.00 2026-03-02 ${other}`]);
    expect(kept.entries()[0]?.id).toBe('e3');
  });

  test('words that most entries of the window share tell nothing', () => {
    const others = ['REWE', 'EDEKA', 'POST', 'BAHN', 'AMT'].map((name) =>
      booked('-1.00', 1, `${name} ERIKA MUSTER`),
    );
    const holds = [pending('-40.00', 1, 'KINO ERIKA MUSTER'), pending('-40.00', 1, 'LADEN')];
    const alone = settle(holds, [booked('-40.00', 2, 'BAD ERIKA MUSTER')]);
    expect(alone.result.added).toEqual([]);
    const among = settle(
      [...others, ...holds],
      [...others, booked('-40.00', 2, 'BAD ERIKA MUSTER')],
    );
    expect(counts(among.result)).toMatchObject({ added: 1, unclear: 1 });
  });

  test('a counterparty without a word of three letters tells as well', () => {
    const { result } = settle(
      [pending('-40.00', 1, 'HOLD', from('H&M')), pending('-40.00', 1, 'HOLD', from('dm'))],
      [booked('-40.00', 2, 'KAUF', from('DM')), booked('-40.00', 2, 'KAUF', from('h & m'))],
    );
    expect(counts(result)).toEqual(settled(2));
    expect(result.entries.map(({ id, counterparty }) => [id, counterparty])).toEqual([
      ['e1', 'h & m'],
      ['e2', 'DM'],
    ]);
  });

  test('in no common word it settles alone, but not where there are two on a side', () => {
    const hold = pending('-40.00', 8, 'SQ MKTPLC');
    expect(counts(settle([hold], [booked('-40.00', 9, 'FARMERS MARKET')]).result)).toEqual(
      settled(1),
    );
    expect(
      counts(
        settle([hold], [booked('-40.00', 9, 'FARMERS MARKET'), booked('-40.00', 9, 'ATM')]).result,
      ),
    ).toEqual({ added: 2, changed: 0, removed: 1, unclear: 2 });
    expect(
      counts(
        settle([hold, pending('-40.00', 8, 'UBR TRIP')], [booked('-40.00', 9, 'FARMERS MARKET')])
          .result,
      ),
    ).toEqual({ added: 1, changed: 0, removed: 2, unclear: 1 });
  });

  test('in no common word it does not settle while it may still be pending, before the window', () => {
    const { result } = settle(
      [pending('-40.00', 7, 'SQ MKTPLC')],
      [booked('-40.00', 9, 'FARMERS MARKET')],
      march(8),
    );
    expect(counts(result)).toEqual({ ...nothing, added: 1 });
  });

  test('what is still shown as pending settles with nothing', () => {
    const hold = pending('-20.00', 2, 'BAECKER KORNFELD');
    const { result } = settle([hold], [booked('-20.00', 3, 'BARGELD HAUPTBAHNHOF'), hold]);
    expect(counts(result)).toEqual({ ...nothing, added: 1 });
  });

  test.each([
    ['eleven days later in other words', 1, 12, 'FARMERS MARKET', 1],
    ['ten days later in other words', 1, 11, 'FARMERS MARKET', 0],
    ['thirty days later in like words', 1, 31, 'HERTZ RENTAL 5512', 0],
    ['a day before', 9, 8, 'HERTZ RENTAL', 0],
    ['two days before, first seen on that day', 12, 10, 'HERTZ RENTAL', 0],
    ['two days before it was first seen', 12, 8, 'HERTZ RENTAL', 1],
  ])('booked %s', (_when, held, day, text, added) => {
    const { result } = settle(
      [pending('-40.00', held, 'HERTZ HOLD')],
      [booked('-40.00', day, text)],
    );
    expect(result.added).toHaveLength(added);
  });

  test('of two in like words the near one settles before the one of weeks ago', () => {
    const { kept } = settle(
      [pending('-40.00', 1, 'ROMA ONE'), pending('-40.00', 18, 'ROMA TWO')],
      [booked('-40.00', 20, 'ROMA')],
    );
    expect(idsOf(kept.entries(), 'ROMA')).toEqual(['e2']);
  });

  test('one that tells no word settles alone before another amount does in like words', () => {
    const { kept } = settle(
      [pending('-46.00', 1, 'CARD PENDING'), pending('-40.00', 1, 'TRATTORIA ROMA')],
      [booked('-46.00', 2, 'TRATTORIA ROMA')],
    );
    expect(idsOf(kept.entries(), 'TRATTORIA ROMA')).toEqual(['e1']);
  });

  test('one that tells other words settles after another amount does in like words', () => {
    const { kept } = settle(
      [pending('-46.00', 1, 'KINO ASTORIA'), pending('-40.00', 1, 'TRATTORIA ROMA')],
      [booked('-46.00', 2, 'TRATTORIA ROMA')],
    );
    expect(idsOf(kept.entries(), 'TRATTORIA ROMA')).toEqual(['e2']);
  });

  test('another currency is another amount', () => {
    const { result } = settle(
      [{ ...pending('-40.00', 1, 'ROMA'), amount: { minor: -4000, currency: 'USD' } }],
      [booked('-40.00', 2, 'ROMA')],
    );
    expect(counts(result)).toMatchObject({ added: 1, removed: 1 });
  });
});

describe('a pending entry that is booked with a near amount', () => {
  test.each([
    ['a meal with its tip', '-40.00', '-46.00', 0],
    ['half as much again', '-40.00', '-60.00', 0],
    ['more than that', '-40.00', '-60.40', 1],
    ['a fuel hold that was used to a third', '-150.00', '-45.00', 0],
    ['less than that', '-150.00', '-44.00', 1],
    ['money back', '-40.00', '38.00', 1],
  ])('%s', (_what, hold, sum, added) => {
    const { result } = settle(
      [pending(hold, 1, 'HOLD', from('Shell'))],
      [booked(sum, 2, 'SHELL OIL 5744', from('Shell'))],
    );
    expect(result.added).toHaveLength(added);
  });

  test('settles by a word that names one of the two', () => {
    const { result } = settle(
      [pending('-40.00', 1, 'CARD PENDING TRATTORIA ROMA')],
      [booked('-46.00', 2, 'KARTE 1234', from('Trattoria Roma'))],
    );
    expect(counts(result)).toEqual(settled(1));
  });

  test('a town that both texts name is no name', () => {
    const { result } = settle(
      [pending('-40.00', 1, 'KINO BERLIN', from('Kino Astoria'))],
      [booked('-46.00', 2, 'PIZZA BERLIN', from('Pizza Blitz'))],
    );
    expect(counts(result)).toMatchObject({ added: 1, removed: 1 });
  });

  test('not eleven days later', () => {
    const hold = pending('-40.00', 1, 'HOLD', from('Shell'));
    const { result } = settle([hold], [booked('-46.00', 12, 'SHELL', from('Shell'))]);
    expect(result.added).toHaveLength(1);
  });

  test('with a second candidate on either side nothing is guessed, and it is said', () => {
    const roma = (amount: string, day: number) =>
      pending(amount, day, 'VORGEMERKT', from('Trattoria Roma'));
    const paid = (amount: string) => booked(amount, 3, 'KARTE 1234', from('Trattoria Roma'));
    expect(counts(settle([roma('-40.00', 1), roma('-42.00', 1)], [paid('-46.00')]).result)).toEqual(
      { added: 1, changed: 0, removed: 2, unclear: 1 },
    );
    expect(counts(settle([roma('-40.00', 1)], [paid('-46.00'), paid('-44.00')]).result)).toEqual({
      added: 2,
      changed: 0,
      removed: 1,
      unclear: 2,
    });
  });
});
