import type { BankAccountType } from '../../shared/bank.ts';
import type { AmountReading } from './amount.ts';
import { type AmountPlan, planAmounts, readSigned, turnRound } from './csv-amount.ts';
import { type BalanceChain, type ChainLink, followBalances, isProven } from './csv-balance.ts';
import type { CsvColumns } from './csv-columns.ts';
import { type DecimalStyle, readNumber } from './csv-number.ts';
import { directionOfKind } from './csv-row-words.ts';
import type { EntryRow } from './csv-rows.ts';
import { StatementUnreadable } from './statement.ts';

/** Rows of one account in one currency: their balances follow from one another. */
export interface RowGroup {
  readonly account: string;
  readonly currency: string;
  readonly rows: readonly EntryRow[];
}

/** A group with its amounts read. */
export interface ReadGroup extends RowGroup {
  readonly readings: readonly AmountReading[];
  readonly links: readonly ChainLink[];
  readonly chain: BalanceChain;
}

export interface Choice {
  readonly groups: readonly ReadGroup[];
  /** The balances follow from the amounts. */
  readonly isProven: boolean;
}

/** A sum that the entries have to have, where the table gives an opening and a closing balance. */
export type ExpectedSum = { readonly currency: string; readonly minor: number } | undefined;

/**
 * Reads the amounts in the one way that the table can mean: the one that its balances prove, else the only one, when
 * amounts tell by themselves which came in and which went out.
 * @throws StatementUnreadable (columns, sign, no-statement) where the table does not tell
 */
export function chooseAmounts(
  groups: readonly RowGroup[],
  columns: CsvColumns,
  style: DecimalStyle,
  expected: ExpectedSum,
  accountType: BankAccountType | undefined,
): Choice {
  const rows = groups.flatMap((group) => group.rows);
  const choices = readAll(groups, columns, style);
  const proven = choices.find(({ choice }) => choice.isProven || hasSum(choice, expected));
  // What a card owes grows with what is spent, so there balances do not tell the sign.
  const isSure = proven?.plan.saysDirection === true || accountType !== 'card';
  if (proven && (isSure || tellsSigns(proven.choice, columns, accountType))) return proven.choice;
  // Sums that stand in every row again, as in some programs' files, are no way to read its amount.
  const readable = choices.filter(({ choice }) => countRead(choice) * 2 >= rows.length);
  const [first, ...others] = readable.length > 0 ? readable : choices;
  if (!first || rows.length === 0) return { groups: [], isProven: false };
  if (columns.hasQuantity) {
    throw new StatementUnreadable(
      'no-statement',
      'The file lists securities, not the entries of an account. Download the account’s statement from the bank.',
    );
  }
  const { plan, choice } = first;
  if (!others.every((other) => hasSameAmounts(other.choice, choice))) {
    throw unclear([plan, ...others.map((other) => other.plan)]);
  }
  if (others.length === 0 && plan.doubt !== undefined) throw unclear([plan]);
  if (plan.saysDirection) return choice;
  const turned = readGroups(groups, turnRound(plan), columns, style);
  if (turned.isProven) return turned;
  if (!tellsSigns(choice, columns, accountType)) throw unclear([{ doubt: 'sign' }]);
  return choice;
}

/** True where the balances follow from the amounts of these rows, however these are to be read. */
export function isProvenByBalances(
  groups: readonly RowGroup[],
  columns: CsvColumns,
  style: DecimalStyle,
): boolean {
  return readAll(groups, columns, style).some(({ choice }) => choice.isProven);
}

function readAll(groups: readonly RowGroup[], columns: CsvColumns, style: DecimalStyle) {
  const rows = groups.flatMap((group) => group.rows);
  return planAmounts(columns, rows, style).map((plan) => ({
    plan,
    choice: readGroups(groups, plan, columns, style),
  }));
}

function countRead({ groups }: Choice): number {
  const links = groups.flatMap((group) => group.links);
  return links.filter(({ minor }) => minor !== undefined).length;
}

function readGroups(
  groups: readonly RowGroup[],
  plan: AmountPlan,
  { balance }: CsvColumns,
  style: DecimalStyle,
): Choice {
  let [tested, fits] = [0, 0];
  const read = groups.map((group) => {
    const readings = group.rows.map(({ cells }) => plan.read(cells, group.currency));
    const links = group.rows.map(({ cells }, index) => ({
      minor: minorOf(readings[index]),
      balance:
        balance === undefined
          ? undefined
          : minorOf(readSigned(cells[balance] ?? '', style, group.currency)),
    }));
    const chain = followBalances(links);
    tested += chain.tested;
    fits += chain.fits;
    return { ...group, readings, links, chain };
  });
  return { groups: read, isProven: isProven({ tested, fits }) };
}

function minorOf(reading: AmountReading | undefined): number | undefined {
  return reading === undefined || reading.kind === 'unread' ? undefined : reading.money.minor;
}

function hasSum({ groups }: Choice, expected: ExpectedSum): boolean {
  const [group, ...others] = groups;
  if (!expected || !group || others.length > 0 || group.currency !== expected.currency)
    return false;
  const amounts = group.links.map(({ minor }) => minor);
  const sum = amounts.reduce<number>((total, minor) => total + (minor ?? Number.NaN), 0);
  return sum === expected.minor && sum !== 0;
}

function hasSameAmounts(a: Choice, b: Choice): boolean {
  const amounts = (choice: Choice) =>
    choice.groups.flatMap(({ links }) => links.map(({ minor }) => minor));
  const [left, right] = [amounts(a), amounts(b)];
  return left.every((minor, index) => minor === right[index]);
}

/**
 * Whether signs can be taken as they stand, a minus for money out. Cards are listed the other way round as well, so a
 * list in which money comes in more often than it goes out has to tell it: by a plus, by the names of the kinds, or
 * because its account is no card. Amounts without any minus may be written without signs at all.
 */
function tellsSigns(
  { groups }: Choice,
  columns: CsvColumns,
  accountType: BankAccountType | undefined,
): boolean {
  let [into, out, agrees, contradicts] = [0, 0, 0, 0];
  let plus = 0;
  for (const { rows, links } of groups) {
    for (const [index, { cells }] of rows.entries()) {
      const minor = links[index]?.minor ?? 0;
      if (minor === 0) continue;
      if (minor > 0) into += 1;
      else out += 1;
      if (columns.amounts.some((column) => readNumber(cells[column] ?? '')?.sign === 1)) plus += 1;
      const said = columns.kinds.map((column) => directionOfKind(cells[column] ?? ''));
      const direction = said.find((each) => each !== undefined);
      if (direction === undefined) continue;
      if ((direction === 'in') === minor > 0) agrees += 1;
      else contradicts += 1;
    }
  }
  if (out === 0) return plus === into;
  // Single ones are returns of what was paid; most of them mean a list that is the other way round.
  if (contradicts > agrees) return false;
  const isNoCard = accountType === 'current' || accountType === 'savings';
  return out > into || plus > 0 || agrees > contradicts * 3 || isNoCard;
}

function unclear(plans: readonly Pick<AmountPlan, 'doubt'>[]): StatementUnreadable {
  const isSign = plans.every(({ doubt }) => doubt === 'sign');
  return isSign
    ? new StatementUnreadable(
        'sign',
        'The file does not tell which amounts came in and which went out. ' +
          'Download it with its balances, or choose OFX or CAMT at the bank.',
      )
    : new StatementUnreadable(
        'columns',
        'The file has several amounts in a row, and nothing tells which of them is booked. ' +
          'Download it with its balances, or choose OFX or CAMT at the bank.',
      );
}
