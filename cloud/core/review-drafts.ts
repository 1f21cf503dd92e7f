import type { BookReading, PlainChanges } from '../../shared/delivery.ts';
import { formatAmount } from '../../shared/money.ts';
import type { AcceptedDraft, Certainty, DraftReview, DraftView } from '../../shared/suggestions.ts';
import { transitBalance } from '../learner/transfers/pair-transfers.ts';
import type { TransferEvidence } from '../learner/transfers/transfer.ts';
import { planAccounts } from './account-rows.ts';
import { textOf } from './bank-cells.ts';
import { toSnapshot } from './deliver-by-addon.ts';
import type { KnownRow } from './known-rows.ts';
import { transitAccount } from './sheet-rows.ts';
import { type RowSuggestion, suggestRows, type Transfer } from './suggest-rows.ts';
import { resuggestedCells, suggestFor } from './suggestion-cells.ts';
import { type Teaching, teachBook } from './teach-book.ts';
import { tellSuggestions } from './tell-suggestions.ts';
import type { World } from './world.ts';

/** Drafts of one review: what a person looks through in one go. */
const shownMax = 200;

/** What the word sure promises of each single draft; a book whose record asks for more sets more. */
const leastSure = 0.9;

/** The drafts of the book as the add-on read it, with suggestions by all that is posted in it at this moment. */
export async function reviewDrafts(
  { store }: World,
  bookId: string,
  reading: BookReading,
): Promise<DraftReview> {
  const teaching = await teachBook(store, bookId, toSnapshot(reading));
  const drafts = waitingDrafts(teaching);
  const suggestions = new Map(
    suggestRows(teaching, drafts).map((suggestion) => [suggestion.draft.id, suggestion]),
  );
  const waiting = drafts.toSorted((a, b) =>
    a.date > b.date ? -1 : a.date < b.date ? 1 : b.index - a.index,
  );
  const shown = waiting.slice(0, shownMax).flatMap(({ id }) => suggestions.get(id) ?? []);
  const told = tellSuggestions(shown, teaching.posted);
  const { settings, rows, accounts } = teaching;
  return {
    drafts: shown.map((suggestion, at) => viewDraft(teaching, suggestion, told[at]?.receipt)),
    total: drafts.length,
    sure: waiting.flatMap(({ id }) => acceptSure(teaching, suggestions.get(id))),
    accounts,
    settings,
    inTransit: transitBalance(rows, settings.transit).map((amount) => ({
      amount: formatAmount(amount),
      currency: amount.currency,
    })),
  };
}

/**
 * What the add-on is to write so that undecided drafts show today's suggestions; null where they do already. What a
 * user chose or cleared stays as it is, and nothing is posted: that is for rows as they come.
 */
export async function suggestAgain(
  { store, sheet }: World,
  bookId: string,
  reading: BookReading,
): Promise<PlainChanges | null> {
  const snapshot = toSnapshot(reading);
  const teaching = { ...(await teachBook(store, bookId, snapshot)), mayPost: false };
  const undecided = waitingDrafts(teaching).filter(({ isChosen }) => !isChosen);
  const byId = new Map(suggestFor(teaching, undecided).map((it) => [it.draft.id, it]));
  const update = (snapshot.transactions?.rows ?? []).flatMap((row) => {
    const suggested = byId.get(textOf(row.cells.id));
    if (suggested?.draft.index !== row.index) return [];
    const cells = resuggestedCells(row, suggested);
    return Object.keys(cells).length > 0 ? [{ index: row.index, cells }] : [];
  });
  if (update.length === 0) return null;
  const transactions = { append: [], update, remove: [] };
  const accounts = planAccounts(snapshot.accounts, transitAccount(transactions, teaching));
  return sheet.spellChanges(snapshot, { batchIds: [], transactions, accounts });
}

/** Rows of Bookfeed's that are not posted; of a row that was copied with its id the first. */
function waitingDrafts({ rows }: Teaching): readonly KnownRow[] {
  const byId = new Map<string, KnownRow>();
  for (const row of rows) if (row.id && !byId.has(row.id)) byId.set(row.id, row);
  return [...byId.values()].filter(({ isPosted }) => !isPosted);
}

function viewDraft(
  teaching: Teaching,
  { draft, candidates, source, ...rest }: RowSuggestion,
  receipt: DraftView['receipt'],
): DraftView {
  const { id, date, description, amount, account, isPending, counterAccount, isChosen } = draft;
  const row = { id, date, description, account, isPending, counterAccount, isChosen };
  const money = { amount: formatAmount(amount), currency: amount.currency };
  const otherSide = source.by === 'transfer' ? source.otherSide?.id : undefined;
  return {
    ...row,
    ...money,
    certainty: certaintyOf(teaching, { draft, candidates, source, ...rest }),
    candidates,
    ...(candidates.length > 0 && { by: source.by }),
    ...(receipt && { receipt }),
    ...(otherSide && { otherSide }),
  };
}

function certaintyOf(
  { learner }: Teaching,
  { counterAccount, candidates, source }: RowSuggestion,
): Certainty {
  if (!counterAccount) return 'none';
  if (source.by === 'rule') return 'sure';
  if (source.by === 'transfer') return isSureTransfer(source.finding) ? 'sure' : 'likely';
  const sureFrom = Math.max(leastSure, learner.sureFrom());
  return (candidates[0]?.probability ?? 0) >= sureFrom ? 'sure' : 'likely';
}

/** Equal sums alone may be chance. */
function isSureTransfer(finding: Transfer): boolean {
  if (finding.kind !== 'pair') return true;
  const says = (evidence: TransferEvidence) => finding.evidence.includes(evidence);
  return says('number') || says('original') || (says('name') && says('words'));
}

/** What *Accept all sure* posts; a pending one may still change. */
function acceptSure(
  teaching: Teaching,
  suggestion: RowSuggestion | undefined,
): readonly AcceptedDraft[] {
  if (!suggestion) return [];
  const { draft, counterAccount } = suggestion;
  const isSure = certaintyOf(teaching, suggestion) === 'sure';
  if (!isSure || draft.isPending || draft.isChosen) return [];
  return [{ id: draft.id, counterAccount, stood: draft.counterAccount }];
}
