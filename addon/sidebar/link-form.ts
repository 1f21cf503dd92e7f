import type { AccountView, ApiArgs } from '../../shared/api.ts';
import { type BookAccount, typeOfPath } from '../../shared/book.ts';
import { addDays, type CalendarDate, isCalendarDate } from '../../shared/calendar-date.ts';

/** What the user has chosen so far on the way to a feed. */
export interface LinkForm extends AccountForm {
  readonly period: Period;
  /** Of the period `date`, as the field has it: may be '' while somebody types. */
  readonly date: string;
}

/** An account of the book, or a new one, as far as it is chosen. */
export interface AccountForm {
  readonly source: 'existing' | 'new';
  readonly search: string;
  /** Path of the account chosen among those of the book. */
  readonly path: string | null;
  readonly name: string;
  readonly type: FillableType;
  /** Path under which the new account goes. */
  readonly under: string;
}

/** The historical period: from which day on entries make rows. */
export type Period = 'month' | 'year' | 'date' | 'all';

/** A line of the tree of accounts; without account: a place in the tree that is none itself. */
export interface TreeLine {
  readonly path: string;
  readonly name: string;
  readonly depth: number;
  readonly account?: BookAccount;
}

/** What a bank account can be in a book. */
export type FillableType = 'asset' | 'liability';

const roots: Readonly<Record<FillableType, string>> = {
  asset: 'Assets',
  liability: 'Liabilities',
};

const pathMax = 200;

/** The form as it opens: what the link is now, or the likeliest choice for a new one. */
export function startForm(
  account: AccountView,
  free: readonly BookAccount[],
  today: CalendarDate,
): LinkForm {
  const owed = account.type === 'card' || account.type === 'loan';
  const type = owed ? 'liability' : 'asset';
  const { feed } = account;
  return {
    ...startAccountForm(account.name, type, feed || free.length > 0 ? 'existing' : 'new'),
    path: feed?.bookAccount.path ?? null,
    period: feed ? 'date' : 'month',
    date: feed?.from ?? today,
  };
}

/** With the name that a new account would have. */
export function startAccountForm(
  name: string,
  type: FillableType,
  source: AccountForm['source'],
): AccountForm {
  const plain = name.replaceAll(':', ' ').trim();
  return { source, search: '', path: null, name: plain, type, under: roots[type] };
}

/** The form with a change; another type brings the place where accounts of that type go. */
export function changeForm<F extends AccountForm>(form: F, change: Partial<F>): F {
  const next = { ...form, ...change };
  return change.type && change.type !== form.type ? { ...next, under: roots[change.type] } : next;
}

/** The first day that makes rows, or null while the date is none. */
export function startDay(
  { period, date }: Pick<LinkForm, 'period' | 'date'>,
  today: CalendarDate,
  historyDays: number,
): CalendarDate | null {
  if (period === 'month') return `${today.slice(0, 7)}-01`;
  if (period === 'year') return `${today.slice(0, 4)}-01-01`;
  if (period === 'all') return addDays(today, -historyDays);
  return isCalendarDate(date) ? date : null;
}

/** The path that the fields of a new account make. */
export function newPath({ under, name }: Pick<AccountForm, 'under' | 'name'>): string {
  return `${under}:${name.trim()}`;
}

/**
 * What is asked of the cloud, or what is still to do, as a sentence for the user.
 * @param free those of the accounts that this bank account may fill
 */
export function completeForm(
  form: LinkForm,
  accounts: readonly BookAccount[],
  free: readonly BookAccount[],
  from: CalendarDate | null,
  today: CalendarDate,
): { readonly feed: NewFeed } | { readonly toDo: string } {
  const bookAccount = chosenAccount(form, accounts, free);
  if (typeof bookAccount === 'string') return { toDo: bookAccount };
  if (!from) return { toDo: 'Give the day from which on rows are made.' };
  if (from > today) return { toDo: 'That day is still to come: choose today or one before.' };
  return { feed: { bookAccount, from } };
}

/** The accounts that a bank account may fill: each is filled by one alone, so not those of the others. */
export function freeAccounts(
  accounts: readonly BookAccount[],
  others: readonly AccountView[],
): BookAccount[] {
  const taken = new Set(others.map(({ feed }) => feed?.bookAccount.path));
  return accounts.filter(({ type, path }) => Object.hasOwn(roots, type) && !taken.has(path));
}

/** What `linkAccount` asks for beside the bank account. */
export type NewFeed = Pick<ApiArgs<'linkAccount'>, 'bookAccount' | 'from'>;

/** The account of the book that is chosen, or what is still to do, as a sentence. */
export function chosenAccount(
  form: AccountForm,
  accounts: readonly BookAccount[],
  free: readonly BookAccount[],
): NewFeed['bookAccount'] | string {
  return form.source === 'new' ? newAccount(form, accounts) : oldAccount(form, free);
}

function oldAccount({ path }: AccountForm, accounts: readonly BookAccount[]) {
  const account = accounts.find((it) => it.path === path);
  return account ? { path: account.path, type: account.type } : 'Choose an account of your book.';
}

function newAccount(form: AccountForm, accounts: readonly BookAccount[]) {
  const path = newPath(form);
  if (form.name.trim() === '') return 'Give the new account a name.';
  if (form.name.includes(':')) return 'A name holds no colon: it parts the names of a path.';
  if (path.length > pathMax) return `Choose a shorter name: a path has ${pathMax} letters at most.`;
  const same = accounts.find((it) => it.path.toLowerCase() === path.toLowerCase());
  if (same) return `${same.path} is in your book already: choose it, or another name.`;
  return { path, type: form.type };
}

/** Where a new account of this type may go: the root of the type, and every place of the book that holds such accounts. */
export function placesFor(type: FillableType, accounts: readonly BookAccount[]): string[] {
  const places = new Set([roots[type]]);
  for (const account of accounts) {
    if (account.type !== type) continue;
    for (const { path } of ancestors(account.path)) places.add(path);
    places.add(account.path);
  }
  return [...places].filter((path) => (typeOfPath(path) ?? type) === type).sort(comparePaths);
}

/** The accounts as a tree in order, with the places above them; a search keeps what contains all of its words. */
export function accountTree(accounts: readonly BookAccount[], search: string): TreeLine[] {
  const words = search.toLowerCase().split(/\s+/);
  const lines = new Map<string, TreeLine>();
  for (const account of accounts) {
    const text = account.path.toLowerCase();
    if (!words.every((word) => text.includes(word))) continue;
    for (const place of ancestors(account.path)) {
      if (!lines.has(place.path)) lines.set(place.path, place);
    }
    const depth = account.path.split(':').length - 1;
    lines.set(account.path, { path: account.path, name: lastPart(account.path), depth, account });
  }
  return [...lines.values()].sort((a, b) => comparePaths(a.path, b.path));
}

function ancestors(path: string): TreeLine[] {
  const parts = path.split(':');
  return parts.slice(0, -1).map((name, depth) => ({
    path: parts.slice(0, depth + 1).join(':'),
    name,
    depth,
  }));
}

/** The last part of a path: Giro of Assets:Bank:Giro. */
export function lastPart(path: string): string {
  return path.slice(path.lastIndexOf(':') + 1);
}

/** Part by part, so that a place stands right above what is under it. */
function comparePaths(a: string, b: string): number {
  const [left, right] = [a.split(':'), b.split(':')];
  for (let at = 0; at < Math.min(left.length, right.length); at++) {
    const order = (left[at] ?? '').localeCompare(right[at] ?? '');
    if (order !== 0) return order;
  }
  return left.length - right.length;
}
