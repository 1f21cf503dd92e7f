import type { ReadOptions } from './statement.ts';
import { cellAt, type TableRow } from './table.ts';
import type { TableColumns } from './table-columns.ts';
import { moneyColumns, type OpenTable, rowsBelow } from './table-facts.ts';
import {
  countStyle,
  type DecimalStyle,
  decideStyle,
  noStyles,
  readNumber,
} from './table-number.ts';
import { askForDecimalStyle } from './table-questions.ts';

type Styled = Pick<OpenTable, 'table' | 'start'> & { readonly columns: TableColumns };
type Styles = Pick<OpenTable, 'style' | 'otherStyles'>;

/** Goes no further than until a number tells it, with some more to see whether others say the same. */
const styleRows = 2000;

/** The style of all sums, or where these differ that of each column. */
export function findStyle(
  part: Styled,
  sample: readonly TableRow[],
  layout: string,
  options: ReadOptions,
): Styles {
  const { table, columns } = part;
  const money = moneyColumns(columns).map((column) => ({ column, counts: noStyles() }));
  const open: string[] = [];
  let [rows, telling] = [0, 0];
  for (const row of rowsBelow(part)) {
    rows += 1;
    if (rows > styleRows && telling > 0) break;
    for (const { column, counts } of money) {
      const cell = cellAt(row, column);
      if (cell === '' || (table.isTyped && /^-?\d+(\.\d+)?$/.test(cell))) continue;
      const number = readNumber(cell);
      if (number === undefined) continue;
      countStyle(counts, number);
      if (counts.point + counts.comma > 0) telling += 1;
      if (open.length < 20) open.push(cell);
    }
  }
  const all = noStyles();
  for (const { counts } of money) {
    for (const style of styleNames) all[style] += counts[style];
  }
  const style = decideStyle(all);
  if (style !== 'two-ways') return { style, otherStyles: new Map() };
  const byRates = all.point + all.comma === 0 ? styleOfRates(sample) : undefined;
  if (byRates) return { style: byRates, otherStyles: new Map() };
  const own = money.map(({ column, counts }) => [column, decideStyle(counts)] as const);
  const found = own.flatMap(([column, each]) =>
    each === 'two-ways' ? [] : [[column, each] as const],
  );
  const [first] = found;
  if (first && found.length === own.length) return { style: first[1], otherStyles: new Map(found) };
  const answer = options.answers?.['decimal-style'];
  if (answer === 'point' || answer === 'comma') return { style: answer, otherStyles: new Map() };
  throw askForDecimalStyle(layout, open);
}

/** Of numbers that no thousands are parted in, in any column: 1.000000 beside sums like 29.000. */
function styleOfRates(sample: readonly TableRow[]): DecimalStyle | undefined {
  const marks = sample.flatMap(({ cells }) =>
    cells.map((cell) => /^\d{1,5}([.,])\d{5,}$/.exec(cell)?.[1]),
  );
  const [isPoint, isComma] = [marks.includes('.'), marks.includes(',')];
  if (isPoint === isComma) return undefined;
  return isPoint ? 'point' : 'comma';
}

const styleNames = ['point', 'comma', 'plain', 'two-ways', 'short', 'long', 'grouped'] as const;
