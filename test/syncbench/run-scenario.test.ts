import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { runScenario } from './run-scenario.ts';
import { read, sample, sampleWith } from './sample-scenario.ts';
import { findingKinds } from './score.ts';
import { openStorePlace } from './store-place.ts';

async function run(changes: Readonly<Record<string, unknown>>) {
  const place = await openStorePlace('sqlite');
  if (!place) throw new Error('SQLite is everywhere');
  return runScenario(read(sampleWith(changes)), place);
}

const rows = sample.expect.rows;
const at = '2026-03-02T13:00:00Z';

describe('a scenario', () => {
  test('that ends as expected has passed', async () => {
    expect(await run({})).toEqual({
      name: 'sample',
      passed: true,
      ...Object.fromEntries(findingKinds.map((kind) => [kind, 0])),
      notes: [],
    });
  });

  test.each<[string, Record<string, unknown>, Record<string, number>]>([
    [
      'a row too many expected is lost',
      { 'expect.rows.2': { ...rows[0], account: 'Assets:Savings' } },
      { lost: 1 },
    ],
    ['a row not expected is duplicated', { 'expect.rows': [rows[0]] }, { duplicated: 1 }],
    ['another amount is mixed up', { 'expect.rows.1.amount': '1900.01' }, { misMerged: 1 }],
    [
      'another counter-account is another row',
      { 'expect.rows.0.counterAccount': 'Expenses:Tea' },
      { lost: 1, duplicated: 1 },
    ],
    [
      'a wrong outcome',
      { 'steps.1.expect': { outcome: 'partial', newRows: 2, failure: 'timeout' } },
      { wrongOutcomes: 2 },
    ],
    ['wrong new rows', { 'steps.3.expect.newRows': 2 }, { wrongOutcomes: 1 }],
    ['a wrong proof', { 'expect.proof.giro': { offBy: '1.00' } }, { wrongOutcomes: 1 }],
    ['too many calls', { 'expect.calls.giro.entries.max': 1 }, { wrongOutcomes: 1 }],
    ['a wrong state', { 'expect.state': 'removed' }, { wrongOutcomes: 1 }],
    ['a mail that was not sent', { 'expect.emails': 1 }, { wrongOutcomes: 1 }],
    [
      'an undo of nothing, and a write in the last sync',
      { 'steps.3': { at, undo: 'last-import' }, 'expect.calls': undefined },
      { wrongOutcomes: 2 },
    ],
  ])('is judged: %s', async (_, changes, counts) => {
    const score = await run(changes);
    const found = Object.fromEntries(findingKinds.map((kind) => [kind, score[kind]]));
    const none = Object.fromEntries(findingKinds.map((kind) => [kind, 0]));
    expect(found).toEqual({ ...none, ...counts });
    expect(score.passed).toBe(false);
    expect(score.notes).toHaveLength(Object.values(counts).reduce((a, b) => a + b));
  });

  test('goes on after a step that cannot be done, and says which', async () => {
    const score = await run({ 'steps.2.user.edit.amount': '-4.51' });
    expect(score.notes[0]).toMatch(/^wrongOutcomes: step 3 \(user at .*\): 0 rows are/);
    expect(score).toMatchObject({ passed: false, wrongOutcomes: 1, lost: 1, duplicated: 1 });
  });

  test('in which the system dies goes on with a new one, and that sync has no outcome', async () => {
    const crash = {
      at: '2026-03-02T08:01:00Z',
      faults: [{ on: 'store-write', nth: 1, effect: '' }],
    };
    const crashes = (effect: string) => {
      const faults = [{ ...crash.faults[0], effect }];
      const steps: unknown[] = [sample.steps[0], { ...crash, faults }, sample.steps[1]];
      steps.push({ at: '2026-03-02T08:30:00Z', sync: 'manual' }, ...sample.steps.slice(2));
      return { steps, 'expect.calls': undefined };
    };
    for (const effect of ['crash-before', 'crash-after']) {
      const { notes } = await run(crashes(effect));
      expect(notes).toEqual([expect.stringMatching(/step 3 .* has no outcome, expected complete/)]);
    }
    const { notes } = await run(crashes('refused'));
    expect(notes).toEqual([]);
    const looking = { on: 'sheet-read', nth: 1, effect: 'refused' };
    const steps = crashes('').steps.with(1, { ...crash, faults: [looking] });
    // A day later the cloud looks for the user's proof before it answers: that is no reading of the sync's.
    const late = { at: '2026-03-03T12:00:00Z', sync: 'manual' };
    const faults = { at: '2026-03-03T11:00:00Z', faults: [looking] };
    expect(
      (await run({ steps: [...steps, faults, late], 'expect.calls': undefined })).notes,
    ).toEqual([]);
  });
});

