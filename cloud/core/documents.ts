import type { Access, AccessCause, CallKind, SyncInterval } from '../../shared/access.ts';
import type { RunKind, SyncProgress, SyncResult } from '../../shared/api.ts';
import type {
  Balance,
  ConnectionState,
  Consent,
  Entry,
  Institution,
  ObservedAccount,
  ObservedEntry,
  Proof,
  WayIn,
} from '../../shared/bank.ts';
import type { BookAccount, Feed } from '../../shared/book.ts';
import type { CalendarDate, Instant } from '../../shared/calendar-date.ts';
import type { Confirmation } from '../../shared/confirmation.ts';
import type { Failure } from '../../shared/failures.ts';
import type { Money } from '../../shared/money.ts';
import type { Role } from '../../shared/roles.ts';
import type { SuggestionSettings } from '../../shared/suggestions.ts';
import type { Mail } from '../ports/mailer.ts';
import type { Collection } from '../ports/store.ts';
import type { Sealed } from '../ports/vault.ts';

/** Held by one worker at a time; a dead worker's lease ends by itself. */
export interface Lease {
  readonly holder: string;
  readonly until: Instant;
}

/** Of a sync, with the access that counts if its worker dies. */
export interface ConnectionLease extends Lease {
  readonly access: Access;
}

/** A spreadsheet in which Bookfeed was opened; its key is the spreadsheet's id. */
export interface BookDoc {
  readonly createdAt: Instant;
  /** When each user last proved that they may edit the spreadsheet. */
  readonly editors: Readonly<Record<string, { readonly provenAt: Instant }>>;
  /** Proofs asked for and not yet found, by user. */
  readonly proofs: Readonly<Record<string, { readonly proof: string; readonly askedAt: Instant }>>;
  /**
   * The user who opened it first while the cloud could not look at the spreadsheet: nobody else is told or given anything
   * of it, and the cloud writes nothing into it, until this user's proof is found there.
   */
  readonly claimedBy?: string;
  /** By user; the first who was proven is the owner. */
  readonly members: Readonly<Record<string, Member>>;
  /** Of the delivery that is under way. */
  readonly lease?: Lease;
  readonly sheetFailure?: Failure;
  /** Runs that brought rows and can be undone, the newest last; delivery adds to it and lets the oldest go. */
  readonly runs?: readonly string[];
}

/** One of the people who use Bookfeed in a book. */
export interface Member {
  readonly role: Role;
  readonly since: Instant;
  /** As Google vouched for it last. */
  readonly email?: string;
  /** Wants no reminders; what has stopped is told all the same. */
  readonly noReminders?: true;
  /** Taken out of the book then: no member until a new proof, and from that on a viewer. */
  readonly outSince?: Instant;
}

/** A bank account of a connection, and how far this connection has fetched it. */
export interface AccountDoc extends ObservedAccount {
  /** Survives reconnects; the ledger is kept under it. */
  readonly key: string;
  /** The key that its number gives, where it goes on with the ledger of an account that files filled. */
  readonly bankKey?: string;
  readonly balance?: Balance;
  readonly feed?: Feed;
  /** Of an account that was taken out of the book: path of the book account that it filled. */
  readonly fed?: string;
  /** From this day to the watermark everything is stored; both are set by complete fetches alone. */
  readonly keptFrom?: CalendarDate;
  /** The newest day that is stored complete. */
  readonly watermark?: CalendarDate;
  /** What the last complete fetch showed from the first day of the next one on: the same again is no news. */
  readonly seen?: { readonly from: CalendarDate; readonly digest: string };
  readonly proof?: Proof;
  /** The latest day from which the bank refused to tell entries, where it said no more than that. */
  readonly refused?: CalendarDate;
  /** The bank does not show it any more. */
  readonly gone?: GoneAccount;
  /** The bank allows no such call for this account before then, when the user is not there. */
  readonly limitedUntil?: Readonly<Partial<Record<CallKind, Instant>>>;
  /** From when on to ask next: the last sync had to end as it had found out that the bank refuses the day before. */
  readonly askFrom?: CalendarDate;
  /** A reconnect could not tell which of these (externalId) it is: it is not synced until the user has said so. */
  readonly candidates?: readonly string[];
}

