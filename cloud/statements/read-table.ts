import { daysBetween } from '../../shared/calendar-date.ts';
import type { FileQuestion } from '../../shared/statement-files.ts';
import {
  type ReadOptions,
  type Statement,
  StatementAsks,
  type StatementFormat,
  StatementUnreadable,
} from './statement.ts';
import { keepRow, type Table, type TableRow } from './table.ts';
import { readPreamble } from './table-account.ts';
import { ordersOf } from './table-balances.ts';
import { chooseAmounts } from './table-choose.ts';
import { findColumns, type TableColumns } from './table-columns.ts';
import { customOf } from './table-custom.ts';
import { type CellDate, type DateOrder, orderDay, readCellDate } from './table-date.ts';
import { type FoundOrder, findDateOrder } from './table-date-order.ts';
import { endsAbove, readBalanceRow } from './table-ends.ts';
import { gatherFacts, type OpenTable, rowsBelow, type TableFacts } from './table-facts.ts';
import { carriesDays, findRowForm } from './table-forms.ts';
import { findHead, preambleMax } from './table-header.ts';
import { askForDateOrder, layoutOf, saidInAnswers } from './table-questions.ts';
import { rowKinds } from './table-row-kinds.ts';
import { createDirections } from './table-row-words.ts';
import { sampleMax } from './table-sample.ts';
import { type Reading, toStatements } from './table-statements.ts';
import { findStyle } from './table-style.ts';

/**
 * Reads a table: each account in each currency that it names is a statement. What its columns are, the order of days
 * and the decimal style are told by names and by all its rows.
 * @throws StatementUnreadable for a table that holds no entries of an account
 * @throws StatementAsks where only the user knows
 */
export function readTable(
  table: Table,
  options: ReadOptions,
  format: StatementFormat,
): readonly Statement[] {
  const { open, layout, sample, headerLine } = openTable(table, options);
  const { columns, preamble, header } = open;
  const facts = gatherFacts(open);
  const words = [...(header ?? []), ...preamble.flatMap(({ cells }) => cells)];
  const { accountType } = options;
  const choose = (order: DateOrder | undefined) =>
    chooseAmounts({
      ...{ open, columns, facts, sample, layout, options, words, accountType },
      orders: ordersOf(daysOf(facts, order)),
      expected: expectedSum(open, facts, order),
    });
  const found = findOrder(open, facts, sample, options);
  if (found.kind === 'open') {
    const sign = signQuestion(() => choose(found.orders[0]));
    throw askForDateOrder(layout, datesOf(sample, columns), found.orders, sign);
  }
  const { order } = found;
  const reading: Reading = {
    ...{ open, facts, order, options, format, layout, headerLine },
    choice: choose(order),
    preamble: readPreamble(preamble),
  };
  return toStatements(reading);
}

/** What else would be asked once the order of the days is known: the user is asked once. */
function signQuestion(read: () => unknown): FileQuestion | undefined {
  try {
    read();
  } catch (error) {
    if (error instanceof StatementAsks && error.question.key === 'sign') return error.question;
  }
  return undefined;
}

function datesOf(
  sample: readonly TableRow[],
  { bookingDate, valueDate }: TableColumns,
): readonly string[] {
  const dates = [bookingDate, valueDate].filter((column) => column !== undefined);
  return sample.flatMap((row) => dates.map((column) => row.cells[column] ?? ''));
}

/** Of the entries, in days since 1970. */
function daysOf(facts: TableFacts, order: DateOrder | undefined): readonly number[] {
  const serials = facts.days.map((date) => {
    const day = orderDay(date, order);
    return day === undefined ? Number.NaN : daysBetween('1970-01-01', day);
  });
  const days: number[] = [];
  let last = -1;
  // Iterators of typed arrays make an object for each row.
  for (let row = 0; row < facts.count; row += 1) {
    const index = facts.booking[row] ?? -1;
    if (facts.kinds[row] !== rowKinds.entry || index === last) continue;
    last = index;
    const serial = serials[index];
    if (serial !== undefined && !Number.isNaN(serial)) days.push(serial);
  }
  return days;
}

interface Opened {
  readonly open: OpenTable;
  readonly layout: string;
  readonly sample: readonly TableRow[];
  readonly headerLine: number;
}

