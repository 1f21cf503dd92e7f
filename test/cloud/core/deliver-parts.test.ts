import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { deliverBook } from '../../../cloud/core/deliver-book.ts';
import { books, type Draft, type EntryFacts, outbox } from '../../../cloud/core/documents.ts';
import { type FileAccountDoc, imports } from '../../../cloud/core/file-documents.ts';
import { write } from '../../../cloud/ports/store.ts';
import { bookId, bookOfErika, createTestWorld } from './world.ts';

/** So much more in a batch that three of them are one part. */
const padding = 'x'.repeat(390_000);

const paths = ['Assets:Giro', 'Assets:Savings'] as const;

interface Step {
  readonly entry: number;
  readonly account: number;
  readonly day: number;
  /** Null: it goes. */
  readonly minor: number | null;
}

const step: fc.Arbitrary<Step> = fc.record({
  entry: fc.nat(9),
  account: fc.nat(1),
  day: fc.nat(2),
  minor: fc.option(fc.constantFrom(-5000, 5000, -120), { freq: 6 }),
});

/** Drafts as merges make them: each starts from what the one before of its entry said. */
function toDrafts(steps: readonly Step[]): readonly Draft[] {
  const known = new Map<
    number,
    { readonly now: EntryFacts | undefined; readonly account: string }
  >();
  return steps.flatMap(({ entry, account, day, minor }): Draft[] => {
    const before = known.get(entry);
    if (!before?.now && minor === null) return [];
    const now: EntryFacts | undefined =
      minor === null
        ? undefined
        : {
            date: `2026-03-0${day + 1}`,
            counterparty: 'Erika Muster',
            text: 'Savings',
            amount: { minor, currency: 'EUR' },
            pending: entry > 7,
          };
    const path = before?.account ?? paths[account] ?? '';
    known.set(entry, { now, account: path });
    const was = before?.now && { was: before.now };
    return [{ id: `e${entry}`, account: path, ...was, ...(now && { now }) }];
  });
}

function accountOf(path: string, at: number): FileAccountDoc {
  const feed = {
    bookAccount: { path, type: 'asset', currency: 'EUR' },
    from: '2026-01-01',
  } as const;
  const type = 'current' as const;
  const holder = 'Erika Muster';
  return { key: `k${at}`, externalId: '', name: path, holder, type, currency: 'EUR', feed };
}

/** The rows after all drafts are delivered, each in a batch of its own. */
async function rowsAfter(drafts: readonly Draft[], isPartAlone: boolean) {
  const { world, sheet, queue, pass } = createTestWorld();
  const createdAt = world.clock.now();
  const accounts = paths.map(accountOf);
  await world.store.commit([
    write(books, bookId, bookOfErika(createdAt), 'absent'),
    write(imports, bookId, { accounts, layouts: [], targets: [] }, 'absent'),
  ]);
  for (const [at, draft] of drafts.entries()) {
    const batch = { bookId, createdAt, runId: 'r1', drafts: [draft], accounts: [], padding };
    await world.store.commit([write(outbox, `b${String(at).padStart(3, '0')}`, batch, 'absent')]);
  }
  if (isPartAlone) sheet.state.beforeWrite = async () => pass(120_000);
  do {
    queue.length = 0;
    await deliverBook(world, bookId);
  } while (queue.length > 0);
  return sheet.state.transactions;
}

test('a transfer is found whose sides come in two parts', async () => {
  const side = (entry: number, account: number, minor: number) => ({
    entry,
    account,
    day: 1,
    minor,
  });
  const others = [1, 2, 3, 4, 5].map((entry) => side(entry, 0, -120));
  const drafts = toDrafts([
    ...others,
    side(0, 0, -5000),
    side(6, 0, -120),
    side(8, 0, -120),
    side(7, 1, 5000),
  ]);
  const rows = await rowsAfter(drafts, false);
  const against = rows?.flatMap(({ counterAccount }) => counterAccount ?? []);
  expect(against).toEqual([1, 2].map(() => ({ kind: 'text', text: 'Assets:In transit' })));
});

test('rows that come in parts are those that come with a reading for each part', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 8, maxLength: 14 }), async (steps) => {
      const drafts = toDrafts(steps);
      expect(await rowsAfter(drafts, false)).toEqual(await rowsAfter(drafts, true));
    }),
    { numRuns: 8 },
  );
});
