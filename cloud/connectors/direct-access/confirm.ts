import { addMs, type Instant } from '../../../shared/calendar-date.ts';
import type {
  Confirmation,
  ConfirmationAnswer,
  ConfirmationPicture,
} from '../../../shared/confirmation.ts';
import type { AskedStep } from '../../ports/bank-connector.ts';
import type { BankLogin, PageKind } from './bank-login.ts';
import { BrowserFailure } from './browser-failure.ts';
import type { Visit } from './client.ts';
import { type LoginGrant, writeGrant } from './grant.ts';
import { approvalPage, codePage, methodPage, methodRows } from './schema.ts';

// A bank's confirmation pages as questions to its user, and the user's answers typed into them.

/** Pages on which the bank asks its user. */
export type AskingPage = 'method' | 'code' | 'approval';

export function isAsking(kind: PageKind): kind is AskingPage {
  return kind === 'method' || kind === 'code' || kind === 'approval';
}

/** Goes into the store beside the grant. */
const pictureMaxBytes = 200_000;
const promptMissing = 'The bank asks you to confirm.';

/** What the page asks, and with what another process goes on. @throws BrowserFailure */
export async function readAskedStep(
  visit: Visit,
  kind: AskingPage,
  login: BankLogin,
  grant: Pick<LoginGrant, 'institutionId' | 'credentials'>,
  waitsUntil: Instant,
): Promise<AskedStep> {
  const confirmation = await readConfirmation(visit, kind, login);
  const cookies = await visit.cookies();
  const page = visit.address().href;
  return {
    grant: writeGrant({ ...grant, cookies, page, waitsUntil }),
    confirmation,
    expiresAt: waitsUntil,
  };
}

/** Until when a confirmation waits that the bank has just begun. */
export function waitsUntilOf({ confirmationMs }: BankLogin, now: Instant): Instant {
  return addMs(now, confirmationMs);
}

async function readConfirmation(
  visit: Visit,
  kind: AskingPage,
  login: BankLogin,
): Promise<Confirmation> {
  const rows = 'html';
  if (kind === 'method') {
    const { prompt, options } = login.method;
    const [page] = await visit.read({ rows, fields: { prompt } }, methodPage);
    const methods = await visit.read(options, methodRows);
    return { kind, prompt: page.prompt ?? promptMissing, methods };
  }
  if (kind === 'approval') {
    const { prompt, everySeconds } = login.approval;
    const [page] = await visit.read({ rows, fields: { prompt, everySeconds } }, approvalPage);
    return {
      kind,
      prompt: page.prompt ?? promptMissing,
      everySeconds: Math.min(60, Math.max(1, page.everySeconds ?? 5)),
    };
  }
  const { prompt, inputMode, length, picture, pictureAlt } = login.code;
  const fields = { prompt, inputMode, length, picture, pictureAlt };
  const [page] = await visit.read({ rows, fields }, codePage);
  const isDigits = page.inputMode === 'numeric';
  return {
    kind,
    prompt: page.prompt ?? promptMissing,
    format: isDigits ? 'digits' : 'text',
    ...(isDigits && page.length && { length: page.length }),
    ...(page.picture && {
      picture: await readPicture(visit, page.picture, page.pictureAlt ?? ''),
    }),
  };
}

/** A picture that stands in the page itself, or is loaded for it. */
async function readPicture(
  visit: Visit,
  source: string,
  alt: string,
): Promise<ConfirmationPicture> {
  const url = URL.parse(source, visit.address().href);
  if (!url) throw new BrowserFailure('unreadable', 'a picture without an address');
  const { type, content } =
    url.protocol === 'data:' ? readDataUrl(url) : await visit.load(url, pictureMaxBytes);
  const mimeType = pictureTypes.find((known) => known === type.split(';')[0]?.trim().toLowerCase());
  if (!mimeType || content.byteLength > pictureMaxBytes) {
    throw new BrowserFailure('unreadable', 'a picture of no known kind, or too large a one');
  }
  return { mimeType, content: content.toString('base64'), alt };
}

const pictureTypes = ['image/png', 'image/gif', 'image/jpeg', 'image/svg+xml'] as const;

function readDataUrl({ pathname, search, hash }: URL): { type: string; content: Buffer } {
  const [head = '', ...rest] = `${pathname}${search}${hash}`.split(',');
  const body = rest.join(',');
  const isBase64 = /;base64$/i.test(head);
  const content = isBase64 ? Buffer.from(body, 'base64') : Buffer.from(decodePercent(body));
  return { type: head, content };
}

function decodePercent(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch (cause) {
    throw new BrowserFailure('unreadable', 'a picture that is not encoded', { cause });
  }
}

/**
 * Types the answer into the page that asks. Undefined where it answers another question than the one that is asked now,
 * as after an answer in a second window. @throws BrowserFailure, PageRefusal
 */
export async function giveAnswer(
  visit: Visit,
  kind: AskingPage,
  answer: ConfirmationAnswer,
  { method, code }: BankLogin,
): Promise<PageKind | undefined> {
  if (kind === 'code' && answer.kind === 'code') {
    return visit.submit([{ select: code.field, fill: answer.text }], code.submit);
  }
  if (kind !== 'method' || answer.kind !== 'method') return undefined;
  const methods = await visit.read(method.options, methodRows);
  const index = methods.findIndex(({ id }) => id === answer.id);
  if (index < 0) return undefined;
  const select = `${method.options.rows} ${method.options.fields.id.select ?? ''}`;
  return visit.submit([{ select, index }], method.submit);
}
