import { dayOf } from '../../shared/calendar-date.ts';
import { FailureError } from '../../shared/failures.ts';
import type { FileTarget } from '../../shared/statement-files.ts';
import type { Doc, Store } from '../ports/store.ts';
import { ibanKey, isKeyedByName } from './account-key.ts';
import { bookCurrency } from './book-currency.ts';
import { connectionsOfBook } from './connections-of-book.ts';
import type { AccountDoc, ConnectionDoc } from './documents.ts';
import { digest, type FileAccountDoc, type ImportsDoc, imports } from './file-documents.ts';
import { type FileAccount, plainNumber } from './read-file.ts';
import type { World } from './world.ts';

/** The accounts of a book, as they stand now. */
export interface BookAccounts {
  readonly connections: readonly Doc<ConnectionDoc>[];
  readonly imports: Doc<ImportsDoc> | null;
  /** Those of banks that fill the book. */
  readonly linked: readonly FileAccountDoc[];
  /** Those that files alone fill. */
  readonly ofFiles: readonly FileAccountDoc[];
  /** What is left of those of banks that were taken out, the newest first. */
  readonly removed: readonly AccountDoc[];
}

/** Most accounts of a book that files alone fill. */
const accountMax = 100;

export async function loadBookAccounts(store: Store, bookId: string): Promise<BookAccounts> {
  const [found, memory] = await Promise.all([
    connectionsOfBook(store, bookId),
    store.get(imports, bookId),
  ]);
  const sorted = found.toSorted((a, b) => (a.value.createdAt < b.value.createdAt ? 1 : -1));
  const of = (isRemoved: boolean) =>
    sorted
      .filter(({ value }) => (value.state === 'removed') === isRemoved)
      .flatMap(({ value }) => value.accounts);
  return {
    connections: found,
    imports: memory,
    linked: of(false).flatMap((account) =>
      account.feed ? [{ ...account, feed: account.feed }] : [],
    ),
    ofFiles: memory?.value.accounts ?? [],
    removed: of(true),
  };
}

export interface FoundTarget {
  readonly account: FileAccountDoc;
  readonly by: 'number' | 'last-time';
}

/** Where the entries of an account in a file go, where its number or the user's last choice tells. */
export function findTarget(book: BookAccounts, told: FileAccount): FoundTarget | null {
  const fitting = [...book.linked, ...book.ofFiles].filter((account) => fits(account, told));
  const sameIban = fitting.filter(({ iban }) => iban && told.iban);
  const last = book.imports?.value.targets.find(({ of }) => of === told.memory);
  const lastTime = fitting.find(({ key }) => key === last?.accountKey);
  const sameNumber = fitting.filter((account) => isSameNumber(account, told.number));
  if (sameIban.length === 1 && sameIban[0]) return { account: sameIban[0], by: 'number' };
  if (lastTime) return { account: lastTime, by: 'last-time' };
  const [only] = sameNumber;
  return only && sameNumber.length === 1 ? { account: only, by: 'number' } : null;
}

/**
 * The account to which a target leads, with its feed: one that fills the book already, or a new one that files alone
 * fill. That goes on with what is kept of an account by the same IBAN, or of one that filled this book account.
 * @throws FailureError `not-found`; `file-unreadable` where the file tells another account; `bad-request`
 */
export async function accountFor(
  world: World,
  bookId: string,
  book: BookAccounts,
  told: FileAccount,
  target: FileTarget,
): Promise<FileAccountDoc> {
  const all = [...book.linked, ...book.ofFiles];
  if ('accountKey' in target) {
    const account = all.find(({ key }) => key === target.accountKey);
    if (!account) throw new FailureError('not-found', 'account');
    return checked(account, told);
  }
  const { path, type, currency: ofBook } = target.bookAccount;
  const there = all.find(({ feed }) => feed.bookAccount.path === path);
  if (there) return checked(there, told);
  if (told.currency && ofBook && told.currency !== ofBook) {
    throw new FailureError(
      'bad-request',
      `${path} is kept in ${ofBook}, the file in ${told.currency}.`,
    );
  }
  const currency = told.currency ?? ofBook ?? (await bookCurrency(world, bookId, all));
  const same = told.iban && all.find((it) => fits(it, told) && it.iban);
  if (same && book.linked.includes(same)) {
    const reason = `This account fills ${same.feed.bookAccount.path}: choose that one.`;
    throw new FailureError('bad-request', reason);
  }
  const from = told.period?.from ?? dayOf(world.clock.now());
  const feed = { bookAccount: { path, type, currency }, from };
  if (same) return { ...same, feed: { ...feed, from: same.feed.from } };
  if (book.ofFiles.length >= accountMax) {
    throw new FailureError('bad-request', `Files fill ${accountMax} accounts already.`);
  }
  return {
    key: newKey(book, told, path, currency),
    externalId: '',
    name: told.name ?? path.slice(path.lastIndexOf(':') + 1),
    holder: told.holder ?? '',
    type: told.type,
    currency,
    ...(told.iban && { iban: told.iban }),
    ...(!told.iban && told.number && { mask: plainNumber(told.number).slice(-4) }),
    feed,
  };
}

function checked(account: FileAccountDoc, told: FileAccount): FileAccountDoc {
  if (fits(account, told)) return account;
  throw new FailureError('file-unreadable', 'It is the statement of another account or currency.');
}

/** Whether nothing in the file speaks against its telling this account. */
function fits({ iban, currency }: AccountDoc, told: FileAccount): boolean {
  if (told.currency && told.currency !== currency) return false;
  return !iban || !told.iban || plainNumber(iban) === plainNumber(told.iban);
}

/** An account's number may stand in its IBAN with zeros before it or check digits after it. */
function isSameNumber({ iban, mask }: AccountDoc, number: string | undefined): boolean {
  const told = (number ?? '').replace(/[^A-Za-z0-9]/g, '').toUpperCase();
  const ofBank = plainNumber(iban).slice(4);
  if (ofBank && told.length >= 6) {
    const isInside = told.length >= 10 && ofBank.includes(told);
    if (isInside || ofBank.endsWith(`0${told}`) || told.endsWith(ofBank.slice(-8))) return true;
  }
  return mask !== undefined && mask.length >= 4 && told.endsWith(plainNumber(mask));
}

/** As a bank's connection would give it, so that this goes on with the same ledger; else of the book account. */
function newKey(book: BookAccounts, told: FileAccount, path: string, currency: string): string {
  const known = [...book.connections.flatMap(({ value }) => value.accounts), ...book.ofFiles];
  const ofIban = told.iban && ibanKey(told.iban, currency);
  const before = book.removed.find(
    (it) => it.fed === path && it.currency === currency && (!ofIban || isKeyedByName(it)),
  );
  const same = ofIban && known.find(({ key, bankKey }) => key === ofIban || bankKey === ofIban);
  const isFree = (key: string) => ![...book.linked, ...book.ofFiles].some((it) => it.key === key);
  if (same && isFree(same.key)) return same.key;
  if (before && isFree(before.key)) return before.key;
  if (ofIban) return ofIban;
  const taken = new Set(known.map(({ key }) => key));
  let key = digest(['path', path, currency]);
  for (let more = 2; taken.has(key); more++) key = digest(['path', path, currency, String(more)]);
  return key;
}
