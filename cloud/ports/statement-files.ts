import type { BankAccountType, ObservedEntry } from '../../shared/bank.ts';

/** What a file says of one account in one currency. */
export interface FileStatement {
  readonly account: { readonly iban?: string; readonly number?: string; readonly name?: string };
  /** ISO 4217; absent where the file names none. */
  readonly currency?: string;
  readonly entries: readonly ObservedEntry[];
  /** What was left out, with its line from 1: sentences without the file's content. */
  readonly problems: readonly { readonly line: number; readonly message: string }[];
}

/**
 * Reads a statement file of any known format; `account` says what the file leaves open: the currency of its amounts, and
 * of what kind it is. Throws FailureError `file-unreadable`, with what is wrong and what to do.
 */
export type ReadStatementFile = (
  bytes: Uint8Array,
  account: { readonly currency: string; readonly type: BankAccountType },
) => readonly FileStatement[];
