import { z } from 'zod';
import type { ChangePreview, Overview } from './api.ts';
import type { CalendarDate } from './calendar-date.ts';
import type { FailureView } from './failures.ts';
import { fileBytesMax, filePartBytes } from './file-limits.ts';

/** What a file may leave open, and only its user can say. */
export const fileQuestionKeys = [
  /** Whether the day or the month stands first; where the file tells no sign either, both in one: 'mdy-turned'. */
  'date-order',
  /** Whether 1,234 is a thousand or little more than one. */
  'decimal-style',
  /** Whether a positive amount came in or went out. */
  'sign',
  /** Which column is the date, or the amount that is booked. */
  'columns',
] as const;
export type FileQuestionKey = (typeof fileQuestionKeys)[number];

/** Ids of options, by question. */
export type FileAnswers = Readonly<Partial<Record<FileQuestionKey, string>>>;

/** A question that a file leaves open; at most one at a time. */
export interface FileQuestion {
  readonly key: FileQuestionKey;
  /** The same for all files that are laid out alike, so that an answer holds for each; no content can be read from it. */
  readonly layout: string;
  /** A sentence without the file's content. */
  readonly message: string;
  readonly options: readonly FileOption[];
}

export interface FileOption {
  /** Of [a-z0-9-]; goes into FileAnswers. */
  readonly id: string;
  /** In a few words: 'Day first'. */
  readonly label: string;
  /** What some of the file's lines would then be, at most three: '03/04/2026 is 3 April 2026'. */
  readonly examples: readonly string[];
}

const id = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._~-]{0,199}$/);

/** Where the entries of an account in a file go: a bank account of the book, or a book account that files alone fill. */
const fileTarget = z.union([
  z.strictObject({ accountKey: id }),
  z.strictObject({
    bookAccount: z.strictObject({
      path: z
        .string()
        .trim()
        .max(200)
        .regex(/^[^:\s][^:]*(:[^:]+)*$/, 'parts joined by single colons, as Assets:Checking'),
      type: z.enum(['asset', 'liability']),
      /** ISO 4217, where the book names one: of amounts for which the file names none. */
      currency: z
        .string()
        .regex(/^[A-Z]{3}$/)
        .optional(),
    }),
  }),
]);
export type FileTarget = z.infer<typeof fileTarget>;

/** What the user has said of a file so far. */
export const fileChoices = z.strictObject({
  answers: z.partialRecord(z.enum(fileQuestionKeys), z.string().regex(/^[a-z0-9-]{1,40}$/)),
  /** By FileAccountView.key; null: not imported. Absent: what Bookfeed has found. */
  targets: z.record(z.string().regex(/^[0-9a-f]{24}$/), fileTarget.nullable()),
  /** Also entries before the day from which the account makes rows: that day becomes the file's first. */
  isFromStart: z.boolean(),
});
export type FileChoices = z.infer<typeof fileChoices>;

/** Most parts in which a file of that size comes. */
const partMax = Math.ceil(fileBytesMax / filePartBytes) + 1;
const base64Max = Math.ceil(filePartBytes / 3) * 4;

/** Calls of an import, with their arguments; `fileId` is made up by who sends the file. */
export const fileCalls = {
  /** A part of a file as Base64, from 0; the parts together are the file, as it is or as gzip. */
  putFile: z.strictObject({
    fileId: id,
    name: z.string().max(200),
    part: z
      .int()
      .min(0)
      .max(partMax - 1),
    parts: z.int().min(1).max(partMax),
    content: z.base64().max(base64Max),
  }),
  previewFile: z.strictObject({ fileId: id, choices: fileChoices }),
  /**
   * Takes it in, in the background: Overview.imports tells how far it is. One that failed may be tried again so, without
   * `choices` by what was said then.
   */
  importFile: z.strictObject({ fileId: id, choices: fileChoices.optional() }),
  /** Files no longer fill that account: its rows stay, and a file that tells it later goes on where it was. */
  removeFileAccount: z.strictObject({ accountKey: id }),
  /** The user does not want it after all. */
  dropFile: z.strictObject({ fileId: id }),
} as const;

/** What a file holds, and what its import would do. */
export interface FilePreview {
  /** Of the file's format, as people know it: 'CSV', 'MT940'; '' while there is a question. */
  readonly format: string;
  /** Set: nothing else is told until it is answered. */
  readonly question: FileQuestion | null;
  /** What was answered as for the last file laid out like it, by the id of the option; an answer in FileChoices wins. */
  readonly remembered: readonly { readonly question: FileQuestion; readonly answer: string }[];
  readonly accounts: readonly FileAccountView[];
}

/** An account in a file, in one currency. */
export interface FileAccountView {
  /** In this file: stays the same over previews of it; 24 hex digits. */
  readonly key: string;
  /** IBAN, number or name as the file has it; '' where it has none. */
  readonly name: string;
  /** ISO 4217; null where the file names none and no account is known yet. */
  readonly currency: string | null;
  /** Days of the first and the last entry; null without entries. */
  readonly period: { readonly from: CalendarDate; readonly to: CalendarDate } | null;
  /** Booked ones; pending ones are left out. */
  readonly entries: number;
  readonly pending: number;
  /** The first hundred. */
  readonly problems: readonly { readonly line: number; readonly message: string }[];
  readonly problemCount: number;
  /** Null: the user has to say, or said that it is not imported. */
  readonly target: FileTarget | null;
  /** How that was told: by the account's number, by what the user chose last time, or by the user now. */
  readonly targetBy: 'number' | 'last-time' | 'user' | null;
  /** What the import would do; null without target. `known`: entries that are there already. */
  readonly change: (ChangePreview & { readonly beforeStart: number }) | null;
  /** Why it cannot go there. */
  readonly failure?: FailureView;
}

/** A file of the caller that is being imported, or that was within the last hour. */
export interface ImportView {
  readonly fileId: string;
  /** As the user's machine named it. */
  readonly name: string;
  readonly state: 'importing' | 'done' | 'failed';
  /** Entries taken in so far. */
  readonly progress?: { readonly done: number; readonly total: number };
  /** Once it is done, while its rows are being written to the sheet: how many stand there. */
  readonly rows?: { readonly done: number; readonly total: number };
  /** Once it is done: the run to undo, absent where it brought nothing. */
  readonly runId?: string;
  readonly newRows?: number;
  readonly failure?: FailureView;
}

export interface FileCallAnswers {
  putFile: null;
  previewFile: FilePreview;
  importFile: Overview;
  removeFileAccount: Overview;
  dropFile: null;
}
