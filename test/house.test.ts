import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, test } from '@jest/globals';

const root = resolve(import.meta.dirname, '..');

/** What each room may import of the others; a room not named here (functions, local) composes and may import all. */
const arrows: Readonly<Record<string, readonly string[]>> = {
  shared: ['shared'],
  addon: ['shared', 'addon'],
  'cloud/ports': ['shared', 'cloud/ports'],
  'cloud/learner': ['shared', 'cloud/ports', 'cloud/learner'],
  'cloud/core': ['shared', 'cloud/ports', 'cloud/learner', 'cloud/core'],
  'cloud/statements': ['shared', 'cloud/ports', 'cloud/statements'],
  'cloud/connectors': ['shared', 'cloud/ports', 'cloud/core', 'cloud/connectors'],
  'cloud/adapters': ['shared', 'cloud/ports', 'cloud/core', 'cloud/adapters'],
  'cloud/web': ['shared', 'cloud/ports', 'cloud/core', 'cloud/web'],
};
const composing = ['cloud/functions', 'cloud/local'];

const files = ['shared', 'addon', 'cloud'].flatMap((top) =>
  readdirSync(join(root, top), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name) && !name.endsWith('.d.ts'))
    .map((name) => join(top, name)),
);

function roomOf(path: string): string {
  return path
    .split('/')
    .slice(0, path.startsWith('cloud/') ? 2 : 1)
    .join('/');
}

function importsOf(path: string): readonly string[] {
  const text = readFileSync(join(root, path), 'utf8');
  return [...text.matchAll(/(?:from|import)\s*\(?\s*'(\.[^']+)'/g)].map((match) =>
    relative(root, resolve(root, dirname(path), match[1] ?? '')),
  );
}

describe('the house', () => {
  test('every source file stands in a room, and every room has files', () => {
    const seen = new Map(Object.entries(Object.groupBy(files, roomOf)));
    expect([...seen.keys()].sort()).toEqual([...Object.keys(arrows), ...composing].sort());
    expect(files.length).toBeGreaterThan(80);
  });

  test.each(Object.entries(arrows))('%s imports only from %p', (room, allowed) => {
    const wrong = files
      .filter((path) => roomOf(path) === room)
      .flatMap((path) => importsOf(path).map((target) => ({ path, target })))
      .filter(({ target }) => !allowed.includes(roomOf(target)));
    expect(wrong).toEqual([]);
  });

  test('a connector knows no other connector', () => {
    // What lies beside the folders is for all of them, and composes them.
    const folder = (path: string) => /^cloud\/connectors\/([^/]+)\//.exec(path)?.[1];
    const wrong = files
      .filter(folder)
      .flatMap((path) => importsOf(path).map((target) => ({ path, target })))
      .filter(({ path, target }) => folder(target) && folder(path) !== folder(target));
    expect(wrong).toEqual([]);
  });

  test('core and learner take time, chance and settings from outside', () => {
    const inner = files.filter((path) => /^cloud\/(core|learner)\//.test(path));
    const outside =
      /(?<!')\bDate\b|Math\.random|process\.|\bfetch\(|from 'node:(?!crypto)|firebase|googleapis/;
    const wrong = inner.filter((path) => outside.test(readFileSync(join(root, path), 'utf8')));
    expect({ seen: inner.length > 15, wrong }).toEqual({ seen: true, wrong: [] });
  });

  test('the linter holds the same arrows, for every room', () => {
    const { overrides } = JSON.parse(readFileSync(join(root, 'biome.json'), 'utf8')) as {
      overrides: { includes: string[] }[];
    };
    const held = overrides.flatMap(({ includes }) => includes.map((it) => it.replace('/**', '')));
    const free = Object.keys(arrows).filter((room) => !held.some((it) => it.startsWith(room)));
    expect(free).toEqual([]);
  });

  test.each(['README.md', 'DECISIONS.md'])('paths that %s names exist', (document) => {
    const text = readFileSync(join(root, document), 'utf8');
    const named = [...text.matchAll(/`((?:shared|addon|cloud|test|\.ci)\/[\w./-]*)`/g)].map(
      (it) => it[1] ?? '',
    );
    expect(named.length).toBeGreaterThan(3);
    expect(named.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });
});
