import type { BankAccountType, ObservedEntry } from '../../shared/bank.ts';
import { type CalendarDate, earliestOf, latestOf } from '../../shared/calendar-date.ts';
import type { Money } from '../../shared/money.ts';
import type { FileAnswers, FilePreview, FileQuestion } from '../../shared/statement-files.ts';
import type { FileStatement, KnownOfFile, ReadStatementFile } from '../ports/statement-files.ts';
import { dayTold } from './entry-day.ts';
import { digest, type ImportsDoc, type Period } from './file-documents.ts';
import { admitEntry } from './well-formed.ts';

/** A file as far as it can be read with what is known. */
export type ReadFile =
  | { readonly kind: 'question'; readonly question: FileQuestion; readonly remembered: Remembered }
  | {
      readonly kind: 'read';
      readonly format: string;
      readonly accounts: readonly FileAccount[];
      readonly remembered: Remembered;
      /** All that was answered, by the user now or for an earlier file. */
      readonly answers: FileAnswers;
      /** How it is laid out, where that is known. */
      readonly layouts: readonly string[];
    };
type Remembered = FilePreview['remembered'];

/** An account in one currency, as one file tells it in one statement or several. */
export interface FileAccount {
  readonly key: string;
  /** By which it is remembered where its entries go: its number or, without one, the file's layout. */
  readonly memory: string;
  readonly iban?: string;
  readonly number?: string;
  readonly name?: string;
  readonly holder?: string;
  readonly type: BankAccountType;
  /** Absent where the file names none. */
  readonly currency?: string;
  /** The booked ones. */
  readonly entries: readonly ObservedEntry[];
  readonly pending: number;
  readonly period: Period | null;
  /** The last of its closing balances. */
  readonly closing?: { readonly amount: Money; readonly date: CalendarDate };
  readonly problems: FileStatement['problems'];
}

/**
 * Reads a file with the user's answers; what they leave open is answered as for the last file that was laid out so.
 * @throws FailureError `file-unreadable`
 */
export function readFile(
  read: ReadStatementFile,
  bytes: Uint8Array,
  { answers: given = {}, ...known }: KnownOfFile,
  layouts: ImportsDoc['layouts'],
): ReadFile {
  const remembered: Remembered[number][] = [];
  for (;;) {
    const before = remembered.map(({ question, answer }) => [question.key, answer]);
    const answers: FileAnswers = { ...Object.fromEntries(before), ...given };
    const reading = read(bytes, { ...known, answers });
    if (reading.kind === 'statements') {
      const { statements } = reading;
      return {
        kind: 'read',
        format: statements[0]?.format ?? '',
        accounts: accountsOf(statements),
        remembered,
        answers,
        layouts: [...new Set(statements.flatMap(({ layout }) => layout ?? []))],
      };
    }
    const { question } = reading;
    const last = layouts.find(({ layout }) => layout === question.layout)?.answers[question.key];
    const isNew = answers[question.key] === undefined;
    const option = isNew ? question.options.find(({ id }) => id === last) : undefined;
    if (!option) return { kind: 'question', question, remembered };
    remembered.push({ question, answer: option.id });
  }
}

/** IBAN or number without blanks, as it is compared. */
export const plainNumber = (text: string | undefined) =>
  (text ?? '').replace(/\s/g, '').toUpperCase();

/** Pages of a statement, months in one archive: what tells one account in one currency goes together. */
function accountsOf(statements: readonly FileStatement[]): readonly FileAccount[] {
  const named = Map.groupBy(statements, ({ account: { iban, number, name }, currency }) =>
    digest([plainNumber(iban ?? number ?? name), currency]),
  );
  return [...named].map(([key, together]) => accountOf(key, together));
}

function accountOf(key: string, statements: readonly FileStatement[]): FileAccount {
  const [first] = statements;
  const { iban, number, name, holder, type = 'current' } = first?.account ?? {};
  const { currency, layout, format } = first ?? {};
  const of = plainNumber(iban ?? number ?? name);
  const booked = statements.map(({ entries }) =>
    entries.filter(({ status }) => status === 'booked').map(admitEntry),
  );
  const all = statements.reduce((sum, { entries }) => sum + entries.length, 0);
  const isPending = booked.reduce((left, entries) => left - entries.length, all);
  const entries = joinStatements(booked);
  const closing = lastClosing(statements, booked);
  return {
    key,
    memory: digest(of ? ['number', of, currency] : ['layout', layout ?? format, currency]),
    type,
    ...(iban && { iban }),
    ...(number && { number }),
    ...(name && { name }),
    ...(holder && { holder }),
    ...(currency && { currency }),
    entries,
    pending: isPending,
    period: periodOf(entries),
    ...(closing && { closing }),
    problems: statements.flatMap(({ problems }) => problems),
  };
}

function lastClosing(
  statements: readonly FileStatement[],
  booked: readonly (readonly ObservedEntry[])[],
): FileAccount['closing'] {
  const told = statements.flatMap(({ closing }, at) => {
    const date = closing?.date ?? periodOf(booked[at] ?? [])?.to;
    return closing && date ? [{ amount: closing.amount, date }] : [];
  });
  return told.reduce<FileAccount['closing']>(
    (last, it) => (last && last.date > it.date ? last : it),
    undefined,
  );
}

/** The days of some entries; null where none has a day. */
export function periodOf(entries: readonly ObservedEntry[]): Period | null {
  return entries.reduce<Period | null>((period, entry) => {
    const day = dayTold(entry);
    return day ? hullOf(period, { from: day, to: day }) : period;
  }, null);
}

function hullOf(first: Period | null, second: Period | null): Period | null {
  if (!first || !second) return first ?? second;
  if (first.from <= second.from && first.to >= second.to) return first;
  return { from: earliestOf(first.from, second.from), to: latestOf(first.to, second.to) };
}

/**
 * All entries of an account's statements. Where two statements have more than a day in common, they tell the same
 * entries twice. Where one goes on in the day in which the other ended, only what carries the same reference is the same.
 */
function joinStatements(
  statements: readonly (readonly ObservedEntry[])[],
): readonly ObservedEntry[] {
  if (statements.length < 2) return statements[0] ?? [];
  const joined: ObservedEntry[] = [];
  const told = new Map<string, number>();
  let hull: Period | null = null;
  for (const entries of statements) {
    const period = periodOf(entries);
    const touches = touchingDay(hull, period);
    const seen = new Map<string, number>();
    for (const entry of entries) {
      const word = wordOf(entry);
      const nth = (seen.get(word) ?? 0) + 1;
      seen.set(word, nth);
      const isFurther = touches !== undefined && dayTold(entry) === touches && !entry.reference;
      if (nth > (told.get(word) ?? 0) || isFurther) joined.push(entry);
    }
    for (const [word, count] of seen) told.set(word, Math.max(count, told.get(word) ?? 0));
    hull = hullOf(hull, period);
  }
  return joined;
}

/** The one day that two periods have in common, at the edge of the first. */
function touchingDay(first: Period | null, second: Period | null): CalendarDate | undefined {
  if (!first || !second) return undefined;
  const from = latestOf(first.from, second.from);
  const isOne = from === earliestOf(first.to, second.to);
  return isOne && (from === first.from || from === first.to) ? from : undefined;
}

const wordOf = ({ reference, bookingDate, valueDate, amount, counterparty, text }: ObservedEntry) =>
  JSON.stringify([reference, bookingDate ?? valueDate, amount.minor, counterparty, text]);
