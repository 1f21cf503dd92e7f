import { z } from 'zod';
import * as psd2 from '../psd2-transactions.ts';

// The fields of Enable Banking's interface that we read, loose: unknown ones are dropped, and
// optional ones may be null.

const { absent, amount, optionalAmount, optionalDay, text, texts } = psd2;
const instant = z.iso.datetime({ offset: true, local: true });

/** Goes into a path. */
const id = z.string().regex(/^[\w-]{1,100}$/);

export const psuType = z.enum(['personal', 'business']);
export type PsuType = z.infer<typeof psuType>;

const authMethod = z.object({
  name: text,
  psu_type: z.string(),
  approach: text,
  hidden_method: z.boolean().nullish().transform(absent),
});
const aspsp = z.object({
  name: z.string().min(1),
  country: z.string().regex(/^[A-Z]{2}$/),
  logo: text,
  psu_types: z.array(z.string()),
  auth_methods: z.array(authMethod).nullish().transform(absent),
  /** In seconds. */
  maximum_consent_validity: z.number().nullish().transform(absent),
  required_psu_headers: texts,
  bic: text,
});
export type Aspsp = z.infer<typeof aspsp>;

/** A bank whose description cannot be read is left out: the list is of thousands. */
export const aspspsRead = z.object({
  aspsps: z
    .array(aspsp.nullable().catch(null))
    .transform((list) => list.filter((one) => one !== null)),
});

export const authorisationStarted = z.object({ url: z.url(), authorization_id: id });

const accountIdentification = z
  .object({
    iban: text,
    other: z.object({ identification: text }).nullish().transform(absent),
  })
  .nullish()
  .transform(absent);
const account = z.object({
  /** Absent where nothing can be fetched, as of an account that is blocked. */
  uid: id.nullish().transform(absent),
  identification_hash: text,
  account_id: accountIdentification,
  name: text,
  details: text,
  product: text,
  cash_account_type: text,
  currency: z.string(),
});
export type ProviderAccount = z.infer<typeof account>;
export const accountRead = account;

const access = z.object({ valid_until: instant });
export const sessionAuthorised = z.object({
  session_id: id,
  accounts: z.array(account),
  access,
});
export const sessionRead = z.object({ status: z.string(), accounts: z.array(id) });

const balance = z.object({
  balance_amount: amount,
  balance_type: z.string(),
  reference_date: optionalDay,
});
export const balancesRead = z.object({ balances: z.array(balance) });
export type ProviderBalance = z.infer<typeof balance>;

const party = z.object({ name: text }).nullish().transform(absent);
const transaction = z.object({
  entry_reference: text,
  transaction_amount: amount,
  credit_debit_indicator: text,
  status: z.string(),
  booking_date: optionalDay,
  value_date: optionalDay,
  transaction_date: optionalDay,
  creditor: party,
  creditor_account: accountIdentification,
  debtor: party,
  debtor_account: accountIdentification,
  remittance_information: texts,
  reference_number: text,
  note: text,
  bank_transaction_code: z.object({ description: text }).nullish().transform(absent),
  balance_after_transaction: optionalAmount,
  exchange_rate: z.object({ instructed_amount: optionalAmount }).nullish().transform(absent),
});
export type ProviderTransaction = z.infer<typeof transaction>;

export const transactionsRead = z.object({
  transactions: z.array(transaction),
  continuation_key: text,
});

/** Its own code stands in `error`; a bank's, where it passes through as it came, in `code`. */
export const refusalRead = z.object({
  error: text.catch(undefined),
  code: text.catch(undefined),
  detail: z.object({ date_from: optionalDay }).optional().catch(undefined),
});
