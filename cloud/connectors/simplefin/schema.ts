import { z } from 'zod';

// The fields of SimpleFIN 2.0-draft that we read, loose: unknown ones are dropped, and what servers leave empty may be
// null. Servers that answer in version 1 have neither `connections` nor `errlist`.

const absent = <T>(value: T | null | undefined): T | undefined => value ?? undefined;
const text = z.string().nullish().transform(absent);
const id = z.string().min(1).max(500);

/** "numeric string" by the protocol; servers that others run send numbers, too. */
const decimal = z.union([z.string().max(40), z.number()]).transform(String);
/** Seconds since 1970, up to the year 9999. */
const timestamp = z.number().min(0).max(253_402_300_799);

const transaction = z.object({
  id,
  /** 0 where it is pending. */
  posted: timestamp.nullish().transform((value) => value ?? 0),
  amount: decimal,
  description: text,
  transacted_at: timestamp.nullish().transform((value) => value ?? 0),
  pending: z.boolean().nullish().transform(absent),
  /** Not in the protocol; the Bridge sends both. */
  payee: text,
  memo: text,
});
export type Transaction = z.infer<typeof transaction>;

const account = z.object({
  id,
  name: text,
  conn_id: text,
  /** ISO 4217, or the address of a currency that somebody made up. */
  currency: z.string(),
  balance: decimal,
  'available-balance': decimal.nullish().transform(absent),
  'balance-date': timestamp.nullish().transform(absent),
  transactions: z
    .array(transaction)
    .nullish()
    .transform((list) => list ?? []),
});
export type Account = z.infer<typeof account>;

const problem = z.object({
  /** `gen.`, `con.` or `act.`, and perhaps more. */
  code: z.string(),
  conn_id: text,
  account_id: text,
});
export type Problem = z.infer<typeof problem>;

const connection = z.object({ conn_id: z.string(), name: text, org_name: text });

export const accountSetRead = z.object({
  errlist: z
    .array(problem)
    .nullish()
    .transform((list) => list ?? []),
  connections: z
    .array(connection)
    .nullish()
    .transform((list) => list ?? []),
  accounts: z.array(account),
});
export type AccountSet = z.infer<typeof accountSetRead>;

/** The first code of a refusal, where it has the shape of an account set. */
export const refusalRead = z.object({ errlist: z.array(z.object({ code: z.string() })) });
