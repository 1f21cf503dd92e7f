import type { Quirk } from './quirk.ts';

/**
 * A bank that tells its whole history once, right after the user has confirmed, and afterwards refuses older days as if
 * the consent were over. Told of: Triodos (whole history on the first request alone). Such a refusal, of days before those
 * that an ordinary fetch reaches, is about the days. Without the rule a later look at old days ends the connection.
 */
export const historyOnce: Quirk = {
  bankCodes: ['TRIO'],
  refusesDays: ({ status, code = '' }) =>
    [400, 401, 403].includes(status) && (code === '' || refusals.has(code)),
};

const refusals: ReadonlySet<string> = new Set([
  'PERIOD_INVALID',
  'FORMAT_ERROR',
  'CONSENT_INVALID',
  'CONSENT_EXPIRED',
  'SERVICE_BLOCKED',
  'SERVICE_INVALID',
]);
