import { describe, expect, test } from '@jest/globals';
import { answerConfirmation } from '../../../cloud/core/answer-confirmation.ts';
import { findAccounts } from '../../../cloud/core/bank-accounts.ts';
import { type ConnectionDoc, connections } from '../../../cloud/core/documents.ts';
import { openGrant } from '../../../cloud/core/grants.ts';
import { overviewOf } from '../../../cloud/core/overview.ts';
import { previewSync } from '../../../cloud/core/preview-sync.ts';
import { scheduleSyncs } from '../../../cloud/core/schedule-syncs.ts';
import { syncConnection } from '../../../cloud/core/sync-connection.ts';
import { takeNotice } from '../../../cloud/core/take-notice.ts';
import type { World } from '../../../cloud/core/world.ts';
import {
  type AccessStep,
  type BankConnector,
  BankError,
  ConfirmationNeeded,
  type Grant,
  type UserPresence,
} from '../../../cloud/ports/bank-connector.ts';
import type { SyncCause } from '../../../shared/access.ts';
import { addMs, type Instant } from '../../../shared/calendar-date.ts';
import type { Confirmation, ConfirmationAnswer } from '../../../shared/confirmation.ts';
import { bookId, connectGiro, createTestWorld, entry, giro } from './world.ts';

const minuteMs = 60_000;
const now = '2026-03-02T08:00:00.000Z';
const user = { ipAddress: '203.0.113.7', until: '2026-03-02T09:00:00.000Z' };
const code: Confirmation = { kind: 'code', prompt: 'Enter the code.', format: 'digits' };
const right = { kind: 'code', text: '123456' } as const;

interface Asking {
  readonly confirmation?: Confirmation;
  readonly expiresAt?: Instant;
  readonly change?: Partial<ConnectionDoc>;
}

/** A bank that asks its user in the middle of each fetch until it was answered. */
async function askedInTheMiddle({ confirmation = code, expiresAt, change }: Asking = {}) {
  const it = createTestWorld(now);
  const told: { grant: Grant; answer: ConfirmationAnswer; user: UserPresence | undefined }[] = [];
  const bank = {
    step: async (_grant: Grant): Promise<AccessStep> => ({
      kind: 'granted',
      grant: { session: 'in' },
      validUntil: '2026-12-24',
    }),
    opened: [] as Grant[],
  };
  const fake = it.world.connectors.get('fake') as BankConnector;
  const connector: BankConnector = {
    ...fake,
    answerConfirmation: async (grant, answer, present) => {
      told.push({ grant, answer, user: present });
      return bank.step(grant);
    },
    open: async (grant, present) => {
      bank.opened.push(grant);
      const session = await fake.open(grant, present);
      const ask = () => {
        if (grant['session'] === 'in') return;
        const asked = { grant: { open: 'question' }, confirmation };
        throw new ConfirmationNeeded({ ...asked, ...(expiresAt && { expiresAt }) });
      };
      return {
        ...session,
        entries: async function* (externalId, window) {
          ask();
          yield* session.entries(externalId, window);
        },
      };
    },
  };
  const world: World = { ...it.world, connectors: new Map([['fake', connector]]) };
  const id = await connectGiro(world, { wayIn: 'login', ...change });
  const stored = async () => {
    const found = await world.store.get(connections, id);
    if (!found) throw new Error('no connection');
    return found.value;
  };
  return {
    ...it,
    world,
    told,
    fakeBank: it.bank,
    ofBank: bank,
    id,
    stored,
    sync: (cause: SyncCause) => syncConnection(world, id, cause),
    answer: (answer: typeof right | { kind: 'poll' } = right, userId = 'erika') =>
      answerConfirmation(world, bookId, userId, { connectionId: id, answer }, user),
    view: async () => (await overviewOf(world, bookId, 'erika')).connections[0],
  };
}

