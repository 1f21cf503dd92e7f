import type { OwnAccounts } from './own-accounts.ts';
import type { Leg } from './transfer-leg.ts';
import {
  type Candidate,
  compareLegs,
  dayWindow,
  feeMax,
  sizeBeforeFeeMax,
  tellsTransfer,
} from './transfer-likeness.ts';

/** Legs of one sign and currency between two days and two sizes, both ends included. */
export type FindLegs = (wanted: {
  readonly isOut: boolean;
  readonly currency: string;
  readonly days: readonly [number, number];
  readonly sizes: readonly [number, number];
}) => readonly Leg[];

/** Legs by sign, currency and day, and by size within these. */
export function indexLegs(legs: readonly Leg[]): FindLegs {
  const byDay = Map.groupBy(legs, ({ isOut, currency, day }) => `${isOut} ${currency} ${day}`);
  for (const ofDay of byDay.values()) ofDay.sort((a, b) => a.size - b.size);
  return ({ isOut, currency, days: [first, last], sizes: [least, most] }) => {
    const found: Leg[] = [];
    for (let day = first; day <= last; day++) {
      const ofDay = byDay.get(`${isOut} ${currency} ${day}`) ?? [];
      for (let at = firstFrom(ofDay, least); at < ofDay.length; at++) {
        const leg = ofDay[at];
        if (!leg || leg.size > most) break;
        found.push(leg);
      }
    }
    return found;
  };
}

function firstFrom(bySize: readonly Leg[], least: number): number {
  let [low, high] = [0, bySize.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((bySize[middle]?.size ?? 0) < least) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** All pairs of legs for which something speaks. */
export function findCandidates(
  legs: readonly Leg[],
  findLegs: FindLegs,
  own: OwnAccounts,
  isRejected: (out: Leg, incoming: Leg) => boolean,
): readonly Candidate[] {
  const currencies = [...new Set(legs.map(({ currency }) => currency))].sort();
  const candidates: Candidate[] = [];
  const compared = new Map<Leg, Set<Leg>>();
  for (const leg of legs) {
    for (const other of partnersOf(leg, findLegs, currencies)) {
      const [out, incoming] = leg.isOut ? [leg, other] : [other, leg];
      const known = compared.get(out) ?? new Set();
      if (known.has(incoming)) continue;
      compared.set(out, known.add(incoming));
      const candidate = isRejected(out, incoming) ? null : compareLegs(out, incoming, own);
      if (candidate) candidates.push(candidate);
    }
  }
  return candidates;
}

/** Legs that may be the other side by their sum and day; equal sums are looked for from the outgoing side only. */
function* partnersOf(leg: Leg, findLegs: FindLegs, currencies: readonly string[]): Generator<Leg> {
  const { day, size, currency, original } = leg;
  const { min, numberMax } = dayWindow;
  const isOut = !leg.isOut;
  const days = isOut
    ? ([day - numberMax, day - min] as const)
    : ([day + min, day + numberMax] as const);
  if (leg.isOut) yield* findLegs({ isOut, currency, days, sizes: [size, size] });
  if (original) {
    const sizes = [original.size, original.size] as const;
    yield* findLegs({ isOut, currency: original.currency, days, sizes });
  }
  if (tellsTransfer(leg)) {
    const sizes = leg.isOut
      ? ([size - feeMax(size, currency), size - 1] as const)
      : ([size + 1, sizeBeforeFeeMax(size, currency)] as const);
    yield* findLegs({ isOut, currency, days, sizes });
  }
  if (leg.told.numbers.size === 0) return;
  for (const other of currencies) {
    if (other === currency) continue;
    yield* findLegs({ isOut, currency: other, days, sizes: [0, Number.MAX_SAFE_INTEGER] });
  }
}
