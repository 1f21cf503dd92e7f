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
  const faults = run.faults;
  run.faults = [];
  run.sheetWrites = 0;
  await askFor(run, step.sync);
  system.faults.arm(faults);
  let seen: SyncSeen | undefined;
  try {
    if (step.sync === 'scheduled') {
      // A store that fails here fails the round: the next one finds what is due.
      await scheduleSyncs(system.current().world).catch(() => {});
    }
    seen = await syncSeen(run);
    if (seen?.outcome === 'needs-user' && typeof step.confirm === 'string') {
      await walkToBank(run, 'same');
      // The bank gave its answer to the connect page: what syncs then is what was confirmed.
      const again = await syncSeen(run);
      if (again?.outcome === 'skipped') await askFor(run, step.sync);
      seen = again?.outcome === 'skipped' ? await syncSeen(run) : again;
    }
    if (!life.isOver) await runDeliveries(system);
  } finally {
    run.sheetWrites = system.faults.count('sheet-write');
    system.faults.arm([]);
  }
  if (life.isOver) await system.restart();
  if (step.expect) run.found.push(...scoreSync(place, step.expect, life.isOver ? undefined : seen));
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
  const results = await runSyncs(run.system);
  if (life.isOver || results.includes(undefined)) return undefined;
  if (results.every((result) => result?.outcome === 'skipped')) {
    return { outcome: 'skipped', newRows: 0 };
  }
  const result = (await connectionOf(run))?.lastResult;
  if (!result) throw new Error('a sync left no result');
  const { outcome, newRows, failure } = result;
  return { outcome, newRows, ...(failure && { failure: failure.code }) };
}
