import { scheduleSyncs } from '../../cloud/core/schedule-syncs.ts';
import type { StepOf } from './format.ts';
import { runDeliveries, runSyncs } from './run-tasks.ts';
import { connectionOf, connectionThere, type ScenarioRun, walkToBank } from './scenario-run.ts';
import { type SyncSeen, scoreSync } from './score-end.ts';

/** Lets a sync run as the user or the schedule starts it, and judges what came of it. */
export async function performSync(
  run: ScenarioRun,
  step: StepOf<'sync'>,
  place: string,
): Promise<void> {
  const { system } = run;
  const { life } = system.current();
  const { faults } = run;
  run.faults = [];
  run.sheetWrites = 0;
  await askFor(run, step.sync);
  system.faults.arm(faults);
  try {
    const seen = await syncAndDeliver(run, step);
    if (step.expect) {
      run.found.push(...scoreSync(place, step.expect, life.isOver ? undefined : seen));
    }
  } finally {
    run.sheetWrites = system.faults.count('sheet-write');
    system.faults.arm([]);
    if (life.isOver) await system.restart();
  }
}

async function syncAndDeliver(
  run: ScenarioRun,
  step: StepOf<'sync'>,
): Promise<SyncSeen | undefined> {
  const { system } = run;
  const { life, world } = system.current();
  if (step.sync === 'scheduled') {
    // A store that fails here fails the round: the next one finds what is due.
    await system.faults.during(() => scheduleSyncs(world)).catch(() => {});
  }
  let seen = await syncSeen(run);
  if (seen && typeof step.confirm === 'string' && (await isUserAsked(run, seen))) {
    await confirm(run);
    // The bank gave its answer to the connect page: what syncs then is what was confirmed.
    seen = await syncSeen(run);
    if (seen?.outcome === 'skipped') {
      await askFor(run, step.sync);
      seen = await syncSeen(run);
    }
  }
  if (!life.isOver) await system.faults.during(() => runDeliveries(system));
  return seen;
}

/** Whether the bank waits for a confirmation, be it since an earlier sync: then none is tried. */
async function isUserAsked(run: ScenarioRun, { outcome }: SyncSeen): Promise<boolean> {
  if (outcome !== 'skipped') return outcome === 'needs-user';
  return (await connectionOf(run))?.state === 'needs-user';
}

/** The user types the code that the bank has sent or, where it wants its user on its own page, goes there. */
async function confirm(run: ScenarioRun): Promise<void> {
  const { id: connectionId, confirmation } = await connectionThere(run);
  if (!confirmation) return walkToBank(run, 'same');
  const answer = { kind: 'code', text: run.system.bank.code() } as const;
  await run.system.current().call('answerConfirmation', { connectionId, answer });
}

/** What the user presses; the schedule needs nobody. */
async function askFor(run: ScenarioRun, kind: StepOf<'sync'>['sync']): Promise<void> {
  const { call } = run.system.current();
  if (kind === 'manual') await call('syncNow', {});
  else if (kind === 'historical') {
    await call('syncHistory', { connectionId: (await connectionThere(run)).id });
  }
}

/** Runs what waits, and reads what the sidebar shows of it; a task that did nothing leaves what was there. */
async function syncSeen(run: ScenarioRun): Promise<SyncSeen | undefined> {
  const { life } = run.system.current();
  const results = await run.system.faults.during(() => runSyncs(run.system));
  if (life.isOver || results.includes(undefined)) return undefined;
  if (results.every((result) => result?.outcome === 'skipped')) {
    return { outcome: 'skipped', newRows: 0 };
  }
  const result = (await connectionOf(run))?.lastResult;
  if (!result) throw new Error('a sync left no result');
  const { outcome, newRows, failure } = result;
  return { outcome, newRows, ...(failure && { failure: failure.code }) };
}
