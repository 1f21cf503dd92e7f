import { readPreamble, toCsvAccount } from './csv-account.ts';
import { readSigned } from './csv-amount.ts';
import { endsOf } from './csv-balance.ts';
import { chooseAmounts, isProvenByBalances, type ReadGroup, type RowGroup } from './csv-choose.ts';
import { type CsvReading, toCsvEntry } from './csv-entry.ts';
import { groupRows } from './csv-groups.ts';
import { directionOf } from './csv-row-words.ts';
import type { CsvTable, SortedRows } from './csv-rows.ts';
import { openSection, type Section } from './section.ts';
import type { ReadOptions, Statement, StatementBalance } from './statement.ts';

/**
 * Statements of a table whose rows are sorted: one for each account and currency that it names.
 * @throws StatementUnreadable (columns, sign, no-statement)
 */
export function toStatements(
  table: CsvTable,
  sorted: SortedRows,
  reading: CsvReading,
  options: ReadOptions,
): readonly Statement[] {
  const currencyWhereNone = options.currencyWhereNone ?? 'XXX';
  const preamble = readPreamble(table);
  const grouped = groupRows(sorted.entries, reading.columns, preamble.currency, currencyWhereNone);
  const accounts = [...new Set(grouped.groups.map(({ account }) => account))];
  const own = mainCurrency(grouped.groups, preamble.currency ?? currencyWhereNone);
  // Balances above or below the rows are those of one account.
  const ends = accounts.length > 1 ? {} : readEnds(sorted, reading, own);
  const { opening, closing } = ends;
  const sum = opening && closing && closing.amount.minor - opening.amount.minor;
  const expected = sum === undefined ? undefined : { currency: own, minor: sum };
  const choice = chooseAmounts(
    grouped.groups,
    reading.columns,
    reading.style,
    expected,
    options.accountType,
  );
  const headerLine = table.header.line;
  const statements = (accounts.length > 0 ? accounts : ['']).flatMap((account) => {
    const groups = choice.groups.filter((group) => group.account === account);
    const main = mainCurrency(groups, own);
    const section = openSection();
    for (const group of groups) addEntries(group, section, choice.isProven, reading);
    sayWhatDoesNotFollow(groups, section, choice.isProven, headerLine);
    const mainGroup = groups.find(({ currency }) => currency === main);
    const listed = choice.isProven && mainGroup ? listedEnds(mainGroup, reading) : {};
    return section.close({
      format: 'csv',
      account: account === '' ? preamble.account : toCsvAccount(account),
      ...(grouped.namesCurrency && { currency: main }),
      ...listed,
      ...(opening && { opening }),
      ...(closing && { closing }),
      currencyWhereNone: main,
      line: headerLine,
      ...(ends.line && { closingLine: ends.line }),
    });
  });
  return withProblems(statements, [...sorted.problems, ...grouped.problems]);
}

/** True where the balances of the table follow from the amounts of these rows. */
export function followsFrom(
  table: CsvTable,
  { entries }: SortedRows,
  { columns, style }: CsvReading,
  { currencyWhereNone = 'XXX' }: ReadOptions,
): boolean {
  const { currency } = readPreamble(table);
  const { groups } = groupRows(entries, columns, currency, currencyWhereNone);
  return isProvenByBalances(groups, columns, style);
}

/** Of several currencies the one that is expected, else the one of most rows. */
function mainCurrency(groups: readonly RowGroup[], expected: string): string {
  if (groups.some(({ currency }) => currency === expected)) return expected;
  const [first] = groups.toSorted((a, b) => b.rows.length - a.rows.length);
  return first?.currency ?? expected;
}

interface Ends {
  readonly opening?: StatementBalance;
  readonly closing?: StatementBalance;
  /** Of the closing balance. */
  readonly line?: number;
}

/** The balances that have rows of their own, where there is one of each. */
function readEnds({ balances }: SortedRows, reading: CsvReading, currency: string): Ends {
  const read = (wanted: 'opening' | 'closing') => {
    const [found, ...others] = balances.filter(({ kind }) => kind === wanted);
    return found && others.length === 0
      ? { balance: readBalanceRow(found.row.cells, reading, currency), line: found.row.line }
      : undefined;
  };
  const [opening, closing] = [read('opening')?.balance, read('closing')];
  return {
    // Its row has the day on which the period begins, not the one before.
    ...(opening && { opening: { amount: opening.amount } }),
    ...(closing?.balance && { closing: closing.balance, line: closing.line }),
  };
}

function readBalanceRow(
  cells: readonly string[],
  { columns, style, readDay }: CsvReading,
  currency: string,
): StatementBalance | undefined {
  const { balance, amounts, debits, credits, flag } = columns;
  const places = [balance, ...amounts, ...credits, ...debits];
  const column = places.find((each) => each !== undefined && cells[each]);
  if (column === undefined) return undefined;
  const amount = readSigned(cells[column] ?? '', style, currency);
  if (amount.kind === 'unread') return undefined;
  const isFlagged = flag !== undefined && directionOf(cells[flag] ?? '') === 'out';
  const isOut = isFlagged || debits.includes(column);
  const minor = isOut ? -Math.abs(amount.money.minor) : amount.money.minor;
  const date = readDay(cells[columns.bookingDate] ?? '');
  return { amount: { ...amount.money, minor }, ...(date && { date }) };
}

/** The balances before the oldest and after the newest row of a list that has one in each. */
function listedEnds(group: ReadGroup, { columns, readDay }: CsvReading): Ends {
  const ends = endsOf(group.links, group.chain, group.currency);
  const newest = group.chain.isAscending ? group.rows.at(-1) : group.rows[0];
  if (!ends || !newest) return {};
  const date = readDay(newest.cells[columns.bookingDate] ?? '');
  return {
    opening: { amount: ends.opening },
    closing: { amount: ends.closing, ...(date && { date }) },
  };
}

function addEntries(
  { rows, links, readings }: ReadGroup,
  section: Section,
  isProven: boolean,
  reading: CsvReading,
): void {
  for (const [index, row] of rows.entries()) {
    const ofRow = readings[index];
    const amount = ofRow && section.money(ofRow, row.line, 'This row');
    if (!amount) continue;
    const balance = isProven ? links[index]?.balance : undefined;
    section.add(toCsvEntry(row, amount, balance, reading));
  }
}

function sayWhatDoesNotFollow(
  groups: readonly ReadGroup[],
  section: Section,
  isProven: boolean,
  headerLine: number,
): void {
  for (const { chain, rows } of groups) {
    const [first] = chain.misfits;
    const row = first === undefined ? undefined : rows[first];
    if (!row) continue;
    if (isProven) {
      const message = `Balances that do not follow from the rows beside them, this one first: ${chain.misfits.length}.`;
      section.problem(row.line, message);
    } else {
      section.problem(
        headerLine,
        'The balances do not follow from the amounts. They were not used.',
      );
    }
  }
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
