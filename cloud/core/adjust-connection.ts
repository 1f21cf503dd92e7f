import { defaultInterval } from '../../shared/access.ts';
import type { ApiArgs } from '../../shared/api.ts';
import { latestOf } from '../../shared/calendar-date.ts';
import { changeConnection } from './connections-of-book.ts';
import { nextDueAt } from './sync-schedule.ts';
import type { World } from './world.ts';

/** Gives the connection another name. @throws FailureError `not-found` */
export async function renameConnection(
  { store }: World,
  bookId: string,
  { connectionId, name }: ApiArgs<'renameConnection'>,
): Promise<void> {
  await changeConnection(store, bookId, connectionId, (value) => ({ ...value, name }));
}

/** Says every how many hours the connection is synced by itself, counted from its last sync. @throws FailureError `not-found` */
export async function setSchedule(
  { store, clock }: World,
  bookId: string,
  { connectionId, everyHours }: ApiArgs<'setSchedule'>,
): Promise<void> {
  await changeConnection(store, bookId, connectionId, (value) => {
    if ((value.everyHours ?? defaultInterval) === everyHours) return value;
    const changed = { ...value, everyHours };
    if (!value.dueAt || !value.lastResult) return changed;
    const next = nextDueAt(value.lastResult.at, connectionId, changed) ?? value.dueAt;
    // Not before the bank answers again, nor before a worker that died is known to be dead.
    const isHeld = value.lastResult.outcome === 'limited' || value.lease !== undefined;
    return { ...changed, dueAt: latestOf(clock.now(), next, ...(isHeld ? [value.dueAt] : [])) };
  });
}
