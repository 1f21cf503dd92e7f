import { expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { books, type ConnectionDoc, connections, mails } from '../../../cloud/core/documents.ts';
import { mailWrites, tellDue, withNotice } from '../../../cloud/core/notices.ts';
import { sendDueMails, sendMail } from '../../../cloud/core/send-mail.ts';
import { untilCommitted } from '../../../cloud/core/until-committed.ts';
import type { World } from '../../../cloud/core/world.ts';
import { MailFailed } from '../../../cloud/ports/mailer.ts';
import { StoreUnavailable, write } from '../../../cloud/ports/store.ts';
import { addDays, addMs, dayOf, type Instant } from '../../../shared/calendar-date.ts';
import { type FailureCode, failures } from '../../../shared/failures.ts';
import { confirmedAt, connectionDoc, pendingCode } from './connection-docs.ts';
import { Dead, faultEffects, faultyWorld } from './faulty-world.ts';
import { bookId, bookOfErika, createTestWorld } from './world.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const serverSays = ['taken', 'again', 'never', 'unknown', 'taken, but the answer is lost'] as const;

type Step =
  | { readonly do: 'fail'; readonly code: FailureCode }
  | { readonly do: 'heal' | 'answer' | 'round' | 'two rounds' }
  | { readonly do: 'ask'; readonly cause: 'scheduled' | 'historical'; readonly hours: number }
  | { readonly do: 'renew'; readonly days: number }
  | { readonly do: 'wait'; readonly hours: number }
  | { readonly do: 'server'; readonly says: (typeof serverSays)[number] };

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    do: fc.constant('fail' as const),
    code: fc.constantFrom<FailureCode>(
      'login-rejected',
      'consent-revoked',
      'provider-not-configured',
      'account-gone',
      'timeout',
      'needs-confirmation',
    ),
  }),
  fc.record({ do: fc.constantFrom('heal' as const, 'answer' as const) }),
  fc.record({ do: fc.constantFrom('round' as const, 'two rounds' as const) }),
  fc.record({
    do: fc.constant('ask' as const),
    cause: fc.constantFrom('scheduled' as const, 'historical' as const),
    hours: fc.integer({ min: 0, max: 30 }),
  }),
  fc.record({ do: fc.constant('renew' as const), days: fc.integer({ min: 0, max: 180 }) }),
  fc.record({ do: fc.constant('wait' as const), hours: fc.constantFrom(0.1, 1, 6, 24, 200, 900) }),
  fc.record({ do: fc.constant('server' as const), says: fc.constantFrom(...serverSays) }),
);
const fault = fc.option(
  fc.record({ at: fc.integer({ min: 1, max: 12 }), effect: fc.constantFrom(...faultEffects) }),
);

/** What a sync, an answer or a renewal would make of the connection. */
function changed(value: ConnectionDoc, at: Step, now: Instant): ConnectionDoc {
  const { failure: _, failing, confirmation, ...rest } = value;
  switch (at.do) {
    case 'fail': {
      const failure = { code: at.code };
      if (at.code === 'needs-confirmation') return { ...rest, failure, state: 'needs-user' };
      if (at.code !== 'timeout' && at.code !== 'account-gone') {
        return { ...rest, failure, state: 'broken' };
      }
      const since = failing?.since ?? now;
      const count = (failing?.count ?? 0) + 1;
      return { ...rest, failure, state: 'failing', failing: { since, count } };
    }
    case 'ask': {
      const expiresAt = addMs(now, at.hours * hourMs);
      const asked = pendingCode(now, { cause: at.cause, expiresAt });
      return { ...rest, confirmation: asked };
    }
    case 'renew': {
      const validUntil = addDays(dayOf(now), at.days);
      return {
        ...rest,
        state: 'connected',
        consent: { grantedAt: now, confirmedAt: now, validUntil },
      };
    }
    default:
      return { ...rest, state: 'connected' };
  }
}

