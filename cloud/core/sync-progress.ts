import type { SyncProgress } from '../../shared/api.ts';
import { msBetween } from '../../shared/calendar-date.ts';
import type { Clock } from '../ports/clock.ts';
import { type Store, write } from '../ports/store.ts';
import { progresses } from './documents.ts';

const everyMs = 1000;

export type ReportProgress = ReturnType<typeof reportProgress>;

/**
 * Tells how far a sync is, for the user who watches. Written at most once a second and never in the first: a quick sync
 * costs no write. What cannot be told is no failure of the sync.
 */
export function reportProgress(store: Store, clock: Clock, connectionId: string) {
  let last = clock.now();
  return async (progress: SyncProgress): Promise<void> => {
    const at = clock.now();
    if (msBetween(last, at) < everyMs) return;
    last = at;
    await store.commit([write(progresses, connectionId, { ...progress, at }, 'any')]);
  };
}