function openTable(table: Table, options: ReadOptions): Opened {
  const first = firstRows(table, preambleMax + sampleMax);
  const head = findHead(first);
  const named = head?.header === undefined ? undefined : first[head.header];
  const header = named?.cells;
  const sample = head ? first.slice(head.start, head.start + sampleMax) : [];
  const telling = sample.filter(({ cells }) => isTelling(cells));
  const columns = head && findColumns(header, telling);
  if (!head || !columns) {
    throw new StatementUnreadable(
      'columns',
      'The file is a table without a date and an amount that can be told from its other columns. ' +
        'Download it with its first lines, or choose OFX or CAMT at the bank.',
    );
  }
  const layout = layoutOf(header, columns, table.delimiter);
  const part = { table, start: head.start, columns };
  const styles = findStyle(part, sample, layout, options);
  const preamble = first.slice(0, head.header ?? head.start);
  const flags = sample.map(({ cells }) => cells[columns.flag ?? -1] ?? '');
  const directionOf = createDirections(flags.filter((cell) => cell !== ''));
  return {
    open: {
      ...{ ...part, header, preamble, directionOf, ...styles },
      form: findRowForm(header, sample, columns),
      carriesDays: carriesDays(header, sample, columns),
    },
    layout,
    sample,
    headerLine: named?.line ?? first[0]?.line ?? 1,
  };
}

function firstRows(table: Table, max: number): TableRow[] {
  const rows: TableRow[] = [];
  for (const row of table.rows()) {
    rows.push(keepRow(row));
    if (rows.length === max) break;
  }
  return rows;
}

/** A row with a day or several cells: what else stands below a header tells nothing of its columns. */
function isTelling(cells: readonly string[]): boolean {
  return cells.some((cell) => readCellDate(cell) !== undefined);
}

const dayWithin =
  /(?<![\d.,/-])(\d{1,2}([-/.])\d{1,2}\2(\d{4}|\d{2})|\d{4}-\d{2}-\d{2})(?![\d/-])/g;

/** As far as the table tells, or the user has. */
function findOrder(
  open: OpenTable,
  facts: TableFacts,
  sample: readonly TableRow[],
  options: ReadOptions,
): FoundOrder {
  const { header, preamble, style, columns } = open;
  const above = preamble.flatMap(({ cells }) => cells);
  const around = above.flatMap((cell): CellDate[] =>
    (cell.match(dayWithin) ?? []).flatMap((day) => readCellDate(day) ?? []),
  );
  const isComma =
    style === 'comma' || /[\u05d0-\u05ea]/.test([...(header ?? []), ...above].join(''));
  const found = findDateOrder({
    days: facts.days,
    booking: facts.booking,
    others: [facts.value, facts.other].filter((each) => each !== undefined),
    around,
    hasVariety: isVaried(sample, columns),
    // No country that writes the month first writes a decimal comma, or Hebrew.
    custom: isComma ? 'day-first' : customOf([...(header ?? []), ...above]),
  });
  if (found.kind === 'found') return found;
  if (found.orders.length === 0) {
    throw new StatementUnreadable(
      'date-order',
      'The dates of this file are written in more than one way. Choose OFX or CAMT at the bank.',
    );
  }
  const { order } = saidInAnswers(options);
  return order !== undefined && found.orders.includes(order) ? { kind: 'found', order } : found;
}

/** Most rows have another text than the others. */
function isVaried(sample: readonly TableRow[], { counterparty, texts }: TableColumns): boolean {
  const column = texts[0] ?? counterparty;
  const cells = sample.flatMap((row) => row.cells[column ?? -1] || []);
  return new Set(cells).size * 2 > cells.length && cells.length > 3;
}

/** What lies between the opening and the closing balance, where each has a row of its own, or stands above all. */
function expectedSum(
  open: OpenTable,
  facts: TableFacts,
  order: DateOrder | undefined,
): number | undefined {
  const rows = { opening: rowsOf(rowKinds.opening), closing: rowsOf(rowKinds.closing) };
  if (rows.opening.length !== 1 || rows.closing.length !== 1) {
    const above = endsAbove(open);
    return above && above.closing - above.opening;
  }
  const found: number[] = [];
  let index = -1;
  for (const row of rowsBelow(open)) {
    index += 1;
    const sign = index === rows.opening[0] ? -1 : index === rows.closing[0] ? 1 : 0;
    const balance = sign === 0 ? undefined : readBalanceRow({ open, order }, row.cells);
    if (balance) found.push(sign * balance.scaled);
  }
  const [first, second] = found;
  return first === undefined || second === undefined ? undefined : first + second;

  function rowsOf(kind: number): number[] {
    const places: number[] = [];
    for (
      let row = facts.kinds.indexOf(kind);
      row !== -1;
      row = facts.kinds.indexOf(kind, row + 1)
    ) {
      places.push(row);
    }
    return places;
  }
}
