import type { BookReading, PlainChanges } from '../../shared/delivery.ts';
import type * as shown from '../../shared/suggestions.ts';
import { proposeRules } from '../learner/rules/propose-rules.ts';
import type { NewRule } from '../learner/rules/rule.ts';
import { type Backtest, backtest } from '../learner/rules/rules.ts';
import type { TabChanges } from '../ports/sheet.ts';
import { planAccounts } from './account-rows.ts';
import { toSnapshot } from './deliver-by-addon.ts';
import { problemCells, readRules, ruleCells } from './rule-rows.ts';
import { accountPaths, teachBook } from './teach-book.ts';
import { receiptRow } from './tell-suggestions.ts';
import type { World } from './world.ts';

/** Rows that a rule got wrong, of which a review shows the newest. */
const wrongMax = 5;

/** The rules of the book as the add-on read it, how each would have done, and those that its rows suggest. */
export async function reviewRules(
  { store }: World,
  bookId: string,
  reading: BookReading,
): Promise<shown.RulesReview> {
  const teaching = await teachBook(store, bookId, toSnapshot(reading));
  const { settings, accounts, rules, problems, posted, dismissedRules, learner } = teaching;
  const tests = backtest(rules, posted);
  const known = new Set(accounts);
  const proposals = proposeRules(posted, rules, dismissedRules, new Set([settings.transit]));
  return {
    settings,
    accounts,
    rules: rules.flatMap((rule, at): shown.RuleView[] => {
      const test = tests[at];
      return test ? [{ index: rule.index, sentence: ruleSentence(rule), ...viewTest(test) }] : [];
    }),
    problems,
    // A rule to an account that the Accounts tab lacks would be none.
    proposals: proposals
      .filter(({ rule }) => known.has(rule.counterAccount ?? ''))
      .map(({ key, rule, rows, ...test }) => ({
        key,
        sentence: ruleSentence(rule),
        rule,
        ...viewTest(test),
        rows: rows.map(receiptRow),
      })),
    reliability: learner.reliability(),
  };
}

/**
 * What the add-on is to write so that the rule stands below the others, in a new tab where there is none; null: the tab.
 * Rows that are no rules say why.
 */
export function addRule(
  { sheet }: World,
  reading: BookReading,
  rule: shown.RuleInput | null,
): PlainChanges {
  const snapshot = toSnapshot(reading);
  const none: TabChanges<never> = { append: [], update: [], remove: [] };
  const paths = snapshot.accounts && new Set(accountPaths(snapshot));
  const { problems } = readRules(snapshot.rules, paths);
  const update = snapshot.rules ? problemCells(snapshot.rules, problems) : [];
  return sheet.spellChanges(snapshot, {
    batchIds: [],
    transactions: none,
    accounts: planAccounts(snapshot.accounts, []),
    rules: { append: rule ? [ruleCells(rule)] : [], update, remove: [] },
  });
}

function viewTest({ filled, right, of, wrong }: Backtest): shown.Backtest {
  return { filled, right, of, wrong: wrong.slice(0, wrongMax).map((row) => receiptRow(row)) };
}

/** As `Text has “rewe”, amount -100 to 0: Expenses:Groceries, posted at once`. */
function ruleSentence(rule: NewRule): string {
  const { text, counterparty, account, counterAccount, description, post } = rule;
  const conditions = [
    text && `text has “${text}”`,
    counterparty && `counterparty is “${counterparty}”`,
    amountWords(rule),
    account && `account is ${account}`,
  ].filter(Boolean);
  const actions = [
    counterAccount,
    description && `description “${description}”`,
    post && 'posted at once',
  ].filter(Boolean);
  const sentence = `${conditions.join(', ')}: ${actions.join(', ')}`;
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}

function amountWords({ amountFrom, amountTo }: NewRule): string {
  if (amountFrom === undefined) return amountTo === undefined ? '' : `amount up to ${amountTo}`;
  return amountTo === undefined
    ? `amount from ${amountFrom}`
    : `amount ${amountFrom} to ${amountTo}`;
}
