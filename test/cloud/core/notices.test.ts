import { describe, expect, test } from '@jest/globals';
import {
  books,
  type ConnectionDoc,
  connections,
  type Member,
  mails,
} from '../../../cloud/core/documents.ts';
import { mailWrites, tellDue, withNotice } from '../../../cloud/core/notices.ts';
import { StoreConflict, write } from '../../../cloud/ports/store.ts';
import { addMs } from '../../../shared/calendar-date.ts';
import { confirmedAt, connectionDoc, pendingCode } from './connection-docs.ts';
import { bookId, createTestWorld } from './world.ts';

const hourMs = 3_600_000;
const owner: Member = { role: 'owner', since: confirmedAt, email: 'erika@example.org' };
const broken = connectionDoc({ state: 'broken', failure: { code: 'login-rejected' } });
const brokenMail = 'c1~login-rejected~20260302080000000';
const renewal = 'c1~renew-30~2026-08-29';
const renewalAt = '2026-07-30T08:00:00.000Z';

/** A book of Erika's, with a connection of hers. */
async function open(connection: ConnectionDoc = connectionDoc(), erika: Member | null = owner) {
  const it = createTestWorld(confirmedAt);
  const { store } = it.world;
  const members = erika ? { erika } : {};
  const book = { createdAt: confirmedAt, editors: {}, proofs: {}, members };
  await store.commit([
    write(books, bookId, book, 'absent'),
    write(connections, 'c1', withNotice(connection, confirmedAt), 'absent'),
  ]);
  return {
    ...it,
    connection: async () => (await store.get(connections, 'c1'))?.value,
    mailIds: async () => {
      const query = { field: 'at', op: '<=', value: '9', limit: 100 } as const;
      return (await store.find(mails, query)).map(({ key }) => key);
    },
    logged: (event: string) => it.lines.filter((line) => line.event === event),
  };
}

describe('the mails of a commit', () => {
  test('are written once for each cause, to whoever gave the consent', async () => {
    const { world, operations } = await open(broken);
    const { writes, ids } = await mailWrites(world, 'c1', broken);
    expect(ids).toEqual([brokenMail]);
    await world.store.commit(writes);
    expect((await world.store.get(mails, brokenMail))?.value).toMatchObject({
      id: brokenMail,
      to: 'erika@example.org',
      subject: 'DKB needs you: the bank did not accept the login',
      text: expect.stringContaining(`https://sheets.example/${bookId}`),
      state: 'waiting',
      tries: 0,
      at: confirmedAt,
      dueAt: confirmedAt,
    });
    operations.length = 0;
    expect(await mailWrites(world, 'c1', broken)).toEqual({ writes: [], ids: [] });
    expect(operations).toEqual(['read 1']);
  });

  test('cost nothing where nothing is due', async () => {
    const { world, operations } = await open();
    operations.length = 0;
    expect(await mailWrites(world, 'c1', connectionDoc())).toEqual({ writes: [], ids: [] });
    expect(operations).toEqual([]);
  });

  test('of two that tell the same at once, one is written', async () => {
    const { world } = await open(broken);
    const [one, other] = [
      await mailWrites(world, 'c1', broken),
      await mailWrites(world, 'c1', broken),
    ];
    await world.store.commit(one.writes);
    await expect(world.store.commit(other.writes)).rejects.toThrow(StoreConflict);
  });

  test.each<[string, Member | null]>([
    ['whose address nobody vouches for', { role: 'owner', since: confirmedAt }],
    ['who was taken out of the book', { ...owner, outSince: confirmedAt }],
    ['who is no member', null],
  ])('are not written to somebody %s, and a line of the log says so', async (_, erika) => {
    const { world, logged } = await open(broken, erika);
    expect(await mailWrites(world, 'c1', broken)).toEqual({ writes: [], ids: [] });
    expect(logged('mail-without-address')).toEqual([
      { severity: 'INFO', event: 'mail-without-address', mailId: brokenMail },
    ]);
  });

  test('leave out reminders alone for who has turned them off', async () => {
    const { world, setNow, logged } = await open(connectionDoc(), { ...owner, noReminders: true });
    setNow(renewalAt);
    expect((await mailWrites(world, 'c1', connectionDoc())).ids).toEqual([]);
    expect((await mailWrites(world, 'c1', broken)).ids).toEqual([brokenMail]);
    expect(logged('mail-without-address')).toEqual([]);
  });

  test('are none for what the operator has to mend: that is an error of the log', async () => {
    const failure = { code: 'provider-not-configured' } as const;
    const { world, logged } = await open();
    const stopped = connectionDoc({ state: 'broken', failure });
    expect(await mailWrites(world, 'c1', stopped)).toEqual({ writes: [], ids: [] });
    expect(logged('operator-needed')).toEqual([
      { severity: 'ERROR', event: 'operator-needed', connectionId: 'c1', code: failure.code },
    ]);
  });

  test('hold nothing that the bank told', async () => {
    const iban = 'DE89370400440532013000';
    const secrets = { detail: iban, code: 'login-rejected' } as const;
    const told = { ...broken, failure: secrets, confirmation: pendingCode(confirmedAt) };
    const { world } = await open(told);
    const text = JSON.stringify((await mailWrites(world, 'c1', told)).writes);
    expect(text).toContain('did not accept the login');
    for (const secret of [iban, 'TAN 12', 'Muster', 'sealed']) expect(text).not.toContain(secret);
  });
});

