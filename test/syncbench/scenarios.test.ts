import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { readScenarios } from './read-scenarios.ts';
import { runScenario } from './run-scenario.ts';
import { openStorePlace, type StorePlace } from './store-place.ts';

const own = join(import.meta.dirname, 'scenarios');
const shared = join(import.meta.dirname, '../../../shared/syncbench/scenarios');

/** Every how many of our own run on Firestore, too; `npm run syncbench -- --store firestore` runs all. */
const firestoreEvery = 3;

/**
 * Scenarios of the life of a connection, which is built after this: what they judge that is not there yet. A line that no
 * longer is found fails, so that none stays here by oversight.
 */
const unfinished: Readonly<Record<string, RegExp>> = {
  'a-rejected-login-is-not-tried-again': /emails is 0, expected 1/,
  'reconnect-with-new-ids-fills-the-gap': /emails is 0, expected 1/,
  'four-unattended-calls-a-day-and-no-more': /outcome is limited, expected complete/,
};

async function expectPassed(name: string, folder: string, place: StorePlace): Promise<void> {
  const scenario = (await readScenarios(folder)).find((it) => it.name === name);
  if (!scenario) throw new Error(`no scenario is called ${name}`);
  const { notes, passed } = await runScenario(scenario, place);
  const known = unfinished[name];
  if (!known) {
    expect({ passed, notes }).toEqual({ passed: true, notes: [] });
    return;
  }
  expect(notes.filter((note) => !known.test(note))).toEqual([]);
  expect(notes.length).toBeGreaterThan(0);
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