describe('a question of the bank in the middle of a sync', () => {
  test('waits in the store, is shown, and stops the schedule', async () => {
    const { sync, stored, view } = await askedInTheMiddle();
    expect(await sync('scheduled')).toMatchObject({ outcome: 'needs-user' });
    const { state, dueAt, confirmation } = await stored();
    expect({ state, dueAt, cause: confirmation?.cause }).toEqual({
      state: 'needs-user',
      dueAt: undefined,
      cause: 'scheduled',
    });
    expect(JSON.stringify(confirmation)).not.toContain('question');
    expect(await view()).toMatchObject({
      state: 'needs-user',
      confirmation: { confirmation: code, cause: 'scheduled' },
      failure: { code: 'needs-confirmation' },
    });
  });

  test('waits as long as the bank does, and a day where it does not say', async () => {
    const untold = await askedInTheMiddle();
    await untold.sync('scheduled');
    expect((await untold.stored()).confirmation?.expiresAt).toBe('2026-03-03T08:00:00.000Z');
    const expiresAt = addMs(now, 5 * minuteMs);
    const told = await askedInTheMiddle({ expiresAt });
    await told.sync('scheduled');
    expect((await told.stored()).confirmation?.expiresAt).toBe(expiresAt);
    const long = await askedInTheMiddle({ expiresAt: '2027-01-01T00:00:00.000Z' });
    await long.sync('scheduled');
    expect((await long.stored()).confirmation?.expiresAt).toBe('2026-03-03T08:00:00.000Z');
  });

  test('of history does not hold up the syncs from day to day', async () => {
    const { sync, stored } = await askedInTheMiddle();
    const { dueAt } = await stored();
    expect(await sync('historical')).toMatchObject({ outcome: 'needs-user' });
    expect(await stored()).toMatchObject({ state: 'connected', dueAt });
    expect((await stored()).confirmation?.cause).toBe('historical');
  });

  test('of history, where the bank waits for its user anyway, leaves it waiting', async () => {
    const { sync, stored } = await askedInTheMiddle();
    await sync('scheduled');
    expect(await sync('historical')).toMatchObject({ outcome: 'needs-user' });
    expect((await stored()).state).toBe('needs-user');
  });

  test('with a picture that is too large is none', async () => {
    const picture = {
      mimeType: 'image/png',
      content: 'A'.repeat(300_001),
      alt: 'photo TAN',
    } as const;
    const { sync, stored } = await askedInTheMiddle({ confirmation: { ...code, picture } });
    expect(await sync('scheduled')).toMatchObject({ failure: { code: 'reply-unreadable' } });
    const { state, confirmation } = await stored();
    expect({ state, confirmation }).toEqual({ state: 'failing' });
  });
});

describe('the right answer', () => {
  test('goes to the bank with what it asked and who is there, and the sync goes on', async () => {
    const { world, sync, answer, told, stored, queue, fakeBank, ofBank, id } =
      await askedInTheMiddle();
    fakeBank.pages = [[entry('-4.50')]];
    await sync('scheduled');
    queue.length = 0;
    await answer();
    expect(told).toEqual([{ grant: { open: 'question' }, answer: right, user }]);
    expect(queue).toEqual([{ kind: 'sync', connectionId: id, cause: 'scheduled', user }]);
    const { state, dueAt, consent, confirmation, failure, grant } = await stored();
    expect({ state, dueAt, confirmation, failure }).toEqual({ state: 'connected', dueAt: now });
    expect(consent).toMatchObject({ confirmedAt: now, validUntil: '2026-12-24' });
    expect(await openGrant(world, id, grant)).toEqual({ session: 'in' });
    expect(await sync('scheduled')).toMatchObject({ outcome: 'complete', newRows: 1 });
    expect(ofBank.opened.at(-1)).toEqual({ session: 'in' });
  });

  test('is told to the log as a consent that the user gave', async () => {
    const { sync, answer, stored } = await askedInTheMiddle();
    await sync('scheduled');
    await answer();
    expect((await stored()).accesses.at(-1)).toEqual({
      at: now,
      cause: 'consent',
      isUserPresent: true,
      calls: [],
      result: 'complete',
    });
  });

  test('to a preview leads to a sync, to history fetches history', async () => {
    const preview = await askedInTheMiddle();
    await expect(previewSync(preview.world, bookId, preview.id, user)).rejects.toMatchObject({
      code: 'needs-confirmation',
    });
    await preview.answer();
    expect(preview.queue.at(-1)).toMatchObject({ cause: 'manual' });
    const history = await askedInTheMiddle();
    await history.sync('historical');
    await history.answer();
    expect(history.queue.at(-1)).toMatchObject({ cause: 'historical' });
    // It waited for nothing but this: the schedule stays as it was.
    expect((await history.stored()).state).toBe('connected');
  });

  test('may be followed by another question, with its own end', async () => {
    const { sync, answer, ofBank, stored, queue } = await askedInTheMiddle();
    await sync('scheduled');
    queue.length = 0;
    ofBank.step = async () => ({
      kind: 'asked',
      grant: { open: 'second' },
      confirmation: { ...code, prompt: 'And the second one.' },
      expiresAt: addMs(now, minuteMs),
    });
    await answer();
    expect((await stored()).confirmation).toMatchObject({
      confirmation: { prompt: 'And the second one.' },
      expiresAt: addMs(now, minuteMs),
      cause: 'scheduled',
    });
    expect((await stored()).state).toBe('needs-user');
    expect(queue).toEqual([]);
  });
});

