import type { BankAccountType, ObservedEntry } from '../../shared/bank.ts';
import type { CalendarDate } from '../../shared/calendar-date.ts';
import type { Money } from '../../shared/money.ts';
import type { FileAnswers, FileQuestion } from '../../shared/statement-files.ts';

/** What a file says of one account in one currency. */
export interface FileStatement {
  /** Of the file: 'csv', 'mt940'. */
  readonly format: string;
  /** The same for all files that are laid out alike; no content can be read from it. */
  readonly layout?: string;
  readonly account: {
    readonly iban?: string;
    readonly number?: string;
    readonly name?: string;
    readonly holder?: string;
    readonly type: BankAccountType;
  };
  /** ISO 4217; absent where the file names none. */
  readonly currency?: string;
  /** Sum of the booked entries after the last one, at the end of that day where the file tells it. */
  readonly closing?: { readonly amount: Money; readonly date?: CalendarDate };
  readonly entries: readonly ObservedEntry[];
  /** What was left out, with its line from 1: sentences without the file's content. */
  readonly problems: readonly { readonly line: number; readonly message: string }[];
}

/** At least one statement, which may have no entries; or what only the file's user knows. */
export type FileReading =
  | { readonly kind: 'statements'; readonly statements: readonly FileStatement[] }
  | { readonly kind: 'question'; readonly question: FileQuestion };

/** What is known besides the file: the currency of amounts for which it names none, of what kind its account is. */
export interface KnownOfFile {
  readonly currency?: string;
  readonly type?: BankAccountType;
  readonly answers?: FileAnswers;
}

/**
 * Reads a statement file of any known format, as it is or as gzip. Throws FailureError `file-unreadable`, with what is wrong and what to do.
 */
export type ReadStatementFile = (bytes: Uint8Array, known: KnownOfFile) => FileReading;
