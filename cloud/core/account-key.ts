import { createHash } from 'node:crypto';
import type { ObservedAccount } from '../../shared/bank.ts';
import type { AccountDoc } from './documents.ts';

export type KeyedAccount<A extends ObservedAccount> = A & { readonly key: string };

export interface IdentifiedAccounts<A extends ObservedAccount> {
  /** All that the bank shows, in its order; the known ones under the key that they have. */
  readonly accounts: readonly KeyedAccount<A>[];
  /** Known, and no longer shown. */
  readonly gone: readonly AccountDoc[];
  /** Known, with a feed, and as likely one of these (externalId) as another: the user is asked. */
  readonly unclear: readonly UnclearAccount[];
}

export interface UnclearAccount {
  readonly account: AccountDoc;
  readonly candidates: readonly string[];
}

/** A known account and a shown one that may be the same. */
interface Fit<A> {
  readonly known: AccountDoc;
  readonly shown: A;
  readonly weight: number;
}

/**
 * Tells which of the accounts that a bank shows are those that are known, by IBAN, the provider's
 * identification, mask, product, type and name; what stays equal then, by the bank's id, which
 * alone proves nothing. Two are the same only where neither has another that would be as good.
 */
export function identifyAccounts<A extends ObservedAccount>(
  all: readonly A[],
  known: readonly AccountDoc[],
  others: ReadonlySet<string> = new Set(),
): IdentifiedAccounts<A> {
  const shown = all.filter((account, at) => all.findIndex((it) => isSameRow(it, account)) === at);
  const fits = known.flatMap((account) => fitsOf(account, shown));
  const pairs = pairAccounts(fits);
  const found = new Set(pairs.values());
  const unclear: UnclearAccount[] = [];
  const gone: AccountDoc[] = [];
  for (const account of known) {
    if (found.has(account)) continue;
    const open = fits.filter((it) => it.known === account && isOpen(it, pairs.get(it.shown)));
    const candidates = open.map((it) => it.shown.externalId);
    if (candidates.length === 0) gone.push(account);
    else if (account.feed) unclear.push({ account, candidates });
  }
  return { accounts: giveKeys(shown, known, others, pairs), gone, unclear };
}

/** An account that a bank lists twice in one answer is one. */
function isSameRow(a: ObservedAccount, b: ObservedAccount): boolean {
  return a.externalId === b.externalId && a.currency === b.currency;
}

function fitsOf<A extends ObservedAccount>(
  known: AccountDoc,
  shown: readonly A[],
): readonly Fit<A>[] {
  return shown.flatMap((account) => {
    const weight = weigh(known, account);
    return weight === 0 ? [] : [{ known, shown: account, weight }];
  });
}

/**
 * How much speaks for two being the same account; 0 where too little does, or something against it.
 * Each evidence weighs more than all that come after it. With the same mask one of product, type
 * and name may be another, as in an account that was renamed: all such weigh the same.
 */
function weigh(known: AccountDoc, shown: ObservedAccount): number {
  if (known.currency !== shown.currency) return 0;
  const iban = isSameIban(known, shown);
  const identification = compare(known.identification, shown.identification);
  const mask = compare(known.mask, shown.mask);
  const sameBankId = known.externalId === shown.externalId ? 1 : 0;
  const rest = [
    compare(known.product, shown.product),
    compare(known.type, shown.type),
    compare(known.name, shown.name),
  ];
  const others = rest.filter((it) => it === 'other').length;
  if (iban !== 'same' && identification !== 'same') {
    if ([iban, identification, mask].includes('other')) return 0;
    if (mask === 'same' && others === 1) return 2 + sameBankId;
    if (others > 0 || (mask !== 'same' && !isNamedAlike(known, shown))) return 0;
  }
  const evidence = [iban, identification, mask, ...rest];
  return evidence.reduce((sum, it) => 2 * sum + (it === 'same' ? 1 : 0), 1) * 4 + sameBankId;
}

type Comparison = 'same' | 'other' | 'untold';

function compare(a: string | undefined, b: string | undefined): Comparison {
  if (!a || !b) return 'untold';
  return a === b ? 'same' : 'other';
}

