import type { ApiArgs, ApiCall, ApiResult, Overview } from '../../shared/api.ts';
import { cloudUnreachable, type FailureView, internalFailure } from '../../shared/failures.ts';
import type {
  AcceptedDraft,
  DraftReview,
  RuleInput,
  RulesReview,
} from '../../shared/suggestions.ts';
import type { Book } from '../server/book.ts';
import type { BundleName } from '../server/bundle-name.ts';
import type { Posted } from './review-screens.ts';

/** The functions of the script, as promises that never reject: what goes wrong on the way is a failure like any other. */
export interface Server {
  /** @param presence what the cloud gave the user's own browser a moment ago */
  callCloud<C extends ApiCall>(call: C, args: ApiArgs<C>, presence?: string): Promise<ApiResult<C>>;
  readBook(): Promise<Answered<Book>>;
  /** The code of a bundle of screens. */
  readScreens(bundle: BundleName): Promise<Answered<string>>;
  /** Whether the row of that entry is there, and selected now. */
  showRow(id: string): Promise<Answered<boolean>>;
  /** Writes the rows that wait; null where there is nothing to write, or another does it. */
  deliverRows(): Promise<Answered<Overview | null>>;
  reviewDrafts(): Promise<Answered<DraftReview>>;
  reviewRules(): Promise<Answered<RulesReview>>;
  /** How many drafts show another suggestion now. */
  suggestAgain(): Promise<Answered<number>>;
  /** Null: makes and shows the tab of the rules. */
  addRule(rule: RuleInput | null): Promise<Answered<null>>;
  /** Posts those that still are what the user saw. */
  acceptDrafts(drafts: readonly AcceptedDraft[]): Promise<Answered<Posted>>;
}

/** An answer, or why there is none. */
export type Answered<T> = { readonly ok: true; readonly value: T } | Refusal;

interface Refusal {
  readonly ok: false;
  readonly failure: FailureView;
}

/** google.script.run; each with…Handler gives another runner. */
export interface ScriptRun {
  withSuccessHandler(onSuccess: (value: unknown) => void): ScriptRun;
  withFailureHandler(onFailure: (error: Error) => void): ScriptRun;
  callCloud(call: string, args: unknown, presence: string | null): void;
  readBook(): void;
  readScreens(bundle: BundleName): void;
  showRow(id: string): void;
  deliverRows(): void;
  reviewDrafts(): void;
  reviewRules(): void;
  suggestAgain(): void;
  addRule(rule: RuleInput | null): void;
  acceptDrafts(drafts: readonly AcceptedDraft[]): void;
}

/** Above the minute that Google gives a request of the script. */
const answerMs = 75_000;

/** @param answerWithinMs after which a call that nobody answers counts as unreachable */
export function createServer(run: ScriptRun, answerWithinMs = answerMs): Server {
  const ask = <T>(call: (runner: ScriptRun) => void) =>
    new Promise<Answered<T>>((resolve) => {
      const settle = (answer: Answered<T>) => {
        clearTimeout(timer);
        resolve(answer);
      };
      const refuse = (failure: FailureView) => settle({ ok: false, failure });
      const timer = setTimeout(refuse, answerWithinMs, unreachable);
      const runner = run
        .withSuccessHandler((value) => settle(toAnswer(value)))
        .withFailureHandler((error) => refuse(failureOf(error)));
      call(runner);
    });
  return {
    callCloud: (call, args, presence) =>
      // What is undefined google.script.run makes null in any case.
      ask((runner) => runner.callCloud(call, args, presence ?? null)),
    readBook: () => ask((runner) => runner.readBook()),
    readScreens: (bundle) => ask((runner) => runner.readScreens(bundle)),
    showRow: (id) => ask((runner) => runner.showRow(id)),
    deliverRows: () => ask((runner) => runner.deliverRows()),
    reviewDrafts: () => ask((runner) => runner.reviewDrafts()),
    reviewRules: () => ask((runner) => runner.reviewRules()),
    suggestAgain: () => ask((runner) => runner.suggestAgain()),
    addRule: (rule) => ask((runner) => runner.addRule(rule)),
    acceptDrafts: (drafts) => ask((runner) => runner.acceptDrafts(drafts)),
  };
}

/** Functions that ask the cloud answer as it does, all others with the bare value. */
function toAnswer<T>(value: unknown): Answered<T> {
  const isAnswer = typeof value === 'object' && value !== null && 'ok' in value;
  return (isAnswer ? value : { ok: true, value }) as Answered<T>;
}

/** Google names an error of the script itself so; all others are of the way there. */
function failureOf(error: Error): FailureView {
  return error.name === 'ScriptError' ? { code: 'internal', ...internalFailure } : unreachable;
}

const unreachable: FailureView = { code: 'cloud-unreachable', ...cloudUnreachable };
