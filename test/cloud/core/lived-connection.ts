import { setSchedule } from '../../../cloud/core/adjust-connection.ts';
import { answerConfirmation } from '../../../cloud/core/answer-confirmation.ts';
import { findAccounts, unsync } from '../../../cloud/core/bank-accounts.ts';
import { answerBank, askBank, startConnect } from '../../../cloud/core/connect-bank.ts';
import {
  acceptTerms,
  chooseInstitution,
  loadConnect,
  openConnectLink,
} from '../../../cloud/core/connect-session.ts';
import { books, connections, connects, mails } from '../../../cloud/core/documents.ts';
import { linkAccount } from '../../../cloud/core/link-account.ts';
import { overviewOf } from '../../../cloud/core/overview.ts';
import { applySync, previewSync } from '../../../cloud/core/preview-sync.ts';
import { requestHistory, requestSyncs } from '../../../cloud/core/request-syncs.ts';
import { scheduleSyncs } from '../../../cloud/core/schedule-syncs.ts';
import { sendMail } from '../../../cloud/core/send-mail.ts';
import { syncConnection } from '../../../cloud/core/sync-connection.ts';
import { takeNotice } from '../../../cloud/core/take-notice.ts';
import { termsVersion } from '../../../cloud/core/terms.ts';
import type { World } from '../../../cloud/core/world.ts';
import { MailFailed } from '../../../cloud/ports/mailer.ts';
import { StoreUnavailable, write } from '../../../cloud/ports/store.ts';
import type { PresentUser, Task } from '../../../cloud/ports/tasks.ts';
import { addMs, type Instant } from '../../../shared/calendar-date.ts';
import { FailureError } from '../../../shared/failures.ts';
import { type CountedCall, createCountingBank } from './counting-bank.ts';
import { Dead, faultyWorld } from './faulty-world.ts';
import {
  ConnectorDefect,
  type Deed,
  type LifeFault,
  type LifeOptions,
  type LifeStep,
  troubleOf,
} from './life-steps.ts';
import { bookId, bookOfErika, createTestWorld } from './world.ts';

const minuteMs = 60_000;
/** As the queue of syncs has it on Firebase. */
const attemptMax = 3;
/** A round may start what starts another; more than this is going in circles. */
const taskMax = 60;

