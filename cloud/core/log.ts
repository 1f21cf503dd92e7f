import type { SyncResult } from '../../shared/api.ts';
import { type FailureCode, toFailure } from '../../shared/failures.ts';

/** One line of the log: an event with ids, counts and codes. Never a name, IBAN, text of a bank, or token. */
export interface LogLine {
  readonly severity: 'INFO' | 'WARNING' | 'ERROR';
  readonly event: string;
  readonly [field: string]: string | number | undefined;
}

export type Log = ReturnType<typeof createLog>;

/** All lines that the core writes, by name. `write` puts one line where the operator reads. */
export function createLog(write: (line: LogLine) => void) {
  return {
    synced: (connectionId: string, { outcome, newRows, settled, removed, failure }: SyncResult) =>
      write({
        severity: failure ? 'WARNING' : 'INFO',
        event: 'synced',
        connectionId,
        outcome,
        newRows,
        settled,
        removed,
        failure: failure?.code,
      }),
    bankFailed: (connectionId: string, code: FailureCode, detail?: string) =>
      write({ severity: 'WARNING', event: 'bank-failed', connectionId, code, detail }),
    imported: (bookId: string, newRows: number) =>
      write({ severity: 'INFO', event: 'imported', bookId, newRows }),
    importFailed: (bookId: string, code: FailureCode) =>
      write({ severity: 'WARNING', event: 'import-failed', bookId, code }),
    delivered: (bookId: string, appended: number, updated: number, removed: number) =>
      write({ severity: 'INFO', event: 'delivered', bookId, appended, updated, removed }),
    deliveredByAddon: (bookId: string, batches: number) =>
      write({ severity: 'INFO', event: 'delivered-by-addon', bookId, batches }),
    deliveryFailed: (bookId: string, code: FailureCode) =>
      write({ severity: 'WARNING', event: 'delivery-failed', bookId, code }),
    /** A permission that could not be given back. */
    bankNotTold: (connectionId: string, error: unknown) =>
      write({
        severity: 'WARNING',
        event: 'bank-not-told',
        connectionId,
        code: toFailure(error).code,
      }),
    /** What is kept of a connection can be opened by no key: its user has to renew it. */
    secretUnreadable: (connectionId: string) =>
      write({ severity: 'WARNING', event: 'secret-unreadable', connectionId }),
    connected: (connectionId: string, accounts: number) =>
      write({ severity: 'INFO', event: 'connected', connectionId, accounts }),
    scheduled: (connections: number, books: number) =>
      write({ severity: 'INFO', event: 'scheduled', connections, books }),
    /** A connection has stopped, and only whoever runs this Bookfeed can mend it. */
    operatorNeeded: (connectionId: string, code: FailureCode) =>
      write({ severity: 'ERROR', event: 'operator-needed', connectionId, code }),
    mailSent: (mailId: string, tries: number) =>
      write({ severity: 'INFO', event: 'mail-sent', mailId, tries }),
    mailNotSent: (mailId: string, state: 'refused' | 'unknown', tries: number) =>
      write({ severity: 'WARNING', event: 'mail-not-sent', mailId, state, tries }),
    mailWithoutAddress: (mailId: string) =>
      write({ severity: 'INFO', event: 'mail-without-address', mailId }),
    /** A provider's list of banks did not come: the one before stays. */
    banksNotListed: (connector: string, code: FailureCode) =>
      write({ severity: 'WARNING', event: 'banks-not-listed', connector, code }),
    noticeRefused: (connector: string) =>
      write({ severity: 'WARNING', event: 'notice-refused', connector }),
    /** A defect of ours: the stack tells where, and its first line (the message) is left out, it may quote input. */
    defect: (where: string, error: unknown) =>
      write({
        severity: 'ERROR',
        event: 'defect',
        where,
        error: error instanceof Error ? error.name : typeof error,
        stack: error instanceof Error ? stackOf(error) : undefined,
      }),
  };
}

function stackOf(error: Error): string {
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return frames.slice(0, 8).join('\n');
}
