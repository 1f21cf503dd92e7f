import type { BankConnector, Grant } from '../../cloud/ports/bank-connector.ts';
import type { Institution } from '../../shared/bank.ts';
import type { CalendarDate } from '../../shared/calendar-date.ts';

const user = { ipAddress: '192.0.2.7', userAgent: 'Test Browser' };

/** Sends the user away; the bank's page, and what the connector goes on with. */
export async function askByRedirect(
  {
    connector,
    institution,
  }: { readonly connector: BankConnector; readonly institution: Institution },
  validUntil: CalendarDate = '2026-06-30',
) {
  const step = await connector.startAccess({
    institution,
    redirectUrl: 'http://127.0.0.1:4711/bank-callback?state=s1',
    notificationUrl: 'http://127.0.0.1:4711/hooks/test',
    credentials: {},
    validUntil,
    user,
  });
  if (step.kind !== 'asked' || step.confirmation.kind !== 'redirect') {
    throw new Error('the bank asks nothing');
  }
  return { grant: step.grant, page: step.confirmation.url };
}

export async function finishRedirect(connector: BankConnector, grant: Grant) {
  const step = await connector.answerConfirmation(grant, { kind: 'returned' }, user);
  if (step.kind !== 'granted') throw new Error('the bank still asks');
  return step;
}
