import { describe, expect, test } from '@jest/globals';
import type { ConnectionView } from '../../shared/api.ts';
import type { ExpectedRow } from './format.ts';
import { read, sampleWith } from './sample-scenario.ts';
import { findingKinds, scoreScenario, sumScores } from './score.ts';
import { type EndSeen, scoreEnd, scoreSync } from './score-end.ts';
import { scoreRows } from './score-rows.ts';
import type { ShownRow } from './sheet-view.ts';
import { createUserWrites } from './user-writes.ts';

/** A row that stands in the sheet. */
function shown({ amount = -4.5, ...change }: Partial<ShownRow> = {}): ShownRow {
  return {
    index: 1,
    id: 'e1',
    date: '2026-03-01',
    description: 'Cafe Rot · CARD 1234 COFFEE',
    amount,
    currency: 'EUR',
    account: 'Assets:Checking',
    counterAccount: 'Expenses:Coffee',
    posted: false,
    notes: '',
    pending: false,
    ...change,
  };
}

/** A row that is expected. */
function expected(change: Partial<ExpectedRow> = {}): ExpectedRow {
  return {
    account: 'Assets:Checking',
    date: '2026-03-01',
    amount: '-4.50',
    textHas: 'COFFEE',
    times: 1,
    ...change,
  };
}

const kindsOf = (wanted: readonly ExpectedRow[], rows: readonly ShownRow[]) =>
  scoreRows(wanted, rows).map(({ kind }) => kind);

describe('rows', () => {
  test('as expected, in any order, are no finding', () => {
    const salary = shown({ id: 'e2', amount: 1900, description: 'SALARY' });
    const wanted = [expected({ amount: '1900.00', textHas: 'SALARY' }), expected()];
    expect(kindsOf(wanted, [shown(), salary])).toEqual([]);
  });

  test('that are not there are lost, each of the times', () => {
    expect(kindsOf([expected()], [])).toEqual(['lost']);
    expect(kindsOf([expected({ times: 3 })], [shown()])).toEqual(['lost', 'lost']);
  });

  test('that are there and not expected are duplicated, equal ones too', () => {
    expect(kindsOf([], [shown()])).toEqual(['duplicated']);
    expect(kindsOf([expected({ times: 2 })], [shown(), shown(), shown()])).toEqual(['duplicated']);
  });

  test.each<[string, Partial<ShownRow>]>([
    ['amount', { amount: -4.51 }],
    ['date', { date: '2026-03-02' }],
    ['text', { description: 'TEA' }],
  ])('left on both sides of one account are mixed up: %s', (_, change) => {
    expect(kindsOf([expected()], [shown(change)])).toEqual(['misMerged']);
  });

  test('whose amount is no number are mixed up, too', () => {
    const { amount: _, ...words } = shown();
    expect(kindsOf([expected()], [words])).toEqual(['misMerged']);
  });

  test('left in two accounts are lost in one and too many in the other', () => {
    const rows = [shown({ account: 'Assets:Savings' })];
    expect(kindsOf([expected()], rows)).toEqual(['lost', 'duplicated']);
  });

  test.each<[string, Partial<ExpectedRow>, Partial<ShownRow>]>([
    ['counterAccount', { counterAccount: 'Expenses:Food' }, {}],
    ['posted', { posted: true }, {}],
    ['notes', { notes: 'with Ines' }, {}],
    ['pending', { pending: false }, { pending: true }],
    ['original', { original: { amount: '-5.00', currency: 'USD' } }, { original: 'EUR -5.00' }],
  ])('that differ in %s alone are another row', (field, wanted, row) => {
    const found = scoreRows([expected(wanted)], [shown(row)]);
    expect(found.map(({ kind }) => kind)).toEqual(['lost', 'duplicated']);
    for (const { text } of found) expect(text).toContain(`differs in ${field}`);
    expect(kindsOf([expected()], [shown(row)])).toEqual([]);
  });

  test('show a sum in another currency as its note tells it', () => {
    const wanted = expected({ original: { amount: '-5.00', currency: 'USD' } });
    expect(kindsOf([wanted], [shown({ original: 'USD -5.00' })])).toEqual([]);
  });

  test('of which little is said take no place of others', () => {
    const wanted = [
      { account: 'Assets:Checking', textHas: 'COFFEE', times: 2 },
      expected({ notes: 'mine' }),
    ];
    const rows = [shown({ notes: 'mine' }), shown({ id: 'e2' }), shown({ id: 'e3', amount: -1 })];
    for (const order of [rows, rows.toReversed()]) expect(kindsOf(wanted, order)).toEqual([]);
  });

  test('left over are paired with what is most alike', () => {
    const wanted = [expected({ amount: '-1.00', textHas: 'TEA' }), expected({ amount: '-4.51' })];
    const tea = shown({ amount: -1, description: 'TEA', date: '2026-03-05' });
    const texts = scoreRows(wanted, [shown(), tea]).map(({ text }) => text);
    expect(texts).toHaveLength(2);
    expect(texts.find((text) => text.includes('-4.51'))).toContain('COFFEE" counterAccount');
    expect(texts.find((text) => text.includes('"TEA" stands'))).toContain('2026-03-05 -1.00');
  });
});

