import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Entry, ObservedEntry } from '../../../shared/bank.ts';
import { counts, createKeptEntries, march } from './kept-entries.ts';
import { entry } from './world.ts';

/** A payment as it happens, of which the bank shows now this and now that. */
interface Payment {
  readonly amount: string;
  readonly shop: string;
  readonly day: number;
  /** Days for which it is pending before it is booked; null: it is booked at once. */
  readonly holdDays: number | null;
  /** A pending one that is let go. */
  readonly isLetGo: boolean;
  readonly tip: boolean;
  readonly branch: string;
}

const payment: fc.Arbitrary<Payment> = fc.record({
  amount: fc.constantFrom('-4.50', '-4.50', '-9.00', '12.00'),
  shop: fc.constantFrom('CAFE ROT', 'KIOSK AM PARK', 'KINO ASTORIA'),
  day: fc.integer({ min: 1, max: 20 }),
  holdDays: fc.option(fc.integer({ min: 1, max: 4 })),
  isLetGo: fc.boolean(),
  tip: fc.boolean(),
  branch: fc.constantFrom('', ' BERLIN', ' KARTE 1234'),
});

type References = 'stable' | 'none' | 'reissued' | 'perSession' | 'perDay';
const references = fc.constantFrom<References>(
  'stable',
  'none',
  'reissued',
  'perSession',
  'perDay',
);

interface Step {
  readonly kind: 'sync' | 'file';
  /** Days since the step before. */
  readonly later: number;
  /** How far back it reaches. */
  readonly back: number;
  /** Of a file: how many days before its day it ends. */
  readonly until: number;
  /** Of a file: every so manieth line is worded otherwise. */
  readonly reworded: number;
  readonly isReconnected: boolean;
}

const step: fc.Arbitrary<Step> = fc.record({
  kind: fc.constantFrom('sync', 'sync', 'file'),
  later: fc.integer({ min: 0, max: 4 }),
  back: fc.integer({ min: 0, max: 20 }),
  until: fc.integer({ min: 0, max: 5 }),
  reworded: fc.integer({ min: 1, max: 4 }),
  isReconnected: fc.boolean(),
});

const steps = fc.array(step, { maxLength: 9 });
const payments = fc.array(payment, { maxLength: 14 });

/** What the bank shows of the payments on a day, from a first day on. */
function shownOn(
  all: readonly Payment[],
  today: number,
  from: number,
  named: References,
  fetch: number,
  session: number,
): readonly ObservedEntry[] {
  const countOfDay = new Map<string, number>();
  return all.flatMap((it, at) => {
    if (it.day > today) return [];
    const bookedOn = it.day + (it.holdDays ?? 0);
    const isBooked = bookedOn <= today;
    if (isBooked && it.isLetGo && it.holdDays !== null) return [];
    const day = isBooked ? bookedOn : it.day;
    const number = (countOfDay.get(march(day)) ?? 0) + 1;
    countOfDay.set(march(day), number);
    if (isBooked && day < from) return [];
    const reference = {
      stable: `E${at}`,
      none: undefined,
      reissued: `${(at * 7 + fetch * 3) % 20}`,
      perSession: `S${session}-${at}`,
      perDay: `${number}`,
    }[named];
    const hasTip = isBooked && it.tip && it.holdDays !== null && it.amount === '-9.00';
    return entry(hasTip ? '-10.00' : it.amount, {
      ...(reference && { reference }),
      status: isBooked ? 'booked' : 'pending',
      bookingDate: march(day),
      valueDate: march(it.day),
      counterparty: it.shop,
      text: isBooked ? `${it.shop}${it.branch}` : `VORGEMERKT ${it.shop}`,
    });
  });
}

/** Lines as another teller words them, here and there with no word in common. */
function fileOf(all: readonly Payment[], today: number, { back, until, reworded }: Step) {
  const booked = shownOn(all, today - until, today - back, 'none', 0, 0).filter(
    ({ status }) => status === 'booked',
  );
  return booked.map((it, at) =>
    at % reworded === 0
      ? it
      : { ...it, counterparty: '', text: at % 2 === 0 ? `EINKAUF ${at}` : `${it.text} DE ${at}` },
  );
}

