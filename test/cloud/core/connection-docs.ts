import type { ConnectionDoc, PendingConfirmation } from '../../../cloud/core/documents.ts';
import type { Instant } from '../../../shared/calendar-date.ts';
import { bookId, institution } from './world.ts';

export const confirmedAt = '2026-03-02T08:00:00.000Z';

/** A connection called DKB; the consent was given on 2 March and holds for 180 days. */
export function connectionDoc(changes: Partial<ConnectionDoc> = {}): ConnectionDoc {
  return {
    bookId,
    ownerId: 'erika',
    institution,
    wayIn: 'psd2',
    name: 'DKB',
    state: 'connected',
    createdAt: confirmedAt,
    consent: { grantedAt: confirmedAt, confirmedAt, validUntil: '2026-08-29' },
    terms: { version: '1', acceptedAt: confirmedAt },
    accesses: [],
    accounts: [],
    dueAt: confirmedAt,
    ...changes,
  };
}

/** A code that the bank wants, asked for at that time by a sync with that cause; it waits for a day. */
export function pendingCode(
  askedAt: Instant,
  changes: Partial<PendingConfirmation> = {},
): PendingConfirmation {
  return {
    confirmation: { kind: 'code', prompt: 'TAN 12 for Erika Muster', format: 'digits' },
    state: { key: 'k', text: 'sealed' },
    cause: 'historical',
    askedAt,
    expiresAt: `2027${askedAt.slice(4)}`,
    ...changes,
  };
}
