import type {
  AccountView,
  ApiAnswers,
  ApiArgs,
  ApiCall,
  ConnectionView,
  Overview,
  RunView,
} from '../../shared/api.ts';
import type { BookAccount } from '../../shared/book.ts';
import type { CalendarDate, Instant } from '../../shared/calendar-date.ts';
import type { FailureView } from '../../shared/failures.ts';
import type { Book } from '../server/book.ts';
import { freeAccounts, type LinkForm } from './link-form.ts';

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
    }
  | {
      readonly name: 'preview';
      readonly connectionId: string;
      /** What a sync would do; null until the bank has answered. */
      readonly told: ApiAnswers['previewSync'] | null;
    }
  | {
      readonly name: 'undo';
      readonly run: RunView;
      /** What the undo would do or, once done, has done; null until it has come. */
      readonly told: ApiAnswers['undoRun'] | null;
      readonly isDone: boolean;
    };

/** A call to the server, with what is needed to make it again. */
export type Asked =
  | { readonly call: 'readBook' }
  | { readonly call: 'overview' }
  | { readonly call: 'startConnect' }
  | { readonly call: 'showRow'; readonly id: string }
  | { readonly call: 'deliverRows' }
  | AskedOfCloud<'linkAccount'>
  | AskedOfCloud<'syncNow'>
  | AskedOfCloud<'previewSync'>
  | AskedOfCloud<'applySync'>
  | AskedOfCloud<'identifyAccount'>
  | AskedOfCloud<'undoRun'>;

interface AskedOfCloud<C extends ApiCall> {
  readonly call: C;
  readonly args: ApiArgs<C>;
}

export interface Awaited {
  /** Of the result that stood before, '' for none. */
  readonly resultAt: Instant | '';
  /** When we no longer wait for a sync that shows no sign of itself. */
  readonly until: Instant;
}

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

/** Connections that the user has not removed. */
export function liveConnections({ overview }: Pick<SidebarState, 'overview'>): ConnectionView[] {
  return overview?.connections.filter(({ state }) => state !== 'removed') ?? [];
}

/** That connection, or undefined when the newest overview no longer has it. */
export function findConnection(
  state: SidebarState,
  connectionId: string | undefined,
): ConnectionView | undefined {
  return liveConnections(state).find(({ id }) => id === connectionId);
}

/** The account with its connection, or null when the newest overview no longer has it. */
export function findAccount(
  state: SidebarState,
  connectionId: string,
  accountKey: string,
): { readonly connection: ConnectionView; readonly account: AccountView } | null {
  const connection = findConnection(state, connectionId);
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

/** Accounts of which the user has to say which of the bank's they are. */
export function unclearAccounts({ accounts }: ConnectionView): AccountView[] {
  return accounts.filter(({ candidates }) => candidates?.length);
}

/** The newest run of the connection that can be undone. */
export function runToUndo({ overview }: SidebarState, { id }: ConnectionView): RunView | undefined {
  return overview?.runs.find(({ connectionId }) => connectionId === id);
}

/** Whether rows wait that the cloud may not write: then the add-on writes them, with the user's own right. */
export function canDeliver({ waitingRows, sheetFailure }: Overview): boolean {
  const { code } = sheetFailure ?? {};
  return waitingRows > 0 && (code === 'sheet-not-writable' || code === 'sheet-gone');
}

/** Whether the same call is under way. */
export function isAsked(state: SidebarState, asked: Asked): boolean {
  return state.asked.some((it) => sameCall(it, asked));
}

/** Whether a call of that name is under way. */
export function isCalling({ asked }: SidebarState, name: Asked['call']): boolean {
  return asked.some(({ call }) => call === name);
}

export function sameCall(a: Asked, b: Asked): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** How long after an answer the overview is asked for again. */
export function pollDelayMs(state: SidebarState): number {
  if (state.trouble?.asked.call === 'overview') return 20_000;
  if (liveConnections(state).some((connection) => isSyncing(state, connection))) return 1000;
  return state.screen.name === 'connect' ? 2000 : 20_000;
}

/** The day that it is in the book's zone. */
export function today({ overview, book }: Pick<SidebarState, 'overview' | 'book'>): CalendarDate {
  // Swedish writes days as we do: 2026-03-01.
  const format = new Intl.DateTimeFormat('sv', book ? { timeZone: book.timeZone } : {});
  return format.format(new Date(overview?.now ?? 0));
}
