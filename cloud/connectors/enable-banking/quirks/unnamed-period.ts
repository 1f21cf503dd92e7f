import { addDays, type CalendarDate } from '../../../../shared/calendar-date.ts';

/**
 * N26: what is older than 90 days is refused with its own PERIOD_INVALID, whose detail repeats the
 * window that was asked for, "dateFrom=2025-12-11, dateTo=2026-03-23", and does not say which it
 * would give (we-promise/sure#1262, March 2026). Without the rule the days are guessed, each guess
 * a call of the four a day. Not tried against the bank.
 */
const institutions = /^enable-banking:[a-z]{2}-n26(-|$)/;
const days = 89;

/**
 * The first day that such a bank gives once it has refused an earlier one; undefined for others.
 */
export function firstDayUnnamed(
  institutionId: string,
  today: CalendarDate,
): CalendarDate | undefined {
  return institutions.test(institutionId) ? addDays(today, -days) : undefined;
}
