import { deleteApp, initializeApp } from 'firebase-admin/app';
import { getFirestore } from 'firebase-admin/firestore';
import { createFirestoreStore } from '../../cloud/adapters/firestore-store.ts';
import { openSqliteStore } from '../../cloud/adapters/sqlite-store.ts';
import type { Store } from '../../cloud/ports/store.ts';
import { startFirestoreEmulator } from '../firestore-emulator.ts';

export type StoreKind = 'sqlite' | 'firestore';

/** Where scenarios keep what they know. */
export interface StorePlace {
  readonly kind: StoreKind;
  /** An empty store, which is emptied when it is closed; one at a time. */
  open(): Store;
  close(): Promise<void>;
}

/** Null, and a line that says why, where Firestore's emulator is not installed. */
export async function openStorePlace(kind: StoreKind): Promise<StorePlace | null> {
  if (kind === 'firestore') return openFirestore();
  return { kind, open: () => openSqliteStore(':memory:'), close: async () => {} };
}

async function openFirestore(): Promise<StorePlace | null> {
  const emulator = await startFirestoreEmulator();
  if (!emulator) return null;
  process.env['FIRESTORE_EMULATOR_HOST'] = emulator.host;
  // Without it Google's client asks the network whether this machine is in its cloud.
  process.env['METADATA_SERVER_DETECTION'] = 'none';
  const projectId = 'demo-syncbench';
  const app = initializeApp({ projectId }, projectId);
  const store = createFirestoreStore(getFirestore(app));
  return {
    kind: 'firestore',
    // One client for all: each new one costs half a second. The schedule looks in the whole database, so it is emptied.
    open: () => ({ ...store, close: () => clear(emulator.host, projectId) }),
    async close() {
      await store.close();
      await deleteApp(app);
      await emulator.stop();
    },
  };
}

async function clear(host: string, projectId: string): Promise<void> {
  const url = `http://${host}/emulator/v1/projects/${projectId}/databases/(default)/documents`;
  const response = await fetch(url, { method: 'DELETE' });
  if (!response.ok) throw new Error(`the emulator was not cleared: ${response.status}`);
}
