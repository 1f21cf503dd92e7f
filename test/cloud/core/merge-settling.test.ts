import { describe, expect, test } from '@jest/globals';
import { booked, counts, idsOf, march, pending, settle } from './kept-entries.ts';

const nothing = { added: 0, changed: 0, removed: 0, unclear: 0 };
const settled = (count: number) => ({ ...nothing, changed: count });
const from = (counterparty: string) => ({ counterparty });

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

  test.each([
    ['umlauts in one letter or two', 'RÖMER', 'MÜLLER', 'MUELLER GMBH', 'ROEMER INH NN'],
    ['marks on letters', 'CAFÉ', 'HÔTEL', 'HOTEL GMBH', 'CAFE INH NN'],
    ['the same text where no word tells', 'CARD 111', 'CARD 222', 'CARD 222', 'CARD 111'],
    ['the same digits beside equal words', 'REWE 111', 'REWE 222', 'REWE 222', 'REWE 111'],
  ])('keeps two of one amount apart by %s', (_what, one, two, asTwo, asOne) => {
    const { kept } = settle(
      [pending('-40.00', 1, one), pending('-40.00', 1, two)],
      [booked('-40.00', 2, asTwo), booked('-40.00', 2, asOne)],
    );
    const ids = kept.entries().map(({ id, text }) => [id, text]);
    expect(ids).toEqual([
      ['e1', asOne],
      ['e2', asTwo],
    ]);
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

  test('where the likest cannot be told apart, a less like one is not taken instead', () => {
    const { result } = settle(
      [
        pending('-40.00', 1, 'ROMA ONE KOELN'),
        pending('-40.00', 1, 'ROMA TWO KOELN'),
        pending('-40.00', 1, 'ROMA'),
      ],
      [booked('-40.00', 2, 'ROMA KOELN')],
    );
    expect(counts(result)).toMatchObject({ added: 1, unclear: 1 });
  });

  test('what is told apart by another reading is no doubt, whether it then settles or not', () => {
    const settles = settle(
      [pending('-40.00', 8, 'ROMA ONE'), pending('-40.00', 8, 'ROMA TWO')],
      [booked('-40.00', 9, 'ROMA'), pending('-40.00', 9, 'ROMA TWO')],
    );
    expect(counts(settles.result)).toEqual(settled(2));
    const stays = settle(
      [pending('-40.00', 8, 'ROMA ONE')],
      [
        booked('-40.00', 9, 'ROMA NORD'),
        booked('-40.00', 9, 'ROMA SUED'),
        pending('-40.00', 9, 'ROMA ONE'),
      ],
    );
    expect(counts(stays.result)).toEqual({ added: 2, changed: 1, removed: 0, unclear: 0 });
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

  test('as many as there are of equal booked ones settle pending entries in different words', () => {
    const { result } = settle(
      [pending('-12.90', 1, 'PIZZA BLITZ ONE'), pending('-12.90', 1, 'PIZZA BLITZ TWO')],
      [booked('-12.90', 2, 'PIZZA BLITZ'), booked('-12.90', 2, 'PIZZA BLITZ')],
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
    expect([...kept.rows()]).toEqual([['e3', `-40.00 2026-03-02 ${other}`]]);
  });

  test('a town that both texts name tells nothing where one names its counterparty', () => {
    const { result } = settle(
      [pending('-40.00', 1, 'KINO BERLIN', from('Kino Astoria')), pending('-40.00', 1, 'LADEN')],
      [booked('-40.00', 2, 'PIZZA BERLIN')],
    );
    expect(counts(result)).toMatchObject({ added: 1, unclear: 1 });
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

  test('in no common word it does not settle any more once it was no longer shown', () => {
    const { kept } = settle([pending('-1.00', 8, 'PARKHAUS PRUEFUNG')], []);
    kept.sync([booked('-1.00', 9, 'MAUT')]);
    expect([...kept.rows()]).toEqual([['e2', '-1.00 2026-03-09 MAUT']]);
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
      [pending('-40.00', 1, 'HERTZ RENTAL KOELN'), pending('-40.00', 18, 'HERTZ')],
      [booked('-40.00', 20, 'HERTZ RENTAL KOELN 5512')],
    );
    expect(idsOf(kept.entries(), 'HERTZ RENTAL KOELN 5512')).toEqual(['e2']);
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
