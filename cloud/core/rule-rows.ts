import type { RuleColumn } from '../../shared/book.ts';
import type { NewRule, Rule, RuleProblem } from '../learner/rules/rule.ts';
import {
  type Cell,
  type CellContent,
  fitCell,
  type RowContent,
  type SheetRow,
  type SheetTab,
  type TabChanges,
} from '../ports/sheet.ts';
import { isChecked, shows } from './bank-cells.ts';

type Row = SheetRow<RuleColumn>;

/** Rules of a book; what stands below them is not read as one. */
const ruleMax = 500;
/** Most characters of the user's text that a problem quotes. */
const quotedMax = 40;

const conditionColumns: readonly RuleColumn[] = [
  'whenText',
  'whenCounterparty',
  'amountFrom',
  'amountTo',
  'whenAccount',
];

const noRule = {
  condition:
    'It has no condition, so it would take every row: fill in Text, Counterparty, Amount from, Amount to or Account.',
  action: 'It does nothing: fill in Counter-account or Description.',
  post: 'Post at once needs a counter-account: fill in Counter-account, or take the tick away.',
  column:
    'A column for a condition is gone from this tab, and without it rules would take more rows than they should: undo its deletion (Ctrl+Z).',
  limit: `Only the first ${ruleMax} rules hold: delete some that you no longer need.`,
} as const;

/**
 * The rules of the tab, in their order, and the rows that are none. `accountPaths` are those of the Accounts tab; null:
 * unknown, then any counter-account passes.
 */
export function readRules(
  tab: SheetTab<RuleColumn> | null,
  accountPaths: ReadonlySet<string> | null,
): { readonly rules: readonly Rule[]; readonly problems: readonly RuleProblem[] } {
  const rules: Rule[] = [];
  const problems: RuleProblem[] = [];
  // The order of the tab, whatever that of the reading is.
  const rows = [...(tab?.rows ?? [])].filter(isFilled).sort((a, b) => a.index - b.index);
  const isWhole = conditionColumns.every((column) => tab?.columns[column] !== undefined);
  for (const row of rows) {
    const { rule, messages } = readRule(row, accountPaths);
    if (!isWhole) messages.push(noRule.column);
    if (rules.length >= ruleMax) messages.push(noRule.limit);
    if (messages.length === 0) rules.push(rule);
    else problems.push({ index: row.index, message: messages.join(' ') });
  }
  return { rules, problems };
}

/** A tick box that is not ticked stands in rows that the user has not begun, too. */
function isFilled({ cells }: Row): boolean {
  const { problem: _ours, thenPost, ...others } = cells;
  const isTouched = isCheck(thenPost) ? isChecked(thenPost) : wordsOf(thenPost) !== '';
  return isTouched || Object.values(others).some((cell) => wordsOf(cell) !== '');
}

function readRule(
  { index, cells }: Row,
  accountPaths: ReadonlySet<string> | null,
): { rule: Rule; messages: string[] } {
  const texts = {
    text: wordsOf(cells.whenText),
    counterparty: wordsOf(cells.whenCounterparty),
    account: wordsOf(cells.whenAccount),
    counterAccount: wordsOf(cells.thenCounterAccount),
    description: wordsOf(cells.thenDescription),
  };
  const from = readAmount(cells.amountFrom, 'Amount from');
  const to = readAmount(cells.amountTo, 'Amount to');
  const post = isChecked(cells.thenPost) === true;
  const rule: Rule = {
    index,
    ...Object.fromEntries(Object.entries(texts).filter(([, text]) => text)),
    ...(from.amount !== undefined && { amountFrom: from.amount }),
    ...(to.amount !== undefined && { amountTo: to.amount }),
    post,
  };
  const messages = [from.problem, to.problem].flatMap((problem) => problem ?? []);
  const isBounded = wordsOf(cells.amountFrom) || wordsOf(cells.amountTo);
  const { text, counterparty, account, counterAccount, description } = texts;
  if (!text && !counterparty && !account && !isBounded) messages.push(noRule.condition);
  if (counterAccount && accountPaths && !accountPaths.has(counterAccount)) {
    messages.push(
      `Counter-account: the Accounts tab has no ${quote(counterAccount)}; choose one that it has, or add it there.`,
    );
  }
  const tick = !isCheck(cells.thenPost) && wordsOf(cells.thenPost);
  if (tick)
    messages.push(`Post at once: ${quote(tick)} is no tick; tick the box, or leave it empty.`);
  if (post && !counterAccount) messages.push(noRule.post);
  else if (!counterAccount && !description) messages.push(noRule.action);
  return { rule, messages };
}

