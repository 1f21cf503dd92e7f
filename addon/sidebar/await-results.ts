import type { ConnectionView } from '../../shared/api.ts';
import { addMs } from '../../shared/calendar-date.ts';
import type { Asked, Awaited, SidebarState } from './state.ts';
import { resultWords } from './wording.ts';

/** After which a sync that shows no sign of itself is given up. */
const awaitMs = 20_000;

/** Whether the call has connections synced; while it is under way their results are still to come. */
export function startsSync({ call }: Asked): boolean {
  return call === 'syncNow' || call === 'syncHistory' || call === 'applySync';
}

/** Waits for the next result of these connections. */
export function awaitResults(
  state: SidebarState,
  concerned: readonly ConnectionView[],
): SidebarState {
  if (!state.overview || concerned.length === 0) return state;
  const until = addMs(state.overview.now, awaitMs);
  const awaited = { ...state.awaited };
  for (const { id, lastResult } of concerned) {
    awaited[id] = { resultAt: lastResult?.at ?? '', until };
  }
  return { ...state, awaited, said: `Sync of ${namesOf(concerned)} started.` };
}

/** The time to wait begins anew with the newest picture: the one before which the user clicked may have been old. */
export function awaitFromNow(state: SidebarState): SidebarState {
  if (!state.overview) return state;
  const until = addMs(state.overview.now, awaitMs);
  const waiting = Object.entries(state.awaited).map(([id, it]) => [id, { ...it, until }] as const);
  return { ...state, awaited: Object.fromEntries(waiting) };
}

/** Ends the waiting for results that have come, and for those that will not. */
export function settleAwaited(state: SidebarState): SidebarState {
  const { overview } = state;
  if (!overview) return state;
  const isStarting = state.asked.some(startsSync);
  const awaited: Record<string, Awaited> = {};
  const done: ConnectionView[] = [];
  for (const connection of overview.connections) {
    const waiting = state.awaited[connection.id];
    if (!waiting) continue;
    const hasCome = (connection.lastResult?.at ?? '') !== waiting.resultAt;
    if (connection.progress || (!hasCome && (isStarting || overview.now < waiting.until))) {
      awaited[connection.id] = waiting;
    } else if (hasCome) done.push(connection);
  }
  const said = done.length > 0 ? done.map(saidOf).join(' ') : state.said;
  return { ...state, awaited, said };
}

function saidOf({ name, lastResult }: ConnectionView): string {
  if (!lastResult) return '';
  const { failure } = lastResult;
  const happened = failure ? ` ${failure.text}` : '';
  return `${name}: ${resultWords(lastResult)}.${happened}`;
}

function namesOf(connections: readonly ConnectionView[]): string {
  return connections.map(({ name }) => name).join(', ');
}
