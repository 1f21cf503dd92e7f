import { BankError, type BankErrorCode } from '../../ports/bank-connector.ts';
import { ProviderRefusal } from '../http-client.ts';
import { codeOfStatus } from '../refusal-status.ts';

/** The bank said no, in return codes of four digits; never its prose, which may quote what was sent. */
export class FinTsRefusal extends Error {
  override readonly name = 'FinTsRefusal';
  readonly codes: readonly number[];

  constructor(call: string, codes: readonly number[]) {
    super(`${call}: ${codes.join(' ')}`);
    this.codes = codes;
  }
}

/**
 * Return codes that say more than that something failed, the one that decides first. Source: FinTS 3.0, Rückmeldungscodes
 * (2018), and what libraries observed: python-fints, phpFinTS, lib-fints.
 */
const errorByCode: readonly (readonly [BankErrorCode, ReadonlySet<number>])[] = [
  // The product id is not registered, or no more, or the bank does not want the product (9952, Commerzbank; phpFinTS 476);
  // an anonymous dialog where the bank allows none (ING).
  ['provider-not-configured', new Set([9078, 9400, 9952])],
  // For now, by the bank or after wrong tries.
  ['account-locked', new Set([3938])],
  // A dialog that ended because it wants a strong authentication first (Postbank, Deutsche Bank); beside it may stand that
  // the order is rejected (9340, as of a wrong PIN; libfintx 52).
  ['needs-confirmation', new Set([9075])],
  ['login-rejected', new Set([9340, 9910, 9930, 9931, 9942])],
  ['code-rejected', new Set([9941])],
  // The TAN method or medium that was chosen is not the user's any more (Consorsbank 9380, Sparkassen and DKB 9955), or the
  // bank does not know this program any more and wants it to be connected anew (Sparkassen 9391; phpFinTS 458).
  ['consent-expired', new Set([9380, 9391, 9955])],
];

/** Errors begin at 9000; that the login is blocked for now is a warning by its number. */
export function isRefusal(code: number): boolean {
  return code >= 9000 || code === 3938;
}

/** Ends of a dialog: it timed out, or its id is not known (any more). */
const endCodes: ReadonlySet<number> = new Set([9010, 9120, 9800, 9999]);

/** Whether the bank only says that this dialog is over, and nothing of the user. */
export function isDialogOver(error: unknown): boolean {
  if (!(error instanceof FinTsRefusal)) return false;
  return codeOf(error) === undefined && error.codes.some((code) => endCodes.has(code));
}

/** Whether the bank only says that it does not do this one thing. */
export function isOfOneOrder(error: unknown): error is FinTsRefusal {
  return error instanceof FinTsRefusal && codeOf(error) === undefined;
}

/** Whether the bank says of an order that it does not know its segment, or its form. */
export function isUnknownOrder(error: unknown): boolean {
  return isOfOneOrder(error) && error.codes.includes(9110);
}

/**
 * Whether the bank says of an order that what stands in it is against its rules: of one with a first day long ago, that it
 * does not go back that far (Deutsche Bank, norisbank and Postbank; hibiscus 89, phpFinTS 315).
 */
export function isAgainstRules(error: unknown): error is FinTsRefusal {
  return isOfOneOrder(error) && !isDialogOver(error) && error.codes.includes(9210);
}

/** Whether the bank only says that the TAN is wrong. */
export function isCodeRejected(error: unknown): boolean {
  return error instanceof FinTsRefusal && codeOf(error) === 'code-rejected';
}

function codeOf({ codes }: FinTsRefusal): BankErrorCode | undefined {
  return errorByCode.find(([, its]) => codes.some((code) => its.has(code)))?.[0];
}

/** The one way from what a bank refuses to a BankError; what is no refusal passes as it is. */
export function toBankError(error: unknown): unknown {
  if (error instanceof FinTsRefusal) {
    return new BankError(codeOf(error) ?? 'bank-unavailable', error.message);
  }
  if (!(error instanceof ProviderRefusal)) return error;
  const { retryAfterSeconds } = error;
  return new BankError(codeOfStatus(error.status) ?? 'bank-unavailable', error.message, {
    ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
  });
}