/** What the user has typed into a cell, also where the spreadsheet took it for more than text; '' for an empty one. */
function wordsOf(cell: Cell | undefined): string {
  if (cell?.kind === 'text') return cell.text.trim();
  if (cell?.kind === 'check') return cell.checked ? 'TRUE' : 'FALSE';
  return cell?.kind === 'number' ? String(cell.number) : '';
}

const isCheck = (cell: Cell | undefined) => cell?.kind === 'check';

/** A number, or text that can be read in one way alone: of "1.234" nobody knows what it is. */
const typedAmount = /^([+-]?)(\d+)(?:[.,](\d{1,2}))?$/;

function readAmount(
  cell: Cell | undefined,
  title: string,
): { readonly amount?: number; readonly problem?: string } {
  if (cell?.kind === 'number') return { amount: cell.number };
  const words = wordsOf(cell);
  if (!words) return {};
  const match = typedAmount.exec(words.replace(/\s/g, '').replace('−', '-'));
  if (!match)
    return { problem: `${title}: ${quote(words)} is no number; write one such as -20.50.` };
  const [, sign = '', whole = '', decimals = '0'] = match;
  return { amount: Number(`${sign}${whole}.${decimals}`) };
}

const quote = (text: string) => `“${fitCell(text, quotedMax)}”`;

/** What changes in the column of problems: what is wrong with a row, and nothing where nothing is. */
export function problemCells(
  tab: SheetTab<RuleColumn>,
  problems: readonly RuleProblem[],
): TabChanges<RuleColumn>['update'] {
  if (tab.columns.problem === undefined) return [];
  const byIndex = Map.groupBy(problems, ({ index }) => index);
  return tab.rows.flatMap(({ index, cells }) => {
    const message = (byIndex.get(index) ?? []).map((problem) => problem.message).join(' ');
    const problem: CellContent = message ? { kind: 'text', text: message } : { kind: 'empty' };
    return shows(cells.problem, problem) ? [] : [{ index, cells: { problem } }];
  });
}

/** A rule as a row of the tab. */
export function ruleCells(rule: NewRule): RowContent<RuleColumn> {
  const { text, counterparty, amountFrom, amountTo, account, counterAccount, description } = rule;
  return {
    ...(text && { whenText: textCell(text) }),
    ...(counterparty && { whenCounterparty: textCell(counterparty) }),
    ...(amountFrom !== undefined && { amountFrom: boundCell(amountFrom) }),
    ...(amountTo !== undefined && { amountTo: boundCell(amountTo) }),
    ...(account && { whenAccount: textCell(account) }),
    ...(counterAccount && { thenCounterAccount: textCell(counterAccount) }),
    ...(description && { thenDescription: textCell(description) }),
    thenPost: { kind: 'check', checked: rule.post },
  };
}

const textCell = (text: string): CellContent => ({ kind: 'text', text });

/** A bound has no currency: XXX has two decimals; one with three is taken where these do not hold it. */
function boundCell(bound: number): CellContent {
  const cents = Math.round(bound * 100);
  return Math.abs(bound * 100 - cents) < 1e-6
    ? { kind: 'amount', amount: { minor: cents, currency: 'XXX' } }
    : { kind: 'amount', amount: { minor: Math.round(bound * 1000), currency: 'KWD' } };
}
