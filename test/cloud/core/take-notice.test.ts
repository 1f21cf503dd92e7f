import { describe, expect, test } from '@jest/globals';
import { type ConnectionDoc, connections, notices } from '../../../cloud/core/documents.ts';
import { dropOldNotices, takeNotice } from '../../../cloud/core/take-notice.ts';
import { BankError } from '../../../cloud/ports/bank-connector.ts';
import { write } from '../../../cloud/ports/store.ts';
import { addMs } from '../../../shared/calendar-date.ts';
import { confirmedAt, connectionDoc } from './connection-docs.ts';
import { createTestWorld } from './world.ts';

const minuteMs = 60_000;
const sync = { kind: 'sync', connectionId: 'c1', cause: 'notified' };

/** A connection that notices name `key-1`, of a provider whose notices are their own id and key. */
async function open(changes: Partial<ConnectionDoc> = {}) {
  const it = createTestWorld(confirmedAt);
  const { store, connectors } = it.world;
  const fake = connectors.get('fake');
  if (!fake) throw new Error('no connector');
  const readNotice = async ({ body }: { readonly body: string }) => {
    const [id = '', noticeKey = ''] = body.split(' ');
    if (!noticeKey) throw new BankError('notice-refused');
    return { id, noticeKey };
  };
  const world = {
    ...it.world,
    connectors: new Map([
      ['fake', { ...fake, readNotice }],
      ['silent', { ...fake, id: 'silent' }],
      ['other', { ...fake, id: 'other', readNotice }],
    ]),
  };
  const dueAt = addMs(confirmedAt, 6 * 60 * minuteMs);
  const connection = connectionDoc({ noticeKey: 'key-1', dueAt, ...changes });
  await store.commit([write(connections, 'c1', connection, 'absent')]);
  return {
    ...it,
    world,
    take: (body: string, connector = 'fake') => takeNotice(world, connector, { body, headers: {} }),
    dueNow: async () => (await store.get(connections, 'c1'))?.value.dueAt,
  };
}

describe('a notice', () => {
  test('starts a sync of the connection that it names', async () => {
    const { take, queue } = await open();
    await take('n1 key-1');
    expect(queue).toEqual([sync]);
  });

  test('that comes again does nothing, also after the calm', async () => {
    const { take, queue, pass, dueNow } = await open();
    const dueAt = await dueNow();
    await take('n1 key-1');
    await take('n1 key-1');
    pass(60 * minuteMs);
    await take('n1 key-1');
    expect(queue).toEqual([sync]);
    expect(await dueNow()).toBe(dueAt);
  });

  test.each([
    ['of nobody here', 'n1 key-9', 'fake'],
    ['of another provider, that names the same', 'n1 key-1', 'other'],
  ])('%s starts nothing', async (_, body, connector) => {
    const { take, queue } = await open();
    await take(body, connector);
    expect(queue).toEqual([]);
  });

  test.each(['broken', 'expired', 'removed', 'needs-user', 'pending'] as const)(
    'of a connection that is %s starts nothing',
    async (state) => {
      const { take, queue } = await open({ state });
      await take('n1 key-1');
      expect(queue).toEqual([]);
    },
  );

  test.each([
    ['to a provider that is not here', 'n1 key-1', 'none', 'not-found'],
    ['to a provider that tells nothing', 'n1 key-1', 'silent', 'not-found'],
    ['that is not signed', 'n1', 'fake', 'notice-refused'],
  ])('%s is refused and leaves nothing behind', async (_, body, connector, code) => {
    const { world, take, queue } = await open();
    await expect(take(body, connector)).rejects.toMatchObject({ code });
    expect(queue).toEqual([]);
    expect(
      await world.store.find(notices, { field: 'at', op: '<=', value: '9', limit: 9 }),
    ).toEqual([]);
  });

  test('counts when it comes again after it could not be followed', async () => {
    const { world, take, queue } = await open();
    const tasks = world.tasks;
    let isDown = true;
    Object.assign(world, {
      tasks: {
        enqueue: async (task: Parameters<typeof tasks.enqueue>[0]) => {
          if (isDown) throw new Error('no answer');
          await tasks.enqueue(task);
        },
      },
    });
    await expect(take('n1 key-1')).rejects.toThrow('no answer');
    isDown = false;
    await take('n1 key-1');
    expect(queue).toEqual([sync]);
  });
});

describe('many notices in a short time', () => {
  test('are one sync at once and one after a quarter of an hour', async () => {
    const { take, queue, pass, dueNow } = await open();
    for (let number = 1; number <= 20; number++) {
      await take(`n${number} key-1`);
      pass(10_000);
    }
    expect(queue).toEqual([sync]);
    expect(await dueNow()).toBe(addMs(confirmedAt, 15 * minuteMs));
    pass(15 * minuteMs);
    await take('n21 key-1');
    expect(queue).toEqual([sync, sync]);
  });

  test('at the same moment are one sync', async () => {
    const { take, queue } = await open();
    await Promise.all(['n1', 'n2', 'n3'].map((id) => take(`${id} key-1`)));
    expect(queue).toEqual([sync]);
  });

  test('put off no sync that comes sooner', async () => {
    const soon = addMs(confirmedAt, minuteMs);
    const { take, dueNow } = await open({ dueAt: soon });
    await take('n1 key-1');
    await take('n2 key-1');
    expect(await dueNow()).toBe(soon);
  });
});

test('notices are forgotten after a day, when their readers refuse them anyway', async () => {
  const { world, take, pass } = await open();
  const all = { field: 'at', op: '<=', value: '9', limit: 9 } as const;
  await take('n1 key-1');
  pass(24 * 60 * minuteMs - 1);
  await take('n2 key-9');
  await dropOldNotices(world);
  expect(await world.store.find(notices, all)).toHaveLength(3);
  pass(1);
  await dropOldNotices(world);
  expect(await world.store.find(notices, all)).toHaveLength(1);
});
