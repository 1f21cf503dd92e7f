import type { ObservedEntry } from '../../shared/bank.ts';
import { decimalsOf, formatAmount, type Money } from '../../shared/money.ts';
import { type AmountReading, readAmount } from './amount.ts';
import type { Statement, StatementProblem } from './statement.ts';

/** An entry while it is made. */
export type EntryDraft = { -readonly [K in keyof ObservedEntry]: ObservedEntry[K] };

/** A part of a file that is about one account, while it is read. */
export interface Section {
  /** The amount, or a problem in the list and undefined. `subject` begins the sentence, as 'This entry'. */
  amount(text: string, currency: string, line: number, subject: string): Money | undefined;
  /** The same for an amount that is read already. */
  money(reading: AmountReading, line: number, subject: string): Money | undefined;
  add(entry: ObservedEntry): void;
  problem(line: number, message: string): void;
  /** Ends the reading. Entries in another currency than the account's make statements of their own. */
  close(head: SectionHead): Statement[];
}

export interface SectionHead extends Omit<Statement, 'entries' | 'problems'> {
  /** Currency of the amounts for which the file names none. */
  readonly currencyWhereNone: string;
  /** Where the section begins, and its closing balance stands: the lines of what is said of them. */
  readonly line: number;
  readonly closingLine?: number;
}

export function openSection(): Section {
  const entries: ObservedEntry[] = [];
  const problems: StatementProblem[] = [];
  const problem = (line: number, message: string): void => {
    problems.push({ line, message });
  };
  const money: Section['money'] = (reading, line, subject) => {
    if (reading.kind === 'unread') {
      problem(line, `${subject} ${reading.why}. It was left out.`);
      return undefined;
    }
    if (reading.kind === 'rounded') {
      const { currency } = reading.money;
      const decimals = decimalsOf(currency);
      problem(
        line,
        `${subject} has more than the ${decimals} decimals of ${currency}. It was rounded.`,
      );
    }
    return reading.money;
  };
  return {
    problem,
    add: (entry) => {
      entries.push(entry);
    },
    amount: (text, currency, line, subject) => money(readAmount(text, currency), line, subject),
    money,
    close({ currencyWhereNone, line, closingLine, ...head }) {
      const own = head.currency ?? currencyWhereNone;
      const isOne = entries.every((entry) => entry.amount.currency === own);
      const byCurrency = Map.groupBy(isOne ? [] : entries, (entry) => entry.amount.currency);
      const main = { ...head, entries: isOne ? entries : (byCurrency.get(own) ?? []) };
      byCurrency.delete(own);
      const difference = differenceOf(main, own);
      if (difference && difference.minor !== 0) {
        problem(
          closingLine ?? line,
          `Opening balance and entries differ from the closing balance by ${formatAmount(difference)} ${own}.`,
        );
      }
      for (const [currency, others] of byCurrency) {
        problem(
          line,
          `Entries in ${currency}, which is not the currency of this account: ${others.length}. ` +
            'They make an account of their own.',
        );
      }
      const { format, account } = head;
      return [
        { ...main, problems: problems.sort((a, b) => a.line - b.line) },
        ...[...byCurrency].map(([currency, others]) => ({
          format,
          account,
          currency,
          entries: others,
          problems: [],
        })),
      ];
    },
  };
}

/** Closing balance less opening balance and booked entries; undefined where the file has not both balances. */
function differenceOf(
  { opening, closing, entries }: Pick<Statement, 'opening' | 'closing' | 'entries'>,
  currency: string,
): Money | undefined {
  if (!opening || !closing) return undefined;
  if (opening.amount.currency !== currency || closing.amount.currency !== currency)
    return undefined;
  let minor = closing.amount.minor - opening.amount.minor;
  for (const { amount, status } of entries) {
    if (status !== 'booked') continue;
    if (amount.currency !== currency) return undefined;
    minor -= amount.minor;
  }
  return Number.isSafeInteger(minor) ? { minor, currency } : undefined;
}
