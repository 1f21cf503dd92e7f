import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, test } from '@jest/globals';
import { readPicture, readPrompt } from '../../../../cloud/connectors/fints/confirm.ts';
import type { TanMethod } from '../../../../cloud/local/bank/bank-customer.ts';
import { sampleCustomers } from '../../../../cloud/local/bank/sample-customers.ts';
import {
  type AccessStep,
  ConfirmationNeeded,
  type Grant,
} from '../../../../cloud/ports/bank-connector.ts';
import { collect, entry, euros } from '../../../contract/bank-connector.ts';
import type { FinTsDress } from '../../../providers/fints/server.ts';
import {
  clara,
  type FinTsWorld,
  finTsAt,
  startFinTs,
} from '../../../providers/fints/start-fints.ts';
import { user } from '../../local/bank/bank-server.ts';

let bank: FinTsWorld | undefined;
afterEach(async () => {
  await bank?.stop();
  bank = undefined;
});

async function start(methods: readonly TanMethod[], dress: FinTsDress = {}): Promise<FinTsWorld> {
  const customers = sampleCustomers.map((it) => (it.login === 'clara' ? { ...it, methods } : it));
  bank = await startFinTs({ customers, dress });
  return bank;
}

function confirmationOf(step: AccessStep) {
  if (step.kind !== 'asked') throw new Error('nothing is asked');
  return step.confirmation;
}

function grantOf(step: AccessStep): Grant {
  if (step.kind !== 'granted') throw new Error('no access yet');
  return step.grant;
}

/** What another process has: the grant as it was stored, and a connector of its own. */
function inAnotherProcess(world: FinTsWorld, grant: Grant) {
  const { connector } = finTsAt(world.url, world.clock);
  return { connector, grant: JSON.parse(JSON.stringify(grant)) as Grant };
}

/** A picture as banks send it. */
function hhdUcOf(mimeType: string, content: Buffer): string {
  const lengths = [Buffer.alloc(2), Buffer.alloc(2)];
  lengths[0]?.writeUInt16BE(mimeType.length);
  lengths[1]?.writeUInt16BE(content.length);
  const [first = Buffer.of(), second = Buffer.of()] = lengths;
  return Buffer.concat([first, Buffer.from(mimeType), second, content]).toString('latin1');
}

