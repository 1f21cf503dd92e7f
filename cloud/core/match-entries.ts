import type { Entry } from '../../shared/bank.ts';
import { readWords } from './entry-words.ts';
import { pairByValueDate, pairLate, pairMoved, pairTold } from './pair-moved.ts';
import {
  findHits,
  isNumberedAnew,
  pairByFacts,
  pairByReference,
  pairByReferenceLate,
  pairStale,
} from './pair-seen.ts';
import { settleByAmount, settleByWords } from './pair-settled.ts';
import { openSights, type Pairs, startPairs, type Window } from './pairs.ts';

/** Finds for each observed entry the kept one that it is, one to one over the whole window, best evidence first. */
export function matchEntries(window: Window): Pairs {
  const pairs = startPairs(window);
  const hits = findHits(pairs);
  pairByFacts(pairs, hits);
  const isTrusted = !isNumberedAnew(pairs, hits);
  if (isTrusted) pairByReference(pairs, hits);
  // A first fetch, and one in which all that is kept was found: what is left over is new.
  if (pairs.kept.every((entry) => pairs.taken.has(entry))) return pairs;
  const rest = likelyRest(pairs);
  const wordsOf = readWords(window.observed);
  if (!pairs.isFile) pairMoved(pairs, rest, 'booked', wordsOf);
  pairTold(pairs, rest, wordsOf);
  if (!pairs.isFile) {
    pairStale(pairs, hits, isTrusted);
    pairLate(pairs, rest, wordsOf);
  }
  settleByWords(pairs, rest, wordsOf);
  pairByValueDate(pairs, rest);
  if (pairs.isFile) {
    settleByAmount(pairs, rest, wordsOf);
    return pairs;
  }
  if (isTrusted) pairByReferenceLate(pairs, hits);
  pairMoved(pairs, rest, 'pending', wordsOf);
  settleByAmount(pairs, rest, wordsOf);
  return pairs;
}

/** Kept entries that an observed one may still be by their amount: the same, or near that of a pending one. */
function likelyRest(pairs: Pairs): readonly Entry[] {
  const amounts = new Set(openSights(pairs).map(({ entry }) => entry.amount.minor));
  if (amounts.size === 0) return [];
  return pairs.kept.filter(
    (entry) =>
      (entry.status === 'pending' || amounts.has(entry.amount.minor)) && !pairs.taken.has(entry),
  );
}
