import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, test } from '@jest/globals';
import { OAuth2Client } from 'google-auth-library';
import { createGoogleSheets } from '../../../cloud/adapters/google-sheets.ts';
import { changesOf, newRow } from '../../contract/sheet-world.ts';

function authFor(token: string): OAuth2Client {
  const auth = new OAuth2Client();
  auth.setCredentials({ access_token: token });
  return auth;
}

describe('a Sheets API that does not answer as it should', () => {
  const snapshot = { title: '', locale: 'en_US', transactions: null, accounts: null, rules: null };
  const changes = changesOf(['b1'], { append: [newRow('e1')] });

  /** A server that answers every request the same way; a status of 0 closes the connection. */
  async function withServer(
    status: number,
    run: (sheet: ReturnType<typeof createGoogleSheets>) => Promise<void>,
  ): Promise<number> {
    let count = 0;
    const server = createServer((request, response) => {
      count += 1;
      request.resume();
      if (status === 0) request.socket.destroy();
      else response.writeHead(status, { 'content-type': 'application/json' }).end('{"error":{}}');
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const { port } = server.address() as AddressInfo;
    const rootUrl = `http://127.0.0.1:${port}`;
    await run(createGoogleSheets({ auth: authFor('t'), rootUrl }));
    server.closeAllConnections();
    server.close();
    return count;
  }

  test.each([
    [429, 'sheet-unavailable'],
    [500, 'sheet-unavailable'],
    [503, 'sheet-unavailable'],
    [401, 'sheet-unavailable'],
    [403, 'sheet-not-writable'],
    [404, 'sheet-gone'],
    [0, 'sheet-unavailable'],
  ])('is asked once for status %i, and the failure is %s', async (status, code) => {
    const count = await withServer(status, async (sheet) => {
      await expect(sheet.readBook('book')).rejects.toMatchObject({ code });
      const before = { ...snapshot, deliveredBatches: [] };
      await expect(sheet.writeBook('book', before, changes)).rejects.toMatchObject({ code });
      await expect(sheet.hasProof('book', 'p')).rejects.toMatchObject({ code });
    });
    expect(count).toBe(3);
  });

  test('that refuses a write is asked whether the batch is there, and the refusal stands', async () => {
    const count = await withServer(400, async (sheet) => {
      const before = { ...snapshot, deliveredBatches: [] };
      await expect(sheet.writeBook('book', before, changes)).rejects.toMatchObject({
        code: 'sheet-unavailable',
        detail: 'status 400',
      });
    });
    expect(count).toBe(2);
  });

  test('that is not there at all is a sheet that could not be reached', async () => {
    const sheet = createGoogleSheets({ auth: authFor('t'), rootUrl: 'http://127.0.0.1:9' });
    await expect(sheet.readBook('book')).rejects.toMatchObject({
      code: 'sheet-unavailable',
      detail: 'no answer',
    });
  });
});
