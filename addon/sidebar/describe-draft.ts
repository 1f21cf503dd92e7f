import type { AcceptedDraft, DraftView, SuggestedBy } from '../../shared/suggestions.ts';
import { isCalling, type SidebarState } from './state.ts';
import { rowWords, type Wording } from './wording.ts';

/** The counter-account that *Accept* posts; undefined where there is none to accept. */
export function offeredAccount(draft: DraftView): string | undefined {
  const { isChosen, counterAccount, certainty, candidates } = draft;
  if (isChosen) return counterAccount || undefined;
  return certainty === 'none' ? undefined : candidates[0]?.counterAccount;
}

/** What else was thought of. */
export function otherCandidates(draft: DraftView): DraftView['candidates'] {
  const offered = offeredAccount(draft);
  return draft.candidates.filter(({ counterAccount }) => counterAccount !== offered);
}

/** What posts the draft to an account, if it still is as it was shown. */
export function acceptDraft({ id, counterAccount: stood }: DraftView, to: string): AcceptedDraft {
  return { id, counterAccount: to, stood };
}

/** sure · 97 % · learned: how far to trust what is suggested, and from what it comes. */
export function certaintyWords(draft: DraftView, words: Wording): string {
  const { isChosen, counterAccount, certainty, by, candidates } = draft;
  if (isChosen) return counterAccount ? 'your choice' : 'you left it open';
  if (certainty === 'none') return 'no idea';
  const share = by === 'learner' && percentWords(candidates[0]?.probability ?? 0, words);
  return [certainty, share, by && sources[by]].filter(Boolean).join(' · ');
}

const sources: Readonly<Record<SuggestedBy, string>> = {
  rule: 'by your rule',
  transfer: 'transfer',
  learner: 'learned',
};

/** 97 %: never more than it is, and nothing learned is 100 % sure. */
export function percentWords(probability: number, words: Wording): string {
  // What a computer makes of 0.29 * 100 is a little less than 29.
  return words.percent(Math.min(Math.floor(probability * 100 + 1e-9), 99) / 100);
}

/** What goes on at the moment, '' for nothing. */
export function tellUnderWay(state: SidebarState, words: Wording): string {
  const posting = state.asked.flatMap((it) => (it.call === 'acceptDrafts' ? it.drafts : []));
  const count = posting.length + state.toAccept.length;
  if (count > 0) return `Posting ${rowWords(count, words.number)}…`;
  if (isCalling(state, 'suggestAgain')) return 'Filling in suggestions…';
  if (isCalling(state, 'rejectTransfer')) return 'Parting the two rows…';
  return isCalling(state, 'reviewDrafts') ? 'Suggesting anew for the rest…' : '';
}
