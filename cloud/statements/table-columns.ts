import type { TableRow } from './table.ts';
import { settle, spreadNames } from './table-column-meaning.ts';
import { findColumnsByValues, pairUp } from './table-columns-by-values.ts';
import { isOtherSum } from './table-name-stems.ts';
import type { Meaning } from './table-name-words.ts';
import { currencyOfHeader, isKnownName, meaningsOf } from './table-names.ts';
import { type ColumnSample, isMostly, isNearly, sampleColumns } from './table-sample.ts';

/** Where a table has what; columns count from 0. */
export interface TableColumns {
  readonly bookingDate: number;
  readonly valueDate: number | undefined;
  /** A day that is near the one of booking. */
  readonly otherDate: number | undefined;
  /** All that may be the amount of an entry; more than one has to be decided by the rows. */
  readonly amounts: readonly number[];
  readonly debits: readonly number[];
  readonly credits: readonly number[];
  /** Two columns of which each row has one, without names that tell which of them is which. */
  readonly pairs: readonly (readonly [number, number])[];
  /** Says for each amount whether it came in or went out. */
  readonly flag: number | undefined;
  /** Only where no amount says that it is what is left of it. */
  readonly fee: number | undefined;
  /** All that may be what the account then held. */
  readonly balances: readonly number[];
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
  /** The names tell the amount: no other number has to be thought of. */
  readonly isNamed: boolean;
}

/** What each column is: by its name and the cells below it, or by these alone where there are no names that fit. */
export function findColumns(
  header: readonly string[] | undefined,
  rows: readonly TableRow[],
): TableColumns | undefined {
  const width = rows.reduce(
    (widest, { cells }) => Math.max(widest, cells.length),
    header?.length ?? 0,
  );
  const samples = sampleColumns(rows, Math.min(width, 1000));
  if (header === undefined) return findColumnsByValues(samples, rows);
  const columns = findNamed(header, samples, rows);
  if (columns !== undefined || rows.length === 0) return columns;
  // The names of some files stand elsewhere than their columns.
  const meanings = header.flatMap(meaningsOf);
  const isMisaligned =
    meanings.includes('amount') && rows.every(({ cells }) => cells.length < header.length);
  return isMisaligned ? findColumnsByValues(samples, rows) : undefined;
}

function findNamed(
  header: readonly string[],
  samples: readonly ColumnSample[],
  rows: readonly TableRow[],
): TableColumns | undefined {
  const names = spreadNames(header, samples);
  const settled = names.map((name, column) => settle(name, samples[column], rows.length));
  const all = (...wanted: readonly Meaning[]) =>
    settled.flatMap((meaning, column) => (meaning && wanted.includes(meaning) ? [column] : []));
  const only = (wanted: Meaning) => all(wanted)[0];
  const isFilled = (column: number) =>
    rows.length === 0 || (samples[column]?.cells.length ?? 0) > 0;
  const filled = (columns: readonly number[]) => columns.filter(isFilled);
  // Names that are known as a whole before those of which only a part is.
  const known = (columns: readonly number[]) =>
    columns.toSorted(
      (a, b) => Number(isKnownName(names[b] ?? '')) - Number(isKnownName(names[a] ?? '')),
    );
  const telling = (columns: readonly number[]) => {
    const found = columns.length > 1 ? filled(columns) : columns;
    return found.length > 0 ? found : known(columns).slice(0, 1);
  };
  const dates = [
    ...all('bookingDate'),
    ...all('date'),
    ...all('valueDate'),
    ...unnamedDates(settled, samples),
  ];
  const bookingDate =
    dates.find((column) => isUsable(samples[column], rows.length)) ?? filled(dates)[0];
  const [debits, credits] = bothSides(all('debit'), all('credit'), names, settled, samples, rows);
  const named = [all('net'), all('amount'), all('gross')].find(({ length }) => length > 0) ?? [];
  const isNamed = named.length + debits.length + credits.length > 0;
  const unnamed = unnamedSums(names, settled, samples);
  const pairs = isNamed || rows.length < 2 ? [] : pairUp(unnamed, rows);
  const others = [unnamed, all('originalAmount')].find(({ length }) => length > 0) ?? [];
  const amounts = isNamed ? fullest(named, samples) : without(others, pairs.flat());
  const money = [...amounts, ...debits, ...credits, ...pairs.flat()];
  if (bookingDate === undefined || money.length === 0) return undefined;
  if (rows.length > 0 && !money.some((column) => samples[column]?.numbers)) return undefined;
  const inName = money.map((column) => currencyOfHeader(names[column] ?? '')).find(Boolean);
  const accounts = all('account');
  const own = accounts.filter((column) => isOwnAccount(samples[column], rows.length));
  const otherAccounts = [
    ...all('counterpartyAccount'),
    ...accounts.filter((each) => !own.includes(each)),
  ];
  return {
    bookingDate,
    valueDate: all('valueDate').find((column) => column !== bookingDate && isFilled(column)),
    otherDate: all('date').find((column) => column !== bookingDate && isFilled(column)),
    amounts,
    debits: telling(debits),
    credits: telling(credits),
    pairs,
    flag: known(all('flag'))[0],
    fee: all('net').length > 0 ? undefined : only('fee'),
    balances: filled(all('balance')),
    // Beside an amount whose name tells its currency, the column has another one's.
    currency: inName === undefined ? nearest(all('currency'), money[0] ?? 0) : undefined,
    namedCurrency: inName ?? currencyOfHeader(names[all('balance')[0] ?? -1] ?? ''),
    originalAmount: only('originalAmount'),
    originalCurrency: only('originalCurrency'),
    counterparty: known(filled(all('counterparty')))[0],
    debtor: only('debtor'),
    creditor: only('creditor'),
    counterpartyAccount: otherAccounts[0],
    account: ownAccount(names, own, samples),
    texts: all('text'),
    kinds: all('kind'),
    reference: known(all('reference')).find((column) => {
      const isSure = isKnownName(names[column] ?? '') || rows.length >= 5;
      return isSure && isIdentifying(samples[column]);
    }),
    status: only('status'),
    hasQuantity: all('quantity').length > 0,
    isNamed,
  };
}

