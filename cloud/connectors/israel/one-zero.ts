import type { Instant } from '../../../shared/calendar-date.ts';
import { addMs, msBetween } from '../../../shared/calendar-date.ts';
import { type AccessStep, type AskedStep, BankError } from '../../ports/bank-connector.ts';
import type { IsraelClient, PlainScraper } from './client.ts';
import { type IsraelGrant, writeGrant } from './grant.ts';
import { toBankError } from './to-bank-error.ts';
import type { Trace } from './trace.ts';

// One Zero sends a code to the user's phone. What it gives for the code opens the account for about 45 minutes (issue 1158
// of the package); then a code is wanted again.

/** A token that is younger was refused for another reason than its age. */
const tokenMs = 30 * 60_000;
/** One Zero does not tell how long it waits for a code. */
const codeMs = 10 * 60_000;

/** Kept private by the package, and carried from one process to the next here: the version is pinned, and a test holds it. */
interface WithContext {
  otpContext?: string;
}

export function isTokenOld({ company, tokenAt }: IsraelGrant, now: Instant): boolean {
  return company.plain !== undefined && (!tokenAt || msBetween(tokenAt, now) > tokenMs);
}

/** Has a code sent to the user's phone. @throws BankError */
export async function askCode(
  client: IsraelClient,
  grant: IsraelGrant,
  now: Instant,
): Promise<AskedStep> {
  const phone = toInternational(grant.login['phoneNumber'] ?? '');
  const trace: Trace = {};
  const otpContext = await client.call(grant.company, trace, async (scraper) => {
    const { success } = await scraper.triggerTwoFactorAuth(phone);
    return success ? contextOf(scraper).otpContext : undefined;
  });
  if (!otpContext) throw refusedStep(trace, 'login-rejected');
  const { token: _, tokenAt: __, ...rest } = grant;
  return {
    grant: writeGrant({ ...rest, otpContext }),
    confirmation: {
      kind: 'code',
      prompt: 'הקוד שנשלח אליך · The code you were sent',
      format: 'digits',
    },
    expiresAt: addMs(now, codeMs),
  };
}

/** @throws BankError `code-rejected` for a code that opens nothing */
export async function takeCode(
  client: IsraelClient,
  grant: IsraelGrant,
  code: string,
  now: Instant,
): Promise<AccessStep> {
  const { otpContext, ...rest } = grant;
  if (!otpContext) throw new BankError('confirmation-expired', 'no code was asked for');
  const trace: Trace = {};
  const token = await client.call(grant.company, trace, async (scraper) => {
    contextOf(scraper).otpContext = otpContext;
    const answer = await scraper.getLongTermTwoFactorToken(code.trim());
    return answer.success ? answer.longTermTwoFactorAuthToken : undefined;
  });
  if (!token) throw refusedStep(trace, 'code-rejected');
  return { kind: 'granted', grant: writeGrant({ ...rest, token, tokenAt: now }) };
}

function contextOf(scraper: PlainScraper): WithContext {
  return scraper as unknown as WithContext;
}

/** The company answered, and said no; anything else is what it is in a scrape, too. */
function refusedStep(trace: Trace, refused: 'login-rejected' | 'code-rejected'): BankError {
  const failure = toBankError(trace);
  const isNo = failure.code === 'bank-unavailable' && trace.answer === 'json';
  const isOurs = (trace.refusal?.status ?? 400) < 500 && !trace.leftFor;
  return isNo && isOurs ? new BankError(refused) : failure;
}

/** As the package wants it: an Israeli number may be written as at home. @throws BankError `login-rejected` */
function toInternational(written: string): string {
  const phone = written
    .replace(/[\s().-]/g, '')
    .replace(/^00/, '+')
    .replace(/^0/, '+972');
  if (!/^\+[1-9]\d{7,14}$/.test(phone)) {
    throw new BankError('login-rejected', 'the phone number is to be written as +972501234567');
  }
  return phone;
}
