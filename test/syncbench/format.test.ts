import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { parseScenario, readScenarios } from './read-scenarios.ts';
import { problemsOf, read, sample, sampleWith } from './sample-scenario.ts';

const at = '2026-03-02T13:00:00Z';
const entry = sample.steps[0]?.bank?.giro.entries[0];
const account = { ...sample.accounts[0], key: 'visa', iban: undefined, mask: '4471', type: 'card' };

describe('the format', () => {
  test.each([
    [
      'accounts that come and go',
      { at, bank: { visa: { entries: [] } }, newAccounts: [account], closed: ['giro'] },
    ],
    [
      'an entry with all that it can have',
      {
        at,
        bank: {
          giro: {
            entries: [
              {
                ...entry,
                ref: null,
                status: 'pending',
                currency: 'JPY',
                amount: '-450',
                balanceAfter: '995.50',
                original: { amount: '-5.000', currency: 'KWD' },
              },
            ],
            balance: { available: '1.00' },
          },
        },
      },
    ],
    [
      'a bank that fails for a while',
      {
        at,
        bankFails: {
          call: 'any',
          account: 'giro',
          with: 'rate-limited',
          until: at,
          retryAfterSeconds: 60,
        },
      },
    ],
    [
      'a bank that fails some times',
      {
        at,
        bankFails: {
          call: 'entries',
          with: 'period-not-available',
          times: 2,
          afterPage: 1,
          earliest: '2026-01-15',
        },
      },
    ],
    ['a historical sync', { at, sync: 'historical', confirm: 'code' }],
    [
      'a confirmation left open',
      {
        at,
        sync: 'scheduled',
        confirm: null,
        expect: { outcome: 'needs-user', failure: 'needs-confirmation' },
      },
    ],
    ['faults', { at, faults: [{ on: 'store-write', nth: 1, effect: 'crash-after' }] }],
    ...[
      { delete: { amount: '-4.50', date: '2026-03-01', textHas: 'COFFEE', nth: 1 } },
      { sortBy: 'amount' },
      { insertEmptyRowAt: 3 },
      { moveColumn: 'amount', to: 1 },
      { renameColumn: 'notes', to: 'Memo' },
      { hideColumn: 'notes' },
      { filterBy: { counterAccount: 'Expenses:Coffee' } },
      { copyRow: { amount: '-4.50' } },
      {
        addRow: { date: '2026-03-02', amount: '-6.00', description: 'Tip', account: 'Assets:Cash' },
      },
      { renameTab: 'Ledger' },
    ].map((user): [string, object] => [`the user's ${Object.keys(user)[0]}`, { at, user }]),
    ['a reconnection', { at, reconnect: { accountIds: 'new' } }],
    [
      'new accounts mapped',
      { at, bank: {}, newAccounts: [account] },
      {
        at,
        resync: true,
        mapNew: [{ account: 'visa', bookAccount: 'Liabilities:Visa', from: '2026-03-01' }],
      },
    ],
    ['an import', { at, import: { account: 'giro', format: 'csv', content: 'Date,Amount' } }],
    ['an undo', { at, undo: 'last-sync' }],
    ['a removal', { at, unsync: true }],
  ])('takes %s', (_, ...steps) => {
    expect(problemsOf(sampleWith({ steps: [...sample.steps, ...steps] }))).toEqual([]);
  });

  test.each<[string, object]>([
    ['traits', { wayIn: 'login', traits: { entryReference: 'none', minimalDates: 'none' } }],
    [
      'a row with all that it can have',
      {
        'expect.rows.1': {
          account: 'Assets:Checking',
          textHas: 'SALARY',
          notes: '',
          pending: false,
          original: { amount: '1', currency: 'USD' },
          times: 1,
        },
      },
    ],
    [
      'a proof that is off',
      { 'expect.proof': { giro: { offBy: '3.20', firstBadDay: '2026-03-02' } } },
    ],
  ])('takes %s', (_, changes) => {
    expect(problemsOf(sampleWith({ ...changes }))).toEqual([]);
  });

  test('has one form of instants, of outcomes and of rows that are not counted', () => {
    const { steps, expect: ending } = read(sample);
    expect(steps.map(({ is }) => is.at)).toContain('2026-03-02T08:05:00.000Z');
    const outcomes = steps.flatMap((step) =>
      step.kind === 'sync' ? [step.is.expect?.outcome] : [],
    );
    expect(outcomes).toEqual([['complete'], ['complete']]);
    expect(ending.rows.map(({ times }) => times)).toEqual([1, 1]);
  });
});

