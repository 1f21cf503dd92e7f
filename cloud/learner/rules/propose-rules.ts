import type { PostedRow } from '../book-row.ts';
import { findAmountRange } from './amount-range.ts';
import { compareRanks, type Group, groupRows } from './row-groups.ts';
import type { NewRule, Rule } from './rule.ts';
import { type Backtest, compileRule, createMatcher, type FoldedRow, foldRow } from './rules.ts';
import { asWritten, foldText } from './text-pattern.ts';

/**
 * A rule that the user's own rows speak for, and what it would have done with them: with those that no rule of the user's
 * takes already. Nothing becomes a rule without a yes.
 */
export interface RuleProposal extends Backtest {
  /** From its words, its account, which bounds it has, and its counter-account; by it a proposal is dismissed. */
  readonly key: string;
  readonly rule: NewRule;
  /** The newest rows that it would have filled, newest first, two to five. */
  readonly rows: readonly PostedRow[];
}

const proposalMax = 10;
/** Rows without which a habit is none. */
const rowsMin = 5;
const rightMin = 0.95;
/** The newest of its rows, all of which went the proposed way: a habit that has changed is not proposed. */
const newestCount = 5;
const evidenceMax = 5;
/** So long is a key that is kept. */
const keyMax = 500;

interface Candidate {
  readonly rule: NewRule;
  readonly counterAccount: string;
  readonly rows: readonly number[];
  readonly rank: readonly number[];
}

/**
 * What the user always does, as rules: the best ten, those that fill most rows first. Rows count by their days, never by
 * their order. No rule is proposed for `transferAccounts`, nor for accounts that a bank fills: transfers are found
 * otherwise.
 */
export function proposeRules(
  posted: readonly PostedRow[],
  rules: readonly Rule[],
  dismissed: ReadonlySet<string>,
  transferAccounts: ReadonlySet<string> = new Set(),
): readonly RuleProposal[] {
  const isTaken = createMatcher(rules);
  const rows = posted.filter((row) => row.counterAccount && !isTaken(row)).sort(compareRows);
  const history = readHistory(rows, posted, transferAccounts);
  const labels = rows.map(({ counterAccount }) => counterAccount);
  const candidates = groupRows(history.folded, labels, rowsMin)
    .flatMap((group) => candidatesOf(history, group))
    .sort(compareCandidates);
  return pickProposals(history, candidates, dismissed);
}