/** One connection with its schedule, its bank, its user and all that befalls them. */
export async function liveConnection(options: LifeOptions) {
  const { wayIn, accountCount } = options;
  const it = createTestWorld();
  const { bank, connector, institution, forget } = createCountingBank(
    () => it.world.clock.now(),
    wayIn,
    accountCount,
  );
  const calls: CountedCall[] = [];
  bank.onCounted = (call) => calls.push(call);
  bank.perDay = options.perDay;
  bank.consentDays = options.consentDays;
  let mailFails: 'again' | 'never' | 'unknown' | 'not' = 'not';
  const mailed: string[] = [];
  const world: World = {
    ...it.world,
    connectors: new Map([[connector.id, connector]]),
    mailer: {
      send: async (mail) => {
        if (mailFails === 'again' || mailFails === 'never') throw new MailFailed(mailFails);
        mailed.push(mail.id);
        if (mailFails === 'unknown') throw new MailFailed(mailFails);
      },
    },
  };
  const { store, clock } = world;
  await store.commit([write(books, bookId, bookOfErika(clock.now()), 'absent')]);
  let connectionId = '';
  let previewId = '';
  let noticeNumber = 0;
  let fault: LifeFault | undefined;
  let wasTroubled = false;
  let hadMailTrouble = false;

  const presence = (isPresent: boolean): PresentUser | undefined =>
    isPresent ? { ipAddress: '203.0.113.7', until: addMs(clock.now(), 5 * minuteMs) } : undefined;
  const found = async () => {
    const doc = await store.get(connections, connectionId);
    if (!doc) throw new Error('no connection');
    return doc.value;
  };

  /** Goes the way of the connect page, as far as the bank lets the user. */
  async function connect(renewed?: string): Promise<void> {
    const user = { ipAddress: '203.0.113.7' };
    const args = renewed ? { connectionId: renewed } : {};
    const link = new URL(await startConnect(world, bookId, 'erika', args)).searchParams.get('link');
    const session = await openConnectLink(world, link ?? '');
    if (!renewed) {
      await acceptTerms(world, session, termsVersion);
      await chooseInstitution(world, session, institution.id);
    }
    const { version } = await loadConnect(world, session);
    await askBank(world, session, version, { name: 'Our bank', credentials: {} }, user);
    for (let left = 3; left > 0; left--) {
      const asked = (await loadConnect(world, session)).value.confirmation?.confirmation;
      if (!asked) break;
      const answer = { kind: 'code', text: 'right' } as const;
      await answerBank(world, session, asked.kind === 'code' ? answer : { kind: 'returned' }, user);
    }
    const done = await store.get(connects, session);
    if (!done?.value.isDone || !done.value.connectionId) return;
    // Another connection has another log.
    if (done.value.connectionId !== connectionId) calls.length = 0;
    connectionId = done.value.connectionId;
    for (const [at, account] of (await found()).accounts.entries()) {
      if (account.feed) continue;
      const bookAccount = { path: `Assets:Account ${at}`, type: 'asset' } as const;
      const link = { connectionId, accountKey: account.key, bookAccount, from: '2026-02-20' };
      await linkAccount(world, bookId, link);
    }
  }

  /** A user does it, also where the bank is just asked by nobody. */
  async function act(deed: Deed): Promise<void> {
    const before = bank.isByItself;
    bank.isByItself = false;
    try {
      await actAs(deed);
    } finally {
      bank.isByItself = before;
    }
  }

  async function actAs(deed: Deed): Promise<void> {
    const user = 'isPresent' in deed ? presence(deed.isPresent) : undefined;
    switch (deed.do) {
      case 'manual':
        return requestSyncs(world, bookId, connectionId, user);
      case 'history': {
        const from = deed.from && { from: deed.from };
        return requestHistory(world, bookId, { connectionId, ...from }, user);
      }
      case 'preview':
        previewId = (await previewSync(struck(), bookId, connectionId, user)).previewId;
        return;
      case 'apply':
        return previewId ? applySync(struck(), bookId, previewId) : undefined;
      case 'find':
        return findAccounts(struck(), bookId, connectionId, user);
      case 'answer': {
        const answer = { kind: 'code', text: deed.text } as const;
        return answerConfirmation(world, bookId, 'erika', { connectionId, answer }, user);
      }
      case 'interval':
        return setSchedule(world, bookId, { connectionId, everyHours: deed.hours });
      case 'reconnect':
        return connect((await found()).state === 'removed' ? undefined : connectionId);
      case 'unsync':
        return unsync(world, bookId, connectionId);
      case 'notice': {
        const { noticeKey = 'none' } = await found();
        const body = JSON.stringify({ id: `n${noticeNumber++}`, noticeKey });
        return takeNotice(world, institution.connector, { body, headers: {} });
      }
      case 'twin':
        return perform({ kind: 'sync', connectionId, cause: 'notified' });
    }
  }

  /** The world, with the next fault in it. */
  function struck(): World {
    return fault ? faultyWorld(world, fault.at, fault.effect).world : world;
  }

  async function perform(task: Task): Promise<void> {
    if (task.kind === 'mail') return sendMail(struck(), task.mailId);
    if (task.kind !== 'sync') return;
    const before = bank.isByItself;
    bank.isByItself = task.cause === 'scheduled' || task.cause === 'notified';
    try {
      const { user, cause } = task;
      await syncConnection(struck(), task.connectionId, cause, { user });
    } finally {
      bank.isByItself = before;
    }
  }

  /** Does what waits; a task that fails is tried again, unless its process is gone with the queue. */
  async function work(): Promise<void> {
    for (let left = taskMax; it.queue.length > 0; left--) {
      if (left === 0) throw new Error('tasks go in circles');
      const task = it.queue.shift() as Task;
      for (let attempt = 1; attempt <= attemptMax; attempt++) {
        try {
          await perform(task);
          break;
        } catch (error) {
          if (!isExpected(error)) throw error;
          wasTroubled = true;
          forget();
          if (fault && fault.tries === undefined) {
            it.queue.length = 0;
            break;
          }
          if (fault?.tries === attempt) fault = undefined;
          it.pass(minuteMs);
        }
      }
      fault = undefined;
    }
  }

  /** What a fault and a bank may end with; all else is a defect. */
  function isExpected(error: unknown): boolean {
    if (error instanceof FailureError || error instanceof ConnectorDefect) return true;
    const isStrike = error instanceof Dead || error instanceof StoreUnavailable;
    return isStrike || (error instanceof Error && error.message === 'no answer');
  }

  async function attempt(deed: () => Promise<void>): Promise<void> {
    try {
      await deed();
    } catch (error) {
      if (!isExpected(error)) throw error;
      if (error instanceof FailureError || error instanceof ConnectorDefect) return;
      wasTroubled = true;
      forget();
    }
  }

  async function round(): Promise<void> {
    await attempt(() => scheduleSyncs(struck()));
    await work();
  }

  /** The next instant at which a round finds something. */
  async function nextAt(): Promise<Instant | undefined> {
    const { dueAt, noticeAt } = await found();
    const waiting = await store.find(mails, { field: 'dueAt', op: '<=', value: '9', limit: 1 });
    const due = [dueAt, noticeAt, waiting[0]?.value.dueAt].filter((at) => at !== undefined);
    return due.sort()[0];
  }

  /** The scheduler runs, and nothing else happens. */
  async function live(hours: number): Promise<void> {
    const end = addMs(clock.now(), hours * 60 * minuteMs);
    for (let left = 24 * Math.ceil(hours) + 48; ; left--) {
      if (left === 0) throw new Error('the schedule goes in circles');
      await round();
      const at = await nextAt();
      const next = at && at > clock.now() ? at : addMs(clock.now(), 5 * minuteMs);
      if (!at || next > end) break;
      it.setNow(next);
    }
    if (clock.now() < end) it.setNow(end);
    await round();
  }

  async function play(step: LifeStep): Promise<void> {
    switch (step.do) {
      case 'wait':
        it.pass(step.minutes * minuteMs);
        return round();
      case 'live':
        return live(step.hours);
      case 'trouble':
        bank.trouble = troubleOf(step.trouble, clock.now);
        return;
      case 'heal':
        bank.trouble = () => undefined;
        bank.onCall = async () => {};
        return;
      case 'mail':
        mailFails = step.fails;
        hadMailTrouble ||= step.fails !== 'not';
        return;
      case 'meanwhile':
        bank.onCall = async () => {
          bank.onCall = async () => {};
          // Ends an access, which then counts at its worst.
          wasTroubled ||= step.deed.do === 'reconnect';
          await attempt(() => act(step.deed));
        };
        return;
      default:
        await attempt(() => act(step));
        return work();
    }
  }

  await connect();
  await work();
  return {
    ...it,
    world,
    bank,
    /** Of this connection, as the bank has counted them. */
    calls,
    mailed,
    found,
    live,
    connectionId: () => connectionId,
    wasTroubled: () => wasTroubled,
    hadMailTrouble: () => hadMailTrouble,
    overview: async () => (await overviewOf(world, bookId, 'erika')).connections[0],
    play: async (step: LifeStep, next?: LifeFault) => {
      fault = next;
      try {
        await play(step);
      } finally {
        fault = undefined;
      }
    },
  };
}

export type LivedConnection = Awaited<ReturnType<typeof liveConnection>>;
