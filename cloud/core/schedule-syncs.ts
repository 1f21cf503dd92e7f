import { addMs } from '../../shared/calendar-date.ts';
import { dropOldAccesses } from './access-log.ts';
import { dropOldConnects } from './connect-session.ts';
import { connections, outbox } from './documents.ts';
import { resumeImports } from './import-file.ts';
import { refreshInstitutions } from './institution-lists.ts';
import { dropOldFiles } from './keep-file.ts';
import { tellDue } from './notices.ts';
import { dropOldPreviews } from './preview-sync.ts';
import { sendDueMails } from './send-mail.ts';
import { dropOldNotices } from './take-notice.ts';
import type { World } from './world.ts';

/** Most of each kind in one round; the next round takes the rest. */
const roundMax = 500;
const bookMax = 20;
/** A batch this old was left behind by a delivery that failed or died. */
const staleMs = 60_000;

const drops = [dropOldPreviews, dropOldFiles, dropOldConnects, dropOldNotices, dropOldAccesses];

/** Starts what is due: syncs by their time, deliveries that were left behind. Both worlds call it every few minutes. */
export async function scheduleSyncs(world: World): Promise<void> {
  const { store, tasks, clock, log } = world;
  const now = clock.now();
  const due = await store.find(connections, {
    field: 'dueAt',
    op: '<=',
    value: now,
    limit: roundMax,
  });
  for (const { key } of due) {
    await tasks.enqueue({ kind: 'sync', connectionId: key, cause: 'scheduled' });
  }
  const stale = await store.find(outbox, {
    field: 'createdAt',
    op: '<=',
    value: addMs(now, -staleMs),
    limit: bookMax,
  });
  await tellDue(world);
  await sendDueMails(world);
  await resumeImports(world);
  for (const drop of drops) await drop(world);
  const books = new Set(stale.map(({ value }) => value.bookId));
  for (const bookId of books) await tasks.enqueue({ kind: 'deliver', bookId });
  if (due.length + books.size > 0) log.scheduled(due.length, books.size);
  await refreshInstitutions(world);
}
