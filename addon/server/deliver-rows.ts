import type { ApiResult } from '../../shared/api.ts';
import type { BookReading, PlainChanges } from '../../shared/delivery.ts';
import { callCloud } from './call-cloud.ts';
import { type Attempt, writePlanned } from './write-planned.ts';

/** How long to wait for another sidebar that delivers; then it is left to it. */
const lockMs = 1000;

/**
 * Writes what waits into the book with the user's own right, where the cloud may not: one at a time, here by the
 * document's lock, and of all deliverers by the cloud's lease, which outlasts the six minutes of a call.
 * @returns null where there was nothing to write, or it is another's to write
 */
export function deliverRows(): ApiResult<'overview'> | null {
  return writePlanned(lockMs, deliverOnce);
}

function deliverOnce(
  snapshot: BookReading,
  write: (changes: PlainChanges) => boolean,
): Attempt<ApiResult<'overview'> | null> {
  const taken = callCloud('takeDelivery', { snapshot });
  if (!taken.ok) return { answer: taken, isOver: true };
  if (!taken.value) return { answer: null, isOver: true };
  const { deliveryId, batchIds, changes } = taken.value;
  const finish = (isWritten: boolean) =>
    callCloud('finishDelivery', { deliveryId, batchIds: [...batchIds], isWritten });
  let isWritten = false;
  try {
    isWritten = write(changes);
  } catch (error) {
    finish(false);
    throw error;
  }
  const answer = finish(isWritten);
  return { answer, isOver: isWritten || !answer.ok };
}
