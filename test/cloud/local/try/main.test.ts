import { spawn } from 'node:child_process';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { openSqliteStore } from '../../../../cloud/adapters/sqlite-store.ts';
import { systemClock as clock, randomIds } from '../../../../cloud/adapters/system-clock.ts';
import { createSandboxBank } from '../../../../cloud/local/bank/sandbox-bank.ts';
import type { Recording } from '../../../../cloud/local/try/recording.ts';
import { serveSimplefin } from '../../../providers/simplefin/start-simplefin.ts';
import { makeTempFolder } from '../../../temp-folder.ts';

const main = join(import.meta.dirname, '../../../../cloud/local/try/main.ts');

interface Around {
  readonly settings?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** What is typed, by what is asked. */
  readonly typed?: Readonly<Record<string, string>>;
}

/** What the command says, and how it ends. */
async function run(args: readonly string[], { settings, cwd, typed = {} }: Around = {}) {
  const { PATH = '' } = process.env;
  const child = spawn('node', ['--disable-warning=ExperimentalWarning', main, ...args], {
    env: { PATH, ...settings },
    cwd,
  });
  let said = '';
  let unanswered = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      said += chunk;
      unanswered += chunk;
      const [, answer] = Object.entries(typed).find(([part]) => unanswered.includes(part)) ?? [];
      if (answer === undefined) return;
      unanswered = '';
      child.stdin.write(`${answer}\n`);
    });
  }
  const code = await new Promise((resolve) => child.once('close', resolve));
  return { code, said };
}

test('says how it is used, what is wrong, and by what a connector is set up', async () => {
  const wrongBank = { BOOKFEED_BERLIN_GROUP_BANKS: '[{"id":"hidden-word"}]' };
  const [help, unknown, unset, wrong, unnamed] = await Promise.all([
    run(['--help']),
    run(['another']),
    run(['berlin-group']),
    run(['berlin-group'], { settings: wrongBank }),
    run(['berlin-group', '--record']),
  ]);
  expect(help).toMatchObject({ code: 0, said: expect.stringContaining('npm run record') });
  expect(unknown).toMatchObject({ code: 1, said: expect.stringContaining('berlin-group') });
  expect(unset.said).toContain('berlin-group needs BOOKFEED_BERLIN_GROUP_BANKS');
  expect(wrong.said).toContain('BOOKFEED_BERLIN_GROUP_BANKS.0.id');
  expect(wrong.said).not.toContain('hidden-word');
  expect(unnamed.said).toContain('What is the case called?');
});

test('records a bank where the tests look for it', async () => {
  const cwd = await makeTempFolder('bookfeed-record-');
  const store = openSqliteStore(':memory:');
  const served = await serveSimplefin(createSandboxBank({ clock, ids: randomIds, store }), clock);
  const token = (await served.credentialsOf('clara'))['setup-token'];
  const typed = {
    'Which bank?': 'SimpleFIN Bridge',
    'Its number': '1',
    'Setup token': token,
    'Give the permission back': 'n',
  };
  const settings = { BOOKFEED_SIMPLEFIN_HOSTS: new URL(served.url).host };
  const args = ['simplefin', 'first-sync', '--record', '--days', '20'];
  const { code, said } = await run(args, { settings, cwd, typed });
  expect(said).toContain('"result": "ok"');
  expect(said).toContain('3 answers, scrubbed: test/recorded/simplefin/first-sync.json.');
  const written = await readFile(join(cwd, 'test/recorded/simplefin/first-sync.json'), 'utf8');
  const { made } = JSON.parse(written) as Recording;
  expect(code).toBe(0);
  expect(made.accounts[0]?.entries?.length).toBeGreaterThan(5);
  expect(`${said}${written}`.replaceAll(token, '')).not.toMatch(/clara|morgenrot|4471 cafe/i);
  expect(written).not.toContain(token);
  await served.close();
  await store.close();
  await rm(cwd, { recursive: true, force: true });
});
