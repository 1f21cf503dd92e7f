import { createMoneyPool } from './money-pool.ts';
import { type EntryDraft, openSection, type Section } from './section.ts';
import type { ReadOptions, Statement, StatementFormat, StatementProblem } from './statement.ts';
import type { TableRow } from './table.ts';
import { type Preamble, toTableAccount } from './table-account.ts';
import { whyUnread } from './table-amounts.ts';
import { followBalances, orderRows } from './table-balances.ts';
import type { Choice } from './table-choose.ts';
import { type DateOrder, orderDay } from './table-date.ts';
import { type BalanceRow, listedEnds, tiedEnds, writtenEnds } from './table-ends.ts';
import { createEntryMaker, isRounded, isSum, toMinor, toMoney } from './table-entry.ts';
import { type OpenTable, rowsBelow, type TableFacts } from './table-facts.ts';
import { problemOfKind, rowKinds, textAlone } from './table-row-kinds.ts';

/** All that is known of a table once it has been gone through. */
export interface Reading {
  readonly open: OpenTable;
  readonly facts: TableFacts;
  readonly choice: Choice;
  readonly order: DateOrder | undefined;
  readonly preamble: Preamble;
  readonly options: ReadOptions;
  readonly format: StatementFormat;
  readonly layout: string;
  readonly headerLine: number;
}

/** A statement for each account and currency that the table names. */
export function toStatements(reading: Reading): readonly Statement[] {
  const currencies = currenciesOf(reading);
  const accounts = [...new Set(reading.facts.groups.map(({ account }) => account))];
  if (accounts.length === 0) accounts.push('');
  const sections = new Map(accounts.map((account) => [account, openSection()]));
  const noted = readEntries(reading, currencies, sections);
  const statements = accounts.flatMap((account) => {
    const section = sections.get(account);
    return section ? closeAccount(reading, account, section, currencies, noted) : [];
  });
  return withProblems(statements, noted.problems);
}

/** The currency of each group, and whether the table names any. */
interface Currencies {
  readonly ofGroup: readonly string[];
  readonly own: string;
  readonly isNamed: boolean;
}

function currenciesOf({ facts, open, preamble, options }: Reading): Currencies {
  const none = options.currencyWhereNone ?? 'XXX';
  const known = new Set(
    facts.groups.map(({ currency }) => currency).filter((each) => typeof each === 'string'),
  );
  const [first] = known;
  const named =
    open.columns.namedCurrency ?? preamble.currency ?? (known.size === 1 ? first : undefined);
  const ofGroup = facts.groups.map(({ currency }) => currency ?? named ?? none);
  const expected = preamble.currency ?? none;
  return { ofGroup, own: named ?? expected, isNamed: named !== undefined || known.size > 0 };
}

interface Noted {
  readonly problems: StatementProblem[];
  readonly balances: BalanceRow[];
  /** Lines of rows whose balance does not follow, by account. */
  readonly misfits: Map<string, number[]>;
}

/** Goes through the rows a second time, and makes entries of them. */
function readEntries(
  reading: Reading,
  currencies: Currencies,
  sections: ReadonlyMap<string, Section>,
): Noted {
  const { open, facts } = reading;
  const noted: Noted = { problems: [], balances: [], misfits: new Map() };
  const undated: number[] = [];
  const readEntry = createEntryReader(reading, currencies, sections, noted);
  let last: EntryDraft | undefined;
  let index = -1;
  for (const row of rowsBelow(open)) {
    index += 1;
    if (index >= facts.count) break;
    const kind = facts.kinds[index] ?? rowKinds.nothing;
    if (kind === rowKinds.moreText) {
      if (last)
        last.text = [last.text, ...textAlone(row.cells, open.columns)].filter(Boolean).join('\n');
      continue;
    }
    last = undefined;
    if (kind === rowKinds.entry || kind === rowKinds.pending) last = readEntry(index, row);
    else if (kind === rowKinds.opening || kind === rowKinds.closing) {
      const name = kind === rowKinds.opening ? 'opening' : 'closing';
      noted.balances.push({ kind: name, line: row.line, cells: [...row.cells] });
    } else if (kind === rowKinds.undated) undated.push(row.line);
    else {
      const message = problemOfKind[kind];
      if (message !== undefined) noted.problems.push({ line: row.line, message });
    }
  }
  const [first] = undated;
  if (first !== undefined) {
    const message = `Rows that are pending, this one first: ${undated.length}. They come when they are booked.`;
    noted.problems.push({ line: first, message });
  }
  return noted;
}

const none: readonly string[] = [];

