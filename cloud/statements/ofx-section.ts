import type { BankAccountType, ObservedEntry } from '../../shared/bank.ts';
import { toAccountId } from './iban.ts';
import {
  currencyOf,
  type OfxCorrection,
  type ReadEntry,
  readDate,
  toCurrency,
} from './ofx-entry.ts';
import { type Aggregate, findAll } from './ofx-tree.ts';
import { openSection, type Section } from './section.ts';
import type { ReadOptions, Statement, StatementAccount, StatementBalance } from './statement.ts';

/** A section of a file, whose entries come one by one. */
export interface OfxSection {
  take(entry: Aggregate): void;
  close(): Statement[];
}

export function openOfxSection(
  aggregate: Aggregate,
  readEntry: ReadEntry,
  options: ReadOptions,
): OfxSection {
  const section = openSection();
  const entries = openEntries(section, readEntry);
  const contradictions = countContradictions(section);
  const trades = { count: 0, line: aggregate.line };
  const currencyWhereNone = options.currencyWhereNone ?? 'XXX';
  /** Of a section that begins without a currency: its entries may all name one. */
  const waiting: Aggregate[] = [];
  return {
    take(entry) {
      if (entry.name === 'INVTRAN') {
        if (trades.count === 0) trades.line = entry.line;
        trades.count += 1;
        return;
      }
      contradictions.see(entry);
      const currency = waiting.length === 0 && toCurrency(aggregate.fields.get('CURDEF'));
      if (currency) entries.take(entry, currency);
      else waiting.push(entry);
    },
    close() {
      const currency = toCurrency(aggregate.fields.get('CURDEF')) ?? onlyCurrency(waiting);
      for (const entry of waiting) entries.take(entry, currency ?? currencyWhereNone);
      entries.close();
      contradictions.close();
      sayWhatIsNotRead(aggregate, trades, section);
      const ledger = findAll(aggregate, 'LEDGERBAL')[0];
      const closing = ledger && readBalance(ledger, section, currency ?? currencyWhereNone);
      return section.close({
        format: 'ofx',
        account: readAccount(aggregate),
        ...(currency && { currency }),
        ...(closing && { closing }),
        currencyWhereNone,
        line: aggregate.line,
      });
    },
  };
}

/** The entries of a section in the file's order, less those that others of them correct. */
function openEntries(section: Section, readEntry: ReadEntry) {
  const kept: (ObservedEntry | undefined)[] = [];
  /** Where each reference stands last; made at the first correction, which hardly any file has. */
  let places: Map<string, number> | undefined;
  const note = (entry: ObservedEntry | undefined, at: number): void => {
    if (entry?.reference !== undefined) places?.set(entry.reference, at);
  };
  const correct = (entry: ObservedEntry, line: number, correction: OfxCorrection): void => {
    const { corrects, isDeletion } = correction;
    if (!places) {
      places = new Map();
      kept.forEach(note);
    }
    const at = places.get(corrects);
    if (at !== undefined) {
      kept[at] = undefined;
      places.delete(corrects);
    } else if (isDeletion || corrects !== entry.reference) {
      const does = isDeletion ? 'takes back' : 'corrects';
      section.problem(line, `This entry ${does} one that is not in this file. Look for that one.`);
    }
  };
  return {
    take(transaction: Aggregate, currency: string): void {
      const read = readEntry(transaction, currency, section);
      if (!read) return;
      const { entry, correction } = read;
      if (correction) correct(entry, transaction.line, correction);
      if (correction?.isDeletion) return;
      note(entry, kept.length);
      kept.push(entry);
    },
    close(): void {
      for (const entry of kept) if (entry) section.add(entry);
    },
  };
}

/** Of a section without CURDEF: the one currency that its entries name. */
function onlyCurrency(transactions: readonly Aggregate[]): string | undefined {
  const named = new Set(transactions.map(currencyOf).filter((each) => each !== undefined));
  return named.size === 1 ? [...named][0] : undefined;
}

function readBalance(
  ledger: Aggregate,
  section: Section,
  currency: string,
): StatementBalance | undefined {
  const text = ledger.fields.get('BALAMT');
  const amount = text && section.amount(text, currency, ledger.line, 'The balance');
  if (!amount) return undefined;
  const date = readDate(ledger.fields.get('DTASOF'));
  return { amount, ...(date && { date }) };
}

/** What the account is by ACCTTYPE (11.3.1.2); a card's and a broker's are told by their section. */
const typeOf: Readonly<Record<string, BankAccountType>> = {
  SAVINGS: 'savings',
  MONEYMRKT: 'savings',
  CD: 'savings',
  CREDITLINE: 'loan',
};

export const accountOf = (section: Aggregate): Aggregate | undefined =>
  findAll(section, 'BANKACCTFROM', 'CCACCTFROM', 'INVACCTFROM')[0];

function readAccount(section: Aggregate): StatementAccount {
  const account = accountOf(section);
  const bank = account?.fields.get('BANKID') ?? account?.fields.get('BROKERID');
  const type = typeOf[account?.fields.get('ACCTTYPE')?.toUpperCase() ?? ''] ?? 'current';
  const typeBySection = { CCSTMTRS: 'card', INVSTMTRS: 'investment' } as const;
  return {
    ...toAccountId(account?.fields.get('ACCTID')),
    ...(bank && { bank }),
    type: section.name === 'STMTRS' ? type : typeBySection[section.name as 'CCSTMTRS'],
  };
}

/** The amount's sign counts (11.4.4.1), whatever the type says; where they contradict each other, that is said once. */
function countContradictions(section: Section) {
  let [all, odd, first] = [0, 0, 0];
  return {
    see({ fields, line }: Aggregate): void {
      all += 1;
      if (fields.get('TRNTYPE')?.toUpperCase() !== 'DEBIT') return;
      if (!/^\+?[\d.,]*[1-9]/.test(fields.get('TRNAMT') ?? '')) return;
      if (odd === 0) first = line;
      odd += 1;
    },
    close(): void {
      if (odd === 0) return;
      section.problem(
        first,
        `Entries of type DEBIT with a positive amount, this one first: ${odd} of ${all}. ` +
          'They stand as money in, as the format has it.',
      );
    },
  };
}

/** Trades are no entries of a cash account, and an entry without its opening tag is none: both are said. */
function sayWhatIsNotRead(
  aggregate: Aggregate,
  trades: { readonly count: number; readonly line: number },
  section: Section,
): void {
  for (const part of [aggregate, ...aggregate.parts]) {
    if (!part.fields.has('TRNAMT')) continue;
    section.problem(
      part.line,
      'Parts of an entry stand outside of any, after this line. They were left out.',
    );
  }
  if (trades.count === 0) return;
  section.problem(
    trades.line,
    'Investment transactions are not read, only the cash entries of such an account are. ' +
      `Left out from here on: ${trades.count}.`,
  );
}
