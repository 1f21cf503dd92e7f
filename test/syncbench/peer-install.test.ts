import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { actualVersion, installActual, loadActual, PeerMissing } from './peer-install.ts';

let home: string;
let folder: string;
let said: string[];
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'bookfeed-peer-install-'));
  folder = join(home, 'cache', 'actual');
  said = [];
});
afterEach(() => rm(home, { recursive: true }));

const say = (line: string) => {
  said.push(line);
};

describe('the install of Actual', () => {
  test('takes one version into a folder of its own, runs no scripts, and says so once', async () => {
    const calls: (readonly string[])[] = [];
    const npm = async (args: readonly string[]) => {
      calls.push(args);
    };
    expect(await installActual(say, { folder, npm })).toBe(folder);
    expect(await installActual(say, { folder, npm })).toBe(folder);
    const manifest = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
    expect(manifest.dependencies).toEqual({ '@actual-app/api': actualVersion });
    expect(actualVersion).toMatch(/^\d+\.\d+\.\d+$/);
    expect(calls).toHaveLength(1);
    expect(calls[0]).toEqual(expect.arrayContaining(['install', '--prefix', '--ignore-scripts']));
    expect(said).toEqual([expect.stringContaining(folder)]);
  });

  test('leaves nothing where it fails, and says why and what to do', async () => {
    const npm = async () => {
      throw new Error('npm error code ENOTFOUND');
    };
    const install = installActual(say, { folder, npm });
    await expect(install).rejects.toThrow(PeerMissing);
    await expect(install).rejects.toThrow(/ENOTFOUND.*npm can install/s);
    expect(existsSync(folder)).toBe(false);
    expect(await readdir(join(home, 'cache'))).toEqual([]);
  });

  test('loads from its folder, and tells what to delete where it does not', async () => {
    expect(() => loadActual(home)).toThrow(PeerMissing);
    expect(() => loadActual(home)).toThrow(`Delete ${home} `);
    const own = join(folder, 'node_modules', '@actual-app', 'api');
    await mkdir(own, { recursive: true });
    await writeFile(join(own, 'index.js'), 'module.exports = { isActual: true };');
    expect(loadActual(folder)).toEqual({ isActual: true });
  });
});
