import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { ObservedEntry } from '../../shared/bank.ts';
import { createFakeActual } from './peer-fake.ts';
import { judgePeer, reasonNotJudged } from './peer-run.ts';
import { toBankTransaction } from './peer-server.ts';
import { openPeerWorld, type PeerWorld } from './peer-world.ts';
import { read, sample, sampleWith } from './sample-scenario.ts';

const at = '2026-03-03T08:00:00Z';
const shown = sample.steps[0]?.bank?.giro.entries ?? [];
const [coffee, salary] = shown;
const [begin, first] = sample.steps;
const rows = sample.expect.rows;

let fake: ReturnType<typeof createFakeActual>;
let world: PeerWorld;
let nows: string[];
beforeEach(async () => {
  fake = createFakeActual();
  nows = [];
  world = await openPeerWorld(fake.api, (now) => nows.push(now));
});
afterEach(() => world.close());

async function judge(changes: Readonly<Record<string, unknown>>) {
  const verdict = await judgePeer(read(sampleWith(changes)), world);
  if (!verdict.isJudged) throw new Error(verdict.reason);
  const { score, undone } = verdict;
  const { lost, duplicated, misMerged, userEditsLost, notes } = score;
  return { counts: [lost, duplicated, misMerged, userEditsLost], notes, undone };
}

const right = { counts: [0, 0, 0, 0], notes: [], undone: [] };
const show = (entries: readonly unknown[], balance?: unknown) => ({
  at,
  bank: { giro: { entries, ...(balance ? { balance } : {}) } },
});
const sync = { at, sync: 'manual' };
const user = (action: unknown) => ({ at, user: action });

