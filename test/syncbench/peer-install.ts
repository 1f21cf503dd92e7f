import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { ActualApi } from './peer-api.ts';

/** The newest release of Actual's engine in September 2026. */
export const actualVersion = '26.9.0';

/**
 * It asks for better-sqlite3 12, which is compiled, or fetched from elsewhere, by a script at its install. Version 13 brings
 * its binaries in the package: no script has to run. What it does with statements is the same.
 */
const manifest = {
  private: true,
  dependencies: { '@actual-app/api': actualVersion },
  overrides: { 'better-sqlite3': '13.2.0' },
};

/** Thrown where Actual cannot be had; the message says why, and what to do. */
export class PeerMissing extends Error {
  override readonly name = 'PeerMissing';
}

export type RunNpm = (args: readonly string[]) => Promise<void>;

const defaultFolder = join(
  import.meta.dirname,
  `../../node_modules/.cache/syncbench/actual-${actualVersion}`,
);

/**
 * Installs Actual's engine into a folder of its own, once; it is no dependency of the project.
 * @returns the folder
 * @throws PeerMissing
 */
export async function installActual(
  say: (line: string) => void,
  { folder = defaultFolder, npm = runNpm }: { folder?: string; npm?: RunNpm } = {},
): Promise<string> {
  if (existsSync(folder)) return folder;
  say(`Installing @actual-app/api ${actualVersion} from npm into ${folder} (once, about 220 MB).`);
  const part = `${folder}.part-${process.pid}`;
  try {
    await mkdir(part, { recursive: true });
    await writeFile(join(part, 'package.json'), JSON.stringify(manifest));
    const quick = ['--no-audit', '--no-fund', '--fetch-retries=0'];
    // Under `npm -s` this one would be silent about what is wrong, too.
    await npm(['install', '--prefix', part, '--ignore-scripts', '--loglevel=error', ...quick]);
    await rename(part, folder);
    return folder;
  } catch (error) {
    await rm(part, { recursive: true, force: true });
    const why = error instanceof Error ? error.message : String(error);
    throw new PeerMissing(
      `@actual-app/api ${actualVersion} could not be installed: ${why}\n` +
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

/** The first line of what npm says is wrong, as `npm error code ENOTFOUND`, tells enough. */
function runNpm(args: readonly string[]): Promise<void> {
  const onWindows = process.platform === 'win32';
  return new Promise((resolve, reject) => {
    execFile('npm', [...args], { shell: onWindows }, (error, _, err) => {
      if (!error) return resolve();
      const [line = error.message] = err.split('\n').filter((one) => one.startsWith('npm error'));
      reject(new Error(line, { cause: error }));
    });
  });
}
