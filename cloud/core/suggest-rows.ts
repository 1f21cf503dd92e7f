import { addDays } from '../../shared/calendar-date.ts';
import type { SuggestedBy } from '../../shared/suggestions.ts';
import type { Candidate, Suggestion } from '../learner/learner.ts';
import type { Rule } from '../learner/rules/rule.ts';
import { createMatcher } from '../learner/rules/rules.ts';
import { idsOfPairs, pairTransfers } from '../learner/transfers/pair-transfers.ts';
import type { TransferFinding } from '../learner/transfers/transfer.ts';
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
const sureOfOther = 0.75;
/** Four times the days between two sides of a transfer: who competes with whom goes no further. */
const nearDays = 40;

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
  const { learner, own, settings, mayPost } = teaching;
  const match = createMatcher(teaching.rules);
  const ruled = new Map(drafts.map((draft) => [draft.id, match(draft)]));
  // Money on its way is found by both sides, never by habit: it would never arrive.
  const inTransit = transitPaths(teaching);
  const learned = new Map<string, Suggestion>();
  const learn = (row: KnownRow) => {
    const known = learned.get(row.id);
    if (known) return known;
    const { candidates, ...rest } = learner.suggest(row);
    const others = candidates.filter(({ counterAccount }) => !inTransit.has(counterAccount));
    const suggestion = { ...rest, candidates: others };
    learned.set(row.id, suggestion);
    return suggestion;
  };
  const transfers = findTransfers(teaching, drafts, ruled, learn);
  const fed = new Set(own.map(({ path }) => path));
  const otherSides = [...transfers.values()].flatMap(({ draft }) =>
    ruled.has(draft.id) ? [] : [draft],
  );
  return [...drafts, ...otherSides].map((draft): RowSuggestion => {
    const rule = ruled.get(draft.id);
    const described = rule?.description !== undefined && { description: rule.description };
    const transfer = transfers.get(draft.id);
    const isBooked =
      transfer?.source.by === 'transfer' && transfer.source.finding.kind === 'booked';
    if (rule?.counterAccount && !isBooked) {
      const { counterAccount } = rule;
      const posts = mayPost && rule.post && !draft.isPending;
      return { ...certain(draft, counterAccount, { by: 'rule', rule }), ...described, posts };
    }
    if (transfer) return { ...transfer, ...described };
    const suggestion = learn(draft);
    const [best] = suggestion.candidates;
    const probability = best?.probability ?? 0;
    const isCertain = best !== undefined && probability >= settings.certainty;
    const { postFrom } = settings;
    const isSure = isCertain && postFrom !== null && probability >= postFrom;
    return {
      draft,
      counterAccount: isCertain ? best.counterAccount : '',
      candidates: suggestion.candidates,
      source: { by: 'learner', learned: suggestion },
      ...described,
      // A sum between two accounts that banks fill comes twice.
      posts: mayPost && isSure && !draft.isPending && !fed.has(best.counterAccount),
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
  const found = new Map<string, RowSuggestion>();
  const within = new Set([transit, ...own.map(({ path }) => path)]);
  // Nothing is on its way to the account where it is.
  if (own.some(({ path }) => path === transit)) return found;
  const near = rowsNear(rows, drafts);
  const byId = new Map([...near, ...drafts].filter(({ id }) => id).map((row) => [row.id, row]));
  const isOther = (leg: { readonly id: string }) => {
    const row = byId.get(leg.id);
    const [best] = row ? learn(row).candidates : [];
    return (
      best !== undefined && best.probability >= sureOfOther && !within.has(best.counterAccount)
    );
  };
  const context = { own, transit, rejected: rejectedPairs, isOther };
  const legs = [...byId.values()].map((row) => asLeg(row, transit));
  const findings = pairTransfers(
    legs.map((leg) => {
      // What a rule says is the user's word.
      const counterAccount = ruled.get(leg.id)?.counterAccount;
      return counterAccount ? { ...leg, counterAccount, isChosen: true } : leg;
    }),
    context,
  );
  const isRuled = (id: string) => Boolean(ruled.get(id)?.counterAccount);
  // A rule goes before all but this: the user has booked the sum already.
  const booked = drafts.some(({ id }) => isRuled(id))
    ? pairTransfers(legs, context).filter((it) => it.kind === 'booked' && isRuled(it.id))
    : [];
  const asked = new Set(drafts.map(({ id }) => id));
  const rejected = idsOfPairs(rejectedPairs);
  for (const finding of [...findings, ...booked]) {
    if (finding.kind === 'unclear') continue;
    const ids = finding.kind === 'pair' ? [finding.outgoing, finding.incoming] : [finding.id];
    const isRefused = finding.kind === 'waiting' && rejected.has(finding.id);
    if (isRefused || !ids.some((id) => asked.has(id))) continue;
    for (const id of ids) {
      const draft = byId.get(id);
      if (!draft || draft.isPosted || draft.isChosen) continue;
      if (isRuled(id) && finding.kind !== 'booked') continue;
      const otherId = finding.kind === 'booked' ? finding.by : ids.find((it) => it !== id);
      const otherSide = byId.get(otherId ?? '');
      const source = { by: 'transfer', finding, ...(otherSide && { otherSide }) } as const;
      found.set(id, certain(draft, transitOf(finding, otherSide, transit), source));
    }
  }
  return found;
}

/** Rows that may be sides of transfers with these, or compete for one: of a long book nearly all are of other times. */
function rowsNear(rows: readonly KnownRow[], drafts: readonly KnownRow[]): readonly KnownRow[] {
  let [from, to] = ['9999-12-31', '0000-01-01'];
  for (const { date } of drafts) {
    if (date < from) from = date;
    if (date > to) to = date;
  }
  if (from > to) return [];
  const [first, last] = [addDays(from, -nearDays), addDays(to, nearDays)];
  return rows.filter(({ date }) => date >= first && date <= last);
}

/** In transit, and what it was called when rows that stand there still were set against it. */
function transitPaths({ rows, settings }: Teaching): ReadonlySet<string> {
  const past = rows.filter(({ suggested, isChosen }) => suggested?.by === 'transfer' && !isChosen);
  const paths = past.map(({ counterAccount }) => counterAccount).filter(Boolean);
  return new Set([settings.transit, ...paths]);
}

/** A side that was set against another transit account, before that setting changed, is still one. */
function asLeg(row: KnownRow, transit: string): KnownRow {
  const isSide = row.suggested?.by === 'transfer' && !row.isChosen && row.counterAccount !== '';
  return isSide ? { ...row, counterAccount: transit } : row;
}

/** Both sides stand against the same account: that of the side which is posted. */
function transitOf(finding: Transfer, otherSide: KnownRow | undefined, transit: string): string {
  if (finding.kind === 'booked') return '';
  return finding.kind === 'pair' && otherSide?.isPosted ? otherSide.counterAccount : transit;
}

function certain(draft: KnownRow, counterAccount: string, source: SuggestionSource): RowSuggestion {
  const candidates = counterAccount ? [{ counterAccount, probability: 1 }] : [];
  return { draft, counterAccount, candidates, source, posts: false };
}
