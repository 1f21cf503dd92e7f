import { readFileSync } from 'node:fs';
import { connect as connectTo, createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { initializeApp } from 'firebase-admin/app';
import { getFirestore } from 'firebase-admin/firestore';
import { firestoreIndexes } from '../../../cloud/adapters/firestore-indexes.ts';
import { createFirestoreStore } from '../../../cloud/adapters/firestore-store.ts';
import * as documents from '../../../cloud/core/documents.ts';
import * as fileDocuments from '../../../cloud/core/file-documents.ts';
import {
  type Collection,
  type OnOperation,
  StoreConflict,
  StoreUnavailable,
  write,
} from '../../../cloud/ports/store.ts';
import { storeContract } from '../../contract/store.ts';
import { startFirestoreEmulator } from '../../firestore-emulator.ts';

const root = join(import.meta.dirname, '../../..');
const notes: Collection<{ readonly text: string }> = { name: 'notes', indexed: [] };

const emulator = await startFirestoreEmulator();
if (emulator) {
  const { host } = emulator;
  afterAll(() => emulator.stop());
  // The emulator takes messages of 4 MiB; Firestore itself takes 10 MiB (documented).
  const commitBytesMax = 3_900_000;
  storeContract('the Firestore store', (onOperation) => open(host, onOperation), {
    commitBytesMax,
  });
  breakingLines(host);
  denyingAll(host);
}

function breakingLines(host: string): void {
  describe('the Firestore store on a line that breaks', () => {
    test('takes a commit whose answer was lost for its own when the client sends it again', async () => {
      const line = await openLine(host);
      const store = open(line.host);
      await store.commit([write(notes, 'before', { text: 'a' }, 'any')]);
      line.loseNextAnswer();
      const [version] = await store.commit([
        write(notes, 'before', null, 'any'),
        write(notes, 'once', { text: 'b' }, 'absent'),
      ]);
      expect(line.lost()).toBe(1);
      expect(version).toBe('');
      const kept = await store.get(notes, 'once');
      expect(kept?.value).toEqual({ text: 'b' });
      const again = [write(notes, 'once', { text: 'c' }, { version: kept?.version ?? '' })];
      await store.commit(again);
      await expect(store.commit(again)).rejects.toThrow(StoreConflict);
      await store.close();
      await line.close();
    });

    test('is unavailable while Firestore cannot be reached, and then goes on', async () => {
      const line = await openLine(host);
      const store = open(line.host, undefined, 300);
      line.cut(true);
      const unreached = store.get(notes, 'none');
      await expect(unreached).rejects.toThrow(StoreUnavailable);
      await expect(unreached).rejects.toThrow('Firestore did not answer in time. Try again.');
      line.cut(false);
      await retryUntil(() => store.get(notes, 'none'));
      await store.close();
      await line.close();
    });
  });
}

function denyingAll(host: string): void {
  test('firestore.rules let no browser and no app read or write', async () => {
    const url = `http://${host}/v1/projects/demo-bookfeed/databases/(default)/documents/books`;
    const body = JSON.stringify({ fields: {} });
    const asked = await Promise.all([
      fetch(`${url}/some`),
      fetch(url),
      fetch(url, { method: 'POST', body, headers: { 'content-type': 'application/json' } }),
    ]);
    expect(asked.map(({ status }) => status)).toEqual([403, 403, 403]);
    const asService = await fetch(`${url}/some`, { headers: { authorization: 'Bearer owner' } });
    expect(asService.status).toBe(404);
  });
}

test('firestore.indexes.json says what the collections need, and nothing else', () => {
  const all = [...Object.values(documents), ...Object.values(fileDocuments)];
  const collections = all.filter((kind) => typeof kind === 'object');
  expect(collections.length).toBeGreaterThan(5);
  const written = JSON.parse(readFileSync(join(root, 'firestore.indexes.json'), 'utf8'));
  expect(written).toEqual(firestoreIndexes(collections));
});

/** The client waits longer after each failure. */
async function retryUntil<R>(ask: () => Promise<R>): Promise<R> {
  for (let left = 60; ; left--) {
    try {
      return await ask();
    } catch (error) {
      if (left === 0) throw error;
    }
  }
}

function open(host: string, onOperation?: OnOperation, timeoutMs?: number) {
  process.env['FIRESTORE_EMULATOR_HOST'] = host;
  // Without it Google's client asks the network whether this machine is in its cloud.
  process.env['METADATA_SERVER_DETECTION'] = 'none';
  const app = initializeApp({ projectId: 'demo-bookfeed' }, `app ${Math.random()}`);
  return createFirestoreStore(getFirestore(app), onOperation, timeoutMs);
}

/** A line to a server that can break after the question has gone through and before its answer comes back. */
async function openLine(target: string) {
  const [name, port] = target.split(':');
  const sockets = new Set<Socket>();
  let isCut = false;
  let isLosing = false;
  let lost = 0;
  const server = createServer((near) => {
    if (isCut) {
      near.destroy();
      return;
    }
    const far = connectTo(Number(port), name);
    sockets.add(near).add(far);
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      one.on('error', () => other.destroy()).on('close', () => other.destroy());
    }
    near.on('data', (bytes) => far.write(bytes));
    far.on('data', (bytes) => {
      if (!isLosing) {
        near.write(bytes);
      } else if (bytes.length > 60) {
        // Shorter ones are HTTP/2's own acknowledgements.
        isLosing = false;
        lost++;
        near.destroy();
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new TypeError('no port');
  return {
    host: `127.0.0.1:${address.port}`,
    loseNextAnswer: () => {
      isLosing = true;
    },
    lost: () => lost,
    cut: (now: boolean) => {
      isCut = now;
    },
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
