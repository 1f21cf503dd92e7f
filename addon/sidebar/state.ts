import type {
  AccountView,
  ApiAnswers,
  ApiArgs,
  ApiCall,
  ConnectionView,
  MemberView,
  Overview,
  RunView,
} from '../../shared/api.ts';
import type { BookAccount } from '../../shared/book.ts';
import type { CalendarDate, Instant } from '../../shared/calendar-date.ts';
import type { FailureView } from '../../shared/failures.ts';
import { mayCall } from '../../shared/roles.ts';
import type { AcceptedDraft, RuleInput } from '../../shared/suggestions.ts';
import type { Book } from '../server/book.ts';
import type { BundleName } from '../server/bundle-name.ts';
import type { ChosenFile } from './chosen-files.ts';
import { freeAccounts, type LinkForm } from './link-form.ts';
import type { DraftsScreen, RulesScreen } from './review-screens.ts';

/** All that the sidebar shows follows from this. */
export interface SidebarState {
  /** Null until it has come. */
  readonly book: Book | null;
  readonly overview: Overview | null;
  /** Bundles of screens whose code has come. */
  readonly bundles: readonly BundleName[];
  /** People of the book; null until they were asked for. */
  readonly members: readonly MemberView[] | null;
  readonly screen: Screen;
  /** Calls without an answer yet. */
  readonly asked: readonly Asked[];
  /** The call that failed last, until it succeeds or the user goes elsewhere. */
  readonly trouble: { readonly asked: Asked; readonly failure: FailureView } | null;
  /** Syncs that the user has caused and whose result has not come, by connection. */
  readonly awaited: Readonly<Record<string, Awaited>>;
  /** Drafts that the user has accepted while others were being posted. */
  readonly toAccept: readonly AcceptedDraft[];
  /** Files to be imported, on their way wherever the user looks. */
  readonly files: readonly ChosenFile[];
  /** Whether the address to share the sheet with has just been copied. */
  readonly isCopied: boolean;
  /** What a screen reader says next. */
  readonly said: string;
}

export type Screen =
  | { readonly name: 'banks' }
  | {
      readonly name: 'connect';
      /** What the link is for. */
      readonly args: ApiArgs<'startConnect'>;
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
    }
  | {
      readonly name: 'accounts';
      readonly connectionId: string;
      /** Keys of the accounts as they were before the bank was asked for new ones; null where it was not. */
      readonly known: readonly string[] | null;
    }
  | {
      readonly name: 'log';
      readonly connectionId: string;
      /** Null until they have come. */
      readonly log: ApiAnswers['accessLog'] | null;
    }
  | { readonly name: 'members' }
  | { readonly name: 'import' }
  | DraftsScreen
  | RulesScreen
  | FormScreen;

/** A question with one answer; form.ts describes each. */
export interface FormScreen {
  readonly name: 'form';
  readonly form: FormName;
  /** Id of the connection, of the member for `role`, key of an account of files; null until one is chosen. */
  readonly about: string | null;
  /** What is chosen or typed so far. */
  readonly value: string;
}

/** The call that each form makes. */
export const formCalls = {
  confirm: 'answerConfirmation',
  history: 'syncHistory',
  mails: 'setMails',
  removeAccount: 'removeFileAccount',
  rename: 'renameConnection',
  role: 'setRole',
  schedule: 'setSchedule',
  unsync: 'unsync',
  wayIn: 'startConnect',
} as const;
export type FormName = keyof typeof formCalls;

/** Whether the form is about a connection, so that one has to be chosen. */
export function isOfBank(form: FormName): boolean {
  return form !== 'mails' && form !== 'role' && form !== 'removeAccount';
}

