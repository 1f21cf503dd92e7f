import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { runActual } from './peer-actual.ts';
import { actualVersion, installActual, PeerMissing } from './peer-install.ts';
import { describePeer, peerAsJson } from './peer-report.ts';
import { type ProviderName, providers } from './providers.ts';
import { readScenarios, ScenarioUnreadable } from './read-scenarios.ts';
import { describeScores, scoresAsJson } from './report.ts';
import { runScenario } from './run-scenario.ts';
import type { ScenarioScore } from './score.ts';
import { openStorePlace, type StoreKind } from './store-place.ts';

const usage = `Usage: npm run -s syncbench -- [--scenarios DIR] [--store sqlite|firestore] [--json FILE] [--only NAME]
       [--provider NAME] [--peer actual]
  --scenarios  a folder with scenarios (*.json), test/syncbench/scenarios unless told
  --store      where the system keeps what it knows, sqlite unless told
  --json       writes the scores to a file, too
  --only       runs the scenario of this name alone
  --provider   through this provider's server and connector, whatever way in a scenario names: ${Object.keys(providers).join(', ')}
  --peer       runs them through Actual Budget's engine, too, which it fetches from npm, and shows both side by side
Ends with 0 when all pass (with --peer: when both ran), with 1 when one fails, with 2 for what cannot be read or had.`;

class WrongUsage extends Error {
  override readonly name = 'WrongUsage';
}

interface Asked {
  readonly scenarios: string;
  readonly store: StoreKind;
  readonly json: string | undefined;
  readonly only: string | undefined;
  readonly provider: ProviderName | undefined;
  readonly peer: 'actual' | undefined;
}

/** @throws WrongUsage */
function readArguments(): Asked | null {
  try {
    const { values } = parseArgs({
      options: {
        scenarios: { type: 'string', default: join(import.meta.dirname, 'scenarios') },
        store: { type: 'string', default: 'sqlite' },
        json: { type: 'string' },
        only: { type: 'string' },
        provider: { type: 'string' },
        peer: { type: 'string' },
        help: { type: 'boolean', default: false },
      },
    });
    if (values.help) return null;
    const { scenarios, store, json, only, provider, peer } = values;
    if (store !== 'sqlite' && store !== 'firestore') {
      throw new WrongUsage(`--store ${store}: sqlite or firestore.`);
    }
    if (peer !== undefined && peer !== 'actual') throw new WrongUsage(`--peer ${peer}: actual.`);
    if (provider !== undefined && !isProvider(provider)) {
      throw new WrongUsage(`--provider ${provider}: ${Object.keys(providers).join(', ')}.`);
    }
    return { scenarios, store, json, only, provider, peer };
  } catch (error) {
    if (error instanceof WrongUsage) throw error;
    throw new WrongUsage(error instanceof Error ? error.message : String(error), { cause: error });
  }
}

function isProvider(name: string): name is ProviderName {
  return Object.hasOwn(providers, name);
}

/** @returns the program's exit code */
async function run({
  scenarios: folder,
  store,
  json,
  only,
  provider,
  peer,
}: Asked): Promise<number> {
  const all = await readScenarios(folder);
  const wanted = all.filter(({ name }) => only === undefined || name === only);
  if (wanted.length === 0) throw new WrongUsage(`--only ${only}: no scenario is called so.`);
  const actual = peer && (await installActual((line) => process.stderr.write(`${line}\n`)));
  const place = await openStorePlace(store);
  if (!place) return 2;
  const scores: ScenarioScore[] = [];
  try {
    for (const scenario of wanted) scores.push(await runScenario(scenario, place, provider));
  } finally {
    await place.close();
  }
  if (actual !== undefined) {
    const verdicts = await runActual(actual, wanted);
    process.stdout.write(describePeer(actualVersion, scores, verdicts));
    if (json !== undefined) await writeFile(json, peerAsJson(actualVersion, scores, verdicts));
    return 0;
  }
  process.stdout.write(describeScores(scores));
  if (json !== undefined) await writeFile(json, scoresAsJson(scores));
  return scores.every(({ passed }) => passed) ? 0 : 1;
}

try {
  const asked = readArguments();
  if (!asked) process.stdout.write(`${usage}\n`);
  process.exitCode = asked ? await run(asked) : 0;
} catch (error) {
  if (error instanceof ScenarioUnreadable || error instanceof PeerMissing) {
    process.stderr.write(`${error.message}\n`);
  } else if (error instanceof WrongUsage) process.stderr.write(`${error.message}\n${usage}\n`);
  else throw error;
  process.exitCode = 2;
}
