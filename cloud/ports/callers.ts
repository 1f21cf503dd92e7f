/** Who calls, as an identity provider vouches for it. */
export interface Caller {
  /** Stable at the provider, never an email address. */
  readonly userId: string;
  /** Where mails reach the user; only one that the provider has verified. */
  readonly email?: string;
}

/** Tells who holds a token. */
export interface Callers {
  /** @throws FailureError `not-signed-in` when issuer, audience, expiry or signature do not hold. */
  verify(token: string): Promise<Caller>;
}
