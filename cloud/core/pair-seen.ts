import type { Entry, ObservedEntry } from '../../shared/bank.ts';
import {
  currentVersion,
  moneyOf,
  oldFingerprint,
  plain,
  referenceEvidence,
  wordingOf,
} from './fingerprints.ts';
import {
  dayOf,
  isAskedFor,
  isOfFile,
  openSights,
  type Pairs,
  pairEqual,
  pairNear,
  type Sight,
} from './pairs.ts';

/** How many days a file's entry may lie from the kept one of its reference and money. */
const fileDaysMax = 5;

/** Kept entries that were seen before under what is seen now. */
export interface Hits {
  /** With the current fingerprints that they share with a sight. */
  readonly byPrint: ReadonlyMap<Entry, readonly string[]>;
  readonly byReference: readonly Entry[];
}

/** One look at the evidence of each kept entry that can be one of the sights; none is hashed. */
export function findHits(pairs: Pairs): Hits {
  const { kept, sights } = pairs;
  const amounts = new Set(sights.map(({ entry }) => entry.amount.minor));
  const prints = new Map(sights.map(({ print }) => [print, print]));
  const references = new Set(sights.flatMap(({ entry }) => evidenceOfReference(entry)));
  const byPrint = new Map<Entry, readonly string[]>();
  const byReference: Entry[] = [];
  const old: Entry[] = [];
  for (const entry of kept) {
    // Another amount is told of pending entries and of those that the window shows.
    if (!amounts.has(entry.amount.minor) && !isOpenToChange(entry, pairs)) continue;
    let isReferred = false;
    let isCurrent = false;
    for (const evidence of entry.seenAs) {
      if (evidence.startsWith('ref:')) {
        isReferred ||= references.has(evidence);
        continue;
      }
      isCurrent ||= evidence.startsWith(currentVersion);
      const print = prints.get(evidence);
      if (print) byPrint.set(entry, [...(byPrint.get(entry) ?? []), print]);
    }
    if (isReferred) byReference.push(entry);
    if (!isCurrent) old.push(entry);
  }
  if (old.length > 0) {
    const byOldPrint = new Map(sights.map(({ entry, print }) => [oldFingerprint(entry), print]));
    for (const entry of old) {
      const found = entry.seenAs.flatMap((evidence) => byOldPrint.get(evidence) ?? []);
      if (found.length > 0) byPrint.set(entry, found);
    }
  }
  return { byPrint, byReference };
}

/**
 * Pairs what is the same to the letter, under the same reference first, then what has an equal fingerprint and status.
 * Facts come before references: a bank that numbers its entries anew must not move rows.
 */
export function pairByFacts(pairs: Pairs, { byPrint }: Hits): void {
  const { sights } = pairs;
  const kept = pairs.kept.filter((entry) => byPrint.has(entry));
  const prints = (entry: Entry) => byPrint.get(entry) ?? [];
  pairEqual(
    pairs,
    kept,
    (entry) => referencesOf(entry).map((reference) => `${reference} ${factsOf(entry)}`),
    sights,
    ({ entry }) => `${evidenceOfReference(entry)[0]} ${factsOf(entry)}`,
  );
  pairEqual(
    pairs,
    kept,
    (entry) => [factsOf(entry)],
    sights,
    ({ entry }) => factsOf(entry),
  );
  pairEqual(
    pairs,
    kept,
    (entry) => prints(entry).map((print) => `${entry.status} ${print}`),
    sights,
    ({ entry, print }) => `${entry.status} ${print}`,
  );
}

