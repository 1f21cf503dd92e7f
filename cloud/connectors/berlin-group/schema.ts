import { z } from 'zod';
import * as psd2 from '../psd2-transactions.ts';

// The fields of NextGenPSD2 1.3 that we read, loose: unknown ones are dropped, and what banks leave empty may be null.

const { absent, amount, optionalDay, text } = psd2;

/** Goes into a header and a path. */
const id = z.string().regex(/^[\x21-\x7e]{1,200}$/);

/** An object by the standard; some banks send the bare address. */
const link = z.union([
  z.string().max(4_000),
  z.object({ href: z.string().max(4_000).nullable() }).transform(({ href }) => href),
]);
const optionalLink = link.nullish().transform((href) => href || undefined);
const links = z
  .record(z.string(), optionalLink)
  .nullish()
  .transform((all) => all ?? {});

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

const scaStatus = z.enum([
  'received',
  'psuIdentified',
  'psuAuthenticated',
  'scaMethodSelected',
  'started',
  'unconfirmed',
  'finalised',
  'failed',
  'exempted',
]);
export const scaStatusRead = z.object({ scaStatus, psuMessage: text });

const scaMethod = z.object({ authenticationMethodId: id, authenticationType: text, name: text });
const challenge = z.object({
  image: text,
  data: z.union([z.array(z.string()), z.string().transform((one) => [one])]).nullish(),
  otpMaxLength: z.int().positive().max(100).optional().catch(undefined),
  otpFormat: z.enum(['characters', 'integer']).optional().catch(undefined),
  additionalInformation: text,
});

/** How far a confirmation has come, as all answers on the way tell it. */
export const authorisationRead = z.object({
  scaStatus: scaStatus.nullish().transform(absent),
  authorisationId: id.optional().catch(undefined),
  scaMethods: z.array(scaMethod).max(100).nullish().transform(absent),
  chosenScaMethod: scaMethod.optional().catch(undefined),
  challengeData: challenge.nullish().transform(absent),
  psuMessage: text,
  _links: links,
});
export type BankAuthorisation = z.infer<typeof authorisationRead>;

export const consentCreated = authorisationRead.extend({ consentStatus, consentId: id });

export const consentRead = z.object({
  consentStatus,
  validUntil: optionalDay,
  frequencyPerDay: z.int().nonnegative().optional().catch(undefined),
  _links: links.catch({}),
});
export const consentStatusRead = z.object({ consentStatus });

/** An OAuth server's description of itself (RFC 8414). */
export const oauthMetadataRead = z.object({
  authorization_endpoint: z.string(),
  token_endpoint: z.string(),
  scopes_supported: z.array(z.string()).optional().catch(undefined),
});

const token = z.string().regex(/^[\x21-\x7e]{1,8000}$/);
export const tokensRead = z.object({
  access_token: token,
  refresh_token: token.nullish().transform(absent),
});

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

const cardAccount = account.omit({ iban: true, bban: true, cashAccountType: true });
export const cardAccountsRead = z.object({ cardAccounts: z.array(cardAccount) });
export type BankCardAccount = z.infer<typeof cardAccount>;

/** Of a consent to list accounts alone: these have no address yet. */
export const availableAccountsRead = z.object({
  accounts: z.array(z.object({ iban: text, bban: text, currency: text, status: text })),
});

/** With it an issuer says that what was spent has no minus. */
const debitAccounting = z.boolean().nullish().transform(absent);
export const balancesRead = z.object({ balances: z.array(psd2.balance), debitAccounting });

const transaction = psd2.transaction.extend({ entryReference: text });
export type BankTransaction = z.infer<typeof transaction>;

const transactions = z.array(transaction).nullish().transform(absent);
const nextLink = z.object({ next: optionalLink }).nullish().transform(absent);
export const transactionsRead = z.object({
  transactions: z.object({ booked: transactions, pending: transactions, _links: nextLink }),
  // Where some banks put the address of the next page.
  _links: nextLink,
});
export type BankReport = Pick<
  z.infer<typeof transactionsRead>['transactions'],
  'booked' | 'pending'
>;

const cardTransaction = z.object({
  cardTransactionId: text,
  transactionDate: optionalDay,
  bookingDate: optionalDay,
  transactionAmount: amount,
  originalAmount: amount.nullish().transform(absent),
  cardAcceptorId: text,
  cardAcceptorAddress: z
    .object({ townName: text, country: text })
    .nullish()
    .transform(absent)
    .catch(undefined),
  transactionDetails: text,
});
export type BankCardTransaction = z.infer<typeof cardTransaction>;

const cardTransactions = z.array(cardTransaction).nullish().transform(absent);
export const cardTransactionsRead = z.object({
  cardTransactions: z.object({
    booked: cardTransactions,
    pending: cardTransactions,
    _links: nextLink,
  }),
  debitAccounting,
  _links: nextLink,
});
export type BankCardReport = Omit<z.infer<typeof cardTransactionsRead>, '_links'>;

/** A refusal in the standard's own shape, in the one of RFC 7807, where the code stands at the top, or in OAuth's. */
export const refusalRead = z.object({
  code: text.catch(undefined),
  error: text.catch(undefined),
  tppMessages: z
    .array(z.object({ category: text, code: text }))
    .nullish()
    .catch(undefined),
});
