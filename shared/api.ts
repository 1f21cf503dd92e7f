import { z } from 'zod';
import type { BankAccountType, ConnectionState, WayIn } from './bank.ts';
import type { BookAccount } from './book.ts';
import { type CalendarDate, type Instant, isCalendarDate } from './calendar-date.ts';
import type { Failure, FailureView } from './failures.ts';

const id = z.string().regex(/^[A-Za-z0-9._~-]{1,200}$/);
const bookPath = z
  .string()
  .trim()
  .max(200)
  .regex(/^[^:\s][^:]*(:[^:]+)*$/, 'parts joined by single colons, as Assets:Checking');

/** What the add-on may ask, by name, with its arguments: parsed at the door of the cloud. */
export const apiCalls = {
  overview: z.strictObject({}),
  startConnect: z.strictObject({}),
  linkAccount: z.strictObject({
    connectionId: id,
    accountKey: id,
    bookAccount: z.strictObject({
      path: bookPath,
      type: z.enum(['asset', 'liability', 'income', 'expense', 'equity']),
    }),
    from: z.string().refine(isCalendarDate, 'a day as YYYY-MM-DD'),
  }),
  /** Without connectionId: all of the book. */
  syncNow: z.strictObject({ connectionId: id.optional() }),
} as const;

export type ApiCall = keyof typeof apiCalls;
export type ApiArgs<C extends ApiCall> = z.infer<(typeof apiCalls)[C]>;

/** Body of `POST /api/<call>`; Google's ID token stands in `Authorization: Bearer`. */
export const apiRequest = z.strictObject({
  /** Of the spreadsheet in which the caller stands. */
  spreadsheetId: z.string().regex(/^[A-Za-z0-9_-]{10,200}$/),
  args: z.unknown(),
});

export interface ApiAnswers {
  overview: Overview;
  /** A one-time link to the connect page. */
  startConnect: { readonly url: string };
  linkAccount: Overview;
  syncNow: Overview;
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
  readonly connections: readonly ConnectionView[];
  /** Why rows that wait could not be written to the sheet. */
  readonly sheetFailure?: FailureView;
}

export interface ConnectionView {
  readonly id: string;
  readonly name: string;
  readonly institution: string;
  readonly wayIn: WayIn;
  readonly state: ConnectionState;
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
  readonly currency: string;
  /** Booked balance, decimal text in the account's currency. */
  readonly balance?: string;
  /** How far back an ordinary fetch at this bank reaches. */
  readonly historyDays: number;
  readonly feed?: { readonly bookAccount: BookAccount; readonly from: CalendarDate };
}

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
  readonly failure?: F;
}