describe('an approval in the app', () => {
  const approval: Confirmation = { kind: 'approval', prompt: 'Approve it.', everySeconds: 2 };

  test('that was not given yet changes nothing', async () => {
    const { sync, answer, ofBank, stored } = await askedInTheMiddle({ confirmation: approval });
    await sync('scheduled');
    const before = await stored();
    ofBank.step = async (grant) => ({ kind: 'asked', grant, confirmation: approval });
    await answer({ kind: 'poll' });
    expect(await stored()).toEqual(before);
  });
});

describe('an answer that does not let the user in', () => {
  test('because the code is wrong leaves the question open', async () => {
    const { sync, answer, ofBank, stored } = await askedInTheMiddle();
    await sync('scheduled');
    const before = await stored();
    const granted = ofBank.step;
    ofBank.step = async () => {
      throw new BankError('code-rejected');
    };
    await expect(answer()).rejects.toMatchObject({ code: 'code-rejected' });
    expect(await stored()).toEqual(before);
    ofBank.step = granted;
    await answer();
    expect((await stored()).state).toBe('connected');
  });

  test.each(['confirmation-expired', 'confirmation-declined'] as const)(
    'because it is %s ends the question',
    async (why) => {
      const { sync, answer, ofBank, stored } = await askedInTheMiddle();
      await sync('scheduled');
      ofBank.step = async () => {
        throw new BankError(why);
      };
      await expect(answer()).rejects.toMatchObject({ code: why });
      expect((await stored()).confirmation).toBeUndefined();
      expect((await stored()).state).toBe('needs-user');
      await expect(answer()).rejects.toMatchObject({ code: 'confirmation-expired' });
    },
  );

  test('because it came late does not reach the bank, and the next round says so', async () => {
    const expiresAt = addMs(now, 5 * minuteMs);
    const { sync, answer, told, pass, stored, world, view } = await askedInTheMiddle({ expiresAt });
    await sync('scheduled');
    pass(5 * minuteMs);
    await expect(answer()).rejects.toMatchObject({ code: 'confirmation-expired' });
    expect(told).toEqual([]);
    await scheduleSyncs(world);
    expect((await stored()).confirmation).toBeUndefined();
    expect(await view()).toMatchObject({
      state: 'needs-user',
      failure: { code: 'confirmation-expired', acts: 'user' },
    });
    expect(await view()).not.toHaveProperty('confirmation');
  });

  test('because it is of somebody else does not reach the bank', async () => {
    const { sync, answer, told } = await askedInTheMiddle();
    await sync('scheduled');
    await expect(answer(right, 'max')).rejects.toMatchObject({ code: 'not-yours' });
    expect(told).toEqual([]);
  });

  test('because nothing was asked is told as a question that is over', async () => {
    const { answer } = await askedInTheMiddle();
    await expect(answer()).rejects.toMatchObject({ code: 'confirmation-expired' });
  });
});

