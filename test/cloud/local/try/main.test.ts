import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';

const main = join(import.meta.dirname, '../../../../cloud/local/try/main.ts');

/** What the command says, and how it ends. */
async function run(args: readonly string[], settings: Readonly<Record<string, string>> = {}) {
  const { PATH = '' } = process.env;
  const child = spawn('node', ['--disable-warning=ExperimentalWarning', main, ...args], {
    env: { PATH, ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      said += chunk;
    });
  }
  const code = await new Promise((resolve) => child.once('close', resolve));
  return { code, said };
}

test('says how it is used, what is wrong, and by what a connector is set up', async () => {
  const [help, none, unknown, unset, wrong, unnamed] = await Promise.all([
    run(['--help']),
    run([]),
    run(['another']),
    run(['berlin-group']),
    run(['berlin-group'], { BOOKFEED_BERLIN_GROUP_BANKS: '[{"id":"hidden-word"}]' }),
    run(['berlin-group', '--record']),
  ]);
  expect(help).toMatchObject({ code: 0, said: expect.stringContaining('npm run record') });
  expect(none).toMatchObject({ code: 1, said: expect.stringContaining('Which connector?') });
  expect(unknown).toMatchObject({ code: 1, said: expect.stringContaining('berlin-group') });
  expect(unset.said).toContain('berlin-group needs BOOKFEED_BERLIN_GROUP_BANKS');
  expect(wrong.said).toContain('BOOKFEED_BERLIN_GROUP_BANKS.0.id');
  expect(wrong.said).not.toContain('hidden-word');
  expect(unnamed.said).toContain('What is the case called?');
});