function compareRows(a: PostedRow, b: PostedRow): number {
  return (
    compare(a.date, b.date) ||
    compare(a.description, b.description) ||
    a.amount.minor - b.amount.minor ||
    compare(a.amount.currency, b.amount.currency) ||
    compare(a.account, b.account) ||
    compare(a.counterAccount, b.counterAccount)
  );
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

/** The rows that no rule takes, oldest first, and what is known of them all. */
interface History {
  readonly rows: readonly PostedRow[];
  readonly folded: readonly FoldedRow[];
  /** How many of all posted rows have a counter-account. */
  readonly of: ReadonlyMap<string, number>;
  /** The share of `rows` that has it. */
  readonly shares: ReadonlyMap<string, number>;
  /** Counter-accounts for which nothing is proposed. */
  readonly left: ReadonlySet<string>;
}

function readHistory(
  rows: readonly PostedRow[],
  posted: readonly PostedRow[],
  transferAccounts: ReadonlySet<string>,
): History {
  const shares = countAccounts(rows);
  for (const [account, count] of shares) shares.set(account, count / rows.length);
  return {
    rows,
    folded: rows.map(foldRow),
    of: countAccounts(posted),
    shares,
    left: new Set([...transferAccounts, ...posted.map(({ account }) => account)]),
  };
}

function countAccounts(rows: readonly PostedRow[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { counterAccount } of rows) {
    counts.set(counterAccount, (counts.get(counterAccount) ?? 0) + 1);
  }
  return counts;
}

function candidatesOf(history: History, group: Group): readonly Candidate[] {
  const rows = group.rows.map((at) => history.rows[at]).filter((row) => row !== undefined);
  const [top] = [...countAccounts(rows)].sort((a, b) => b[1] - a[1] || compare(a[0], b[0]));
  if (!top) return [];
  const [counterAccount, right] = top;
  const candidate = { counterAccount, rows: group.rows, rank: group.rank };
  if (right >= rows.length * rightMin) {
    if (history.left.has(counterAccount) || !isTelling(history, group, counterAccount)) return [];
    return [{ ...candidate, rule: { ...group.conditions, counterAccount, post: false } }];
  }
  return group.isName ? splitGroup(history, group, rows) : [];
}

/** A name is; another word when so many payees have it in common that it is no chance where their rows went. */
function isTelling({ shares }: History, { isName, payees }: Group, counterAccount: string) {
  const share = shares.get(counterAccount) ?? 1;
  return isName || (payees >= 3 && share ** payees <= chanceMax);
}

const chanceMax = 0.02;

/** Where words alone are not enough: what they have in one account of the bank's, or in one range of amounts. */
function splitGroup(
  history: History,
  group: Group,
  rows: readonly PostedRow[],
): readonly Candidate[] {
  const accounts = [...new Set(rows.map(({ account }) => account))].map((account) => ({ account }));
  return [...countAccounts(rows)].flatMap(([counterAccount, count]): Candidate[] => {
    if (count < rowsMin || history.left.has(counterAccount)) return [];
    const range = findAmountRange(rows, counterAccount);
    return [...accounts, ...(range ? [range] : [])].flatMap((split) => {
      const rule: NewRule = { ...group.conditions, ...split, counterAccount, post: false };
      const matches = compileRule(rule);
      const inside = group.rows.filter((at) => {
        const folded = history.folded[at];
        return folded !== undefined && matches(folded);
      });
      const right = inside.filter((at) => history.rows[at]?.counterAccount === counterAccount);
      const isTold = isSplit({
        inside: inside.length,
        right: right.length,
        count,
        all: rows.length,
        isBetween: 'amountFrom' in split && 'amountTo' in split,
      });
      return isTold ? [{ rule, counterAccount, rows: inside, rank: [-1, ...group.rank] }] : [];
    });
  });
}

/**
 * Whether a split tells the `count` rows of a counter-account, of `all`, from the others, and not by chance: among so
 * many words and amounts some few rows always happen to lie on one side.
 */
function isSplit(found: {
  readonly inside: number;
  readonly right: number;
  readonly count: number;
  readonly all: number;
  /** Two bounds can lie in many more ways than one. */
  readonly isBetween: boolean;
}): boolean {
  const { inside, right, count, all, isBetween } = found;
  const outside = all - inside;
  return (
    inside >= (isBetween ? 2 : 1) * rowsMin &&
    right >= inside * rightMin &&
    right >= count * 0.8 &&
    count - right <= outside / 4 &&
    waysToChoose(all, outside) >= waysMin * (isBetween ? all : 1)
  );
}

/** Of so many ways to put the rows on two sides this is one. */
const waysMin = 50_000;

function waysToChoose(all: number, some: number): number {
  let ways = 1;
  for (let at = 1; at <= Math.min(some, all - some); at++) ways *= (all - at + 1) / at;
  return ways;
}

function compareCandidates(a: Candidate, b: Candidate): number {
  return (
    b.rows.length - a.rows.length ||
    compareRanks(a.rank, b.rank) ||
    compare(keyOf(a.rule), keyOf(b.rule))
  );
}

function keyOf({ text = '', counterparty = '', ...rule }: NewRule): string {
  const words = foldText(counterparty || text)
    .replaceAll('*', '')
    .trim();
  const bounds = `${rule.amountFrom === undefined ? '' : '>'}${rule.amountTo === undefined ? '' : '<'}`;
  return [words, bounds, rule.account ?? '', rule.counterAccount ?? ''].join('|');
}

function pickProposals(
  history: History,
  candidates: readonly Candidate[],
  dismissed: ReadonlySet<string>,
): readonly RuleProposal[] {
  const picked: RuleProposal[] = [];
  const covered = new Set<number>();
  candidates.forEach((candidate, at) => {
    if (picked.length === proposalMax) return;
    const fresh = candidate.rows.filter((row) => !covered.has(row)).length;
    if (fresh < rowsMin || fresh < candidate.rows.length / 2) return;
    const filled = fillRows(history, candidate);
    if (!filled || isTooWide(history, filled, candidate, candidates.slice(at + 1))) return;
    const proposal = describeProposal(history, candidate, filled);
    if (proposal.key.length > keyMax) return;
    // What is dismissed or has changed is not proposed by narrower words, either.
    for (const row of candidate.rows) covered.add(row);
    const newest = filled.slice(-newestCount).map((row) => history.rows[row]?.counterAccount);
    const hasChanged = newest.some((account) => account !== candidate.counterAccount);
    if (!hasChanged && !dismissed.has(proposal.key)) picked.push(proposal);
  });
  return picked.sort((a, b) => b.filled - a.filled || compare(a.key, b.key));
}

/** The rows of the rule as it will hold, oldest first: a text also stands inside of other words. Null: it is too often wrong. */
function fillRows(
  { rows, folded }: History,
  { rule, counterAccount }: Candidate,
): readonly number[] | null {
  const matches = compileRule(rule);
  const filled: number[] = [];
  folded.forEach((row, at) => {
    if (matches(row)) filled.push(at);
  });
  const right = filled.filter((at) => rows[at]?.counterAccount === counterAccount).length;
  return right < rowsMin || right < filled.length * rightMin ? null : filled;
}

/**
 * Whether the rows that it has beyond those of a narrower candidate are not like them: 'David' for the rows of 'David
 * Miller' and those of others of that name.
 */
function isTooWide(
  { rows }: History,
  filled: readonly number[],
  { counterAccount }: Candidate,
  narrower: readonly Candidate[],
): boolean {
  const own = new Set(filled);
  return narrower.some((other) => {
    if (other.counterAccount !== counterAccount || other.rows.length < filled.length / 2) {
      return false;
    }
    const inside = new Set(other.rows.filter((at) => own.has(at)));
    const beyond = filled.filter((at) => !inside.has(at));
    const right = beyond.filter((at) => rows[at]?.counterAccount === counterAccount).length;
    return inside.size === other.rows.length && right < beyond.length * beyondMin;
  });
}

/** Share of such rows that must be right. */
const beyondMin = 0.8;

function describeProposal(
  { rows, of }: History,
  { rule, counterAccount }: Candidate,
  filled: readonly number[],
): RuleProposal {
  const newestFirst = filled.map((at) => rows[at]).filter((row) => row !== undefined);
  newestFirst.reverse();
  const wrong = newestFirst.filter((row) => row.counterAccount !== counterAccount);
  return {
    key: keyOf(rule),
    rule: writeOut(rule, newestFirst[0]?.description ?? ''),
    filled: filled.length,
    right: filled.length - wrong.length,
    wrong,
    of: of.get(counterAccount) ?? 0,
    rows: newestFirst.slice(0, evidenceMax),
  };
}

/** The rule with its words as they stand in a row: folded they are all capitals. */
function writeOut(rule: NewRule, description: string): NewRule {
  const { text, counterparty } = rule;
  const written = (words: string) =>
    words.endsWith(' *')
      ? `${asWritten(description, words.slice(0, -2))} *`
      : asWritten(description, words);
  return {
    ...rule,
    ...(text && { text: written(text) }),
    ...(counterparty && { counterparty: written(counterparty) }),
  };
}
