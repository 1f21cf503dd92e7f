import type { Instant } from '../../../shared/calendar-date.ts';
import { BankError, type Grant } from '../../ports/bank-connector.ts';
import { type Company, companies } from './companies.ts';
import { grantRead } from './schema.ts';

/** What is kept of a login between scrapes. */
export interface IsraelGrant {
  readonly company: Company;
  /** By the package's names. */
  readonly login: Readonly<Record<string, string>>;
  /** What One Zero gave for a code, and when. */
  readonly token?: string | undefined;
  readonly tokenAt?: Instant | undefined;
  /** By which One Zero knows the code that it sent. */
  readonly otpContext?: string | undefined;
}

export function writeGrant({ company, login, token, tokenAt, otpContext }: IsraelGrant): Grant {
  return {
    company: company.id,
    login: JSON.stringify(login),
    ...(token && { token }),
    ...(tokenAt && { tokenAt }),
    ...(otpContext && { otpContext }),
  };
}

/** @throws BankError `consent-expired` for one that this connector never wrote */
export function readGrant(grant: Grant): IsraelGrant {
  const read = grantRead.safeParse(grant);
  const company = companies.find(({ id }) => id === read.data?.company);
  if (!read.success || !company) throw new BankError('consent-expired', 'the grant holds no login');
  return { ...read.data, company };
}
