import { createHash } from 'node:crypto';
import type { ObservedEntry } from '../../shared/bank.ts';

/** What a fingerprint of the version that is given today begins with. */
export const currentVersion = 'fp2:';

/** What an entry is seen under: the bank's reference, where it gives one, and its fingerprint. */
export function evidenceOf(entry: ObservedEntry, print = fingerprint(entry)): readonly string[] {
  return entry.reference ? [referenceEvidence(entry.reference), print] : [print];
}

export const referenceEvidence = (reference: string) => `ref:${reference}`;

/**
 * Version 2: day, money, counterparty and text, these two without case, blanks and punctuation, which banks change
 * between two answers. The value date is left out where there is a booking date: banks tell it later or not again.
 */
export function fingerprint(entry: ObservedEntry): string {
  const { bookingDate, valueDate, counterparty, text } = entry;
  const day = bookingDate ?? valueDate ?? null;
  return currentVersion + hash([day, moneyOf(entry), plain(counterparty), plain(text)]);
}

/** Version 1, by which entries are found that have not been seen since it was given. */
export function oldFingerprint(entry: ObservedEntry): string {
  const { bookingDate, valueDate, counterparty, text } = entry;
  return `fp1:${hash([bookingDate, valueDate, moneyOf(entry), spaced(counterparty), spaced(text)])}`;
}

/** Equal for equal amounts of one currency. */
export const moneyOf = ({ amount }: ObservedEntry) => `${amount.minor} ${amount.currency}`;

/** A text by its letters, digits and pictures alone. */
export function plain(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s\p{P}\p{Sm}\p{Sk}\p{Cc}\p{Cf}]+/gu, '');
}

/** Counterparty and text by their letters and digits; '' where there is nothing. */
export const wordingOf = ({ counterparty, text }: ObservedEntry) =>
  `${plain(counterparty)} ${plain(text)}`.trim();

const spaced = (text: string) => text.replace(/\s+/g, ' ').trim().toLowerCase();

function hash(facts: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(facts)).digest('base64url').slice(0, 22);
}
