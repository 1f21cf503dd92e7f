/** An answer that is no success, in Google's shape: `{error: {code, message, status, details?}}`. */
export class GoogleError extends Error {
  override readonly name = 'GoogleError';
  readonly code: number;
  readonly status: GoogleStatus;
  readonly violations: readonly FieldViolation[];

  constructor(status: GoogleStatus, message: string, violations: readonly FieldViolation[] = []) {
    super(message);
    this.code = codes[status];
    this.status = status;
    this.violations = violations;
  }
}

/** What is wrong with which field of a request. */
export interface FieldViolation {
  readonly field?: string;
  readonly description: string;
}

const codes = {
  INVALID_ARGUMENT: 400,
  UNAUTHENTICATED: 401,
  PERMISSION_DENIED: 403,
  NOT_FOUND: 404,
  INTERNAL: 500,
  UNAVAILABLE: 503,
} as const;

export type GoogleStatus = keyof typeof codes;

/** A request that Google refuses with 400. */
export function invalid(message: string): GoogleError {
  return new GoogleError('INVALID_ARGUMENT', message);
}

export function notFound(): GoogleError {
  return new GoogleError('NOT_FOUND', 'Requested entity was not found.');
}

export function errorBody({ code, message, status, violations }: GoogleError): object {
  if (violations.length === 0) return { error: { code, message, status } };
  const details = [
    { '@type': 'type.googleapis.com/google.rpc.BadRequest', fieldViolations: violations },
  ];
  return { error: { code, message, status, details } };
}