describe('access', () => {
  test('is given after the TAN of the only method', async () => {
    const world = await start(['sms']);
    const asked = await world.start();
    expect(confirmationOf(asked)).toEqual({
      kind: 'code',
      prompt: 'Bitte bestaetigen Sie die Anmeldung.',
      format: 'text',
    });
    expect(asked).toMatchObject({ expiresAt: '2026-03-10T12:10:00.000Z' });
    expect((await world.answer(asked)).kind).toBe('granted');
  });

  test('lets the user choose between several methods', async () => {
    const world = await start(['sms', 'app']);
    const asked = await world.start();
    expect(confirmationOf(asked)).toMatchObject({
      kind: 'method',
      methods: [
        { id: '946', name: 'App-Freigabe' },
        { id: '942', name: 'mobileTAN' },
      ],
    });
    const chosen = await world.answer(asked, { kind: 'method', id: '946' });
    expect(confirmationOf(chosen)).toMatchObject({ kind: 'approval', everySeconds: 1 });
    await expect(world.answer(asked, { kind: 'method', id: '1' })).rejects.toMatchObject({
      code: 'consent-expired',
    });
    await expect(world.answer(asked, { kind: 'poll' })).rejects.toMatchObject({
      code: 'confirmation-expired',
    });
  });

  test('lets the user choose between several devices, and names the one that was chosen', async () => {
    const world = await start(['sms'], { media: ['Mein Handy', 'Tablet?+Neu'] });
    const asked = await world.start();
    expect(confirmationOf(asked)).toMatchObject({
      kind: 'method',
      methods: [{ name: 'Mein Handy' }, { name: 'Tablet?+Neu' }],
    });
    const code = await world.answer(asked, { kind: 'method', id: '1' });
    expect(confirmationOf(code).kind).toBe('code');
    const hktan = world.server
      .messages()
      .at(-1)
      ?.find(({ id }) => id === 'HKTAN');
    expect(hktan?.elements.at(-1)).toEqual(['Tablet?+Neu']);
    expect((await world.answer(code)).kind).toBe('granted');
  });

  test('takes the only device without a question', async () => {
    const world = await start(['sms'], { media: ['Mein Handy'] });
    expect(confirmationOf(await world.start()).kind).toBe('code');
  });

  test('shows the picture of a photo TAN', async () => {
    const picture = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x27, 0x2b, 0x3a, 0x40, 0x3f]);
    const world = await start(['photo'], { hhdUc: hhdUcOf('image/png', picture) });
    expect(confirmationOf(await world.start())).toMatchObject({
      kind: 'code',
      picture: { mimeType: 'image/png', content: picture.toString('base64') },
    });
  });

  test('shows what a reader of TANs needs as text where there is no picture of a known kind', async () => {
    const challenge = 'Startcode?: 8711<br><b>Konto</b> 4711';
    const world = await start(['photo'], { hhdUc: '11048711111111111111', challenge });
    const asked = await world.start();
    expect(confirmationOf(asked)).toEqual({
      kind: 'code',
      prompt: 'Startcode?: 8711\nKonto 4711',
      format: 'text',
    });
  });

  test('waits for an approval at the pace of the bank, and no longer than it waits', async () => {
    const decoupled = { most: 2, first: 5, next: 30 };
    const world = await start(['app'], { decoupled });
    const asked = await world.start();
    expect(confirmationOf(asked)).toMatchObject({ kind: 'approval', everySeconds: 30 });
    const polls = () =>
      world.server.messages().filter((all) => all.some(({ id }) => id === 'HKTAN')).length;
    const before = polls();
    const poll = { kind: 'poll' } as const;
    let step = await world.answer(asked, poll);
    expect(polls()).toBe(before);
    for (let times = 0; times < 2; times += 1) {
      world.clock.passMinutes(1);
      step = await world.answer(step, poll);
      expect(step.kind).toBe('asked');
    }
    expect(polls()).toBe(before + 2);
    world.clock.passMinutes(1);
    await expect(world.answer(step, poll)).rejects.toMatchObject({ code: 'confirmation-expired' });
    world.server.phone().approve();
    const again = await world.start();
    world.clock.passMinutes(1);
    expect((await world.answer(again)).kind).toBe('granted');
  });

  test('is not given where the user says no in the app', async () => {
    const world = await start(['app']);
    const asked = await world.start();
    world.server.phone().decline();
    world.clock.passMinutes(1);
    await expect(world.answer(asked, { kind: 'poll' })).rejects.toMatchObject({
      code: 'confirmation-expired',
    });
  });

  test('asks for a new TAN where one was wrong', async () => {
    const world = await start(['sms']);
    const asked = await world.start();
    const again = await world.answer(asked, { kind: 'code', text: '000000' });
    expect(confirmationOf(again)).toMatchObject({
      kind: 'code',
      prompt:
        'The bank did not accept that code. It asks for a new one:\n' +
        'Bitte bestaetigen Sie die Anmeldung.',
    });
    expect((await world.answer(again)).kind).toBe('granted');
  });

  test('tells of a TAN that comes too late, by our clock and by the bank', async () => {
    const world = await start(['sms'], { dialogMs: 60_000 });
    const asked = await world.start();
    world.clock.passMinutes(2);
    await expect(world.answer(asked)).rejects.toMatchObject({ code: 'confirmation-expired' });
    world.clock.passMinutes(9);
    const { length } = world.server.messages();
    await expect(world.answer(asked)).rejects.toMatchObject({ code: 'confirmation-expired' });
    expect(world.server.messages()).toHaveLength(length);
    const grant = grantOf(await world.answer(await world.start()));
    await expect(
      world.connector.answerConfirmation(grant, { kind: 'poll' }, user),
    ).rejects.toMatchObject({ code: 'confirmation-expired' });
  });

  test('needs no TAN where the bank wants none', async () => {
    const world = await start(['sms'], { asksAtLogin: 'never' });
    expect((await world.start()).kind).toBe('granted');
    expect(world.server.openDialogs()).toBe(0);
  });
});