describe('what stops a connection', () => {
  const second = {
    ...giro,
    externalId: 'x2',
    key: 'k-second',
    feed: { bookAccount: { path: 'Assets:Second', type: 'asset' }, from: '2026-01-01' },
  } as const;

  async function atBank() {
    const it = createTestWorld(now);
    const id = await connectGiro(it.world);
    const stored = async () => (await it.world.store.get(connections, id))?.value;
    return { ...it, id, stored };
  }

  test.each(['previewSync', 'findAccounts'] as const)(
    'a login that is rejected in %s is not tried by the schedule, and its user gets a mail',
    async (call) => {
      const { world, bank, id, stored, queue } = await atBank();
      const error = new BankError('login-rejected');
      bank.failing = { accounts: error, entries: error };
      const ask = { previewSync, findAccounts }[call];
      await expect(ask(world, bookId, id, user)).rejects.toMatchObject({ code: 'login-rejected' });
      expect(await stored()).toMatchObject({
        state: 'broken',
        failure: { code: 'login-rejected' },
      });
      expect((await stored())?.dueAt).toBeUndefined();
      await scheduleSyncs(world);
      expect(new Set(queue.map((task) => (task.kind === 'mail' ? task.mailId : task)))).toEqual(
        new Set([expect.stringMatching(/^c1~login-rejected~\d+$/)]),
      );
    },
  );

  test('a bank that is down in a preview is asked by the schedule all the same', async () => {
    const { world, bank, id, stored } = await atBank();
    bank.failing.entries = new BankError('timeout');
    const before = await stored();
    await expect(previewSync(world, bookId, id, user)).rejects.toMatchObject({ code: 'timeout' });
    expect(await stored()).toMatchObject({ state: 'connected', dueAt: before?.dueAt });
  });

  test('what the bank says of the login counts more than what it says of one account', async () => {
    const it = createTestWorld(now);
    const [first] = [{ ...second, externalId: 'x1', key: 'k-first' }];
    const id = await connectGiro(it.world, { accounts: [first, second] });
    const fake = it.world.connectors.get('fake') as BankConnector;
    const answers = [new BankError('bank-unavailable'), new BankError('login-rejected')];
    const connector: BankConnector = {
      ...fake,
      open: async (grant, present) => ({
        ...(await fake.open(grant, present)),
        // biome-ignore lint/correctness/useYield: it fails before it has anything
        entries: async function* () {
          throw answers.shift();
        },
      }),
    };
    const world = { ...it.world, connectors: new Map([['fake', connector]]) };
    expect(await syncConnection(world, id, 'scheduled')).toMatchObject({
      outcome: 'failed',
      failure: { code: 'login-rejected' },
    });
    expect((await world.store.get(connections, id))?.value).toMatchObject({ state: 'broken' });
  });
});

describe('a bank that has said when it answers again', () => {
  test('is not asked before that because of a notice', async () => {
    const it = createTestWorld(now);
    const id = await connectGiro(it.world, { noticeKey: 'n1' });
    it.bank.failing.entries = new BankError('rate-limited', undefined, {
      retryAfterSeconds: 20 * 3600,
    });
    await syncConnection(it.world, id, 'scheduled');
    it.bank.calls.length = 0;
    const fake = it.world.connectors.get('fake') as BankConnector;
    let number = 0;
    const readNotice = async () => ({ id: `notice ${number++}`, noticeKey: 'n1' });
    const world = { ...it.world, connectors: new Map([['fake', { ...fake, readNotice }]]) };
    const dueAt = addMs(now, 20 * 60 * minuteMs);
    for (const minutes of [1, 2, 3]) {
      it.pass(minutes * minuteMs);
      await takeNotice(world, 'fake', { body: '', headers: {} });
      expect((await world.store.get(connections, id))?.value.dueAt).toBe(dueAt);
      expect(await syncConnection(world, id, 'notified')).toMatchObject({ outcome: 'skipped' });
    }
    expect(it.bank.calls).toEqual([]);
    it.setNow(dueAt);
    it.bank.failing = {};
    expect(await syncConnection(world, id, 'notified')).toMatchObject({ outcome: 'complete' });
  });
});

test('what a bank asks is shown to whose connection it is, and others see that it asks', async () => {
  const { world, id } = await askedInTheMiddle();
  await syncConnection(world, id, 'manual', { user });
  const shownTo = async (userId: string) =>
    (await overviewOf(world, bookId, userId)).connections[0]?.confirmation;
  expect(await shownTo('erika')).toMatchObject({ confirmation: code });
  expect(await shownTo('jonas')).toMatchObject({ confirmation: { prompt: '' } });
  expect(JSON.stringify(await shownTo('jonas'))).not.toContain(code.prompt);
});
