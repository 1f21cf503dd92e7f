import { createHash, timingSafeEqual } from 'node:crypto';
import { FailureError } from '../../shared/failures.ts';
import type { Callers } from '../ports/callers.ts';

/**
 * On one machine there is one user: who holds the session token that `npm start` has made.
 * @param email where mails reach the user; absent: nowhere
 */
export function createLocalCallers(sessionToken: string, email?: string): Callers {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  const expected = digest(sessionToken);
  return {
    async verify(token) {
      if (!timingSafeEqual(digest(token), expected)) throw new FailureError('not-signed-in');
      return { userId: 'local', ...(email && { email }) };
    },
  };
}
