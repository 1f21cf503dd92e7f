import { BankError, type BankErrorCode } from '../../ports/bank-connector.ts';
import { codeOfStatus } from '../refusal-status.ts';
import type { Company } from './companies.ts';
import type { Trace } from './trace.ts';

/** What the package answered in the place of accounts, and what was seen while it worked. */
export interface ScrapeFailure extends Readonly<Trace> {
  readonly company?: Company;
  /** As the package has it; absent where it threw. */
  readonly errorType?: string | undefined;
  /** Never shown and never logged: addresses, what was sent and what came back stand in it, a password too. */
  readonly errorMessage?: string | undefined;
  /** It went on for longer than it may. */
  readonly isOver?: boolean;
  readonly isTokenOld?: boolean;
}

/** Where the type says enough. */
const codeOfType: Readonly<Record<string, BankErrorCode>> = {
  INVALID_PASSWORD: 'login-rejected',
  CHANGE_PASSWORD: 'login-rejected',
  ACCOUNT_BLOCKED: 'account-locked',
  TWO_FACTOR_RETRIEVER_MISSING: 'needs-confirmation',
};
/** For the log: to the user both are a login that the company does not take as it is. */
const newPassword = 'the company wants a new password to be chosen on its website';

/**
 * What the package itself writes where it has one type for everything (GENERIC), in version 6.7.4 with puppeteer-core 24:
 * no words of a bank's. ACCOUNT_BLOCKED is a result that its base class does not know, and throws.
 */
const codeOfShape: readonly (readonly [RegExp, BankErrorCode])[] = [
  [/^unexpected login result "ACCOUNT_BLOCKED"$/, 'account-locked'],
  [/^Navigation timeout of \d+ ms exceeded$/, 'timeout'],
  [/^fetch(?:Get|Post)WithinPage parse error: /, 'reply-unreadable'],
];
const statusShape =
  /^(?:Failed to navigate to url .*, status code: |sending a request to the institute server returned with status code )(\d{3})$/s;
/** What the walls of Isracard and Amex answer, with 429, to what they take for a program (issues 970, 1098 of the package). */
const wall = 'Block Automation';

/** The one way from what the package answers to a BankError. */
export function toBankError(failure: ScrapeFailure): BankError {
  const { errorType = '', errorMessage = '', refusal, leftFor } = failure;
  if (failure.isOver) return new BankError('timeout', 'the scrape took too long');
  const told = codeOfType[errorType];
  if (told) return new BankError(told, errorType === 'CHANGE_PASSWORD' ? newPassword : undefined);
  const status = Number(statusShape.exec(errorMessage)?.[1] ?? refusal?.status ?? 0);
  if (errorMessage.includes(wall) || status === 403) {
    return new BankError('bank-unavailable', 'the company turns programs away');
  }
  const byStatus = status === 0 ? undefined : codeOfStatus(status);
  if (byStatus) {
    const seconds = refusal?.retryAfterSeconds;
    const more = seconds === undefined ? {} : { retryAfterSeconds: seconds };
    return new BankError(byStatus, `an answer with status ${status}`, more);
  }
  if (leftFor) return new BankError('bank-unavailable', `the company led to ${leftFor}`);
  if (isLoginRefused(failure)) {
    return failure.isTokenOld
      ? new BankError('needs-confirmation', 'the code has run out')
      : new BankError('login-rejected');
  }
  const [, shape] = codeOfShape.find(([pattern]) => pattern.test(errorMessage)) ?? [];
  const byType = errorType === 'TIMEOUT' ? 'timeout' : undefined;
  const byAnswer = failure.answer === 'other' ? 'reply-unreadable' : undefined;
  const code = shape ?? byType ?? byAnswer ?? 'bank-unavailable';
  return new BankError(code, `the package says ${/^[A-Z_]{1,40}$/.exec(errorType) ?? 'nothing'}`);
}

/**
 * Without a browser the package tells a login that was refused by a TypeError alone: the company answered, and gave no
 * session. To try again what may be a wrong password would lock the access.
 */
function isLoginRefused({ company, path, answer }: ScrapeFailure): boolean {
  const isLogin = company?.plain?.loginPaths.some((end) => path?.endsWith(end)) ?? false;
  return isLogin && answer === 'json';
}
