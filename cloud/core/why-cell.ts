import { formatAmount } from '../../shared/money.ts';
import { type Cell, type CellContent, cellTextMax, fitCell } from '../ports/sheet.ts';
import {
  type BankColumn,
  bankCells,
  dayOfCell,
  minorOf,
  shows,
  textOf,
  wordsOf,
} from './bank-cells.ts';
import type { EntryFacts } from './documents.ts';

/**
 * What the column Why says of a row's bank: marks in front, in this order, then whatever else stands there, a
 * suggestion's reason or what the user has written. Its words are here and nowhere else.
 */
const gone = 'No longer at the bank';
const pending = 'Pending at the bank';
const bankSays = 'Bank now says: ';
const noteTitle = 'The bank tells this entry differently since you posted it.';
const separator = ', ';

/** Most characters of a bank's text in the cell itself; the note has all of it. */
const quotedMax = 60;

const titles: Readonly<Record<BankColumn, string>> = {
  amount: 'Amount',
  date: 'Date',
  currency: 'Currency',
  description: 'Description',
  balance: 'Balance',
};

/** In the order in which the mark names them, and how each is told apart from the others. */
const forms: readonly (readonly [BankColumn, string])[] = [
  ['amount', '-?\\d+(?:\\.\\d+)?'],
  ['date', '\\d{4}-\\d{2}-\\d{2}'],
  ['currency', '[A-Z]{3}'],
  ['description', '“[^“”]*”'],
  ['balance', 'balance -?\\d+(?:\\.\\d+)?'],
];
const saysPattern = new RegExp(
  `^${bankSays}${forms.map(([column, form]) => `(?:(?<${column}>${form})(?:${separator}|$))?`).join('')}`,
);

/** What a Why cell says. */
export interface Why {
  readonly isGone: boolean;
  readonly isPending: boolean;
  /** Columns of which it shows that the bank tells them differently. */
  readonly differing: readonly BankColumn[];
  readonly rest: string;
}

/** Any text is read: what is no mark of ours is the rest. */
export function readWhy(cell: Cell | undefined): Why {
  // A number or a tick is the user's, too.
  const isText = !cell || cell.kind === 'text' || cell.kind === 'empty';
  const text = isText ? textOf(cell) : String(cell.kind === 'number' ? cell.number : cell.checked);
  const afterGone = stripMark(text, gone);
  const afterPending = stripMark(afterGone, pending);
  const match = saysPattern.exec(afterPending);
  const differing = forms.flatMap(([column]) => (match?.groups?.[column] ? [column] : []));
  return {
    isGone: afterGone !== text,
    isPending: afterPending !== afterGone,
    differing,
    rest: match && differing.length > 0 ? afterPending.slice(match[0].length) : afterPending,
  };
}

function stripMark(text: string, mark: string): string {
  if (text === mark) return '';
  return text.startsWith(mark + separator) ? text.slice(mark.length + separator.length) : text;
}

/** The Why of a new row: whether its entry is pending, and why its counter-account was proposed. */
export function newWhy(isPending: boolean, suggested = ''): string {
  return [isPending ? pending : '', suggested].filter(Boolean).join(separator);
}

/**
 * The Why cell as it is to be; null where it may stay. `now`: what the bank says; absent when it no longer shows the
 * entry. Nothing that stands there beside our marks is lost: where there is no room for both, the marks are left out.
 */
export function changeWhy(
  cells: Partial<Readonly<Record<BankColumn | 'why', Cell>>>,
  { isGone, isPending, differing }: Omit<Why, 'rest'>,
  now: EntryFacts | undefined,
): CellContent | null {
  const before = readWhy(cells.why);
  const told = now ? tellDifferences(cells, differing, now) : { says: '', note: '' };
  const marks = [isGone ? gone : '', isPending ? pending : '', told.says];
  const text = [...marks, before.rest].filter(Boolean).join(separator);
  const isSame = told.says === '' && shows(cells.why, { kind: 'text', text });
  if (isSame || text.length > cellTextMax) return null;
  if (told.says === '' && before.differing.length === 0) {
    return text === '' ? { kind: 'empty' } : { kind: 'text', text };
  }
  return { kind: 'text', text, note: told.note };
}

/**
 * The Why cell with another reason behind the bank's marks and before what the user has written behind it; null where it
 * stays as it is, also where nothing of it is ours.
 * @param lengthOfOurs how many characters at the start of a text are a reason of ours
 * @param note the receipt; a note that tells the bank's changes goes before it
 */
export function replaceReason(
  cell: Cell | CellContent | undefined,
  lengthOfOurs: (text: string) => number,
  reason: string,
  note: string,
): CellContent | null {
  const before = cell && 'text' in cell ? cell.text : '';
  const { rest, differing } = readWhy({ kind: 'text', text: before });
  const length = lengthOfOurs(rest);
  const users = rest.slice(length);
  if (rest.slice(0, length) === reason || (length === 0 && users !== '')) return null;
  const marks = before.slice(0, before.length - rest.length);
  const front = rest === '' && marks !== '' ? marks + separator : marks;
  const behind = reason + (reason === '' ? users.trimStart() : users);
  const text = behind === '' ? front.replace(trailingSeparator, '') : front + behind;
  if (text.length > cellTextMax) return null;
  if (differing.length === 0) return { kind: 'text', text, note };
  const told = cell && 'note' in cell ? cell.note : undefined;
  return { kind: 'text', text, ...(told !== undefined && { note: told }) };
}

const trailingSeparator = /, $/;

function tellDifferences(
  cells: Partial<Readonly<Record<BankColumn, Cell>>>,
  differing: readonly BankColumn[],
  now: EntryFacts,
): { readonly says: string; readonly note: string } {
  const incoming = bankCells(now);
  const named = forms.map(([column]) => column).filter((column) => differing.includes(column));
  if (named.length === 0) return { says: '', note: '' };
  const facts = named.map((column) => tell(column, wordsOf(incoming[column])));
  const lines = named.map((column) => {
    const here = standing(cells[column], column, incoming[column]) || '(empty)';
    return `${titles[column]}: ${here} here, ${wordsOf(incoming[column])} at the bank`;
  });
  return {
    says: bankSays + facts.join(separator),
    note: fitCell([noteTitle, ...lines].join('\n')),
  };
}

function tell(column: BankColumn, words: string): string {
  if (column === 'balance') return `balance ${words}`;
  if (column !== 'description') return words;
  return `“${fitCell(words.replace(/[“”]/g, '"'), quotedMax)}”`;
}

/** What a cell shows, in the words of what the bank says of it. */
function standing(cell: Cell | undefined, column: BankColumn, incoming: CellContent): string {
  if (cell?.kind !== 'number') return textOf(cell);
  if (column === 'date') return dayOfCell(cell) || String(cell.number);
  if (incoming.kind !== 'amount') return String(cell.number);
  const { currency } = incoming.amount;
  const minor = minorOf(cell, currency);
  return minor === null ? String(cell.number) : formatAmount({ minor, currency });
}
