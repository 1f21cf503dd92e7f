import { type BookRow, descriptionSeparator, type PostedRow } from './book-row.ts';
import { type Reason, spellWords, tellClosely } from './explain-words.ts';
import type { Evidence, EvidenceKind, Suggestion } from './learner.ts';

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
  let reasons: Reason[] = [];
  for (const evidence of asked.suggestion.evidence) {
    const { weight, counterAccount } = evidence;
    if (weight <= 0 || counterAccount !== asked.first) continue;
    const reason = countRows(asked, evidence, counterAccount);
    if (!reason) continue;
    const told =
      reasons.find((other) => isSameRows(other, reason)) ??
      reasons.find((other) => isSameText(other, reason));
    reasons = reasons.filter((other) => other !== told);
    reasons.push(told ? mergeReasons(told, reason, asked.row) : reason);
  }
  return chooseReasons(reasons);
}

/** The strongest; evidence comes cut into small pieces, so what is no single sign leads only when it is far ahead. */
function chooseReasons(reasons: readonly Reason[]): readonly Reason[] {
  const mixture = reasons.find(({ kind }) => kind === 'mixture');
  const signs = reasons.filter((reason) => reason !== mixture);
  signs.sort((a, b) => b.weight - a.weight);
  const most = signs[0]?.weight ?? 0;
  const strong = signs.filter(({ weight, last, places, of }, at) => {
    return at === 0 || (weight >= most * shareMin && (!last || places.length * 2 >= of));
  });
  if (!mixture || mixture.weight < most) return strong.slice(0, reasonMax);
  const sum = signs.reduce((all, { weight }) => all + weight, 0);
  const top = strong.slice(0, reasonMax - 1);
  return mixture.weight > sum * 2 ? [mixture, ...top] : [...top, mixture];
}

/** Whether one says the other's words or less, of the same kind. */
function isSameText(a: Reason, b: Reason): boolean {
  if (!a.last || !b.last) return a.kind === b.kind;
  if (a.kind === b.kind && a.words.length === 0) return true;
  const isText = texts.has(a.kind) && texts.has(b.kind);
  if (!isText && !(textsAndAmount.has(a.kind) && textsAndAmount.has(b.kind))) return false;
  const [fewer, more] = a.words.length < b.words.length ? [a, b] : [b, a];
  return fewer.words.every((word) => more.words.includes(word));
}

function isSameRows(a: Reason, b: Reason): boolean {
  const isSame = a.of === b.of && a.places.length === b.places.length;
  return isSame && a.of > 0 && a.places.every((place, at) => place === b.places[at]);
}

/** The one that tells a reader more, with the weight of both; where all rows are the same, with the words of both. */
function mergeReasons(told: Reason, reason: Reason, row: BookRow): Reason {
  const weight = told.weight + reason.weight;
  const order = ranks.indexOf(told.kind) - ranks.indexOf(reason.kind);
  const isSame = isSameRows(told, reason);
  const isAllThere = told.of === told.places.length;
  if (order === 0 && isSame && isAllThere && told.kind.startsWith('words')) {
    const words = [...new Set([...told.words, ...reason.words])];
    return { ...told, words, text: spellWords(words, row.description), weight };
  }
  const isLonger = reason.words.length > told.words.length;
  const isName = isLonger && reason.words.length <= nameWordMax;
  const isBetter = order === 0 ? isName : order > 0;
  return { ...(isBetter ? reason : told), weight };
}

/** What weighs most against; else the other rows of the first reason that has some. */
export function findAgainst(asked: Case, reasons: readonly Reason[]): Reason | null {
  for (const evidence of asked.suggestion.evidence) {
    const { weight, counterAccount } = evidence;
    if (Math.abs(weight) < weightMin || (weight > 0 && counterAccount === asked.first)) continue;
    const against = countOthers(asked, evidence);
    if (against && (!against.last || isPlain(asked, against))) return against;
  }
  for (const reason of reasons) {
    if (!reason.last || vague.has(reason.kind)) continue;
    const others = countOthers(asked, reason);
    if (others) return others;
  }
  return null;
}

/** More of its rows than for the suggested account, and a good part of all: a reader would agree. */
function isPlain({ standing, first }: Case, { key, places, of }: Reason): boolean {
  const own = standing.get(key)?.get(first)?.length ?? 0;
  return places.length > own && places.length * 3 >= of;
}

/** The rows of the account that the evidence speaks for; where none are there, of the most frequent other. */
function countOthers(asked: Case, sign: Sign): Reason | null {
  const { first, standing } = asked;
  if (sign.counterAccount !== first) {
    const reason = countRows(asked, sign, sign.counterAccount);
    if (reason) return reason;
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
function countRows(asked: Case, sign: Sign, counterAccount: string): Reason | null {
  const { row, posted, standing, turned, ofAccount } = asked;
  const { kind, key, words, weight } = sign;
  const [counterparty = ''] = row.description.split(descriptionSeparator);
  const text = spellWords(words, row.description) || counterparty;
  const told = { kind, key, words, weight, counterAccount, text };
  const isRowless = rowless.has(kind) || (kind === 'known-word' && key === '');
  if (isRowless) return { ...told, ...noRows };
  if (kind.startsWith('words') && !anyName.test(words.join(' '))) return null;
  const byAccount = standing.get(key) ?? new Map<string, number[]>();
  let groups = [...byAccount.values()];
  let places = byAccount.get(counterAccount) ?? [];
  if (kind === 'last') {
    const newest = groups.flatMap((group) => group.slice(-recentMax)).sort((a, b) => a - b);
    groups = [newest.slice(-recentMax)];
    const [from = 0] = groups[0] ?? [];
    places = places.slice(-recentMax).filter((place) => place >= from);
  }
  const last = posted[places.at(-1) ?? -1];
  if (!last) return null;
  const back = turned.get(key);
  const closeness = tellClosely(kind, row, rowsAt(groups, posted));
  const isBothWays = back !== undefined && (standing.get(back)?.size ?? 0) > 0;
  const isAnyAmount = back !== undefined && kind === 'amount' && closeness === '';
  return {
    ...told,
    places,
    of: groups.reduce((sum, { length }) => sum + length, 0),
    last,
    closeness,
    direction: isBothWays || isAnyAmount ? directionOf(row) : '',
    isOfAccount: ofAccount.has(key) && !asked.isOneAccount,
  };
}

/** Of evidence that no row stands behind. */
const noRows = {
  places: [],
  of: 0,
  last: null,
  closeness: '',
  direction: '',
  isOfAccount: false,
} as const;

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
