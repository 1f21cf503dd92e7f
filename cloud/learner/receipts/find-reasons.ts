import { type BookRow, descriptionSeparator, type PostedRow } from '../book-row.ts';
import type { Evidence, EvidenceKind, Suggestion } from '../learner.ts';
import { type CountedSign, type Reason, spellWords, tellClosely } from './explain-words.ts';

export interface Asked {
  readonly row: BookRow;
  readonly suggestion: Suggestion;
}

/** What is to be looked for among the posted rows. */
export interface Probe extends Asked {
  /** The suggested counter-account. */
  readonly first: string;
  /** Keys of its payee, for money in and out. */
  readonly payees: readonly string[];
  /** By key, that of the same context for money the other way, where it is another. */
  readonly turned: ReadonlyMap<string, string>;
  /** Keys that rows of other accounts do not have. */
  readonly ofAccount: ReadonlySet<string>;
}

/** By key and counter-account: the posted rows with that key, by their places in the book. */
export type Standing = ReadonlyMap<string, Map<string, number[]>>;

export interface Case extends Probe {
  readonly posted: readonly PostedRow[];
  readonly standing: Standing;
  readonly isOneAccount: boolean;
}

/** A piece of evidence, counted or not. */
type Sign = Omit<Evidence, 'times' | 'of'>;

const reasonMax = 3;
const recentMax = 10;
/** A reason that weighs less than this share of the strongest is left out. */
const shareMin = 0.2;
/** What weighs less does not speak against a suggestion. */
const weightMin = 0.03;
/** More words are no name. */
const nameWordMax = 4;

const rowless: ReadonlySet<EvidenceKind> = new Set(['name', 'mixture']);
/** Too vague for its other rows to be worth a word. */
const vague: ReadonlySet<EvidenceKind> = new Set(['amount', 'day', 'last']);
const texts: ReadonlySet<EvidenceKind> = new Set(['payee', 'words']);
const textsAndAmount: ReadonlySet<EvidenceKind> = new Set(['payee-amount', 'words-amount']);
/** Which of two that tell the same is told. */
const ranks: readonly EvidenceKind[] = [
  'number',
  'payee-amount',
  'payee',
  'words-amount',
  'words',
  'known-word',
  'amount',
  'day',
  'last',
];
const anyName = /\p{L}|\p{N}{4}/u;

/** What speaks for the first candidate, the strongest first; what tells the same is told once. */
export function findReasons(asked: Case): readonly Reason[] {
  let signs: CountedSign[] = [];
  for (const evidence of asked.suggestion.evidence) {
    const { weight, counterAccount } = evidence;
    if (weight <= 0 || counterAccount !== asked.first) continue;
    const sign = countRows(asked, evidence, counterAccount);
    if (!sign) continue;
    const told =
      signs.find((other) => isSameRows(other, sign)) ??
      signs.find((other) => isSameText(other, sign));
    signs = signs.filter((other) => other !== told);
    signs.push(told ? mergeSigns(told, sign) : sign);
  }
  return chooseSigns(signs).map((sign) => describe(asked, sign));
}

/** The strongest; evidence comes cut into small pieces, so what is no single sign leads only when it is far ahead. */
function chooseSigns(all: readonly CountedSign[]): readonly CountedSign[] {
  const mixture = all.find(({ kind }) => kind === 'mixture');
  const signs = all.filter((sign) => sign !== mixture);
  signs.sort((a, b) => b.weight - a.weight);
  const most = signs[0]?.weight ?? 0;
  const strong = signs.filter(({ weight, last, places, of }, at) => {
    return at === 0 || (weight >= most * shareMin && (!last || places.length * 2 >= of));
  });
  if (!mixture || mixture.weight < most) return strong.slice(0, reasonMax);
  const sum = signs.reduce((total, { weight }) => total + weight, 0);
  const top = strong.slice(0, reasonMax - 1);
  return mixture.weight > sum * 2 ? [mixture, ...top] : [...top, mixture];
}

/** Whether one says the other's words or less, of the same kind. */
function isSameText(a: CountedSign, b: CountedSign): boolean {
  if (!a.last || !b.last) return a.kind === b.kind;
  if (a.kind === b.kind && a.words.length === 0) return true;
  const isText = texts.has(a.kind) && texts.has(b.kind);
  if (!isText && !(textsAndAmount.has(a.kind) && textsAndAmount.has(b.kind))) return false;
  const [fewer, more] = a.words.length < b.words.length ? [a, b] : [b, a];
  return fewer.words.every((word) => more.words.includes(word));
}

function isSameRows(a: CountedSign, b: CountedSign): boolean {
  const isSame = a.of === b.of && a.places.length === b.places.length;
  return isSame && a.of > 0 && a.places.every((place, at) => place === b.places[at]);
}

