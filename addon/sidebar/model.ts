import type { AccountView, ApiArgs, ConnectionView, Overview } from '../../shared/api.ts';
import type { BookAccount } from '../../shared/book.ts';
import { addMs, type CalendarDate, type Instant } from '../../shared/calendar-date.ts';
import type { FailureView } from '../../shared/failures.ts';
import type { Book } from '../server/book.ts';
import { changeForm, freeAccounts, type LinkForm, startForm } from './link-form.ts';
import { resultWords } from './wording.ts';

/** All that the sidebar shows follows from this. */
export interface SidebarState {
  /** Null until it has come. */
  readonly book: Book | null;
  readonly overview: Overview | null;
  readonly screen: Screen;
  /** Calls without an answer yet. */
  readonly asked: readonly Asked[];
  /** The call that failed last, until it succeeds or the user goes elsewhere. */
  readonly trouble: { readonly asked: Asked; readonly failure: FailureView } | null;
  /** Syncs that the user has caused and whose result has not come, by connection. */
  readonly awaited: Readonly<Record<string, Awaited>>;
  /** Whether the address to share the sheet with has just been copied. */
  readonly isCopied: boolean;
  /** What a screen reader says next. */
  readonly said: string;
}

export type Screen =
  | { readonly name: 'banks' }
  | {
      readonly name: 'connect';
      /** Marks of the connections as they were before. */
      readonly known: readonly string[];
      /** Null until the link has come. */
      readonly url: string | null;
      readonly isTabOpen: boolean;
    }
  | {
      readonly name: 'link';
      readonly connectionId: string;
      readonly accountKey: string;
      readonly form: LinkForm;
    };

/** A call to the server, with what is needed to make it again. */
export type Asked =
  | { readonly call: 'readBook' }
  | { readonly call: 'overview' }
  | { readonly call: 'startConnect' }
  | { readonly call: 'linkAccount'; readonly args: ApiArgs<'linkAccount'> }
  | { readonly call: 'syncNow'; readonly args: ApiArgs<'syncNow'> };

interface Awaited {
  /** Of the result that stood before, '' for none. */
  readonly resultAt: Instant | '';
  /** When we no longer wait for a sync that shows no sign of itself. */
  readonly until: Instant;
}

export type Action =
  | { readonly type: 'asked'; readonly asked: Asked }
  | { readonly type: 'failed'; readonly asked: Asked; readonly failure: FailureView }
  | { readonly type: 'bookCame'; readonly asked: Asked; readonly book: Book }
  | { readonly type: 'overviewCame'; readonly asked: Asked; readonly overview: Overview }
  | { readonly type: 'urlCame'; readonly asked: Asked; readonly url: string }
  | { readonly type: 'tabOpened' }
  | { readonly type: 'copied' }
  | { readonly type: 'banksOpened' }
  | { readonly type: 'linkOpened'; readonly connectionId: string; readonly accountKey: string }
  | { readonly type: 'formChanged'; readonly change: Partial<LinkForm> };

const awaitMs = 20_000;

export const initialState: SidebarState = {
  book: null,
  overview: null,
  screen: { name: 'banks' },
  asked: [],
  trouble: null,
  awaited: {},
  isCopied: false,
  said: '',
};

/** The state after an action. */
export function reduce(state: SidebarState, action: Action): SidebarState {
  switch (action.type) {
    case 'asked':
      return afterAsking(state, action.asked);
    case 'failed':
      return afterFailing(answered(state, action.asked), action.asked, action.failure);
    case 'bookCame':
      return { ...answered(state, action.asked), book: action.book };
    case 'overviewCame':
      return afterOverview(answered(state, action.asked), action.asked, action.overview);
    case 'urlCame': {
      const rest = answered(state, action.asked);
      const { screen } = rest;
      return screen.name === 'connect' ? { ...rest, screen: { ...screen, url: action.url } } : rest;
    }
    case 'tabOpened':
      return state.screen.name === 'connect'
        ? { ...state, screen: { ...state.screen, isTabOpen: true } }
        : state;
    case 'copied':
      return { ...state, isCopied: true, said: 'Copied.' };
    case 'banksOpened':
      return { ...state, screen: { name: 'banks' }, trouble: null };
    case 'linkOpened':
      return openLink(state, action.connectionId, action.accountKey);
    case 'formChanged':
      return state.screen.name === 'link'
        ? {
            ...state,
            screen: { ...state.screen, form: changeForm(state.screen.form, action.change) },
          }
        : state;
  }
}

function afterAsking(state: SidebarState, asked: Asked): SidebarState {
  const next = { ...state, asked: [...state.asked, asked] };
  if (asked.call === 'overview' || asked.call === 'readBook') return next;
  const trouble = null;
  if (asked.call === 'startConnect') {
    const known = liveConnections(state).map(markOf);
    return { ...next, trouble, screen: { name: 'connect', known, url: null, isTabOpen: false } };
  }
  if (asked.call === 'linkAccount') return { ...next, trouble };
  const { connectionId } = asked.args;
  const concerned = liveConnections(state).filter(
    (it) => (connectionId === undefined || it.id === connectionId) && canSync(it),
  );
  return awaitResults({ ...next, trouble }, concerned);
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
  // A poll that fails as well is no news beside what the user wanted.
  if (asked.call === 'overview' && state.trouble) return state;
  // No sync was started, so no result will come.
  const awaited = asked.call === 'syncNow' ? {} : state.awaited;
  return { ...state, awaited, trouble: { asked, failure }, said: '' };
}

