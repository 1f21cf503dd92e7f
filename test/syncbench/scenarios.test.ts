import { openStorePlace } from './store-place.ts';
import { testScenarios } from './test-scenarios.ts';

// Those over a bank's website are in scenarios-by-login.test.ts: they take as long, and another worker may.
const sqlite = await openStorePlace('sqlite');
if (!sqlite) throw new Error('SQLite is everywhere');
await testScenarios(sqlite, ({ wayIn }) => wayIn !== 'login');
