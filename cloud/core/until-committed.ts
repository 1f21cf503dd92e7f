import { StoreConflict } from '../ports/store.ts';

const attemptMax = 5;

/**
 * Reads, decides and commits, again from the start as long as somebody else is faster; after that the conflict is thrown.
 * `beforeAgain` comes before each further attempt.
 */
export async function untilCommitted<T>(
  attempt: () => Promise<T>,
  beforeAgain: () => Promise<void> = async () => {},
): Promise<T> {
  for (let number = 1; ; number++) {
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof StoreConflict) || number === attemptMax) throw error;
    }
    await beforeAgain();
  }
}