/** Not a day that only some rows have. */
const isUsable = (sample: ColumnSample | undefined, rows: number): boolean =>
  sample !== undefined && rows > 0 && sample.cells.length * 10 >= rows * 6;

function unnamedDates(
  settled: readonly (Meaning | undefined)[],
  samples: readonly ColumnSample[],
): readonly number[] {
  return samples.flatMap((sample, column) =>
    settled[column] === undefined && isNearly(sample, sample.dates) ? [column] : [],
  );
}

/** Sums under names that say nothing. */
function unnamedSums(
  names: readonly string[],
  settled: readonly (Meaning | undefined)[],
  samples: readonly ColumnSample[],
): readonly number[] {
  return samples.flatMap((sample, column) => {
    const isSum = isNearly(sample, sample.numbers) && sample.sums > 0 && sample.dates === 0;
    const isOpen = settled[column] === undefined && !isOtherSum(names[column] ?? '');
    return isSum && isOpen ? [column] : [];
  });
}

const without = (columns: readonly number[], taken: readonly number[]) =>
  columns.filter((column) => !taken.includes(column));

/** Of several columns that may be the amount, those that all rows have. */
function fullest(columns: readonly number[], samples: readonly ColumnSample[]): readonly number[] {
  const counts = columns.map((column) => samples[column]?.cells.length ?? 0);
  const most = Math.max(0, ...counts);
  return columns.filter((_, index) => (counts[index] ?? 0) * 10 >= most * 9);
}

/** Where one side alone has a name that is known, the other is the column that has a sum in all other rows. */
function bothSides(
  debits: readonly number[],
  credits: readonly number[],
  names: readonly string[],
  settled: readonly (Meaning | undefined)[],
  samples: readonly ColumnSample[],
  rows: readonly TableRow[],
): readonly [readonly number[], readonly number[]] {
  const [side, ...others] = [...debits, ...credits];
  if (side === undefined || others.length > 0 || settled.includes('amount'))
    return [debits, credits];
  const unnamed = unnamedSums(names, settled, samples);
  const pair = pairUp(
    [side, ...unnamed].toSorted((a, b) => a - b),
    rows,
  ).filter((each) => each.includes(side));
  const other = pair.length === 1 ? pair[0]?.find((column) => column !== side) : undefined;
  if (other === undefined || rows.length < 3) return [debits, credits];
  return debits.length > 0 ? [debits, [other]] : [[other], credits];
}

/** Numbers that are another one in most rows are not those of the user's own accounts, whatever the column's name. */
function isOwnAccount(sample: ColumnSample | undefined, rows: number): boolean {
  if (sample === undefined) return false;
  const numbers = new Set(sample.cells.filter((cell) => /\d{4}/.test(cell))).size;
  const isVaried = (count: number, most: number) => count > most && count * 2 > rows;
  return !isVaried(numbers, 1) && !isVaried(sample.distinct, 4);
}

/** Of several names of the same account: its IBAN, else what has digits. */
function ownAccount(
  names: readonly string[],
  columns: readonly number[],
  samples: readonly ColumnSample[],
): number | undefined {
  const holds = (count: (sample: ColumnSample) => number) =>
    columns.find((column) => {
      const sample = samples[column];
      return sample !== undefined && isMostly(sample, count(sample));
    });
  const named = columns.find((column) => /iban/i.test(names[column] ?? ''));
  const withDigits = ({ cells }: ColumnSample) => cells.filter((cell) => /\d/.test(cell)).length;
  return holds(({ ibans }) => ibans) ?? named ?? holds(withDigits) ?? columns[0];
}

/** Monefy and others have a currency beside each of several amounts. */
function nearest(columns: readonly number[], amount: number): number | undefined {
  const distance = (column: number) => Math.abs(column - amount) - (column > amount ? 0.5 : 0);
  return columns.toSorted((a, b) => distance(a) - distance(b))[0];
}

/** A number that two entries share, or a short one that another file will count up again, identifies none. */
function isIdentifying(sample: ColumnSample | undefined): boolean {
  if (sample === undefined || sample.cells.length === 0) return false;
  return sample.distinct === sample.cells.length && sample.cells.every(({ length }) => length >= 6);
}
