import type { SuggestedBy } from '../../shared/suggestions.ts';
import type { Candidate, Suggestion } from '../learner/learner.ts';
import { pairTransfers } from '../learner/pair-transfers.ts';
import type { Rule } from '../learner/rule.ts';
import { createMatcher } from '../learner/rules.ts';
import type { TransferFinding } from '../learner/transfer.ts';
import type { KnownRow } from './known-rows.ts';
import type { Teaching } from './teach-book.ts';

/** What is proposed for a draft. */
export interface RowSuggestion {
  readonly draft: KnownRow;
  /** '' where nothing is certain enough. */
  readonly counterAccount: string;
  /** The best first; a rule's and a transfer's has probability 1. */
  readonly candidates: readonly Candidate[];
  readonly source: SuggestionSource;
  /** The row's description as a rule wants it. */
  readonly description?: string;
  /** The row is posted with it. */
  readonly posts: boolean;
}

/** From what a suggestion comes. */
export type SuggestionSource = { readonly by: SuggestedBy } & (
  | { readonly by: 'rule'; readonly rule: Rule }
  | { readonly by: 'transfer'; readonly finding: Transfer; readonly otherSide?: KnownRow }
  | { readonly by: 'learner'; readonly learned: Suggestion }
);

export type Transfer = Exclude<TransferFinding, { readonly kind: 'unclear' }>;

/** Surer than this of another counter-account, a row is no transfer for its amount alone. */
const sureOfOther = 0.9;

/**
 * What to propose for drafts that their user has not decided: first the user's rules, then transfers between own
 * accounts, then what was learned.
 * @param drafts new ones, and such as stand in the tab already (`teaching.rows`)
 * @returns one for each of them, and for undecided drafts in the tab that are the other side of one of them
 */
export function suggestRows(
  teaching: Teaching,
  drafts: readonly KnownRow[],
): readonly RowSuggestion[] {
  const { settings, learner } = teaching;
  const match = createMatcher(teaching.rules);
  const ruled = new Map(drafts.map((draft) => [draft.id, match(draft)]));
  const learned = new Map<string, Suggestion>();
  const learn = (row: KnownRow) => {
    const suggestion = learned.get(row.id) ?? learner.suggest(row);
    learned.set(row.id, suggestion);
    return suggestion;
  };
  const transfers = findTransfers(teaching, drafts, ruled, learn);
  const otherSides = [...transfers.values()].flatMap(({ draft }) =>
    ruled.has(draft.id) ? [] : [draft],
  );
  return [...drafts, ...otherSides].map((draft): RowSuggestion => {
    const rule = ruled.get(draft.id);
    const described = rule?.description !== undefined && { description: rule.description };
    if (rule?.counterAccount) {
      const { counterAccount } = rule;
      const posts = rule.post && !draft.isPending;
      return { ...certain(draft, counterAccount, { by: 'rule', rule }), ...described, posts };
    }
    const transfer = transfers.get(draft.id);
    if (transfer) return { ...transfer, ...described };
    const suggestion = learn(draft);
    const [best] = suggestion.candidates;
    const probability = best?.probability ?? 0;
    const isCertain = best !== undefined && probability >= settings.certainty;
    const { postFrom } = settings;
    return {
      draft,
      counterAccount: isCertain ? best.counterAccount : '',
      candidates: suggestion.candidates,
      source: { by: 'learner', learned: suggestion },
      ...described,
      posts: isCertain && postFrom !== null && probability >= postFrom && !draft.isPending,
    };
  });
}

/** The transfers of which one of these drafts is a side, by the draft's id and by the id of an undecided other side. */
function findTransfers(
  { rows, own, settings, rejectedPairs }: Teaching,
  drafts: readonly KnownRow[],
  ruled: ReadonlyMap<string, Rule | null>,
  learn: (row: KnownRow) => Suggestion,
): ReadonlyMap<string, RowSuggestion> {
  const { transit } = settings;
  const byId = new Map([...rows, ...drafts].filter(({ id }) => id).map((row) => [row.id, row]));
  const legs = [...byId.values()].map((row) => {
    // What a rule says is the user's word.
    const counterAccount = ruled.get(row.id)?.counterAccount;
    return counterAccount ? { ...row, counterAccount, isChosen: true } : row;
  });
  const within = new Set([transit, ...own.map(({ path }) => path)]);
  const isOther = (leg: { readonly id: string }) => {
    const row = byId.get(leg.id);
    const [best] = row ? learn(row).candidates : [];
    return (
      best !== undefined && best.probability >= sureOfOther && !within.has(best.counterAccount)
    );
  };
  const findings = pairTransfers(legs, { own, transit, rejected: rejectedPairs, isOther });
  const asked = new Set(drafts.map(({ id }) => id));
  const found = new Map<string, RowSuggestion>();
  for (const finding of findings) {
    if (finding.kind === 'unclear') continue;
    const ids = finding.kind === 'pair' ? [finding.outgoing, finding.incoming] : [finding.id];
    if (!ids.some((id) => asked.has(id))) continue;
    for (const id of ids) {
      const draft = byId.get(id);
      if (!draft || draft.isPosted || draft.isChosen || ruled.get(id)?.counterAccount) continue;
      const otherId = finding.kind === 'booked' ? finding.by : ids.find((it) => it !== id);
      const otherSide = byId.get(otherId ?? '');
      const source = { by: 'transfer', finding, ...(otherSide && { otherSide }) } as const;
      const counterAccount = finding.kind === 'booked' ? '' : transit;
      found.set(id, certain(draft, counterAccount, source));
    }
  }
  return found;
}

function certain(draft: KnownRow, counterAccount: string, source: SuggestionSource): RowSuggestion {
  const candidates = counterAccount ? [{ counterAccount, probability: 1 }] : [];
  return { draft, counterAccount, candidates, source, posts: false };
}
