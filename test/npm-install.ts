import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Thrown where npm can install nothing; the message says why in npm's words. */
export class NotInstalled extends Error {
  override readonly name = 'NotInstalled';
}

export type RunNpm = (args: readonly string[]) => Promise<void>;

/** Versions by package; `overrides` as npm has them. */
export interface Packages {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly overrides?: Readonly<Record<string, string>>;
}

/** Folder for what programs besides the project need, by a name that tells their versions. */
export function cacheFolder(name: string): string {
  return join(import.meta.dirname, '../node_modules/.cache', name);
}

/**
 * Installs packages into a folder of their own, once; they are no dependencies of the project, and none of their scripts runs.
 * `say` is called before, where there is something to install.
 * @throws NotInstalled, and leaves nothing
 */
export async function installOnce(
  folder: string,
  packages: Packages,
  say: () => void,
  npm: RunNpm = runNpm,
): Promise<void> {
  if (existsSync(folder)) return;
  say();
  const part = `${folder}.part-${process.pid}`;
  try {
    await mkdir(part, { recursive: true });
    await writeFile(join(part, 'package.json'), JSON.stringify({ private: true, ...packages }));
    const quick = ['--no-audit', '--no-fund', '--fetch-retries=0'];
    // Under `npm -s` this one would be silent about what is wrong, too.
    await npm(['install', '--prefix', part, '--ignore-scripts', '--loglevel=error', ...quick]);
    await rename(part, folder);
  } catch (error) {
    await rm(part, { recursive: true, force: true });
    throw new NotInstalled(error instanceof Error ? error.message : String(error), {
      cause: error,
    });
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
