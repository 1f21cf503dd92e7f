import type { CalendarDate } from '../../shared/calendar-date.ts';
import type { FailureView } from '../../shared/failures.ts';
import { fileBytesMax } from '../../shared/file-limits.ts';
import type { FileAccountView, FileTarget, ImportView } from '../../shared/statement-files.ts';
import { type ChosenFile, countNew, isReady, type NewFile } from './chosen-files.ts';
import type { SidebarState } from './state.ts';
import { accountNumber, type Wording } from './wording.ts';

type Number = Wording['number'];

/** Why a file is not even sent; null where it is. */
export function refusalOf({ bytes }: NewFile): FailureView | null {
  if (bytes > fileBytesMax) return tooLarge;
  return bytes === 0 ? empty : null;
}

const megabyte = 1_000_000;

const refusal = {
  code: 'file-unreadable',
  colour: 'orange',
  acts: 'user',
  retries: false,
} as const;
const tooLarge: FailureView = {
  ...refusal,
  text: `It is larger than ${fileBytesMax / megabyte} MB.`,
  advice: 'Download a shorter period from the bank, and choose that file.',
};
const empty: FailureView = {
  ...refusal,
  text: 'It is empty.',
  advice: 'Download it again from the bank, and choose that file.',
};

/** The browser no longer gives the file. */
export const unreadable: FailureView = {
  ...refusal,
  text: 'Your browser cannot read it any more.',
  advice: 'It was moved or changed since: remove it here, and choose it again.',
};

/** 340 kB, 1.2 MB */
export function sizeWords(bytes: number, number: Number = String): string {
  if (bytes >= megabyte) return `${number(Math.round(bytes / (megabyte / 10)) / 10)} MB`;
  return `${number(Math.ceil(bytes / 1000))} kB`;
}

/** What goes on with a file; '' where nothing does. */
export function stepWords({ step, import: view }: ChosenFile, number: Number = String): string {
  switch (step.name) {
    case 'packing':
      return 'Waiting for its turn…';
    case 'sending':
      if (step.parts === 1) return 'Sending…';
      return `Sending ${number(step.part + 1)} of ${number(step.parts)}…`;
    case 'reading':
      return 'Reading…';
    case 'starting':
    case 'importing':
      return importingWords(view, number);
    default:
      return '';
  }
}

/** How far an import is. */
export function importingWords(
  view: Pick<ImportView, 'progress'> | null,
  number: Number = String,
): string {
  const { done, total } = view?.progress ?? {};
  if (done === undefined || total === undefined) return 'Importing…';
  return `Importing ${number(done)} of ${entryWords(total, number)}…`;
}

/** How many of its rows stand in the sheet. */
export function writingWords(
  { done, total }: NonNullable<ImportView['rows']>,
  number: Number = String,
): string {
  return `Writing rows: ${number(done)} of ${number(total)}…`;
}

/** Girokonto, DE02 1203 0000 0000 2020 51, or that the file does not say. */
export function accountTitle({ name }: Pick<FileAccountView, 'name'>): string {
  return ibanForm.test(name) ? accountNumber({ iban: name }) : name || 'Account of this file';
}

const ibanForm = /^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/;

/** 214 new · 31 already there · 2 pending left out */
export function accountWords(account: FileAccountView, number: Number = String): string {
  const { entries, pending, change } = account;
  const { newRows = 0, changed = 0, settled = 0, removed = 0, known = 0 } = change ?? {};
  const left = pending > 0 && `${number(pending)} pending left out`;
  if (entries === 0) return ['No booked entries', left].filter(Boolean).join(' · ');
  if (!change) return [entryWords(entries, number), left].filter(Boolean).join(' · ');
  const news = [
    newRows > 0 && `${number(newRows)} new`,
    settled > 0 && `${number(settled)} settled`,
    changed > 0 && `${number(changed)} changed`,
    removed > 0 && `${number(removed)} gone`,
  ].filter(Boolean);
  const there = known > 0 && `${number(known)} already there`;
  return [news.join(' · ') || 'Nothing new', there, left].filter(Boolean).join(' · ');
}

/** 1 entry, 214 entries */
export function entryWords(count: number, number: Number = String): string {
  return `${number(count)} ${count === 1 ? 'entry' : 'entries'}`;
}

/** How the account was found in which the entries go. */
export const targetWords: Readonly<Record<'number' | 'last-time' | 'user', string>> = {
  number: 'found by its number',
  'last-time': 'as last time',
  user: 'your choice',
};

/** The book account in which the entries go, and from when on it takes some; undefined where they go nowhere. */
export function findTarget(
  { overview }: SidebarState,
  target: FileTarget | null,
): { readonly path: string; readonly from?: CalendarDate } | undefined {
  if (!target) return undefined;
  if ('bookAccount' in target) return target.bookAccount;
  const { connections = [], fileAccounts = [] } = overview ?? {};
  const accounts = [...connections.flatMap((it) => it.accounts), ...fileAccounts];
  const feed = accounts.find(({ key }) => key === target.accountKey)?.feed;
  return feed && { path: feed.bookAccount.path, from: feed.from };
}

/** What an import has brought. */
export function importWords(newRows = 0, number: Number = String): string {
  return newRows === 0 ? 'Nothing new: all of it was there already.' : `${number(newRows)} new.`;
}

/** What a screen reader says of the file as it stands; '' while it is under way. */
export function fileSaid(file: ChosenFile): string {
  const { name, step, failure, asking } = file;
  const of = (text: string) => `${name}: ${text}`;
  if (failure) return of(`${failure.text} ${failure.advice}`);
  if (step.name === 'over') return of(importWords(file.import?.newRows));
  if (step.name !== 'read') return '';
  if (asking) return of(asking.question.message);
  if (isReady(file)) return of(`${entryWords(countNew([file]))} to import.`);
  return of(isDecided(file) ? 'Nothing new.' : 'Choose where its entries go.');
}

function isDecided({ preview, choices }: ChosenFile): boolean {
  return !preview?.accounts.some(
    ({ entries, target, failure, key }) =>
      failure || (entries > 0 && !target && choices.targets[key] !== null),
  );
}
