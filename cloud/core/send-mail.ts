import { addDays, addMs, dayOf } from '../../shared/calendar-date.ts';
import { type Mail, MailFailed } from '../ports/mailer.ts';
import { type Doc, StoreConflict, write } from '../ports/store.ts';
import { type MailDoc, mails } from './documents.ts';
import type { World } from './world.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
/** How long after each try that failed the next one comes: nine tries within two days. */
const backoffMs = [
  5 * minuteMs,
  15 * minuteMs,
  hourMs,
  3 * hourMs,
  6 * hourMs,
  10 * hourMs,
  12 * hourMs,
  15 * hourMs,
];
/** A process that sends for longer than this is dead, and took with it whether the mail went. */
const sendingMs = 15 * minuteMs;
/** Most of each kind in one round of the schedule. */
const roundMax = 200;
/** Thirteen months, as the log of accesses. */
const keptDays = 396;

/**
 * Sends a mail that waits. It is marked first, so that it is never sent twice: what became of one whose process died, or
 * whose server did not say, is not known, and it is not sent again.
 */
export async function sendMail(world: World, mailId: string): Promise<void> {
  const { store, clock, mailer, log } = world;
  const found = await store.get(mails, mailId);
  const now = clock.now();
  if (!found?.value.dueAt || found.value.dueAt > now) return;
  const { dueAt: _, ...mail } = found.value;
  if (mail.state === 'sending') return giveUp(world, found, 'unknown');
  const tries = mail.tries + 1;
  const sending = {
    ...mail,
    state: 'sending',
    at: now,
    tries,
    dueAt: addMs(now, sendingMs),
  } as const;
  const version = await putMail(world, found, sending);
  if (version === undefined) return;
  const marked = { key: mailId, version, value: sending };
  try {
    await mailer.send(toMail(mail));
  } catch (error) {
    if (!(error instanceof MailFailed)) log.defect('sendMail', error);
    const next = error instanceof MailFailed ? error.next : 'unknown';
    return next === 'again' ? putOff(world, marked) : giveUp(world, marked, next);
  }
  await putMail(world, marked, { ...mail, state: 'sent', at: clock.now(), tries });
  log.mailSent(mailId, tries);
}

/** Starts mails whose time has come, and forgets those whose cause nobody will meet again. */
export async function sendDueMails({ store, tasks, clock }: World): Promise<void> {
  const now = clock.now();
  const due = await store.find(mails, { field: 'dueAt', op: '<=', value: now, limit: roundMax });
  for (const { key: mailId } of due) await tasks.enqueue({ kind: 'mail', mailId });
  const value = addDays(dayOf(now), -keptDays);
  const old = await store.find(mails, { field: 'at', op: '<=', value, limit: roundMax });
  if (old.length > 0) await store.commit(old.map(({ key }) => write(mails, key, null, 'any')));
}

/** Tries again later, or not any more. */
async function putOff(world: World, marked: Doc<MailDoc>): Promise<void> {
  const { tries } = marked.value;
  const wait = backoffMs[tries - 1];
  if (wait === undefined) return giveUp(world, marked, 'never');
  const at = world.clock.now();
  await putMail(world, marked, { ...marked.value, state: 'waiting', at, dueAt: addMs(at, wait) });
}

async function giveUp(world: World, found: Doc<MailDoc>, why: 'never' | 'unknown'): Promise<void> {
  const { dueAt: _, ...mail } = found.value;
  const state = why === 'never' ? 'refused' : 'unknown';
  await putMail(world, found, { ...mail, state, at: world.clock.now() });
  world.log.mailNotSent(found.key, state, mail.tries);
}

/** @returns the new version; undefined where another process has the mail. */
async function putMail(
  { store }: World,
  { key, version }: Doc<MailDoc>,
  mail: MailDoc,
): Promise<string | undefined> {
  try {
    const [written] = await store.commit([write(mails, key, mail, { version })]);
    return written;
  } catch (error) {
    if (error instanceof StoreConflict) return undefined;
    throw error;
  }
}

function toMail({ id, to, subject, text, html }: Mail): Mail {
  return { id, to, subject, text, html };
}
