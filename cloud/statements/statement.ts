import type { BankAccountType, ObservedEntry } from '../../shared/bank.ts';
import type { CalendarDate } from '../../shared/calendar-date.ts';
import type { Money } from '../../shared/money.ts';
import type { FileAnswers, FileQuestion, FileQuestionKey } from '../../shared/statement-files.ts';

/** One account in one currency as a file shows it. A file holds one or more, in its own order. */
export interface Statement {
  readonly format: StatementFormat;
  /** The same for all files that are laid out alike, where that is told by a layout (tables); no content can be read from it. */
  readonly layout?: string;
  readonly account: StatementAccount;
  /** ISO 4217; absent where the file names none, and the amounts are then in `currencyWhereNone`. */
  readonly currency?: string;
  /** Sum of the booked entries before the first one. */
  readonly opening?: StatementBalance;
  /** Sum of the booked entries after the last one. */
  readonly closing?: StatementBalance;
  readonly entries: readonly ObservedEntry[];
  /** What was left out, and what could not be taken as it stands. */
  readonly problems: readonly StatementProblem[];
}

export type StatementFormat = 'ofx' | 'qif' | 'camt' | 'mt940' | 'n43' | 'csv' | 'xlsx' | 'xls';

/** What the file says of the account; an IBAN has right check digits, anything else is a number. */
export interface StatementAccount {
  readonly iban?: string;
  readonly number?: string;
  /** BIC, or the bank's code in its country. */
  readonly bank?: string;
  readonly name?: string;
  readonly holder?: string;
  readonly type: BankAccountType;
}

export interface StatementBalance {
  readonly amount: Money;
  /** At the end of which day; absent where the file gives no day that exists. */
  readonly date?: CalendarDate;
}

export interface StatementProblem {
  /** From 1, as an editor counts. */
  readonly line: number;
  /** A sentence without the file's content. */
  readonly message: string;
}

/** What a file cannot say by itself. */
export interface ReadOptions {
  /** The reader may free the file's bytes as soon as it has their text; they are gone afterwards. */
  readonly areBytesGiven?: boolean;
  /** ISO 4217, for amounts of a file that names none; XXX (no currency) when absent. */
  readonly currencyWhereNone?: string;
  /** What the account is, where the caller knows: a card's charges may be listed as positive amounts. */
  readonly accountType?: BankAccountType;
  /** What the user has said of files laid out like this one. */
  readonly answers?: FileAnswers;
}

export type StatementReading =
  | { readonly kind: 'statements'; readonly statements: readonly Statement[] }
  | { readonly kind: 'question'; readonly question: FileQuestion };

export type UnreadableReason =
  | 'empty'
  | 'too-large'
  | 'unknown-format'
  | 'truncated'
  | 'damaged'
  | 'no-statement'
  | FileQuestionKey;

/** Thrown for a file from which nothing is taken. `message` says what is wrong and what to do, never the content. */
export class StatementUnreadable extends Error {
  override readonly name = 'StatementUnreadable';
  readonly reason: UnreadableReason;
  /** Where it went wrong, from 1; absent where that is no one place. */
  readonly line: number | undefined;

  constructor(reason: UnreadableReason, message: string, line?: number, options?: ErrorOptions) {
    super(line === undefined ? message : `Line ${line}: ${message}`, options);
    this.reason = reason;
    this.line = line;
  }
}

/** Thrown by a reader where only the user can tell; readStatements turns it into the question. */
export class StatementAsks extends Error {
  override readonly name = 'StatementAsks';
  readonly question: FileQuestion;

  constructor(question: FileQuestion) {
    super(question.message);
    this.question = question;
  }
}