/** The one that tells a reader more, with the weight of both; where all rows are the same, with the words of both. */
function mergeSigns(told: CountedSign, sign: CountedSign): CountedSign {
  const weight = told.weight + sign.weight;
  const order = ranks.indexOf(told.kind) - ranks.indexOf(sign.kind);
  const isSame = isSameRows(told, sign);
  const isAllThere = told.of === told.places.length;
  if (order === 0 && isSame && isAllThere && told.kind.startsWith('words')) {
    const words = [...new Set([...told.words, ...sign.words])];
    return { ...told, words, weight };
  }
  const isLonger = sign.words.length > told.words.length;
  const isName = isLonger && sign.words.length <= nameWordMax;
  const isBetter = order === 0 ? isName : order > 0;
  return { ...(isBetter ? sign : told), weight };
}

/** What weighs most against; else the other rows of the first reason that has some. */
export function findAgainst(asked: Case, reasons: readonly Reason[]): Reason | null {
  for (const evidence of asked.suggestion.evidence) {
    const { weight, counterAccount } = evidence;
    if (Math.abs(weight) < weightMin || (weight > 0 && counterAccount === asked.first)) continue;
    const against = countOthers(asked, evidence);
    if (against && (!against.last || isPlain(asked, against))) return describe(asked, against);
  }
  for (const reason of reasons) {
    if (!reason.last || vague.has(reason.kind)) continue;
    const others = countOthers(asked, reason);
    if (others) return describe(asked, others);
  }
  return null;
}

/** More of its rows than for the suggested account, and a good part of all: a reader would agree. */
function isPlain({ standing, first }: Case, { key, places, of }: CountedSign): boolean {
  const own = standing.get(key)?.get(first)?.length ?? 0;
  return places.length > own && places.length * 3 >= of;
}

/** The rows of the account that the evidence speaks for; where none are there, of the most frequent other. */
function countOthers(asked: Case, sign: Sign): CountedSign | null {
  const { first, standing } = asked;
  if (sign.counterAccount !== first) {
    const counted = countRows(asked, sign, sign.counterAccount);
    if (counted) return counted;
  }
  if (sign.kind === 'mixture') return countRows(asked, sign, '');
  let rival = '';
  let most: readonly number[] = [];
  for (const [account, places] of standing.get(sign.key) ?? []) {
    if (account === first || places.length < most.length) continue;
    if (places.length === most.length && (places.at(-1) ?? 0) < (most.at(-1) ?? 0)) continue;
    rival = account;
    most = places;
  }
  return most.length > 0 ? countRows(asked, sign, rival) : null;
}

/** Counts the posted rows behind a piece of evidence for an account; null where rows should be, and none are. */
function countRows(asked: Case, sign: Sign, counterAccount: string): CountedSign | null {
  const { kind, key, words, weight } = sign;
  const counted = { kind, key, words, weight, counterAccount };
  const isRowless = rowless.has(kind) || (kind === 'known-word' && key === '');
  if (isRowless) return { ...counted, places: [], of: 0, last: null };
  if (kind.startsWith('words') && !anyName.test(words.join(' '))) return null;
  const groups = groupsOf(asked, sign);
  const of = groups.reduce((sum, { length }) => sum + length, 0);
  let places = asked.standing.get(key)?.get(counterAccount) ?? [];
  if (kind === 'last') {
    const [from = 0] = groups[0] ?? [];
    places = places.slice(-recentMax).filter((place) => place >= from);
  }
  const last = asked.posted[places.at(-1) ?? -1];
  return last ? { ...counted, places, of, last } : null;
}

/** All rows with it, by their places in the book; of what came last, the newest ten. */
function groupsOf({ standing }: Case, { kind, key }: Sign): readonly (readonly number[])[] {
  const groups = [...(standing.get(key)?.values() ?? [])];
  if (kind !== 'last') return groups;
  const newest = groups.flatMap((group) => group.slice(-recentMax)).sort((a, b) => a - b);
  return [newest.slice(-recentMax)];
}

function describe(asked: Case, sign: CountedSign): Reason {
  const { row, posted, standing, turned, ofAccount, isOneAccount } = asked;
  const { kind, key, words } = sign;
  const [counterparty = ''] = row.description.split(descriptionSeparator);
  const back = turned.get(key);
  const closeness = tellClosely(kind, row, rowsAt(groupsOf(asked, sign), posted));
  const isBothWays = back !== undefined && (standing.get(back)?.size ?? 0) > 0;
  const isAnyAmount = back !== undefined && kind === 'amount' && closeness === '';
  return {
    ...sign,
    text: spellWords(words, row.description) || counterparty,
    closeness,
    direction: isBothWays || isAnyAmount ? directionOf(row) : '',
    isOfAccount: ofAccount.has(key) && !isOneAccount,
  };
}

function directionOf({ amount }: BookRow): 'incoming' | 'outgoing' {
  return amount.minor < 0 ? 'outgoing' : 'incoming';
}

function* rowsAt(groups: readonly (readonly number[])[], posted: readonly PostedRow[]) {
  for (const group of groups) {
    for (const place of group) {
      const row = posted[place];
      if (row) yield row;
    }
  }
}
