import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readAccessLog } from '../../../cloud/core/access-log.ts';
import { canSync } from '../../../cloud/core/connection-state.ts';
import { type ConnectionDoc, mails } from '../../../cloud/core/documents.ts';
import type { Access, CallKind } from '../../../shared/access.ts';
import { defaultInterval, syncIntervals } from '../../../shared/access.ts';
import { addMs } from '../../../shared/calendar-date.ts';
import { failures } from '../../../shared/failures.ts';
import { faultEffects } from './faulty-world.ts';
import type { Deed, LifeFault, LifeOptions, LifeStep, Trouble } from './life-steps.ts';
import { type LivedConnection, liveConnection } from './lived-connection.ts';
import { bookId } from './world.ts';

const hourMs = 3_600_000;
const runs = Number(process.env['LIFE_RUNS'] ?? 100);

const options: fc.Arbitrary<LifeOptions> = fc.record({
  wayIn: fc.constantFrom('psd2', 'login'),
  accountCount: fc.constantFrom(1, 2),
  perDay: fc.constantFrom(undefined, undefined, 1, 2, 3, 6),
  consentDays: fc.constantFrom(undefined, 180, 40, 10),
});

const codes = [
  'rate-limited',
  'bank-unavailable',
  'timeout',
  'reply-unreadable',
  'period-not-available',
  'needs-confirmation',
  'consent-expired',
  'consent-revoked',
  'confirmation-declined',
  'confirmation-expired',
  'code-rejected',
  'login-rejected',
  'account-locked',
  'account-gone',
  'provider-not-configured',
  'defect',
] as const;

/** Those after which the schedule may not simply go on. */
const frequent = ['rate-limited', 'needs-confirmation', 'login-rejected'] as const;
const places = ['open', 'entries', 'balances', 'accounts', 'start', 'answer'] as const;

const trouble: fc.Arbitrary<Trouble> = fc
  .record({
    at: fc.constantFrom(...places, 'open', 'entries', 'entries', 'entries', 'entries'),
    isSecond: fc.boolean(),
    isFirstDown: fc.boolean(),
    code: fc.oneof(fc.constantFrom(...codes), fc.constantFrom(...frequent)),
    hours: fc.constantFrom(undefined, 1, 20, 20),
  })
  .map(({ hours, ...rest }): Trouble => {
    if (hours === undefined) return rest;
    if (rest.code === 'rate-limited') return { ...rest, retryAfterHours: hours };
    return rest.code === 'needs-confirmation' ? { ...rest, waitsHours: hours } : rest;
  });

const isPresent = fc.boolean();
const deed: fc.Arbitrary<Deed> = fc.oneof(
  fc.record({ do: fc.constantFrom('manual', 'preview', 'apply', 'find'), isPresent }),
  fc.record({ do: fc.constant('history'), isPresent }),
  fc.record({ do: fc.constant('history'), isPresent, from: fc.constantFrom('2025-06-01') }),
  fc.record({ do: fc.constant('answer'), text: fc.constantFrom('right', 'wrong'), isPresent }),
  fc.record({ do: fc.constant('interval'), hours: fc.constantFrom(...syncIntervals) }),
  fc.record({ do: fc.constantFrom('reconnect', 'unsync', 'notice', 'notice', 'twin') }),
);

const step: fc.Arbitrary<LifeStep> = fc.oneof(
  { weight: 3, arbitrary: deed },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('wait'),
      minutes: fc.constantFrom(0, 1, 12, 31, 70, 200, 361, 800, 1_441, 4_000),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('live'), hours: fc.constantFrom(1, 7, 25, 50, 250) }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('meanwhile'), deed }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('mail'),
      fails: fc.constantFrom('again', 'never', 'unknown', 'not', 'not'),
    }),
  },
) as fc.Arbitrary<LifeStep>;

const fault: fc.Arbitrary<LifeFault> = fc.record({
  at: fc.integer({ min: 1, max: 9 }),
  effect: fc.constantFrom(...faultEffects),
  tries: fc.constantFrom(undefined, 1, 2, 3),
});

interface Turn {
  readonly step: LifeStep;
  readonly fault?: LifeFault | undefined;
}

/** A trouble of the bank, what happens meanwhile, and often its end. */
const episode: fc.Arbitrary<readonly Turn[]> = fc
  .record({
    trouble: fc.option(trouble, { freq: 4 }),
    turns: fc.array(fc.record({ step, fault: fc.option(fault, { nil: undefined, freq: 4 }) }), {
      minLength: 1,
      maxLength: 5,
    }),
    isHealed: fc.boolean(),
  })
  .map(({ trouble: of, turns, isHealed }): readonly Turn[] => [
    ...(of ? [{ step: { do: 'trouble', trouble: of } } as const] : []),
    ...turns,
    ...(isHealed ? [{ step: { do: 'heal' } } as const] : []),
  ]);

/** One trouble of the bank, without a fault of ours: what is done by hand and then by the schedule. */
const oneTrouble: fc.Arbitrary<readonly Turn[]> = fc
  .record({ trouble, first: deed, second: fc.option(deed) })
  .map(({ trouble: of, first, second }): readonly Turn[] => [
    { step: { do: 'trouble', trouble: of } },
    { step: first },
    ...(second ? [{ step: second }] : []),
    { step: { do: 'live', hours: 25 } },
  ]);

const history = fc.array(episode, { minLength: 1, maxLength: 5 }).map((it) => it.flat());

describe('a connection, whatever its bank, its user and its processes do', () => {
  test('asks the bank no more than it allows, and is never stuck', async () => {
    await fc.assert(fc.asyncProperty(options, history, live), { numRuns: runs });
  }, 300_000);

  test('goes through each trouble of the bank so, whatever is done by hand', async () => {
    await fc.assert(fc.asyncProperty(options, oneTrouble, live), { numRuns: 3 * runs });
  }, 300_000);
});

