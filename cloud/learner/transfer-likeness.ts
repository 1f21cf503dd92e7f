import { decimalsOf } from '../../shared/money.ts';
import type { OwnAccounts } from './own-accounts.ts';
import { isPlausibleRate } from './rough-rates.ts';
import type { TransferEvidence } from './transfer.ts';
import type { Leg } from './transfer-leg.ts';

/** Two legs that may be the sides of a transfer. */
export interface Candidate {
  readonly out: Leg;
  readonly incoming: Leg;
  readonly tier: Tier;
  /** Kind of evidence and how much; lower is better. */
  readonly level: number;
  /** Days apart, more where it came in before it went out; less is better. */
  readonly cost: number;
  readonly evidence: readonly TransferEvidence[];
}

/** What speaks for two legs, the strongest first. `number` counts a user's direct booking, too, unless it says fee. */
export const tiers = {
  bothNumbers: 0,
  number: 1,
  bothNumbersFee: 2,
  nameAndWords: 3,
  hint: 4,
  numberFee: 5,
  nameAndWordsFee: 6,
  amountAlone: 7,
  rate: 8,
} as const;
export type Tier = (typeof tiers)[keyof typeof tiers];

/** Days from out to in: value dates may lie before, weekends and holidays come between. */
export const dayWindow = { min: -2, max: 5, numberMax: 10, aloneMax: 3 };

/** What a bank or a change of currencies may take: a share, or units of the currency, but no more than a third. */
const fee = { share: 0.02, units: 30, shareMax: 1 / 3 };

/** The largest fee of a sum, in minor units. */
export function feeMax(size: number, currency: string): number {
  const units = fee.units * 10 ** decimalsOf(currency);
  return Math.max(size * fee.share, Math.min(units, size * fee.shareMax));
}

/** The largest sum that becomes `size` by a fee, or somewhat more. */
export function sizeBeforeFeeMax(size: number, currency: string): number {
  const units = fee.units * 10 ** decimalsOf(currency);
  return Math.ceil(
    Math.max(size / (1 - fee.share), Math.min(size + units, size / (1 - fee.shareMax))),
  );
}

/** Whether a row says by itself that it is a transfer between own accounts. */
export const tellsTransfer = ({ told }: Leg) =>
  told.numbers.size > 0 || (told.hasName && (told.words !== 'none' || told.tails.size > 0));

interface Pairing {
  readonly out: Leg;
  readonly incoming: Leg;
  /** Sides that name the other's account by its number. */
  readonly numbers: number;
  /** Those and the ones that were booked against it. */
  readonly points: number;
  readonly isExact: boolean;
  readonly isOriginal: boolean;
  readonly own: OwnAccounts;
}

/** What speaks for two legs of opposite signs being one transfer; null where they are none, or too little does. */
export function compareLegs(out: Leg, incoming: Leg, own: OwnAccounts): Candidate | null {
  if (out.account === incoming.account || (out.bookedOn !== null && incoming.bookedOn !== null)) {
    return null;
  }
  if (!mayLeadTo(out, incoming.account) || !mayLeadTo(incoming, out.account)) return null;
  const numbers = countOf(hasNumberOf, out, incoming);
  const pairing: Pairing = {
    out,
    incoming,
    numbers,
    points: numbers + countOf(isBookedOn, out, incoming),
    isExact: out.currency === incoming.currency && out.size === incoming.size,
    isOriginal: isOriginalOf(out, incoming) || isOriginalOf(incoming, out),
    own,
  };
  const tier = tierOf(pairing);
  if (tier === null || !isNear(tier, pairing)) return null;
  if (!maySpeakFor(out, incoming, pairing) || !maySpeakFor(incoming, out, pairing)) return null;
  const days = incoming.day - out.day;
  const isAlone = tier === tiers.amountAlone || tier === tiers.rate;
  const hints = isAlone ? 0 : hintsOf(out, incoming, own) + hintsOf(incoming, out, own);
  return {
    out,
    incoming,
    tier,
    level: tier * levelsPerTier + hintsMax - hints,
    cost: days < 0 ? backwardCost - days : days,
    evidence: evidenceOf(pairing, days),
  };
}

const levelsPerTier = 20;
const hintsMax = 8;
/** In before out is rarer than a weekend between them. */
const backwardCost = 3;
/** Days that speak for two rows. */
const nearDays = 3;

function mayLeadTo({ bookedOn, told: { numbers } }: Leg, account: string): boolean {
  if (bookedOn !== null) return bookedOn === account;
  return numbers.size === 0 || numbers.has(account);
}

