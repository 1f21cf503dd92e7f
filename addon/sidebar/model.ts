import type { ApiAnswers, ConnectionView, Members, Overview } from '../../shared/api.ts';
import type { FailureView } from '../../shared/failures.ts';
import type { FilePreview } from '../../shared/statement-files.ts';
import type { DraftReview, RulesReview } from '../../shared/suggestions.ts';
import type { Book } from '../server/book.ts';
import { afterForm, afterLog, afterLooking, afterMembers } from './after-answers.ts';
import { awaitFromNow, awaitResults, settleAwaited, startsSync } from './await-results.ts';
import type { FileLook } from './chosen-files.ts';
import { changeForm, type LinkForm, startForm } from './link-form.ts';
import { isPoll } from './next-poll.ts';
import type { Posted, ReviewLook } from './review-screens.ts';
import {
  type Asked,
  canSync,
  findAccount,
  findConnection,
  freeFor,
  isOfFile,
  liveConnections,
  type Screen,
  type SidebarState,
  sameCall,
  today,
} from './state.ts';
import { changeWords, undoWords } from './wording.ts';

export type Action =
  | { readonly type: 'asked'; readonly asked: Asked }
  | { readonly type: 'failed'; readonly asked: Asked; readonly failure: FailureView }
  | { readonly type: 'bookCame'; readonly asked: Asked; readonly book: Book }
  | { readonly type: 'overviewCame'; readonly asked: Asked; readonly overview: Overview }
  | { readonly type: 'urlCame'; readonly asked: Asked; readonly url: string }
  | { readonly type: 'toldCame'; readonly asked: Asked; readonly told: Told }
  | { readonly type: 'membersCame'; readonly asked: Asked; readonly members: Members['members'] }
  | { readonly type: 'logCame'; readonly asked: Asked; readonly log: ApiAnswers['accessLog'] }
  | { readonly type: 'screensCame'; readonly asked: Asked }
  | { readonly type: 'reviewCame'; readonly asked: Asked; readonly answer: ReviewAnswer }
  | { readonly type: 'packed'; readonly asked: Asked; readonly parts: number }
  | { readonly type: 'previewCame'; readonly asked: Asked; readonly preview: FilePreview }
  /** Answered, with nothing to take in. */
  | { readonly type: 'done'; readonly asked: Asked }
  | { readonly type: 'tabOpened' }
  | { readonly type: 'copied' }
  | { readonly type: 'opened'; readonly screen: Screen }
  | { readonly type: 'linkOpened'; readonly connectionId: string; readonly accountKey: string }
  | { readonly type: 'valueChanged'; readonly value: string }
  | { readonly type: 'formChanged'; readonly change: Partial<LinkForm> }
  | { readonly type: 'looked'; readonly change: Look };

/** What a click changes on a screen of a bundle, before anything is asked. */
export type Look = ReviewLook | FileLook;

/** What something would do, before it is done. */
export type Told = ApiAnswers['previewSync' | 'undoRun'];

/** Of a review, and of what changes it: a number is how many rows were filled anew. */
export type ReviewAnswer = DraftReview | RulesReview | Posted | number;

/** The state after an action; what it means for reviews and files is their bundles'. */
export function reduce(state: SidebarState, action: Action): SidebarState {
  if (!('asked' in action)) return afterClick(state, action);
  const { asked } = action;
  if (action.type === 'asked') return afterAsking(state, asked);
  const rest = answered(state, asked);
  const { screen } = rest;
  switch (action.type) {
    case 'failed':
      return afterFailing(rest, asked, action.failure);
    case 'bookCame':
      return { ...rest, book: action.book };
    case 'overviewCame':
      return afterOverview(rest, asked, action.overview);
    case 'toldCame':
      return afterTelling(rest, asked, action.told);
    case 'membersCame':
      return afterMembers({ ...rest, members: action.members }, asked);
    case 'logCame':
      return afterLog(rest, asked, action.log);
    case 'screensCame':
      if (asked.call !== 'readScreens') return rest;
      return { ...rest, bundles: [...rest.bundles, asked.bundle] };
    case 'done':
    case 'packed':
    case 'previewCame':
    case 'reviewCame':
      return rest;
    case 'urlCame':
      return screen.name === 'connect' ? { ...rest, screen: { ...screen, url: action.url } } : rest;
  }
}

function afterClick(
  state: SidebarState,
  action: Exclude<Action, { readonly asked: Asked }>,
): SidebarState {
  const { screen } = state;
  switch (action.type) {
    case 'tabOpened':
      return screen.name === 'connect'
        ? { ...state, screen: { ...screen, isTabOpen: true } }
        : state;
    case 'copied':
      return { ...state, isCopied: true, said: 'Copied.' };
    case 'opened':
      return { ...state, screen: action.screen, trouble: null };
    case 'linkOpened':
      return openLink(state, action.connectionId, action.accountKey);
    case 'valueChanged':
      return screen.name === 'form'
        ? { ...state, screen: { ...screen, value: action.value } }
        : state;
    case 'formChanged':
      return screen.name === 'link'
        ? { ...state, screen: { ...screen, form: changeForm(screen.form, action.change) } }
        : state;
    case 'looked':
      return state;
  }
}

