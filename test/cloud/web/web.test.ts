import { describe, expect, test } from '@jest/globals';
import { createWeb } from '../../../cloud/web/web.ts';
import type { FailureCode } from '../../../shared/failures.ts';
import { createTestWorld } from '../core/world.ts';

const spreadsheetId = 'book-of-erika';

function open() {
  const it = createTestWorld();
  const web = createWeb(it.world, () => ({ ipAddress: '127.0.0.1' }));
  const call = async (name: string, args: unknown = {}, headers: Record<string, string> = {}) => {
    const response = await web.request(`/api/${name}`, {
      method: 'POST',
      headers: { Authorization: 'Bearer erika', ...headers },
      body: JSON.stringify({ spreadsheetId, args }),
    });
    return (await response.json()) as {
      ok: boolean;
      value?: { url: string; connections: unknown[] };
      failure?: { code: FailureCode; detail?: string };
      proof?: string;
    };
  };
  const prove = async () => {
    const { proof = '' } = await call('overview');
    it.sheet.state.proofs.add(proof);
  };
  return { ...it, web, call, prove };
}

describe("the add-on's calls", () => {
  test('a book is used only after the caller left a proof in its spreadsheet', async () => {
    const { call, prove, sheet, pass } = open();
    const asked = await call('overview');
    expect(asked).toMatchObject({ ok: false, failure: { code: 'prove-editor' } });
    expect(asked.proof).toMatch(/^p/);
    expect((await call('startConnect')).ok).toBe(false);
    await prove();
    expect(await call('overview')).toMatchObject({ ok: true, value: { connections: [] } });
    sheet.state.proofs.clear();
    expect((await call('overview')).ok).toBe(true);
    pass(25 * 3_600_000);
    expect(await call('overview')).toMatchObject({ ok: false, failure: { code: 'prove-editor' } });
  });

  test('the same proof is asked for until it is left, so that calls at once do not undo each other', async () => {
    const { call } = open();
    const [first, second] = [await call('overview'), await call('startConnect')];
    expect(second.proof).toBe(first.proof);
  });

  test("another caller's proof is of no use", async () => {
    const { call, prove } = open();
    await prove();
    await call('overview');
    const other = await call('overview', {}, { Authorization: 'Bearer max' });
    expect(other).toMatchObject({ ok: false, failure: { code: 'prove-editor' } });
  });

  test('what is not well formed is refused with the place', async () => {
    const { call, prove, web } = open();
    await prove();
    expect(await call('linkAccount', { connectionId: 'c1' })).toMatchObject({
      failure: { code: 'bad-request', detail: expect.stringContaining('accountKey') },
    });
    expect(await call('overview', { more: 1 })).toMatchObject({ failure: { code: 'bad-request' } });
    expect(await call('constructor')).toMatchObject({ failure: { code: 'bad-request' } });
    expect(await call('overview', {}, { Authorization: '' })).toMatchObject({
      failure: { code: 'not-signed-in' },
    });
    const noJson = await web.request('/api/overview', {
      method: 'POST',
      headers: { Authorization: 'Bearer erika' },
      body: '{',
    });
    expect(await noJson.json()).toMatchObject({ ok: false, failure: { code: 'bad-request' } });
    const long = await call('overview', { text: 'x'.repeat(200_000) });
    expect(long).toMatchObject({
      failure: { code: 'bad-request', detail: expect.stringContaining('too long') },
    });
  });
});
