import type { Action } from './model.ts';
import { reduceDrafts } from './reduce-drafts.ts';
import { reduceRules } from './reduce-rules.ts';
import { type Asked, isCalling, type SidebarState } from './state.ts';

/** What an action means for the review that is open, after all else that it means. */
export function reduceReviews(
  before: SidebarState,
  state: SidebarState,
  action: Action,
): SidebarState {
  const { screen } = state;
  if (screen.name !== 'drafts' && screen.name !== 'rules') return state;
  const isStale = changesReview(before, action) || (screen.isStale && !startsReview(action));
  return screen.name === 'drafts'
    ? reduceDrafts({ ...state, screen: { ...screen, isStale } }, action)
    : reduceRules({ ...state, screen: { ...screen, isStale } }, action);
}

/**
 * The review that is to be asked for now, if any: one at a time, and none while another change is on its way, since that
 * would make it stale at once.
 */
export function nextReview(state: SidebarState): Asked | null {
  const { screen, asked } = state;
  if (screen.name !== 'drafts' && screen.name !== 'rules') return null;
  const call = screen.name === 'drafts' ? 'reviewDrafts' : 'reviewRules';
  if (!screen.isStale || isCalling(state, call) || asked.some(isChange)) return null;
  return { call };
}

function startsReview(action: Action): boolean {
  return action.type === 'asked' && action.asked.call.startsWith('review');
}

/** Whatever became of a change, how things stand is to be asked for; new rows, or fewer, are news as well. */
function changesReview({ overview }: SidebarState, action: Action): boolean {
  if (!('asked' in action) || action.type === 'asked') return false;
  if (action.type !== 'overviewCame' || !overview) return isChange(action.asked);
  const { runs, waitingRows } = action.overview;
  return overview.runs[0]?.id !== runs[0]?.id || overview.waitingRows !== waitingRows;
}

function isChange({ call }: Asked): boolean {
  return changes.includes(call);
}

/** Calls after whose answer a review no longer holds. */
const changes: readonly Asked['call'][] = [
  'acceptDrafts',
  'addRule',
  'dismissRule',
  'rejectTransfer',
  'setSuggestions',
  'suggestAgain',
];