/** Of an account that a user took out of the book only the key is left of its IBAN. */
function isSameIban(known: AccountDoc, shown: ObservedAccount): Comparison {
  if (shown.iban && [known.key, known.bankKey].includes(hash(evidenceOf(shown)))) return 'same';
  return compare(known.iban && plain(known.iban), shown.iban && plain(shown.iban));
}

/**
 * Without mask the name has to do; not against an IBAN where the known account fills nothing: it
 * may be one that was taken out of the book, and have had another IBAN.
 */
function isNamedAlike(known: AccountDoc, shown: ObservedAccount): boolean {
  const isIbanNew = Boolean(shown.iban) && !known.iban;
  return compare(known.name, shown.name) === 'same' && (Boolean(known.feed) || !isIbanNew);
}

/** One to one: two that are each other's only best; what is left over is then looked at again. */
function pairAccounts<A extends ObservedAccount>(
  fits: readonly Fit<A>[],
): ReadonlyMap<A, AccountDoc> {
  const pairs = new Map<A, AccountDoc>();
  let left = fits;
  for (;;) {
    const decided = left.filter((fit) =>
      left.every(
        (other) =>
          other === fit ||
          other.weight < fit.weight ||
          (other.known !== fit.known && other.shown !== fit.shown),
      ),
    );
    if (decided.length === 0) return pairs;
    for (const { known, shown } of decided) pairs.set(shown, known);
    const found = new Set(pairs.values());
    left = left.filter(({ known, shown }) => !pairs.has(shown) && !found.has(known));
  }
}

/** Whether the user may still say that it is the known one: nothing fills the book from it yet. */
function isOpen<A>({ known }: Fit<A>, paired: AccountDoc | undefined): boolean {
  return !paired || (known.candidates !== undefined && !paired.feed);
}

/** Keys stand in logs, so they are hashes. */
function giveKeys<A extends ObservedAccount>(
  shown: readonly A[],
  known: readonly AccountDoc[],
  others: ReadonlySet<string>,
  pairs: ReadonlyMap<A, AccountDoc>,
): readonly KeyedAccount<A>[] {
  const ours = new Set(known.map(({ key }) => key));
  const evidence = shown.map(evidenceOf);
  return shown.map((account, at) => {
    const before = pairs.get(account);
    if (before) return { ...account, key: before.key };
    const mine = evidence[at] ?? '';
    const ambiguous = evidence.filter((other) => other === mine).length > 1;
    // The same number is the same account whoever connects it; the same name is not.
    const taken = account.iban || account.identification ? ours : new Set([...ours, ...others]);
    return { ...account, key: freeKey(mine, account.externalId, ambiguous, taken) };
  });
}

/** Of the evidence alone where no other has the same: it is found again when nothing is known. */
function freeKey(
  evidence: string,
  externalId: string,
  ambiguous: boolean,
  taken: ReadonlySet<string>,
): string {
  if (!ambiguous && !taken.has(hash(evidence))) return hash(evidence);
  let key = hash(`${evidence}|${externalId}`);
  for (let more = 2; taken.has(key); more++) key = hash(`${evidence}|${externalId}|${more}`);
  return key;
}

/** The key that an account of this IBAN has, whoever connects it. */
export function ibanKey(iban: string, currency: string): string {
  return hash(evidenceOf({ iban, currency, name: '' }));
}

/** Whether a bank gave the account neither IBAN nor identification when it was given its key. */
export function isKeyedByName({ key, ...account }: AccountDoc): boolean {
  const { mask, product, name, currency } = account;
  const evidence = { name, currency, ...(mask && { mask }), ...(product && { product }) };
  return key === hash(evidenceOf(evidence));
}

type Evidence = Pick<
  ObservedAccount,
  'iban' | 'identification' | 'mask' | 'product' | 'name' | 'currency'
>;

/** The best that tells an account; a multi-currency account has one IBAN for all its currencies. */
function evidenceOf({ iban, identification, mask, product, name, currency }: Evidence) {
  if (iban) return `iban|${plain(iban)}|${currency}`;
  if (identification) return `identification|${identification}|${currency}`;
  return ['mask', mask, product, name, currency].join('|');
}

const plain = (iban: string) => iban.replace(/\s/g, '').toUpperCase();

function hash(evidence: string): string {
  return createHash('sha256').update(evidence).digest('hex').slice(0, 24);
}
