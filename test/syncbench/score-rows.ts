import { decimalsOf } from '../../shared/money.ts';
import type { ExpectedRow } from './format.ts';
import type { Finding } from './score.ts';
import type { ShownRow } from './sheet-view.ts';

type Field = Exclude<keyof ExpectedRow, 'times'>;

/** How much it counts that two rows agree in a field, when what is left is paired. */
const weights: Readonly<Record<Field, number>> = {
  account: 0,
  amount: 4,
  textHas: 3,
  date: 2,
  counterAccount: 1,
  posted: 1,
  notes: 1,
  pending: 1,
  original: 1,
};
const fields = Object.keys(weights) as Field[];
/** In which a row tells of another entry than the one expected. */
const entryFields: readonly Field[] = ['amount', 'date', 'textHas'];

/**
 * Rows that stand there against rows expected, as multisets: as many as can be are assigned one to one, so that a row of
 * which little is said takes no other's place. What is left on both sides in one account is paired, the most alike
 * first: a pair that differs in amount, date or text is one entry mixed up with another.
 */
export function scoreRows(
  expected: readonly ExpectedRow[],
  shown: readonly ShownRow[],
): readonly Finding[] {
  const wanted = expected.flatMap((row) => Array.from({ length: row.times }, () => row));
  const assigned = assignRows(wanted, shown);
  const missing = wanted.filter((_, index) => !assigned.has(index));
  const taken = new Set(assigned.values());
  const extra = shown.filter((_, index) => !taken.has(index));
  return pairRows(missing, extra).flatMap(([row, other]): Finding[] => {
    const lost = { kind: 'lost', text: row ? describeExpected(row) : '' } as const;
    const duplicated = { kind: 'duplicated', text: other ? describeShown(other) : '' } as const;
    if (!row) return [duplicated];
    if (!other) return [lost];
    const wrong = fields.filter((field) => !agrees(row, other, field));
    const text = `${lost.text} stands there as ${duplicated.text}`;
    if (wrong.some((field) => entryFields.includes(field))) return [{ kind: 'misMerged', text }];
    const why = `(differs in ${wrong.join(', ')})`;
    return [
      { ...lost, text: `${lost.text} ${why}` },
      { ...duplicated, text: `${duplicated.text} ${why}` },
    ];
  });
}

/** The most that fit, by augmenting paths; index of the expected row to index of the shown one. */
function assignRows(
  wanted: readonly ExpectedRow[],
  shown: readonly ShownRow[],
): ReadonlyMap<number, number> {
  const takers = new Map<number, number>();
  const fits = wanted.map((row) =>
    shown.flatMap((other, at) => (fields.every((it) => agrees(row, other, it)) ? [at] : [])),
  );
  const place = (row: number, tried: Set<number>): boolean =>
    (fits[row] ?? []).some((at) => {
      if (tried.has(at)) return false;
      tried.add(at);
      const taker = takers.get(at);
      if (taker !== undefined && !place(taker, tried)) return false;
      takers.set(at, row);
      return true;
    });
  for (const row of wanted.keys()) place(row, new Set());
  return new Map([...takers].map(([at, row]) => [row, at]));
}

type Pair = readonly [ExpectedRow | undefined, ShownRow | undefined];

function pairRows(missing: readonly ExpectedRow[], extra: readonly ShownRow[]): readonly Pair[] {
  const likeness = (row: ExpectedRow, other: ShownRow) =>
    fields.reduce(
      (sum, it) => sum + (row[it] !== undefined && agrees(row, other, it) ? weights[it] : 0),
      0,
    );
  const candidates = missing
    .flatMap((row, at) =>
      extra
        .filter((other) => other.account === row.account)
        .map((other) => ({ row, at, other, likeness: likeness(row, other) })),
    )
    .sort((a, b) => b.likeness - a.likeness);
  const pairs: Pair[] = [];
  // An expected row with `times` stands in the list as often: its place tells one from the other.
  const placed = new Set<number>();
  const taken = new Set<ShownRow>();
  for (const { row, at, other } of candidates) {
    if (placed.has(at) || taken.has(other)) continue;
    placed.add(at);
    taken.add(other);
    pairs.push([row, other]);
  }
  return [
    ...pairs,
    ...missing.filter((_, at) => !placed.has(at)).map((row): Pair => [row, undefined]),
    ...extra.filter((other) => !taken.has(other)).map((other): Pair => [undefined, other]),
  ];
}

/** Whether a row shows what is expected of it in a field; what is not named is not compared. */
function agrees(row: ExpectedRow, other: ShownRow, field: Field): boolean {
  if (row[field] === undefined) return true;
  switch (field) {
    case 'amount':
      return other.amount === Number(row.amount);
    case 'textHas':
      return other.description.includes(row.textHas ?? '');
    case 'original':
      return other.original === `${row.original?.currency} ${row.original?.amount}`;
    default:
      return other[field] === row[field];
  }
}

function describeExpected({ times: _, account, ...named }: ExpectedRow): string {
  const { date = 'some day', amount = 'some amount', textHas, original, ...user } = named;
  return [
    account,
    date,
    amount,
    ...(textHas === undefined ? [] : [JSON.stringify(textHas)]),
    ...(original ? [`of ${original.currency} ${original.amount}`] : []),
    ...Object.entries(user).flatMap(([field, value]) =>
      value === undefined ? [] : [`${field} ${JSON.stringify(value)}`],
    ),
  ].join(' ');
}

/** As people write it; a row of the user's own has no currency. */
function amountOf({ amount, currency }: ShownRow): string {
  if (amount === undefined) return 'no amount';
  return /^[A-Z]{3}$/.test(currency) ? amount.toFixed(decimalsOf(currency)) : String(amount);
}

/** Longest text of a row in a line. */
const textMax = 60;

function describeShown(row: ShownRow): string {
  const { account, date, description, index } = row;
  const text = Array.from(description).slice(0, textMax).join('');
  const { counterAccount, posted, notes, pending, original } = row;
  return [
    `${account || 'no account'} ${date} ${amountOf(row)} ${JSON.stringify(text)}`,
    ...(counterAccount ? [`counterAccount ${JSON.stringify(counterAccount)}`] : []),
    ...(posted ? ['posted'] : []),
    ...(notes ? [`notes ${JSON.stringify(notes)}`] : []),
    ...(pending ? ['pending'] : []),
    ...(original ? [`of ${original}`] : []),
    `in row ${index + 1}`,
  ].join(' ');
}