/** Plays the steps and a fetch of everything at their end; `look` sees each merge. */
function play(
  all: readonly Payment[],
  named: References,
  script: readonly Step[],
  look: (merged: {
    kept: ReturnType<typeof createKeptEntries>;
    before: readonly Entry[];
    result: ReturnType<ReturnType<typeof createKeptEntries>['sync']>;
    again: () => ReturnType<ReturnType<typeof createKeptEntries>['sync']>;
  }) => void = () => {},
) {
  const kept = createKeptEntries();
  let today = 1;
  let session = 0;
  const end: Step = {
    kind: 'sync',
    later: 30,
    back: 99,
    until: 0,
    reworded: 1,
    isReconnected: false,
  };
  for (const [fetch, it] of [...script, end].entries()) {
    today += it.later;
    session += it.isReconnected ? 1 : 0;
    const before = kept.entries();
    const from = Math.max(1, today - it.back);
    const observed =
      it.kind === 'sync'
        ? shownOn(all, today, from, named, fetch, session)
        : fileOf(all, today, it);
    const merge = it.kind === 'sync' ? kept.sync : kept.importFile;
    const showing = { from: march(from), today: march(today), runId: `run${fetch}` };
    const result = merge(observed, showing);
    look({ kept, before, result, again: () => merge(observed, showing) });
  }
  return kept;
}

const factsOf = ({ status, amount, bookingDate, valueDate, text }: ObservedEntry) =>
  `${status} ${bookingDate} ${valueDate} ${amount.minor} ${text}`;
const sorted = (entries: readonly ObservedEntry[]) => entries.map(factsOf).sort();

describe('any bank history, in any overlapping windows, with files at any point between', () => {
  test('ends as if it had been shown once', () => {
    fc.assert(
      fc.property(payments, references, steps, (all, named, script) => {
        const once = play(all, named, []);
        expect(sorted(play(all, named, script).shown())).toEqual(sorted(once.shown()));
      }),
      { numRuns: 1_000 },
    );
  });

  test('shows at every moment what the bank showed last of the window, each once', () => {
    fc.assert(
      fc.property(payments, references, steps, (all, named, script) => {
        const syncs = script.map((it) => ({ ...it, kind: 'sync' as const }));
        let today = 1;
        let at = 0;
        play(all, named, syncs, ({ kept }) => {
          const it = syncs[at++];
          if (!it) return;
          today += it.later;
          const from = Math.max(1, today - it.back);
          const inWindow = kept
            .entries()
            .filter((one) => one.status === 'booked' && (one.bookingDate ?? '') >= march(from));
          const booked = shownOn(all, today, from, 'none', 0, 0).filter(
            ({ status }) => status === 'booked',
          );
          expect(sorted(inWindow)).toEqual(sorted(booked));
        });
      }),
      { numRuns: 400 },
    );
  });

  test('shown twice is shown once', () => {
    fc.assert(
      fc.property(payments, references, steps, (all, named, script) => {
        play(all, named, script, ({ again, result }) => {
          const second = again();
          expect(counts(second)).toEqual({ added: 0, changed: 0, removed: 0, unclear: 0 });
          expect(second.entries.every((it, at) => it === result.entries[at])).toBe(true);
        });
      }),
      { numRuns: 400 },
    );
  });

  test('no id ever changes its entry’s first day or stands twice, and a booked entry never goes', () => {
    fc.assert(
      fc.property(payments, references, steps, (all, named, script) => {
        play(all, named, script, ({ before, result }) => {
          const after = new Map(result.entries.map((it) => [it.id, it]));
          expect(after.size).toBe(result.entries.length);
          for (const it of before) {
            const now = after.get(it.id);
            if (!now) {
              expect(it.status).toBe('pending');
              continue;
            }
            expect(now.firstSeen).toBe(it.firstSeen);
            if (it.status === 'booked') expect(now.status).toBe('booked');
          }
        });
      }),
      { numRuns: 400 },
    );
  });

  test('a file adds no row for what the bank has shown, in whatever words', () => {
    fc.assert(
      fc.property(payments, references, steps, (all, named, script) => {
        const kept = play(all, named, []);
        const before = kept.entries();
        for (const it of script) kept.importFile(fileOf(all, 30, it));
        expect(kept.entries().map(({ id }) => id)).toEqual(before.map(({ id }) => id));
        expect(sorted(kept.entries())).toEqual(sorted(before));
      }),
      { numRuns: 400 },
    );
  });
});