describe('another process', () => {
  test('goes on with the dialog that waits for its TAN', async () => {
    const world = await start(['photo']);
    const asked = await world.start();
    if (asked.kind !== 'asked') throw new Error('nothing is asked');
    const { connector, grant } = inAnotherProcess(world, asked.grant);
    const text = world.server.phone().code;
    const step = await connector.answerConfirmation(grant, { kind: 'code', text }, user);
    const after = inAnotherProcess(world, grantOf(step));
    const session = await after.connector.open(after.grant, user);
    expect((await session.accounts()).map(({ name }) => name)).toContain('Konto Plus');
    expect(JSON.stringify(asked.grant).length).toBeLessThan(3_000);
  });

  test('stands on this very version of the package, whose messages it builds', () => {
    const { dependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as {
      dependencies: Record<string, string>;
    };
    const installed = JSON.parse(readFileSync('node_modules/lib-fints/package.json', 'utf8')) as {
      version: string;
    };
    expect([dependencies['lib-fints'], installed.version]).toEqual(['1.5.0', '1.5.0']);
  });
});

describe('entries of more than 90 days', () => {
  const old = { from: '2025-11-01' };

  /** A session as the core has one: what it keeps takes the grant's place. */
  async function session(world: FinTsWorld, before: Grant) {
    let grant = before;
    const opened = await world.connector.open(grant, user, async (next) => {
      grant = next;
    });
    return { ...opened, grant: () => grant };
  }

  async function askedBy(call: Promise<unknown>): Promise<AccessStep & { kind: 'asked' }> {
    const error = await call.then(
      () => new Error('nothing is asked'),
      (thrown: unknown) => thrown,
    );
    if (!(error instanceof ConfirmationNeeded)) throw error;
    return { kind: 'asked', ...error.asked };
  }

  test('need one TAN, after which the same call brings them without another one', async () => {
    const world = await start(['sms']);
    const days = ['2025-11-03', '2025-12-03', '2026-01-03', '2026-02-03', '2026-03-03'];
    const entries = days.map((bookingDate) => entry({ bookingDate, reference: bookingDate }));
    world.control.show('current', { entries, balance: { booked: euros(1_000) } });
    const first = await session(world, await world.connect());
    const [account] = await first.accounts();
    const id = account?.externalId ?? '';
    const asked = await askedBy(collect(first.entries(id, old)));
    expect(confirmationOf(asked)).toMatchObject({ prompt: 'Bitte bestaetigen Sie die Abfrage.' });
    await first.close();
    const { connector, grant } = inAnotherProcess(world, asked.grant);
    const answered = await connector.answerConfirmation(
      grant,
      { kind: 'code', text: world.server.phone().code },
      user,
    );
    const sent = () => world.server.messages().flat();
    const before = sent().length;
    const second = await session(world, grantOf(answered));
    const shown = await collect(second.entries(id, old));
    expect(shown.map(({ reference }) => reference)).toEqual(days);
    expect(await second.balance(id)).toEqual({ booked: euros(1_000) });
    await second.close();
    const orders = sent()
      .slice(before)
      .map(({ id: name }) => name);
    expect(orders.filter((name) => /^HK(CAZ|KAZ|IDN|TAN)$/.test(name))).toEqual([]);
    expect(second.grant()).not.toHaveProperty('asked');
    expect(second.grant()).toHaveProperty('answered');
    world.clock.passMinutes(31);
    const third = await session(world, second.grant());
    await expect(collect(third.entries(id, old))).rejects.toBeInstanceOf(ConfirmationNeeded);
    expect(third.grant()).not.toHaveProperty('answered');
  });

  test('of several accounts need one TAN each, however often the sync begins anew', async () => {
    const world = await start(['app']);
    const [one, two] = ['current', 'savings'];
    for (const key of [one ?? '', two ?? '']) {
      world.control.show(key, { entries: [entry({ bookingDate: '2025-11-03' })] });
    }
    let grant = await world.connect();
    const accounts = (await (await session(world, grant)).accounts()).slice(0, 2);
    let questions = 0;
    for (let done = 0; done < accounts.length; ) {
      const opened = await session(world, grant);
      done = 0;
      try {
        for (const { externalId } of accounts) {
          expect(await collect(opened.entries(externalId, old))).toHaveLength(1);
          done += 1;
        }
      } catch (error) {
        if (!(error instanceof ConfirmationNeeded)) throw error;
        questions += 1;
        world.clock.passMinutes(1);
        grant = grantOf(await world.answer({ kind: 'asked', ...error.asked }));
      } finally {
        await opened.close();
      }
    }
    expect(questions).toBe(accounts.length);
  });

  test('are asked for again with a new TAN where one was wrong', async () => {
    const world = await start(['sms']);
    world.control.show('current', { entries: [entry({ bookingDate: '2025-11-03' })] });
    const first = await session(world, await world.connect());
    const id = (await first.accounts())[0]?.externalId ?? '';
    const asked = await askedBy(collect(first.entries(id, old)));
    const again = await world.answer(asked, { kind: 'code', text: '000000' });
    const second = await session(world, grantOf(await world.answer(again)));
    expect(await collect(second.entries(id, old))).toHaveLength(1);
  });

  test('that the bank tells in pages come with the one TAN', async () => {
    const customers = sampleCustomers;
    bank = await startFinTs({ customers, traits: { pageSize: 2 } });
    const days = ['03', '04', '05', '06', '07'].map((day) => `2025-11-${day}`);
    const entries = days.map((bookingDate) => entry({ bookingDate, reference: bookingDate }));
    bank.control.show('current', { entries });
    const first = await session(bank, await bank.connect());
    const id = (await first.accounts())[0]?.externalId ?? '';
    const asked = await askedBy(collect(first.entries(id, old)));
    const second = await session(bank, grantOf(await bank.answer(asked)));
    const shown = await collect(second.entries(id, old));
    expect(shown.map(({ reference }) => reference)).toEqual(days);
  });
});

describe('a bank that asks at each login', () => {
  test('is asked no second time in the minutes after the TAN', async () => {
    const world = await start(['sms'], { asksAtLogin: 'always' });
    let grant = grantOf(await world.answer(await world.start()));
    const keep = async (next: Grant) => {
      grant = next;
    };
    for (let times = 0; times < 3; times += 1) {
      const session = await world.connector.open(grant, user, keep);
      const [account] = await session.accounts();
      await session.balance(account?.externalId ?? '');
      await collect(session.entries(account?.externalId ?? '', { from: '2026-02-01' }));
      await session.close();
      world.clock.passMinutes(2);
    }
    world.clock.passMinutes(11);
    const session = await world.connector.open(grant, undefined, keep);
    await expect(session.accounts()).rejects.toBeInstanceOf(ConfirmationNeeded);
    const { length } = world.server.messages();
    await expect(session.accounts()).rejects.toBeInstanceOf(ConfirmationNeeded);
    await session.close();
    expect(world.server.messages()).toHaveLength(length);
  });

  test('begins anew where the bank has ended the dialog that was left', async () => {
    const world = await start(['sms'], { dialogMs: 60_000 });
    const grant = grantOf(await world.answer(await world.start(clara)));
    world.clock.passMinutes(3);
    const session = await world.connector.open(grant, user);
    const [account] = await session.accounts();
    expect(await session.balance(account?.externalId ?? '')).toHaveProperty('booked');
    await session.close();
  });
});

test('pictures and prompts come as banks send them', () => {
  const content = Buffer.alloc(300, 7);
  expect(readPicture(hhdUcOf('image/png', content))?.content).toBe(content.toString('base64'));
  expect(readPicture(hhdUcOf('IMAGE/GIF', content))?.mimeType).toBe('image/gif');
  expect(readPicture(hhdUcOf('text/html', content))).toBeUndefined();
  expect(readPicture(hhdUcOf('image/png', content).slice(0, -1))).toBeUndefined();
  expect(readPicture(undefined)).toBeUndefined();
  expect(readPrompt('<p>Eins</p><ul><li>Zwei <i>drei</i></li></ul> 3 < 4')).toBe(
    'Eins\nZwei drei\n3 < 4',
  );
  expect(readPrompt('nochallenge')).toBe('');
});
