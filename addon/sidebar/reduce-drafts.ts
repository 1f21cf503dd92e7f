import type { AcceptedDraft, DraftView } from '../../shared/suggestions.ts';
import type { Action, Look } from './model.ts';
import type { Accepting, DraftsScreen, Posted } from './review-screens.ts';
import type { Asked, SidebarState } from './state.ts';
import { filledWords, postedWords } from './tell-outcome.ts';

type DraftsState = SidebarState & { readonly screen: DraftsScreen };

/** The state after an action, while the drafts are open. */
export function reduceDrafts(state: DraftsState, action: Action): SidebarState {
  if (action.type === 'looked') return afterLook(state, action.change);
  if (!('asked' in action)) return state;
  const { asked } = action;
  if (action.type === 'asked') return afterAsking(state, asked);
  if (action.type === 'failed') return afterFailing(state, asked);
  if (action.type === 'done' && asked.call === 'rejectTransfer')
    return tell(state, 'No transfer any more.');
  if (action.type !== 'reviewCame') return state;
  const { answer } = action;
  if (typeof answer === 'number') return tell(state, filledWords(answer));
  if ('posted' in answer) return afterPosting(state, asked, answer);
  if (!('drafts' in answer)) return state;
  const { screen } = state;
  const surest = screen.surest && orderSurest(answer.drafts, screen.surest);
  const accepted = mapAccepted(screen, (it) => (it === 'seen' ? undefined : it));
  return { ...state, screen: { ...screen, review: answer, accepted, surest } };
}

function afterLook(state: DraftsState, look: Look): SidebarState {
  const { screen } = state;
  if ('opened' in look) return { ...state, screen: { ...screen, opened: look.opened } };
  if ('accept' in look) {
    const untold = { ...tell(state, ''), said: 'Posting…' };
    const screen = { ...untold.screen, opened: null };
    return markAccepted({ ...untold, screen }, look.accept, 'asked');
  }
  if (!('isSurestFirst' in look)) return state;
  const surest = look.isSurestFirst ? orderSurest(screen.review?.drafts ?? []) : null;
  return { ...state, screen: { ...screen, surest } };
}

/** Drafts that are accepted go at once; a review that is asked for now no longer holds those that are posted. */
function afterAsking(state: DraftsState, asked: Asked): SidebarState {
  const { screen } = state;
  if (asked.call === 'reviewDrafts') {
    const accepted = mapAccepted(screen, (it) => (it === 'posted' ? 'seen' : it));
    return { ...state, screen: { ...screen, accepted } };
  }
  if (asked.call === 'suggestAgain') return tell(state, '');
  return markAccepted(state, draftsOf(asked), 'asked');
}

/** Nothing was posted, as far as we know: the drafts are there again. */
function afterFailing(state: DraftsState, asked: Asked): SidebarState {
  if (asked.call !== 'acceptDrafts') return state;
  const { screen } = state;
  const accepted = mapAccepted(screen, (it) => (it === 'asked' ? undefined : it));
  return { ...state, screen: { ...screen, accepted } };
}

function afterPosting(state: DraftsState, asked: Asked, answer: Posted): SidebarState {
  const drafts = draftsOf(asked);
  const stay = drafts.filter(({ id }) => answer.left.includes(id));
  const posted = markAccepted(tell(state, postedWords(answer)), drafts, 'posted');
  return markAccepted(posted, stay, undefined);
}

function tell(state: DraftsState, outcome: string): DraftsState {
  return { ...state, said: outcome, screen: { ...state.screen, outcome } };
}

function draftsOf(asked: Asked): readonly AcceptedDraft[] {
  return asked.call === 'acceptDrafts' ? asked.drafts : [];
}

function markAccepted(
  state: DraftsState,
  drafts: readonly AcceptedDraft[],
  as: Accepting | undefined,
): DraftsState {
  const { screen } = state;
  const marks = Object.fromEntries(drafts.map(({ id }) => [id, as]));
  return { ...state, screen: { ...screen, accepted: { ...screen.accepted, ...marks } } };
}

function mapAccepted(
  { accepted }: DraftsScreen,
  change: (it: Accepting | undefined) => Accepting | undefined,
): DraftsScreen['accepted'] {
  return Object.fromEntries(Object.entries(accepted).map(([id, it]) => [id, change(it)]));
}

/** The drafts that are shown, in their order: those that the user has accepted are gone already. */
export function shownDrafts({ review, accepted, surest }: DraftsScreen): readonly DraftView[] {
  const drafts = review?.drafts.filter(({ id }) => !accepted[id]) ?? [];
  if (!surest) return drafts;
  return drafts.toSorted((a, b) => surest.indexOf(a.id) - surest.indexOf(b.id));
}

/** What *Accept all sure* would post now. */
export function sureDrafts({ review, accepted }: DraftsScreen): readonly AcceptedDraft[] {
  return review?.sure.filter(({ id }) => !accepted[id]) ?? [];
}

/** How many wait, as far as is known while some are being posted. */
export function countWaiting({ review, accepted }: DraftsScreen): number {
  const gone = Object.values(accepted).filter(Boolean).length;
  return Math.max(0, (review?.total ?? 0) - gone);
}

/** Ids in that order; those that had a place keep it, so that no draft moves under the user's hand. */
function orderSurest(
  drafts: readonly DraftView[],
  before: readonly string[] = [],
): readonly string[] {
  const fresh = drafts.filter(({ id }) => !before.includes(id));
  return [...before, ...fresh.toSorted((a, b) => rank(a) - rank(b)).map(({ id }) => id)];
}

/** The less, the surer: what the user chose first of all. */
function rank({ isChosen, certainty, candidates }: DraftView): number {
  if (isChosen) return -2;
  return ['sure', 'likely', 'none'].indexOf(certainty) - (candidates[0]?.probability ?? 0);
}
