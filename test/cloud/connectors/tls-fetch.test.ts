import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createBerlinGroup } from '../../../cloud/connectors/berlin-group/connector.ts';
import { createTlsFetch } from '../../../cloud/connectors/tls-fetch.ts';
import { testCertificate, testIdentity } from '../../test-certificates.ts';

const authority = testCertificate('ca.pem');
const { certificate: cert, key } = testIdentity('server');
const server = createServer(
  { cert, key, ca: authority, requestCert: true },
  (request, response) => {
    switch (request.url) {
      case '/psd2/v1/accounts':
        return response.end('{"accounts":[{"resourceId":"A1","currency":"EUR"}]}');
      case '/gone':
        return response.writeHead(204).end();
      case '/cut':
        response.writeHead(200, { 'Content-Length': '100' }).write('{');
        return setTimeout(() => response.destroy(), 20);
      case '/elsewhere':
        return response.writeHead(302, { Location: '/gone' }).end();
      case '/silent':
        return undefined;
      default: {
        const chunks: Buffer[] = [];
        request.on('data', (chunk: Buffer) => chunks.push(chunk));
        return request.on('end', () => {
          response.setHeader('X-Seen', [request.method ?? '', String(request.headers['x-one'])]);
          response.end(Buffer.concat(chunks));
        });
      }
    }
  },
);
let url: string;
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.close();
  server.closeAllConnections();
});

const tlsFetch = createTlsFetch({ ...testIdentity('client'), authority });

describe('a server that wants a client certificate', () => {
  test('answers as it does to any fetch', async () => {
    const signal = AbortSignal.timeout(5_000);
    const headers = { 'X-One': '1' };
    const answer = await tlsFetch(`${url}/echo`, { method: 'POST', headers, body: 'ä', signal });
    expect([answer.status, answer.headers.get('X-Seen'), await answer.text()]).toEqual([
      200,
      'POST, 1',
      'ä',
    ]);
    expect((await tlsFetch(new URL(`${url}/gone`))).status).toBe(204);
    expect((await tlsFetch(`${url}/elsewhere`)).status).toBe(302);
  });

  test('lets nobody in without one, or with one that its authority has not signed', async () => {
    const stranger = createTlsFetch({ ...testIdentity('stranger'), authority });
    await expect(stranger(`${url}/echo`)).rejects.toThrow();
    await expect(fetch(`${url}/echo`)).rejects.toThrow();
  });

  test('is not believed with a certificate of an authority that is not trusted', async () => {
    await expect(createTlsFetch(testIdentity('client'))(`${url}/echo`)).rejects.toThrow(
      /certificate|unable to verify/,
    );
  });

  test('that breaks off or is silent is left', async () => {
    const cut = await tlsFetch(`${url}/cut`);
    await expect(cut.text()).rejects.toThrow();
    const signal = AbortSignal.timeout(100);
    await expect(tlsFetch(`${url}/silent`, { signal })).rejects.toThrow();
    await expect(tlsFetch('http://127.0.0.1:1/')).rejects.toThrow();
  });

  test('is a bank to the connector that is set up so, and is none without', async () => {
    const institution = {
      id: 'berlin-group:tls',
      connector: 'berlin-group',
      name: 'Bank over TLS',
      country: 'DE',
      wayIn: 'psd2',
      historyDays: 90,
    } as const;
    const clock = { now: () => '2026-03-10T12:00:00.000Z' };
    const accountsWith = async (tls: Parameters<typeof createTlsFetch>[0] | undefined) => {
      const banks = [{ institution, baseUrl: `${url}/psd2`, tls }];
      const connector = createBerlinGroup({ fetch, clock, banks, timeoutMs: 2_000 });
      const grant = { institutionId: institution.id, consentId: 'C1' };
      return (await connector.open(grant, undefined)).accounts();
    };
    expect(await accountsWith({ ...testIdentity('client'), authority })).toHaveLength(1);
    const bare = accountsWith(undefined);
    await expect(bare).rejects.toMatchObject({ code: 'bank-unavailable' });
  });
});