describe('the schedule', () => {
  test('tells each reminder on its morning, and plans the next', async () => {
    const { world, setNow, connection, mailIds, queue } = await open();
    await tellDue(world);
    expect(await mailIds()).toEqual([]);
    expect(await connection()).toMatchObject({ noticeAt: renewalAt });
    setNow(renewalAt);
    await tellDue(world);
    await tellDue(world);
    expect(await mailIds()).toEqual([renewal]);
    expect(queue).toEqual([{ kind: 'mail', mailId: renewal }]);
    expect(await connection()).toMatchObject({ noticeAt: '2026-08-15T08:00:00.000Z' });
  });

  test('lets a consent expire that is over, also where nothing was ever synced', async () => {
    const { world, setNow, connection, mailIds } = await open();
    setNow('2026-09-15T00:00:00.000Z');
    await tellDue(world);
    expect(await connection()).toMatchObject({
      state: 'expired',
      failure: { code: 'consent-expired' },
    });
    expect(await connection()).not.toHaveProperty('dueAt');
    expect(await connection()).not.toHaveProperty('noticeAt');
    expect(await mailIds()).toEqual(['c1~consent-expired~20260302080000000']);
  });

  test('reminds of a code that is still needed, and ends the wait for it', async () => {
    const confirmation = pendingCode(confirmedAt, { expiresAt: addMs(confirmedAt, 3 * hourMs) });
    const { world, pass, connection, mailIds } = await open(connectionDoc({ confirmation }));
    pass(hourMs);
    await tellDue(world);
    expect(await mailIds()).toEqual(['c1~confirm~20260302080000000']);
    pass(2 * hourMs);
    await tellDue(world);
    expect(await connection()).not.toHaveProperty('confirmation');
    expect(await connection()).toMatchObject({ failure: { code: 'confirmation-expired' } });
    expect(await mailIds()).toHaveLength(1);
  });

  test('says nothing of a code that was given within the hour', async () => {
    const confirmation = pendingCode(confirmedAt);
    const { world, pass, mailIds } = await open(connectionDoc({ confirmation }));
    const found = await world.store.get(connections, 'c1');
    const answered = withNotice(connectionDoc(), addMs(confirmedAt, 60_000));
    const version = found?.version ?? '';
    await world.store.commit([write(connections, 'c1', answered, { version })]);
    pass(2 * hourMs);
    await tellDue(world);
    expect(await mailIds()).toEqual([]);
  });

  test('goes on with the others where one connection is being written all the time', async () => {
    const { world, setNow, mailIds, logged } = await open();
    const { store } = world;
    await store.commit([
      write(connections, 'c2', withNotice(connectionDoc(), confirmedAt), 'absent'),
    ]);
    setNow(renewalAt);
    const busy: typeof store = {
      get: store.get.bind(store),
      getMany: store.getMany.bind(store),
      find: store.find.bind(store),
      close: store.close.bind(store),
      commit: async (writes) => {
        if (writes.some(({ key }) => key === 'c1')) throw new StoreConflict('c1');
        return store.commit(writes);
      },
    };
    await tellDue({ ...world, store: busy });
    expect(await mailIds()).toEqual(['c2~renew-30~2026-08-29']);
    expect(logged('defect')).toHaveLength(1);
    await tellDue(world);
    expect(await mailIds()).toHaveLength(2);
  });
});

test('a notice that is due and not told yet stays due, whoever writes the connection meanwhile', async () => {
  const planned = withNotice(connectionDoc(), confirmedAt);
  expect(withNotice(planned, renewalAt)).toMatchObject({ noticeAt: renewalAt });
  expect(withNotice({ ...planned, state: 'removed' }, renewalAt)).not.toHaveProperty('noticeAt');
  const over = withNotice(planned, '2026-09-15T00:00:00.000Z');
  expect(over).toMatchObject({ state: 'expired', noticeAt: renewalAt });
});
