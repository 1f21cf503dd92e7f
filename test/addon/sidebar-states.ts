import { type Action, reduce } from '../../addon/sidebar/model.ts';
import { type Asked, initialState, type SidebarState } from '../../addon/sidebar/state.ts';
import type { Overview, SyncResult } from '../../shared/api.ts';
import type { FailureView } from '../../shared/failures.ts';
import { book, connectionView, overview } from './sidebar-views.ts';

export const poll: Asked = { call: 'overview' };
export const readBook: Asked = { call: 'readBook' };

export function stateOf(...actions: readonly Action[]): SidebarState {
  return actions.reduce(reduce, initialState);
}

/** The actions by which the sidebar gets to its first picture. */
export function loaded(view: Overview = overview): Action[] {
  return [
    { type: 'bookCame', asked: readBook, book },
    { type: 'overviewCame', asked: poll, overview: view },
  ];
}

export function came(view: Overview, asked: Asked = poll): Action {
  return { type: 'overviewCame', asked, overview: view };
}

export function at(seconds: number, connection = connectionView()): Overview {
  const now = new Date(Date.parse(overview.now) + seconds * 1000).toISOString();
  return { ...overview, now, connections: [connection] };
}

type Shown = SyncResult<FailureView>;

export function resultAt(seconds: number, change: Partial<Shown> = {}): Shown {
  const { now } = at(seconds);
  return { at: now, outcome: 'complete', newRows: 3, settled: 0, removed: 0, ...change };
}