describe('a confirmation that the bank asks for', () => {
  const asks = { call: 'any', with: 'needs-confirmation' };
  const waits = { outcome: 'needs-user', newRows: 0, failure: 'needs-confirmation' };
  const steps = (...confirmed: readonly object[]) => ({
    steps: [
      sample.steps[0],
      { at: '2026-03-02T08:01:00Z', bankFails: asks },
      ...confirmed,
      ...sample.steps.slice(2),
    ],
    'expect.calls': undefined,
  });
  const sync = { at: '2026-03-02T08:05:00Z', sync: 'manual' };
  const complete = { expect: { outcome: 'complete', newRows: 2 } };

  test('is answered where the step says so, and that sync goes on', async () => {
    const { notes } = await run(steps({ ...sync, confirm: 'code', ...complete }));
    expect(notes).toEqual([]);
  });

  test('waits where nobody answers it, until a later step does', async () => {
    const open = { ...sync, confirm: null, expect: waits };
    const later = { ...sync, at: '2026-03-02T08:30:00Z', confirm: 'code', ...complete };
    expect((await run(steps(open, later))).notes).toEqual([]);
    const never = await run(steps(open));
    expect(never).toMatchObject({ passed: false, lost: 2 });
    expect(never.notes).toContainEqual(expect.stringContaining('state is needs-user'));
  });
});

describe('npm run syncbench', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'bookfeed-syncbench-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  const write = (name: string, scenario: unknown) =>
    writeFile(join(folder, `${name}.json`), JSON.stringify(scenario));
  const bench = (...args: readonly string[]) =>
    new Promise<{ code: unknown; out: string; err: string }>((resolve) => {
      const main = join(import.meta.dirname, 'run.ts');
      const options = ['--disable-warning=ExperimentalWarning', main, ...args];
      execFile(process.execPath, options, (error, out, err) =>
        resolve({ code: error?.code ?? 0, out, err }),
      );
    });

  test('ends with 0 when all pass, with 1 when one fails, and writes the scores', async () => {
    await write('sample', sample);
    await write('wrong', { ...sample, name: 'wrong', expect: { rows: [] } });
    const json = join(folder, 'scores');
    const all = await bench('--scenarios', folder, '--json', json);
    expect([all.code, all.err]).toEqual([1, '']);
    expect(all.out).toMatch(/^sample +passed +0 +0 +0 +0 +0$/m);
    expect(all.out).toMatch(/^wrong +FAILED +0 +2 +0 +0 +0$/m);
    expect(all.out).toMatch(/^total +1 of 2 +0 +2 +0 +0 +0$/m);
    expect(all.out).toMatch(/^wrong: duplicated: Assets:Checking 2026-03-01 -4\.50 /m);
    const none = { lost: 0, duplicated: 0, misMerged: 0, userEditsLost: 0, wrongOutcomes: 0 };
    const notes = [expect.stringContaining('COFFEE'), expect.stringContaining('SALARY')];
    expect(JSON.parse(await readFile(json, 'utf8'))).toEqual({
      scenarios: [
        { name: 'sample', passed: true, ...none, notes: [] },
        { name: 'wrong', passed: false, ...none, duplicated: 2, notes },
      ],
      totals: { scenarios: 2, passed: 1, ...none, duplicated: 2 },
    });
    const one = await bench('--scenarios', folder, '--only', 'sample', '--store', 'sqlite');
    expect([one.code, one.err]).toEqual([0, '']);
  });

  test('ends with 2 for what cannot be read or is not known, and runs nothing', async () => {
    await write('sample', sample);
    await write('bad', { ...sample, name: 'bad', steps: [{ at: 'noon' }] });
    const [bad, option, only] = await Promise.all([
      bench('--scenarios', folder, '--only', 'sample'),
      bench('--colour', 'red'),
      bench('--only', 'no such scenario'),
    ]);
    await rm(join(folder, 'bad.json'));
    expect([bad, option, only].map(({ code, out }) => [code, out])).toEqual(
      Array.from({ length: 3 }, () => [2, '']),
    );
    expect(bad.err).toMatch(/^bad\.json: steps\.0: exactly one of/);
    for (const { err } of [option, only]) expect(err).toContain('Usage: npm run');
  });
});
