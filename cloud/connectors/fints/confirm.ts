import { addMs, type Instant } from '../../../shared/calendar-date.ts';
import type { Confirmation, ConfirmationPicture } from '../../../shared/confirmation.ts';
import type { AskedStep } from '../../ports/bank-connector.ts';
import { packParts } from './answered.ts';
import type { Dialog, TanAsked } from './dialog.ts';
import { type FinTsGrant, writeGrant } from './grant.ts';
import type { AskedTan, Order } from './schema.ts';

// What a bank asks of its user, as a question, and with what it goes on in another process.

/** Banks end a dialog that rests for some minutes, and say so themselves when it is over. */
const waitMs = 10 * 60_000;
const promptMissing = 'The bank asks you to confirm.';

/** What the user is to be asked now, the dialog being left open. */
export function toAskedStep(
  grant: FinTsGrant,
  dialog: Dialog,
  tan: TanAsked,
  now: Instant,
  more: {
    readonly order?: Order;
    /** What came of the order before. */
    readonly parts?: readonly string[];
    /** Stands before the bank's words. */
    readonly said?: string | undefined;
  } = {},
): AskedStep {
  const { order, parts = [], said } = more;
  const prompt = [said, readPrompt(tan.challenge)].filter((text) => text).join('\n');
  const { first } = pacesOf(dialog);
  const asked: AskedTan = {
    stage: 'tan',
    dialog: dialog.state(),
    reference: tan.reference ?? '',
    ...(order && { order }),
    ...(parts.length > 0 && { before: packParts(parts) }),
    isDecoupled: tan.isDecoupled,
    prompt: prompt || promptMissing,
    polls: 0,
    pollAt: addMs(now, first * 1_000),
    until: addMs(now, waitMs),
  };
  const next = { ...grant, known: dialog.known(), asked };
  return stepOf(next, asked, dialog, readPicture(tan.hhdUc));
}

/** The same question again: the user has not approved yet. */
export function toSameStep(grant: FinTsGrant, asked: AskedTan, dialog: Dialog): AskedStep {
  return stepOf({ ...grant, asked }, asked, dialog, undefined);
}

function stepOf(
  grant: FinTsGrant,
  asked: AskedTan,
  dialog: Dialog,
  picture: ConfirmationPicture | undefined,
): AskedStep {
  const { prompt, isDecoupled, until } = asked;
  const everySeconds = pacesOf(dialog).next;
  const confirmation: Confirmation = isDecoupled
    ? { kind: 'approval', prompt, everySeconds }
    : // Only banks know whether theirs are digits: some send codes with letters.
      { kind: 'code', prompt, format: 'text', ...(picture && { picture }) };
  return { grant: writeGrant(grant), confirmation, expiresAt: until };
}

/** Seconds until the first look for an approval, and between two; most looks, where there is a limit. */
export function pacesOf(dialog: Dialog) {
  const told = dialog.method()?.decoupled;
  const next = Math.min(60, Math.max(1, told?.waitingSecondsBetweenStatusRequests || 5));
  const first = Math.min(60, told?.waitingSecondsBeforeFirstStatusRequest ?? next);
  return { first, next, most: told?.maxStatusRequests || Number.POSITIVE_INFINITY };
}

/** Some banks send theirs with marks of HTML: line breaks, lists, bold. */
export function readPrompt(challenge: string): string {
  if (/^nochallenge$/i.test(challenge)) return '';
  return challenge
    .replace(/<(?:br|\/?p|\/?ul|\/?li|\/?ol)\b[^>]{0,100}>/gi, '\n')
    .replace(/<\/?[a-z][^>]{0,100}>/gi, '')
    .split(/\s*\n\s*/)
    .filter((line) => line.trim() !== '')
    .join('\n')
    .trim();
}

const pictureTypes = ['image/png', 'image/gif', 'image/jpeg', 'image/svg+xml'] as const;

/**
 * The picture of a photo TAN or QR code: two bytes of length and the type, two of length and the picture. A code for a
 * reader that flickers has none, and its prompt says what to type. Source: HITAN, Challenge HHD_UC; Matrixcode.
 */
export function readPicture(hhdUc: string | undefined): ConfirmationPicture | undefined {
  const bytes = Buffer.from(hhdUc ?? '', 'latin1');
  if (bytes.length < 4) return undefined;
  const typeEnd = 2 + bytes.readUInt16BE(0);
  if (typeEnd > 102 || bytes.length < typeEnd + 2) return undefined;
  const type = bytes.toString('latin1', 2, typeEnd).trim().toLowerCase();
  const mimeType = pictureTypes.find((known) => known === type);
  const length = bytes.readUInt16BE(typeEnd);
  const content = bytes.subarray(typeEnd + 2, typeEnd + 2 + length);
  if (!mimeType || length === 0 || content.length < length) return undefined;
  return { mimeType, content: content.toString('base64'), alt: '' };
}