/** Pairs what a bank that answers from a cache shows as pending again with what it has shown as booked. */
export function pairStale(pairs: Pairs, { byPrint, byReference }: Hits, isTrusted: boolean): void {
  const isShown = (entry: Entry) => entry.status === 'booked' && isAskedFor(entry, pairs);
  const printsOf = (entry: Entry) => byPrint.get(entry) ?? [];
  const printed = pairs.kept.filter((entry) => byPrint.has(entry) && isShown(entry));
  pairEqual(pairs, printed, printsOf, openSights(pairs, 'pending'), ({ print }) => print);
  const referred = isTrusted ? byReference.filter(isShown) : [];
  if (referred.length === 0) return;
  const pending = bearersAlone(pairs).filter(({ entry }) => entry.status === 'pending');
  for (const together of [moneyOf, signAndName]) pairBearers(pairs, referred, pending, together);
}

/**
 * Whether the fetch shows references at other entries than before: what the facts have paired bears the reference of
 * another entry. Then references are evidence of nothing here.
 */
export function isNumberedAnew({ sights }: Pairs, { byReference }: Hits): boolean {
  const shown = new Set(sights.flatMap(({ entry }) => evidenceOfReference(entry)));
  const known = new Set(byReference.flatMap(referencesOf));
  return sights.some(({ entry, kept }) => {
    const [reference] = evidenceOfReference(entry);
    if (!reference || !kept || kept.seenAs.includes(reference)) return false;
    return known.has(reference) || evidenceOfReference(kept).some((own) => shown.has(own));
  });
}

/**
 * Pairs by the reference together with the money (text or dates changed, pending became booked) or with counterparty and
 * sign (the amount changed: a tip). The same reference with another amount, sign and counterparty is another entry, and
 * one that several observed entries bear is none. Booked entries that the window does not show are left alone: there are
 * banks that count from 1 each day, and banks that give a standing order one reference for ever.
 */
export function pairByReference(pairs: Pairs, hits: Hits): void {
  if (pairs.isFile) {
    pairFileReferences(pairs, hits);
    return;
  }
  const kept = open(pairs, hits);
  if (kept.length === 0) return;
  const ofDay = (entry: ObservedEntry) => dayAndMoney(entry, pairs);
  pairReferred(pairs, kept, ofDay);
  const isOfOther = contest(pairs, ofDay);
  const free = kept.filter((entry) => entry.status === 'pending' || !isOfOther(entry));
  const isWordForWord = contest(pairs, sameWords);
  pairReferred(
    pairs,
    free.filter((entry) => !isWordForWord(entry)),
    moneyOf,
  );
  pairReferred(pairs, free, signAndName);
}

/** The same by the money alone, once those have been paired that are told in the same words. */
export function pairByReferenceLate(pairs: Pairs, hits: Hits): void {
  const kept = open(pairs, hits);
  if (kept.length > 0) pairReferred(pairs, kept, moneyOf);
}

function open(pairs: Pairs, { byReference }: Hits): readonly Entry[] {
  const told = toldByFiles(pairs);
  return byReference.filter(
    (entry) =>
      !pairs.taken.has(entry) &&
      isOpenToChange(entry, pairs) &&
      !(entry.status === 'pending' && entry.seenAs.some((evidence) => told.has(evidence))),
  );
}

/**
 * References of booked entries of which each was told by a file before: where the pending one is kept as well, it is
 * there twice. The pending one goes by itself; the booked one would stay.
 */
function toldByFiles(pairs: Pairs): ReadonlySet<string> {
  const keyOf = (entry: ObservedEntry) => dayAndMoney(entry, pairs);
  const ofFiles = pairs.kept.filter(
    (entry) =>
      entry.status === 'booked' &&
      isOfFile(entry) &&
      isAskedFor(entry, pairs) &&
      !pairs.taken.has(entry),
  );
  if (ofFiles.length === 0) return new Set();
  const told = Map.groupBy(ofFiles, keyOf);
  const shown = Map.groupBy(openSights(pairs, 'booked'), ({ entry }) => keyOf(entry));
  const all = [...shown].flatMap(([key, sights]) =>
    (told.get(key)?.length ?? 0) >= sights.length ? sights : [],
  );
  return new Set(all.flatMap(({ entry }) => evidenceOfReference(entry)));
}

