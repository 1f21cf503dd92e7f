import { readStatements } from '../../../cloud/statements/detect.ts';
import {
  type ReadOptions,
  type StatementReading,
  StatementUnreadable,
} from '../../../cloud/statements/statement.ts';
import type { ObservedEntry } from '../../../shared/bank.ts';
import { formatAmount } from '../../../shared/money.ts';

/** What is known of a file of the corpus, as its truth has it. */
export interface Truth {
  readonly txs: readonly TrueEntry[];
  /** Entries when a batch is split into its payments. */
  readonly n_alt?: number | null;
  readonly sum?: string | null;
}

interface TrueEntry {
  readonly date?: string | null;
  readonly value_date?: string | null;
  readonly date_alt?: readonly string[] | null;
  readonly amount: string;
  readonly pending?: boolean;
}

/**
 * right: every booked entry once, and nothing else. asked: so, once its question is answered. refused: no entries.
 * wrong: entries that are not right, and no question. none: rightly no entries.
 */
export type Verdict = 'right' | 'asked' | 'asked-in-vain' | 'refused' | 'wrong' | 'none';

/** The verdict on a file that has entries (`truth`), or has none or must be refused (no truth); score.py's rules. */
export function scoreReading(bytes: Uint8Array, truth?: Truth): Verdict {
  const reading = readOrRefuse(bytes, {});
  const entries = entriesOf(reading);
  if (!truth) return entries.length > 0 ? 'wrong' : 'none';
  if (reading?.kind === 'question') {
    const { key, options } = reading.question;
    const isRightWith = (id: string) =>
      isRight(truth, entriesOf(readOrRefuse(bytes, { answers: { [key]: id } })));
    return options.some(({ id }) => isRightWith(id)) ? 'asked' : 'asked-in-vain';
  }
  if (isRight(truth, entries)) return 'right';
  return entries.length > 0 ? 'wrong' : 'refused';
}

function readOrRefuse(bytes: Uint8Array, options: ReadOptions): StatementReading | undefined {
  try {
    return readStatements(bytes, { currencyWhereNone: 'EUR', ...options });
  } catch (error) {
    if (error instanceof StatementUnreadable) return undefined;
    throw error;
  }
}

function entriesOf(reading: StatementReading | undefined): readonly ObservedEntry[] {
  return reading?.kind === 'statements' ? reading.statements.flatMap((each) => each.entries) : [];
}

function isRight(truth: Truth, entries: readonly ObservedEntry[]): boolean {
  if (entries.length === 0) return false;
  if (isEachOnce(truth.txs, entries)) return true;
  if (truth.n_alt !== entries.length) return false;
  const sum = entries.reduce((left, entry) => left + amountOf(entry), 0);
  return Math.abs(sum - Number(truth.sum)) < 0.02;
}

/** Pending ones may be there or not. */
function isEachOnce(wanted: readonly TrueEntry[], entries: readonly ObservedEntry[]): boolean {
  const left = new Set(entries);
  const take = ({ amount, date, value_date, date_alt }: TrueEntry) => {
    const days = [date, value_date, ...(date_alt ?? [])].filter((day) => day);
    for (const entry of left) {
      const isSameSum = Math.abs(amountOf(entry) - Number(amount)) <= 0.005 + 1e-9;
      const isSameDay = [entry.bookingDate, entry.valueDate].some((day) => days.includes(day));
      if (isSameSum && (days.length === 0 || isSameDay)) return left.delete(entry);
    }
    return false;
  };
  const [pending, booked] = [true, false].map((is) =>
    wanted.filter((each) => !!each.pending === is),
  );
  if (!booked?.every(take)) return false;
  pending?.forEach(take);
  return left.size === 0;
}

const amountOf = ({ amount }: ObservedEntry) => Number(formatAmount(amount));
