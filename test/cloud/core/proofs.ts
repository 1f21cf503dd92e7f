import { type ProofInput, proveBalance } from '../../../cloud/core/prove-balance.ts';
import type { Entry, Proof } from '../../../shared/bank.ts';
import { parseMoney } from '../../../shared/money.ts';

export const euro = (text: string) => parseMoney(text, 'EUR');

/** A kept booked entry; amount and balance after it as decimal text in euro. */
export function booked(
  id: string,
  bookingDate: string,
  amount: string,
  balanceAfter?: string,
  facts: Partial<Entry> = {},
): Entry {
  return {
    id,
    seenAs: [],
    firstSeen: '2026-03-31',
    addedBy: 'r1',
    sources: ['bank'],
    status: 'booked',
    bookingDate,
    amount: euro(amount),
    counterparty: 'Laden',
    text: 'LADEN',
    ...(balanceAfter !== undefined && { balanceAfter: euro(balanceAfter) }),
    ...facts,
  };
}

export const sumOf = (entries: readonly Entry[]) =>
  entries.reduce((sum, { amount }) => sum + amount.minor, 0);

/** A proof of entries that are all loaded, from 1 March on. */
export function prove(
  entries: readonly Entry[],
  bank: string | undefined,
  more: Partial<ProofInput> = {},
) {
  return proveBalance({
    ledger: { bookedMinor: sumOf(entries) },
    currency: 'EUR',
    entries,
    windowFrom: '2026-03-01',
    ...(bank !== undefined && { balance: { booked: euro(bank) } }),
    ...more,
  });
}

export const opened = (minor: number, bookedMinor: number, from = '2026-03-01') => ({
  ledger: { bookedMinor, opening: { minor, from } },
});

/** 3.20 are missing between the second and the third. */
export const laden = [
  booked('G1', '2026-03-01', '-10.00', '190.00'),
  booked('G2', '2026-03-02', '-5.00', '185.00'),
  booked('G4', '2026-03-04', '-20.00', '161.80'),
  booked('G5', '2026-03-05', '-1.80', '160.00'),
];

export const off = (offBy: string, rest: Partial<Extract<Proof, { kind: 'off' }>> = {}) => ({
  kind: 'off',
  offBy: euro(offBy),
  ...rest,
});