async function openTold() {
  const it = createTestWorld(confirmedAt);
  const server = {
    says: 'taken' as (typeof serverSays)[number],
    taken: [] as string[],
    hasLost: false,
  };
  const world: World = {
    ...it.world,
    mailer: {
      send: async ({ id }) => {
        if (server.says.startsWith('taken')) server.taken.push(id);
        if (server.says === 'taken') return;
        const next = server.says === 'again' || server.says === 'never' ? server.says : 'unknown';
        server.hasLost ||= next !== 'again';
        throw new MailFailed(next);
      },
    },
  };
  await world.store.commit([
    write(books, bookId, bookOfErika(confirmedAt), 'absent'),
    write(connections, 'c1', withNotice(connectionDoc(), confirmedAt), 'absent'),
  ]);

  /** Writes the connection and its mails at once, as a sync does. */
  async function commit(struck: World, change: Step): Promise<void> {
    const ids = await untilCommitted(async () => {
      const found = await struck.store.get(connections, 'c1');
      if (!found) throw new Error('no connection');
      const now = struck.clock.now();
      // As nothing but a renewal brings back what has stopped.
      const isOver = found.value.state === 'expired' || found.value.state === 'broken';
      if (isOver && change.do !== 'renew') return [];
      const next = withNotice(changed(found.value, change, now), now);
      const told = await mailWrites(struck, 'c1', next);
      const mine = write(connections, 'c1', next, { version: found.version });
      await struck.store.commit([mine, ...told.writes]);
      return told.ids;
    });
    for (const mailId of ids) await struck.tasks.enqueue({ kind: 'mail', mailId });
  }

  async function round(struck: World): Promise<void> {
    await tellDue(struck);
    await sendDueMails(struck);
    for (const task of it.queue.splice(0)) {
      if (task.kind === 'mail') await sendMail(struck, task.mailId);
    }
  }

  const allMails = async () => {
    const query = { field: 'at', op: '<=', value: '9', limit: 500 } as const;
    return (await world.store.find(mails, query)).map(({ value }) => value);
  };

  return {
    ...it,
    world,
    server,
    round,
    allMails,
    play: async (
      change: Step,
      strike: { at: number; effect: (typeof faultEffects)[number] } | null,
    ) => {
      const struck = strike ? faultyWorld(world, strike.at, strike.effect).world : world;
      try {
        if (change.do === 'wait') it.pass(change.hours * hourMs);
        else if (change.do === 'server') server.says = change.says;
        else if (change.do === 'round') await round(struck);
        else if (change.do === 'two rounds') await Promise.all([round(struck), round(world)]);
        else await commit(struck, change);
      } catch (error) {
        const isStrike = error instanceof Dead || error instanceof StoreUnavailable;
        const isLost = error instanceof Error && error.message === 'no answer';
        if (!strike || !(isStrike || isLost)) throw error;
        server.hasLost = true;
      }
    },
    /** A red failure that its user can mend never stands without the mail that tells of it. */
    findUntold: async () => {
      const found = await world.store.get(connections, 'c1');
      const { state, failure, consent } = found?.value ?? connectionDoc();
      if (!failure || !(state === 'broken' || state === 'expired')) return [];
      if (failures[failure.code].acts !== 'user') return [];
      const id = `c1~${failure.code}~${consent.confirmedAt.replace(/\D/g, '')}`;
      return (await world.store.get(mails, id)) ? [] : [id];
    },
  };
}

test('each cause gets one mail at most, and one exactly where the mail server takes it in the end', async () => {
  let lost = 0;
  let calm = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(step, fault), { maxLength: 25 }), async (steps) => {
      const told = await openTold();
      for (const [change, strike] of steps) {
        await told.play(change, strike);
        expect(await told.findUntold()).toEqual([]);
      }
      told.server.says = 'taken';
      for (let hour = 0; hour < 50; hour += 2) {
        await told.round(told.world);
        told.pass(2 * hourMs);
      }
      const { taken, hasLost } = told.server;
      expect(new Set(taken).size).toBe(taken.length);
      const written = await told.allMails();
      const sent = written.filter(({ state }) => state === 'sent').map(({ id }) => id);
      expect(taken).toEqual(expect.arrayContaining(sent));
      expect(written.filter(({ state }) => state === 'waiting' || state === 'sending')).toEqual([]);
      if (!hasLost && steps.every(([it]) => !(it.do === 'server' && it.says === 'again'))) {
        expect([...taken].sort()).toEqual(written.map(({ id }) => id).sort());
      }
      lost += hasLost ? 1 : 0;
      calm += taken.length;
      await told.world.store.close();
    }),
    { numRuns: 150 },
  );
  expect([lost > 10, calm > 50]).toEqual([true, true]);
});

test('whatever happened before, the end of a consent is told, and nothing is left waiting', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(step, fault), { maxLength: 15 }), async (steps) => {
      const told = await openTold();
      for (const [change, strike] of steps) await told.play(change, strike);
      told.pass(200 * dayMs);
      await told.round(told.world);
      const found = await told.world.store.get(connections, 'c1');
      expect(['expired', 'broken']).toContain(found?.value.state);
      expect(found?.value).not.toHaveProperty('noticeAt');
      expect(await told.findUntold()).toEqual([]);
      await told.world.store.close();
    }),
    { numRuns: 100 },
  );
});