describe('what the user wrote', () => {
  test('is lost when it is gone, or sits on another row', () => {
    const writes = createUserWrites();
    writes.edited(shown(), { notes: 'with Ines', posted: true });
    expect(writes.lost([shown({ notes: 'with Ines', posted: true })], true)).toEqual([]);
    expect(writes.lost([shown({ posted: true })], true)).toEqual(['notes "with Ines" is gone']);
    const moved = [shown(), shown({ id: 'e2', notes: 'with Ines', posted: true })];
    expect(writes.lost(moved, true)).toEqual([
      'notes "with Ines" sits on another row',
      'posted true is gone',
    ]);
    expect(writes.lost([], true)).toHaveLength(2);
  });

  test('is the last that was written into a cell', () => {
    const writes = createUserWrites();
    writes.edited(shown(), { amount: '-5.00', notes: 'one' });
    writes.edited(shown(), { notes: 'two' });
    expect(writes.lost([shown({ amount: -5, notes: 'two' })], true)).toEqual([]);
    expect(writes.lost([shown({ amount: -5, notes: 'one' })], true)).toEqual([
      'notes "two" is gone',
    ]);
  });

  test('stays written on one of two copies of a row', () => {
    const writes = createUserWrites();
    const mine = shown({ notes: 'mine' });
    writes.edited(shown(), { notes: 'mine' });
    expect(writes.lost([shown({ index: 2 }), mine], true)).toEqual([]);
    writes.deleted(mine, [shown({ index: 2 }), mine]);
    expect(writes.lost([shown({ index: 2 })], true)).toEqual([]);
  });

  test('is not missed where the user deleted the row, or undid its run before posting it', () => {
    const writes = createUserWrites();
    for (const id of ['e1', 'e2', 'e3']) writes.edited(shown({ id }), { notes: 'mine' });
    writes.deleted(shown(), [shown()]);
    const draft = shown({ id: 'e2', notes: 'mine' });
    const posted = shown({ id: 'e3', notes: 'mine', posted: true });
    writes.undone([draft, posted], []);
    expect(writes.lost([], true)).toEqual(['notes "mine" is gone']);
  });

  test('goes with a pending row that the bank let go of, where the rows are as expected', () => {
    const writes = createUserWrites();
    writes.edited(shown(), { notes: 'mine' });
    writes.saw([shown({ notes: 'mine', pending: true })]);
    expect(writes.lost([], true)).toEqual([]);
    expect(writes.lost([], false)).toEqual(['notes "mine" is gone']);
    writes.saw([shown({ notes: 'mine', pending: true, posted: true })]);
    expect(writes.lost([], true)).toEqual(['notes "mine" is gone']);
  });

  test('in a row of the user’s own is found by all that stands in it', () => {
    const writes = createUserWrites();
    const tip = { date: '2026-03-02', amount: '-6.00', description: 'Tip' };
    const row = shown({ id: '', date: '2026-03-02', amount: -6, description: 'Tip' });
    writes.added(tip);
    writes.added(tip);
    expect(writes.lost([row, { ...row, index: 2 }], true)).toEqual([]);
    expect(writes.lost([row], true)).toHaveLength(3);
    writes.edited(row, { notes: 'cash' });
    expect(writes.lost([row, row], true)).toEqual(['notes "cash" is gone']);
    writes.deleted({ ...row, notes: 'cash' }, []);
    expect(writes.lost([row], true)).toEqual([]);
    expect(writes.lost([{ ...row, amount: -7 }], true)).toEqual(['amount "-6.00" is gone']);
  });
});