/** Pairs by the reference together with other facts, what is booked now with all, what is pending with what was so. */
function pairReferred(
  pairs: Pairs,
  kept: readonly Entry[],
  together: (entry: ObservedEntry) => string,
): void {
  const sights = Map.groupBy(bearersAlone(pairs), ({ entry }) => entry.status);
  const pending = kept.filter(({ status }) => status === 'pending');
  pairBearers(pairs, kept, sights.get('booked') ?? [], together);
  pairBearers(pairs, pending, sights.get('pending') ?? [], together);
}

/** The reference under which an entry was seen last comes before those of earlier times. */
function pairBearers(
  pairs: Pairs,
  kept: readonly Entry[],
  sights: readonly Sight[],
  together: (entry: ObservedEntry) => string,
): void {
  const keyOf = ({ entry }: Sight) => `${evidenceOfReference(entry)[0]} ${together(entry)}`;
  for (const refer of [evidenceOfReference, referencesOf]) {
    const keysOf = (entry: Entry) => refer(entry).map((own) => `${own} ${together(entry)}`);
    pairEqual(pairs, kept, keysOf, sights, keyOf);
  }
}

function signAndName({ amount, counterparty, text }: ObservedEntry): string {
  const name = plain(counterparty);
  return `${Math.sign(amount.minor)} ${amount.currency} ${name ? `of ${name}` : plain(text)}`;
}

/** Tells whether booked entries are shown that equal a kept one by a key, enough for it and for all that equal it. */
function contest(pairs: Pairs, keyOf: (entry: ObservedEntry) => string): (entry: Entry) => boolean {
  const rivals = Map.groupBy(openSights(pairs, 'booked'), ({ entry }) => keyOf(entry));
  const open = pairs.kept.filter((it) => !pairs.taken.has(it) && isOpenToChange(it, pairs));
  const alike = Map.groupBy(open, keyOf);
  const countIn = (groups: ReadonlyMap<string, readonly unknown[]>, entry: Entry) =>
    groups.get(keyOf(entry))?.length ?? 0;
  return (entry) => countIn(rivals, entry) > 0 && countIn(rivals, entry) >= countIn(alike, entry);
}

const dayAndMoney = (entry: ObservedEntry, pairs: Pairs) =>
  `${dayOf(entry, pairs)} ${moneyOf(entry)}`;

function isOpenToChange(entry: Entry, pairs: Pairs): boolean {
  return entry.status === 'pending' || isAskedFor(entry, pairs);
}

/** Files number as they like: the money has to be the same and the day near. */
function pairFileReferences(pairs: Pairs, { byReference }: Hits): void {
  pairNear(pairs, byReference, bearersAlone(pairs), {
    daysMax: fileDaysMax,
    days: 'own',
    keyOf: moneyOf,
    likeness: ({ seenAs }, { reference }) =>
      reference && seenAs.includes(referenceEvidence(reference)) ? 1 : 0,
  });
}

/** Those whose reference no other observed entry bears. */
function bearersAlone(pairs: Pairs): readonly Sight[] {
  const bearers = Map.groupBy(pairs.sights, ({ entry }) => entry.reference);
  return openSights(pairs).filter(({ entry }) => bearers.get(entry.reference)?.length === 1);
}

const evidenceOfReference = ({ reference }: ObservedEntry) =>
  reference ? [referenceEvidence(reference)] : [];
const referencesOf = ({ seenAs }: Entry) => seenAs.filter((it) => it.startsWith('ref:'));

const sameWords = (entry: ObservedEntry) => `${moneyOf(entry)} ${wordingOf(entry)}`;

/** Days, money, counterparty, text and status to the letter. */
function factsOf(entry: ObservedEntry): string {
  const { status, bookingDate = '', valueDate = '', counterparty, text } = entry;
  return [status, bookingDate, valueDate, moneyOf(entry), counterparty, text].join('\n');
}
