import type { SyncProgress, SyncResult } from '../../shared/api.ts';
import type {
  Balance,
  ConnectionState,
  Consent,
  Entry,
  Institution,
  ObservedAccount,
  WayIn,
} from '../../shared/bank.ts';
import type { BookAccount, Feed } from '../../shared/book.ts';
import type { CalendarDate, Instant } from '../../shared/calendar-date.ts';
import type { Failure } from '../../shared/failures.ts';
import type { Money } from '../../shared/money.ts';
import type { Grant } from '../ports/bank-connector.ts';
import type { Collection } from '../ports/store.ts';

/** Held by one worker at a time; a dead worker's lease ends by itself. */
export interface Lease {
  readonly holder: string;
  readonly until: Instant;
}

/** A spreadsheet in which Bookfeed was opened; its key is the spreadsheet's id. */
export interface BookDoc {
  readonly createdAt: Instant;
  /** When each user last proved that they may edit the spreadsheet. */
  readonly editors: Readonly<Record<string, { readonly provenAt: Instant }>>;
  /** Proofs asked for and not yet found, by user. */
  readonly proofs: Readonly<Record<string, { readonly proof: string; readonly askedAt: Instant }>>;
  /** Of the delivery that is under way. */
  readonly lease?: Lease;
  readonly sheetFailure?: Failure;
}

/** A bank account of a connection, with what we know of its entries. */
export interface AccountDoc extends ObservedAccount {
  /** Survives reconnects; pages are kept under it. */
  readonly key: string;
  readonly balance?: Balance;
  readonly feed?: Feed;
  /** From this day to the watermark everything is stored; both are set by complete fetches alone. */
  readonly keptFrom?: CalendarDate;
  /** The newest day that is stored complete. */
  readonly watermark?: CalendarDate;
  /** Months (YYYY-MM) that have a statement page, in order. */
  readonly months: readonly string[];
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
  readonly grant: Grant;
  readonly accounts: readonly AccountDoc[];
  /** When the schedule syncs next; absent where it does not. */
  readonly dueAt?: Instant;
  readonly lease?: Lease;
  readonly failure?: Failure;
  readonly lastSyncedAt?: Instant;
  readonly lastResult?: SyncResult;
}

/** How far a sync is that takes longer than a moment; key: the connection's. */
export interface ProgressDoc extends SyncProgress {
  readonly at: Instant;
}

/** A month of an account's entries as we keep them, in order of day and first sight. */
export interface StatementPageDoc {
  readonly month: string;
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
  readonly drafts: readonly Draft[];
  /** Book accounts that the Accounts tab must have, with what their bank says they hold. */
  readonly accounts: readonly { readonly bookAccount: BookAccount; readonly booked?: Money }[];
}

/** A user's way through the connect page, kept by the browser's session or, before it, by the one-time link. */
export interface ConnectDoc {
  readonly bookId: string;
  readonly userId: string;
  readonly expiresAt: Instant;
  /** Absent until the user has chosen a bank. */
  readonly institution?: Institution;
  readonly privacyAcceptedAt?: Instant;
  /** From the bank's page back to us; set while the user is at the bank. */
  readonly state?: string;
  readonly grant?: Grant;
  /** Set once the bank has said yes. */
  readonly connectionId?: string;
}

export const books: Collection<BookDoc> = { name: 'books', indexed: [] };
export const connections: Collection<ConnectionDoc> = {
  name: 'connections',
  indexed: ['bookId', 'dueAt'],
};
export const progresses: Collection<ProgressDoc> = { name: 'progresses', indexed: [] };
export const statementPages: Collection<StatementPageDoc> = { name: 'statementPages', indexed: [] };
export const outbox: Collection<OutboxDoc> = { name: 'outbox', indexed: ['bookId', 'createdAt'] };
export const connects: Collection<ConnectDoc> = { name: 'connects', indexed: [] };

/** Key of the page of one month of one account of one book. */
export function pageKey(bookId: string, accountKey: string, month: string): string {
  return `${bookId}~${accountKey}~${month}`;
}

/** Key of a batch of the outbox: batches of one book sort by it in the order in which they were made. */
export function batchKey(createdAt: Instant, number: number, random: string): string {
  return `${createdAt.replace(/\D/g, '')}-${String(number).padStart(4, '0')}-${random}`;
}
