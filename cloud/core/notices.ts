import type { Instant } from '../../shared/calendar-date.ts';
import { failures } from '../../shared/failures.ts';
import { StoreConflict, type Write, write } from '../ports/store.ts';
import {
  type BookDoc,
  books,
  type ConnectionDoc,
  connections,
  type MailDoc,
  mails,
} from './documents.ts';
import { nextNoticeAt, noticesOf, settleByTime, type UserNotice } from './due-notices.ts';
import { wordMail } from './mail-words.ts';
import { memberOf } from './members.ts';
import { untilCommitted } from './until-committed.ts';
import type { World } from './world.ts';

/** Most connections told in one round of the schedule. */
const roundMax = 200;

/**
 * The connection as time has made it (expired, its bank's question over), with the next instant at which its user is to
 * be told of something. What is due now is told by `mailWrites` in the same commit; a notice that was due before and not
 * told yet stays due.
 */
export function withNotice(connection: ConnectionDoc, now: Instant): ConnectionDoc {
  const { noticeAt: before } = connection;
  const isUntold = before !== undefined && before <= now && connection.state !== 'removed';
  return isUntold
    ? { ...settleByTime(connection, now), noticeAt: before }
    : scheduleNext(connection, now);
}

function scheduleNext(connection: ConnectionDoc, now: Instant): ConnectionDoc {
  const { noticeAt: _, ...rest } = settleByTime(connection, now);
  const noticeAt = nextNoticeAt(rest, now);
  return noticeAt ? { ...rest, noticeAt } : rest;
}

export interface MailWrites {
  /** To be committed with the connection. */
  readonly writes: readonly Write[];
  /** Of the mails to be sent once that is done. */
  readonly ids: readonly string[];
}

/**
 * The mails that are due for a connection and do not exist yet. Whoever gave the consent gets them, as long as in the
 * book and known by an address; reminders can be declined. One read where nothing is to be written.
 */
export async function mailWrites(
  world: World,
  connectionId: string,
  connection: ConnectionDoc,
): Promise<MailWrites> {
  const { store, clock, log } = world;
  const now = clock.now();
  const { state, failure, bookId, ownerId } = connection;
  if (state === 'broken' && failure && failures[failure.code].acts === 'operator') {
    log.operatorNeeded(connectionId, failure.code);
  }
  const due = noticesOf(connectionId, connection, now);
  if (due.length === 0) return { writes: [], ids: [] };
  const told = await store.getMany(
    mails,
    due.map(({ id }) => id),
  );
  const untold = due.filter(({ id }) => !told.some(({ key }) => key === id));
  if (untold.length === 0) return { writes: [], ids: [] };
  const book = await store.get(books, bookId);
  const to = untold.filter((notice) => wantsNotice(book?.value, ownerId, notice));
  const email = book && memberOf(book.value, ownerId)?.email;
  if (!email) {
    for (const { id } of to) log.mailWithoutAddress(id);
    return { writes: [], ids: [] };
  }
  const made = to.map((notice): MailDoc => {
    const words = wordMail(notice.about, connection.name, world.bookUrl(bookId));
    return { id: notice.id, to: email, ...words, state: 'waiting', at: now, tries: 0, dueAt: now };
  });
  return {
    writes: made.map((mail) => write(mails, mail.id, mail, 'absent')),
    ids: made.map(({ id }) => id),
  };
}

function wantsNotice(book: BookDoc | undefined, userId: string, { about }: UserNotice): boolean {
  const member = book && memberOf(book, userId);
  return !(about.kind === 'renewal' && member?.noReminders);
}

/**
 * Tells what has become due by time alone, and decides what time decides: a consent that is over, a question that its bank
 * no longer waits for. Each connection in one commit of its own.
 */
export async function tellDue(world: World): Promise<void> {
  const { store, clock, log } = world;
  const value = clock.now();
  const due = await store.find(connections, {
    field: 'noticeAt',
    op: '<=',
    value,
    limit: roundMax,
  });
  for (const { key } of due) {
    try {
      await tellConnection(world, key);
    } catch (error) {
      // Somebody is writing it all the time: it stays due. The others are not kept waiting.
      if (!(error instanceof StoreConflict)) throw error;
      log.defect('tellDue', error);
    }
  }
}

async function tellConnection(world: World, key: string): Promise<void> {
  const { store, clock, tasks } = world;
  const ids = await untilCommitted(async () => {
    const found = await store.get(connections, key);
    const now = clock.now();
    if (!found?.value.noticeAt || found.value.noticeAt > now) return [];
    const next = scheduleNext(found.value, now);
    const mailed = await mailWrites(world, key, next);
    const changed = write(connections, key, next, { version: found.version });
    await store.commit([changed, ...mailed.writes]);
    return mailed.ids;
  });
  for (const mailId of ids) await tasks.enqueue({ kind: 'mail', mailId });
}
