import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from '@jest/globals';
import * as functions from '../../../cloud/functions/index.ts';

interface Rewrite {
  readonly source: string;
  readonly function: { readonly functionId: string; readonly region: string };
}

const path = resolve(import.meta.dirname, '../../../firebase.json');
const { hosting } = JSON.parse(readFileSync(path, 'utf8')) as {
  hosting: { rewrites: readonly Rewrite[] };
};
const endpoints = new Map(
  Object.entries(functions).map(([name, made]) => [name, '__endpoint' in made && made.__endpoint]),
);

test('every address leads to a function that is there, in the region where it is', () => {
  for (const { function: led } of hosting.rewrites) {
    expect(endpoints.get(led.functionId)).toMatchObject({ region: [led.region] });
  }
});

test('where a bank may be asked while its user waits, there is room for a browser', () => {
  const rooms = { askBank: 2, syncByLogin: 1 };
  for (const [name, concurrency] of Object.entries(rooms)) {
    expect(endpoints.get(name)).toMatchObject({ availableMemoryMb: 2_048, concurrency });
  }
  const first = (address: string) =>
    hosting.rewrites.find(({ source }) => isMatch(source, address))?.function.functionId;
  for (const call of ['previewSync', 'findAccounts', 'answerConfirmation']) {
    expect(first(`/api/${call}`)).toBe('askBank');
  }
  expect(['/connect', '/connect/login', '/connect/confirmation'].map(first)).toEqual([
    'askBank',
    'askBank',
    'askBank',
  ]);
  expect(['/api/overview', '/connect/callback', '/hooks/x', '/privacy'].map(first)).toEqual([
    'api',
    'bankCallback',
    'api',
    'api',
  ]);
});

/** As much of Hosting's patterns as firebase.json uses: `{a,b}` and `**`. */
function isMatch(source: string, address: string): boolean {
  const pattern = source
    .replace(/\{([^}]*)\}/g, (_, options: string) => `(?:${options.replaceAll(',', '|')})`)
    .replaceAll('**', '.*');
  return new RegExp(`^${pattern}$`).test(address);
}
