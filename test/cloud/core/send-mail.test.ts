import { describe, expect, test } from '@jest/globals';
import { type MailDoc, mails } from '../../../cloud/core/documents.ts';
import { sendDueMails, sendMail } from '../../../cloud/core/send-mail.ts';
import { MailFailed } from '../../../cloud/ports/mailer.ts';
import { write } from '../../../cloud/ports/store.ts';
import { addMs, msBetween } from '../../../shared/calendar-date.ts';
import { createTestWorld } from './world.ts';

const id = 'c1~login-rejected~20260302080000000';
const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
const startAt = '2026-03-02T08:00:00.000Z';
const mail = {
  id,
  to: 'erika@example.org',
  subject: 'DKB needs you',
  text: 'DKB: …',
  html: '<p>DKB: …</p>',
};

/** A mail that waits, and a mail server that does what the test says. */
async function open(changes: Partial<MailDoc> = {}) {
  const it = createTestWorld(startAt);
  const server = { sent: [] as unknown[], answer: async (): Promise<void> => {} };
  const world = {
    ...it.world,
    mailer: {
      send: async (sent: unknown) => {
        server.sent.push(sent);
        await server.answer();
      },
    },
  };
  const waiting: MailDoc = {
    ...mail,
    state: 'waiting',
    at: startAt,
    tries: 0,
    dueAt: startAt,
    ...changes,
  };
  await world.store.commit([write(mails, id, waiting, 'absent')]);
  return {
    ...it,
    world,
    server,
    mailNow: async () => (await world.store.get(mails, id))?.value,
    fails: (next: MailFailed['next']) => {
      server.answer = async () => {
        throw new MailFailed(next);
      };
    },
    /** As the schedule and its tasks do. */
    round: async () => {
      await sendDueMails(world);
      for (const task of it.queue.splice(0)) {
        if (task.kind === 'mail') await sendMail(world, task.mailId);
      }
    },
  };
}

describe('a mail', () => {
  test('is sent once, and stays as the mark that it was', async () => {
    const { world, server, mailNow, round } = await open();
    await sendMail(world, id);
    await sendMail(world, id);
    await round();
    expect(server.sent).toEqual([mail]);
    expect(await mailNow()).toEqual({ ...mail, state: 'sent', at: startAt, tries: 1 });
  });

  test('is found by the schedule where its task was lost', async () => {
    const { server, round } = await open();
    await round();
    expect(server.sent).toHaveLength(1);
  });

  test('is sent by one of two that take it at the same time', async () => {
    const { world, server } = await open();
    await Promise.all([sendMail(world, id), sendMail(world, id)]);
    expect(server.sent).toHaveLength(1);
  });

  test('that surely was not taken is tried again, ever later, for two days, then no more', async () => {
    const { world, server, mailNow, fails, round, pass, lines } = await open();
    fails('again');
    const waits: number[] = [];
    for (let at: string | undefined = startAt; at; at = (await mailNow())?.dueAt) {
      const now = world.clock.now();
      waits.push(msBetween(now, at));
      pass(msBetween(now, at) - 1);
      await round();
      pass(1);
      await round();
    }
    expect(server.sent).toHaveLength(9);
    expect(waits.slice(1)).toEqual([...waits.slice(1)].sort((a, b) => a - b));
    const lasted = msBetween(startAt, world.clock.now());
    expect([lasted > 1.5 * dayMs, lasted <= 2 * dayMs]).toEqual([true, true]);
    expect(await mailNow()).toMatchObject({ state: 'refused', tries: 9 });
    expect(lines.at(-1)).toMatchObject({ event: 'mail-not-sent', mailId: id, state: 'refused' });
  });

  test('goes out at the next try once the server is there again', async () => {
    const { server, mailNow, fails, round, pass } = await open();
    fails('again');
    await round();
    server.answer = async () => {};
    pass(5 * minuteMs - 1);
    await round();
    expect(server.sent).toHaveLength(1);
    pass(1);
    await round();
    expect(await mailNow()).toMatchObject({ state: 'sent', tries: 2 });
  });

  test.each([
    ['never', 'refused'],
    ['unknown', 'unknown'],
  ] as const)('whose server says %s is %s, and not tried again', async (next, state) => {
    const { server, mailNow, fails, round, pass, lines } = await open();
    fails(next);
    await round();
    pass(3 * dayMs);
    await round();
    expect(server.sent).toHaveLength(1);
    expect(await mailNow()).toMatchObject({ state, tries: 1 });
    expect(JSON.stringify(lines)).not.toMatch(/erika|DKB/);
  });

  test('that met a defect of ours is not sent again: it may have gone', async () => {
    const { server, mailNow, round, pass, lines } = await open();
    server.answer = async () => {
      throw new TypeError(`cannot read ${mail.to}`);
    };
    await round();
    pass(3 * dayMs);
    await round();
    expect(server.sent).toHaveLength(1);
    expect(await mailNow()).toMatchObject({ state: 'unknown' });
    expect(lines.map(({ event }) => event)).toContain('defect');
    expect(JSON.stringify(lines)).not.toContain(mail.to);
  });

  test('whose process died while it was sent is unknown after a quarter of an hour', async () => {
    const { world, server, mailNow, round, pass } = await open();
    const dead = new Promise<void>(() => {});
    server.answer = () => dead;
    void sendMail(world, id);
    while (server.sent.length === 0) await new Promise((resolve) => setTimeout(resolve, 1));
    pass(15 * minuteMs - 1);
    await round();
    expect(await mailNow()).toMatchObject({ state: 'sending' });
    pass(1);
    await round();
    expect(await mailNow()).toMatchObject({ state: 'unknown', tries: 1 });
    expect(server.sent).toHaveLength(1);
  });

  test('that is not there is nothing to send', async () => {
    const { world, server } = await open();
    await sendMail(world, 'c1~none');
    expect(server.sent).toEqual([]);
  });

  test('is forgotten after thirteen months', async () => {
    const { mailNow, round, setNow } = await open();
    await round();
    setNow('2027-04-01T00:00:00.000Z');
    await round();
    expect(await mailNow()).toMatchObject({ state: 'sent' });
    setNow(addMs('2027-04-02T00:00:00.000Z', dayMs));
    await round();
    expect(await mailNow()).toBeUndefined();
  });
});
