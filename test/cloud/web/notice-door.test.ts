import { describe, expect, test } from '@jest/globals';
import { Hono } from 'hono';
import { openSqliteStore } from '../../../cloud/adapters/sqlite-store.ts';
import { connections } from '../../../cloud/core/documents.ts';
import type { World } from '../../../cloud/core/world.ts';
import { listen } from '../../../cloud/local/listen.ts';
import { write } from '../../../cloud/ports/store.ts';
import { mountNotices } from '../../../cloud/web/notice-door.ts';
import { connectionDoc } from '../core/connection-docs.ts';
import { createTestWorld } from '../core/world.ts';
import { startBank } from '../local/bank/bank-server.ts';
import { decideAtBank } from '../local/bank/visit-bank.ts';

/** The door on a socket, the Sandbox Bank that tells of news there, and a connection to it. */
async function openDoor() {
  const it = createTestWorld('2026-03-10T12:00:00.000Z');
  const web = new Hono();
  const door = await listen((request) => web.fetch(request), 0);
  const notificationSecret = `whsec_${Buffer.from('a secret of tests').toString('base64')}`;
  const bank = await startBank({
    store: openSqliteStore(':memory:'),
    notificationSecret,
    notificationUrl: `${door.url}/hooks/berlin-group`,
  });
  const world: World = { ...it.world, connectors: new Map([['berlin-group', bank.connector]]) };
  mountNotices(web, world);
  const { grant, confirmation } = await bank.startConsent();
  await decideAtBank(confirmation.url, 'allow');
  const step = await bank.finishConsent(grant);
  if (step.kind !== 'granted' || !step.noticeKey) throw new Error('the bank tells of no news');
  const { institution } = bank;
  const connection = connectionDoc({ institution, noticeKey: step.noticeKey });
  await world.store.commit([write(connections, 'c1', connection, 'absent')]);
  return {
    ...it,
    bank,
    post: (path: string, body: string, headers: Record<string, string> = {}) =>
      fetch(`${door.url}${path}`, { method: 'POST', body, headers }),
    close: async () => {
      await door.close();
      await bank.stop();
    },
  };
}

describe('the door for notices', () => {
  test('lets the bank start a sync, and nobody who repeats what it said', async () => {
    const { bank, queue, close } = await openDoor();
    try {
      expect(await bank.control.notify('current')).toEqual([200]);
      expect(queue).toEqual([{ kind: 'sync', connectionId: 'c1', cause: 'notified' }]);
      expect(await bank.control.repeatNotice()).toBe(200);
      expect(queue).toHaveLength(1);
    } finally {
      await close();
    }
  });

  test('takes no notice that is older than minutes', async () => {
    const { bank, queue, close } = await openDoor();
    try {
      await bank.control.notify('current');
      bank.clock.passMinutes(6);
      expect(await bank.control.repeatNotice()).toBe(401);
      expect(queue).toHaveLength(1);
    } finally {
      await close();
    }
  });

  test('answers strangers without a word, and starts nothing for them', async () => {
    const { post, queue, lines, close } = await openDoor();
    try {
      const signed = {
        'webhook-id': 'n1',
        'webhook-timestamp': String(Date.parse('2026-03-10T12:00:00.000Z') / 1000),
        'webhook-signature': 'v1,AAAA',
      };
      const answers = await Promise.all([
        post('/hooks/berlin-group', '{"consentId":"secret-consent"}', signed),
        post('/hooks/berlin-group', 'anything'),
        post('/hooks/nobody', '{}', signed),
        post('/hooks/__proto__', '{}', signed),
        post('/hooks/berlin-group', 'x'.repeat(100_001), signed),
      ]);
      expect(answers.map(({ status }) => status)).toEqual([401, 401, 404, 404, 413]);
      for (const answer of answers) expect(await answer.text()).toBe('');
      expect(queue).toEqual([]);
      const refused = { severity: 'WARNING', event: 'notice-refused', connector: 'berlin-group' };
      expect(lines).toEqual([refused, refused]);
    } finally {
      await close();
    }
  });

  test('asks the bank to send it again when the store cannot be reached', async () => {
    const { bank, world, queue, lines, close } = await openDoor();
    try {
      await world.store.close();
      expect(await bank.control.notify('current')).toEqual([500]);
      expect(queue).toEqual([]);
      expect(lines).toMatchObject([{ event: 'defect', where: 'takeNotice' }]);
    } finally {
      await close();
    }
  });
});
