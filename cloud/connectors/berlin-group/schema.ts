import { z } from 'zod';
import { isCalendarDate } from '../../../shared/calendar-date.ts';

// The fields of NextGenPSD2 1.3 that we read, loose: unknown ones are dropped, and what banks leave empty may be null.

const absent = <T>(value: T | null | undefined): T | undefined => value ?? undefined;
const text = z.string().nullish().transform(absent);

/** Text by the standard; some banks send a number (observed: Commerzbank's sandbox). */
const decimal = z.union([z.string().max(40), z.number()]).transform(String);
const amount = z.object({ amount: decimal, currency: z.string() });

/** A day; of an instant, as some banks send it, the day as it is written. */
const day = z
  .string()
  .transform((value) => value.slice(0, 10))
  .refine(isCalendarDate, 'a day as YYYY-MM-DD');
const optionalDay = day.nullish().transform(absent);

/** Goes into a header and a path. */
const id = z.string().regex(/^[\x21-\x7e]{1,200}$/);

const link = z.object({ href: z.string().max(4_000) });
const accountReference = z
  .object({ iban: text, bban: text, maskedPan: text, pan: text })
  .nullish()
  .transform(absent);

export const consentStatus = z.enum([
  'received',
  'rejected',
  'valid',
  'revokedByPsu',
  'expired',
  'terminatedByTpp',
  'partiallyAuthorised',
]);
export type ConsentStatus = z.infer<typeof consentStatus>;

export const consentCreated = z.object({
  consentStatus,
  consentId: id,
  _links: z.object({ scaRedirect: link }),
});

export const consentRead = z.object({
  consentStatus,
  validUntil: optionalDay,
  frequencyPerDay: z.int().nonnegative().optional().catch(undefined),
});
export const consentStatusRead = z.object({ consentStatus });

const account = z.object({
  resourceId: id,
  iban: text,
  bban: text,
  maskedPan: text,
  currency: z.string(),
  name: text,
  displayName: text,
  product: text,
  cashAccountType: text,
  status: text,
  ownerName: text,
});
export const accountsRead = z.object({ accounts: z.array(account) });
export type BankAccount = z.infer<typeof account>;

const balance = z.object({
  balanceAmount: amount,
  balanceType: z.string(),
  referenceDate: optionalDay,
});
export const balancesRead = z.object({ balances: z.array(balance) });
export type BankBalance = z.infer<typeof balance>;

const structuredRemittance = z.union([z.string(), z.object({ reference: z.string() })]);
/** A list by the standard; some banks send the one thing that would stand in it. */
const exchanges = z
  .union([
    z.array(z.object({ instructedAmount: amount.nullish() })),
    z.object({ instructedAmount: amount.nullish() }).transform((one) => [one]),
  ])
  .nullish()
  .transform(absent);

const transaction = z.object({
  transactionId: text,
  entryReference: text,
  bookingDate: optionalDay,
  valueDate: optionalDay,
  transactionAmount: amount,
  currencyExchange: exchanges,
  creditorName: text,
  ultimateCreditor: text,
  creditorAccount: accountReference,
  debtorName: text,
  ultimateDebtor: text,
  debtorAccount: accountReference,
  remittanceInformationUnstructured: text,
  remittanceInformationUnstructuredArray: z.array(z.string()).nullish().transform(absent),
  remittanceInformationStructured: structuredRemittance.nullish().transform(absent),
  additionalInformation: text,
  balanceAfterTransaction: z.object({ balanceAmount: amount }).nullish().transform(absent),
});
export type BankTransaction = z.infer<typeof transaction>;

const transactions = z.array(transaction).nullish().transform(absent);
export const transactionsRead = z.object({
  transactions: z.object({
    booked: transactions,
    pending: transactions,
    _links: z
      .object({ next: link.nullish().transform(absent) })
      .nullish()
      .transform(absent),
  }),
});
export type BankReport = z.infer<typeof transactionsRead>['transactions'];

/** A refusal in the standard's own shape, or in the one of RFC 7807, where the code stands at the top. */
export const refusalRead = z.object({
  code: text.catch(undefined),
  tppMessages: z
    .array(z.object({ category: text, code: text }))
    .nullish()
    .catch(undefined),
});
