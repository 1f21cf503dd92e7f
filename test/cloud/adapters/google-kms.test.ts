import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { OAuth2Client, PassThroughClient } from 'google-auth-library';
import { crc32c } from '../../../cloud/adapters/crc32c.ts';
import { createGoogleKms } from '../../../cloud/adapters/google-kms.ts';
import { createVault } from '../../../cloud/adapters/vault.ts';
import { VaultUnavailable, VaultUnreadable } from '../../../cloud/ports/vault.ts';
import { expectUnreadable, vaultContract } from '../../contract/vault.ts';
import { type KmsFault, type KmsServer, startKmsServer } from '../../kms-server.ts';

const vaultOf = ({ url, key }: Pick<KmsServer, 'url' | 'key'>) =>
  createVault({
    wrapping: createGoogleKms({
      auth: new PassThroughClient(),
      key,
      rootUrl: url,
      delaysMs: [1, 1],
      timeoutMs: 1_500,
    }),
  });

vaultContract('a vault by Cloud KMS', async () => {
  const server = await startKmsServer();
  return { open: async () => vaultOf(server), close: server.close };
});

describe('a vault by Cloud KMS', () => {
  let server: KmsServer;
  beforeAll(async () => {
    server = await startKmsServer();
  });
  afterEach(() => {
    server.faults.splice(0);
    server.calls.splice(0);
  });
  afterAll(() => server.close());

  test('computes CRC-32C as RFC 3720 has it', () => {
    expect(crc32c(Buffer.from('123456789'))).toBe(0xe3069283);
    expect(crc32c(Buffer.alloc(32))).toBe(0x8a9136aa);
    expect(crc32c(Buffer.alloc(32, 0xff))).toBe(0x62a8ab43);
  });

  test('comes with the token of its account', async () => {
    const auth = new OAuth2Client();
    auth.setCredentials({ access_token: 'of-the-robot' });
    const { url: rootUrl, key } = server;
    await createVault({ wrapping: createGoogleKms({ auth, key, rootUrl }) }).seal('c1', 1);
    expect(server.calls).toEqual([{ method: 'encrypt', authorization: 'Bearer of-the-robot' }]);
  });

  test.each<[string, readonly KmsFault[]]>([
    ['503', [{ status: 503, reason: 'UNAVAILABLE' }]],
    ['429 twice', Array(2).fill({ status: 429, reason: 'RESOURCE_EXHAUSTED' })],
    ['a connection that breaks off', ['drop']],
    ['an answer that is no JSON', ['no-json']],
    ['no answer in time', ['silence']],
  ])('tries again after %s, and seals and opens', async (_, faults) => {
    const vault = vaultOf(server);
    server.faults.push(...faults);
    const sealed = await vault.seal('c1', 'kept');
    expect(server.calls.length).toBe(faults.length + 1);
    server.faults.push(...faults);
    expect(await vault.open('c1', sealed)).toBe('kept');
    expect(server.calls.length).toBe(2 * (faults.length + 1));
  });

  test.each<[string, (answer: Record<string, unknown>) => Record<string, unknown>]>([
    ['another ciphertext', (answer) => ({ ...answer, ciphertext: 'AAAA' })],
    ['no check of the ciphertext', ({ ciphertextCrc32c: _, ...answer }) => answer],
    ['a key that arrived unchecked', (a) => ({ ...a, verifiedPlaintextCrc32c: false })],
    [
      'a subject that arrived unchecked',
      (a) => ({ ...a, verifiedAdditionalAuthenticatedDataCrc32c: false }),
    ],
  ])('seals nothing by an answer with %s', async (_, change) => {
    server.faults.push({ change });
    const vault = vaultOf(server);
    expect(await vault.open('c1', await vault.seal('c1', 'kept'))).toBe('kept');
    expect(server.calls.map(({ method }) => method)).toEqual(['encrypt', 'encrypt', 'decrypt']);
    server.faults.push({ change }, { change }, { change });
    await expectUnavailable(vault.seal('c1', 'kept'));
  });

  test('opens nothing by a key that changed on its way', async () => {
    const vault = vaultOf(server);
    const sealed = await vault.seal('c1', 'kept');
    const plaintext = Buffer.alloc(32).toString('base64');
    server.faults.push({ change: (answer) => ({ ...answer, plaintext }) });
    expect(await vault.open('c1', sealed)).toBe('kept');
  });

  test.each<[string, KmsFault]>([
    ['fails', { status: 500 }],
    ['is overrun', { status: 429, reason: 'RESOURCE_EXHAUSTED' }],
    ['does not answer', 'drop'],
  ])('is unavailable when it %s time and again, after three tries', async (_, fault) => {
    const vault = vaultOf(server);
    const sealed = await vault.seal('c1', 'kept');
    server.calls.splice(0);
    server.faults.push(fault, fault, fault);
    await expectUnavailable(vault.open('c1', sealed));
    expect(server.calls.length).toBe(3);
    expect(await vault.open('c1', sealed)).toBe('kept');
  });

  test.each([
    [401, 'UNAUTHENTICATED'],
    [403, 'PERMISSION_DENIED'],
    [404, 'NOT_FOUND'],
    [400, 'FAILED_PRECONDITION'],
  ])(
    'takes a refusal that the operator can mend (%i %s) for no broken secret',
    async (...refused) => {
      const [status, reason] = refused;
      const vault = vaultOf(server);
      const sealed = await vault.seal('c1', 'kept');
      server.calls.splice(0);
      server.faults.push({ status, reason });
      await expectUnavailable(vault.open('c1', sealed), /roles\/cloudkms/);
      expect(server.calls.length).toBe(1);
      server.faults.push({ status, reason });
      await expectUnavailable(vault.seal('c1', 'kept'), /BOOKFEED_KMS_KEY/);
    },
  );

  test('is unavailable where no server is', async () => {
    const gone = await startKmsServer();
    await gone.close();
    await expectUnavailable(vaultOf(gone).seal('c1', 'kept'));
  });

  test('opens what an earlier version of the key has wrapped, until that is switched off', async () => {
    const vault = vaultOf(server);
    const before = await vault.seal('c1', 'before');
    server.rotate();
    const after = await vault.seal('c1', 'after');
    expect(await vault.open('c1', before)).toBe('before');
    server.setEnabled(1, false);
    await expectUnavailable(vault.open('c1', before));
    expect(await vault.open('c1', after)).toBe('after');
    server.setEnabled(1, true);
  });

  test('gives a wrapped key back for its subject alone', async () => {
    const { url: rootUrl, key } = server;
    const wrapping = createGoogleKms({ auth: new PassThroughClient(), key, rootUrl });
    const wrapped = await wrapping.wrap(Buffer.alloc(32, 7), 'c1');
    expect(await wrapping.unwrap(wrapped, 'c1')).toEqual(Buffer.alloc(32, 7));
    await expect(wrapping.unwrap(wrapped, 'c2')).rejects.toThrow(VaultUnreadable);
  });

  test('opens nothing that another key has wrapped', async () => {
    const other = await startKmsServer();
    await expectUnreadable(vaultOf(other), 'c1', await vaultOf(server).seal('c1', 'kept'));
    await other.close();
  });
});

/** Neither the message nor a cause holds the request, and with it the key. */
async function expectUnavailable(work: Promise<unknown>, message = /^Cloud KMS/): Promise<void> {
  const error = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(VaultUnavailable);
  expect((error as Error).message).toMatch(message);
  expect((error as Error).cause).toBeUndefined();
}
