import type { Balance, Entry, Proof } from '../../shared/bank.ts';
import type { CalendarDate } from '../../shared/calendar-date.ts';
import type { Money } from '../../shared/money.ts';
import {
  type BookedDay,
  bookedDays,
  endByChain,
  isCounted,
  judgeDay,
  startByChain,
  sumOf,
} from './balance-chain.ts';
import type { LedgerDoc, Opening } from './documents.ts';
import { entryDay } from './entry-day.ts';

/** What a sync knows of an account once its entries are merged. */
export interface ProofInput {
  /** As the sync leaves it. */
  readonly ledger: Pick<LedgerDoc, 'bookedMinor' | 'opening'>;
  readonly currency: string;
  readonly balance?: Balance | undefined;
  /** All kept from some day on, booked and pending, in order of day; none where nothing is new. */
  readonly entries: readonly Entry[];
  /** First day of the fetch, since which `entries` has all; absent before the first one. */
  readonly windowFrom?: CalendarDate | undefined;
  /** What the last sync found, and its day. */
  readonly previous?: Proof | undefined;
  readonly previousDay?: CalendarDate | undefined;
}

export interface BalanceProof {
  readonly proof: Proof;
  /** The ledger's, or the one that this sync could tell for the first time. */
  readonly opening?: Opening;
  /** What opening and entries lead to. */
  readonly bookBalance?: Money;
}

/**
 * Compares the bank's booked balance, or where it gives none the last balance after an entry, with
 * opening balance and booked entries. The first time, the opening is what stood before the first
 * day that tells it; where none does, it is what makes both the same. Of a difference the place is
 * told as far as balances after entries show it.
 */
export function proveBalance(input: ProofInput): BalanceProof {
  const { ledger, currency, entries, windowFrom, previous } = input;
  const from = ledger.opening?.from ?? windowFrom;
  const days = from === undefined ? [] : bookedDays(entries, currency, from);
  const opening = ledger.opening ?? firstOpening(input, days);
  if (!opening) return { proof: { kind: 'unknown' } };
  const minor = opening.minor + ledger.bookedMinor;
  const known = { opening, bookBalance: { minor, currency } };
  const start = minor - sumOfDays(days);
  const told = toldMinor(input) ?? (days.length > 0 ? endByChain(days, start) : undefined);
  if (told === undefined) {
    // Without a balance and without entries nothing is known that was not known before.
    const proof = days.length === 0 ? previous : undefined;
    return { proof: proof ?? { kind: 'unknown' }, ...known };
  }
  if (told === minor) return { proof: { kind: 'ties' }, ...known };
  const offBy = { minor: told - minor, currency };
  const tiedUntil = lastTie(input);
  const place = findBreak(input, days, start, opening.from) ?? samePlace(previous, offBy);
  return {
    proof: { kind: 'off', offBy, ...place, ...(tiedUntil && { tiedUntil }) },
    ...known,
  };
}

/** A statement page before and after a change. */
interface PageChange {
  readonly before: readonly Entry[];
  readonly after: readonly Entry[];
}

/**
 * The opening after pages changed. What comes or goes before its day was in the balance that told
 * it: it moves the opening, and makes no difference. `fetchedFrom`: first day of a complete fetch;
 * from the earlier of both days on entries count. A file proves no day complete and gives none.
 */
export function openingAfter(
  opening: Opening | undefined,
  pages: readonly PageChange[],
  currency: string,
  fetchedFrom?: CalendarDate,
): Opening | undefined {
  if (!opening) return undefined;
  const from = fetchedFrom && fetchedFrom < opening.from ? fetchedFrom : opening.from;
  return { ...opening, minor: opening.minor - addedBefore(opening.from, pages, currency), from };
}

/** The opening once a fetch was taken back; `keptFrom`: first day since which all is kept then. */
export function openingWithout(
  opening: Opening | undefined,
  pages: readonly PageChange[],
  currency: string,
  keptFrom: CalendarDate | undefined,
): Opening | undefined {
  if (!opening || !keptFrom) return undefined;
  const from = keptFrom > opening.from ? keptFrom : opening.from;
  return { ...opening, minor: opening.minor - addedBefore(from, pages, currency), from };
}

/**
 * The opening after an import was taken back. One that was assumed with the file's entries among the others (`wasBefore`)
 * is as right without them: it moves, and they make no difference.
 */
export function openingWithoutFile(
  opening: Opening | undefined,
  pages: readonly PageChange[],
  currency: string,
  wasBefore: boolean,
): Opening | undefined {
  if (!opening?.isAssumed || !wasBefore) return openingAfter(opening, pages, currency);
  return { ...opening, minor: opening.minor - addedBefore('9999-12-31', pages, currency) };
}

function addedBefore(day: CalendarDate, pages: readonly PageChange[], currency: string): number {
  const sum = (entries: readonly Entry[]) =>
    sumOf(entries.filter((entry) => isCounted(entry, currency) && entryDay(entry) < day));
  return pages.reduce((total, { before, after }) => total + sum(after) - sum(before), 0);
}

function firstOpening(input: ProofInput, days: readonly BookedDay[]): Opening | undefined {
  const { ledger, windowFrom } = input;
  if (!windowFrom) return undefined;
  const told = toldMinor(input);
  const start = startByChain(days, told);
  const earlier = ledger.bookedMinor - sumOfDays(days);
  if (start !== undefined) return { minor: start - earlier, from: windowFrom };
  if (told === undefined) return undefined;
  return { minor: told - ledger.bookedMinor, from: windowFrom, isAssumed: true };
}

function sumOfDays(days: readonly BookedDay[]): number {
  return days.reduce((total, { sum }) => total + sum, 0);
}

function toldMinor({ balance, currency }: ProofInput): number | undefined {
  return balance?.booked?.currency === currency ? balance.booked.minor : undefined;
}

function lastTie({ previous, previousDay }: ProofInput): CalendarDate | undefined {
  if (previous?.kind === 'off') return previous.tiedUntil;
  return previous?.kind === 'ties' ? previousDay : undefined;
}

interface Place {
  readonly firstBadDay?: CalendarDate;
  readonly entryId?: string;
}

/**
 * The first day, and in it the entry, that does not follow from what stands before. Absent where no
 * day could be judged; empty where all follow, and what is missing comes after the last entry.
 */
function findBreak(
  { windowFrom, previous }: ProofInput,
  days: readonly BookedDay[],
  start: number,
  openingFrom: CalendarDate,
): Place | undefined {
  // What the first day begins with is our sum: an older difference is in it, unless there is none.
  let isStartSure =
    previous?.kind === 'ties' || (windowFrom !== undefined && windowFrom <= openingFrom);
  let isJudged = false;
  let at = start;
  for (const day of days) {
    const verdict = judgeDay(day, at);
    if (typeof verdict === 'object') {
      if (isStartSure) return { firstBadDay: day.day, entryId: verdict.id };
      return placeOf(previous);
    }
    if (verdict === 'follows') {
      isStartSure = true;
      isJudged = true;
    }
    at += day.sum;
  }
  return isJudged ? {} : undefined;
}

function samePlace(previous: Proof | undefined, { minor }: Money): Place {
  return previous?.kind === 'off' && previous.offBy.minor === minor ? placeOf(previous) : {};
}

function placeOf(proof: Proof | undefined): Place {
  if (proof?.kind !== 'off') return {};
  const { firstBadDay, entryId } = proof;
  return { ...(firstBadDay && { firstBadDay }), ...(entryId && { entryId }) };
}
