import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { BankError, type Notice, type NoticeRequest } from '../../ports/bank-connector.ts';
import type { Clock } from '../../ports/clock.ts';

/** A bank as far as its notices go. */
export interface NoticeSender {
  readonly institution: { readonly id: string };
  /**
   * With what it signs its notices: `whsec_` and the key in Base64, or any other text, whose bytes are the key. Absent:
   * it sends none.
   */
  readonly notificationSecret?: string | undefined;
}

/** Older or newer than this by our clock, a notice may be a copy that somebody kept. */
const toleranceSeconds = 5 * 60;
/** A sender that changes its key signs with both for a while. */
const signatureMax = 10;

const idRead = z.string().regex(/^[\x21-\x7e]{1,200}$/);
const timestampRead = z
  .string()
  .regex(/^\d{1,12}$/)
  .transform(Number);
const bodyRead = z.object({ consentId: z.string().min(1).max(500) });

/** By which notices name a consent: nobody who reads the store learns the consent from it. */
export function noticeKeyOf(institutionId: string, consentId: string): string {
  const digest = createHash('sha256').update(`${institutionId}\n${consentId}`).digest('hex');
  return `berlin-group:${digest}`;
}

/**
 * Reads notices signed by the rules of Standard Webhooks 1.0.0 (https://www.standardwebhooks.com): NextGenPSD2 leaves
 * open how a bank signs what it sends to `TPP-Notification-URI`. Of several banks it is the one whose key fits.
 * @returns a reader that throws BankError `notice-refused` for what no bank here has signed just now
 */
export function createReadNotice(
  senders: readonly NoticeSender[],
  clock: Clock,
): (request: NoticeRequest) => Promise<Notice> {
  const keys = senders.flatMap(({ institution, notificationSecret }) =>
    notificationSecret ? [{ institutionId: institution.id, key: keyOf(notificationSecret) }] : [],
  );
  return async ({ headers, body }) => {
    const id = idRead.safeParse(headers['webhook-id']).data;
    const timestamp = timestampRead.safeParse(headers['webhook-timestamp']).data;
    if (id === undefined || timestamp === undefined) throw refusal('not signed');
    const seconds = Date.parse(clock.now()) / 1000;
    if (Math.abs(seconds - timestamp) > toleranceSeconds) throw refusal('not of now');
    const told = (headers['webhook-signature'] ?? '').split(' ', signatureMax);
    // As it came: a number with zeros before it has another signature.
    const signed = `${id}.${headers['webhook-timestamp']}.${body}`;
    const sender = keys.find(({ key }) => isSigned(told, key, signed));
    if (!sender) throw refusal('signed by no bank here');
    const { institutionId } = sender;
    const noticeKey = noticeKeyOf(institutionId, consentIdOf(body));
    return { id: `${institutionId} ${id}`, noticeKey };
  };
}

function keyOf(secret: string): Buffer {
  const prefix = 'whsec_';
  if (!secret.startsWith(prefix)) return Buffer.from(secret, 'utf8');
  const key = Buffer.from(secret.slice(prefix.length), 'base64');
  // An empty key is one that everybody has.
  if (key.length === 0) throw new BankError('provider-not-configured', 'notificationSecret');
  return key;
}

/** Compared as the texts that they are: Base64 reads several texts as the same bytes. */
function isSigned(told: readonly string[], key: Buffer, signed: string): boolean {
  const digest = createHmac('sha256', key).update(signed).digest('base64');
  const expected = Buffer.from(`v1,${digest}`);
  return told.some((text) => {
    const bytes = Buffer.from(text);
    return bytes.length === expected.length && timingSafeEqual(bytes, expected);
  });
}

function consentIdOf(body: string): string {
  try {
    return bodyRead.parse(JSON.parse(body)).consentId;
  } catch {
    // Not as its cause: the messages of JSON and zod quote the body.
    throw refusal('names no consent');
  }
}

function refusal(detail: string): BankError {
  return new BankError('notice-refused', detail);
}
