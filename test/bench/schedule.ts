import { randomIds } from '../../cloud/adapters/system-clock.ts';
import { answerConfirmation } from '../../cloud/core/answer-confirmation.ts';
import { answerBank, askBank, startConnect } from '../../cloud/core/connect-bank.ts';
import { loadConnect, openConnectLink } from '../../cloud/core/connect-session.ts';
import { canSync } from '../../cloud/core/connection-state.ts';
import {
  type BookDoc,
  books,
  type ConnectionDoc,
  connections,
} from '../../cloud/core/documents.ts';
import { createLog } from '../../cloud/core/log.ts';
import { nextAllowedAt, QuotaSpent } from '../../cloud/core/quota.ts';
import { scheduleSyncs } from '../../cloud/core/schedule-syncs.ts';
import { sendMail } from '../../cloud/core/send-mail.ts';
import { syncConnection } from '../../cloud/core/sync-connection.ts';
import { nextDueAt } from '../../cloud/core/sync-schedule.ts';
import { termsVersion } from '../../cloud/core/terms.ts';
import type { World } from '../../cloud/core/world.ts';
import { BankError, ConfirmationNeeded } from '../../cloud/ports/bank-connector.ts';
import { write } from '../../cloud/ports/store.ts';
import type { Task } from '../../cloud/ports/tasks.ts';
import { syncIntervals } from '../../shared/access.ts';
import { addDays, addMs, dayOf, type Instant, msBetween } from '../../shared/calendar-date.ts';
import { type BankCall, createCountingBank } from '../cloud/core/counting-bank.ts';
import { benchBank, benchWorld } from './bench-world.ts';
import { createMemoryStore } from './memory-store.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;
const startAt: Instant = '2026-03-02T00:00:00.000Z';
const days = 7;
const connectionCount = 10_000;
const accountCount = 2;
/** As Cloud Scheduler runs it. */
const roundMs = 5 * minuteMs;
const jitterCount = 1_000_000;
/** By connection: a third of the banks fail, each in its own way. */
const ways = [
  'well',
  'outages',
  'well',
  'limits',
  'well',
  'rejects',
  'well',
  'asks',
  'well',
] as const;

/**
 * A week of 10,000 connections of two accounts on a set clock: the real schedule and the real sync, a store of maps, a
 * vault without locks, and a bank in this process that counts for itself and shows no entries: what is measured is the
 * deciding. Every figure but the seconds is the same each time.
 */
export async function measureSchedule(): Promise<Readonly<Record<string, unknown>>> {
  const week = createWeek();
  await week.connectAll();
  const from = performance.now();
  const cpu = process.cpuUsage();
  for (let at = 0; at < days * dayMs; at += roundMs) await week.round(addMs(startAt, at));
  const seconds = (performance.now() - from) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  const cpuSeconds = (user + system) / 1_000_000;
  const figures = { ...(await week.figures(seconds, cpuSeconds)), ...measureJitter() };
  const { quotaBreaches, neverSynced } = figures;
  if (quotaBreaches > 0 || neverSynced > 0) process.exitCode = 1;
  await week.close();
  return figures;
}

