import { initializeApp } from 'firebase-admin/app';
import { getFirestore } from 'firebase-admin/firestore';
import { createFirestoreStore } from '../../cloud/adapters/firestore-store.ts';
import { openSqliteStore } from '../../cloud/adapters/sqlite-store.ts';
import { randomIds } from '../../cloud/adapters/system-clock.ts';
import type { OnOperation, Store } from '../../cloud/ports/store.ts';
import { startFirestoreEmulator } from '../firestore-emulator.ts';

/** A store whose documents read and written are counted: Firestore's emulator, or SQLite where it is not installed. */
export async function openCountedStore(
  onOperation: OnOperation,
): Promise<{ readonly store: Store; readonly kind: string; close(): Promise<void> }> {
  const emulator = await startFirestoreEmulator();
  if (!emulator) {
    const store = openSqliteStore(':memory:', onOperation);
    return { store, kind: 'sqlite', close: () => store.close() };
  }
  process.env['FIRESTORE_EMULATOR_HOST'] = emulator.host;
  // Without it Google's client asks the network whether this machine is in its cloud.
  process.env['METADATA_SERVER_DETECTION'] = 'none';
  const app = initializeApp({ projectId: 'demo-bookfeed' }, randomIds.next('app'));
  const store = createFirestoreStore(getFirestore(app), onOperation);
  return {
    store,
    kind: 'firestore',
    close: async () => {
      await store.close();
      await emulator.stop();
    },
  };
}
