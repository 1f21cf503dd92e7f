import { createHash } from 'node:crypto';
import type { FileOption, FileQuestion } from '../../shared/statement-files.ts';
import { type ReadOptions, StatementAsks } from './statement.ts';
import type { TableRow } from './table.ts';
import type { AmountPlan } from './table-amounts.ts';
import type { TableColumns } from './table-columns.ts';
import { type DateOrder, dateOrders, orderDay, readCellDate } from './table-date.ts';
import type { OpenTable, TableFacts } from './table-facts.ts';
import { toPlain } from './table-names.ts';
import { type DecimalStyle, readNumber, scale, toDecimalText } from './table-number.ts';

/** What a question is made of. */
export interface Asking {
  readonly open: OpenTable;
  readonly columns: TableColumns;
  readonly facts: TableFacts;
  /** The first rows below the header. */
  readonly sample: readonly TableRow[];
  readonly layout: string;
}

const exampleMax = 3;
const monthNames =
  'January February March April May June July August September October November December';

/**
 * The same for all tables with these names of columns, or that look alike where they have none; nothing can be read
 * from it.
 */
export function layoutOf(
  header: readonly string[] | undefined,
  columns: TableColumns | undefined,
  delimiter: string | undefined,
): string {
  const shape = header?.map(toPlain) ?? ['', ...Object.entries(columns ?? {}).map(String)];
  const text = [delimiter ?? '', ...shape].join('\u0000');
  return createHash('sha256').update(text).digest('hex').slice(0, 24);
}

/** Both in one where the file does not tell its `sign` either. */
export function askForDateOrder(
  layout: string,
  cells: readonly string[],
  orders: readonly DateOrder[],
  sign: FileQuestion | undefined,
): StatementAsks {
  const labels = { dmy: 'Day first', mdy: 'Month first', ymd: 'Year first' };
  const months = monthNames.split(' ');
  const telling = [...new Set(cells)].filter((cell) => {
    const date = readCellDate(cell);
    return (
      date?.kind === 'numbers' && new Set(orders.map((order) => orderDay(date, order))).size > 1
    );
  });
  const write = (cell: string, order: DateOrder) => {
    const date = readCellDate(cell);
    const [year, month, day] = (date && orderDay(date, order))?.split('-') ?? [];
    return year === undefined
      ? []
      : [`${cell} is ${Number(day)} ${months[Number(month) - 1]} ${year}`];
  };
  const examples = (order: DateOrder) =>
    telling.slice(0, exampleMax).flatMap((cell) => write(cell, order));
  const message = 'Does the day or the month stand first in the dates of this file';
  return new StatementAsks({
    key: 'date-order',
    layout,
    message: sign ? `${message}, and which amounts came in?` : `${message}?`,
    options: orders.flatMap((order): readonly FileOption[] => {
      const label = labels[order];
      if (!sign) return [{ id: order, label, examples: examples(order) }];
      return sign.options.map((way) => ({
        id: `${order}-${way.id}`,
        label: `${label}. ${way.label}`,
        examples: [...examples(order).slice(0, 1), ...way.examples].slice(0, exampleMax),
      }));
    }),
  });
}

/** What the user has said, be it in one answer. */
export function saidInAnswers({ answers }: ReadOptions): {
  readonly order: DateOrder | undefined;
  readonly sign: string | undefined;
} {
  const [, name, way] = /^([a-z]+)(?:-(.+))?$/.exec(answers?.['date-order'] ?? '') ?? [];
  return { order: dateOrders.find((order) => order === name), sign: answers?.sign ?? way };
}

export function askForDecimalStyle(layout: string, cells: readonly string[]): StatementAsks {
  const telling = [...new Set(cells)].filter((cell) => /\d[.,]\d/.test(cell)).slice(0, exampleMax);
  const examples = (style: DecimalStyle) =>
    telling.flatMap((cell) => {
      const number = readNumber(cell);
      const text = number && toDecimalText(number, style);
      return text === undefined ? [] : [`${cell} is ${text}`];
    });
  return new StatementAsks({
    key: 'decimal-style',
    layout,
    message: 'Is it a point or a comma that stands before the cents in this file?',
    options: [
      { id: 'point', label: 'A point', examples: examples('point') },
      { id: 'comma', label: 'A comma', examples: examples('comma') },
    ],
  });
}

export function askForSign(asking: Asking, asIs: AmountPlan, turned: AmountPlan): StatementAsks {
  const option = (id: string, label: string, plan: AmountPlan): FileOption => ({
    id,
    label,
    examples: exampleRows(asking, asIs).map((row) => {
      const amount = plan.value(row);
      const way = amount < 0 ? 'went out' : 'came in';
      return `${describeRow(asking, row)}: ${writeScaled(Math.abs(amount))} ${way}`;
    }),
  });
  const isPair = asIs.columns.length > 1;
  return asked(asking, 'sign', 'Which amounts of this file came in, and which went out?', [
    option('as-is', isPair ? 'The first column went out' : 'Amounts without a minus came in', asIs),
    option(
      'turned',
      isPair ? 'The first column came in' : 'Amounts without a minus went out',
      turned,
    ),
  ]);
}

/** Rows of which each sign is shown, those of the rarer one too. */
function exampleRows({ sample }: Asking, { value }: AmountPlan): readonly number[] {
  const rows = [...sample.keys()].filter((row) => value(row) > 0 || value(row) < 0);
  const first = rows[0];
  const other = rows.find((row) => first !== undefined && value(row) > 0 !== value(first) > 0);
  const chosen = [first, other, ...rows.slice(1)].filter((row) => row !== undefined);
  return [...new Set(chosen)].slice(0, exampleMax);
}

export function askForColumns(asking: Asking, plans: readonly AmountPlan[]): StatementAsks {
  const { open } = asking;
  const nameOf = (column: number) => open.header?.[column] || `Column ${column + 1}`;
  const options = plans.slice(0, 6).map((plan) => {
    const names = plan.columns.map(nameOf).join(', ');
    const rows = exampleRows(asking, plan);
    return {
      id: plan.id,
      label: plan.fee === undefined ? names : `${names}, less ${nameOf(plan.fee)}`,
      examples: rows.map((row) => `${describeRow(asking, row)}: ${writeScaled(plan.value(row))}`),
    };
  });
  return asked(
    asking,
    'columns',
    'Which of these amounts is the one that the account was changed by?',
    options,
  );
}

function asked(
  { layout }: Asking,
  key: FileQuestion['key'],
  message: string,
  options: readonly FileOption[],
): StatementAsks {
  return new StatementAsks({ key, layout, message, options });
}

const textMax = 60;

function describeRow({ sample, columns }: Asking, row: number): string {
  const cells = sample[row]?.cells ?? [];
  const words = [columns.counterparty, ...columns.texts, ...columns.kinds]
    .map((column) => cells[column ?? -1] ?? '')
    .find((cell) => cell !== '');
  const text = [cells[columns.bookingDate], words].filter(Boolean).join(' ').replace(/\s+/g, ' ');
  return text.length > textMax ? `${text.slice(0, textMax)}…` : text;
}

function writeScaled(value: number): string {
  return (value / scale).toFixed(2);
}
