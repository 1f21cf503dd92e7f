import { z } from 'zod';
import { isCalendarDate } from '../../../shared/calendar-date.ts';

// The fields of GoCardless Bank Account Data v2 that we read, loose: unknown ones are dropped,
// optional ones may be null.

const absent = <T>(value: T | null | undefined): T | undefined => value ?? undefined;
const text = z.string().nullish().transform(absent);
const texts = z.array(z.string()).nullish().transform(absent);

/** Some banks send a number. */
const decimal = z.union([z.string().max(40), z.number()]).transform(String);
const amount = z.object({ amount: decimal, currency: z.string() });

/** A day; of an instant, as some banks send it, the day as it is written. */
const optionalDay = z
  .string()
  .transform((value) => value.slice(0, 10))
  .refine(isCalendarDate, 'a day as YYYY-MM-DD')
  .nullish()
  .transform(absent);

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

const balance = z.object({
  balanceAmount: amount,
  balanceType: z.string(),
  referenceDate: optionalDay,
});
export type ProviderBalance = z.infer<typeof balance>;
export const balancesRead = z.object({ balances: z.array(balance) });

const accountReference = z
  .object({ iban: text, bban: text, maskedPan: text })
  .nullish()
  .transform(absent);
const structuredRemittance = z.union([z.string(), z.object({ reference: z.string() })]);
const exchange = z.object({ instructedAmount: amount.nullish().transform(absent) });
/** A list by the description; some banks send the one thing that would stand in it. */
const exchanges = z
  .union([z.array(exchange), exchange.transform((one) => [one])])
  .nullish()
  .transform(absent);

const transaction = z.object({
  transactionId: text,
  internalTransactionId: text,
  bookingDate: optionalDay,
  bookingDateTime: optionalDay,
  valueDate: optionalDay,
  valueDateTime: optionalDay,
  transactionAmount: amount,
  currencyExchange: exchanges,
  creditorName: text,
  ultimateCreditor: text,
  creditorAccount: accountReference,
  debtorName: text,
  ultimateDebtor: text,
  debtorAccount: accountReference,
  remittanceInformationUnstructured: text,
  remittanceInformationUnstructuredArray: texts,
  remittanceInformationStructured: structuredRemittance.nullish().transform(absent),
  remittanceInformationStructuredArray: z.array(structuredRemittance).nullish().transform(absent),
  additionalInformation: text,
  balanceAfterTransaction: z
    .object({ balanceAmount: amount.nullish().transform(absent) })
    .nullish()
    .transform(absent),
});
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