describe('a file that cannot be read is refused by the name of the field', () => {
  test.each<[string, object]>([
    ['name: the file is called sample', { name: 'other' }],
    ['wayIn', { wayIn: 'screen' }],
    ['sources', { sources: [] }],
    ['traits: Unrecognized key: "colour"', { 'traits.colour': 'red' }],
    ['traits.pageSize', { 'traits.pageSize': 0 }],
    ['the file: Unrecognized key: "colour"', { colour: 'red' }],
    ['accounts', { accounts: [] }],
    ['accounts.0.currency: three', { 'accounts.0.currency': 'Euro' }],
    ['accounts.0.iban: iban, or mask', { 'accounts.0.iban': undefined }],
    ['accounts.1.key: a second', { 'accounts.1': { ...sample.accounts[0], currency: 'USD' } }],
    ['accounts.1.iban: a second', { 'accounts.1': { ...sample.accounts[0], key: 'other' } }],
    ['map.0.account: no account has the key none', { 'map.0.account': 'none' }],
    ['map.1.account: it is mapped already', { 'map.1': sample.map[0] }],
    ['map.0.bookAccount: a path', { 'map.0.bookAccount': 'Assets::Checking' }],
    ['map.0.from: a day', { 'map.0.from': '2026-02-30' }],
    ['bookAccounts.0.type', { 'bookAccounts.0.type': 'cost' }],
    ['steps', { steps: [] }],
    ['steps.0.at: an instant', { 'steps.0.at': '2026-03-02 08:00' }],
    ['steps.1.at: before the step above', { 'steps.1.at': '2026-03-02T07:59:59Z' }],
    ['steps.1: exactly one of', { 'steps.1.undo': 'last-sync' }],
    ['steps.1: exactly one of', { 'steps.1.sync': undefined, 'steps.1.expect': undefined }],
    ['steps.1.sync', { 'steps.1.sync': 'now' }],
    ['steps.1: Unrecognized key: "nth"', { 'steps.1.nth': 1 }],
    ['steps.1.expect.outcome: one of', { 'steps.1.expect.outcome': 'fine' }],
    ['steps.1.expect.outcome: Too small', { 'steps.1.expect.outcome': [] }],
    ['steps.1.expect.newRows', { 'steps.1.expect.newRows': -1 }],
    ['steps.1.expect.failure', { 'steps.1.expect.failure': 'internal' }],
    ['steps.0.bank.none: no account', { 'steps.0.bank.none': {} }],
    [
      'steps.0.bank.giro.entries.0.amount: decimal',
      { 'steps.0.bank.giro.entries.0.amount': '4,5' },
    ],
    [
      'steps.0.bank.giro.entries.0.amount: an amount in EUR',
      {
        'steps.0.bank.giro.entries.0.amount': '4.505',
      },
    ],
    ['steps.0.bank.giro.entries.0.ref', { 'steps.0.bank.giro.entries.0.ref': undefined }],
    [
      'steps.0.bank.giro.entries.0.original.amount: an amount in JPY',
      {
        'steps.0.bank.giro.entries.0.original': { amount: '1.5', currency: 'JPY' },
      },
    ],
    [
      'steps.0.bank.giro.balance.booked: an amount',
      { 'steps.0.bank.giro.balance.booked': '1.001' },
    ],
    ['steps.0.closed.0: no account', { 'steps.0.closed': ['none'] }],
    ['steps.2.user: exactly one of', { 'steps.2.user': {} }],
    ['steps.2.user.edit.amount', { 'steps.2.user.edit': { textHas: 'COFFEE' } }],
    ['steps.2.user.set: at least one value', { 'steps.2.user.set': {} }],
    ['steps.2.user.set: Unrecognized key: "why"', { 'steps.2.user.set': { why: 'x' } }],
    [
      'steps.4.bankFails.account: no account',
      {
        'steps.4': { at, bankFails: { call: 'any', account: 'none', with: 'timeout' } },
      },
    ],
    [
      'steps.4.bankFails.until: times, or until',
      {
        'steps.4': { at, bankFails: { call: 'any', with: 'timeout', times: 1, until: at } },
      },
    ],
    [
      'steps.4.import.account: no account',
      {
        'steps.4': { at, import: { account: 'none', format: 'csv', content: '' } },
      },
    ],
    [
      'steps.4.mapNew.0.account: no account',
      {
        'steps.4': { at, resync: true, mapNew: [{ ...sample.map[0], account: 'none' }] },
      },
    ],
    [
      'expect.rows.1.amount: amount or textHas',
      {
        'expect.rows.1': { account: 'Assets:Checking', date: '2026-03-02' },
      },
    ],
    ['expect.rows.1.account', { 'expect.rows.1.account': undefined }],
    ['expect.rows.0.times', { 'expect.rows.0.times': 0 }],
    ['expect.proof.giro: ties, unknown', { 'expect.proof.giro': 'fine' }],
    ['expect.proof.none: no account', { 'expect.proof.none': 'ties' }],
    ['expect.calls.none: no account', { 'expect.calls.none': {} }],
    ['expect.state', { 'expect.state': 'broken' }],
  ])('%s', (problem, changes) => {
    const problems = problemsOf(sampleWith({ ...changes }));
    expect(problems.length).toBeGreaterThan(0);
    expect(problems[0]).toContain(`sample.json: ${problem}`);
  });

  test('an account may share its IBAN with one in another currency', () => {
    const dollars = { ...sample.accounts[0], key: 'dollars', currency: 'USD' };
    expect(problemsOf(sampleWith({ 'accounts.1': dollars }))).toEqual([]);
  });

  test('what is no JSON at all', () => {
    expect(parseScenario('{', 'folder/sample.json')).toMatchObject({
      problems: [expect.stringMatching(/^folder\/sample\.json: the file: no JSON/)],
    });
  });
});

