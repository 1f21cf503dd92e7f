import { z } from 'zod';

// What is taken from the package's result, and from a grant.

/** Rows of one account in one scrape; more than any bank shows in years. */
const txnMax = 100_000;

/** The package reads many numbers with parseInt and parseFloat, and passes on what these make of no number. */
const readNumber = z
  .unknown()
  .optional()
  .transform((value) => (typeof value === 'number' && Number.isFinite(value) ? value : undefined));
const needed = readNumber.pipe(z.number());
const text = z
  .unknown()
  .optional()
  .transform((value) => (typeof value === 'string' || typeof value === 'number' ? `${value}` : ''));
const printed = text.transform((value) => value.trim() || undefined);

const transaction = z.object({
  type: z.string().optional(),
  identifier: printed,
  date: z.string(),
  processedDate: printed,
  originalAmount: readNumber,
  originalCurrency: printed,
  chargedAmount: needed,
  chargedCurrency: printed,
  description: text,
  memo: printed,
  status: z.enum(['completed', 'pending']),
  installments: z.object({ number: readNumber, total: readNumber }).nullish(),
});
export type Transaction = z.infer<typeof transaction>;

const account = z.object({
  accountNumber: printed.pipe(z.string().max(200)),
  balance: readNumber,
  txns: z.array(transaction).max(txnMax),
});
export type ScrapedAccount = z.infer<typeof account>;

export const scrapedAccounts = z.array(account).max(1_000);

/** The package's answer, whichever it is. */
export const scrapeResult = z.object({
  success: z.boolean(),
  accounts: z.unknown().optional(),
  errorType: z.string().optional().catch(undefined),
  errorMessage: z.string().optional().catch(undefined),
});

const fields = z
  .string()
  .transform((value, context) => {
    try {
      return JSON.parse(value) as unknown;
    } catch {
      context.addIssue('is not JSON');
      return z.NEVER;
    }
  })
  .pipe(z.record(z.string(), z.string()));

/** A grant as it was stored: which company, the login by the package's names, and One Zero's code. */
export const grantRead = z.object({
  company: z.string(),
  login: fields,
  /** What the bank gave for a code that was sent to the user's phone, and when. */
  token: z.string().optional(),
  tokenAt: z.string().optional(),
  /** Of a code that was asked for. */
  otpContext: z.string().optional(),
});
