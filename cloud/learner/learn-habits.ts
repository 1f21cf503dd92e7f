import type { CalendarDate } from '../../shared/calendar-date.ts';
import { descriptionSeparator } from './book-row.ts';

/** A row that the user has posted, as it stands in the book. */
export interface PostedRow {
  readonly description: string;
  readonly counterAccount: string;
  readonly date: CalendarDate;
}

/** What was posted last for a counterparty, and how often so. */
export interface Habit {
  readonly counterAccount: string;
  readonly lastDate: CalendarDate;
  /** How many rows of this counterparty have this counter-account. */
  readonly times: number;
}

/** By counterparty, as `counterpartyKey` writes it. */
export type Habits = ReadonlyMap<string, Habit>;

/**
 * Learns from all posted rows of a book, whatever their order: the newest day of a counterparty counts. It keeps
 * nothing between calls, so it can never disagree with the book.
 */
export function learnHabits(rows: Iterable<PostedRow>): Habits {
  const habits = new Map<string, Habit>();
  const times = new Map<string, number>();
  for (const { description, counterAccount, date } of rows) {
    const key = counterpartyKey(description);
    if (!key || !counterAccount) continue;
    const both = `${key}\n${counterAccount}`;
    times.set(both, (times.get(both) ?? 0) + 1);
    const known = habits.get(key);
    if (known && known.lastDate > date) continue;
    habits.set(key, { counterAccount, lastDate: date, times: 0 });
  }
  for (const [key, habit] of habits) {
    habits.set(key, { ...habit, times: times.get(`${key}\n${habit.counterAccount}`) ?? 0 });
  }
  return habits;
}

/** The counterparty that a description names, in lower case with single blanks; '' when it names none. */
export function counterpartyKey(description: string): string {
  const [counterparty = ''] = description.split(descriptionSeparator);
  return counterparty.replace(/\s+/g, ' ').trim().toLowerCase();
}