describe('a folder of scenarios', () => {
  const inFolder = async (files: Readonly<Record<string, string>>) => {
    const folder = await mkdtemp(join(tmpdir(), 'bookfeed-scenarios-'));
    try {
      for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
      return await readScenarios(folder);
    } finally {
      await rm(folder, { recursive: true });
    }
  };

  test('is read whole, by the names of the files', async () => {
    const other = JSON.stringify({ ...sample, name: 'another' });
    const files = { 'sample.json': JSON.stringify(sample), 'another.json': other, 'a.md': '#' };
    expect((await inFolder(files)).map(({ name }) => name)).toEqual(['another', 'sample']);
  });

  test('with a file that cannot be read is refused, and all such files are named', async () => {
    const files = { 'a.json': '{}', 'b.json': 'no', 'sample.json': JSON.stringify(sample) };
    const error = await inFolder(files).catch((thrown: Error) => thrown);
    expect(error).toMatchObject({ name: 'ScenarioUnreadable' });
    expect(String(error)).toMatch(/a\.json: name: .*\n(.*\n)*b\.json: the file: no JSON/);
  });

  test('that is empty, or not there, is no success', async () => {
    await expect(inFolder({})).rejects.toThrow('no scenario is there');
    await expect(readScenarios('/nowhere/at/all')).rejects.toThrow('there is no such folder');
  });
});
