import { readCellDate } from './csv-date.ts';
import { readNumber } from './csv-number.ts';
import { directionOf, stateOf } from './csv-row-words.ts';
import type { CsvRow } from './csv-table.ts';
import { currencyOfHeader, type Meaning, meaningsOf, toCurrencyCode } from './csv-words.ts';
import { isIban } from './iban.ts';

/** Where a table has what; columns count from 0. */
export interface CsvColumns {
  readonly bookingDate: number;
  readonly valueDate: number | undefined;
  /** All that may be the amount of an entry; more than one has to be decided by the rows. */
  readonly amounts: readonly number[];
  readonly debits: readonly number[];
  readonly credits: readonly number[];
  /** Says for each amount whether it came in or went out. */
  readonly flag: number | undefined;
  /** Only where no amount says that it is what is left of it. */
  readonly fee: number | undefined;
  readonly balance: number | undefined;
  readonly currency: number | undefined;
  /** As the name of an amount's column tells it. */
  readonly namedCurrency: string | undefined;
  readonly originalAmount: number | undefined;
  readonly originalCurrency: number | undefined;
  readonly counterparty: number | undefined;
  readonly debtor: number | undefined;
  readonly creditor: number | undefined;
  readonly counterpartyAccount: number | undefined;
  readonly account: number | undefined;
  readonly texts: readonly number[];
  readonly kinds: readonly number[];
  readonly reference: number | undefined;
  readonly status: number | undefined;
  /** It counts pieces of something: an order of securities, say. */
  readonly hasQuantity: boolean;
}

const amountMeanings: readonly Meaning[] = ['net', 'amount', 'gross', 'debit', 'credit'];
const dateMeanings: readonly Meaning[] = ['bookingDate', 'date', 'valueDate'];

/** True for the names of a statement's columns: a day is among them, and an amount. */
export function isHeader(cells: readonly string[]): boolean {
  if (cells.length < 2) return false;
  const known = cells.map(meaningsOf);
  const has = (wanted: readonly Meaning[]) =>
    known.findIndex((meanings) => meanings.some((meaning) => wanted.includes(meaning)));
  const [date, amount] = [has(dateMeanings), has(amountMeanings)];
  return date !== -1 && amount !== -1 && known.filter(({ length }) => length > 0).length > 1;
}

/** Cells of a column that are looked at; flags are looked at in all of them. */
const sampleMax = 300;

/** What each column is: of the meanings that its name may have, the first that fits the cells below it. */
export function findColumns(
  header: readonly string[],
  rows: readonly CsvRow[],
): CsvColumns | undefined {
  const samples = header.map((_, column) => sampleOf(column, rows));
  const settled = header.map((name, column) => settle(name, column, samples[column] ?? [], rows));
  const all = (...wanted: readonly Meaning[]) =>
    settled.flatMap((meaning, column) => (meaning && wanted.includes(meaning) ? [column] : []));
  const only = (wanted: Meaning) => all(wanted)[0];
  const filled = (column: number | undefined) =>
    column !== undefined && (rows.length === 0 || samples[column]?.[0] !== undefined);
  const bookingDate = [...all('bookingDate'), ...all('date'), ...all('valueDate')].find(filled);
  const amounts = [all('net'), all('amount'), all('gross')].find(({ length }) => length > 0) ?? [];
  const [debits, credits] = [all('debit'), all('credit')];
  const money = [...amounts, ...debits, ...credits];
  if (bookingDate === undefined || money.length === 0) return undefined;
  const named = money.map((column) => currencyOfHeader(header[column] ?? '')).find(Boolean);
  const balance = all('balance').find(filled);
  const accounts = all('account');
  const own = accounts.filter((column) => isOwnAccount(column, rows));
  const others = [...all('counterpartyAccount'), ...accounts.filter((each) => !own.includes(each))];
  return {
    bookingDate,
    valueDate: all('valueDate').find((column) => column !== bookingDate),
    amounts,
    debits: debits.length > 1 ? debits.filter(filled) : debits,
    credits: credits.length > 1 ? credits.filter(filled) : credits,
    flag: only('flag'),
    fee: all('net').length > 0 ? undefined : only('fee'),
    balance,
    // Beside an amount whose name tells its currency, the column has another one's.
    currency: named === undefined ? nearest(all('currency'), money[0] ?? 0) : undefined,
    namedCurrency: named ?? currencyOfHeader(header[balance ?? -1] ?? ''),
    originalAmount: only('originalAmount'),
    originalCurrency: only('originalCurrency'),
    counterparty: only('counterparty'),
    debtor: only('debtor'),
    creditor: only('creditor'),
    counterpartyAccount: others[0],
    account: ownAccount(header, own, samples),
    texts: all('text'),
    kinds: all('kind'),
    reference: all('reference').find((column) => isIdentifying(column, rows)),
    status: only('status'),
    hasQuantity: all('quantity').length > 0,
  };
}

