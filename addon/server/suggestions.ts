import type { ApiResult } from '../../shared/api.ts';
import type { BookReading, PlainChanges } from '../../shared/delivery.ts';
import { type FailureView, internalFailure } from '../../shared/failures.ts';
import type { RuleInput } from '../../shared/suggestions.ts';
import { callCloud } from './call-cloud.ts';
import { findTab } from './find-tab.ts';
import { readWholeBook } from './read-whole-book.ts';
import { userLockMs, writePlanned } from './write-planned.ts';

/** What a user asked to be written, or why it is not. */
export type Written<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly failure: FailureView };

/** The drafts that wait, by what stands in the book now. */
export function reviewDrafts(): ApiResult<'reviewDrafts'> {
  return callCloud('reviewDrafts', { snapshot: readWholeBook().reading });
}

/** The book's rules and those that Bookfeed proposes. */
export function reviewRules(): ApiResult<'reviewRules'> {
  return callCloud('reviewRules', { snapshot: readWholeBook().reading });
}

/** Gives drafts that their user has not decided today's suggestions. @returns how many rows it changed */
export function suggestAgain(): Written<number> {
  const { written, refusal } = writeFor((snapshot) => callCloud('suggestAgain', { snapshot }));
  return refusal ?? { ok: true, value: written?.transactions.update.length ?? 0 };
}

/** Adds a rule below the others, in a tab that is made where there is none; null: opens the tab, for rules by hand. */
export function addRule(rule: RuleInput | null): Written<null> {
  const { refusal } = writeFor((snapshot) => callCloud('addRule', { snapshot, rule }));
  if (refusal) return refusal;
  if (rule === null) findTab('rules')?.activate();
  return { ok: true, value: null };
}

type Refusal = Extract<Written<never>, { ok: false }>;
interface Outcome {
  readonly written?: PlainChanges;
  readonly refusal?: Refusal;
}

/** Writes what the cloud plans; `written` is absent where there was nothing to write. */
function writeFor(plan: (snapshot: BookReading) => Written<PlainChanges | null>): Outcome {
  const outcome = writePlanned<Outcome>(userLockMs, (reading, write) => {
    const planned = plan(reading);
    if (!planned.ok) return { answer: { refusal: planned }, isOver: true };
    if (planned.value === null) return { answer: {}, isOver: true };
    return write(planned.value)
      ? { answer: { written: planned.value }, isOver: true }
      : { answer: { refusal: busy }, isOver: false };
  });
  return outcome ?? { refusal: busy };
}

/** Whoever changes the book all the time, or writes for long, has done so in a moment. */
const busy: Refusal = {
  ok: false,
  failure: { code: 'internal', detail: 'the spreadsheet is being changed', ...internalFailure },
};