/** Of an account that the bank does not show any more. */
export interface GoneAccount {
  readonly since: Instant;
  /** How often it was asked for in vain. */
  readonly tries: number;
  /** The bank's list of accounts was without it, which the user has seen: to be told is nothing, and nothing failed. */
  readonly isSeen?: true;
}

/** What is kept of one bank account in a book, by whichever connection or file it came; it outlives connections. */
export interface LedgerDoc {
  /**
   * Names of its statement pages, in order. A page begins with the first day of a month (`2026-03`) or, where a month is
   * split, with a day (`2026-03-14`, then `2026-03-14.001` for more of the same day), and ends where the next one begins.
   */
  readonly pages: readonly string[];
  /** Sum of the booked entries kept, minor units of the account's currency; entries in another one are not in it. */
  readonly bookedMinor: number;
  /** What the account held before its first entry of that day or later; absent until a bank told a balance. */
  readonly opening?: Opening;
}

export interface Opening {
  /** In minor units of the account's currency. */
  readonly minor: number;
  readonly from: CalendarDate;
  /** No balance after an entry told it: it is what makes the first sync's entries lead to the bank's balance. */
  readonly isAssumed?: true;
}

/** A sync or an import that changed something; key: its id, which its entries and batches carry. */
export interface RunDoc {
  readonly bookId: string;
  readonly kind: RunKind;
  readonly at: Instant;
  readonly connectionId?: string;
  readonly accounts: readonly RunAccount[];
  readonly newRows: number;
  readonly undoneAt?: Instant;
}

/** Of one account, what a run touched and how far the account's fetches had come before it. */
export interface RunAccount {
  readonly key: string;
  readonly currency: string;
  readonly bookAccount: string;
  /** First and last day of the entries that it saw. */
  readonly from: CalendarDate;
  readonly to: CalendarDate;
  readonly keptFrom?: CalendarDate;
  readonly watermark?: CalendarDate;
  /** The opening balance was known before it. */
  readonly hadOpening?: true;
}

/** What a bank answered, kept until the user has looked at what would become of it; key: `${connectionId}~${random}`. */
export interface PreviewDoc {
  readonly bookId: string;
  readonly connectionId: string;
  readonly at: Instant;
  /** Of the last sync before it: after another one it is no longer what would become of the book. */
  readonly lastRunId?: string;
  readonly accounts: readonly {
    readonly key: string;
    readonly from: CalendarDate;
    readonly balance?: Balance;
    readonly refused?: CalendarDate;
    /** Documents that hold its entries: this many, keyed by `previewPartKey`. */
    readonly parts: number;
  }[];
  readonly hasEntries: boolean;
  readonly failed: readonly { readonly failure: Failure; readonly retryAfterSeconds?: number }[];
}

export interface PreviewPartDoc {
  readonly entries: readonly ObservedEntry[];
}

/** One user's link to one institution, with its accounts. */
export interface ConnectionDoc {
  readonly bookId: string;
  readonly ownerId: string;
  readonly institution: Institution;
  readonly wayIn: WayIn;
  readonly name: string;
  readonly state: ConnectionState;
  readonly createdAt: Instant;
  readonly consent: Consent;
  /** The connector's Grant under lock, bound to the connection's id; absent once it is removed. */
  readonly grant?: Sealed;
  /** When the grant was sealed. */
  readonly sealedAt?: Instant;
  /** By which notices of the bank name it; unique in practice, of [a-zA-Z0-9:._-]. */
  readonly noticeKey?: string;
  /** What the user accepted before the first connection or the last renewal. */
  readonly terms: Terms;
  /** Every how many hours it is synced; absent: the default. */
  readonly everyHours?: SyncInterval;
  /** The accesses to the bank that are not in an access month yet, the oldest first: all of the last day at the least. */
  readonly accesses: readonly Access[];
  /** What the bank asks in the middle of a sync. */
  readonly confirmation?: PendingConfirmation;
  /** Since when and how often in a row syncs have failed for a reason that heals by itself. */
  readonly failing?: { readonly since: Instant; readonly count: number };
  /** When the user is to be told of something next; absent when of nothing that is known now. */
  readonly noticeAt?: Instant;
  readonly accounts: readonly AccountDoc[];
  /** When the schedule syncs next; absent where it does not. */
  readonly dueAt?: Instant;
  readonly lease?: ConnectionLease;
  readonly failure?: Failure;
  readonly lastSyncedAt?: Instant;
  readonly lastResult?: SyncResult;
  /** Of the sync that gave lastResult. */
  readonly lastRunId?: string;
}

