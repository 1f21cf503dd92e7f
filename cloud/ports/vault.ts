/** A secret under lock: text that is safe to store, bound to what it belongs to. */
export interface Sealed {
  /** The key that locks it, itself locked by the wrapping key; names that key's version, too. */
  readonly key: string;
  /** What is locked, with all that is needed to know that nobody changed it. */
  readonly text: string;
}

/** Thrown when a secret cannot be opened: another wrapping key, another subject, or changed text. It tells nothing of it. */
export class VaultUnreadable extends Error {
  override readonly name = 'VaultUnreadable';
}

/** Thrown when the wrapping key cannot be reached; the same call may succeed later. */
export class VaultUnavailable extends Error {
  override readonly name = 'VaultUnavailable';
}

/** Locks secrets, each under a key of its own that is wrapped by one that never leaves its place. */
export interface Vault {
  /** @param subject what it belongs to, as a connection's id: it opens for the same alone. `secret` is plain JSON. */
  seal(subject: string, secret: unknown): Promise<Sealed>;
  /** @throws VaultUnreadable, VaultUnavailable */
  open(subject: string, sealed: Sealed): Promise<unknown>;
}