describe('a scenario in Actual', () => {
  test('has what the bank shows and what the user writes, at the times of the scenario', async () => {
    expect(await judge({})).toEqual(right);
    expect(nows).toEqual([begin?.at, ...sample.steps.map((step) => step.at)].map(inMs));
  });

  test('is linked from the mapped day on, with the settings that serve it best', async () => {
    await judge({});
    const of = (name: string) =>
      fake.sent.filter((one) => one.name === name).map(({ args }) => args);
    expect(of('enablebanking-accounts-link')).toEqual([
      expect.objectContaining({ startingDate: '2026-01-01' }),
    ]);
    expect(of('preferences/save').map(({ value }) => value)).toEqual(['true', 'false', 'false']);
  });

  test('shows an entry doubled when Actual does not know it again', async () => {
    const again = [{ ...coffee, ref: 'F1' }, salary];
    const steps = [begin, first, show(again), sync];
    const { counts, notes } = await judge({
      steps,
      'expect.rows': [{ ...rows[0], counterAccount: undefined, posted: undefined }, rows[1]],
    });
    expect(counts).toEqual([0, 1, 0, 0]);
    expect(notes).toEqual([
      expect.stringMatching(/^duplicated: .* -4\.50 "Cafe Rot · CARD 1234 COFFEE"/),
    ]);
  });

  test('keeps each value that the user wrote in its column', async () => {
    const set = { date: '2026-02-27', amount: '-2.25', description: 'Kaffee', notes: 'mit Ines' };
    const whole = { ...set, counterAccount: 'Expenses:Coffee', posted: true };
    const { description, ...rest } = whole;
    const row = { account: 'Assets:Checking', textHas: description, ...rest };
    const steps = [begin, first, user({ edit: { amount: '-4.50' }, set: whole }), sync];
    expect(await judge({ steps, 'expect.rows': [row, rows[1]] })).toEqual(right);
  });

  test('loses what the user wrote where a sync writes over it', async () => {
    const edit = { edit: { amount: '-4.50' }, set: { date: '2026-02-27' } };
    const steps = [begin, first, user(edit), sync];
    const { counts, notes } = await judge({
      steps,
      'expect.rows': [{ ...rows[0], date: '2026-02-27' }, rows[1]],
    });
    expect(counts).toEqual([0, 0, 1, 1]);
    expect(notes).toContain('userEditsLost: date "2026-02-27" is gone');
  });

  test('deletes, copies and adds rows, and leaves alone what belongs to a sheet', async () => {
    const own = {
      date: '2026-03-02',
      amount: '-6.00',
      description: 'Trinkgeld bar',
      account: 'Assets:Cash',
      counterAccount: 'Expenses:Food',
    };
    const { description, ...fields } = own;
    const actions = [
      { delete: { amount: '-4.50' } },
      { copyRow: { amount: '1900.00' } },
      { addRow: own },
      { sortBy: 'amount' },
      { insertEmptyRowAt: 2 },
      { moveColumn: 'amount', to: 1 },
      { renameColumn: 'notes', to: 'Memo' },
      { hideColumn: 'notes' },
      { filterBy: { notes: 'x' } },
      { renameTab: 'Ledger' },
    ];
    const steps = [begin, first, ...actions.map(user), sync];
    const wanted = [
      { ...rows[1], times: 2 },
      { ...fields, textHas: description },
    ];
    expect(await judge({ steps, 'expect.rows': wanted })).toEqual(right);
  });

  test('goes on after a row that is not the only one, and says so', async () => {
    const steps = [begin, first, user({ delete: { amount: '-1.00' } }), sync];
    const { undone } = await judge({ steps });
    expect(undone).toEqual([expect.stringMatching(/^step 3 \(user at .*\): 0 rows are /)]);
  });

  test('imports nothing from a bank that refuses, and all of it afterwards', async () => {
    const refuse = { at: begin?.at, bankFails: { call: 'entries', with: 'bank-unavailable' } };
    const { counts, undone } = await judge({
      steps: [begin, refuse, first, ...sample.steps.slice(3)],
      'expect.rows': [{ ...rows[0], counterAccount: undefined, posted: undefined }, rows[1]],
    });
    expect(counts).toEqual([0, 0, 0, 0]);
    expect(undone).toEqual([expect.stringMatching(/^step 3 .*: not synced: giro$/)]);
  });

  test('asks a bank for the days that it gives', async () => {
    const [far, near] = [{ ...coffee, bookingDate: '2026-01-05' }, salary];
    const of = (changes: object) =>
      judge({ steps: [show([far, near]), sync], 'expect.rows': [rows[1]], ...changes });
    expect(
      await of({ 'traits.historyDays': 10, 'traits.historyDaysAfterConfirmation': 10 }),
    ).toEqual(right);
    const until = '2026-12-31T00:00:00Z';
    const told = { call: 'entries', with: 'period-not-available', earliest: '2026-02-01', until };
    const steps = [show([far, near]), { at, bankFails: told }, sync];
    expect(await of({ steps })).toEqual(right);
  });

  test('does not bring what lies before the mapped day, however old a row of the user is', async () => {
    const early = { ...coffee, ref: 'E0', bookingDate: '2025-12-20' };
    const own = {
      date: '2025-12-01',
      amount: '-6.00',
      description: 'Bar',
      account: 'Assets:Checking',
    };
    const { description: textHas, ...row } = own;
    const steps = [show([early, salary]), sync, user({ addRow: own }), sync];
    expect(await judge({ steps, 'expect.rows': [rows[1], { ...row, textHas }] })).toEqual(right);
  });

  test('is not asked for a sum in another currency', async () => {
    const original = { amount: '-5.00', currency: 'USD' };
    const steps = [show([{ ...coffee, original }]), sync];
    const wanted = [{ account: 'Assets:Checking', amount: '-4.50', original }];
    expect(await judge({ steps, 'expect.rows': wanted })).toEqual(right);
  });

  test('tells two cards apart that look the same', async () => {
    const card = { ...sample.accounts[0], iban: undefined, mask: '1234', type: 'card' };
    const map = (account: string) => ({
      account,
      bookAccount: `Liabilities:${account}`,
      from: '2026-01-01',
    });
    const steps = [{ at, bank: { one: { entries: [coffee] }, two: { entries: [salary] } } }, sync];
    const verdict = await judge({
      accounts: [
        { ...card, key: 'one' },
        { ...card, key: 'two' },
      ],
      map: [map('one'), map('two')],
      steps,
      'expect.rows': [
        { account: 'Liabilities:one', amount: '-4.50' },
        { account: 'Liabilities:two', amount: '1900.00' },
      ],
      'expect.proof': undefined,
      'expect.calls': undefined,
    });
    expect(verdict).toEqual(right);
  });

  test('is no verdict where our own side has a defect', async () => {
    world.answerBy(async () => {
      throw new TypeError('made up');
    });
    const link = { externalAccount: { account_id: 'giro' }, upgradingId: 'account-1' };
    await expect(world.engine.send('enablebanking-accounts-link', link)).rejects.toThrow();
    await expect(judge({})).rejects.toThrow('made up');
  });

  test('reads files with our reader, from the mapped day on and of the mapped account', async () => {
    const content = [
      'Date;Payee;Purpose;Amount;Currency',
      '2025-12-30;Kiosk;KIOSK;-1.00;EUR',
      '2026-03-01;Cafe Rot;CARD 1234 COFFEE;-4.50;EUR',
      '',
    ].join('\n');
    const steps = [{ at, import: { account: 'giro', format: 'csv', content } }];
    const row = {
      account: 'Assets:Checking',
      date: '2026-03-01',
      amount: '-4.50',
      textHas: 'COFFEE',
    };
    expect(await judge({ steps, 'expect.rows': [row] })).toEqual(right);
    const unreadable = [{ at, import: { account: 'giro', format: 'csv', content: 'nothing' } }];
    const { undone } = await judge({ steps: unreadable, 'expect.rows': [] });
    expect(undone).toHaveLength(1);
  });

  test('keeps the digits of every currency, and what is pending', async () => {
    const entries = [
      { ...coffee, amount: '-1.250', status: 'pending' },
      { ...salary, amount: '0.005' },
    ];
    const wanted = [
      { account: 'Assets:Checking', amount: '-1.250', pending: true },
      { account: 'Assets:Checking', amount: '0.005', pending: false },
    ];
    const dinars = { 'accounts.0.currency': 'KWD', 'expect.rows': wanted };
    const steps = [show(entries, { booked: '3.000' }), sync];
    expect(await judge({ ...dinars, steps })).toEqual(right);
  });

  test('finds its accounts again under new ids, and those that are new', async () => {
    const save = { ...sample.accounts[0], key: 'save', iban: 'DE02120300000000202051' };
    const steps = [
      begin,
      first,
      { at, reconnect: { accountIds: 'new' } },
      { at, newAccounts: [save], bank: { giro: { entries: shown }, save: { entries: [salary] } } },
      {
        at,
        resync: true,
        mapNew: [{ account: 'save', bookAccount: 'Assets:Savings', from: '2026-01-01' }],
      },
      sync,
    ];
    const wanted = [
      { ...rows[0], counterAccount: undefined, posted: undefined },
      rows[1],
      { ...rows[1], account: 'Assets:Savings' },
    ];
    expect(await judge({ steps, 'expect.rows': wanted })).toEqual(right);
  });

  test.each([
    [{ at, undo: 'last-sync' }, /undo/],
    [{ at, unsync: true }, /removed/],
    [{ at, sync: 'historical' }, /historical/],
    [{ at, faults: [{ on: 'store-write', nth: 1, effect: 'refused' }] }, /faults/],
  ])('is not judged for what has no counterpart there: %j', async (step, reason) => {
    const scenario = read(sampleWith({ steps: [begin, step] }));
    expect(reasonNotJudged(scenario)).toMatch(reason);
    expect(await judgePeer(scenario, world)).toMatchObject({ isJudged: false });
  });
});

describe('an entry on its way to Actual', () => {
  const entry: ObservedEntry = {
    status: 'pending',
    valueDate: '2026-03-02',
    amount: { minor: -1200, currency: 'JPY' },
    counterparty: '',
    text: 'RAMEN',
  };

  test('goes in minor units, by its value date and text where the bank says no more', () => {
    expect(toBankTransaction(entry)).toEqual([
      {
        transactionId: '',
        date: '2026-03-02',
        booked: false,
        transactionAmount: { amount: '-12.00', currency: 'JPY' },
        payeeName: 'RAMEN',
        imported_payee: 'RAMEN',
        notes: 'RAMEN',
      },
    ]);
  });

  test('is left out without a date', () => {
    const { valueDate: _, ...dateless } = entry;
    expect(toBankTransaction(dateless)).toEqual([]);
  });
});

function inMs(instant: string | undefined): string {
  return new Date(instant ?? '').toISOString();
}
