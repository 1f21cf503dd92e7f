import type { Context } from 'hono';
import { z } from 'zod';
import { type CalendarDate, isCalendarDate } from '../../../shared/calendar-date.ts';
import { readBody } from '../../web/read-body.ts';
import type { AskedConsent } from './consents.ts';
import { TppError } from './tpp-message.ts';
import type { BankTraits } from './traits.ts';

const day = z.string().refine(isCalendarDate);
const references = z.array(z.object({ iban: z.string().optional(), bban: z.string().optional() }));
const owners = z.enum(['allAccounts', 'allAccountsWithOwnerName']);

const consentRequest = z.object({
  access: z.object({
    accounts: references.optional(),
    balances: references.optional(),
    transactions: references.optional(),
    additionalInformation: z.object({ ownerName: references.optional() }).optional(),
    allPsd2: owners.optional(),
  }),
  recurringIndicator: z.boolean(),
  validUntil: day,
  frequencyPerDay: z.int().min(1),
  combinedServiceIndicator: z.boolean(),
});

const entriesQuery = z
  .object({
    bookingStatus: z.enum(['booked', 'pending', 'both', 'all']),
    dateFrom: day,
    dateTo: day.optional(),
    pageIndex: z.coerce.number().int().min(0).max(100_000).default(0),
  })
  .refine(({ dateFrom, dateTo }) => !dateTo || dateFrom <= dateTo);

/** Of a request for a consent. @throws TppError */
export async function askedConsentOf(
  c: Context,
  today: CalendarDate,
  { scaApproach }: BankTraits,
): Promise<AskedConsent> {
  if (!c.req.header('PSU-IP-Address')) throw formatError('PSU-IP-Address is missing.');
  const parsed = consentRequest.safeParse(jsonOf(await readBody(c.req.raw)));
  if (!parsed.success) throw formatError(`Not as expected: ${placeOf(parsed.error)}.`);
  const { access, recurringIndicator, validUntil } = parsed.data;
  if (validUntil < today) throw formatError('validUntil has passed.');
  const { accounts, balances, transactions, allPsd2, additionalInformation } = access;
  if (!allPsd2 && !(accounts && balances && transactions)) {
    const text = 'This bank gives accounts, balances and transactions together.';
    throw new TppError(400, 'PARAMETER_NOT_SUPPORTED', text);
  }
  if (scaApproach === 'embedded' && !allPsd2 && transactions?.length === 0) {
    // By the standard there is nowhere to choose accounts.
    throw new TppError(400, 'PARAMETER_NOT_SUPPORTED', 'Name the accounts.');
  }
  const redirectUrl = pageUrlOf(c.req.header('TPP-Redirect-URI'));
  const nokRedirectUrl = c.req.header('TPP-Nok-Redirect-URI');
  const brand = c.req.header('TPP-Brand-Logging-Information');
  return {
    validUntil,
    recurring: recurringIndicator,
    askedAccounts: (transactions ?? []).flatMap(({ iban, bban }) => iban ?? bban ?? []),
    withOwnerName:
      allPsd2 === 'allAccountsWithOwnerName' || additionalInformation?.ownerName !== undefined,
    redirectUrl,
    nokRedirectUrl: nokRedirectUrl ? pageUrlOf(nokRedirectUrl) : redirectUrl,
    ...(brand && { brand: brand.slice(0, 100) }),
  };
}

/** What a request for transactions asks. @throws TppError */
export function entriesQueryOf(c: Context) {
  const parsed = entriesQuery.safeParse(c.req.query());
  if (!parsed.success) throw formatError(`Not as expected: ${placeOf(parsed.error)}.`);
  const { bookingStatus, dateFrom, dateTo, pageIndex } = parsed.data;
  return {
    from: dateFrom,
    ...(dateTo && { to: dateTo }),
    bookingStatus: bookingStatus === 'all' ? ('both' as const) : bookingStatus,
    pageIndex,
  };
}

function jsonOf(body: string | undefined): unknown {
  try {
    return JSON.parse(body ?? '');
  } catch {
    throw formatError('The body is no JSON, or too long.');
  }
}

export function isUuid(text: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);
}

function pageUrlOf(text: string | undefined): string {
  const url = text ? URL.parse(text) : null;
  if (url && /^https?:$/.test(url.protocol)) return url.href;
  throw formatError('The redirect needs a web address to go back to.');
}

function placeOf(error: z.ZodError): string {
  return error.issues[0]?.path.join('.') || 'the request';
}

function formatError(text: string): TppError {
  return new TppError(400, 'FORMAT_ERROR', text);
}
