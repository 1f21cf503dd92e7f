import { afterAll, test } from '@jest/globals';
import { openStorePlace } from './store-place.ts';
import { testScenarios } from './test-scenarios.ts';

/** Every how many run on Firestore, too; `npm run syncbench -- --store firestore` runs all. */
const firestoreEvery = 5;

const firestore = await openStorePlace('firestore');
afterAll(async () => {
  await firestore?.close();
});
if (firestore) await testScenarios(firestore, (_scenario, at) => at % firestoreEvery === 0);
else test.todo('where the emulator is installed');
