import type {
  DraftReview,
  DraftView,
  ReceiptRow,
  RuleProposalView,
  RulesReview,
  RuleView,
} from '../../shared/suggestions.ts';
import { book, rowView } from './sidebar-views.ts';

/** A draft whose suggestion is sure, by what was learned. */
export function draftView(change: Partial<DraftView> = {}): DraftView {
  return {
    id: 'd1',
    date: '2026-03-09',
    description: 'Bäckerei Beispiel, Kartenzahlung',
    amount: '-12.50',
    currency: 'EUR',
    account: 'Assets:Sandbox Bank:Girokonto',
    isPending: false,
    counterAccount: 'Expenses:Food',
    isChosen: false,
    certainty: 'sure',
    by: 'learner',
    candidates: [
      { counterAccount: 'Expenses:Food', probability: 0.97 },
      { counterAccount: 'Expenses:Office:Software', probability: 0.02 },
    ],
    receipt: {
      sentence:
        'You posted 12 of 12 rows of Bäckerei Beispiel to Expenses:Food, last on 2026-03-02.',
      rows: [receiptRow(), receiptRow({ date: '2026-02-23', amount: '-8.20' })],
    },
    ...change,
  };
}

export function receiptRow(change: Partial<ReceiptRow> = {}): ReceiptRow {
  return { ...rowView({ date: '2026-03-02' }), counterAccount: 'Expenses:Food', ...change };
}

/** Of those drafts, as many as there are in all; the sure ones are what *Accept all sure* posts. */
export function draftReview(
  drafts: readonly DraftView[],
  change: Partial<DraftReview> = {},
): DraftReview {
  const sure = drafts.filter(({ certainty, isPending }) => certainty === 'sure' && !isPending);
  return {
    drafts,
    total: drafts.length,
    sure: sure.map(({ id, candidates: [first], counterAccount: stood }) => ({
      id,
      counterAccount: first?.counterAccount ?? stood,
      stood,
    })),
    accounts: book.accounts.map(({ path }) => path),
    settings,
    inTransit: [],
    ...change,
  };
}

const settings = { certainty: 0.5, postFrom: null, transit: 'Assets:In transit' } as const;

export function ruleView(change: Partial<RuleView> = {}): RuleView {
  return {
    index: 1,
    sentence: 'Text has “bäckerei”: Expenses:Food',
    filled: 415,
    right: 412,
    of: 430,
    wrong: [receiptRow({ counterAccount: 'Expenses:Office:Software' })],
    ...change,
  };
}

export function proposalView(change: Partial<RuleProposalView> = {}): RuleProposalView {
  return {
    key: 'payee:stadtwerke',
    sentence: 'Counterparty is “Stadtwerke Musterstadt”: Expenses:Energy',
    rule: {
      counterparty: 'Stadtwerke Musterstadt',
      counterAccount: 'Expenses:Energy',
      post: false,
    },
    rows: [
      receiptRow({ description: 'Stadtwerke Musterstadt Abschlag Strom', amount: '-89.00' }),
      receiptRow({
        date: '2026-02-02',
        description: 'Stadtwerke Musterstadt Abschlag Strom',
        amount: '-89.00',
      }),
    ],
    filled: 14,
    right: 14,
    of: 15,
    wrong: [],
    ...change,
  };
}

export function rulesReview(change: Partial<RulesReview> = {}): RulesReview {
  return {
    settings,
    accounts: book.accounts.map(({ path }) => path),
    rules: [ruleView()],
    problems: [],
    proposals: [proposalView()],
    reliability: [
      { from: 0.9, to: 1, count: 418, right: 412 },
      { from: 0.8, to: 0.9, count: 40, right: 34 },
    ],
    ...change,
  };
}
