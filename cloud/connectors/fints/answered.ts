import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { Instant } from '../../../shared/calendar-date.ts';
import { BankError } from '../../ports/bank-connector.ts';
import { type Answered, type FinTsGrant, isYoung } from './grant.ts';
import type { Order } from './schema.ts';

// What a bank told after a TAN. The call that needed it is made again, and must not cost a second one.

/** In one sync several accounts may each want a TAN, and each answer is used until the last was given. */
const keptMs = 30 * 60_000;
/** Most letters of packed text in a grant, which is kept in one document: statements of ten years have fewer. */
const packedMax = 500_000;
const unpackedMaxBytes = 30_000_000;

/** Segments as they came, in a fraction of their size. @throws BankError where they are too many to be kept */
export function packParts(parts: readonly string[]): string {
  const packed = deflateRawSync(Buffer.from(JSON.stringify(parts), 'utf8')).toString('base64');
  if (packed.length > packedMax) throw new BankError('reply-unreadable', 'too much to keep');
  return packed;
}

export function unpackParts(packed: string): readonly string[] {
  const bytes = inflateRawSync(Buffer.from(packed, 'base64'), {
    maxOutputLength: unpackedMaxBytes,
  });
  return JSON.parse(bytes.toString('utf8')) as string[];
}

/** The grant with one more answer; the oldest go where all are too many. */
export function withAnswer(
  grant: FinTsGrant,
  order: Order,
  parts: readonly string[],
  at: Instant,
): FinTsGrant {
  const others = (grant.answered ?? []).filter((it) => !isOf(it, order));
  const answered: Answered[] = [...others, { ...order, at, content: packParts(parts) }];
  while (answered.reduce((sum, { content }) => sum + content.length, 0) > packedMax) {
    answered.shift();
  }
  return { ...grant, answered };
}

/** What the bank has told to the same call, where it was confirmed in the last half hour. */
export function findAnswered(
  { answered = [] }: FinTsGrant,
  call: Call,
): readonly string[] | undefined {
  const found = answered.find((it) => isOf(it, call));
  return found && unpackParts(found.content);
}

type Call = Pick<Order, 'accountId' | 'from' | 'to'> & { readonly segId?: Order['segId'] };

function isOf(it: Answered, { segId = it.segId, accountId, from, to }: Call): boolean {
  return it.segId === segId && it.accountId === accountId && it.from === from && it.to === to;
}

export function withoutOld({ answered = [], ...grant }: FinTsGrant, now: Instant): FinTsGrant {
  const young = answered.filter(({ at }) => isYoung(at, now, keptMs));
  return { ...grant, ...(young.length > 0 && { answered: young }) };
}
