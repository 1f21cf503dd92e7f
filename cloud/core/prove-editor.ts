import { addMs, type Instant } from '../../shared/calendar-date.ts';
import { FailureError } from '../../shared/failures.ts';
import type { Caller } from '../ports/callers.ts';
import { type Doc, StoreConflict, write } from '../ports/store.ts';
import { type BookDoc, books } from './documents.ts';
import type { World } from './world.ts';

/** How long a proof holds: who loses the permission to edit loses the book within a day. */
const proofHoldsMs = 24 * 60 * 60_000;
/** How long a proof that was asked for may be left in the sheet. */
const proofAskedMs = 10 * 60_000;

/** Thrown to ask for a proof: developer metadata with this value, which only an editor of the spreadsheet can leave. */
export class ProofNeeded extends FailureError {
  override readonly name = 'ProofNeeded';
  readonly proof: string;

  constructor(proof: string) {
    super('prove-editor');
    this.proof = proof;
  }
}

/**
 * Passes when the caller is proven to be able to edit the spreadsheet. The proof is ours, secret, and of this caller
 * and book alone: to know another's is of no use. The first proof makes the book known.
 * @throws ProofNeeded; FailureError `sheet-…` when the spreadsheet cannot be looked at.
 */
export async function proveEditor(world: World, caller: Caller, bookId: string): Promise<void> {
  const { store, sheet, clock, ids } = world;
  const now = clock.now();
  for (let attempt = 1; ; attempt++) {
    const found = await store.get(books, bookId);
    const book = found?.value ?? { createdAt: now, editors: {}, proofs: {} };
    if (isYoung(book.editors[caller.userId]?.provenAt, now, proofHoldsMs)) return;
    const asked = book.proofs[caller.userId];
    const isAsked = asked && isYoung(asked.askedAt, now, proofAskedMs);
    const isProven = isAsked && (await sheet.hasProof(bookId, asked.proof));
    if (isAsked && !isProven) throw new ProofNeeded(asked.proof);
    const proof = ids.next('p');
    const { [caller.userId]: _, ...otherProofs } = book.proofs;
    const value = isProven
      ? {
          ...book,
          editors: { ...book.editors, [caller.userId]: { provenAt: now } },
          proofs: otherProofs,
        }
      : { ...book, proofs: { ...book.proofs, [caller.userId]: { proof, askedAt: now } } };
    if (!(await commitBook(store, bookId, found, value)) && attempt < 5) continue;
    if (isProven) return;
    throw new ProofNeeded(proof);
  }
}

function isYoung(since: Instant | undefined, now: Instant, ms: number): boolean {
  return since !== undefined && addMs(since, ms) > now;
}

async function commitBook(
  store: World['store'],
  bookId: string,
  found: Doc<BookDoc> | null,
  value: BookDoc,
): Promise<boolean> {
  try {
    const expect = found ? { version: found.version } : 'absent';
    await store.commit([write(books, bookId, value, expect)]);
    return true;
  } catch (error) {
    if (error instanceof StoreConflict) return false;
    throw error;
  }
}
