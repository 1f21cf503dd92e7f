import { openStorePlace } from './store-place.ts';
import { testScenarios } from './test-scenarios.ts';

const sqlite = await openStorePlace('sqlite');
if (!sqlite) throw new Error('SQLite is everywhere');
await testScenarios(sqlite, ({ wayIn }) => wayIn === 'login');
