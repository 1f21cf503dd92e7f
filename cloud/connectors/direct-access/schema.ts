import { z } from 'zod';
import { isCalendarDate } from '../../../shared/calendar-date.ts';

// What is taken from a bank's pages: texts, and null where the page has no such thing.

/** Of one value on a page; a longer one is none that a bank shows. */
export const textMax = 4_000;
/** Rows of one page. */
export const rowMax = 2_000;

const text = z.string().max(textMax);
const printed = text.nullable().transform((value) => value || undefined);
const needed = printed.pipe(z.string());

/** Goes into a path. */
const id = z.string().regex(/^[\x21-\x7e]{1,200}$/);

const account = z.object({
  id,
  type: printed,
  currency: z.string().regex(/^[A-Z]{3}$/),
  name: printed,
  holder: printed,
  product: printed,
  iban: printed,
  mask: printed,
});
export type AccountRow = z.infer<typeof account>;
export const accountRows = z.array(account).max(rowMax);

const balance = z.object({ booked: printed, available: printed });
export type BalanceRow = z.infer<typeof balance>;
export const balanceRows = z.tuple([balance]);

const entry = z.object({
  status: z.enum(['booked', 'pending']),
  reference: printed,
  booking: printed,
  value: printed,
  counterparty: printed,
  account: printed,
  text: printed,
  amount: needed,
  original: printed,
  balance: printed,
});
export type EntryRow = z.infer<typeof entry>;
export const entryRows = z.array(entry).max(rowMax);

/** What stands once on a page. */
const count = printed.pipe(
  z
    .string()
    .regex(/^\d{1,9}$/)
    .transform(Number)
    .optional(),
);
export const entriesFoot = z.tuple([z.object({ next: text.nullable(), total: count })]);
export const knownFoot = z.tuple([
  z.object({ until: z.string().refine(isCalendarDate).nullable().catch(null) }),
]);
export const refusalFoot = z.tuple([z.object({ earliest: printed })]);

export const methodRows = z
  .array(z.object({ id, name: needed }))
  .min(1)
  .max(20);
export const methodPage = z.tuple([z.object({ prompt: printed })]);
export const approvalPage = z.tuple([z.object({ prompt: printed, everySeconds: count })]);
export const codePage = z.tuple([
  z.object({
    prompt: printed,
    inputMode: printed,
    length: count,
    /** May be the picture itself. */
    picture: z.string().nullable(),
    pictureAlt: printed,
  }),
]);

const cookie = z.object({
  name: z.string(),
  value: z.string(),
  domain: z.string(),
  path: z.string(),
  expires: z.number(),
  httpOnly: z.boolean(),
  secure: z.boolean(),
  sameSite: z.enum(['Strict', 'Lax', 'None']),
});
export type Cookie = z.infer<typeof cookie>;

/** A grant as it was stored, each of its parts JSON in a string. */
export const grantRead = z.object({
  institutionId: z.string(),
  credentials: json(z.record(z.string(), z.string())),
  cookies: json(z.array(cookie)),
  /** Of a confirmation that waits: its page, and how long the bank waits. */
  page: z.url().optional(),
  waitsUntil: z.string().optional(),
});

function json<Schema extends z.ZodType>(schema: Schema) {
  return z
    .string()
    .transform((value, context) => {
      try {
        return JSON.parse(value) as unknown;
      } catch {
        context.addIssue('is not JSON');
        return z.NEVER;
      }
    })
    .pipe(schema);
}
