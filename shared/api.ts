import { z } from 'zod';
import type { Access, AccessCause, SyncInterval } from './access.ts';
import { syncIntervals } from './access.ts';
import type { BankAccountType, ConnectionState, WayIn } from './bank.ts';
import type { BookAccount } from './book.ts';
import { type CalendarDate, type Instant, isCalendarDate } from './calendar-date.ts';
import type { Confirmation } from './confirmation.ts';
import { bookReading, type Delivery, type PlainChanges } from './delivery.ts';
import type { Failure, FailureView } from './failures.ts';
import { type Role, roles } from './roles.ts';
import { type FileCallAnswers, fileCalls, type ImportView } from './statement-files.ts';
import { type DraftReview, type RulesReview, ruleInput } from './suggestions.ts';

/** Begins so that it is never a name that a store keeps for itself. */
const id = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._~-]{0,199}$/);
const day = z.string().refine(isCalendarDate, 'a day as YYYY-MM-DD');
const bookPath = z
  .string()
  .trim()
  .max(200)
  .regex(/^[^:\s][^:]*(:[^:]+)*$/, 'parts joined by single colons, as Assets:Checking');

/** What the add-on may ask, by name, with its arguments: parsed at the door of the cloud. */
export const apiCalls = {
  overview: z.strictObject({}),
  /** With connectionId: to renew, reconnect or, with another wayIn, change the way in of that connection. */
  startConnect: z.strictObject({
    connectionId: id.optional(),
    wayIn: z.enum(['psd2', 'login']).optional(),
    /** To try things out with the Sandbox Bank, where there is one: nothing is left to be chosen. */
    isSandbox: z.literal(true).optional(),
  }),
  linkAccount: z.strictObject({
    connectionId: id,
    accountKey: id,
    bookAccount: z.strictObject({
      path: bookPath,
      type: z.enum(['asset', 'liability', 'income', 'expense', 'equity']),
    }),
    from: day,
  }),
  /** Without connectionId: all of the book. */
  syncNow: z.strictObject({ connectionId: id.optional() }),
  /** As far back as the feeds go, or from a day on; a bank may want a confirmation for it first. */
  syncHistory: z.strictObject({ connectionId: id, from: day.optional() }),
  /** Asks the bank, and tells what a sync would do; applySync then does it with the same answers. */
  previewSync: z.strictObject({ connectionId: id }),
  applySync: z.strictObject({ previewId: id }),
  /** Asks the bank for accounts that are new there. */
  findAccounts: z.strictObject({ connectionId: id }),
  /** Says which of the bank's accounts one is that a reconnect left unclear. */
  identifyAccount: z.strictObject({
    connectionId: id,
    accountKey: id,
    externalId: z.string().max(200),
  }),
  /** The user's answer to what the bank asks in the middle of a sync; only whose connection it is may give it. */
  answerConfirmation: z.strictObject({
    connectionId: id,
    answer: z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('method'), id: z.string().min(1).max(200) }),
      z.strictObject({ kind: z.literal('code'), text: z.string().min(1).max(200) }),
      z.strictObject({ kind: z.literal('poll') }),
    ]),
  }),
  renameConnection: z.strictObject({
    connectionId: id,
    name: z.string().trim().min(1).max(80),
  }),
  setSchedule: z.strictObject({ connectionId: id, everyHours: z.literal(syncIntervals) }),
  /** Who asked the bank when, why and with what result, the newest first; `before`: older than that. */
  accessLog: z.strictObject({ connectionId: id, before: z.iso.datetime().optional() }),
  members: z.strictObject({}),
  /** `null` takes the member out of the book. */
  setRole: z.strictObject({ memberId: z.string().min(1).max(200), role: z.enum(roles).nullable() }),
  /** Whether the caller gets reminders by mail; a bank that has stopped is always told. */
  setMails: z.strictObject({ reminders: z.boolean() }),
  /** Takes the bank out of the book: its rows stay. */
  unsync: z.strictObject({ connectionId: id }),
  ...fileCalls,
  /** Takes back what a run brought; with `preview` nothing is written. */
  undoRun: z.strictObject({ runId: id, preview: z.boolean() }),
  /** What the add-on is to write by what it has read: for spreadsheets that the cloud may not write. */
  takeDelivery: z.strictObject({ snapshot: bookReading }),
  /** The add-on has written it, or could not. */
  finishDelivery: z.strictObject({
    deliveryId: id,
    batchIds: z.array(id).max(100),
    isWritten: z.boolean(),
  }),
  /** The drafts that wait for the user, with suggestions by all that is posted now; the add-on sends what it has read. */
  reviewDrafts: z.strictObject({ snapshot: bookReading }),
  /** What the add-on is to write so that drafts which their user has not decided show today's suggestions. */
  suggestAgain: z.strictObject({ snapshot: bookReading }),
  /** The two rows are no transfer, and are not taken for one again. */
  rejectTransfer: z.strictObject({ ids: z.tuple([id, id]) }),
  /** The rules of the book's tab, and those that Bookfeed proposes. */
  reviewRules: z.strictObject({ snapshot: bookReading }),
  /** What the add-on is to write: the rule below the others, and its tab where there is none; null: the tab alone. */
  addRule: z.strictObject({ snapshot: bookReading, rule: ruleInput.nullable() }),
  /** That rule is not proposed again. */
  dismissRule: z.strictObject({ key: z.string().min(1).max(500) }),
  setSuggestions: z.strictObject({
    certainty: z.number().min(0.05).max(0.99),
    postFrom: z.number().min(0.9).max(0.999).nullable(),
    transit: bookPath,
  }),
} as const;