async function live(how: LifeOptions, turns: readonly Turn[]): Promise<void> {
  const life = await liveConnection(how);
  for (const { step: next, fault: struck } of turns) {
    await life.play(next, struck);
    expect(await findWrong(life)).toEqual([]);
    if (next.do === 'live') expect(await findUntold(life)).toEqual([]);
  }
  await mend(life);
  expect(await findWrong(life)).toEqual([]);
}

async function findWrong(life: LivedConnection): Promise<readonly string[]> {
  const { bank, mailed } = life;
  const wrong = [...bank.breaches];
  if (bank.opened !== bank.closed) wrong.push(`${bank.opened - bank.closed} accesses are open`);
  if (new Set(mailed).size < mailed.length) wrong.push(`a mail twice: ${mailed.join(' ')}`);
  const connection = await life.found();
  if (connection.state === 'removed') return wrong;
  const stuck = await whyStuck(life, connection);
  return [...wrong, ...(stuck ? [stuck] : []), ...(await findUnlogged(life, connection))];
}

/** Either it goes on by itself within its interval and a day, or its user is shown what to do. */
async function whyStuck(life: LivedConnection, connection: ConnectionDoc) {
  const { state, dueAt, everyHours = defaultInterval, confirmation } = connection;
  const now = life.world.clock.now();
  if (canSync(state)) {
    if (!connection.accounts.some(({ feed, candidates }) => feed && !candidates)) return undefined;
    const latest = addMs(now, (everyHours + 24.5) * hourMs);
    if (!dueAt) return `${state}, and never due`;
    return dueAt > latest ? `${state}, and due no sooner than ${dueAt}` : undefined;
  }
  const shown = await life.overview();
  if (dueAt) return `${state}, and due at ${dueAt}`;
  if (confirmation && state === 'needs-user' && confirmation.expiresAt > now) {
    return confirmation.expiresAt > addMs(now, 24 * hourMs) ? 'a question without end' : undefined;
  }
  if (!shown?.failure) return `${state}, and nothing is shown`;
  const acts: string = failures[shown.failure.code].acts;
  return acts === 'time' ? `${state}, and ${shown.failure.code} waits for nobody` : undefined;
}

/** A connection that has stopped until its user acts, without a mail that says so. */
async function findUntold(life: LivedConnection): Promise<readonly string[]> {
  const { state, failure } = await life.found();
  const isStopped = state === 'broken' || state === 'expired';
  if (!isStopped || !failure || failures[failure.code].acts !== 'user') return [];
  if (life.wasTroubled() || life.hadMailTrouble()) return [];
  const cause = `${life.connectionId()}~${failure.code}~`;
  return life.mailed.some((id) => id.startsWith(cause)) ? [] : [cause];
}

/** Calls without the user that the bank counted and the log has not. */
async function findUnlogged(life: LivedConnection, connection: ConnectionDoc) {
  const accesses = await readLog(life);
  if (connection.lease) accesses.push(connection.lease.access);
  const keyOf = new Map(connection.accounts.map((it) => [it.externalId, it.key]));
  const logged = countBy(
    accesses
      .filter((access) => !access.isUserPresent)
      .flatMap(({ calls }) =>
        calls.flatMap(({ kind, accountKey, count }) =>
          Array<string>(count).fill(nameOf(kind, accountKey)),
        ),
      ),
  );
  const counted = countBy(
    life.calls
      .filter((call) => !call.isUserPresent)
      .map(({ kind, externalId }) => nameOf(kind, externalId && keyOf.get(externalId))),
  );
  return [...counted]
    .filter(([name, count]) => {
      const inLog = logged.get(name) ?? 0;
      return life.wasTroubled() ? inLog < count : inLog !== count;
    })
    .map(([name, count]) => `${name}: ${count} calls, and ${logged.get(name) ?? 0} in the log`);
}

async function readLog(life: LivedConnection): Promise<Access[]> {
  const all: Access[] = [];
  let before: string | undefined;
  for (;;) {
    const args = { connectionId: life.connectionId(), ...(before && { before }) };
    const { accesses, isEnd } = await readAccessLog(life.world, bookId, args);
    all.push(...accesses);
    before = accesses.at(-1)?.at;
    if (isEnd) return all;
  }
}

function nameOf(kind: CallKind, account: string | undefined): string {
  return `${kind} ${account ?? ''}`;
}

function countBy(names: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}

/** No failure any more, and a user who does what the sidebar says: then it syncs. */
async function mend(life: LivedConnection): Promise<void> {
  await life.play({ do: 'heal' });
  await life.play({ do: 'mail', fails: 'not' });
  const since = life.world.clock.now();
  for (let left = 6; ; left--) {
    await life.live(1);
    const { state, lastSyncedAt = '', lastResult, failure } = await life.found();
    if (canSync(state) && lastSyncedAt > since) break;
    if (left === 0) {
      const last = `last ${lastResult?.outcome} at ${lastResult?.at}`;
      throw new Error(`since ${since} never synced: ${state} ${failure?.code}, ${last}`);
    }
    const isOpen = (await life.overview())?.confirmation !== undefined;
    if (canSync(state)) await life.live(49);
    else if (isOpen) await life.play({ do: 'answer', text: 'right', isPresent: true });
    else await life.play({ do: 'reconnect' });
  }
  await life.live(60);
  const waiting = await life.world.store.find(mails, {
    field: 'dueAt',
    op: '<=',
    value: life.world.clock.now(),
    limit: 9,
  });
  expect(waiting).toEqual([]);
}
