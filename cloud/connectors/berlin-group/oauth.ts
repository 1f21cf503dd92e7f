import { createHash, randomBytes } from 'node:crypto';
import { BankError, type Grant } from '../../ports/bank-connector.ts';
import { safeUrl } from './addresses.ts';
import type { BerlinGroupBank } from './bank.ts';
import type { BerlinGroupClient } from './client.ts';
import type { Question } from './grant.ts';
import { oauthMetadataRead, tokensRead } from './schema.ts';

// OAuth as a way to confirm: NextGenPSD2 1.3, chapter 13, over RFC 6749, 7636 (PKCE) and 8414 (metadata).

type OAuthQuestion = Question & { readonly kind: 'oauth' };

/** The bank's page for the user, and what is needed once the user is back. */
export async function askByOAuth(
  { bank, client }: { readonly bank: BerlinGroupBank; readonly client: BerlinGroupClient },
  metadataUrl: URL,
  { consentId, redirectUrl }: { readonly consentId: string; readonly redirectUrl: string },
): Promise<{ readonly url: string; readonly question: OAuthQuestion }> {
  const { clientId } = oauthOf(bank);
  const read = (body: unknown) => oauthMetadataRead.parse(body);
  const metadata = await client.send({ call: 'oauth-metadata', url: metadataUrl, read });
  const tokenUrl = safeUrl(metadata.token_endpoint, metadataUrl, 'oauth-metadata').href;
  const page = safeUrl(metadata.authorization_endpoint, metadataUrl, 'oauth-metadata');
  const verifier = randomBytes(32).toString('base64url');
  const { redirectUri, state } = splitState(redirectUrl);
  // Without it a bank that has it gives no refresh token (OpenID Connect Core 1.0, 11).
  const offline = metadata.scopes_supported?.includes('offline_access') ? ' offline_access' : '';
  const query = {
    response_type: 'code',
    client_id: clientId,
    scope: `AIS:${consentId}${offline}`,
    redirect_uri: redirectUri,
    ...(state !== null && { state }),
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  };
  for (const [name, value] of Object.entries(query)) page.searchParams.set(name, value);
  return { url: page.href, question: { kind: 'oauth', verifier, redirectUri, tokenUrl } };
}

/** OAuth has a parameter of its own for the state, and banks know addresses to come back to by their whole text. */
export function splitState(redirectUrl: string): {
  readonly redirectUri: string;
  readonly state: string | null;
} {
  const url = new URL(redirectUrl);
  const state = url.searchParams.get('state');
  url.searchParams.delete('state');
  return { redirectUri: url.href, state };
}

/** The grant with the tokens that the bank gives for the code with which the user came back. */
export async function exchangeCode(
  world: { readonly bank: BerlinGroupBank; readonly client: BerlinGroupClient },
  consent: Grant,
  { verifier, redirectUri, tokenUrl }: OAuthQuestion,
  code: string,
): Promise<Grant> {
  const fields = { code, code_verifier: verifier, redirect_uri: redirectUri };
  return { ...consent, tokenUrl, ...(await askTokens(world, 'token', tokenUrl, fields)) };
}

/** The grant with new tokens in the place of those that are over. @throws ProviderRefusal, BankError */
export async function refreshTokens(
  world: { readonly bank: BerlinGroupBank; readonly client: BerlinGroupClient },
  grant: Grant,
): Promise<Grant> {
  const { tokenUrl = '', refreshToken = '' } = grant;
  const fields = { refresh_token: refreshToken };
  return { ...grant, ...(await askTokens(world, 'refresh-token', tokenUrl, fields)) };
}

async function askTokens(
  { bank, client }: { readonly bank: BerlinGroupBank; readonly client: BerlinGroupClient },
  call: 'token' | 'refresh-token',
  tokenUrl: string,
  fields: Readonly<Record<string, string>>,
) {
  const { clientId, clientSecret } = oauthOf(bank);
  const body = new URLSearchParams({
    grant_type: call === 'token' ? 'authorization_code' : 'refresh_token',
    client_id: clientId,
    ...(clientSecret && { client_secret: clientSecret }),
    ...fields,
  });
  const read = (answer: unknown) => tokensRead.parse(answer);
  const tokens = await client.send({ call, method: 'POST', url: new URL(tokenUrl), body, read });
  const { access_token: accessToken, refresh_token: refreshToken } = tokens;
  return { accessToken, ...(refreshToken && { refreshToken }) };
}

function oauthOf({ oauth }: BerlinGroupBank) {
  if (!oauth) throw new BankError('provider-not-configured', 'the bank asks for OAuth');
  return oauth;
}
