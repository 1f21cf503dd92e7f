import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import type { Scenario } from './format.ts';
import { readScenarios } from './read-scenarios.ts';
import { runScenario } from './run-scenario.ts';
import type { StorePlace } from './store-place.ts';

const folders = {
  'our own scenarios': join(import.meta.dirname, 'scenarios'),
  'the shared scenarios': join(import.meta.dirname, '../../../shared/syncbench/scenarios'),
};

/** Those with a browser and many syncs take seven seconds, and several times that on a busy machine. */
const scenarioMs = 120_000;

/** A test for each wanted scenario of every folder; `at` is its place among those of its folder, by name. */
export async function testScenarios(
  place: StorePlace,
  isWanted: (scenario: Scenario, at: number) => boolean,
): Promise<void> {
  for (const [title, folder] of Object.entries(folders)) {
    const scenarios = existsSync(folder) ? await readScenarios(folder) : undefined;
    if (!scenarios) process.stderr.write(`Not run: ${title}, ${folder} is absent.\n`);
    describe(title, () => {
      if (!scenarios) {
        test.todo(`${title} where they are`);
        return;
      }
      const byName = scenarios.toSorted((a, b) => (a.name < b.name ? -1 : 1));
      test.each(byName.filter(isWanted).map((scenario) => [scenario.name, scenario] as const))(
        '%s',
        async (_name, scenario) => {
          const { notes, passed } = await runScenario(scenario, place);
          expect({ passed, notes }).toEqual({ passed: true, notes: [] });
        },
        scenarioMs,
      );
    });
  }
}
