import { describe, expect, test } from '@jest/globals';
import { deliverBook } from '../../../cloud/core/deliver-book.ts';
import { books } from '../../../cloud/core/documents.ts';
import { ProofNeeded, proveEditor } from '../../../cloud/core/prove-editor.ts';
import { FailureError } from '../../../shared/failures.ts';
import { createTestWorld } from './world.ts';

const bookId = 'book-of-erika';
const dayMs = 24 * 3_600_000;

/** A spreadsheet that the cloud may look at, or not, and the proofs that users leave there. */
function openBook() {
  const it = createTestWorld();
  let isShut = false;
  const world = {
    ...it.world,
    sheet: {
      ...it.world.sheet,
      hasProof: async (id: string, proof: string) => {
        if (isShut) throw new FailureError('sheet-not-writable');
        return it.world.sheet.hasProof(id, proof);
      },
    },
  };
  return {
    ...it,
    world,
    shut: (is: boolean) => {
      isShut = is;
    },
    /** As the add-on does: leaves the proof that is asked for, and asks again. */
    open: async (userId: string, { leaves = true } = {}) => {
      try {
        await proveEditor(world, { userId }, bookId);
      } catch (error) {
        if (!(error instanceof ProofNeeded)) throw error;
        if (leaves) it.sheet.state.proofs.add(error.proof);
        await proveEditor(world, { userId }, bookId);
      }
    },
  };
}

describe('opening a book', () => {
  test('whoever can leave a proof in the spreadsheet may, and nobody else', async () => {
    const { open } = openBook();
    await open('erika');
    await expect(open('max', { leaves: false })).rejects.toThrow(ProofNeeded);
    await open('max');
  });

  test('where the cloud may not look, those who were proven before go on, others do not begin', async () => {
    const { open, shut, pass } = openBook();
    await open('erika');
    shut(true);
    pass(2 * dayMs);
    await open('erika');
    await expect(open('max')).rejects.toMatchObject({ code: 'sheet-not-writable' });
  });

  test('one that the cloud could never look at belongs to who opened it first', async () => {
    const { world, open, shut, pass } = openBook();
    shut(true);
    await open('erika');
    await expect(open('max')).rejects.toMatchObject({ code: 'sheet-not-writable' });
    pass(2 * dayMs);
    await open('erika');
    await deliverBook(world, bookId);
    const book = await world.store.get(books, bookId);
    expect(book?.value.sheetFailure).toMatchObject({ code: 'sheet-not-writable' });
  });

  test('shared later, the cloud writes into it only once the first one is proven', async () => {
    const { world, open, shut, pass } = openBook();
    shut(true);
    await open('mallory', { leaves: false });
    shut(false);
    await expect(open('erika')).rejects.toMatchObject({ code: 'sheet-not-writable' });
    await deliverBook(world, bookId);
    expect((await world.store.get(books, bookId))?.value.sheetFailure).toBeDefined();
    pass(2 * dayMs);
    await expect(open('mallory', { leaves: false })).rejects.toThrow(ProofNeeded);
    await open('mallory');
    await deliverBook(world, bookId);
    const book = await world.store.get(books, bookId);
    expect(book?.value.claimedBy).toBeUndefined();
    expect(book?.value.sheetFailure).toBeUndefined();
    await open('erika');
  });
});