/** Calls that nobody has clicked for, which leave what failed before as it is. */
const quietCalls: readonly Asked['call'][] = [
  'deliverRows',
  'readBook',
  'readScreens',
  'reviewDrafts',
  'reviewRules',
];

function afterAsking(state: SidebarState, asked: Asked): SidebarState {
  const { call } = asked;
  const next = { ...state, asked: [...state.asked, asked] };
  if (isPoll(asked) || isOfFile(asked) || quietCalls.includes(call)) return next;
  const untroubled = { ...next, trouble: null };
  if (call === 'startConnect') {
    const known = liveConnections(state).map(markOf);
    const { args } = asked;
    return { ...untroubled, screen: { name: 'connect', args, known, url: null, isTabOpen: false } };
  }
  const concerned = liveConnections(state).filter((it) => willSync(state, asked, it));
  return awaitResults(untroubled, concerned);
}

/** Whether the call starts a sync of the connection. */
function willSync({ screen }: SidebarState, asked: Asked, connection: ConnectionView): boolean {
  if (asked.call === 'applySync') {
    return screen.name === 'preview' && screen.connectionId === connection.id;
  }
  if (asked.call !== 'syncNow' && asked.call !== 'syncHistory') return false;
  if (!canSync(connection)) return false;
  const { connectionId } = asked.args;
  return connectionId === undefined || connectionId === connection.id;
}

function answered(state: SidebarState, asked: Asked): SidebarState {
  const isOver = state.trouble && sameCall(state.trouble.asked, asked);
  return {
    ...state,
    asked: state.asked.filter((it) => it !== asked),
    trouble: isOver ? null : state.trouble,
  };
}

function afterFailing(state: SidebarState, asked: Asked, failure: FailureView): SidebarState {
  const { call } = asked;
  // A poll or review that fails as well is no news beside what the user wanted.
  if ((isPoll(asked) || call.startsWith('review')) && state.trouble) return state;
  // Why rows wait is told already, with the other way to get them written; of a file, where it stands.
  if (call === 'deliverRows' || isOfFile(asked)) return state;
  const failed = { ...state, trouble: { asked, failure }, said: '' };
  if (!startsSync(asked)) return failed;
  // No sync was started, so no result will come.
  const ended = { ...failed, awaited: {} };
  const { screen } = state;
  if (call !== 'applySync' || failure.acts !== 'user' || screen.name !== 'preview') return ended;
  // What the bank answered is too old by now: to try again is to ask it again.
  const { connectionId } = screen;
  return {
    ...ended,
    screen: { ...screen, told: null },
    trouble: { asked: { call: 'previewSync', args: { connectionId } }, failure },
  };
}

function afterOverview(state: SidebarState, asked: Asked, overview: Overview): SidebarState {
  // Answers overtake one another: an older picture never replaces a newer one.
  const isNewer = !state.overview || overview.now >= state.overview.now;
  const seen = isNewer ? { ...state, overview } : state;
  const next = settleAwaited(startsSync(asked) ? awaitFromNow(seen) : seen);
  const { screen } = next;
  if (asked.call === 'linkAccount' || asked.call === 'identifyAccount') {
    const linked = findConnection(next, asked.args.connectionId);
    const saved = {
      ...awaitResults(next, linked ? [linked] : []),
      said: 'Saved. A sync starts by itself.',
    };
    return screen.name === 'link' ? { ...saved, screen: { name: 'banks' } } : saved;
  }
  if (asked.call === 'applySync' && screen.name === 'preview') {
    return { ...next, screen: { name: 'banks' } };
  }
  if (screen.name === 'form') return afterForm(state, next, asked);
  if (screen.name === 'accounts' || screen.name === 'preview') return afterLooking(next, asked);
  if (screen.name !== 'connect') return next;
  const arrived = liveConnections(next).find((it) => !screen.known.includes(markOf(it)));
  if (!arrived) return next;
  return { ...next, screen: { name: 'banks' }, said: `${arrived.name} is connected.` };
}

/** Shows what would be done, or was, to a user who is still there. */
function afterTelling(state: SidebarState, asked: Asked, told: Told): SidebarState {
  const { screen, overview } = state;
  if (asked.call === 'previewSync' && 'previewId' in told) {
    if (screen.name !== 'preview' || screen.connectionId !== asked.args.connectionId) return state;
    return { ...state, screen: { ...screen, told }, said: changeWords(told) };
  }
  if (asked.call !== 'undoRun' || !('stays' in told)) return state;
  const { runId, preview } = asked.args;
  const runs = overview?.runs.filter(({ id }) => preview || id !== runId) ?? [];
  const next = { ...state, overview: overview && { ...overview, runs } };
  if (screen.name !== 'undo' || screen.run.id !== runId) return next;
  const said = undoWords(told, !preview);
  return { ...next, screen: { ...screen, told, isDone: !preview }, said };
}

function openLink(state: SidebarState, connectionId: string, accountKey: string): SidebarState {
  const found = findAccount(state, connectionId, accountKey);
  if (!found || !state.book) return state;
  const form = startForm(found.account, freeFor(state, found.account), today(state));
  return { ...state, trouble: null, screen: { name: 'link', connectionId, accountKey, form } };
}

/** Another one when a connection is new or has been confirmed anew. */
function markOf({ id, confirmedAt }: ConnectionView): string {
  return `${id} ${confirmedAt}`;
}
