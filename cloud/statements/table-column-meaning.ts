import type { Meaning } from './table-name-words.ts';
import { meaningsOf } from './table-names.ts';
import { createDirections, directionOf } from './table-row-words.ts';
import { type ColumnSample, isMostly, isNearly } from './table-sample.ts';

/** A name that spans two columns, the currency and the sum, stands above the first of them. */
export function spreadNames(
  header: readonly string[],
  samples: readonly ColumnSample[],
): readonly string[] {
  return samples.map((sample, column) => {
    const name = header[column] ?? '';
    const [left, right] = [samples[column - 1], samples[column + 1]];
    const isSum = name === '' && isNearly(sample, sample.numbers);
    if (isSum && left && isNearly(left, left.currencies)) return header[column - 1] ?? '';
    const isCode = name !== '' && isNearly(sample, sample.currencies) && header[column + 1] === '';
    return isCode && right && isNearly(right, right.numbers) ? 'Currency' : name;
  });
}

/** What a column is by its name, where its cells fit to it. German banks leave the name of the column with S and H empty. */
export function settle(
  name: string,
  sample: ColumnSample | undefined,
  rows: number,
): Meaning | undefined {
  if (sample === undefined) return undefined;
  const unnamed: readonly Meaning[] = ['flag', 'currency'];
  // `+/-` is a name without letters.
  const possible = /^[-+/ ]*$/.test(name) ? unnamed : meaningsOf(name);
  if (possible.includes('counterparty') && isMostly(sample, sample.ibans))
    return 'counterpartyAccount';
  const isEither = possible.includes('account') && possible.includes('counterpartyAccount');
  if (isEither) return rows > 1 && isSame(sample, rows) ? 'account' : 'counterpartyAccount';
  if (name === '' && sample.cells.length === 0) return undefined;
  // Whatever its name, a column of nothing but words for in and out says just that.
  const isFlag = sample.distinct === 2 && sample.flags === sample.cells.length;
  const isValue = possible.some((each) => dayMeanings.includes(each) || sumMeanings.includes(each));
  // Letters that say it only beside one another may be anything under a name that is known.
  const isSure = possible.length === 0 || sample.cells.every((cell) => directionOf(cell));
  if (isFlag && !isValue && isSure && saysBoth(sample)) return 'flag';
  return possible.find((meaning) => fits(meaning, sample));
}

const saysBoth = ({ cells }: ColumnSample): boolean =>
  new Set(cells.map(createDirections(cells))).size === 2;

/** A name such as IBAN is the account's own where all rows share it; one row alone does not tell. */
const isSame = ({ cells, distinct }: ColumnSample, rows: number): boolean =>
  cells.length === rows && distinct === 1;

function fits(meaning: Meaning, sample: ColumnSample): boolean {
  const { cells, dates, numbers, currencies, dashes, flags, states } = sample;
  if (meaning === 'flag') return isNearly(sample, flags);
  if (meaning === 'status') return isMostly(sample, states);
  if (cells.length === 0) return true;
  if (dayMeanings.includes(meaning)) return isMostly(sample, dates);
  if (sumMeanings.includes(meaning)) return numbers * 2 > cells.length - dashes;
  if (meaning === 'currency' || meaning === 'originalCurrency') return isMostly(sample, currencies);
  if (meaning === 'text' || meaning === 'counterparty') return !isNearly(sample, sample.sums);
  return true;
}

const dayMeanings: readonly Meaning[] = ['bookingDate', 'date', 'valueDate'];
const sumMeanings: readonly Meaning[] = [
  'net',
  'amount',
  'gross',
  'debit',
  'credit',
  'fee',
  'balance',
  'originalAmount',
];
