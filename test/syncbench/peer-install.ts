import { createRequire } from 'node:module';
import { join } from 'node:path';
import { cacheFolder, installOnce, NotInstalled, type RunNpm } from '../npm-install.ts';
import type { ActualApi } from './peer-api.ts';

/** The newest release of Actual's engine in September 2026. */
export const actualVersion = '26.9.0';

/**
 * It asks for better-sqlite3 12, which is compiled, or fetched from elsewhere, by a script at its install. Version 13 brings
 * its binaries in the package: no script has to run. What it does with statements is the same.
 */
const packages = {
  dependencies: { '@actual-app/api': actualVersion },
  overrides: { 'better-sqlite3': '13.2.0' },
};

/** Thrown where Actual cannot be had; the message says why, and what to do. */
export class PeerMissing extends Error {
  override readonly name = 'PeerMissing';
}

/**
 * Installs Actual's engine into a folder of its own, once; it is no dependency of the project.
 * @returns the folder
 * @throws PeerMissing
 */
export async function installActual(
  say: (line: string) => void,
  {
    folder = cacheFolder(`syncbench/actual-${actualVersion}`),
    npm,
  }: { folder?: string; npm?: RunNpm } = {},
): Promise<string> {
  const sayOnce = () =>
    say(
      `Installing @actual-app/api ${actualVersion} from npm into ${folder} (once, about 220 MB).`,
    );
  try {
    await installOnce(folder, packages, sayOnce, npm);
    return folder;
  } catch (error) {
    if (!(error instanceof NotInstalled)) throw error;
    throw new PeerMissing(
      `@actual-app/api ${actualVersion} could not be installed: ${error.message}\n` +
        'Run this again where npm can install packages.\n' +
        'Without --peer the scenarios run without it.',
      { cause: error },
    );
  }
}

/** @throws PeerMissing for an engine that this machine cannot load */
export function loadActual(folder: string): ActualApi {
  try {
    return createRequire(join(folder, 'package.json'))('@actual-app/api') as ActualApi;
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new PeerMissing(
      `@actual-app/api does not load: ${why}\nDelete ${folder} to have it installed anew.`,
      { cause: error },
    );
  }
}
