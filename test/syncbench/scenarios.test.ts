import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { readScenarios } from './read-scenarios.ts';
import { runScenario } from './run-scenario.ts';
import { openStorePlace, type StorePlace } from './store-place.ts';

const own = join(import.meta.dirname, 'scenarios');
const shared = join(import.meta.dirname, '../../../shared/syncbench/scenarios');

/** Every how many of our own run on Firestore, too; `npm run syncbench -- --store firestore` runs all. */
const firestoreEvery = 5;

async function expectPassed(name: string, folder: string, place: StorePlace): Promise<void> {
  const scenario = (await readScenarios(folder)).find((it) => it.name === name);
  if (!scenario) throw new Error(`no scenario is called ${name}`);
  const { notes, passed } = await runScenario(scenario, place);
  expect({ passed, notes }).toEqual({ passed: true, notes: [] });
}

function namesIn(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.json'))
    .map((file) => file.replace(/^.*\/|\.json$/g, ''))
    .sort();
}

const sqlite = await openStorePlace('sqlite');
const firestore = await openStorePlace('firestore');
afterAll(async () => {
  await firestore?.close();
});

describe.each([
  ['our own scenarios', own],
  ['the shared scenarios', shared],
])('%s', (title, folder) => {
  if (!existsSync(folder)) {
    process.stderr.write(`Not run: ${title}, ${folder} is absent.\n`);
    test.todo(`${title} where they are`);
    return;
  }
  const names = namesIn(folder);
  test.each(names)('%s', async (name) => {
    if (!sqlite) throw new Error('SQLite is everywhere');
    await expectPassed(name, folder, sqlite);
  });
  if (!firestore) return;
  test.each(names.filter((_, at) => at % firestoreEvery === 0))('on Firestore: %s', (name) =>
    expectPassed(name, folder, firestore),
  );
});