const hasNumberOf = ({ told }: Leg, other: Leg) => told.numbers.has(other.account);
const isBookedOn = ({ bookedOn, told }: Leg, other: Leg) =>
  bookedOn === other.account && !told.numbers.has(other.account);
const isOriginalOf = ({ original }: Leg, { size, currency }: Leg) =>
  original !== null && original.size === size && original.currency === currency;
const countOf = (isSo: (leg: Leg, other: Leg) => boolean, a: Leg, b: Leg) =>
  (isSo(a, b) ? 1 : 0) + (isSo(b, a) ? 1 : 0);

const hasWords = ({ told }: Leg, other: Leg) =>
  told.words !== 'none' || told.tails.has(other.account);
const hasNameAndWords = (leg: Leg, other: Leg) => leg.told.hasName && hasWords(leg, other);
const hasHint = (leg: Leg, other: Leg) =>
  leg.told.hasName || hasWords(leg, other) || leg.isInTransit || hasNumberOf(leg, other);

function tierOf(pairing: Pairing): Tier | null {
  const { out, incoming, numbers, points, isExact, isOriginal } = pairing;
  if (isExact || isOriginal) {
    if (points > 0) return points === 2 ? tiers.bothNumbers : tiers.number;
    if (countOf(hasNameAndWords, out, incoming) > 0) return tiers.nameAndWords;
    const hints = countOf(hasHint, out, incoming);
    return hints > 0 || isOriginal ? tiers.hint : tiers.amountAlone;
  }
  if (out.currency !== incoming.currency) {
    return numbers > 0 && isPlausibleRate(moneyOf(out), moneyOf(incoming)) ? tiers.rate : null;
  }
  if (!isFee(pairing)) return null;
  if (numbers > 0) return numbers === 2 ? tiers.bothNumbersFee : tiers.numberFee;
  return countOf(hasNameAndWords, out, incoming) > 0 ? tiers.nameAndWordsFee : null;
}

const moneyOf = ({ size, currency }: Leg) => ({ minor: size, currency });

/** A larger fee than the share needs both sides to say something: near sums on busy accounts are many. */
function isFee({ out, incoming }: Pairing): boolean {
  const gap = out.size - incoming.size;
  if (gap <= 0) return false;
  const isSaidTwice = countOf(hasHint, out, incoming) === 2;
  return gap <= (isSaidTwice ? feeMax(out.size, out.currency) : out.size * fee.share);
}

function isNear(tier: Tier, { out, incoming, points }: Pairing): boolean {
  const days = incoming.day - out.day;
  const { min, max, numberMax, aloneMax } = dayWindow;
  const isByNumber = points > 0 && tier !== tiers.rate;
  const latest = tier === tiers.amountAlone ? aloneMax : isByNumber ? numberMax : max;
  return days >= min && days <= latest;
}

/**
 * Whether a row that may well be something else says enough itself: one of which the learner is sure, or whose
 * counterparty has a number that is not the other account's. That the other side names it is enough for equal sums.
 */
function maySpeakFor(leg: Leg, other: Leg, { isExact, isOriginal, own }: Pairing): boolean {
  if (leg.isInTransit || leg.bookedOn !== null) return true;
  if (hasNumberOf(leg, other) || hasNameAndWords(leg, other)) return true;
  const isNamed =
    (isExact || isOriginal) && (hasNumberOf(other, leg) || other.bookedOn === leg.account);
  if (isStranger(leg, other, own)) {
    return (isNamed || leg.told.hasName || hasWords(leg, other)) && !leg.isOther();
  }
  return isNamed || !leg.isOther();
}

const isStranger = ({ told }: Leg, other: Leg, own: OwnAccounts) =>
  told.isStranger && own.hasFullNumber(other.account);

function hintsOf(leg: Leg, other: Leg, own: OwnAccounts): number {
  const { hasName, words, tails } = leg.told;
  const hints = [hasName, words !== 'none', tails.has(other.account), leg.isInTransit];
  return hints.filter(Boolean).length - (isStranger(leg, other, own) ? 1 : 0);
}

function evidenceOf(
  { out, incoming, numbers, isExact, isOriginal }: Pairing,
  days: number,
): readonly TransferEvidence[] {
  const found: readonly (readonly [boolean, TransferEvidence])[] = [
    [numbers > 0, 'number'],
    [isOriginal, 'original'],
    [out.told.hasName || incoming.told.hasName, 'name'],
    [countOf(hasWords, out, incoming) > 0, 'words'],
    [isExact, 'amount'],
    [Math.abs(days) <= nearDays, 'day'],
  ];
  return found.flatMap(([isFound, evidence]) => (isFound ? [evidence] : []));
}