function sampleOf(column: number, rows: readonly CsvRow[]): string[] {
  const found: string[] = [];
  for (const { cells } of rows) {
    const cell = cells[column] ?? '';
    if (cell !== '') found.push(cell);
    if (found.length === sampleMax) break;
  }
  return found;
}

/** German banks leave the name of the column with S and H empty. */
function settle(
  name: string,
  column: number,
  sample: readonly string[],
  rows: readonly CsvRow[],
): Meaning | undefined {
  const possible: readonly Meaning[] = name === '' ? ['flag'] : meaningsOf(name);
  if (possible.includes('counterparty') && isMostly(sample, isIbanText))
    return 'counterpartyAccount';
  const isEither = possible.includes('account') && possible.includes('counterpartyAccount');
  if (isEither) return isSameThroughout(column, rows) ? 'account' : 'counterpartyAccount';
  return possible.find((meaning) => fits(meaning, sample, column, rows));
}

const isIbanText = (cell: string): boolean => isIban(cell.replace(/\s/g, ''));
const isMostly = (sample: readonly string[], test: (cell: string) => boolean): boolean =>
  sample.length > 0 && sample.filter(test).length * 2 > sample.length;

function fits(
  meaning: Meaning,
  sample: readonly string[],
  column: number,
  rows: readonly CsvRow[],
): boolean {
  if (meaning === 'flag') {
    const isFlag = (cell: string) => directionOf(cell) !== undefined;
    return (
      isMostly(sample, isFlag) && rows.every(({ cells }) => !cells[column] || isFlag(cells[column]))
    );
  }
  if (meaning === 'status') return isMostly(sample, (cell) => stateOf(cell) !== undefined);
  const test = testByMeaning[meaning];
  return test === undefined || sample.length === 0 || isMostly(sample, test);
}

const isDate = (cell: string): boolean => readCellDate(cell) !== undefined;
const isNumber = (cell: string): boolean => readNumber(cell) !== undefined;
const isCurrency = (cell: string): boolean => /^(\p{Sc}|[A-Za-z]{3,4})$/u.test(cell);

const testByMeaning: { readonly [M in Meaning]?: (cell: string) => boolean } = {
  bookingDate: isDate,
  date: isDate,
  valueDate: isDate,
  net: isNumber,
  amount: isNumber,
  gross: isNumber,
  debit: isNumber,
  credit: isNumber,
  fee: isNumber,
  balance: isNumber,
  originalAmount: isNumber,
  currency: isCurrency,
  originalCurrency: isCurrency,
};

/** A name such as IBAN is the account's own where all rows share it; one row alone does not tell. */
function isSameThroughout(column: number, rows: readonly CsvRow[]): boolean {
  const cells = new Set(rows.map((row) => row.cells[column] ?? ''));
  return rows.length > 1 && cells.size === 1 && !cells.has('');
}

/** Numbers that are another one in most rows are not those of the user's own accounts, whatever the column's name. */
function isOwnAccount(column: number, rows: readonly CsvRow[]): boolean {
  const cells = rows.map((row) => row.cells[column] ?? '').filter((cell) => /\d{4}/.test(cell));
  const distinct = new Set(cells).size;
  return distinct < 2 || distinct * 2 <= rows.length;
}

/** Of several names of the same account: its IBAN, else what has digits. */
function ownAccount(
  header: readonly string[],
  columns: readonly number[],
  samples: readonly (readonly string[])[],
): number | undefined {
  const holds = (test: (cell: string) => boolean) =>
    columns.find((column) => isMostly(samples[column] ?? [], test));
  const named = columns.find((column) => /iban/i.test(header[column] ?? ''));
  return holds(isIbanText) ?? named ?? holds((cell) => /\d/.test(cell)) ?? columns[0];
}

/** Monefy and others have a currency beside each of several amounts. */
function nearest(columns: readonly number[], amount: number): number | undefined {
  const distance = (column: number) => Math.abs(column - amount) - (column > amount ? 0.5 : 0);
  return columns.toSorted((a, b) => distance(a) - distance(b))[0];
}

/** A number that two entries share, or a short one that another file will count up again, identifies none. */
function isIdentifying(column: number, rows: readonly CsvRow[]): boolean {
  const seen = new Set<string>();
  for (const { cells } of rows) {
    const cell = cells[column] ?? '';
    if (cell === '') continue;
    if (cell.length < 6 || seen.has(cell)) return false;
    seen.add(cell);
  }
  return seen.size > 0;
}

/** The code in a cell of a currency's column; undefined for a sign that stands for many, `null` for what is none. */
export function currencyOfCell(cell: string): string | undefined | null {
  if (cell === '' || /^\p{Sc}$/u.test(cell)) return toCurrencyCode(cell);
  return (
    toCurrencyCode(cell) ?? (/^euro$/i.test(cell) ? 'EUR' : /^nis$/i.test(cell) ? 'ILS' : null)
  );
}
