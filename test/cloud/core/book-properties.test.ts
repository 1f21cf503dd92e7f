import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { connections } from '../../../cloud/core/documents.ts';
import { entryDay } from '../../../cloud/core/entry-day.ts';
import type { Cell } from '../../../cloud/ports/sheet.ts';
import { fromSerial } from '../../../shared/calendar-date.ts';
import { formatAmount } from '../../../shared/money.ts';
import { bankLines, type Line, type References } from './bank-history.ts';
import { faultEffects } from './faulty-world.ts';
import { calmAt, type Fault, type PlayedBook, playBook, type Step } from './played-book.ts';
import type { KeptEntry } from './user-hand.ts';

const row = fc.nat(40);
const steps: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('sync' as const),
      cause: fc.constantFrom('manual' as const, 'scheduled' as const, 'historical' as const),
      how: fc.constantFrom(
        'calm' as const,
        'calm' as const,
        'slow' as const,
        'breaks off' as const,
      ),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('wait' as const),
      hours: fc.constantFrom(7, 24, 80, 200),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constantFrom('deliver' as const, 'deliver' as const, 'undo' as const),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constantFrom('preview' as const, 'apply' as const, 'reconnect' as const),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('import' as const),
      account: fc.nat(1),
      day: fc.nat(30),
      days: fc.nat(20),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constantFrom(
        'note' as const,
        'counter-account' as const,
        'describe' as const,
        'post' as const,
        'delete' as const,
        'copy' as const,
        'sort' as const,
        'own row' as const,
      ),
      row,
    }),
  },
);

const faults: fc.Arbitrary<Fault | undefined> = fc.option(
  fc.record({ at: fc.integer({ min: 1, max: 12 }), effect: fc.constantFrom(...faultEffects) }),
  { nil: undefined, freq: 6 },
);

const histories = fc.record({
  lines: bankLines,
  references: fc.constantFrom<References[]>('stable', 'none', 'reissued'),
  steps: fc.array(fc.record({ step: steps, fault: faults }), {
    minLength: 3,
    maxLength: 30,
    size: 'max',
  }),
});

const keyOf = (entry: KeptEntry) =>
  `${entry.path} ${entryDay(entry)} ${formatAmount(entry.amount)}`;
const textOf = (cell: Cell | undefined) => (cell?.kind === 'text' ? cell.text : '');

function shownRows({ hand }: PlayedBook): readonly { id: string; key: string }[] {
  return hand.rows().map(({ id, account, date, amount }) => {
    const day = date?.kind === 'number' ? fromSerial(date.number) : '';
    const number = amount?.kind === 'number' ? amount.number.toFixed(2) : '';
    return { id: textOf(id), key: `${textOf(account)} ${day} ${number}` };
  });
}

/** What one fetch of all gives in a new book. */
async function fetchAtOnce({ lines, references }: History) {
  const fresh = await playBook(lines, references, calmAt);
  await fresh.calmDown();
  return shownRows(fresh).map(({ key }) => key);
}

async function checkEnd(book: PlayedBook, expected: readonly string[]): Promise<void> {
  const { hand } = book;
  const all = await book.kept();
  // Pending entries that the bank took away are known a while longer.
  const kept = all.filter(({ undone, status }) => !undone || status === 'booked');
  expect(kept.filter(({ undone }) => undone)).toEqual([]);
  expect(kept.map(keyOf).toSorted()).toEqual(expected.toSorted());
  const wanted = kept
    .filter(({ id }) => !hand.deleted.has(id))
    .map(({ id, ...entry }) =>
      hand.copied.has(id) ? `${id} once or more` : keyOf({ id, ...entry }),
    );
  const byId = new Map(kept.map((entry) => [entry.id, entry]));
  const shown = shownRows(book).flatMap(({ id, key }) => {
    const entry = byId.get(id);
    if (hand.copied.has(id) && entry) return [`${id} once or more`];
    // A posted row does not follow the bank, and stays when the entry is gone.
    if (entry) return [hand.postedPending.has(id) ? keyOf(entry) : key];
    return id === '' || hand.postedPending.has(id) ? [] : [`${key} of nothing`];
  });
  const once = shown.filter((key, at) => !key.endsWith('more') || shown.indexOf(key) === at);
  expect(once.toSorted()).toEqual(wanted.toSorted());
  expect(hand.rowIds().filter((id) => id === '')).toHaveLength(hand.ownRows());
  for (const [id, cells] of hand.written) {
    const row = hand.rows().find((it) => textOf(it.id) === id);
    const left = [...cells].map(([column]) => [column, textOf(row?.[column])]);
    expect({ id, left }).toEqual({ id, left: [...cells] });
  }
}

interface History {
  readonly lines: readonly Line[];
  readonly references: References;
  readonly steps: readonly { readonly step: Step; readonly fault: Fault | undefined }[];
}

/** Plays a history, in which the store and the sheet agree after every step. */
async function playHistory({ lines, references, steps }: History): Promise<PlayedBook> {
  const book = await playBook(lines, references);
  for (const { step, fault } of steps) {
    await book.play(step, fault);
    const broken = await book.findBroken();
    expect({ step, fault, broken }).toEqual({ step, fault, broken: [] });
  }
  const results = await book.calmDown();
  expect(results).toMatchObject([{ outcome: 'complete' }, { outcome: 'complete', newRows: 0 }]);
  expect(await book.findBroken()).toEqual([]);
  return book;
}

async function checkProofs({ world, connectionId }: PlayedBook): Promise<void> {
  const connection = await world.store.get(connections, connectionId());
  const proofs = connection?.value.accounts.map(({ proof }) => proof);
  expect(proofs).toEqual([{ kind: 'ties' }, { kind: 'ties' }]);
}

async function checkQuiet(book: PlayedBook): Promise<void> {
  const { requests } = book.sheet.state;
  const writes = () => requests.filter((it) => it === 'write').length;
  const [before, rows] = [writes(), JSON.stringify(book.hand.rows())];
  await book.play({ do: 'sync', cause: 'manual', how: 'calm' });
  await book.play({ do: 'deliver' });
  expect(writes()).toBe(before);
  expect(JSON.stringify(book.hand.rows())).toBe(rows);
}

describe('any history of a bank, any order of syncs, imports, undos, crashes and edits', () => {
  test('gives the rows of one fetch of all, and loses nothing that the user wrote', async () => {
    const property = fc.asyncProperty(histories, async (history) => {
      const book = await playHistory(history);
      await checkEnd(book, await fetchAtOnce(history));
      await checkProofs(book);
      await checkQuiet(book);
    });
    await fc.assert(property, { numRuns: 250 });
  }, 60_000);
});
