import type { BankConnector, Grant } from '../../cloud/ports/bank-connector.ts';
import type { Institution } from '../../shared/bank.ts';

// Providers that send the user to a page of their own, which asks for a login of the Sandbox Bank
// and a decision.

export interface BankLogin {
  readonly login: string;
  readonly password: string;
}

/** The sample customer of the Sandbox Bank. */
export const clara: BankLogin = { login: 'clara', password: 'sandbox' };

const user = { ipAddress: '192.0.2.7', userAgent: 'Test Browser' };

/**
 * What the user does on the page to which the confirmation leads; where the browser is sent then.
 */
export async function decide(
  confirmationUrl: string,
  decision: 'allow' | 'decline',
  { login, password }: BankLogin,
): Promise<string> {
  const body = new URLSearchParams({ login, password, decision });
  const response = await fetch(confirmationUrl, { method: 'POST', body, redirect: 'manual' });
  const back = response.headers.get('Location');
  if (!back) throw new Error(`the page said no: ${response.status}`);
  return back;
}

/** What came back with the user, as the connect page passes it on. */
export function returned(back: string) {
  const { state: _, ...query } = Object.fromEntries(new URL(back).searchParams);
  return { kind: 'returned', query } as const;
}

/** All that a user does until there is access. */
export async function connect(
  connector: BankConnector,
  institution: Institution,
  login: BankLogin,
  validUntil = '2026-06-30',
): Promise<Grant> {
  const asked = await connector.startAccess({
    institution,
    redirectUrl: 'http://127.0.0.1:4711/connect/callback?state=s1',
    notificationUrl: 'http://127.0.0.1:4711/hooks/test',
    credentials: {},
    validUntil,
    user,
  });
  if (asked.kind !== 'asked' || asked.confirmation.kind !== 'redirect') {
    throw new Error('nothing is asked');
  }
  const back = await decide(asked.confirmation.url, 'allow', login);
  const step = await connector.answerConfirmation(asked.grant, returned(back), user);
  if (step.kind !== 'granted') throw new Error('the bank still asks');
  return step.grant;
}

/**
 * A connector whose user comes back with what the page has added to the address; who comes back
 * without, brings nothing.
 */
export function withBrowser(connector: BankConnector) {
  let query: Readonly<Record<string, string>> = {};
  return {
    connector: {
      ...connector,
      answerConfirmation: (grant, _answer, present) => {
        const brought = query;
        query = {};
        return connector.answerConfirmation(grant, { kind: 'returned', query: brought }, present);
      },
    } satisfies BankConnector,
    async decide(confirmationUrl: string, decision: 'allow' | 'decline'): Promise<void> {
      query = returned(await decide(confirmationUrl, decision, clara)).query;
    },
  };
}
