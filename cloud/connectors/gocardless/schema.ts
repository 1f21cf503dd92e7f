import { z } from 'zod';
import * as psd2 from '../psd2-transactions.ts';

// The fields of GoCardless Bank Account Data v2 that we read, loose: unknown ones are dropped,
// optional ones may be null.

const { absent, optionalDay, text, texts } = psd2;

/** Days are texts in institutions and numbers in agreements. */
const days = z
  .union([z.number(), z.string().regex(/^\d{1,5}$/)])
  .transform(Number)
  .pipe(z.int().nonnegative());
const optionalDays = days.nullish().catch(undefined).transform(absent);

/** Goes into a path. */
const id = z.string().regex(/^[\w-]{1,100}$/);

export const tokenRead = z.object({
  access: z.string().min(1).max(10_000),
  /** In seconds. */
  access_expires: z.number(),
  refresh: text,
  refresh_expires: z.number().nullish().transform(absent),
});

const institution = z.object({
  id,
  name: z.string().min(1),
  bic: text,
  logo: text,
  countries: z.array(z.string()),
  transaction_total_days: optionalDays,
  max_access_valid_for_days: optionalDays,
  supported_features: texts.catch(undefined),
});
export type ProviderInstitution = z.infer<typeof institution>;
export const institutionRead = institution;

/** A bank whose description cannot be read is left out: the list is of thousands. */
export const institutionsRead = z
  .array(institution.nullable().catch(null))
  .transform((list) => list.filter((one) => one !== null));

/** As it was granted, which may be less than what was asked for. */
export const agreementRead = z.object({
  id,
  max_historical_days: days,
  access_valid_for_days: days,
  /** When the user said yes. */
  accepted: z.iso.datetime({ offset: true, local: true }).nullish().transform(absent),
});

export const requisitionCreated = z.object({ id, link: z.url() });
export const requisitionRead = z.object({ status: z.string(), accounts: z.array(id) });

export const metadataRead = z.object({ iban: text, owner_name: text, name: text });
export type AccountMetadata = z.infer<typeof metadataRead>;

const details = z.object({
  iban: text,
  bban: text,
  /** British sort code and account number. */
  scan: text,
  maskedPan: text,
  currency: z.string(),
  name: text,
  displayName: text,
  product: text,
  ownerName: text,
  cashAccountType: text,
});
export type AccountDetails = z.infer<typeof details>;
export const detailsRead = z.object({ account: details });

export const balancesRead = z.object({ balances: z.array(psd2.balance) });

const transaction = psd2.transaction
  .extend({ internalTransactionId: text, bookingDateTime: optionalDay, valueDateTime: optionalDay })
  .transform(({ bookingDateTime, valueDateTime, ...read }) => ({
    ...read,
    bookingDate: read.bookingDate ?? bookingDateTime,
    valueDate: read.valueDate ?? valueDateTime,
  }));
export type ProviderTransaction = z.infer<typeof transaction>;

const transactions = z.array(transaction).nullish().transform(absent);
export const transactionsRead = z.object({
  transactions: z.object({ booked: transactions, pending: transactions }),
});

export type ProviderReport = z.infer<typeof transactionsRead>['transactions'];

/**
 * `type` where the bank is the reason, a constant `summary` where GoCardless itself is; of a field
 * that is wrong its name.
 */
export const refusalRead = z.looseObject({
  type: text.catch(undefined),
  summary: text.catch(undefined),
});
