import { BankError } from '../../ports/bank-connector.ts';
import type { BankLogin, PageKind } from './bank-login.ts';
import { BrowserFailure } from './browser-failure.ts';
import type { Visit } from './client.ts';

/**
 * Logs in with one try. Gives the page that comes then: one inside, or one that asks for a confirmation.
 * @throws BankError, BrowserFailure, PageRefusal
 */
export async function logIn(
  visit: Visit,
  {
    login,
    baseUrl,
    credentials,
  }: {
    readonly login: BankLogin;
    readonly baseUrl: URL;
    readonly credentials: Readonly<Record<string, string>>;
  },
): Promise<PageKind> {
  const { path, fields, ticks, submit } = login.form;
  const inputs = login.credentials.map(({ name }) => {
    const fill = credentials[name];
    const select = fields[name];
    // The bank would only count it as a wrong try.
    if (!fill || !select) throw new BankError('login-rejected', 'a field of the login is empty');
    return { select, fill };
  });
  const start = await visit.go(new URL(path, baseUrl));
  if (start !== 'login') throw new BrowserFailure('unreadable', 'no login where it should be');
  const kind = await visit.submit([...inputs, ...ticks.map((select) => ({ select }))], submit);
  if (kind === 'login') throw new BrowserFailure('unreadable', 'the login again, without a reason');
  return kind;
}
