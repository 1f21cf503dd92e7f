import type { Instant } from '../../../shared/calendar-date.ts';
import { BankError, type Grant } from '../../ports/bank-connector.ts';
import { type Cookie, grantRead } from './schema.ts';

/** What is kept of a login between visits. */
export interface LoginGrant {
  readonly institutionId: string;
  readonly credentials: Readonly<Record<string, string>>;
  /** By which the bank knows the browser again; of a confirmation that waits, all that the browser had. */
  readonly cookies: readonly Cookie[];
  /** The page of a confirmation that waits. */
  readonly page?: string | undefined;
  readonly waitsUntil?: Instant | undefined;
}

export function writeGrant({
  institutionId,
  credentials,
  cookies,
  page,
  waitsUntil,
}: LoginGrant): Grant {
  return {
    institutionId,
    credentials: JSON.stringify(credentials),
    cookies: JSON.stringify(cookies),
    ...(page && { page }),
    ...(waitsUntil && { waitsUntil }),
  };
}

/** @throws BankError `consent-expired` for one that this connector never wrote */
export function readGrant(grant: Grant): LoginGrant {
  const read = grantRead.safeParse(grant);
  if (!read.success) throw new BankError('consent-expired', 'the grant holds no login');
  return read.data;
}