export type ApiCall = keyof typeof apiCalls;
export type ApiArgs<C extends ApiCall> = z.infer<(typeof apiCalls)[C]>;

/** Body of `POST /api/<call>`; Google's ID token stands in `Authorization: Bearer`. */
export const apiRequest = z.strictObject({
  /** Of the spreadsheet in which the caller stands. */
  spreadsheetId: z.string().regex(/^[A-Za-z0-9_-]{10,200}$/),
  args: z.unknown(),
  /** What `Overview.presenceUrl` gave the user's own browser a moment ago: then the bank is told that the user is there. */
  presence: z.string().max(2000).optional(),
});

export interface ApiAnswers extends FileCallAnswers {
  overview: Overview;
  /** A one-time link to the connect page. */
  startConnect: { readonly url: string };
  linkAccount: Overview;
  syncNow: Overview;
  syncHistory: Overview;
  previewSync: ChangePreview & { readonly previewId: string };
  applySync: Overview;
  findAccounts: Overview;
  identifyAccount: Overview;
  answerConfirmation: Overview;
  renameConnection: Overview;
  setSchedule: Overview;
  accessLog: { readonly accesses: readonly Access[]; readonly isEnd: boolean };
  members: Members;
  setRole: Members;
  setMails: Overview;
  unsync: Overview;
  undoRun: UndoPreview;
  /** Null where nothing is to be written, or nothing by the add-on now. */
  takeDelivery: Delivery | null;
  finishDelivery: Overview;
  reviewDrafts: DraftReview;
  /** Null where nothing changes. */
  suggestAgain: PlainChanges | null;
  rejectTransfer: null;
  reviewRules: RulesReview;
  addRule: PlainChanges;
  dismissRule: null;
  setSuggestions: null;
}

/** What a sync or an import would do, or has done. */
export interface ChangePreview {
  readonly newRows: number;
  /** Rows whose bank facts change; pending ones that are booked count as settled. */
  readonly changed: number;
  readonly settled: number;
  readonly removed: number;
  /** Of a file: entries that are there already. */
  readonly known?: number;
  /** The first of the new rows, as they will stand. */
  readonly rows: readonly RowView[];
}

export interface RowView {
  readonly date: CalendarDate;
  readonly description: string;
  /** Decimal text in its currency. */
  readonly amount: string;
  readonly currency: string;
  /** Path of the book account. */
  readonly account: string;
}

/** What an undo takes away, and the posted rows that stay. */
export interface UndoPreview {
  readonly removed: number;
  readonly stays: readonly RowView[];
}

export type RunKind = 'sync' | 'import';

/** A sync or an import that brought rows and can be undone. */
export interface RunView {
  readonly id: string;
  readonly kind: RunKind;
  readonly at: Instant;
  readonly connectionId?: string;
  readonly newRows: number;
}

/**
 * Answer of every call. With failure `prove-editor`, `proof` is what the add-on leaves in the spreadsheet as developer
 * metadata (key `bookfeed-proof`, visibility DOCUMENT) before it asks again.
 */
export type ApiResult<C extends ApiCall> =
  | { readonly ok: true; readonly value: ApiAnswers[C] }
  | { readonly ok: false; readonly failure: FailureView; readonly proof?: string };

