import type { ObservedEntry } from '../../../shared/bank.ts';
import {
  addDays,
  addMs,
  type CalendarDate,
  dayOf,
  daysBetween,
  type Instant,
} from '../../../shared/calendar-date.ts';
import { type Money, sumMoney } from '../../../shared/money.ts';
import type { StatementSource } from './bank-customer.ts';

/** Something that is going to happen on an account, before the bank has made an entry of it. */
export interface PlannedEntry {
  /** A transfer is booked on its day; a card payment is pending for a day or two first. */
  readonly kind: 'transfer' | 'card';
  readonly amount: Money;
  readonly counterparty: string;
  readonly counterpartyAccount?: string;
  readonly text: string;
  readonly original?: Money;
}

/** What happens on a day; `random` gives the same numbers from 0 to below 1 for the same day. */
export type DayPlan = (day: CalendarDate, random: () => number) => readonly PlannedEntry[];

/** The day on which the sample accounts were opened; it never moves, or the past would change with it. */
const openedOn: CalendarDate = '2025-01-01';

interface Happening extends PlannedEntry {
  readonly at: Instant;
  readonly reference: string;
  readonly bookingDate: CalendarDate;
  /** Some banks give a card payment a new reference when they book it. */
  readonly bookedReference: string;
}

/**
 * An account that lives by a plan: the same past whenever it is asked, and new entries as time passes. The booked
 * balance is the opening one with all booked entries.
 */
export function sampleStatement(key: string, opening: Money, plan: DayPlan): StatementSource {
  const happenings: Happening[] = [];
  let plannedTo = addDays(openedOn, -1);

  function planUntil(today: CalendarDate): void {
    while (plannedTo < today) {
      plannedTo = addDays(plannedTo, 1);
      happenings.push(...happeningsOf(key, plannedTo, plan));
    }
  }

  return (now) => {
    planUntil(dayOf(now));
    const known = happenings.filter(({ at }) => at <= now);
    const booked = known.filter(({ bookingDate }) => bookingDate <= dayOf(now));
    const pending = known.filter(({ bookingDate }) => bookingDate > dayOf(now));
    const bookedBalance = plus(opening, booked);
    return {
      entries: [
        ...booked.sort((a, b) => a.bookingDate.localeCompare(b.bookingDate)).map(toBooked),
        ...pending.map(toPending),
      ],
      balance: { booked: bookedBalance, available: plus(bookedBalance, pending) },
    };
  };
}

function happeningsOf(key: string, day: CalendarDate, plan: DayPlan): Happening[] {
  const random = randomOf(`${key} ${day}`);
  return plan(day, random).map((planned, index) => {
    const reference = `${key}-${day}-${index + 1}`.toUpperCase();
    if (planned.kind === 'transfer') {
      const at = `${day}T00:00:00.000Z`;
      return { ...planned, at, bookingDate: day, reference, bookedReference: reference };
    }
    const minutes = 7 * 60 + Math.floor(random() * 13 * 60);
    const at = addMs(`${day}T00:00:00.000Z`, minutes * 60_000);
    const bookingDate = nextWorkday(addDays(day, random() < 0.7 ? 1 : 2));
    const bookedReference = random() < 0.8 ? reference : `${reference}B`;
    return { ...planned, at, bookingDate, reference, bookedReference };
  });
}

function toBooked(happening: Happening): ObservedEntry {
  const { bookingDate, bookedReference } = happening;
  return {
    ...shared(happening),
    reference: bookedReference,
    status: 'booked',
    bookingDate,
    valueDate: bookingDate,
  };
}

function toPending(happening: Happening): ObservedEntry {
  return {
    ...shared(happening),
    reference: happening.reference,
    status: 'pending',
    valueDate: dayOf(happening.at),
  };
}

function shared({ amount, counterparty, counterpartyAccount, text, original }: Happening) {
  return {
    amount,
    counterparty,
    ...(counterpartyAccount && { counterpartyAccount }),
    text,
    ...(original && { original }),
  };
}

function plus(balance: Money, entries: readonly Happening[]): Money {
  return sumMoney([balance, ...entries.map(({ amount }) => amount)], balance.currency);
}

/** 0 is Monday; of a day from 2024 on. */
export function weekdayOf(day: CalendarDate): number {
  return daysBetween('2024-01-01', day) % 7;
}

/** The day itself, or the Monday after a weekend. */
export function nextWorkday(day: CalendarDate): CalendarDate {
  const weekday = weekdayOf(day);
  return weekday < 5 ? day : addDays(day, 7 - weekday);
}

/** Mulberry32, started by an FNV-1a hash of the text. */
function randomOf(text: string): () => number {
  let state = 0x811c9dc5;
  for (const character of text) {
    state = Math.imul(state ^ (character.codePointAt(0) ?? 0), 0x01000193);
  }
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
