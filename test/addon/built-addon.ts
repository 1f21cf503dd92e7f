import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createContext, runInContext } from 'node:vm';
import { afterAll, beforeAll } from '@jest/globals';
import { buildAddon } from '../../addon/build.ts';

/** Builds the add-on into a temp folder before the tests of a file, and gives the folder once they run. */
export function builtAddon(): () => string {
  let outDir = '';
  beforeAll(async () => {
    outDir = await mkdtemp(join(tmpdir(), 'bookfeed-addon-'));
    await buildAddon(outDir);
  });
  afterAll(() => rm(outDir, { recursive: true, force: true }));
  return () => outDir;
}

/** The global functions of the built bundle, run as Apps Script runs it: with these services and nothing else. */
export async function runCode(outDir: string, services: object): Promise<Record<string, Callable>> {
  const context = createContext({ ...services });
  runInContext(await readFile(join(outDir, 'code.js'), 'utf8'), context);
  return context as Record<string, Callable>;
}

type Callable = (...args: unknown[]) => unknown;