/** What the sidebar shows. */
export interface Overview {
  readonly now: Instant;
  /** Whom the user shares the sheet with; null where the cloud may write anyway. */
  readonly serviceAccount: string | null;
  /** `POST` from the user's own browser: answers `{"presence": "…"}`, good for a minute (apiRequest.presence). */
  readonly presenceUrl: string;
  /** The caller's. */
  readonly role: Role;
  /** Whether the caller gets reminders by mail. */
  readonly reminders: boolean;
  /** Whether there is a Sandbox Bank to try things out with. */
  readonly hasSandbox?: true;
  readonly connections: readonly ConnectionView[];
  /** Accounts that files alone fill, each with the feed into its book account. */
  readonly fileAccounts: readonly AccountView[];
  /** The caller's files that are being imported, and those of the last hour, the newest first. */
  readonly imports: readonly ImportView[];
  /** Runs that can be undone, the newest first. */
  readonly runs: readonly RunView[];
  /** Rows that wait to be written, by the cloud or the add-on; of many runs, those of the first. */
  readonly waitingRows: number;
  /** Why rows that wait could not be written to the sheet. */
  readonly sheetFailure?: FailureView;
}

/** People of the book; the caller is the one with isMe. */
export interface Members {
  readonly members: readonly MemberView[];
}

export interface MemberView {
  readonly id: string;
  readonly email?: string;
  readonly role: Role;
  readonly isMe: boolean;
}

/** What a bank wants to know of its user, until `expiresAt`; without words and picture for all others. */
export interface ConfirmationView {
  readonly confirmation: Confirmation;
  readonly cause: AccessCause;
  readonly expiresAt: Instant;
}

export interface ConnectionView {
  readonly id: string;
  readonly name: string;
  readonly institution: string;
  readonly wayIn: WayIn;
  readonly state: ConnectionState;
  /** Whether consent or credentials are the caller's, who alone can renew, reconnect and confirm. */
  readonly isMine: boolean;
  /** Other ways in that this bank has. */
  readonly otherWaysIn: readonly WayIn[];
  readonly everyHours: SyncInterval;
  /** Syncs without the user that the bank still allows now, of how many in rolling 24 hours. */
  readonly quota: { readonly left: number; readonly perDay: number };
  /** Set while the bank waits for the user's answer. */
  readonly confirmation?: ConfirmationView;
  /** Last day on which to renew, set from thirty days before. */
  readonly renewBy?: CalendarDate;
  /** Direct access that fails often, at a bank that has open banking, too. */
  readonly advice?: 'open-banking';
  /** When the user last confirmed at the bank: changes with a reconnect, which keeps the id. */
  readonly confirmedAt: Instant;
  /** Last day of the consent. */
  readonly validUntil?: CalendarDate;
  readonly failure?: FailureView;
  readonly lastSyncedAt?: Instant;
  /** Absent while nothing is scheduled. */
  readonly nextSyncAt?: Instant;
  /** Present while a sync or the delivery of its rows is under way. */
  readonly progress?: SyncProgress;
  readonly lastResult?: SyncResult<FailureView>;
  readonly accounts: readonly AccountView[];
}

export interface AccountView {
  readonly key: string;
  readonly name: string;
  readonly holder: string;
  readonly iban?: string;
  readonly mask?: string;
  readonly type: BankAccountType;
  readonly product?: string;
  readonly currency: string;
  /** What may be spent, decimal text. */
  readonly available?: string;
  /** From this day to that one everything is stored. */
  readonly kept?: { readonly from: CalendarDate; readonly to: CalendarDate };
  /** Booked balance, decimal text in the account's currency. */
  readonly balance?: string;
  /** How far back an ordinary fetch at this bank reaches; 0 where files alone fill the account. */
  readonly historyDays: number;
  readonly feed?: { readonly bookAccount: BookAccount; readonly from: CalendarDate };
  readonly proof?: ProofView;
  /** The bank does not show it now: not by this way in, or no longer. */
  readonly isGone?: true;
  /** Set where the user has to say which of the bank's accounts this is: those that it may be. */
  readonly candidates?: readonly {
    readonly externalId: string;
    readonly name: string;
    readonly balance?: string;
  }[];
}

/** As Proof, the difference as decimal text. */
export type ProofView =
  | { readonly kind: 'ties' | 'unknown' }
  | {
      readonly kind: 'off';
      readonly offBy: string;
      readonly firstBadDay?: CalendarDate;
      readonly entryId?: string;
      readonly tiedUntil?: CalendarDate;
    };

export interface SyncProgress {
  readonly step: 'waiting' | 'accounts' | 'entries' | 'rows';
  readonly done?: number;
  readonly total?: number;
}

export type SyncOutcome = 'complete' | 'partial' | 'limited' | 'needs-user' | 'failed' | 'skipped';

/** `F` is a Failure where it is kept, a FailureView where it is shown. */
export interface SyncResult<F = Failure> {
  readonly at: Instant;
  readonly outcome: SyncOutcome;
  readonly newRows: number;
  /** Pending entries that the bank has booked. */
  readonly settled: number;
  /** Pending entries that the bank no longer shows. */
  readonly removed: number;
  /** New entries that a pending one may have become, or another one just as well: nothing was guessed. */
  readonly unclear?: number;
  readonly failure?: F;
}