describe('the outcome of a sync', () => {
  const complete = { outcome: 'complete', newRows: 2 } as const;

  test('may be one of several', () => {
    const either = { outcome: ['complete' as const, 'partial' as const] };
    expect(scoreSync('step 2', either, complete)).toEqual([]);
  });

  test.each([
    ['another outcome', { outcome: ['partial' as const] }, complete],
    ['other new rows', { outcome: ['complete' as const], newRows: 3 }, complete],
    ['no failure', { outcome: ['complete' as const], failure: 'timeout' as const }, complete],
    [
      'another failure',
      { outcome: ['failed' as const], failure: 'timeout' as const },
      {
        outcome: 'failed',
        newRows: 0,
        failure: 'internal',
      },
    ],
    ['none at all', { outcome: ['complete' as const] }, undefined],
  ])('is wrong: %s', (_, wanted, seen) => {
    const found = scoreSync('step 2', wanted, seen);
    expect(found).toEqual([{ kind: 'wrongOutcomes', text: expect.stringMatching(/^step 2: /) }]);
  });
});

describe('the end', () => {
  const connection = { state: 'connected' } as ConnectionView;
  const seen: EndSeen = {
    connection,
    proofOf: () => ({ kind: 'ties' }),
    calls: () => 2,
    emails: 0,
    writes: 0,
  };
  const score = (changes: object, end: Partial<EndSeen> = {}) =>
    scoreEnd(read(sampleWith({ ...changes })).expect, { ...seen, ...end }).map(({ text }) => text);

  test('as expected is no finding, and what is not expected is not compared', () => {
    expect(score({})).toEqual([]);
    const bare = { expect: { rows: [] } };
    expect(score(bare, { connection: undefined, writes: 9, emails: 9 })).toEqual([]);
  });

  test.each<[string, object, Partial<EndSeen>]>([
    ['state is expiring', {}, { connection: { ...connection, state: 'expiring' } }],
    ['state is failing', {}, { connection: { ...connection, state: 'broken' } }],
    ['state is removed', {}, { connection: undefined }],
    ['emails is 0, expected 1', { 'expect.emails': 1 }, {}],
    ['writes is 1, expected at most 0', {}, { writes: 1 }],
    ['entries is 3, expected at most 2', {}, { calls: () => 3 }],
    ['kind is unknown, expected ties', {}, { proofOf: () => undefined }],
    ['kind is ties, expected off', { 'expect.proof.giro': { offBy: '1.00' } }, {}],
    [
      'offBy is 2, expected 1',
      { 'expect.proof.giro': { offBy: '1.00' } },
      {
        proofOf: () => ({ kind: 'off', offBy: '2.00' }),
      },
    ],
    [
      'firstBadDay is none, expected 2026-03-01',
      {
        'expect.proof.giro': { offBy: '1.00', firstBadDay: '2026-03-01' },
      },
      { proofOf: () => ({ kind: 'off', offBy: '1.00' }) },
    ],
  ])('is wrong: %s', (text, changes, end) => {
    expect(score(changes, end)).toEqual([expect.stringContaining(text)]);
  });

  test('names the day of a difference only where that is expected', () => {
    const off = { kind: 'off', offBy: '1.00', firstBadDay: '2026-03-01' } as const;
    const proofOf = () => off;
    expect(score({ 'expect.proof.giro': { offBy: '1.00' } }, { proofOf })).toEqual([]);
  });
});

test('a scenario has passed when nothing was found, and totals count all that was', () => {
  const found = findingKinds.flatMap((kind) => [
    { kind, text: 'one' },
    { kind, text: 'two' },
  ]);
  const failed = scoreScenario('bad', found);
  const counts = Object.fromEntries(findingKinds.map((kind) => [kind, 2]));
  expect(failed).toMatchObject({ name: 'bad', passed: false, ...counts });
  expect(failed.notes).toHaveLength(10);
  const passed = scoreScenario('good', []);
  expect(passed).toMatchObject({ passed: true, lost: 0, notes: [] });
  expect(sumScores([failed, passed])).toEqual({ scenarios: 2, passed: 1, ...counts });
});
