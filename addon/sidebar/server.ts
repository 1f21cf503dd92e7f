import type { ApiArgs, ApiCall, ApiResult } from '../../shared/api.ts';
import { cloudUnreachable, type FailureView, internalFailure } from '../../shared/failures.ts';
import type { Book } from '../server/book.ts';

/** The functions of the script, as promises that never reject: what goes wrong on the way is a failure like any other. */
export interface Server {
  callCloud<C extends ApiCall>(call: C, args: ApiArgs<C>): Promise<ApiResult<C>>;
  readBook(): Promise<{ readonly ok: true; readonly value: Book } | Refusal>;
}

interface Refusal {
  readonly ok: false;
  readonly failure: FailureView;
}

/** google.script.run; each with…Handler gives another runner. */
export interface ScriptRun {
  withSuccessHandler(onSuccess: (value: unknown) => void): ScriptRun;
  withFailureHandler(onFailure: (error: Error) => void): ScriptRun;
  callCloud(call: string, args: unknown): void;
  readBook(): void;
}

/** Above the minute that Google gives a request of the script. */
const answerMs = 75_000;

/** @param answerWithinMs after which a call that nobody answers counts as unreachable */
export function createServer(run: ScriptRun, answerWithinMs = answerMs): Server {
  const ask = <T>(call: (runner: ScriptRun) => void, toAnswer: (value: unknown) => T) =>
    new Promise<T | Refusal>((resolve) => {
      const refuse = (failure: FailureView) => resolve({ ok: false, failure });
      const timer = setTimeout(refuse, answerWithinMs, unreachable);
      const settle = (answer: () => void) => {
        clearTimeout(timer);
        answer();
      };
      const runner = run
        .withSuccessHandler((value) => settle(() => resolve(toAnswer(value))))
        .withFailureHandler((error) => settle(() => refuse(failureOf(error))));
      call(runner);
    });
  return {
    callCloud: <C extends ApiCall>(call: C, args: ApiArgs<C>) =>
      ask(
        (runner) => runner.callCloud(call, args),
        (result) => result as ApiResult<C>,
      ),
    readBook: () =>
      ask(
        (runner) => runner.readBook(),
        (book) => ({ ok: true as const, value: book as Book }),
      ),
  };
}

/** Google names an error of the script itself so; all others are of the way there. */
function failureOf(error: Error): FailureView {
  return error.name === 'ScriptError' ? { code: 'internal', ...internalFailure } : unreachable;
}

const unreachable: FailureView = { code: 'cloud-unreachable', ...cloudUnreachable };
