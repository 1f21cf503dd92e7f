import { z } from 'zod';
import { isCalendarDate } from '../../../shared/calendar-date.ts';

// What is kept in a grant, and what answers hold beside what the package reads.

const day = z.string().refine(isCalendarDate);
const instant = z.iso.datetime();

export const loginRead = z.object({
  userId: z.string(),
  /** Where it is another one than the user id. */
  customerId: z.string().optional(),
  pin: z.string(),
  /** Of the TAN method that the user has chosen; absent where the bank has none. */
  methodId: z.int().optional(),
  /** Of the TAN method's media. */
  medium: z.string().optional(),
});

export const dialogRead = z.object({
  id: z.string(),
  /** Messages sent in it so far. */
  sent: z.int(),
  /** When it was last used. */
  at: instant,
  /** Whether the bank has told the user's accounts in it. */
  hasAccounts: z.boolean(),
});

const order = z.object({
  segId: z.enum(['HKSAL', 'HKKAZ', 'HKCAZ', 'DKKKU']),
  accountId: z.string(),
  from: day.optional(),
  to: day.optional(),
});
/** What is asked of an account. */
export type Order = z.infer<typeof order>;

export const askedRead = z.discriminatedUnion('stage', [
  z.object({ stage: z.literal('method') }),
  z.object({ stage: z.literal('medium'), media: z.array(z.string()) }),
  z.object({
    stage: z.literal('tan'),
    dialog: dialogRead,
    reference: z.string(),
    /** Absent where the login itself is to be confirmed. */
    order: order.optional(),
    /** What came of the order before, packed. */
    before: z.string().optional(),
    isDecoupled: z.boolean(),
    prompt: z.string(),
    polls: z.int(),
    /** Not before is asked whether the user has approved. */
    pollAt: instant,
    until: instant,
  }),
]);
export type AskedTan = Extract<z.infer<typeof askedRead>, { stage: 'tan' }>;

export const answeredRead = order.extend({
  at: instant,
  /** All that came of it, packed. */
  content: z.string(),
});

/** The fields that are read of segments as the package decodes them. */
export interface MessageHead {
  readonly dialogId?: string;
}
export interface AnswersSegment {
  readonly answers: readonly { readonly code: number }[];
}
export interface TanSegment {
  readonly orderReference?: string;
  readonly challenge?: string;
  readonly challengeHhdUc?: string;
}
export interface MediaSegment {
  readonly mediaList?: readonly { readonly name?: string }[];
}
export interface BalanceSegment {
  readonly currency: string;
  readonly balance: {
    readonly creditDebit: string;
    readonly amount: { readonly value: number; readonly currency: string };
  };
  readonly availableAmount?: { readonly value: number; readonly currency: string };
}
export interface SepaAccount {
  readonly accountNumber: string;
  readonly subAccountId?: string;
  readonly iban?: string;
  readonly bic?: string;
}
export interface SepaSegment {
  readonly sepaAccounts?: readonly SepaAccount[];
}
