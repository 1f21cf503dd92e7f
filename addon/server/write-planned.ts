import type { BookReading, PlainChanges } from '../../shared/delivery.ts';
import { isUntouched } from './is-untouched.ts';
import { readWholeBook } from './read-whole-book.ts';
import { writeChanges } from './write-changes.ts';

/** How long somebody who asked for a change waits for another sidebar that writes: the sidebar waits for a call a little over a minute. */
export const userLockMs = 10_000;
/** How often to begin anew when the user changes what was read. */
const attemptMax = 3;

/** What came of one attempt; where it is not over, the next one begins with another reading. */
export interface Attempt<T> {
  readonly answer: T;
  readonly isOver: boolean;
}

/**
 * Reads the book, lets the cloud plan by that, and writes it where nothing has changed that it was planned by: here one
 * at a time, by the document's lock.
 * @param attempt asks the cloud; its `write` tells whether the changes are written now
 * @returns null where another sidebar kept the lock for longer than `lockMs`
 */
export function writePlanned<T>(
  lockMs: number,
  attempt: (reading: BookReading, write: (changes: PlainChanges) => boolean) => Attempt<T>,
): T | null {
  return underLock(lockMs, () => {
    for (let attempts = 1; ; attempts += 1) {
      const { reading } = readWholeBook();
      const { answer, isOver } = attempt(reading, (changes) => writeIfUntouched(reading, changes));
      if (isOver || attempts === attemptMax) return answer;
    }
  });
}

/** The result of `work` under the document's lock; null where that is not to be had for so long. */
export function underLock<T>(lockMs: number, work: () => T): T | null {
  const lock = LockService.getDocumentLock();
  if (!lock?.tryLock(lockMs)) return null;
  try {
    return work();
  } finally {
    lock.releaseLock();
  }
}

function writeIfUntouched(reading: BookReading, changes: PlainChanges): boolean {
  // The call took a while, in which the user may have sorted the rows, or the cloud delivered.
  const book = readWholeBook();
  if (!isUntouched(reading, book.reading, changes)) return false;
  writeChanges(book, changes);
  return true;
}