/** The same numbers each time. */
function createChance(): () => number {
  let state = 20_260_302;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

function createWeek() {
  let now = startAt;
  const chance = createChance();
  const counting = createCountingBank(() => now, 'login', accountCount);
  const { bank } = counting;
  const store = createMemoryStore();
  const queue: Task[] = [];
  const counted = { entries: 0, balances: 0, accounts: 0, ofUsers: 0 };
  const told = { decided: 0, syncs: 0, complete: 0, limited: 0, answers: 0, renewals: 0, mails: 0 };
  const refused = { calls: 0, syncs: 0 };
  const late: number[] = [];
  const perMinute = new Map<string, number>();
  const synced = new Set<string>();
  /** What users do later, by when. */
  const deeds: { at: Instant; do: () => Promise<void> }[] = [];
  /** Of each consent, whose it is. */
  const owners = new Map<string, number>();
  const rejected = new Set<number>();
  const confirmed = new Map<number, Instant>();
  const world: World = {
    ...benchWorld(store, benchBank([])),
    // Nothing secret is kept here, and locks would be half of the time.
    vault: {
      seal: async (subject, secret) => ({ key: subject, text: JSON.stringify(secret) }),
      open: async (_, { text }) => JSON.parse(text),
    },
    mailer: {
      send: async () => {
        told.mails += 1;
      },
    },
    clock: { now: () => now },
    ids: randomIds,
    log: createLog(({ detail }) => {
      if (detail === new QuotaSpent(0).detail) refused.calls += 1;
    }),
    tasks: { enqueue: async (task) => void queue.push(task) },
    connectors: new Map([[counting.connector.id, counting.connector]]),
  };

  bank.hasNews = false;
  bank.onCounted = ({ kind, isUserPresent }) => {
    if (isUserPresent) counted.ofUsers += 1;
    else counted[kind] += 1;
  };
  bank.trouble = ({ kind, consent, isUserPresent }: BankCall) => {
    const number = owners.get(consent);
    if (number === undefined || kind === 'answer' || kind === 'start') return undefined;
    switch (ways[number % ways.length]) {
      case 'outages': {
        // Down for some hours each day, at other hours for each bank.
        const hour = (Date.parse(now) / hourMs + (number % 24)) % 24;
        return hour < 5 ? new BankError('bank-unavailable') : undefined;
      }
      case 'limits':
        if (kind !== 'entries' || isUserPresent || chance() > 0.05) return undefined;
        return new BankError('rate-limited', undefined, { retryAfterSeconds: 3 * 3600 });
      case 'rejects':
        if (kind === 'open' && chance() < 0.02) rejected.add(number);
        return rejected.has(number) ? new BankError('login-rejected') : undefined;
      case 'asks':
        return kind === 'open' && !isUserPresent ? question(number, consent) : undefined;
      default:
        return undefined;
    }
  };

  /** Every other day or so the bank wants a code. */
  function question(number: number, consent: string) {
    const last = confirmed.get(number) ?? startAt;
    if (addMs(last, 40 * hourMs) > now) return undefined;
    const expiresAt = addMs(now, 8 * hourMs);
    const confirmation = { kind: 'code', prompt: 'Enter the code.', format: 'digits' } as const;
    return new ConfirmationNeeded({
      grant: { consent, until: expiresAt },
      confirmation,
      expiresAt,
    });
  }

  const keyOf = (number: number) => `c${number}`;
  const bookOf = (number: number) => `book-${number}`;

  async function connectAll(): Promise<void> {
    for (let number = 0; number < connectionCount; number++) {
      const consent = await newConsent(number);
      const grant = await world.vault.seal(keyOf(number), { consent });
      const everyHours = syncIntervals[number % syncIntervals.length] ?? 6;
      // As if they had been made one after another over their interval.
      const dueAt = addMs(startAt, Math.floor((number / connectionCount) * everyHours * hourMs));
      const book: BookDoc = {
        createdAt: now,
        editors: {},
        proofs: {},
        members: { bea: { role: 'owner', since: now, email: 'bea@example.org' } },
      };
      const connection: ConnectionDoc = {
        bookId: bookOf(number),
        ownerId: 'bea',
        institution: counting.institution,
        wayIn: counting.institution.wayIn,
        name: 'Bench Bank',
        state: 'connected',
        createdAt: now,
        consent: { grantedAt: now, confirmedAt: now, validUntil: addDays(dayOf(now), 180) },
        grant,
        terms: { version: termsVersion, acceptedAt: now },
        everyHours,
        accesses: [],
        accounts: counting.accounts.map((account, at) => ({
          ...account,
          key: `${keyOf(number)}-${at}`,
          feed: { bookAccount: { path: `Assets:${at}`, type: 'asset' }, from: dayOf(startAt) },
        })),
        dueAt,
      };
      await store.commit([
        write(books, bookOf(number), book, 'absent'),
        write(connections, keyOf(number), connection, 'absent'),
      ]);
    }
  }

  async function newConsent(number: number): Promise<string> {
    const step = await counting.connector.startAccess({
      institution: counting.institution,
      redirectUrl: '',
      notificationUrl: '',
      validUntil: addDays(dayOf(now), 180),
      credentials: {},
      user: { ipAddress: '203.0.113.7' },
    });
    const { consent = '' } = step.grant;
    owners.set(consent, number);
    return consent;
  }

  async function round(at: Instant): Promise<void> {
    now = at;
    for (const deed of deeds.filter((it) => it.at <= now)) {
      deeds.splice(deeds.indexOf(deed), 1);
      await deed.do();
    }
    // Now and then a bank tells of news, or somebody asks without being seen.
    for (let some = 0; some < 5; some++) {
      const cause = chance() < 0.7 ? 'notified' : 'manual';
      const connectionId = keyOf(Math.floor(chance() * connectionCount));
      queue.push({ kind: 'sync', connectionId, cause });
    }
    await scheduleSyncs(world);
    while (queue.length > 0) await perform(queue.shift() as Task);
  }

  async function perform(task: Task): Promise<void> {
    if (task.kind === 'mail') return sendMail(world, task.mailId);
    if (task.kind !== 'sync') return;
    const { connectionId, cause } = task;
    const before = await store.get(connections, connectionId);
    const dueAt = before?.value.dueAt;
    const isScheduled = cause === 'scheduled' && dueAt !== undefined && dueAt <= now;
    bank.isByItself = cause === 'scheduled' || cause === 'notified';
    const { outcome, failure } = await syncConnection(world, connectionId, cause, {
      ...(task.user && { user: task.user }),
    });
    bank.isByItself = false;
    told.decided += 1;
    if (outcome === 'skipped') {
      const isSpent = before !== null && nextAllowedAt(before.value, now) > now;
      if (isSpent && canSync(before.value.state)) refused.syncs += 1;
      return;
    }
    told.syncs += 1;
    if (isScheduled) {
      late.push(msBetween(dueAt, now) / 1000);
      // After the first day, when every connection has found its own minute.
      if (addMs(startAt, dayMs) <= dueAt) {
        const minute = dueAt.slice(0, 16);
        perMinute.set(minute, (perMinute.get(minute) ?? 0) + 1);
      }
    }
    if (outcome === 'complete') {
      told.complete += 1;
      synced.add(connectionId);
    }
    if (outcome === 'limited') told.limited += 1;
    const number = Number(connectionId.slice(1));
    // Most users answer within hours; some do so too late, and reconnect the next day.
    if (outcome === 'needs-user') {
      const isLate = chance() < 0.2;
      const hours = isLate ? 24 : 1 + chance() * 6;
      deeds.push({ at: addMs(now, hours * hourMs), do: () => doAsAsked(number) });
    }
    if (failure?.code === 'login-rejected') {
      deeds.push({ at: addMs(now, (4 + chance() * 30) * hourMs), do: () => doAsAsked(number) });
    }
  }

  /** What the sidebar says, if it still does. */
  async function doAsAsked(number: number): Promise<void> {
    const { state, confirmation } = (await store.get(connections, keyOf(number)))?.value ?? {};
    if (state !== 'needs-user' && state !== 'broken') return;
    const isOpen = confirmation !== undefined && confirmation.expiresAt > now;
    await (isOpen ? answer(number) : renew(number));
  }

  async function answer(number: number): Promise<void> {
    confirmed.set(number, now);
    told.answers += 1;
    const args = { connectionId: keyOf(number), answer: { kind: 'code', text: 'right' } } as const;
    await answerConfirmation(world, bookOf(number), 'bea', args, undefined);
  }

  /** By the connect page, with the right password. */
  async function renew(number: number): Promise<void> {
    rejected.delete(number);
    confirmed.set(number, now);
    told.renewals += 1;
    const link = await startConnect(world, bookOf(number), 'bea', { connectionId: keyOf(number) });
    const id = new URL(link).searchParams.get('link') ?? '';
    const session = await openConnectLink(world, id);
    const user = { ipAddress: '203.0.113.7' };
    const { version } = await loadConnect(world, session);
    await askBank(world, session, version, { name: '', credentials: {} }, user);
    await answerBank(world, session, { kind: 'returned' }, user);
    const found = await store.get(connections, keyOf(number));
    const grant = (await world.vault.open(keyOf(number), found?.value.grant ?? noGrant)) as {
      consent: string;
    };
    owners.set(grant.consent, number);
  }

  async function figures(seconds: number, cpuSeconds: number) {
    let neverSynced = 0;
    for (let number = 0; number < connectionCount; number++) {
      if (!synced.has(keyOf(number))) neverSynced += 1;
    }
    late.sort((a, b) => a - b);
    const counts = [...perMinute.values()];
    const even = counts.reduce((sum, it) => sum + it, 0) / ((days - 1) * 24 * 60);
    const { ofUsers, ...callsByKind } = counted;
    return {
      store: 'maps in memory',
      connections: connectionCount,
      days,
      seconds: Math.round(seconds),
      cpuSeconds: Math.round(cpuSeconds),
      decisionsPerSecond: Math.round(told.decided / seconds),
      syncs: told.syncs,
      syncsComplete: told.complete,
      callsWithoutUser: callsByKind,
      callsWithUser: ofUsers,
      refusedByPlanner: refused,
      limited: told.limited,
      userAnswers: told.answers,
      userRenewals: told.renewals,
      mails: told.mails,
      quotaBreaches: bank.breaches.length,
      firstBreach: bank.breaches[0] ?? null,
      neverSynced,
      lateSecondsMedian: late[Math.floor(late.length / 2)] ?? 0,
      lateSecondsWorst: late.at(-1) ?? 0,
      dueInOneMinute: { most: Math.max(...counts), even: Math.round(even * 10) / 10 },
    };
  }

  return { connectAll, round, figures, close: () => store.close() };
}

const noGrant = { key: '', text: '' };

/** When a million connections that were synced in the same instant are due again, by arithmetic alone. */
function measureJitter() {
  const { institution } = createCountingBank(() => startAt, 'psd2', 1);
  const connection: ConnectionDoc = {
    bookId: 'book',
    ownerId: 'bea',
    institution,
    wayIn: 'psd2',
    name: 'Bench Bank',
    state: 'connected',
    createdAt: startAt,
    consent: { grantedAt: startAt, confirmedAt: startAt },
    terms: { version: termsVersion, acceptedAt: startAt },
    accesses: [],
    accounts: [],
  };
  const perMinute = new Map<string, number>();
  for (let number = 0; number < jitterCount; number++) {
    const minute = nextDueAt(startAt, randomIds.next('c'), connection)?.slice(0, 16) ?? '';
    perMinute.set(minute, (perMinute.get(minute) ?? 0) + 1);
  }
  const mean = jitterCount / perMinute.size;
  const worst = Math.max(...perMinute.values());
  return { aMillionAtOnce: { minutes: perMinute.size, mean, worst, ratio: worst / mean } };
}