/** What the user accepted, and when. */
export interface Terms {
  /** Of the texts (cloud/core/terms.ts). */
  readonly version: string;
  readonly acceptedAt: Instant;
}

/** A question of the bank that waits in the store, for whichever process gets the answer. */
export interface PendingConfirmation {
  readonly confirmation: Confirmation;
  /** The connector's Grant to go on with, bound to the same id as its document. */
  readonly state: Sealed;
  /** What is done with the access once it is there. */
  readonly cause: AccessCause;
  readonly askedAt: Instant;
  readonly expiresAt: Instant;
}

/** Accesses of one connection in one month; key: `${connectionId}~2026-11`. */
export interface AccessMonthDoc {
  readonly connectionId: string;
  /** YYYY-MM. */
  readonly month: string;
  /** The oldest first. */
  readonly accesses: readonly Access[];
}

/** A mail to be sent, or one that was: it stays as the mark that its cause was told; key: the mail's id. */
export interface MailDoc extends Mail {
  readonly state: 'waiting' | 'sending' | 'sent' | 'refused' | 'unknown';
  /** When it was written, tried last, or sent. */
  readonly at: Instant;
  readonly tries: number;
  /** When to try it; of one that is being sent, when to give up knowing what became of it. */
  readonly dueAt?: Instant;
}

/**
 * A notice that was taken, so that it does not count twice; key: `${connector}~${a hash of its id}`. And the last one
 * that started a sync of a connection; key: the connection's.
 */
export interface NoticeDoc {
  readonly at: Instant;
}

/** How far a sync or an import is that takes longer than a moment; key: the connection's, the file's. */
export interface ProgressDoc extends SyncProgress {
  readonly at: Instant;
}

/** Entries of some days of an account as we keep them, in order of day and first sight. */
export interface StatementPageDoc {
  readonly entries: readonly Entry[];
}

/** What a row tells of its entry. */
export interface EntryFacts {
  readonly date: CalendarDate;
  readonly counterparty: string;
  readonly text: string;
  readonly amount: Money;
  readonly pending: boolean;
  readonly balanceAfter?: Money;
  readonly original?: Money;
  /** IBAN or another number of the counterparty's account. */
  readonly counterpartyAccount?: string;
}

/** What the book is to show of an entry from now on. */
export interface Draft {
  /** The entry's id, which is the row's. */
  readonly id: string;
  /** Path of the book account that the feed fills. */
  readonly account: string;
  /** What the draft before this one told; absent for a new row. The base of the three-way merge. */
  readonly was?: EntryFacts;
  /** Absent when the bank no longer shows the (pending) entry. */
  readonly now?: EntryFacts;
}

/** A batch of drafts on its way to the sheet; deleted once it stands there. */
export interface OutboxDoc {
  readonly bookId: string;
  readonly createdAt: Instant;
  /** The run that made it. */
  readonly runId: string;
  readonly drafts: readonly Draft[];
  readonly accounts: readonly AccountBalances[];
  /** Where its run has more drafts than these: how many come before them, and how many there are. */
  readonly part?: { readonly before: number; readonly total: number };
}

/** What a book wants of suggestions, and what its users have refused; key: the book's id. */
export interface SuggestionDoc {
  /** Absent: the defaults. */
  readonly settings?: SuggestionSettings;
  /** Pairs of rows that are no transfers (pairKey), the newest last. */
  readonly rejectedPairs: readonly string[];
  /** Rules that are not proposed again, the newest last. */
  readonly dismissedRules: readonly string[];
}

/**
 * A part of what the first `rows` posted rows of a book have taught, in their order; key: learnerKey. Nothing is lost with
 * it: the book itself gives the same again.
 */
export interface LearnerPartDoc {
  readonly rows: number;
  /** Of those rows: where it differs, they are others now. */
  readonly digest: string;
  /** How many parts there are. */
  readonly parts: number;
  /** Base64. */
  readonly bytes: string;
}

