import { describe, expect, test } from '@jest/globals';
import type { Context } from 'hono';
import { readPresence } from '../../../cloud/web/presence.ts';
import { createWeb } from '../../../cloud/web/web.ts';
import { addMs } from '../../../shared/calendar-date.ts';
import { connectGiro, createTestWorld } from '../core/world.ts';

const spreadsheetId = 'book-of-erika';

/** The doors, behind which a browser has the address that it says in a header of this test. */
function open() {
  const it = createTestWorld();
  const web = createWeb(it.world, (context: Context) => {
    const userAgent = context.req.header('User-Agent');
    const ipAddress = context.req.header('X-Test-Address') ?? '';
    return { ipAddress, ...(userAgent !== undefined && { userAgent }) };
  });
  const ask = (headers: Record<string, string> = {}) =>
    web.request('/presence', {
      method: 'POST',
      headers: { 'X-Test-Address': '203.0.113.7', 'User-Agent': 'Test/1.0', ...headers },
    });
  const token = async (headers?: Record<string, string>) =>
    ((await (await ask(headers)).json()) as { presence: string }).presence;
  const call = async (name: string, args: unknown, presence?: string) => {
    const response = await web.request(`/api/${name}`, {
      method: 'POST',
      headers: { Authorization: 'Bearer erika' },
      body: JSON.stringify({ spreadsheetId, args, ...(presence !== undefined && { presence }) }),
    });
    return (await response.json()) as { ok: boolean; proof?: string };
  };
  const prove = async () => {
    it.sheet.state.proofs.add((await call('overview', {})).proof ?? '');
  };
  return { ...it, web, ask, token, call, prove };
}

describe("the user's own browser", () => {
  test('is told where it is, under lock, for any page', async () => {
    const { ask } = open();
    const answer = await ask();
    expect(answer.headers.get('Access-Control-Allow-Origin')).toBe('*');
    expect(answer.headers.get('Cache-Control')).toContain('no-store');
    const { presence } = (await answer.json()) as { presence: string };
    const text = Buffer.from(presence, 'base64url').toString('utf8');
    for (const secret of ['203.0.113.7', 'Test/1.0']) {
      expect(presence).not.toContain(secret);
      expect(text).not.toContain(secret);
    }
  });

  test('counts as there for a minute after that, and its user for five from the call', async () => {
    const { world, token, pass } = open();
    const presence = await token();
    pass(59_999);
    const until = addMs(world.clock.now(), 5 * 60_000);
    expect(await readPresence(world, presence)).toEqual({
      ipAddress: '203.0.113.7',
      userAgent: 'Test/1.0',
      until,
    });
    pass(1);
    expect(await readPresence(world, presence)).toBeUndefined();
  });

  test('with a name of a thousand letters is told with the first five hundred', async () => {
    const { world, token } = open();
    const presence = await token({ 'User-Agent': 'x'.repeat(1_000) });
    expect((await readPresence(world, presence))?.userAgent).toBe('x'.repeat(500));
    expect(presence.length).toBeLessThan(2_000);
  });

  test.each([
    ['nothing', undefined],
    ['an empty text', ''],
    ['no JSON', 'abc'],
    ['JSON of another form', Buffer.from('{"key":1}').toString('base64url')],
    ['null', Buffer.from('null').toString('base64url')],
  ])('is not there by %s', async (_, token) => {
    const { world } = open();
    expect(await readPresence(world, token)).toBeUndefined();
  });

  test('is not there by a token that was changed, or made for something else', async () => {
    const { world, token } = open();
    const { key, text } = JSON.parse(Buffer.from(await token(), 'base64url').toString('utf8'));
    const other = await world.vault.seal('presence', { ipAddress: '198.51.100.1' });
    const elsewhere = await world.vault.seal('c1', {
      ipAddress: '198.51.100.1',
      until: addMs(world.clock.now(), 60_000),
    });
    for (const forged of [{ key: other.key, text }, { key, text: other.text }, elsewhere]) {
      const made = Buffer.from(JSON.stringify(forged)).toString('base64url');
      expect(await readPresence(world, made)).toBeUndefined();
    }
  });
});

describe('a call of the add-on', () => {
  test("with the browser's word has the bank told the user's own address, and nothing is kept of it", async () => {
    const { world, call, prove, token, queue } = open();
    await connectGiro(world);
    await prove();
    const until = addMs(world.clock.now(), 5 * 60_000);
    expect(await call('syncNow', {}, await token())).toMatchObject({ ok: true });
    expect(queue[0]).toEqual({
      kind: 'sync',
      connectionId: 'c1',
      cause: 'manual',
      user: { ipAddress: '203.0.113.7', userAgent: 'Test/1.0', until },
    });
  });

  test.each(['', 'x'.repeat(2_000)])(
    'without it is done as one without the user',
    async (presence) => {
      const { world, call, prove, queue } = open();
      await connectGiro(world);
      await prove();
      expect(await call('syncNow', {}, presence)).toMatchObject({ ok: true });
      expect(queue[0]).toEqual({ kind: 'sync', connectionId: 'c1', cause: 'manual' });
    },
  );
});
