import { createHash } from 'node:crypto';
import { Hono } from 'hono';
import { addMs, type Instant } from '../../../shared/calendar-date.ts';
import type { Clock, Ids } from '../../ports/clock.ts';
import { readBody } from '../../web/read-body.ts';
import { authorisePath, openBankingPath } from './addresses.ts';
import type { Consents } from './consents.ts';
import { dropOldest } from './drop-oldest.ts';
import { TppError } from './tpp-message.ts';

/** By which the bank knows whoever asks, as by the number in a real certificate. */
export const sandboxClientId = 'PSDDE-BAFIN-000001';
const basePath = `${openBankingPath}/oauth`;
const accessTokenMs = 60 * 60_000;
const codeMs = 5 * 60_000;
/** Codes and tokens that are remembered, newest last. */
const issuedMax = 1_000;

export type OAuthServer = ReturnType<typeof createOAuthServer>;

/**
 * The bank's OAuth server (NextGenPSD2 1.3, chapter 13): the decision about a consent ends in a code, the code in tokens.
 * All of it ends with the program.
 */
export function createOAuthServer({
  consents,
  clock,
  ids,
}: {
  consents: Consents;
  clock: Clock;
  ids: Ids;
}) {
  const codes = new Map<
    string,
    { consentId: string; challenge: string; redirectUri: string; until: Instant }
  >();
  const accessTokens = new Map<string, { consentId: string; until: Instant }>();
  const refreshTokens = new Map<string, string>();
  const app = new Hono().basePath(basePath);

  app.get('/.well-known/oauth-authorization-server', (c) => {
    const { origin } = new URL(c.req.url);
    return c.json({
      issuer: `${origin}${basePath}`,
      authorization_endpoint: `${origin}${basePath}/authorize`,
      token_endpoint: `${origin}${basePath}/token`,
      scopes_supported: ['AIS', 'offline_access'],
      response_types_supported: ['code'],
      code_challenge_methods_supported: ['S256'],
    });
  });

  app.get('/authorize', async (c) => {
    const query = c.req.query();
    const consentId =
      /^AIS:([a-z0-9]{1,100}) offline_access$/.exec(query['scope'] ?? '')?.[1] ?? '';
    const consent = await consents.read(consentId);
    const { redirect_uri: redirectUri = '', state = '', code_challenge: challenge = '' } = query;
    const isRight =
      query['response_type'] === 'code' &&
      query['client_id'] === sandboxClientId &&
      query['code_challenge_method'] === 'S256' &&
      /^[\w-]{43}$/.test(challenge);
    if (!consent || consent.redirectUrl !== redirectUri || !isRight || !state) {
      return c.text('The request for access is not as it should be.', 400);
    }
    // The code is worth nothing before the customer has said yes.
    const code = ids.next('code');
    codes.set(code, { consentId, challenge, redirectUri, until: addMs(clock.now(), codeMs) });
    dropOldest(codes, issuedMax);
    const backTo = (answer: Readonly<Record<string, string>>) =>
      `${redirectUri}?${new URLSearchParams({ ...answer, state })}`;
    await consents.lead(consentId, {
      redirectUrl: backTo({ code }),
      nokRedirectUrl: backTo({ error: 'access_denied' }),
    });
    return c.redirect(authorisePath(consent.authorisationId), 303);
  });

  app.post('/token', async (c) => {
    const form = new URLSearchParams(await readBody(c.req.raw));
    if (form.get('client_id') !== sandboxClientId) return c.json({ error: 'invalid_client' }, 401);
    const consentId = await redeem(form);
    const consent = consentId && (await consents.read(consentId));
    if (!consent || consents.statusOf(consent) !== 'valid') {
      return c.json({ error: 'invalid_grant', error_description: 'Used, or over.' }, 400);
    }
    const [access, refresh] = [ids.next('access'), ids.next('refresh')];
    accessTokens.set(access, { consentId, until: addMs(clock.now(), accessTokenMs) });
    refreshTokens.set(refresh, consentId);
    dropOldest(accessTokens, issuedMax);
    dropOldest(refreshTokens, issuedMax);
    return c.json({
      access_token: access,
      refresh_token: refresh,
      token_type: 'Bearer',
      expires_in: accessTokenMs / 1_000,
    });
  });

  /** The consent of a code or a refresh token, each of which counts once. */
  async function redeem(form: URLSearchParams): Promise<string | undefined> {
    if (form.get('grant_type') === 'refresh_token') {
      const token = form.get('refresh_token') ?? '';
      const consentId = refreshTokens.get(token);
      refreshTokens.delete(token);
      return consentId;
    }
    const code = form.get('code') ?? '';
    const issued = codes.get(code);
    codes.delete(code);
    const hash = createHash('sha256').update(form.get('code_verifier') ?? '');
    const isRight =
      form.get('grant_type') === 'authorization_code' &&
      issued?.challenge === hash.digest('base64url') &&
      issued.redirectUri === form.get('redirect_uri') &&
      clock.now() < issued.until;
    return isRight ? issued.consentId : undefined;
  }

  return {
    app,
    metadataPath: `${basePath}/.well-known/oauth-authorization-server`,

    /** Holds a call to the token of its consent. @throws TppError */
    requireToken(authorization: string | undefined, consentId: string): void {
      const token = accessTokens.get(authorization?.replace(/^Bearer /, '') ?? '');
      if (!token) throw new TppError(401, 'TOKEN_UNKNOWN', 'No such token.');
      if (token.consentId !== consentId) throw new TppError(401, 'TOKEN_INVALID', 'Not for this.');
      if (clock.now() >= token.until)
        throw new TppError(401, 'TOKEN_EXPIRED', 'The token is over.');
    },
  };
}
