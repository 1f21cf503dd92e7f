import { createHash } from 'node:crypto';
import type { CalendarDate, Instant } from '../../shared/calendar-date.ts';
import type { Failure } from '../../shared/failures.ts';
import type { FileAnswers, FileChoices } from '../../shared/statement-files.ts';
import type { Collection } from '../ports/store.ts';
import type { AccountDoc, Lease } from './documents.ts';

/** A file on its way into a book; key: filePlaceKey's, one of the few places that a user of a book has. */
export interface FileDoc {
  readonly bookId: string;
  /** ownerOf book and user: nobody else sees it. */
  readonly owner: string;
  /** As whoever sends it has made it up. */
  readonly fileId: string;
  /** As the user's machine named it. */
  readonly name: string;
  readonly parts: number;
  readonly at: Instant;
  /** It goes then, whatever became of it. */
  readonly expiresAt: Instant;
  readonly state: 'open' | 'importing' | 'done' | 'failed';
  /** Set once it is to be imported. */
  readonly order?: FileOrder;
  /** Of a worker; when it ends, the schedule finds the file by `dueAt`. */
  readonly lease?: Lease;
  readonly dueAt?: Instant;
  /** Of a file that is done. */
  readonly newRows?: number;
  readonly failure?: Failure;
}

export interface FileOrder {
  readonly choices: FileChoices;
  /** Its run, whoever works on it and however often. */
  readonly runId: string;
  /** How many workers have begun. */
  readonly tries: number;
}

/** A part of a file; key: filePartKey. */
export interface FilePartDoc {
  /** Another file may have had this place. */
  readonly fileId: string;
  /** Base64. */
  readonly content: string;
}

/** What a book knows of its files; key: the book's id. */
export interface ImportsDoc {
  /** Accounts that files alone fill, each with its feed. */
  readonly accounts: readonly FileAccountDoc[];
  /** What the user has answered of files laid out so, the newest last. */
  readonly layouts: readonly { readonly layout: string; readonly answers: FileAnswers }[];
  /** Where entries of an account that a file tells so (FileAccount.memory) went last, the newest last. */
  readonly targets: readonly { readonly of: string; readonly accountKey: string }[];
}

/** `externalId` is ''. `balance` is of the newest closing balance, and `watermark` the day at whose end it was. */
export type FileAccountDoc = AccountDoc &
  Required<Pick<AccountDoc, 'feed'>> & {
    /** What the newest files said that it held at the end of a day, by run, the newest last; minor units. */
    readonly closings?: readonly FileClosing[];
  };

export interface FileClosing {
  readonly runId: string;
  readonly day: CalendarDate;
  readonly minor: number;
}

export const files: Collection<FileDoc> = {
  name: 'files',
  indexed: ['owner', 'dueAt', 'expiresAt'],
};
export const fileParts: Collection<FilePartDoc> = { name: 'fileParts', indexed: [] };
export const imports: Collection<ImportsDoc> = { name: 'imports', indexed: [] };

export function ownerOf(bookId: string, userId: string): string {
  return digest([bookId, userId]);
}

/** Key of one of the places for files that a user of a book has. */
export function filePlaceKey(bookId: string, owner: string, place: number): string {
  return `${bookId}~${owner}~${place}`;
}

export function filePartKey(fileKey: string, part: number): string {
  return `${fileKey}~${part}`;
}

/** 24 hex digits, from which nothing can be read. */
export function digest(facts: readonly (string | undefined)[]): string {
  return createHash('sha256').update(JSON.stringify(facts)).digest('hex').slice(0, 24);
}

/** The first and the last day of some entries. */
export interface Period {
  readonly from: CalendarDate;
  readonly to: CalendarDate;
}
