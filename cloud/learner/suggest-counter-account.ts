import { counterpartyKey, type Habits } from './learn-habits.ts';

/** A proposed counter-account with its receipt. */
export interface Suggestion {
  readonly counterAccount: string;
  /** For the column Why. */
  readonly why: string;
  /** The receipt in a sentence. */
  readonly receipt: string;
}

/** The counter-account last posted for the same counterparty; null where there is none yet. */
export function suggestCounterAccount(habits: Habits, description: string): Suggestion | null {
  const habit = habits.get(counterpartyKey(description));
  if (!habit) return null;
  const { counterAccount, lastDate, times } = habit;
  const often = times === 1 ? 'once' : `${times} times`;
  return {
    counterAccount,
    why: `as on ${lastDate}`,
    receipt: `You posted this counterparty to ${counterAccount} ${often}, last on ${lastDate}.`,
  };
}