/** Makes the entry of a row, or notes why there is none. */
function createEntryReader(
  reading: Reading,
  { ofGroup }: Currencies,
  sections: ReadonlyMap<string, Section>,
  noted: Noted,
) {
  const { open, facts, choice, order } = reading;
  const { plan, chain } = choice;
  const days = facts.days.map((date) => orderDay(date, order));
  const make = createEntryMaker(open.columns, open.style);
  const pooled = createMoneyPool();
  const balances = chain && facts.money.get(chain.balance);
  const misfits = misfitsOf(reading);
  const width = open.header?.length ?? Number.POSITIVE_INFINITY;
  const beyond = (row: TableRow): readonly string[] =>
    (row.width ?? row.cells.length) > width
      ? row.cells.slice(width).filter((cell) => cell !== '')
      : none;
  return (index: number, row: TableRow): EntryDraft | undefined => {
    const { line } = row;
    const group = facts.groupOf[index] ?? 0;
    const { account, currency: code } = facts.groups[group] ?? { account: '', currency: undefined };
    const section = sections.get(account);
    if (!section) return undefined;
    if (code === null) {
      section.problem(
        line,
        'This row has a currency that is no code of three letters. It was left out.',
      );
      return undefined;
    }
    const day = days[facts.booking[index] ?? -1];
    if (day === undefined) {
      section.problem(line, problemOfKind[rowKinds.noDate] ?? '');
      return undefined;
    }
    const scaled = plan.value(index);
    if (!isSum(scaled)) {
      section.money({ kind: 'unread', why: whyUnread(plan, facts, index) }, line, 'This row');
      return undefined;
    }
    const currency = ofGroup[group] ?? 'XXX';
    const money = pooled(toMinor(scaled, currency), currency);
    if (isRounded(scaled, currency)) section.money({ kind: 'rounded', money }, line, 'This row');
    if (misfits.has(index))
      noted.misfits.set(account, [...(noted.misfits.get(account) ?? []), line]);
    const balance = balances?.[index];
    const entry = make(row, beyond(row), {
      day,
      valueDay: days[facts.value?.[index] ?? -1],
      amount: money,
      balance: isSum(balance) ? toMoney(balance, currency) : undefined,
      isPending: facts.kinds[index] === rowKinds.pending && !choice.arePendingBooked,
    });
    section.add(entry);
    return entry;
  };
}

const dayOfRow =
  ({ booking }: TableFacts) =>
  (row: number): number =>
    booking[row] ?? -1;

/** Rows whose balance does not follow, where the balances do as a whole. */
function misfitsOf({ facts, choice }: Reading): ReadonlySet<number> {
  const { plan, chain, groups } = choice;
  const balances = chain && facts.money.get(chain.balance);
  if (!chain || !balances) return new Set();
  return new Set(
    groups.flatMap((rows) => {
      const ordered = orderRows(rows, dayOfRow(facts), chain.order);
      return followBalances(ordered, plan, balances).misfits;
    }),
  );
}

function closeAccount(
  reading: Reading,
  account: string,
  section: Section,
  { ofGroup, own, isNamed }: Currencies,
  noted: Noted,
): readonly Statement[] {
  const { facts, choice, headerLine, preamble, format, layout } = reading;
  const groups = facts.groups.flatMap((group, index) =>
    group.account === account && group.currency !== null
      ? [
          {
            index,
            currency: ofGroup[index] ?? own,
            rows: choice.groups[index] ?? new Int32Array(0),
          },
        ]
      : [],
  );
  const main =
    groups.find(({ currency }) => currency === own) ??
    groups.toSorted((a, b) => b.rows.length - a.rows.length)[0];
  const currency = main?.currency ?? own;
  sayWhatDoesNotFollow(reading, account, section, noted);
  const listed = main ? listedEnds(reading, main.rows, currency) : {};
  // Balances above or below the rows are those of one account.
  const isOnly = facts.groups.every((group) => group.account === account);
  const written = isOnly ? writtenEnds(reading, noted.balances, currency) : {};
  const above = isOnly && main ? tiedEnds(reading, main.rows, currency) : {};
  const { line, ...ends } = { ...above, ...listed, ...written };
  return section.close({
    format,
    layout,
    account: account === '' ? preamble.account : toTableAccount(account),
    ...(isNamed && { currency }),
    ...ends,
    currencyWhereNone: currency,
    line: headerLine,
    ...(line !== undefined && { closingLine: line }),
  });
}

function sayWhatDoesNotFollow(
  { open, choice, facts, headerLine }: Reading,
  account: string,
  section: Section,
  { misfits }: Noted,
): void {
  const lines = misfits.get(account);
  if (lines?.[0] !== undefined) {
    const message = `Balances that do not follow from the rows beside them, this one first: ${lines.length}.`;
    section.problem(lines[0], message);
  }
  const balance = open.columns.isNamed ? open.columns.balances[0] : undefined;
  if (choice.chain !== undefined || balance === undefined) return;
  const balances = facts.money.get(balance) ?? new Float64Array(0);
  const isOff = choice.groups.some((rows, index) => {
    if (facts.groups[index]?.account !== account) return false;
    const { tested, fits } = followBalances(rows, choice.plan, balances);
    return tested > fits;
  });
  if (isOff)
    section.problem(headerLine, 'The balances do not follow from the amounts. They were not used.');
}

/** What is wrong with the table as a whole stands in its first statement. */
function withProblems(
  [first, ...others]: readonly Statement[],
  more: Statement['problems'],
): readonly Statement[] {
  if (!first) return [];
  const problems = [...first.problems, ...more].sort((a, b) => a.line - b.line);
  return [{ ...first, problems }, ...others];
}
