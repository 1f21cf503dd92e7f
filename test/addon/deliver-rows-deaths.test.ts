import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { deliverBook } from '../../cloud/core/deliver-book.ts';
import { books } from '../../cloud/core/documents.ts';
import {
  type Delivering,
  type DeliveringBook,
  type Mishap,
  startDelivering,
} from './delivering.ts';
import { firstBatch, rearrange, secondBatch } from './delivery-samples.ts';
import { looksOf } from './looks-of.ts';

let delivering: Delivering;
beforeAll(async () => {
  delivering = await startDelivering();
});
afterAll(() => delivering.close());

const leaseOutMs = 11 * 60_000;
const atOnce = 3;

/** A book whose Transactions tab the first delivery makes, and one that stands and is rearranged. */
const opened = {
  'a first delivery': async () => {
    const book = await delivering.openBook({ properties: { title: 'Book', locale: 'en_US' } });
    await book.put(firstBatch);
    return book;
  },
  'changes to a book that stands': async () => {
    const book = await delivering.openBook({ properties: { title: 'Book', locale: 'en_US' } });
    await book.put(firstBatch);
    await deliverBook(delivering.world, book.id);
    await rearrange(delivering.world, book);
    await book.put(secondBatch);
    return book;
  },
} as const;

type Next = 'add-on' | 'cloud';

/** What stands in the rows. An unticked box alone is what an add-on leaves that dies before it has filled a row. */
async function contentOf({ id }: DeliveringBook) {
  const { transactions } = await delivering.world.sheet.readBook(id);
  return transactions?.rows
    .map(({ cells }) => cells)
    .filter(({ posted, ...cells }) => posted?.kind !== 'check' || Object.keys(cells).length > 0);
}

/**
 * A death between a suggestion and its reason, two columns apart, leaves it without one, as if the user had chosen it: of
 * what the bank told nothing is missing then.
 */
function withoutReasons(content: Awaited<ReturnType<typeof contentOf>>) {
  return content?.map((cells) => (cells.counterAccount ? { ...cells, why: null } : cells));
}

/** As toEqual, which takes long for a thousand rows that are equal. */
function expectLooks(looks: unknown, expected: unknown): void {
  if (JSON.stringify(looks) !== JSON.stringify(expected)) expect(looks).toEqual(expected);
}

/** One delivery that goes wrong at a request, and the next one, by either, once the lease has ended. */
async function tryOne(
  open: () => Promise<DeliveringBook>,
  at: number,
  what: Mishap,
  next: Next,
): Promise<DeliveringBook> {
  const book = await open();
  await book.deliverByAddon({ at, what });
  delivering.pass(leaseOutMs);
  if (next === 'cloud') await deliverBook(delivering.world, book.id);
  else expect((await book.deliverByAddon()).message).toBe('');
  expect(await book.waiting()).toEqual([]);
  expect((await delivering.world.store.get(books, book.id))?.value).not.toHaveProperty('lease');
  return book;
}

describe('an add-on that fails', () => {
  // Each request goes wrong in one of two ways, and one of two goes on, in turn.
  const turns: readonly (readonly [Mishap, Next])[] = [
    ['death-after', 'add-on'],
    ['death-after', 'cloud'],
    ['answer-lost', 'add-on'],
    ['answer-lost', 'cloud'],
  ];

  test.each(Object.entries(opened))(
    'at any request of %s loses and doubles nothing',
    async (_name, open) => {
      const calm = await open();
      const { requests } = await calm.deliverByAddon();
      const [looks, content] = [looksOf(await calm.read()), await contentOf(calm)];
      const steps = requests.map((_, at) => at + 1);
      const failed: string[] = [];
      const work = async () => {
        for (let at = steps.shift(); at !== undefined; at = steps.shift()) {
          const [what, next] = turns[at % turns.length] ?? ['death-after', 'cloud'];
          try {
            const book = await tryOne(open, at, what, next);
            const found = await contentOf(book);
            expect(withoutReasons(found)).toEqual(withoutReasons(content));
            const isWhole = JSON.stringify(found) === JSON.stringify(content);
            // A tab that the add-on has begun to make is beyond the cloud.
            if (next === 'add-on' && isWhole) expectLooks(looksOf(await book.read()), looks);
          } catch (error) {
            const message = error instanceof Error ? error.message.slice(0, 1500) : error;
            failed.push(`${at} (${what}), then the ${next}: ${requests[at - 1]}\n${message}`);
          }
        }
      };
      await Promise.all(Array.from({ length: atOnce }, work));
      expect(requests.length).toBeGreaterThan(50);
      expect(failed).toEqual([]);
    },
    240_000,
  );
});
