import type { ApiResult } from '../../shared/api.ts';
import { callCloud } from './call-cloud.ts';
import { isUntouched } from './is-untouched.ts';
import { readWholeBook } from './read-whole-book.ts';
import { writeChanges } from './write-changes.ts';

/** How long to wait for another sidebar that delivers; then it is left to it. */
const lockMs = 1000;
/** How often to begin anew when the user changes what was read. */
const attemptMax = 3;

/**
 * Writes what waits into the book with the user's own right, where the cloud may not: one at a time, here by the
 * document's lock, and of all deliverers by the cloud's lease, which outlasts the six minutes of a call.
 * @returns null where there was nothing to write, or it is another's to write
 */
export function deliverRows(): ApiResult<'overview'> | null {
  const lock = LockService.getDocumentLock();
  if (!lock?.tryLock(lockMs)) return null;
  try {
    let answer: ApiResult<'overview'> | null = null;
    for (let attempt = 1; attempt <= attemptMax; attempt += 1) {
      const { answer: told, isOver } = deliverOnce();
      answer = told;
      if (isOver) break;
    }
    return answer;
  } finally {
    lock.releaseLock();
  }
}

function deliverOnce(): { answer: ApiResult<'overview'> | null; isOver: boolean } {
  const { reading } = readWholeBook();
  const taken = callCloud('takeDelivery', { snapshot: reading });
  if (!taken.ok) return { answer: taken, isOver: true };
  if (!taken.value) return { answer: null, isOver: true };
  const { deliveryId, batchIds, changes } = taken.value;
  const finish = (isWritten: boolean) =>
    callCloud('finishDelivery', { deliveryId, batchIds: [...batchIds], isWritten });
  let isWritten = false;
  try {
    // The call took a while, in which the user may have sorted the rows, or the cloud delivered.
    const book = readWholeBook();
    if (isUntouched(reading, book.reading, changes)) {
      writeChanges(book, changes);
      isWritten = true;
    }
  } catch (error) {
    finish(false);
    throw error;
  }
  const answer = finish(isWritten);
  return { answer, isOver: isWritten || !answer.ok };
}
