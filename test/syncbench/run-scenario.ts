import { randomIds } from '../../cloud/adapters/system-clock.ts';
import type { RunKind } from '../../shared/api.ts';
import type { FileChoices, FileTarget } from '../../shared/statement-files.ts';
import type { Scenario, Step, StepKind, StepOf } from './format.ts';
import type { ProviderName } from './providers.ts';
import { runDeliveries, runImports, runMails } from './run-tasks.ts';
import {
  connectionOf,
  connectionThere,
  linkAccounts,
  type ScenarioRun,
  viewOf,
  walkToBank,
} from './scenario-run.ts';
import { type ScenarioScore, scoreScenario } from './score.ts';
import { scoreEnd, wrong } from './score-end.ts';
import { scoreRows } from './score-rows.ts';
import type { StorePlace } from './store-place.ts';
import { performSync } from './sync-step.ts';
import { startSystem } from './system.ts';
import { createUser } from './user.ts';
import { createUserWrites } from './user-writes.ts';

/** Longest reason in a line. */
const messageMax = 300;

type Perform = {
  readonly [K in StepKind]: (run: ScenarioRun, step: StepOf<K>, place: string) => Promise<void>;
};

/** Lets a scenario happen to the whole system, and judges how it ends. */
export async function runScenario(
  scenario: Scenario,
  place: StorePlace,
  provider?: ProviderName,
): Promise<ScenarioScore> {
  const system = await startSystem(scenario, place, provider);
  try {
    const writes = createUserWrites();
    const run: ScenarioRun = {
      scenario,
      system,
      writes,
      user: createUser(system.sheet, writes),
      found: [],
      mapped: [],
      accountKeys: new Map(),
      faults: [],
      sheetWrites: 0,
      hasBookAccounts: false,
    };
    await attempt(run, 'the connection', async () => {
      await walkToBank(run, 'same');
      await mapAccounts(run, scenario.map);
    });
    for (const [index, step] of scenario.steps.entries()) await takeStep(run, step, index);
    await attempt(run, 'the end', () => judgeEnd(run));
    const defects = [...new Set(system.defects)].map((line) => wrong(`a defect: ${line}`));
    return scoreScenario(scenario.name, [...run.found, ...defects]);
  } finally {
    await system.close();
  }
}

async function takeStep(run: ScenarioRun, step: Step, index: number): Promise<void> {
  const { system } = run;
  const place = `step ${index + 1} (${step.kind} at ${step.is.at})`;
  system.clock.set(step.is.at);
  await attempt(run, place, () => {
    const one = perform[step.kind] as (
      run: ScenarioRun,
      step: Step['is'],
      place: string,
    ) => Promise<void>;
    return one(run, step.is, place);
  });
  // Only a sync step syncs; what connecting and mapping asked for besides is let go.
  system.queue.take('sync');
  await attempt(run, place, async () => {
    await runDeliveries(system);
    await runMails(system);
    const { bookAccounts = [] } = run.scenario;
    run.hasBookAccounts ||= await run.user.addBookAccounts(bookAccounts);
    run.writes.saw(await run.user.rows());
  });
}

/** What cannot be done is found, and the scenario goes on. */
async function attempt(
  { found }: ScenarioRun,
  place: string,
  work: () => Promise<void>,
): Promise<void> {
  try {
    await work();
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    found.push(wrong(`${place}: ${message.slice(0, messageMax)}`));
  }
}

const perform: Perform = {
  bank: async ({ system }, step) => system.bank.answer(step),
  bankFails: async ({ system }, step) => system.bank.fail(step.bankFails),
  sync: performSync,
  faults: async (run, step) => {
    run.faults = [...run.faults, ...step.faults];
  },
  user: ({ user }, step) => user.act(step.user),
  reconnect: async (run, step) => {
    const isRemoved = (await connectionOf(run)) === undefined;
    await walkToBank(run, step.reconnect.accountIds);
    // A new connection to the same bank: the user maps it as before.
    const open = run.mapped.filter(({ account }) => run.system.bank.isOpen(account));
    if (isRemoved) await linkAccounts(run, open);
  },
  resync: async (run, step) => {
    const { id: connectionId } = await connectionThere(run);
    await run.system.current().call('findAccounts', { connectionId });
    await mapAccounts(run, step.mapNew ?? []);
  },
  import: async (run, step) => {
    await importFile(run, step.import);
  },
  undo: async (run, step) => {
    const kind: RunKind = step.undo === 'last-sync' ? 'sync' : 'import';
    const { call } = run.system.current();
    const newest = (await call('overview', {})).runs.find((it) => it.kind === kind);
    if (!newest) throw new Error(`no ${kind} can be undone`);
    const before = await run.user.rows();
    await call('undoRun', { runId: newest.id, preview: false });
    await runDeliveries(run.system);
    run.writes.undone(before, await run.user.rows());
  },
  unsync: async (run) => {
    const { id: connectionId } = await connectionThere(run);
    await run.system.current().call('unsync', { connectionId });
  },
};

/** The user sends a file, looks at it, says where it goes, and lets it be taken in. */
async function importFile(
  { system, accountKeys, scenario }: ScenarioRun,
  { account, content, into }: StepOf<'import'>['import'],
): Promise<void> {
  const { call } = system.current();
  const fileId = randomIds.next('f');
  const bytes = Buffer.from(content).toString('base64');
  await call('putFile', { fileId, name: 'statement', part: 0, parts: 1, content: bytes });
  const currencyOf = (key: string) => scenario.accounts.find((it) => it.key === key)?.currency;
  const target: FileTarget =
    into === undefined
      ? { accountKey: accountKeys.get(account) ?? '' }
      : { bookAccount: { path: into, type: 'asset', currency: currencyOf(account) } };
  const nothing: FileChoices = { answers: {}, targets: {}, isFromStart: false };
  const { accounts } = await call('previewFile', { fileId, choices: nothing });
  const targets = Object.fromEntries(accounts.map(({ key }) => [key, target]));
  await call('importFile', { fileId, choices: { ...nothing, targets } });
  await runImports(system);
  const view = (await call('overview', {})).imports.find((it) => it.fileId === fileId);
  if (view?.state !== 'done') throw new Error(`the import is ${JSON.stringify(view)}`);
}

async function mapAccounts(run: ScenarioRun, mappings: Scenario['map']): Promise<void> {
  run.mapped.push(...mappings);
  await linkAccounts(run, mappings);
}

async function judgeEnd(run: ScenarioRun): Promise<void> {
  const { scenario, system, found } = run;
  const rows = await run.user.rows();
  const ofRows = scoreRows(scenario.expect.rows, rows);
  const isAsExpected = ofRows.length === 0;
  const lostEdits = run.writes.lost(rows, isAsExpected);
  const connection = await connectionOf(run);
  const ofEnd = scoreEnd(scenario.expect, {
    connection,
    proofOf: (key) => {
      const account = system.bank.accountOf(key);
      return account && viewOf(run, account, connection?.accounts ?? [])?.proof;
    },
    calls: system.bank.calls,
    emails: system.mailer.sent.length,
    writes: run.sheetWrites,
  });
  found.push(...ofRows, ...lostEdits.map((text) => ({ kind: 'userEditsLost', text }) as const));
  found.push(...ofEnd);
}
