import { randomUUID } from 'node:crypto';
import type { Context, Hono } from 'hono';
import type { Clock } from '../../../cloud/ports/clock.ts';
import { addMs } from '../../../shared/calendar-date.ts';
import { refused } from './refusal.ts';

/** In seconds. */
const accessLives = 86_400;
const refreshLives = 2_592_000;

export interface Secrets {
  readonly secretId: string;
  readonly secretKey: string;
}

/** Tokens: asked for with the secrets, or with a refresh token. */
export function mountTokens(app: Hono, clock: Clock, { secretId, secretKey }: Secrets) {
  const until = new Map<string, string>();

  function issue(kind: string, seconds: number): string {
    const token = `${kind}.${randomUUID()}`;
    until.set(token, addMs(clock.now(), seconds * 1_000));
    return token;
  }
  const isGood = (token: string) => (until.get(token) ?? '') > clock.now();

  app.post('/api/v2/token/new/', async (c) => {
    const given = (await c.req.json()) as Record<string, unknown>;
    if (given['secret_id'] !== secretId || given['secret_key'] !== secretKey) {
      throw refused(401, 'Authentication failed');
    }
    return c.json({
      access: issue('access', accessLives),
      access_expires: accessLives,
      refresh: issue('refresh', refreshLives),
      refresh_expires: refreshLives,
    });
  });

  app.post('/api/v2/token/refresh/', async (c) => {
    const { refresh } = (await c.req.json()) as { refresh?: unknown };
    if (!isGood(String(refresh))) throw refused(401, 'Invalid token');
    return c.json({ access: issue('access', accessLives), access_expires: accessLives });
  });

  return {
    require(c: Context): void {
      const [, token = ''] =
        /^Bearer (access\..+)$/.exec(c.req.header('Authorization') ?? '') ?? [];
      if (!isGood(token)) throw refused(401, 'Invalid token');
    },
    /** From now on no token is good. */
    forget: () => until.clear(),
  };
}