/** A book account that the Accounts tab must have, with what its bank says it holds and what its entries lead to. */
export interface AccountBalances {
  readonly bookAccount: BookAccount;
  readonly bankBalance?: Money;
  readonly bookBalance?: Money;
}

/**
 * A user's way through the connect page, kept by the browser's session or, before it, by the one-time link. With
 * `connectionId` from the start it renews that connection.
 */
export interface ConnectDoc {
  readonly bookId: string;
  readonly userId: string;
  readonly expiresAt: Instant;
  /** ISO 3166-1 alpha-2. */
  readonly country?: string;
  readonly terms?: Terms;
  /** Absent until the user has chosen a bank and the way in. */
  readonly institution?: Institution;
  /** What the user calls the connection. */
  readonly name?: string;
  /** From the bank's page back to us; set while the user is at the bank. */
  readonly state?: string;
  /** What the bank asks; sealed under the session's own key. */
  readonly confirmation?: PendingConfirmation;
  /** What the bank granted; its accounts are read next. */
  readonly granted?: GrantedAccess;
  /** Until when the bank is being asked: nobody else asks it meanwhile. */
  readonly askingUntil?: Instant;
  /** What went wrong last, for the page that comes next. */
  readonly failure?: Failure;
  /** The connection to renew, or the one that was made. */
  readonly connectionId?: string;
  /** Set once the bank has said yes. */
  readonly isDone?: true;
}

/** A connector's `granted`, its Grant bound to the session's key. */
export interface GrantedAccess {
  readonly state: Sealed;
  readonly validUntil?: CalendarDate;
  readonly grantedAt?: Instant;
  readonly unattendedPerDay?: number;
  readonly noticeKey?: string;
}

export const books: Collection<BookDoc> = { name: 'books', indexed: [] };
export const connections: Collection<ConnectionDoc> = {
  name: 'connections',
  indexed: ['bookId', 'dueAt', 'noticeAt', 'sealedAt', 'noticeKey'],
};
export const accessMonths: Collection<AccessMonthDoc> = {
  name: 'accessMonths',
  indexed: ['connectionId', 'month'],
};
export const mails: Collection<MailDoc> = { name: 'mails', indexed: ['at', 'dueAt'] };
export const notices: Collection<NoticeDoc> = { name: 'notices', indexed: ['at'] };
export const progresses: Collection<ProgressDoc> = { name: 'progresses', indexed: [] };
export const statementPages: Collection<StatementPageDoc> = { name: 'statementPages', indexed: [] };
export const outbox: Collection<OutboxDoc> = { name: 'outbox', indexed: ['bookId', 'createdAt'] };
export const connects: Collection<ConnectDoc> = { name: 'connects', indexed: ['expiresAt'] };
export const ledgers: Collection<LedgerDoc> = { name: 'ledgers', indexed: [] };
export const runs: Collection<RunDoc> = { name: 'runs', indexed: [] };
export const previews: Collection<PreviewDoc> = {
  name: 'previews',
  indexed: ['connectionId', 'at'],
};
export const suggestions: Collection<SuggestionDoc> = { name: 'suggestions', indexed: [] };
export const learnerParts: Collection<LearnerPartDoc> = { name: 'learnerParts', indexed: [] };
export const previewParts: Collection<PreviewPartDoc> = { name: 'previewParts', indexed: [] };

export function ledgerKey(bookId: string, accountKey: string): string {
  return `${bookId}~${accountKey}`;
}

export function learnerKey(bookId: string, part: number): string {
  return `${bookId}~${part}`;
}

/** Key of a part of what a bank answered of one account. */
export function previewPartKey(previewId: string, accountKey: string, part: number): string {
  return `${previewId}~${accountKey}~${part}`;
}

/** Key of a page of one account of one book, by its name in the ledger. */
export function pageKey(bookId: string, accountKey: string, page: string): string {
  return `${bookId}~${accountKey}~${page}`;
}

/** Key of a batch of the outbox: batches of one book sort by it in the order in which they were made. */
export function batchKey(createdAt: Instant, number: number, random: string): string {
  return `${createdAt.replace(/\D/g, '')}-${String(number).padStart(4, '0')}-${random}`;
}
