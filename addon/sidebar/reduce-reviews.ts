import type { Action } from './model.ts';
import { reduceDrafts } from './reduce-drafts.ts';
import { reduceRules } from './reduce-rules.ts';
import { type Asked, isCalling, type SidebarState } from './state.ts';

/** What an action means for the review that is open and for the drafts to be posted, after all else that it means. */
export function reduceReviews(
  before: SidebarState,
  after: SidebarState,
  action: Action,
): SidebarState {
  const state = reduceAccepting(after, action);
  const { screen } = state;
  if (screen.name !== 'drafts' && screen.name !== 'rules') return state;
  const isStale = changesReview(before, action) || (screen.isStale && !startsReview(action));
  return screen.name === 'drafts'
    ? reduceDrafts({ ...state, screen: { ...screen, isStale } }, action)
    : reduceRules({ ...state, screen: { ...screen, isStale } }, action);
}

/** Drafts are posted by one call at a time, which takes all that were accepted during the one before. */
function reduceAccepting(state: SidebarState, action: Action): SidebarState {
  const { toAccept, trouble } = state;
  if (action.type === 'looked' && 'accept' in action.change)
    return { ...state, toAccept: [...toAccept, ...action.change.accept] };
  if (!('asked' in action) || action.asked.call !== 'acceptDrafts') return state;
  const { drafts } = action.asked;
  const ids = drafts.map(({ id }) => id);
  if (action.type === 'asked')
    return { ...state, toAccept: toAccept.filter(({ id }) => !ids.includes(id)) };
  if (action.type !== 'failed' || !trouble) return state;
  // What waited for it is not posted either, until the user tries again.
  const asked = { ...action.asked, drafts: [...drafts, ...toAccept] };
  return { ...state, toAccept: [], trouble: { ...trouble, asked } };
}

/**
 * What is to be asked for now, if anything: to post drafts first of all, then the review that no longer holds. One change
 * at a time, since each has to read the whole book, and no review while one is under way: it would be stale at once.
 */
export function nextCall(state: SidebarState): Asked | null {
  const { screen, asked, toAccept } = state;
  if (asked.some(isChange)) return null;
  if (toAccept.length > 0) return { call: 'acceptDrafts', drafts: toAccept };
  if (screen.name !== 'drafts' && screen.name !== 'rules') return null;
  const call = screen.name === 'drafts' ? 'reviewDrafts' : 'reviewRules';
  return screen.isStale && !isCalling(state, call) ? { call } : null;
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
