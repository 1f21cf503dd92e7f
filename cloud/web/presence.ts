import type { Context, Hono } from 'hono';
import { z } from 'zod';
import { addMs } from '../../shared/calendar-date.ts';
import type { World } from '../core/world.ts';
import type { UserPresence } from '../ports/bank-connector.ts';
import type { PresentUser } from '../ports/tasks.ts';
import { VaultUnreadable } from '../ports/vault.ts';

/** What the token is bound to in the vault. */
const subject = 'presence';
/** From the user's browser to the call that follows. */
const tokenMs = 60_000;
/** A sync that was asked for begins so soon, or it begins without the user. */
const presentMs = 5 * 60_000;

const sealedRead = z.strictObject({ key: z.string(), text: z.string() });
const presenceRead = z.strictObject({
  ipAddress: z.string().max(100),
  userAgent: z.string().max(1000).optional(),
  until: z.iso.datetime(),
});

/**
 * `POST /presence`: tells the user's own browser, under lock, from which address it has just asked. Calls of the add-on
 * come from Google's servers: only so can a bank be told the user's real address, which is nowhere stored.
 */
export function mountPresence(
  web: Hono,
  { vault, clock }: World,
  presenceOf: (context: Context) => UserPresence,
): void {
  web.post('/presence', async (context) => {
    const { ipAddress, userAgent } = presenceOf(context);
    const until = addMs(clock.now(), tokenMs);
    const seen = { ipAddress, ...(userAgent && { userAgent: userAgent.slice(0, 500) }), until };
    const sealed = await vault.seal(subject, seen);
    // The sidebar's frame has an origin of Google's making, another one each time.
    context.header('Access-Control-Allow-Origin', '*');
    return context.json({ presence: Buffer.from(JSON.stringify(sealed)).toString('base64url') });
  });
}

/** The user behind a token of this minute; undefined for any other: the call then goes on without the user. */
export async function readPresence(
  { vault, clock }: World,
  token: string | undefined,
): Promise<PresentUser | undefined> {
  const sealed = sealedRead.safeParse(parseToken(token ?? ''));
  if (!sealed.success) return undefined;
  try {
    const seen = presenceRead.parse(await vault.open(subject, sealed.data));
    const now = clock.now();
    if (seen.until <= now) return undefined;
    const { ipAddress, userAgent } = seen;
    return { ipAddress, ...(userAgent && { userAgent }), until: addMs(now, presentMs) };
  } catch (error) {
    if (error instanceof VaultUnreadable) return undefined;
    throw error;
  }
}

/** What is no JSON is no token of ours, as anything else that we did not make. */
function parseToken(token: string): unknown {
  try {
    return JSON.parse(Buffer.from(token, 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
}
