import { addDays, type CalendarDate } from '../../../../shared/calendar-date.ts';

/**
 * BNP Paribas Fortis, Belgium: a first day more than two years ago is refused with ASPSP_ERROR,
 * which is what any trouble of a bank looks like, and only its prose names the period
 * (letehaha/budget-tracker#318, June 2026). Without the rule a sync that asks for 2023 in 2026
 * fails until the bank is mended, which it never is. Not tried against the bank.
 */
const institutions: ReadonlySet<string> = new Set(['enable-banking:be-bnp-paribas-fortis']);
const days = 729;

/** The first day that such a bank gives; undefined for others. */
export function firstDayOfTwoYears(
  institutionId: string,
  today: CalendarDate,
): CalendarDate | undefined {
  return institutions.has(institutionId) ? addDays(today, -days) : undefined;
}
