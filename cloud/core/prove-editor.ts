import { addMs, type Instant } from '../../shared/calendar-date.ts';
import { FailureError } from '../../shared/failures.ts';
import type { Caller } from '../ports/callers.ts';
import { write } from '../ports/store.ts';
import { type BookDoc, books, type Member } from './documents.ts';
import { untilCommitted } from './until-committed.ts';
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
 * Passes when the caller is proven to be able to edit the spreadsheet, and tells as what member of the book. The proof is
 * ours, secret, and of this caller and book alone: to know another's is of no use. The first proof makes the book known
 * and its giver the owner; who comes later is a bookkeeper, and who was taken out a viewer. A spreadsheet that the cloud
 * may not look at, as one that must not be shared outside, is open to those who were proven before it was shut, or, where
 * nobody was, to whoever comes first and nobody else: all that stands in our store of it is then that user's own.
 * @throws ProofNeeded; FailureError `sheet-…` when the spreadsheet cannot be looked at.
 */
export async function proveEditor(world: World, caller: Caller, bookId: string): Promise<Member> {
  const { store, clock, ids } = world;
  const now = clock.now();
  const { userId } = caller;
  return untilCommitted(async () => {
    const found = await store.get(books, bookId);
    const book = found?.value ?? { createdAt: now, editors: {}, proofs: {}, members: {} };
    const expect = found ? { version: found.version } : 'absent';
    const isClaimed = book.claimedBy !== undefined;
    if (isClaimed && book.claimedBy !== userId) throw new FailureError('sheet-not-writable');
    const member = memberNow(book, caller, now);
    const members = { ...book.members, [userId]: member };
    if (isYoung(book.editors[userId]?.provenAt, now, proofHoldsMs)) {
      if (member === book.members[userId]) return member;
      await store.commit([write(books, bookId, { ...book, members }, expect)]);
      return member;
    }
    const asked = book.proofs[userId];
    const isAsked = asked && isYoung(asked.askedAt, now, proofAskedMs);
    const seen = isAsked ? await lookForProof(world, bookId, asked.proof) : 'not asked';
    if (isAsked && seen === 'absent') throw new ProofNeeded(asked.proof);
    if (seen === 'shut out' && !mayGoOn(book, userId)) throw new FailureError('sheet-not-writable');
    const proof = ids.next('p');
    const { [userId]: _, ...otherProofs } = book.proofs;
    const { claimedBy: __, ...rest } = book;
    const isNobodys = Object.keys(book.editors).length === 0;
    const value: BookDoc =
      seen === 'not asked'
        ? { ...book, proofs: { ...book.proofs, [userId]: { proof, askedAt: now } } }
        : {
            ...rest,
            editors: { ...book.editors, [userId]: { provenAt: now } },
            proofs: otherProofs,
            members,
            ...(seen === 'shut out' && (isNobodys || isClaimed) && { claimedBy: userId }),
          };
    await store.commit([write(books, bookId, value, expect)]);
    if (seen === 'not asked') throw new ProofNeeded(proof);
    return member;
  });
}

/** What a proven caller is in the book; the member as it stands where nothing is new. */
function memberNow({ members }: BookDoc, { userId, email }: Caller, now: Instant): Member {
  const before = members[userId];
  const told = email !== undefined && { email };
  if (!before) {
    const isFirst = !Object.values(members).some(({ role }) => role === 'owner');
    return { role: isFirst ? 'owner' : 'bookkeeper', since: now, ...told };
  }
  if (before.outSince) return { role: 'viewer', since: now, ...told };
  return email === undefined || email === before.email ? before : { ...before, email };
}

/** Whether the spreadsheet carries the proof, or the cloud may not look at it. */
async function lookForProof(
  { sheet }: World,
  bookId: string,
  proof: string,
): Promise<'found' | 'absent' | 'shut out'> {
  try {
    return (await sheet.hasProof(bookId, proof)) ? 'found' : 'absent';
  } catch (error) {
    const code = error instanceof FailureError ? error.code : undefined;
    if (code === 'sheet-not-writable' || code === 'sheet-gone') return 'shut out';
    throw error;
  }
}

/** Who was proven before, and the first of all. */
function mayGoOn({ editors }: BookDoc, userId: string): boolean {
  return editors[userId] !== undefined || Object.keys(editors).length === 0;
}

function isYoung(since: Instant | undefined, now: Instant, ms: number): boolean {
  return since !== undefined && addMs(since, ms) > now;
}
