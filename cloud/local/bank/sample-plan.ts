import { addDays, type CalendarDate } from '../../../shared/calendar-date.ts';
import { type Money, parseMoney } from '../../../shared/money.ts';
import { type DayPlan, nextWorkday, type PlannedEntry, weekdayOf } from './sample-statement.ts';

/** Something that comes once a month, booked on the workday at or after its day (at most 26). */
export interface Monthly {
  readonly day: number;
  /** Calendar months, from 1; absent: all. */
  readonly months?: readonly number[];
  readonly amount: string;
  readonly counterparty: string;
  readonly counterpartyAccount?: string;
  readonly text: string;
}

/** Card payments that come now and then. */
export interface CardHabit {
  /** 0 is Monday. */
  readonly weekdays: readonly number[];
  readonly chance: number;
  /** Between these, in minor units. */
  readonly from: number;
  readonly to: number;
  readonly counterparty: string;
  readonly text: string;
  /** What a unit of the account's currency is in the one in which it was spent. */
  readonly rate?: { readonly currency: string; readonly perUnit: number };
}

/** What happens on each day of an account that lives by these. */
export function planOf(
  currency: string,
  monthly: readonly Monthly[],
  cards: readonly CardHabit[],
): DayPlan {
  return (day, random) => [
    ...monthly.filter((one) => isBookedOn(one, day)).map((one) => toTransfer(one, currency, day)),
    ...cards.flatMap((habit) => toCardPayments(habit, currency, day, random)),
  ];
}

function isBookedOn({ day: dayOfMonth, months }: Monthly, day: CalendarDate): boolean {
  const month = day.slice(0, 7);
  if (months && !months.includes(Number(month.slice(5)))) return false;
  return nextWorkday(addDays(`${month}-01`, dayOfMonth - 1)) === day;
}

function toTransfer(monthly: Monthly, currency: string, day: CalendarDate): PlannedEntry {
  const { amount, counterparty, counterpartyAccount, text } = monthly;
  return {
    kind: 'transfer',
    amount: parseMoney(amount, currency),
    counterparty,
    ...(counterpartyAccount && { counterpartyAccount }),
    text: `${text}\n${monthNames[Number(day.slice(5, 7)) - 1]} ${day.slice(0, 4)}`,
  };
}

/** The chance is drawn on every day, so that one habit's days do not move another's. */
function toCardPayments(
  { weekdays, chance, from, to, counterparty, text, rate }: CardHabit,
  currency: string,
  day: CalendarDate,
  random: () => number,
): PlannedEntry[] {
  const happens = random() < chance && weekdays.includes(weekdayOf(day));
  const minor = -Math.round(from + random() * (to - from));
  if (!happens) return [];
  const original: Money | undefined = rate && {
    minor: Math.round(minor * rate.perUnit),
    currency: rate.currency,
  };
  const amount = { minor, currency };
  return [{ kind: 'card', amount, counterparty, text, ...(original && { original }) }];
}

const monthNames = [
  'JANUARY',
  'FEBRUARY',
  'MARCH',
  'APRIL',
  'MAY',
  'JUNE',
  'JULY',
  'AUGUST',
  'SEPTEMBER',
  'OCTOBER',
  'NOVEMBER',
  'DECEMBER',
];
