import { OAuth2Client, type TokenPayload } from 'google-auth-library';
import { FailureError } from '../../shared/failures.ts';
import type { Callers } from '../ports/callers.ts';

export interface GoogleCallersOptions {
  /** OAuth client ids whose tokens count: `aud` is the Apps Script project's own. */
  readonly audiences: readonly string[];
  /** Where the signing certificates are, PEM by key id; Google's own unless told. */
  readonly certificatesUrl?: string;
}

/** Google's tokens are about 1,200 characters long. */
const tokenMax = 8_000;

/**
 * Tells callers by Google's ID token: their id is its `sub`, their address the `email` that Google has verified.
 * Certificates are kept as long as Google says.
 */
export function createGoogleCallers({ audiences, certificatesUrl }: GoogleCallersOptions): Callers {
  const client = new OAuth2Client(
    certificatesUrl
      ? { endpoints: { oauth2FederatedSignonPemCertsUrl: certificatesUrl } }
      : undefined,
  );
  return {
    async verify(token) {
      if (token.length > tokenMax) throw new FailureError('not-signed-in');
      await fetchCertificates(client);
      const claims = await verifiedClaims(client, token, [...audiences]);
      if (!claims?.sub) throw new FailureError('not-signed-in');
      const { sub: userId, email, email_verified: isVerified } = claims;
      return { userId, ...(email && isVerified === true && { email }) };
    },
  };
}

/** Apart from the verification, so that Google's absence is not taken for a caller's bad token. */
async function fetchCertificates(client: OAuth2Client): Promise<void> {
  try {
    await client.getFederatedSignonCertsAsync();
  } catch (error) {
    throw new FailureError('cloud-unreachable', 'the certificates of Google', { cause: error });
  }
}

async function verifiedClaims(
  client: OAuth2Client,
  idToken: string,
  audience: string[],
): Promise<TokenPayload | undefined> {
  try {
    return (await client.verifyIdToken({ idToken, audience })).getPayload();
  } catch {
    // Not as its cause: the library's message holds the token.
    throw new FailureError('not-signed-in');
  }
}
