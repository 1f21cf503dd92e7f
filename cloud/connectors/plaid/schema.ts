import { z } from 'zod';
import { isCalendarDate } from '../../../shared/calendar-date.ts';

// The fields of Plaid's API of 2020-09-14 that we read, loose: unknown ones are dropped.

const absent = <T>(value: T | null | undefined): T | undefined => value ?? undefined;
const text = z.string().nullish().transform(absent);
const number = z.number().nullish().transform(absent);
const id = z.string().regex(/^[\x21-\x7e]{1,300}$/);
const day = z.string().refine(isCalendarDate, 'a day as YYYY-MM-DD');
const instant = z.iso.datetime({ offset: true }).nullish().transform(absent);

/** An error by itself, or as a part of an answer. */
export const refusalRead = z.object({
  error_type: z.string(),
  error_code: z.string(),
  error_code_reason: text.catch(undefined),
});
const problem = refusalRead.nullish().transform(absent);

export const linkTokenCreated = z.object({
  link_token: id,
  expiration: instant,
  /** Absent where Plaid does not give this client the hosted page. */
  hosted_link_url: text,
});

const linkSession = z.object({
  finished_at: text,
  results: z
    .object({ item_add_results: z.array(z.object({ public_token: id })).nullish() })
    .nullish(),
  /** As `results`, for clients of some years. */
  on_success: z.object({ public_token: id }).nullish(),
  exit: z.object({ error: problem.catch(undefined) }).nullish(),
  on_exit: z.object({ error: problem.catch(undefined) }).nullish(),
});
export const linkTokenRead = z.object({
  link_sessions: z
    .array(linkSession)
    .nullish()
    .transform((list) => list ?? []),
});
export type LinkSession = z.infer<typeof linkSession>;

export const exchangeRead = z.object({ access_token: id, item_id: id });

export const itemRead = z.object({
  item: z.object({ item_id: id, error: problem, consent_expiration_time: instant }),
});

const balances = z.object({
  available: number,
  current: number,
  iso_currency_code: text,
});
const account = z.object({
  account_id: id,
  balances,
  mask: text,
  name: text,
  official_name: text,
  type: z.string(),
  subtype: text,
  persistent_account_id: text,
});
export type PlaidAccount = z.infer<typeof account>;

export const accountsRead = z.object({
  accounts: z.array(account),
  item: z.object({ update_type: text }),
});
export type PlaidAccounts = z.infer<typeof accountsRead>;

const transaction = z.object({
  transaction_id: id,
  account_id: id,
  amount: z.number(),
  iso_currency_code: text,
  unofficial_currency_code: text,
  /** Of a pending one: when it occurred. */
  date: day,
  authorized_date: day.nullish().transform(absent),
  pending: z.boolean(),
  pending_transaction_id: text,
  name: text,
  original_description: text,
  merchant_name: text,
  counterparties: z.array(z.object({ name: text })).nullish(),
  payment_meta: z.object({ payee: text, payer: text, reason: text }).nullish().transform(absent),
});
export type PlaidTransaction = z.infer<typeof transaction>;

export const transactionsRead = z.object({
  transactions_update_status: text,
  added: z.array(transaction),
  modified: z.array(transaction),
  removed: z.array(z.object({ account_id: id, transaction_id: id })),
  next_cursor: z.string().max(1_000),
  has_more: z.boolean(),
});

const institution = z.object({
  institution_id: id,
  name: z.string().min(1),
  country_codes: z.array(z.string()),
  routing_numbers: z
    .array(z.string())
    .nullish()
    .transform((list) => list ?? []),
});
export const institutionsRead = z.object({
  institutions: z.array(institution),
  total: z.int().nonnegative(),
});
export type PlaidInstitution = z.infer<typeof institution>;

export const keyRead = z.object({
  key: z.object({
    alg: z.string(),
    crv: z.string(),
    kty: z.string(),
    x: z.string(),
    y: z.string(),
    expired_at: number,
  }),
});

export const noticeRead = z.object({
  webhook_type: z.string(),
  webhook_code: z.string(),
  item_id: text,
});
