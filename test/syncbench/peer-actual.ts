import { mock } from 'node:test';
import type { Scenario } from './format.ts';
import { loadActual } from './peer-install.ts';
import { judgePeer, type PeerVerdict } from './peer-run.ts';
import { openPeerWorld } from './peer-world.ts';

/**
 * Runs scenarios through the import engine of Actual Budget that is installed in a folder.
 * @throws PeerMissing where it does not load
 */
export async function runActual(
  folder: string,
  scenarios: readonly Scenario[],
): Promise<readonly PeerVerdict[]> {
  const api = loadActual(folder);
  // A sync that the bank refused goes to the console, too.
  const quiet = (['log', 'warn', 'error'] as const).map((way) =>
    mock.method(console, way, () => {}),
  );
  mock.timers.enable({ apis: ['Date'] });
  try {
    const world = await openPeerWorld(api, (now) => mock.timers.setTime(Date.parse(now)));
    try {
      const verdicts: PeerVerdict[] = [];
      for (const scenario of scenarios) verdicts.push(await judgePeer(scenario, world));
      return verdicts;
    } finally {
      await world.close();
    }
  } finally {
    mock.timers.reset();
    for (const { mock: one } of quiet) one.restore();
  }
}