function afterOverview(state: SidebarState, asked: Asked, overview: Overview): SidebarState {
  // Answers overtake one another: an older picture never replaces a newer one.
  const isNewer = !state.overview || overview.now >= state.overview.now;
  let next: SidebarState = isNewer ? { ...state, overview } : state;
  next = settle(next);
  if (asked.call === 'linkAccount') {
    const linked = liveConnections(next).filter((it) => it.id === asked.args.connectionId);
    next = { ...awaitResults(next, linked), said: 'Linked. The first sync starts by itself.' };
    return next.screen.name === 'link' ? { ...next, screen: { name: 'banks' } } : next;
  }
  const { screen } = next;
  if (screen.name !== 'connect') return next;
  const arrived = liveConnections(next).find((it) => !screen.known.includes(markOf(it)));
  if (!arrived) return next;
  return { ...next, screen: { name: 'banks' }, said: `${arrived.name} is connected.` };
}

/** Waits for the next result of these connections. */
function awaitResults(state: SidebarState, concerned: readonly ConnectionView[]): SidebarState {
  if (!state.overview || concerned.length === 0) return state;
  const until = addMs(state.overview.now, awaitMs);
  const awaited = { ...state.awaited };
  for (const { id, lastResult } of concerned) {
    awaited[id] = { resultAt: lastResult?.at ?? '', until };
  }
  return { ...state, awaited, said: `Sync of ${namesOf(concerned)} started.` };
}

/** Ends the waiting for results that have come, and for those that will not. */
function settle(state: SidebarState): SidebarState {
  const { overview } = state;
  if (!overview) return state;
  const awaited: Record<string, Awaited> = {};
  const done: ConnectionView[] = [];
  for (const connection of overview.connections) {
    const waiting = state.awaited[connection.id];
    if (!waiting) continue;
    const hasCome = (connection.lastResult?.at ?? '') !== waiting.resultAt;
    if (connection.progress || (!hasCome && overview.now < waiting.until)) {
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

function openLink(state: SidebarState, connectionId: string, accountKey: string): SidebarState {
  const found = findAccount(state, connectionId, accountKey);
  if (!found || !state.book) return state;
  const form = startForm(found.account, freeFor(state, found.account), today(state));
  return { ...state, trouble: null, screen: { name: 'link', connectionId, accountKey, form } };
}

/** Connections that the user has not removed. */
export function liveConnections({ overview }: Pick<SidebarState, 'overview'>): ConnectionView[] {
  return overview?.connections.filter(({ state }) => state !== 'removed') ?? [];
}

/** The account with its connection, or null when the newest overview no longer has it. */
export function findAccount(
  state: SidebarState,
  connectionId: string,
  accountKey: string,
): { readonly connection: ConnectionView; readonly account: AccountView } | null {
  const connection = liveConnections(state).find(({ id }) => id === connectionId);
  const account = connection?.accounts.find(({ key }) => key === accountKey);
  return connection && account ? { connection, account } : null;
}

/** The accounts of the book, with those that feeds name and that the first row will make. */
export function bookAccounts(state: SidebarState): BookAccount[] {
  const accounts = new Map(state.book?.accounts.map((account) => [account.path, account]));
  for (const { feed } of bankAccounts(state)) {
    if (feed && !accounts.has(feed.bookAccount.path)) {
      accounts.set(feed.bookAccount.path, feed.bookAccount);
    }
  }
  return [...accounts.values()];
}

/** Those of them that this bank account may fill. */
export function freeFor(state: SidebarState, account: AccountView): BookAccount[] {
  const others = bankAccounts(state).filter((it) => it !== account);
  return freeAccounts(bookAccounts(state), others);
}

function bankAccounts(state: SidebarState): AccountView[] {
  return liveConnections(state).flatMap(({ accounts }) => accounts);
}

/** Whether a sync would bring something: the bank may be asked, and there is an account to fill. */
export function canSync({ state, accounts }: ConnectionView): boolean {
  const mayAsk = state === 'connected' || state === 'expiring' || state === 'failing';
  return mayAsk && accounts.some(({ feed }) => feed);
}

/** Whether a sync of the connection is under way, as far as we know. */
export function isSyncing(state: SidebarState, connection: ConnectionView): boolean {
  return connection.progress !== undefined || state.awaited[connection.id] !== undefined;
}

/** Whether the same call is under way. */
export function isAsked(state: SidebarState, asked: Asked): boolean {
  return state.asked.some((it) => sameCall(it, asked));
}

/** How long after an answer the overview is asked for again. */
export function pollDelayMs(state: SidebarState): number {
  if (state.trouble?.asked.call === 'overview') return 20_000;
  if (liveConnections(state).some((connection) => isSyncing(state, connection))) return 1000;
  return state.screen.name === 'connect' ? 2000 : 20_000;
}

/** The day that it is in the book's zone. */
export function today({ overview, book }: Pick<SidebarState, 'overview' | 'book'>): CalendarDate {
  const parts = new Intl.DateTimeFormat('en', {
    ...(book && { timeZone: book.timeZone }),
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  }).formatToParts(new Date(overview?.now ?? 0));
  const part = (type: string) => parts.find((it) => it.type === type)?.value;
  return `${part('year')}-${part('month')}-${part('day')}`;
}

function sameCall(a: Asked, b: Asked): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** Another one when a connection is new or has been confirmed anew. */
function markOf({ id, confirmedAt }: ConnectionView): string {
  return `${id} ${confirmedAt}`;
}

function namesOf(connections: readonly ConnectionView[]): string {
  return connections.map(({ name }) => name).join(', ');
}
