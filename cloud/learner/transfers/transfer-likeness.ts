import { decimalsOf } from '../../../shared/money.ts';
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

/** Kinds of evidence, the strongest first: equal sums with a number or a booking, with less, and other sums. */
export const tiers = { number: 0, hint: 1, fee: 2, amountAlone: 3, rate: 4 } as const;
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
  /** A side names the other's account by its number. */
  readonly hasNumber: boolean;
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
  const pairing: Pairing = {
    out,
    incoming,
    hasNumber: countOf(hasNumberOf, out, incoming) > 0,
    isExact: out.currency === incoming.currency && out.size === incoming.size,
    isOriginal: isOriginalOf(out, incoming) || isOriginalOf(incoming, out),
    own,
  };
  const tier = tierOf(pairing);
  if (tier === null || !isNear(tier, pairing)) return null;
  // Of equal sums that name somebody else, a salary and a rent, chance says more.
  const isNamed = out.told.namesOther || incoming.told.namesOther;
  if (tier === tiers.amountAlone && isNamed) return null;
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

const levelsPerTier = 100;
const hintsMax = 20;
/** As much as name, words and digits together. */
const hintsOfNumber = 3;
/** In before out is rarer than a weekend between them. */
const backwardCost = 3;
/** Days that speak for two rows. */
const nearDays = 3;

function mayLeadTo({ bookedOn, told: { numbers } }: Leg, account: string): boolean {
  if (bookedOn !== null) return bookedOn === account;
  return numbers.size === 0 || numbers.has(account);
}

const hasNumberOf = ({ told }: Leg, other: Leg) => told.numbers.has(other.account);
const pointsTo = (leg: Leg, other: Leg) =>
  hasNumberOf(leg, other) || leg.bookedOn === other.account;
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
  const { out, incoming, hasNumber, isExact, isOriginal } = pairing;
  if (isExact || isOriginal) {
    if (countOf(pointsTo, out, incoming) > 0) return tiers.number;
    const hints = countOf(hasHint, out, incoming);
    return hints > 0 || isOriginal ? tiers.hint : tiers.amountAlone;
  }
  if (out.currency !== incoming.currency) {
    return hasNumber && isPlausibleRate(moneyOf(out), moneyOf(incoming)) ? tiers.rate : null;
  }
  const isTold = hasNumber || countOf(hasNameAndWords, out, incoming) > 0;
  return isTold && isFee(out, incoming) ? tiers.fee : null;
}

const moneyOf = ({ size, currency }: Leg) => ({ minor: size, currency });

/** A larger fee than the share needs both sides to say something: near sums on busy accounts are many. */
function isFee(out: Leg, incoming: Leg): boolean {
  const gap = out.size - incoming.size;
  const isSaidTwice = countOf(hasHint, out, incoming) === 2;
  const gapMax = isSaidTwice ? feeMax(out.size, out.currency) : out.size * fee.share;
  return gap > 0 && gap <= gapMax;
}

function isNear(tier: Tier, { out, incoming, hasNumber }: Pairing): boolean {
  const days = incoming.day - out.day;
  const { min, max, numberMax, aloneMax } = dayWindow;
  const isByNumber = tier === tiers.number || (tier === tiers.fee && hasNumber);
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
  const isNamed = (isExact || isOriginal) && pointsTo(other, leg);
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
  const count = hints.filter(Boolean).length - (isStranger(leg, other, own) ? 1 : 0);
  return count + (pointsTo(leg, other) ? hintsOfNumber : 0);
}

function evidenceOf(
  { out, incoming, hasNumber, isExact, isOriginal }: Pairing,
  days: number,
): readonly TransferEvidence[] {
  const found: readonly (readonly [boolean, TransferEvidence])[] = [
    [hasNumber, 'number'],
    [isOriginal, 'original'],
    [out.told.hasName || incoming.told.hasName, 'name'],
    [countOf(hasWords, out, incoming) > 0, 'words'],
    [isExact, 'amount'],
    [Math.abs(days) <= nearDays, 'day'],
  ];
  return found.flatMap(([isFound, evidence]) => (isFound ? [evidence] : []));
}