/** A call to the server, with what is needed to make it again. */
export type Asked =
  | { readonly call: 'readBook' }
  | { readonly call: 'readScreens'; readonly bundle: BundleName }
  | { readonly call: 'overview' }
  | { readonly call: 'showRow'; readonly id: string }
  | { readonly call: 'deliverRows' }
  | { readonly call: 'reviewDrafts' }
  | { readonly call: 'reviewRules' }
  | { readonly call: 'suggestAgain' }
  | { readonly call: 'acceptDrafts'; readonly drafts: readonly AcceptedDraft[] }
  /** Null: the tab of the rules alone. */
  | { readonly call: 'addRule'; readonly rule: RuleInput | null }
  | { readonly call: 'packFile'; readonly args: { readonly fileId: string } }
  /** With the content, which the state does not hold. */
  | { readonly call: 'putFile'; readonly args: Omit<ApiArgs<'putFile'>, 'content'> }
  | AskedOfCloud;

/** What the browser does with a file that is kept beside the state. */
export type FileEffect = Extract<Asked, { readonly call: 'packFile' | 'putFile' }>;

/** What is asked of the cloud otherwise: by the add-on's server itself, or with what it or the browser has read. */
type NotAsked =
  | 'overview'
  | 'putFile'
  | 'takeDelivery'
  | 'finishDelivery'
  | 'reviewDrafts'
  | 'reviewRules'
  | 'suggestAgain'
  | 'addRule';
type AskedOfCloud = {
  [C in Exclude<ApiCall, NotAsked>]: { readonly call: C; readonly args: ApiArgs<C> };
}[Exclude<ApiCall, NotAsked>];

export interface Awaited {
  /** Of the result that stood before, '' for none. */
  readonly resultAt: Instant | '';
  /** When we no longer wait for a sync that shows no sign of itself. */
  readonly until: Instant;
}

export const initialState: SidebarState = {
  book: null,
  overview: null,
  bundles: [],
  members: null,
  screen: { name: 'banks' },
  asked: [],
  trouble: null,
  awaited: {},
  toAccept: [],
  files: [],
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

/** That member, or undefined while or where there is none. */
export function findMember(
  { members }: SidebarState,
  memberId: string | null,
): MemberView | undefined {
  return members?.find(({ id }) => id === memberId);
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
  for (const { feed } of [...bankAccounts(state), ...(state.overview?.fileAccounts ?? [])]) {
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

/** Whether the bank may be asked; one that waits for its user asks anew where it asks as one logs in. */
export function mayAsk({ state, wayIn }: ConnectionView): boolean {
  if (state === 'needs-user') return wayIn === 'login';
  return state === 'connected' || state === 'expiring' || state === 'failing';
}

/** Whether a sync would bring something: the bank may be asked, and there is an account to fill. */
export function canSync(connection: ConnectionView): boolean {
  return mayAsk(connection) && connection.accounts.some(({ feed }) => feed);
}

/** Whether a sync of the connection is under way, as far as we know. */
export function isSyncing(state: SidebarState, connection: ConnectionView): boolean {
  return connection.progress !== undefined || state.awaited[connection.id] !== undefined;
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

/** Whether the call takes a file a step further: how that went is told with the file. */
export function isOfFile({ call }: Asked): boolean {
  return call.endsWith('File');
}

/** Whether the user's role allows the call. */
export function may({ overview }: SidebarState, call: ApiCall): boolean {
  return overview !== null && mayCall(overview.role, call);
}

/** Whether the user may give that member another role: admins change those below them, the owner all others. */
export function mayChangeRole({ overview }: SidebarState, { role, isMe }: MemberView): boolean {
  if (isMe || !overview) return false;
  return overview.role === 'owner' || (overview.role === 'admin' && !mayCall(role, 'setRole'));
}

/** Whether the user can go to the bank for this connection: the consent or login is theirs. */
export function mayConnect(state: SidebarState, { isMine }: ConnectionView): boolean {
  return isMine && may(state, 'startConnect');
}

/** The day that it is in the book's zone. */
export function today({ overview, book }: Pick<SidebarState, 'overview' | 'book'>): CalendarDate {
  // Swedish writes days as we do: 2026-03-01.
  const format = new Intl.DateTimeFormat('sv', book ? { timeZone: book.timeZone } : {});
  return format.format(new Date(overview?.now ?? 0));
}
